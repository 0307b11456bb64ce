"""The records behind a chosen mark: what the page setting ``sel`` refers to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.analysis.pairs import TWO_SIDED, two_sided_meetings
from lib.analysis.representation import STATES, presence
from lib.analysis.together import every_theme, raising
from lib.filters.masks import attended, is_held_meeting, is_one_of, of_events
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.problems import nearest, shown
from lib.text import counted
from lib.vocabulary import MEETING, voice


@dataclass(frozen=True, eq=False)
class Chosen:
    """What a mark represents: events, and the points behind it where the mark is about points.

    ``filters`` shows exactly the same as a view of its own, None where no filters can; ``doubt`` says why nothing is chosen.
    """

    title: str
    events: pd.DataFrame
    mentions: pd.DataFrame | None = None
    filters: Filters | None = None
    doubt: str = ""


def chosen_rows(selection: Selection, sel: str) -> Chosen:
    """The rows behind ``sel`` = ``<kind>:<what>`` within ``selection``.

    Without rows and with a ``doubt`` where the choice cannot be understood or is not in the selection.
    """
    kind, _, what = sel.partition(":")
    reader = _READERS.get(kind)
    if reader is None:
        near = nearest(kind, _READERS)
        return _nothing(selection, f"The link chooses {shown(sel)}, which no chart here has{f'; did you mean {near}:…?' if near else '.'}")
    return reader(selection, what) or _nothing(selection, f"The link chooses {shown(what)}, which is not in this selection.")


def _nothing(selection: Selection, doubt: str) -> Chosen:
    return Chosen("", selection.events.iloc[:0], doubt=doubt)


def _found(title: str, events: pd.DataFrame, mentions: pd.DataFrame | None = None, filters: Filters | None = None) -> Chosen | None:
    return Chosen(title, events, mentions, filters) if len(events) else None


def _exact(selection: Selection, events: pd.DataFrame, mentions: pd.DataFrame | None, *candidates: Filters) -> Filters | None:
    """The first of ``candidates`` that shows exactly these events and points; None where no filters can say it, or those in force do."""
    for filters in candidates:
        found = select(selection.tables, filters)
        if filters != selection.filters and found.events["event_id"].tolist() == events["event_id"].tolist() and (
                mentions is None or found.rows("mentions").index.equals(mentions.index)):
            return filters
    return None


def _event(selection: Selection, what: str) -> Chosen | None:
    events = selection.events[is_one_of(selection.events["event_id"], [what])]
    return _found(events["title"].iloc[0], events) if len(events) else None


def _year(selection: Selection, what: str) -> Chosen | None:
    """A year's events of one group, or of all where the chart does not tell groups apart."""
    year, parted, group = what.partition(":")
    vocabulary = selection.tables.vocabulary
    if not (len(year) == 4 and year.isascii() and year.isdigit()) or (parted and group not in vocabulary["groups"]):
        return None
    own = selection.events["first_day"].dt.year == int(year)
    events = selection.events[own.to_numpy() & is_one_of(selection.events["group"], [group]) if group else own.to_numpy()]
    within = selection.filters.replaced(from_=year, to=year)
    name = f"{vocabulary.label('groups', group)}, {year}" if group else year
    return _found(f"{name}: {counted(len(events), 'event')}", events,
                  filters=_exact(selection, events, None, within.replaced(group=group) if group else within))


def _country(selection: Selection, what: str) -> Chosen | None:
    rows = selection.all_rows("participations")
    events = selection.events[of_events(selection.events, rows, attended(rows) & is_one_of(rows["country"], [what]))]
    name = selection.tables.vocabulary.label("countries", what)
    return _found(f"{name} attended {counted(len(events), 'event')}", events, filters=_exact(selection, events, None, *_with_country(selection, what)))


def _with_country(selection: Selection, country: str) -> list[Filters]:
    """Candidates that limit the filters in force to the events that a country attended: the country alone, or in addition to those asked for."""
    beside = selection.filters.attended_too(country)
    return [selection.filters.replaced(country=country, country_match=()), *([beside] if beside else [])]


