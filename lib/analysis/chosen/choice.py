"""What a chosen mark stands for, and the filters that show the same."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lib.filters.masks import is_one_of
from lib.filters.selection import Selection, select
from lib.filters.value import Filters


@dataclass(frozen=True, eq=False)
class Chosen:
    """What a mark represents: events, and the points behind it where the mark is about points.

    ``filters`` shows exactly the same as a view of its own, None where no filters can; ``doubt`` says why nothing is chosen.
    """

    title: str
    events: pd.DataFrame
    mentions: pd.DataFrame | None = None
    filters: Filters | None = None
    doubt: str = ""


def choice(
    title: str, events: pd.DataFrame, mentions: pd.DataFrame | None = None, filters: Filters | None = None
) -> Chosen | None:
    return Chosen(title, events, mentions, filters) if len(events) else None


def exact_filters(
    selection: Selection, events: pd.DataFrame, mentions: pd.DataFrame | None, *candidates: Filters
) -> Filters | None:
    """The first of ``candidates`` that shows exactly these events and points; None where no filters can say it, or those in force do."""
    for filters in candidates:
        found = select(selection.tables, filters)
        if (
            filters != selection.filters
            and found.events["event_id"].tolist() == events["event_id"].tolist()
            and (mentions is None or found.rows("mentions").index.equals(mentions.index))
        ):
            return filters
    return None


def read_event(selection: Selection, what: str) -> Chosen | None:
    events = selection.events[is_one_of(selection.events["event_id"], [what])]
    return choice(events["title"].iloc[0], events) if len(events) else None
