"""Two selections beside one another: what each holds, and how they differ.

Shares are shares of the held meetings of a side; exercises and transfers are counted apart.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from lib.analysis.delegations import levels_sent
from lib.analysis.rows import rows_of
from lib.analysis.themes import how_often
from lib.filters import masks
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.keep import kept


@kept
def held_meetings(selection: Selection) -> pd.DataFrame:
    """The meetings of a selection that took place."""
    return selection.events[masks.is_held_meeting(selection.events)]


def meetings_only(selection: Selection) -> Filters:
    """The filters that pass only the held meetings of a selection; its own where it holds nothing else."""
    filters, vocabulary = selection.filters, selection.tables.vocabulary
    if len(held_meetings(selection)) == len(selection):
        return filters
    kinds = [word for word in filters["kind"] or vocabulary["kinds"] if vocabulary.family(word) == "meeting"]
    return filters.replaced(kind=kinds, status="held")


def counted_of(side: Selection, choice: str) -> Selection:
    """What of a side the chart counts in which ``choice``, ``<kind>:<what>``, was made: its held meetings, but all its events by year."""
    return side if choice.startswith("year:") else select(side.tables, meetings_only(side))


@kept
def theme_counts(selection: Selection) -> pd.DataFrame:
    """As :func:`how_often`, of the held meetings of a selection."""
    meetings, mentions = held_meetings(selection), selection.rows("mentions")
    return how_often(mentions[masks.of_events(mentions, meetings)], meetings, selection.tables.vocabulary)


@kept
def level_counts(selection: Selection) -> pd.DataFrame:
    """Delegations of countries at held meetings by the highest level sent: columns level, delegations; in the vocabulary's order."""
    vocabulary = selection.tables.vocabulary
    counts = levels_sent(selection.rows("participations"), held_meetings(selection), vocabulary)
    rows = [(word, counts[word]) for word in vocabulary["levels"] if counts[word]]
    return pd.DataFrame(rows, columns=["level", "delegations"])


@kept
def country_counts(selection: Selection) -> pd.DataFrame:
    """Held meetings with a complete roster that each country attended: columns country, events, share of those meetings; the most first, ties by code."""
    meetings, rows = held_meetings(selection), selection.tables.participations
    meetings = meetings[masks.is_one_of(meetings["roster"], ["complete"])]
    there = masks.attended(rows) & masks.of_events(rows, meetings) & (masks.codes_of(rows["country"]) >= 0)
    counts = Counter(country for _, country in set(rows_of(rows, "event_id", "country", where=there)))
    order = sorted(counts, key=lambda code: (-counts[code], code))
    return pd.DataFrame(
        {
            "country": pd.array(order, dtype="str"),
            "events": [int(counts[code]) for code in order],
            "share": [counts[code] / len(meetings) for code in order],
        }
    )


def beside(left: pd.DataFrame, right: pd.DataFrame, key: str, number: str, totals: tuple[int, int]) -> pd.DataFrame:
    """Two counts of the same things as shares of two totals.

    Columns ``key``, left, left_share, right, right_share, difference (left minus right, in shares);
    the largest share of either side first, ties in the order in which the keys come.
    """
    counts = [dict(rows_of(frame, key, number)) for frame in (left, right)]
    rows = []
    for word in counts[0] | counts[1]:
        one, other = (side.get(word, 0) for side in counts)
        shares = one / totals[0] if totals[0] else 0.0, other / totals[1] if totals[1] else 0.0
        rows.append((word, one, shares[0], other, shares[1], shares[0] - shares[1]))
    rows.sort(key=lambda row: -max(row[2], row[4]))
    return pd.DataFrame(rows, columns=[key, "left", "left_share", "right", "right_share", "difference"])


def furthest_first(shares: pd.DataFrame) -> pd.DataFrame:
    """The rows of a :func:`beside` by how far the sides lie apart, ties in the order in which they stand."""
    return shares.take(np.argsort(-shares["difference"].abs().to_numpy(dtype=float), kind="stable"))


def with_sides(left: Selection, right: Selection) -> pd.DataFrame:
    """The events of either side in order of day, with a further column ``side``: left, right or both."""
    passes = left.passes | right.passes
    side = np.where(left.passes & right.passes, "both", np.where(left.passes, "left", "right"))[passes]
    return left.tables.events[passes].assign(side=pd.array(side, dtype="str"))
