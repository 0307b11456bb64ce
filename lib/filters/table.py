"""The one table of filters: parameter, label, kind of widget, allowed values, mask.

``lib.filters.words`` puts them into words, ``lib.links`` into addresses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lib.filters import masks
from lib.filters.masks import Mask
from lib.filters.value import Filters
from lib.keep import kept
from lib.tables.build import Tables
from lib.text import folded
from lib.transliteration import spelling_key

Widget = Literal["date", "choice", "text", "match"]
Known = Callable[[Tables], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter.

    ``known`` gives every value that the filter knows with its label; ``offered`` those that the
    widget lists, which are the ones with rows. A ``choice`` takes several values, the other kinds
    one. ``main`` filters are always visible, the others under "More filters". ``help`` says which
    events pass, on the page and in docs/filters.md. ``canonical`` gives the value that the
    widget shows of those that mean the same.
    """

    parameter: str
    label: str
    widget: Widget
    mask: Mask | None
    known: Known | None = None
    offered: Known | None = None
    main: bool = False
    help: str = ""
    canonical: Callable[[Tables, str], str] | None = None


def _words(*names: str, also: Mapping[str, str] | None = None) -> Known:
    def known(tables: Tables) -> Mapping[str, str]:
        labels = {word: entry.label for name in names for word, entry in tables.vocabulary[name].items()}
        return {**(also or {}), **labels}

    return known


def _with_rows(known: Known, *columns: tuple[str, str]) -> Known:
    """The known values that occur in the columns, in the order in which they are known."""

    def offered(tables: Tables) -> Mapping[str, str]:
        labels = known(tables)
        used: set[str] = set()
        for table, column in columns:
            cells = tables[table][column]
            if isinstance(cells.dtype, pd.CategoricalDtype):
                codes = np.unique(masks.codes_of(cells))
                used.update(cells.array.categories[codes[codes >= 0]])
            else:
                used.update(word for cell in cells for word in cell)
        return {word: label for word, label in labels.items() if word in used}

    return offered


def _by_label(offered: Known) -> Known:
    def ordered(tables: Tables) -> Mapping[str, str]:
        found = offered(tables)
        return dict(sorted(found.items(), key=lambda item: (item[0] != "joint", folded(item[1]))))

    return ordered


def _themes_offered(tables: Tables) -> Mapping[str, str]:
    """Themes with their children below them, marked."""
    themes = tables.vocabulary["themes"]
    return {
        word: f"{'– ' if themes[word].parent else ''}{themes[word].label}"
        for parent, entry in themes.items()
        if not entry.parent
        for word in tables.vocabulary.below(parent)
    }


@kept
def _strangers(tables: Tables) -> Mapping[str, str]:
    """The recorded names of people who are not in the registry, folded, each with one of its spellings."""
    frame = tables.participations
    names = frame.loc[frame["person"].isna().to_numpy() & frame["name"].notna().to_numpy(), "name"].unique()
    return {folded(name): name for name in sorted(names, reverse=True)}


@kept
def _people_offered(tables: Tables) -> Mapping[str, str]:
    """One entry a person, by name: those of the registry by id, the others by their name as recorded."""
    registry = tables.vocabulary.people
    found = {key: registry.label(key) for key in tables.participations["person"].dropna().unique().tolist()} | {
        name: name for name in _strangers(tables).values()
    }
    return dict(sorted(found.items(), key=lambda item: folded(item[1])))


@kept
def _people_known(tables: Tables) -> Mapping[str, str]:
    """Every id of the registry and every name, each with the name shown."""
    registry = tables.vocabulary.people
    spelled = {name: registry.label(key) for key, person in registry.people.items() for name in person.names}
    return {**{key: registry.label(key) for key in registry.people}, **spelled, **_people_offered(tables)}


def _person_meant(tables: Tables, value: str) -> str:
    """The id of the only person whom ``value`` can mean; else ``value`` itself."""
    meant = tables.vocabulary.people.called(value)
    return meant[0] if len(meant) == 1 and folded(value) not in _strangers(tables) else value


_COUNTRIES = _words("countries")
_ACTORS = _words("countries", "organizations", also={"joint": "Joint text, or the meeting"})
_MATCH: Known = lambda tables: {"any": "any of them", "all": "all of them"}  # noqa: E731


def _choice(
    parameter: str,
    label: str,
    mask: Mask,
    known: Known,
    offered: Known | None = None,
    main: bool = False,
    help: str = "",
) -> Filter:
    return Filter(parameter, label, "choice", mask, known, offered or known, main, help)


