"""Choices of events by when they were and who came."""

from __future__ import annotations

import pandas as pd

from lib.analysis.chosen.choice import Chosen, choice, exact_filters, read_event
from lib.analysis.pairs import TWO_SIDED, two_sided_meetings
from lib.analysis.representation import STATES, presence
from lib.filters.masks import attended, is_held_meeting, is_one_of, of_events
from lib.filters.selection import Selection
from lib.filters.value import Filters
from lib.text import counted


def read_year(selection: Selection, what: str) -> Chosen | None:
    """A year's events of one group, or of all where the chart does not tell groups apart."""
    year, parted, group = what.partition(":")
    vocabulary = selection.tables.vocabulary
    if not (len(year) == 4 and year.isascii() and year.isdigit()) or (parted and group not in vocabulary["groups"]):
        return None
    own = selection.events["first_day"].dt.year == int(year)
    events = selection.events[
        own.to_numpy() & is_one_of(selection.events["group"], [group]) if group else own.to_numpy()
    ]
    within = selection.filters.replaced(from_=year, to=year)
    name = f"{vocabulary.label('groups', group)}, {year}" if group else year
    return choice(
        f"{name}: {counted(len(events), 'event')}",
        events,
        filters=exact_filters(selection, events, None, within.replaced(group=group) if group else within),
    )


def read_country(selection: Selection, what: str) -> Chosen | None:
    rows = selection.all_rows("participations")
    events = selection.events[of_events(selection.events, rows, attended(rows) & is_one_of(rows["country"], [what]))]
    name = selection.tables.vocabulary.label("countries", what)
    return choice(
        f"{name} attended {counted(len(events), 'event')}",
        events,
        filters=exact_filters(selection, events, None, *_with_country(selection, what)),
    )


def _with_country(selection: Selection, country: str) -> list[Filters]:
    """Candidates that limit the filters in force to the events that a country attended: the country alone, or in addition to those asked for."""
    beside = selection.filters.attended_too(country)
    return [selection.filters.replaced(country=country, country_match=()), *([beside] if beside else [])]


def read_came(selection: Selection, what: str) -> Chosen | None:
    country, _, series = what.partition("@")
    found = read_country(selection, country)
    vocabulary = selection.tables.vocabulary
    if found is None or series not in vocabulary["series"]:
        return None
    events = found.events[is_one_of(found.events["series"], [series])]
    title = f"{vocabulary.label('countries', country)} at {vocabulary.brief('series', series)}: {counted(len(events), 'event')} attended"
    return choice(
        title,
        events,
        filters=exact_filters(
            selection, events, None, *(one.replaced(series=series) for one in _with_country(selection, country))
        ),
    )


def read_member(selection: Selection, what: str) -> Chosen | None:
    """The meetings of a series that a country attended as a member: those that its rate counts."""
    country, _, series = what.partition("@")
    vocabulary = selection.tables.vocabulary
    if country not in vocabulary["countries"] or series not in vocabulary["series"]:
        return None
    events = selection.events
    events = events[is_held_meeting(events) & is_one_of(events["series"], [series])]
    cells = presence(selection.all_rows("participations"), events, vocabulary, only=country)
    came = cells["event_id"][(cells["standing"] == "member") & ~cells["state"].isin(STATES)]
    events = events[is_one_of(events["event_id"], came.tolist())]
    title = f"{vocabulary.label('countries', country)} as a member at {vocabulary.brief('series', series)}: {counted(len(events), 'meeting')} attended"
    within = [one.replaced(series=series) for one in _with_country(selection, country)]
    kinds = events["kind"].unique().tolist()
    return choice(
        title,
        events,
        filters=exact_filters(selection, events, None, *within, *(one.replaced(kind=kinds) for one in within)),
    )


def read_roster(selection: Selection, what: str) -> Chosen | None:
    """The events with a complete roster that a country attended."""
    found = read_country(selection, what)
    if found is None:
        return None
    events = found.events[is_one_of(found.events["roster"], ["complete"])]
    return choice(
        f"{selection.tables.vocabulary.label('countries', what)} attended {counted(len(events), 'event')} with a complete roster",
        events,
        filters=exact_filters(selection, events, None, *_with_country(selection, what)),
    )


def read_level(selection: Selection, what: str) -> Chosen | None:
    filters = selection.filters.replaced(level=what)
    rows = selection.rows("participations")
    events = selection.events[of_events(selection.events, rows, attended(rows) & is_one_of(rows["level"], [what]))]
    return choice(
        f"Attended at the level {selection.tables.vocabulary.label('levels', what).lower()}: {counted(len(events), 'event')}",
        events,
        filters=exact_filters(selection, events, None, filters),
    )


def read_cell(selection: Selection, what: str) -> Chosen | None:
    country, _, event = what.partition("@")
    found = read_event(selection, event)
    if found is None or country not in selection.tables.vocabulary["countries"]:
        return None
    return choice(f"{selection.tables.vocabulary.label('countries', country)} at {found.title}", found.events)


def _pair(selection: Selection, what: str) -> tuple[tuple[str, str], str] | None:
    """The two countries of ``<code>@<code>`` in alphabetical order, and their names."""
    countries = selection.tables.vocabulary["countries"]
    two = tuple(sorted(what.split("@")))
    if len(two) != 2 or two[0] == two[1] or not countries.keys() >= set(two):
        return None
    return two, f"{countries[two[0]].label} and {countries[two[1]].label}"


def _with_both(selection: Selection, events: pd.DataFrame, two: tuple[str, str], kinds: list[str]) -> Filters | None:
    asked = selection.filters["kind"]
    return exact_filters(
        selection,
        events,
        None,
        selection.filters.replaced(
            country=two, country_match="all", kind=[kind for kind in kinds if not asked or kind in asked]
        ),
    )


def read_met(selection: Selection, what: str) -> Chosen | None:
    pair = _pair(selection, what)
    if pair is None:
        return None
    two, names = pair
    meetings = two_sided_meetings(selection.all_rows("participations"), selection.events)
    own = meetings["event_id"][((meetings["first"] == two[0]) & (meetings["second"] == two[1])).to_numpy()]
    events = selection.events[is_one_of(selection.events["event_id"], own.tolist())]
    return choice(
        f"{names}: {counted(len(events), 'two-sided meeting')} on record",
        events,
        filters=_with_both(selection, events, two, list(TWO_SIDED)),
    )


def read_shared(selection: Selection, what: str) -> Chosen | None:
    pair = _pair(selection, what)
    if pair is None:
        return None
    two, names = pair
    events = selection.events
    events = events[is_held_meeting(events) & ~is_one_of(events["kind"], TWO_SIDED)]
    rows = selection.all_rows("participations")
    for country in two:
        events = events[of_events(events, rows, attended(rows) & is_one_of(rows["country"], [country]))]
    kinds = [
        word
        for word in selection.tables.vocabulary["kinds"]
        if word not in TWO_SIDED and selection.tables.vocabulary.family(word) == "meeting"
    ]
    complete = int(is_one_of(events["roster"], ["complete"]).sum())
    more = f", and {len(events) - complete} further with a partial one" if len(events) > complete else ""
    return choice(
        f"{names} both attended {counted(complete, 'meeting')} with a complete roster{more}",
        events,
        filters=_with_both(selection, events, two, kinds),
    )
