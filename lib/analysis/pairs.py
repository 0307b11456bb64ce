"""Who meets whom: two-sided meetings, and attendance at the same larger meetings.

Only held events and delegations of countries that attended count. A pair of countries is named by its two codes in alphabetical order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.analysis.association import jaccard, ratio, seriation
from lib.analysis.rows import rows_of
from lib.filters.masks import attended, codes_of, is_held, is_held_meeting, is_one_of

TWO_SIDED = ("bilateral", "dialogue")
"""Kinds of meeting that have two sides."""

COLUMNS = [
    "first",
    "second",
    "meetings",
    "further",
    "first_total",
    "second_total",
    "of",
    "expected",
    "ratio",
    "jaccard",
]


@dataclass(frozen=True, slots=True)
class Collected:
    """What the two-sided meetings on record are: those of one ``country``, ``own`` of ``meetings``; None where no single country is in half of them or more.

    ``others`` are held meetings of these kinds that have not exactly two countries as parties, and so are in no pair.
    """

    country: str | None
    own: int
    meetings: int
    others: int

    def holds(self, first: str, second: str) -> bool:
        """Whether the records aim at meetings of this pair: only then does none recorded say anything at all."""
        return self.country is None or self.country in (first, second)


def _presence(participations: pd.DataFrame, events: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Which country attended which of ``events``, places among all ids: a boolean matrix in their order, and the countries of its columns."""
    countries, ids = participations["country"].array.categories, participations["event_id"].array.categories
    there = np.zeros((len(ids), len(countries)), dtype=bool)
    country = codes_of(participations["country"])
    rows = attended(participations) & (country >= 0)
    there[codes_of(participations["event_id"])[rows], country[rows]] = True
    there = there[events]
    seen = np.flatnonzero(there.any(axis=0))
    return there[:, seen], [str(countries[place]) for place in seen]


def two_sided_meetings(participations: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Held two-sided meetings whose attending parties are exactly two countries: columns event_id, first, second.

    A meeting with an organization as a side, or of which only one country is recorded, belongs to no pair.
    """
    ids = events["event_id"].array
    held = ids.codes[is_held(events) & is_one_of(events["kind"], TWO_SIDED)]
    there, countries = _presence(participations, held)
    organizations = attended(participations) & (codes_of(participations["organization"]) >= 0)
    exact = (there.sum(axis=1) == 2) & ~np.isin(held, codes_of(participations["event_id"])[organizations])
    # Two places a row, in the order of the rows.
    places = np.nonzero(there[exact])[1].reshape(-1, 2).tolist()
    sides = [sorted((countries[one], countries[other])) for one, other in places]
    return pd.DataFrame(
        {
            "event_id": ids.categories[held[exact]].tolist(),
            "first": [first for first, _ in sides],
            "second": [second for _, second in sides],
        },
        dtype="str",
    )


def collected(participations: pd.DataFrame, events: pd.DataFrame) -> Collected:
    """Whose two-sided meetings the records hold; ask it of all records, not of a selection, which may be of one country's."""
    meetings = two_sided_meetings(participations, events)
    held = is_held(events) & is_one_of(events["kind"], TWO_SIDED)
    counts = pd.concat([meetings["first"], meetings["second"]]).value_counts()
    own = int(counts.iloc[0]) if len(counts) else 0
    alone = own and int((counts == own).sum()) == 1 and 2 * own >= len(meetings)
    return Collected(str(counts.index[0]) if alone else None, own, len(meetings), int(held.sum()) - len(meetings))


def two_sided(participations: pd.DataFrame, events: pd.DataFrame, limit: int = 28) -> pd.DataFrame:
    """Two-sided meetings by pair, every pair of the ``limit`` countries with the most of them, without any as well.

    Columns ``COLUMNS``: meetings (of the pair), further (0), first_total and second_total (two-sided meetings of each), of (all of them),
    jaccard; expected and ratio are NaN, for totals that depend on whose meetings were collected give no expectation. Countries in order
    of their totals, ties by code.
    """
    meetings = two_sided_meetings(participations, events)
    sides = list(rows_of(meetings, "first", "second"))
    names = sorted({name for two in sides for name in two})
    place = {name: at for at, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)), dtype="int64")
    for first, second in sides:
        counts[place[first], place[second]] += 1
        counts[place[second], place[first]] += 1
    totals = counts.sum(axis=0)
    order = sorted(range(len(names)), key=lambda at: (-totals[at], names[at]))[:limit]
    return _frame(order, names, counts, np.zeros_like(counts), totals, len(meetings), np.full(counts.shape, np.nan))


def shared(participations: pd.DataFrame, events: pd.DataFrame, limit: int = 26) -> pd.DataFrame:
    """Attendance at the same held meetings that are not two-sided, for every pair of the ``limit`` countries that came to the most.

    Columns ``COLUMNS``: meetings (that both attended, of those with a complete roster), further (that both attended, of those with a partial
    one), first_total and second_total (attended, complete roster), of (meetings with a complete roster), expected (first_total *
    second_total / of, independence), ratio, jaccard. A partial roster shows who came, not who stayed away, so it enters no expectation.
    Countries in an order that puts like beside like, by Jaccard's index.
    """
    rest = is_held_meeting(events) & ~is_one_of(events["kind"], TWO_SIDED)
    there, countries = _presence(participations, codes_of(events["event_id"])[rest])
    complete = is_one_of(events["roster"], ["complete"])[rest]
    every, of = there[complete].sum(axis=0), int(complete.sum())
    top = sorted(np.flatnonzero(every).tolist(), key=lambda at: (-every[at], countries[at]))[:limit]
    names, totals = [countries[at] for at in top], every[top]
    known, partial = (there[rows][:, top].astype("int64") for rows in (complete, ~complete))
    together = known.T @ known
    order = seriation(jaccard(together, totals[:, None], totals[None, :]), names)
    return _frame(order, names, together, partial.T @ partial, totals, of, np.outer(totals, totals) / max(of, 1))


def _frame(
    order: list[int],
    names: list[str],
    together: np.ndarray,
    further: np.ndarray,
    totals: np.ndarray,
    of: int,
    expected: np.ndarray,
) -> pd.DataFrame:
    """One row for each pair of the places in ``order``, in that order; ``first`` stands before ``second`` in it."""
    left, right = np.triu_indices(len(order), 1)
    one, other = np.array(order, dtype="int64")[left], np.array(order, dtype="int64")[right]
    meetings, hoped = together[one, other], expected[one, other]
    return pd.DataFrame(
        {
            "first": pd.array([names[at] for at in one], dtype="str"),
            "second": pd.array([names[at] for at in other], dtype="str"),
            "meetings": meetings,
            "further": further[one, other],
            "first_total": totals[one],
            "second_total": totals[other],
            "of": np.full(len(one), of, dtype="int64"),
            "expected": hoped,
            "ratio": ratio(meetings, hoped),
            "jaccard": jaccard(meetings, totals[one], totals[other]),
        },
        columns=COLUMNS,
    )
