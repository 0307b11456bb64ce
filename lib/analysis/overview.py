"""What is in a selection, and how it lies over the years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.filters.masks import attended, codes_of, held_by, is_held, is_one_of


@dataclass(frozen=True, slots=True)
class Headline:
    """The counts of a selection. ``countries`` are those that attended at least one held event."""

    events: int
    meetings: int
    exercises: int
    transfers: int
    not_held: int
    countries: int
    points: int
    sources: int
    publishers: int


def headline(
    events: pd.DataFrame, participations: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame
) -> Headline:
    """Meetings, exercises and transfers are counted apart; all of any status, ``not_held`` among them."""
    meetings, exercises, transfers = (
        int(is_one_of(events["family"], [family]).sum()) for family in ("meeting", "exercise", "transfer")
    )
    came = np.unique(codes_of(participations["country"])[attended(participations)])
    return Headline(
        events=len(events),
        meetings=meetings,
        exercises=exercises,
        transfers=transfers,
        not_held=int((~is_held(events)).sum()),
        countries=int((came >= 0).sum()),
        points=len(mentions),
        sources=len(sources),
        publishers=len(set(sources["publisher"].dropna().tolist())),
    )


def by_year(events: pd.DataFrame) -> pd.DataFrame:
    """Events by the year of their first day and by group: columns year, group, events; no row for none."""
    years, groups = events["first_day"].dt.year.to_numpy().astype("int64"), codes_of(events["group"])
    known = groups >= 0
    width = len(events["group"].array.categories)
    cells, counts = np.unique(years[known] * width + groups[known], return_counts=True)
    return pd.DataFrame(
        {
            "year": cells // width,
            "group": pd.Categorical.from_codes(cells % width, dtype=events["group"].dtype),
            "events": counts,
        }
    )


def newest(events: pd.DataFrame, today: dt.date, count: int = 6) -> pd.DataFrame:
    """The latest events that were held by ``today``, the newest first; ``events`` are in order of day."""
    return events.take(np.flatnonzero(held_by(events, today))[::-1][:count])


def most(values: pd.Series, events: pd.Series, count: int = 8) -> pd.DataFrame:
    """The values that occur at the most events: columns value, events; of a tie the one that occurs first comes first.

    Both are categorical columns of one table; rows without a value do not count.
    """
    codes, event = codes_of(values).astype("int64"), codes_of(events)
    codes, event = codes[codes >= 0], event[codes >= 0]
    width = len(events.array.categories)
    at = np.bincount(np.unique(codes * width + event) // max(width, 1), minlength=len(values.array.categories))
    found, first = np.unique(codes, return_index=True)
    order = found[np.lexsort((first, -at[found]))][:count]
    return pd.DataFrame({"value": values.array.categories[order].to_numpy(), "events": at[order]})
