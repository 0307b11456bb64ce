"""What is found: events ranked by how well they match the query, and where in each it occurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lib.filters.query import Query, parse_query
from lib.filters.selection import Selection
from lib.keep import kept
from lib.search.index import FIELDS, Field, search_index

MOST_TERMS = 12
"""The most terms of a query that are ranked and marked; the filter asks for all of them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row of a table that holds at least one term; ``field`` is the one that holds it best."""

    field: Field
    row: int
    score: float


@dataclass(frozen=True, eq=False)
class Found:
    """The events of a selection in order of rank: rows of ``tables.events``, and the hits of any of them.

    The rank of an event is the sum over the terms of its best find (strength times the field's
    weight), plus the best sum over the terms within one text; of a tie the
    one with more delegations comes first, then the later.
    """

    query: Query
    events: np.ndarray
    scores: np.ndarray
    _selection: Selection
    _each: tuple[np.ndarray, ...]
    """For each term the weighted strength of each place of the index."""

    def hits(self, event: int) -> list[Hit]:
        """The rows of an event that hold a term, each once: first the best below the title for each term, then the others, the best first."""
        index = search_index(self._selection.tables)
        start, end = np.searchsorted(index.event, [event, event + 1])
        each = np.array([strength[start:end] for strength in self._each]).reshape(len(self._each), end - start)
        best: dict[tuple[str, int], Hit] = {}
        keys = []
        for place, score in enumerate(each.sum(axis=0).tolist()):
            field, row = FIELDS[index.field[start + place]], int(index.row[start + place])
            # Of an event's own columns each is a find of its own; of another table the row is.
            keys.append((field.label if field.table == "events" else field.table, row))
            if score > 0 and (keys[-1] not in best or best[keys[-1]].score < score):
                best[keys[-1]] = Hit(field, row, score)
        below = np.array([key[0] != "Title" for key in keys])
        leading = [keys[int(np.argmax(strength * below))] for strength in each if (strength * below).any()]
        order = dict.fromkeys([*leading, *sorted(best, key=lambda key: -best[key].score)])
        return [best[key] for key in order]


@kept
def find(selection: Selection) -> Found:
    """The events of ``selection``, which its ``q`` has passed already, ranked by that query."""
    query = parse_query(" ".join(selection.filters["q"]))
    passing = np.flatnonzero(selection.passes)
    index = search_index(selection.tables)
    each, score = _strengths(selection, query.terms[:MOST_TERMS])
    total = np.sum(each, axis=0) if each else np.zeros(len(index.event))
    best_text = np.zeros(len(score))
    np.maximum.at(best_text, index.event, total)
    scores = (score + best_text)[passing]
    delegations = selection.tables.events["delegations"].to_numpy()[passing]
    order = np.lexsort((-passing, -delegations, -scores.round(6)))
    return Found(query, passing[order], scores[order], selection, each)


def _strengths(selection: Selection, terms: Sequence[str]) -> tuple[tuple[np.ndarray, ...], np.ndarray]:
    """For each term its weighted strength at each place; for each event the sum of the best of each term."""
    index = search_index(selection.tables)
    each = tuple(index.strength(term)[index.text] * index.weight for term in terms)
    score = np.zeros(len(selection.tables.events))
    for strength in each:
        best = np.zeros(len(score))
        np.maximum.at(best, index.event, strength)
        score += best
    return each, score
