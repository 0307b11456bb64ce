"""What the Representation page shows."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lib.analysis.representation import instead, presence, representation, trend
from lib.content.participants import series_with_meetings, words_of_series
from lib.figures.chart import Chart
from lib.figures.levels import levels_chart
from lib.figures.presence import presence_chart
from lib.figures.rates import rates_chart
from lib.filters.masks import codes_of, is_held_meeting, is_one_of, of_events
from lib.filters.selection import Selection
from lib.filters.table import BY_PARAMETER, selected_on_attendance
from lib.html.representation import instead_table
from lib.keep import kept
from lib.links import event_href, page_href
from lib.text import counted, listed


@dataclass(frozen=True, eq=False)
class Instead:
    """Who came in place of the expected office: a title, a sentence, a table as HTML (empty without any)."""

    title: str
    text: str
    html: str


def shown_series(selection: Selection, wanted: str | None) -> str | None:
    """The series that an address asks for; the first with meetings where it asks for none or an unknown one."""
    series = series_with_meetings(selection)
    return wanted if wanted in series else next(iter(series), None)


@kept
def _events(selection: Selection, series: str | None) -> pd.DataFrame:
    """The held meetings of ``series`` in the selection."""
    events = selection.events
    return events[is_held_meeting(events) & is_one_of(events["series"], [series] if series else [])]


@kept
def _cells(selection: Selection, series: str | None) -> pd.DataFrame:
    return presence(rows(selection, series), _events(selection, series), selection.tables.vocabulary)


@kept
def _rates(selection: Selection, series: str | None) -> pd.DataFrame:
    return representation(_cells(selection, series), sampled=not _is_covered(selection, series))


def _is_covered(selection: Selection, series: str | None) -> bool:
    """Whether every meeting shown lies in the time for which the records aim to hold all of them: then they are no sample."""
    entry = selection.tables.vocabulary["series"].get(series)
    events = _events(selection, series)
    return bool(
        entry
        and entry.covered_from
        and len(events)
        and (events["first_day"] >= pd.Timestamp(entry.covered_from.first)).all()
    )


@kept
def rows(selection: Selection, series: str | None) -> pd.DataFrame:
    """The participations of countries at the meetings shown."""
    frame = selection.tables.participations
    return frame[of_events(frame, _events(selection, series)) & (codes_of(frame["country"]) >= 0)]


@kept
def matrix(selection: Selection, series: str | None, ringed: str | None) -> Chart:
    """Who was sent, country by meeting."""
    return presence_chart(
        _cells(selection, series),
        _events(selection, series),
        selection.tables.vocabulary,
        words_of_series(selection, series),
        ringed,
    )


@kept
def rates(selection: Selection, series: str | None, ringed: str | None) -> Chart:
    """How often each member came; a refusal in words where the meetings were chosen by who came."""
    narrowed = selected_on_attendance(selection.filters)
    labels = listed([BY_PARAMETER[name].label for name in narrowed])
    refused = (
        f"These meetings were chosen by who came or spoke there (filter {labels}): how often a country comes cannot be seen among them."
        if narrowed
        else ""
    )
    return rates_chart(
        _rates(selection, series),
        selection.tables.vocabulary,
        words_of_series(selection, series),
        series or "",
        refused,
        ringed,
        narrowed,
    )


@kept
def levels(selection: Selection, series: str | None, ringed: str | None) -> Chart:
    """The level that each member sent over time."""
    cells, events = _cells(selection, series), _events(selection, series)
    return levels_chart(
        cells,
        _rates(selection, series),
        trend(cells, events),
        events,
        selection.tables.vocabulary,
        words_of_series(selection, series),
        ringed,
    )


@kept
def sent_instead(selection: Selection, series: str | None) -> Instead:
    """Who came when the expected office did not."""
    filters, found = selection.filters, instead(_cells(selection, series))
    if found.empty:
        return Instead(
            "Who was sent instead",
            "At none of these meetings is a member recorded as absent or as sending less than the office expected of it.",
            "",
        )
    html = instead_table(
        found,
        selection.tables,
        lambda event: event_href(event, filters),
        lambda country: page_href("country", filters, {"c": country}),
    )
    taken = int((found["basis"] == "series").sum())
    text = "Measured against the office that the country had that day, by level alone: another office of the same level is not listed."
    text += (
        f" In {counted(taken, 'row')} marked so, the level of the series is taken, because nothing is known of the country's office."
        if taken
        else ""
    )
    return Instead(f"Who was sent instead, or nobody: {counted(len(found), 'time')}", text, html)
