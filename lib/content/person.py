"""What the Person page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lib.analysis import country as profile
from lib.analysis import person as part
from lib.analysis.rows import named_rows, rows_of
from lib.content.people import named
from lib.figures.chart import Chart
from lib.figures.person import person_chart
from lib.filters.masks import of_events
from lib.filters.selection import Selection
from lib.filters.table import BY_PARAMETER, named_by_a_word
from lib.html.lists import ranked_list
from lib.html.overview import who_is_reported
from lib.html.parts import figures
from lib.html.person import events_table, identity, offices_table
from lib.keep import kept
from lib.links import event_href, page_href
from lib.tables.build import Tables
from lib.text import counted, folded

ROWS = 8
"""Rows of each ranked list."""

EVENTS = 40
"""Rows of the table of events."""

NOBODY: Mapping[str, str] = {"": "Nobody on record"}
"""What can be chosen where no record names anybody."""


@dataclass(frozen=True, eq=False)
class Part:
    """A person's part in the selection: parts as HTML, each with the sentence that belongs to it."""

    head: str
    offices: str
    events: str
    events_text: str
    met: str
    met_text: str
    named: str
    named_text: str
    themes: str
    themes_text: str


def people(tables: Tables) -> Mapping[str, str]:
    """Everybody whom a record names, by name: ids of the registry, and names that it does not know."""
    offered = BY_PARAMETER["person"].offered
    assert offered is not None
    return offered(tables)


def person_meant(tables: Tables, wanted: str | None) -> str | None:
    """Who is chosen where an address asks for ``wanted``: an id, any spelling, or a surname that one person has; ``wanted`` itself where that may be several people or nobody."""
    row = BY_PARAMETER["person"]
    assert row.canonical is not None
    if not wanted:
        return None
    meant = row.canonical(tables, wanted)
    if meant in people(tables) or meant in tables.vocabulary["people"]:
        return meant
    return (
        next((key for key in people(tables) if folded(key) == folded(meant)), None)
        or named_by_a_word(row, tables, meant)
        or meant
    )


def offered(selection: Selection, wanted: str | None) -> tuple[Mapping[str, str], str]:
    """Who can be chosen, and who is shown without a choice: the only person of the filter, else the one whom most events of the selection name, else the first.

    A person of the registry whom no record names can be asked for too.
    """
    tables = selection.tables
    asked = [person_meant(tables, word) for word in selection.filters["person"]]
    options, registry = people(tables), tables.vocabulary["people"]
    extra = {key: registry[key].label for key in (wanted, *asked) if key in registry and key not in options}
    options = {**options, **extra} or NOBODY
    if len(asked) == 1 and asked[0] in options:
        return options, asked[0]
    most = person_meant(tables, next((values[0] for values in named(selection)["asked"]), None))
    return options, most if most in options else next(iter(options))


def name_of(tables: Tables, key: str) -> str:
    """The name that the page shows for ``key``, without what tells namesakes apart."""
    registry = tables.vocabulary["people"]
    return registry[key].label if key in registry else key or NOBODY[""]


@kept
def rows(selection: Selection, key: str) -> pd.DataFrame:
    """The participations of the person in the selection."""
    own = _own(selection.tables, key)
    return own[of_events(own, selection.events)]


@kept
def _own(tables: Tables, key: str) -> pd.DataFrame:
    return part.of_person(tables.participations, key)


@kept
def _came(selection: Selection, key: str) -> pd.DataFrame:
    return part.by_event(rows(selection, key), selection.events)


@kept
def where(selection: Selection, key: str, ringed: str | None) -> Chart:
    """Where the person came, over the years."""
    return person_chart(
        _came(selection, key),
        selection.events,
        selection.tables.vocabulary,
        name_of(selection.tables, key),
        selection.words,
        ringed,
    )


@kept
def person_part(selection: Selection, key: str) -> Part:
    """The parts of the page that are text."""
    tables, filters = selection.tables, selection.filters
    vocabulary, own, came = tables.vocabulary, rows(selection, key), _came(selection, key)
    name, registered = name_of(tables, key), vocabulary["people"].get(key)
    parties, offices = part.parties(own), part.offices(own)
    every = part.met(tables, own)
    two = every[every["two_sided"] > 0].sort_values("two_sided", ascending=False, kind="stable")
    events = selection.events
    hosts = {code for (codes,) in rows_of(events, "countries", where=of_events(events, own)) for code in codes}
    said, sources = (rows[of_events(rows, own)] for rows in map(selection.all_rows, ("mentions", "sources")))
    raised = profile.themes(said, events, vocabulary, parties[0] if parties else "")

    def href(event_id: str) -> str:
        return event_href(event_id, filters)

    def ranked(found: pd.DataFrame, column: str) -> str:
        return ranked_list(
            [
                (
                    f"{row.name} ({vocabulary.party(row.party)})",
                    getattr(row, column),
                    page_href("person", filters, {"p": row.key}),
                )
                for row in named_rows(found.head(ROWS))
            ],
            len(came),
            "events",
        )

    return Part(
        head=identity([(vocabulary.party(word), _profile_of(word, selection)) for word in parties], registered)
        + figures(
            (
                (len(came), "event named at", "events named at"),
                (own["series"].nunique(), "series", "series"),
                (len(hosts), "country of the events", "countries of the events"),
                (len(every), "person of another delegation", "people of other delegations"),
            )
        ),
        offices=offices_table(offices, registered, tables, href) if len(offices) else "",
        events=events_table(came.head(EVENTS), tables, href) if len(came) else "",
        events_text=f"The latest first, with the office that the record gives.{_older(len(came) - EVENTS)}",
        met=ranked(two, "two_sided"),
        met_text=f"People of the other side whom the records name at two-sided meetings; the events are a selection, mostly of India's.{_further(two)}"
        if len(two)
        else f"At no two-sided meeting of this selection is anybody named beside {name}.",
        named=ranked(every, "events"),
        named_text=f"People of other delegations named at the same events; where a roster is partial, more were there.{_further(every)}"
        if len(every)
        else f"Nobody of another delegation is named beside {name}.",
        themes=ranked_list(
            [
                (
                    vocabulary.label("themes", row.theme),
                    row.events,
                    page_href("themes", filters.replaced(theme=row.theme, by=parties[0], person=key, theme_match=())),
                )
                for row in named_rows(raised.head(ROWS))
            ],
            len(came),
            "events",
        ),
        themes_text=f"Themes of the points of {vocabulary.party(parties[0])}, by event. The records say which delegation spoke, not who spoke for it. {who_is_reported(said, sources, vocabulary)}"
        if len(raised)
        else "No point of the delegation is recorded at these events.",
    )


def _profile_of(party: str, selection: Selection) -> str:
    """A country's profile; the events that an organization attended."""
    if party in selection.tables.vocabulary["countries"]:
        return page_href("country", selection.filters, {"c": party})
    return page_href("timeline", selection.filters.replaced(organization=party))


def _older(more: int) -> str:
    return f" {counted(more, 'older event')} left out: choose a period or a series at the left." if more > 0 else ""


def _further(found: pd.DataFrame) -> str:
    more = len(found) - ROWS
    return f" {counted(more, 'further person', 'further people')} not shown." if more > 0 else ""
