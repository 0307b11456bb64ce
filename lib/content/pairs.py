"""What the page on pairs shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.analysis.pairs import TWO_SIDED, Collected, collected, shared, two_sided
from lib.figures.chart import Chart
from lib.figures.pairs import shared_chart, two_sided_chart
from lib.filters.masks import attended, is_one_of
from lib.filters.selection import Selection
from lib.keep import kept
from lib.tables.build import Tables


@kept
def _collected(tables: Tables) -> Collected:
    return collected(tables.participations, tables.events)


@kept
def met(selection: Selection, measure: str, ringed: str | None) -> Chart:
    """Two-sided meetings by pair."""
    pairs = two_sided(selection.all_rows("participations"), selection.events)
    return two_sided_chart(pairs, _collected(selection.tables), selection.tables.vocabulary, selection.words, measure, ringed)


_BY_ATTENDANCE = ("country", "level", "organization", "person")
"""Filters that keep meetings by who came: among these, attendance is not independent by construction (Berkson 1946)."""


@kept
def _shared(selection: Selection) -> pd.DataFrame:
    return shared(selection.all_rows("participations"), selection.events)


@kept
def together(selection: Selection, measure: str, ringed: str | None) -> Chart:
    """Attendance at the same larger meetings; without expected numbers where a filter chose the meetings by who came."""
    refused = any(selection.filters[name] for name in _BY_ATTENDANCE)
    pairs = _shared(selection).assign(expected=np.nan, ratio=np.nan) if refused else _shared(selection)
    events = selection.events
    larger = ((events["status"] == "held") & (events["family"] == "meeting") & (events["roster"] != "complete")).to_numpy() & ~is_one_of(events["kind"], TWO_SIDED)
    return shared_chart(pairs, selection.tables.vocabulary, selection.words, int(larger.sum()), measure, ringed, refused)


@kept
def rows(selection: Selection) -> pd.DataFrame:
    """The rows behind both matrices: delegations of countries that attended held meetings."""
    participations, events = selection.all_rows("participations"), selection.events
    meetings = events["event_id"][((events["status"] == "held") & (events["family"] == "meeting")).to_numpy()]
    return participations[attended(participations) & participations["country"].notna().to_numpy() & participations["event_id"].isin(meetings).to_numpy()]
