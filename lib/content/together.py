"""What the page on themes that come up together shows."""

from __future__ import annotations

from lib.analysis.together import every_theme, first_and_latest
from lib.analysis.together import together as pairs_of
from lib.figures.chart import Chart
from lib.figures.together import together_chart
from lib.filters.selection import Selection
from lib.html.together import first_and_latest_table
from lib.keep import kept
from lib.links import event_href


@kept
def together(selection: Selection, unit: str, ringed: str | None) -> Chart:
    """Theme x theme."""
    vocabulary = selection.tables.vocabulary
    return together_chart(pairs_of(every_theme(selection), vocabulary, unit), vocabulary, selection.words, unit, ringed)


@kept
def first_latest(selection: Selection) -> str:
    """The first and the latest event of each theme, as a table."""
    themes = first_and_latest(every_theme(selection), selection.events, selection.tables.vocabulary)
    return (
        first_and_latest_table(themes, selection.tables, lambda event: event_href(event, selection.filters))
        if len(themes)
        else ""
    )