def _came(selection: Selection, what: str) -> Chosen | None:
    country, _, series = what.partition("@")
    found = _country(selection, country)
    vocabulary = selection.tables.vocabulary
    if found is None or series not in vocabulary["series"]:
        return None
    events = found.events[is_one_of(found.events["series"], [series])]
    title = f"{vocabulary.label('countries', country)} at {vocabulary.brief('series', series)}: {counted(len(events), 'event')} attended"
    return _found(title, events, filters=_exact(selection, events, None, *(one.replaced(series=series) for one in _with_country(selection, country))))


def _member(selection: Selection, what: str) -> Chosen | None:
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
    return _found(title, events, filters=_exact(selection, events, None, *within, *(one.replaced(kind=kinds) for one in within)))


def _roster(selection: Selection, what: str) -> Chosen | None:
    """The events with a complete roster that a country attended."""
    found = _country(selection, what)
    if found is None:
        return None
    events = found.events[is_one_of(found.events["roster"], ["complete"])]
    return _found(f"{selection.tables.vocabulary.label('countries', what)} attended {counted(len(events), 'event')} with a complete roster", events,
                  filters=_exact(selection, events, None, *_with_country(selection, what)))


def _level(selection: Selection, what: str) -> Chosen | None:
    filters = selection.filters.replaced(level=what)
    rows = selection.rows("participations")
    events = selection.events[of_events(selection.events, rows, attended(rows) & is_one_of(rows["level"], [what]))]
    return _found(f"Attended at the level {selection.tables.vocabulary.label('levels', what).lower()}: {counted(len(events), 'event')}", events,
                  filters=_exact(selection, events, None, filters))


def _cell(selection: Selection, what: str) -> Chosen | None:
    country, _, event = what.partition("@")
    found = _event(selection, event)
    if found is None or country not in selection.tables.vocabulary["countries"]:
        return None
    return _found(f"{selection.tables.vocabulary.label('countries', country)} at {found.title}", found.events)


def _points(selection: Selection, title: str, **limits: str | tuple[str, ...]) -> Chosen | None:
    """Points of the selection with these values of theme, by and form; events in order of day."""
    mentions = selection.rows("mentions")
    keep = np.ones(len(mentions), dtype=bool)
    for name, value in limits.items():
        words = (value,) if isinstance(value, str) else value
        if name == "theme":
            words = tuple(below for word in words for below in selection.tables.vocabulary.below(word))
        keep &= is_one_of(mentions[name], words)
    mentions = mentions[keep]
    events = selection.events[of_events(selection.events, mentions)]
    title = f"{title}: {counted(len(mentions), 'point')} at {counted(len(events), 'event')}"
    return _found(title, events, mentions, _exact(selection, events, mentions, selection.filters.replaced(**limits, theme_match=())))


def _theme(selection: Selection, what: str) -> Chosen | None:
    return _points(selection, selection.tables.vocabulary.label("themes", what), theme=what)


def _said(selection: Selection, what: str) -> Chosen | None:
    theme, _, who = what.partition("@")
    vocabulary = selection.tables.vocabulary
    limits: dict[str, str | tuple[str, ...]] = {"theme": theme, "by": who}
    if who in ("joint", MEETING):
        limits |= {"by": "joint", "form": tuple(form for form in selection.filters["form"] or vocabulary["mention-forms"] if voice("joint", form) == who)}
    return _points(selection, f"{vocabulary.party(who)} on {vocabulary.label('themes', theme)}", **limits)


def _form(selection: Selection, what: str) -> Chosen | None:
    theme, _, form = what.partition(":")
    vocabulary = selection.tables.vocabulary
    return _points(selection, f"{vocabulary.label('themes', theme)}, {vocabulary.label('mention-forms', form).lower()}", theme=theme, form=form)


def _when(selection: Selection, what: str) -> Chosen | None:
    theme, _, year = what.partition(":")
    found = _theme(selection, theme)
    if found is None or found.mentions is None or not (len(year) == 4 and year.isascii() and year.isdigit()):
        return None
    events = found.events[(found.events["first_day"].dt.year == int(year)).to_numpy()]
    mentions = found.mentions[of_events(found.mentions, events)]
    label = selection.tables.vocabulary.label("themes", theme)
    return _found(f"{label} in {year}: {counted(len(mentions), 'point')} at {counted(len(events), 'event')}", events, mentions,
                  _exact(selection, events, mentions, selection.filters.replaced(theme=theme, theme_match=(), from_=year, to=year)))


