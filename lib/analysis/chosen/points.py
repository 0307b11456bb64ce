"""Choices of points: a theme, by whom, in what form, when, with what other."""

from __future__ import annotations

import numpy as np

from lib.analysis.chosen.choice import Chosen, choice, exact_filters, read_event
from lib.analysis.together import every_theme, raising
from lib.filters.masks import is_one_of, of_events
from lib.filters.selection import Selection
from lib.text import counted
from lib.vocabulary import MEETING, voice


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
    return choice(
        title,
        events,
        mentions,
        exact_filters(selection, events, mentions, selection.filters.replaced(**limits, theme_match=())),
    )


def read_theme(selection: Selection, what: str) -> Chosen | None:
    return _points(selection, selection.tables.vocabulary.label("themes", what), theme=what)


def read_said(selection: Selection, what: str) -> Chosen | None:
    theme, _, who = what.partition("@")
    vocabulary = selection.tables.vocabulary
    limits: dict[str, str | tuple[str, ...]] = {"theme": theme, "by": who}
    if who in ("joint", MEETING):
        limits |= {
            "by": "joint",
            "form": tuple(
                form for form in selection.filters["form"] or vocabulary["mention-forms"] if voice("joint", form) == who
            ),
        }
    return _points(selection, f"{vocabulary.party(who)} on {vocabulary.label('themes', theme)}", **limits)


def read_form(selection: Selection, what: str) -> Chosen | None:
    theme, _, form = what.partition(":")
    vocabulary = selection.tables.vocabulary
    return _points(
        selection,
        f"{vocabulary.label('themes', theme)}, {vocabulary.label('mention-forms', form).lower()}",
        theme=theme,
        form=form,
    )


def read_when(selection: Selection, what: str) -> Chosen | None:
    theme, _, year = what.partition(":")
    found = read_theme(selection, theme)
    if found is None or found.mentions is None or not (len(year) == 4 and year.isascii() and year.isdigit()):
        return None
    events = found.events[(found.events["first_day"].dt.year == int(year)).to_numpy()]
    mentions = found.mentions[of_events(found.mentions, events)]
    label = selection.tables.vocabulary.label("themes", theme)
    return choice(
        f"{label} in {year}: {counted(len(mentions), 'point')} at {counted(len(events), 'event')}",
        events,
        mentions,
        exact_filters(
            selection, events, mentions, selection.filters.replaced(theme=theme, theme_match=(), from_=year, to=year)
        ),
    )


def read_both(selection: Selection, what: str, unit: str = "event") -> Chosen | None:
    first, _, second = what.partition("@")
    vocabulary = selection.tables.vocabulary
    mentions = raising(every_theme(selection), vocabulary, first, second, unit)
    events = selection.events[of_events(selection.events, mentions)]
    title = f"{vocabulary.label('themes', first)}, with {vocabulary.label('themes', second)}{', by one actor' if unit == 'actor' else ''}: {counted(len(events), 'event')}"
    return choice(
        title,
        events,
        mentions,
        exact_filters(selection, events, None, selection.filters.replaced(theme=(first, second), theme_match="all")),
    )


def read_voiced(selection: Selection, what: str) -> Chosen | None:
    return read_both(selection, what, "actor")


def read_point(selection: Selection, what: str) -> Chosen | None:
    theme, _, rest = what.partition("@")
    by, _, event = rest.partition("@")
    found, vocabulary = read_event(selection, event), selection.tables.vocabulary
    if found is None or theme not in vocabulary["themes"] or not vocabulary.actors >= set(by.split(";")):
        return None
    mentions = selection.all_rows("mentions")
    mentions = mentions[
        is_one_of(mentions["event_id"], [event])
        & is_one_of(mentions["theme"], vocabulary.below(theme))
        & is_one_of(mentions["by"], by.split(";"))
    ]
    return choice(
        f"{vocabulary.label('themes', theme)} at {found.title}", found.events, mentions if len(mentions) else None
    )
