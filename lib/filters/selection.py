"""What passes the filters: the events, and the rows of the other tables that belong to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from lib.filters.masks import is_one_of, of_level
from lib.filters.table import BY_PARAMETER
from lib.filters.value import Filters
from lib.filters.words import in_words
from lib.keep import Kept, kept
from lib.tables.build import Tables

_LIMITS = {"participations": ("country", "level"), "mentions": ("theme", "by", "form")}
"""The filters that limit the rows of a table as well as the events."""


@dataclass(frozen=True, eq=False)
class Selection:
    """The events that pass ``filters``. ``passes`` is a boolean array over ``tables.events``."""

    tables: Tables
    filters: Filters
    passes: np.ndarray
    kept: Kept = field(default_factory=Kept, repr=False)
    """Results made from this selection."""

    def __len__(self) -> int:
        return int(self.passes.sum())

    @cached_property
    def events(self) -> pd.DataFrame:
        """The events that pass, in order of day."""
        return self.tables.events[self.passes]

    def all_rows(self, table: str) -> pd.DataFrame:
        """Every row of ``table`` that belongs to an event that passes."""
        return self.events if table == "events" else _rows(self.tables, self, table)

    def rows(self, table: str) -> pd.DataFrame:
        """As :meth:`all_rows`, with participations narrowed to the countries and levels that are
        asked for, and mentions to the themes, actors and forms."""
        limits = [parameter for parameter in _LIMITS.get(table, ()) if self.filters[parameter]]
        return _rows(self.tables, self, table, tuple(limits)) if limits else self.all_rows(table)

    @cached_property
    def words(self) -> str:
        """The selection as a phrase."""
        return in_words(self.filters, self.tables.vocabulary)


def whatever_was_said(selection: Selection) -> pd.DataFrame:
    """The events that pass all filters but those of points.

    Those at which something was said are a share of these. Of the selection itself, which a filter of points has chosen by what was said, they would be all.
    """
    if not any(selection.filters[parameter] for parameter in _LIMITS["mentions"]):
        return selection.events
    return select(selection.tables, selection.filters.replaced(theme=(), theme_match=(), by=(), form=())).events


@kept(most=24)
def _rows(tables: Tables, selection: Selection, table: str, limits: tuple[str, ...] = ()) -> pd.DataFrame:
    """The rows of ``table`` that belong to the events of ``selection`` and pass the filters ``limits``.

    A page asks for them several times, but kept for every selection they would fill the memory.
    """
    if not limits:
        return tables[table][selection.passes[tables.positions[table]]]
    frame = selection.all_rows(table)
    keep = np.ones(len(frame), dtype=bool)
    for parameter in limits:
        words = selection.filters[parameter]
        if parameter == "theme":
            words = tuple(below for word in words for below in tables.vocabulary.below(word))
        keep &= of_level(frame, words) if parameter == "level" else is_one_of(frame[parameter], words)
    return frame[keep]


@kept
def select(tables: Tables, filters: Filters) -> Selection:
    """The events of ``tables`` that pass every filter; parameters that no filter has are ignored."""
    wanted = {BY_PARAMETER[name].mask for name in filters if name in BY_PARAMETER}
    passes = np.ones(len(tables.events), dtype=bool)
    for mask in wanted - {None}:
        passes &= mask(tables, filters)
    passes.setflags(write=False)
    return Selection(tables, filters, passes)


@kept
def points_asked_for(tables: Tables, event_id: str, filters: Filters) -> frozenset[int]:
    """The places, among all points of an event, of those that ``filters`` of points - theme, actor, form - ask for; none where there are no such filters."""
    limits = Filters.of({name: filters[name] for name in _LIMITS["mentions"]})
    if not limits:
        return frozenset()
    mentions = tables.mentions
    own = np.flatnonzero(is_one_of(mentions["event_id"], [event_id]))
    asked = select(tables, limits).rows("mentions").index
    return frozenset(np.flatnonzero(np.isin(mentions.index[own], asked)).tolist())
