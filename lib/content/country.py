"""What the Country page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lib.analysis import country as profile
from lib.analysis.pairs import TWO_SIDED
from lib.analysis.people import people as everybody
from lib.analysis.representation import instead
from lib.analysis.rows import named_rows
from lib.content.people import person_address
from lib.figures.chart import Chart
from lib.figures.country import people_chart, series_chart
from lib.filters.masks import of_events
from lib.filters.selection import Selection
from lib.html.country import headline_figures, meetings_table
from lib.html.lists import events_list, ranked_list
from lib.html.overview import who_is_reported
from lib.html.people import people_table
from lib.html.representation import instead_table
from lib.keep import kept
from lib.links import event_href, page_href
from lib.tables.build import Tables
from lib.text import counted, folded

ROWS = 8
"""Rows of each ranked list."""

PEOPLE = 15
"""Rows of the table of people."""

MEETINGS = 40
"""Rows of the table of meetings."""

HOME = "IND"
"""The country that the page opens with: the records' own point of departure."""


@dataclass(frozen=True, eq=False)
class Profile:
    """A country's part in the selection: parts as HTML, each with the sentence that belongs to it."""

    figures: str
    themes: str
    themes_text: str
    hosts: str
    partners: str
    partners_text: str
    people: str
    people_text: str
    absences: str
    absences_text: str
    meetings: str
    meetings_text: str
    instead: str
    instead_text: str


@kept
def countries(tables: Tables) -> Mapping[str, str]:
    """The countries with a delegation or a stated absence in any record, by name."""
    codes = tables.participations["country"].dropna().unique().tolist()
    return dict(
        sorted(((code, tables.vocabulary.label("countries", code)) for code in codes), key=lambda item: folded(item[1]))
    )


def offered(selection: Selection, wanted: str | None) -> tuple[Mapping[str, str], str]:
    """What can be chosen, and what is shown without a choice: the only country of the filter, else India, else the first.

    A country of ISO 3166 without rows can be asked for too.
    """
    tables = selection.tables
    options, asked = countries(tables), selection.filters["country"]
    known = tables.vocabulary["countries"]
    extra = {code: known[code].label for code in (wanted, *asked) if code in known and code not in options}
    options = {**options, **extra} or {HOME: tables.vocabulary.label("countries", HOME)}
    return options, asked[0] if len(asked) == 1 and asked[0] in options else HOME if HOME in options else next(
        iter(options)
    )


@kept
def rows(selection: Selection, country: str) -> pd.DataFrame:
    """The participations of the country, stated absences included."""
    own = profile.of_country(selection.tables.participations, country)
    return own[of_events(own, selection.events)]


@kept
def _people(selection: Selection, country: str) -> pd.DataFrame:
    return everybody(rows(selection, country))


@kept
def people(selection: Selection, country: str, ringed: str | None) -> Chart:
    """Who represented it, over the years."""
    return people_chart(
        rows(selection, country),
        _people(selection, country),
        selection.events,
        selection.tables.vocabulary,
        country,
        selection.words,
        ringed,
    )


@kept
def series(selection: Selection, country: str, ringed: str | None) -> Chart:
    """Which series it attended, at what level."""
    vocabulary = selection.tables.vocabulary
    return series_chart(
        profile.levels_by_series(rows(selection, country), vocabulary), vocabulary, country, selection.words, ringed
    )


@kept
def country_profile(selection: Selection, country: str, today: dt.date) -> Profile:
    """The parts of the profile that are text, on the day ``today``."""
    vocabulary, filters, events = selection.tables.vocabulary, selection.filters, selection.events
    own, mentions = rows(selection, country), selection.all_rows("mentions")
    label = vocabulary.label("countries", country)
    raised, met = (
        profile.themes(mentions, events, vocabulary, country),
        profile.partners(selection.tables.participations, events, country),
    )
    been = profile.hosts(own, events)
    named = _people(selection, country)
    numbers = profile.counts(own, mentions, country, vocabulary)
    missed = profile.absences(own, events)
    meetings = profile.by_meeting(selection.tables.participations, events, vocabulary, country)
    lower = instead(meetings.iloc[::-1])

    def timeline(**limits: object) -> str:
        return page_href("timeline", filters.replaced(**{"country": country, "country_match": (), **limits}))  # type: ignore[arg-type]

    def who(asked: Sequence[str]) -> str:
        return person_address(asked, filters, filters.replaced(country=country, country_match=()))

    more = len(named) - PEOPLE
    return Profile(
        figures=headline_figures(numbers),
        themes=ranked_list(
            [
                (
                    vocabulary.label("themes", row.theme),
                    row.events,
                    page_href("themes", filters.replaced(theme=row.theme, by=country, theme_match=())),
                )
                for row in named_rows(raised.head(ROWS))
            ],
            numbers.events,
            "events",
        ),
        themes_text=f"Events at which a source reports {label} on the theme or one below it. {who_is_reported(mentions, selection.all_rows('sources'), vocabulary)}",
        hosts=ranked_list(
            [
                (vocabulary.label("countries", row.country), row.events, timeline(host=row.country))
                for row in named_rows(been.head(ROWS))
            ],
            numbers.events,
            "events",
        ),
        partners=ranked_list(
            [
                (
                    vocabulary.label("countries", row.country),
                    row.events,
                    timeline(country=(country, row.country), country_match="all", kind=TWO_SIDED),
                )
                for row in named_rows(met.head(ROWS))
            ],
            int(met["events"].sum()),
            "two-sided meetings",
        ),
        partners_text=_partners_in_words(met, label),
        people=people_table(named.head(PEOPLE), vocabulary, who, of_one_party=True) if len(named) else "",
        people_text=f"Each name leads to the person. {counted(more, 'further person', 'further people')} in the chart's table."
        if more > 0
        else "Each name leads to the person.",
        absences=events_list(missed, selection.tables, lambda event: event_href(event, filters), today)
        if len(missed)
        else "",
        absences_text=f"Events to which {label} did not come, with a source that says so."
        if len(missed)
        else f"No source of this selection states an absence of {label}; that is not to say that it came to everything.",
        meetings=meetings_table(meetings.head(MEETINGS), selection.tables, lambda event: event_href(event, filters))
        if len(meetings)
        else "",
        meetings_text=f"Held meetings of which something is known of {label}, the latest first; exercises and transfers are not among them. By video or in person as far as a source says; "
        f"hybrid: the meeting was both, and of this delegation it is not said.{_older(len(meetings) - MEETINGS)}",
        instead=instead_table(lower.head(MEETINGS), selection.tables, lambda event: event_href(event, filters))
        if len(lower)
        else "",
        instead_text=f"{counted(len(lower), 'meeting')} of any series, the latest first, to which {label}, a member then, sent a lower level than that of the office expected of it that day, or nobody; "
        f"where that is a custom of {label} on record, the row says so.{_older(len(lower) - MEETINGS)}",
    )


def _older(more: int) -> str:
    """What the table of meetings leaves out."""
    return f" {counted(more, 'older meeting')} left out: choose a period or a series at the left." if more > 0 else ""


def _partners_in_words(met: pd.DataFrame, label: str) -> str:
    """How many two-sided meetings are recorded, and what the number leaves out."""
    total = int(met["events"].sum())
    if not total:
        return f"No two-sided meeting of {label} is recorded here; the records hold a selection, mostly of India's."
    return (
        f"{counted(total, 'recorded two-sided meeting')} with {counted(len(met), 'country', 'countries')}. "
        f"The records hold a selection, mostly of India's: this is not whom {label} meets most."
    )
