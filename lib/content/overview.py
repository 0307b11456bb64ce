"""What the overview shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from lib.analysis.coverage import coverage, runs, thin_years
from lib.analysis.overview import by_year, headline, most, newest
from lib.analysis.rows import named_rows
from lib.analysis.themes import how_often
from lib.figures.chart import Chart
from lib.figures.years import years_chart
from lib.filters.masks import ahead, attended
from lib.filters.selection import Selection, whatever_was_said
from lib.filters.value import Filters
from lib.html.lists import brief_list, coverage_table, ranked_list
from lib.html.overview import headline_figures
from lib.html.parts import days, link
from lib.keep import kept
from lib.links import event_href, page_href
from lib.text import counted

NEWEST = 8
"""Events listed as newest: as tall as the chart beside them."""

RANKS = 8
"""Themes and countries that the overview names."""


@dataclass(frozen=True, eq=False)
class Overview:
    """Texts as HTML; ``coming`` is empty where nothing is announced."""

    figures: str
    coming: str
    newest: str
    themes: str
    countries: str
    coverage: str
    series: int


def _attended_by(country: str, filters: Filters) -> str:
    """The address of the selection's events that a country attended; where filters cannot express that, of the map with the country chosen."""
    found = filters.attended_too(country)
    return (
        page_href("timeline", found)
        if found
        else page_href("participants", filters, {"sel": f"country:{country}", "on": "map"})
    )


def _as_many(ranked: pd.DataFrame, one: str, many: str, address: str) -> str:
    """Says so where a ranked list ends amid a tie: those left out have as many events as the last one shown."""
    more = int((ranked["events"].iloc[RANKS:] == ranked["events"].iloc[RANKS - 1]).sum()) if len(ranked) > RANKS else 0
    return (
        f'<p class="footer">{link(address, counted(more, f"further {one}", f"further {many}"))} with as many events as the last of these.</p>'
        if more
        else ""
    )


def _latest(events: pd.DataFrame, today: dt.date) -> str:
    """The days of the newest event that was held."""
    return "".join(
        days(row.start, row.end, short=False) for row in named_rows(newest(events, today, 1)[["start", "end"]])
    )


@kept
def _coverage(selection: Selection, today: dt.date) -> pd.DataFrame:
    return coverage(selection.events, selection.tables.vocabulary, today)


@kept
def years(selection: Selection, today: dt.date, ringed: str | None) -> Chart:
    """The events by year, with the chosen bar marked."""
    return years_chart(
        by_year(selection.events),
        thin_runs(selection.events, _coverage(selection, today)),
        selection.tables.vocabulary,
        selection.words,
        ringed,
    )


def thin_runs(events: pd.DataFrame, series: pd.DataFrame) -> list[list[int]]:
    """The years from the first to the last of ``events`` in which fewer than half of their ``series`` are covered, in runs; ``series`` is a ``coverage``."""
    if events.empty:
        return []
    years = events["first_day"].dt.year
    return runs(thin_years(series, range(int(years.min()), int(years.max()) + 1)))


@kept
def overview(selection: Selection, today: dt.date) -> Overview:
    """The parts of the overview that are text, of a selection that holds at least one event."""
    vocabulary, filters, events = selection.tables.vocabulary, selection.filters, selection.events
    mentions, participations = selection.rows("mentions"), selection.all_rows("participations")
    series = _coverage(selection, today)
    announced = events[ahead(events, today)]
    there = attended(participations)
    raised = how_often(mentions, events, vocabulary)
    came = most(participations["country"][there], participations["event_id"][there], len(vocabulary["countries"]))

    def listed(rows: pd.DataFrame) -> str:
        return brief_list(rows, selection.tables, lambda event_id: event_href(event_id, filters), today)

    return Overview(
        figures=headline_figures(
            headline(events, participations, mentions, selection.all_rows("sources")), _latest(events, today)
        ),
        coming=listed(announced) if len(announced) else "",
        newest=listed(newest(events, today, NEWEST)),
        themes=ranked_list(
            [
                (
                    vocabulary.label("themes", row.theme),
                    row.events,
                    page_href("themes", filters.replaced(theme=row.theme)),
                )
                for row in named_rows(raised.head(RANKS))
            ],
            len(whatever_was_said(selection)),
            "events",
        )
        + _as_many(raised, "theme", "themes", page_href("themes", filters)),
        countries=ranked_list(
            [
                (vocabulary.label("countries", row.value), row.events, _attended_by(row.value, filters))
                for row in named_rows(came.head(RANKS))
            ],
            len(events),
            "events",
        )
        + _as_many(came, "country", "countries", page_href("participants", filters)),
        coverage=coverage_table(series, selection.tables),
        series=len(series),
    )
