"""What the timeline shows."""

from __future__ import annotations

import datetime as dt

from lib.analysis.coverage import coverage
from lib.analysis.timeline import place_marks
from lib.figures.chart import Chart
from lib.figures.timeline import label_widths, timeline_chart
from lib.filters.masks import period_bounds
from lib.filters.selection import Selection
from lib.keep import kept


@kept
def timeline(selection: Selection, today: dt.date, ringed: str | None) -> Chart:
    """The chart of every event of a selection, with one of them ringed."""
    vocabulary = selection.tables.vocabulary
    series = coverage(selection.events, vocabulary, today)
    start, end = period_bounds(selection.filters)
    placed = place_marks(
        selection.events, vocabulary, label_widths(series, vocabulary), (start and start.first, end and end.last)
    )
    return timeline_chart(selection.events, placed, series, vocabulary, selection.words, today, ringed)