FILTERS: tuple[Filter, ...] = (
    Filter(
        "from",
        "From",
        "date",
        masks.period,
        main=True,
        help="Its days overlap the period that begins with this day, month or year: 2017, 2017-06 or 2017-06-09.",
    ),
    Filter(
        "to",
        "To",
        "date",
        masks.period,
        main=True,
        help="Its days overlap the period that ends with this day, month or year: 2024, 2024-04 or 2024-04-26.",
    ),
    _choice(
        "series",
        "Series",
        masks.of_column("series"),
        _words("series"),
        _with_rows(_words("series"), ("events", "series")),
        main=True,
        help="It is of one of these series.",
    ),
    _choice("kind", "Kind", masks.of_column("kind"), _words("kinds"), main=True, help="It is of one of these kinds."),
    _choice(
        "country",
        "Country",
        masks.attendance,
        _COUNTRIES,
        _by_label(_with_rows(_COUNTRIES, ("participations", "country"))),
        main=True,
        help="One of these countries attended. Only held events have attendance; a stated absence is none.",
    ),
    Filter("country_match", "Countries: match", "match", None, _MATCH, help="All of the countries attended, not any."),
    _choice(
        "theme",
        "Theme",
        masks.mentions,
        _words("themes"),
        _themes_offered,
        main=True,
        help="One of these themes was raised; a theme includes those below it.",
    ),
    Filter("theme_match", "Themes: match", "match", None, _MATCH, help="All of the themes were raised, not any."),
    _choice(
        "by",
        "Raised by",
        masks.mentions,
        _ACTORS,
        _by_label(_with_rows(_ACTORS, ("mentions", "by"))),
        main=True,
        help="One of these made a point; with a theme, on that theme.",
    ),
    _choice(
        "level",
        "Level",
        masks.attendance,
        _words("levels"),
        main=True,
        help="Somebody of one of these levels attended; with a country, of that country.",
    ),
    Filter(
        "q",
        "Search",
        "text",
        masks.search,
        main=True,
        help="Every word is found in the title, summary, place, names, offices, points, phrases, outcomes or sources. Letter case and accents do not matter."
        ' Words in "double quotes" are also found as a phrase.',
    ),
    _choice(
        "group",
        "Group of series",
        masks.of_column("group"),
        _words("groups"),
        help="It is of a series of one of these groups: all SCO meetings, say.",
    ),
    _choice(
        "status",
        "Status",
        masks.of_column("status"),
        _words("statuses"),
        help="It has one of these states: held, scheduled and so on.",
    ),
    _choice(
        "form",
        "Form of the point",
        masks.mentions,
        _words("mention-forms"),
        help="A point has one of these forms; with theme and actor, the same point.",
    ),
    _choice(
        "organization",
        "Organization present",
        masks.organization,
        _words("organizations"),
        _by_label(_with_rows(_words("organizations"), ("participations", "organization"))),
        help="One of these organizations attended.",
    ),
    _choice(
        "host",
        "Held in",
        masks.host,
        _COUNTRIES,
        _by_label(_with_rows(_COUNTRIES, ("events", "countries"))),
        help="It was held in one of these countries.",
    ),
    _choice("mode", "Mode", masks.of_column("mode"), _words("modes"), help="It was held in one of these ways."),
    _choice(
        "outcome",
        "Outcome",
        masks.outcome,
        _words("outcome-forms"),
        help="One of these came out of it; no-joint-document where a source says so.",
    ),
    Filter(
        "person",
        "Person",
        "choice",
        masks.person,
        _people_known,
        _people_offered,
        canonical=_person_meant,
        help="One of these people attended; an id of the registry of people, a name or any of its other spellings.",
    ),
)

BY_PARAMETER: Mapping[str, Filter] = {row.parameter: row for row in FILTERS}

SELECTS_ON_ATTENDANCE = ("country", "level", "organization", "person", "by")
"""Filters that keep events by who came: among these, how often somebody came is not a finding, and the presence of two is not independent (Berkson 1946)."""


def selected_on_attendance(filters: Filters) -> tuple[str, ...]:
    """Those of :data:`SELECTS_ON_ATTENDANCE` that are in force."""
    return tuple(name for name in SELECTS_ON_ATTENDANCE if filters[name])


def knows(row: Filter, tables: Tables, value: str) -> bool:
    """Whether a filter with closed values knows ``value``."""
    if row.parameter == "person":
        return bool(tables.vocabulary.people.called(value)) or folded(value) in _strangers(tables)
    return row.known is None or value in row.known(tables)


@kept
def _named_by(tables: Tables, parameter: str) -> Mapping[str, set[str]]:
    """The values of a filter by each word of their names, and by its key across alphabets and spellings (``lib.transliteration``)."""
    row, found = BY_PARAMETER[parameter], defaultdict(set)
    for value, label in (row.known(tables) if row.known else {}).items():
        meant = row.canonical(tables, value) if row.canonical else value
        for word in {*folded(value).split(), *folded(label).split()}:
            found[word].add(meant)
            found[f"~{spelling_key(word)}"].add(meant)
    return found


def named_by_a_word(row: Filter, tables: Tables, word: str) -> str | None:
    """The only known value in whose name ``word`` is a word, in Latin or Cyrillic letters: a person by the surname, say."""
    names, key = _named_by(tables, row.parameter), spelling_key(word)
    found = next(
        (names[one] for one in (folded(word), f"~{key}" if key else "") if len(names.get(one, ())) == 1), set()
    )
    return next(iter(found), None)
