"""What the page on pairs shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lib.analysis.pairs import TWO_SIDED, Collected, collected, shared, two_sided
from lib.figures.chart import Chart
from lib.figures.pairs import shared_chart, two_sided_chart
from lib.filters.masks import attended, codes_of, is_held_meeting, is_one_of, of_events
from lib.filters.selection import Selection
from lib.filters.table import selected_on_attendance
from lib.keep import kept
from lib.tables.build import Tables


@kept
def _collected(tables: Tables) -> Collected:
    return collected(tables.participations, tables.events)


@kept
def met(selection: Selection, measure: str, ringed: str | None) -> Chart:
    """Two-sided meetings by pair."""
    pairs = two_sided(selection.tables.participations, selection.events)
    return two_sided_chart(
        pairs, _collected(selection.tables), selection.tables.vocabulary, selection.words, measure, ringed
    )


@kept
def _shared(selection: Selection) -> pd.DataFrame:
    return shared(selection.tables.participations, selection.events)


@kept
def together(selection: Selection, measure: str, ringed: str | None) -> Chart:
    """Attendance at the same larger meetings; without expected numbers where a filter chose the meetings by who came."""
    refused = bool(selected_on_attendance(selection.filters))
    pairs = _shared(selection).assign(expected=np.nan, ratio=np.nan) if refused else _shared(selection)
    events = selection.events
    larger = (
        is_held_meeting(events) & ~is_one_of(events["roster"], ["complete"]) & ~is_one_of(events["kind"], TWO_SIDED)
    )
    return shared_chart(
        pairs, selection.tables.vocabulary, selection.words, int(larger.sum()), measure, ringed, refused
    )


@kept
def rows(selection: Selection) -> pd.DataFrame:
    """The rows behind both matrices: delegations of countries that attended held meetings."""
    participations, events = selection.tables.participations, selection.events
    meetings = events[is_held_meeting(events)]
    return participations[
        attended(participations) & (codes_of(participations["country"]) >= 0) & of_events(participations, meetings)
    ]
