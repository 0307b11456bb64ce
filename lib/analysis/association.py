"""How much two things go together beyond how often each occurs, and an order for matrices of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FEW = 5
"""Below this many cases, observed and expected alike, no ratio is given: one record more or less would change it by a fifth or more."""

MORE, LESS = 1.25, 0.8
"""Ratios from which two things go together more, or less, than expected; between them, about as expected. Each is one over the other."""


def ratio(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Observed over expected, NaN where fewer than ``FEW`` cases are both observed and expected.

    The association strength of van Eck and Waltman (2009, "How to normalize cooccurrence data?", JASIST 60(8)), who show that measures
    of this probabilistic kind correct for size and set-theoretic ones (Jaccard, cosine) do not; of themes, the lift (as "interest" in
    Brin, Motwani, Ullman and Tsur 1997).
    """
    observed, expected = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    found = np.full(observed.shape, np.nan)
    return np.divide(observed, expected, out=found, where=(np.maximum(observed, expected) >= FEW) & (expected > 0))


def jaccard(together: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Cases of both among the cases of either, from 0 to 1 (Jaccard 1901); NaN where there is none."""
    together = np.asarray(together, dtype=float)
    either = np.asarray(first) + np.asarray(second) - together
    return np.divide(together, either, out=np.full(together.shape, np.nan), where=either > 0)


def seriation(similarity: np.ndarray, names: Sequence[str]) -> list[int]:
    """Places in an order that puts like beside like.

    Spectral seriation (Atkins, Boman and Hendrickson 1998): by the eigenvector of the second smallest eigenvalue of the Laplacian. The
    order begins at the end where the mean place of the first half of ``names`` is lower; ties by name, so that equal data give an equal order.
    """
    size = len(names)
    if size < 3:
        return list(range(size))
    weights = np.nan_to_num(np.asarray(similarity, dtype=float)) + 1e-6
    np.fill_diagonal(weights, 0.0)
    _, vectors = np.linalg.eigh(np.diag(weights.sum(axis=1)) - weights)
    values = np.round(vectors[:, 1], 9)
    if values[: size // 2].sum() > values[size // 2 :].sum() * (size // 2) / (size - size // 2):
        values = -values
    return sorted(range(size), key=lambda place: (values[place], names[place]))