def _pair(selection: Selection, what: str) -> tuple[tuple[str, str], str] | None:
    """The two countries of ``<code>@<code>`` in alphabetical order, and their names."""
    countries = selection.tables.vocabulary["countries"]
    two = tuple(sorted(what.split("@")))
    if len(two) != 2 or two[0] == two[1] or not countries.keys() >= set(two):
        return None
    return two, f"{countries[two[0]].label} and {countries[two[1]].label}"


def _with_both(selection: Selection, events: pd.DataFrame, two: tuple[str, str], kinds: list[str]) -> Filters | None:
    asked = selection.filters["kind"]
    return _exact(selection, events, None, selection.filters.replaced(country=two, country_match="all", kind=[kind for kind in kinds if not asked or kind in asked]))


def _met(selection: Selection, what: str) -> Chosen | None:
    pair = _pair(selection, what)
    if pair is None:
        return None
    two, names = pair
    meetings = two_sided_meetings(selection.all_rows("participations"), selection.events)
    own = meetings["event_id"][((meetings["first"] == two[0]) & (meetings["second"] == two[1])).to_numpy()]
    events = selection.events[is_one_of(selection.events["event_id"], own.tolist())]
    return _found(f"{names}: {counted(len(events), 'two-sided meeting')} on record", events, filters=_with_both(selection, events, two, list(TWO_SIDED)))


def _shared(selection: Selection, what: str) -> Chosen | None:
    pair = _pair(selection, what)
    if pair is None:
        return None
    two, names = pair
    events = selection.events
    events = events[is_held_meeting(events) & ~is_one_of(events["kind"], TWO_SIDED)]
    rows = selection.all_rows("participations")
    for country in two:
        events = events[of_events(events, rows, attended(rows) & is_one_of(rows["country"], [country]))]
    kinds = [word for word in selection.tables.vocabulary["kinds"] if word not in TWO_SIDED and selection.tables.vocabulary.family(word) == "meeting"]
    complete = int(is_one_of(events["roster"], ["complete"]).sum())
    more = f", and {len(events) - complete} further with a partial one" if len(events) > complete else ""
    return _found(f"{names} both attended {counted(complete, 'meeting')} with a complete roster{more}", events, filters=_with_both(selection, events, two, kinds))


def _both(selection: Selection, what: str, unit: str = "event") -> Chosen | None:
    first, _, second = what.partition("@")
    vocabulary = selection.tables.vocabulary
    mentions = raising(every_theme(selection), vocabulary, first, second, unit)
    events = selection.events[of_events(selection.events, mentions)]
    title = f"{vocabulary.label('themes', first)}, with {vocabulary.label('themes', second)}{', by one actor' if unit == 'actor' else ''}: {counted(len(events), 'event')}"
    return _found(title, events, mentions, _exact(selection, events, None, selection.filters.replaced(theme=(first, second), theme_match="all")))


def _voiced(selection: Selection, what: str) -> Chosen | None:
    return _both(selection, what, "actor")


def _point(selection: Selection, what: str) -> Chosen | None:
    theme, _, rest = what.partition("@")
    by, _, event = rest.partition("@")
    found, vocabulary = _event(selection, event), selection.tables.vocabulary
    if found is None or theme not in vocabulary["themes"] or not vocabulary.actors >= set(by.split(";")):
        return None
    mentions = selection.all_rows("mentions")
    mentions = mentions[is_one_of(mentions["event_id"], [event]) & is_one_of(mentions["theme"], vocabulary.below(theme)) & is_one_of(mentions["by"], by.split(";"))]
    return _found(f"{vocabulary.label('themes', theme)} at {found.title}", found.events, mentions if len(mentions) else None)


_READERS: Mapping[str, Callable[[Selection, str], Chosen | None]] = {
    "event": _event, "year": _year, "country": _country, "level": _level, "came": _came, "member": _member, "roster": _roster, "cell": _cell, "theme": _theme, "said": _said, "form": _form, "when": _when,
    "met": _met, "shared": _shared, "both": _both, "voiced": _voiced, "point": _point,
}
