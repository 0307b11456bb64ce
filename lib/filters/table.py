"""The one table of filters: parameter, label, kind of widget, allowed values, mask.

``lib.filters.words`` puts them into words, ``lib.links`` into addresses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from lib.filters import masks
from lib.filters.known import (
    Known,
    by_label,
    people_known,
    people_offered,
    person_meant,
    strangers,
    themes_offered,
    with_rows,
    words_of,
)
from lib.filters.masks import Mask
from lib.filters.value import Filters
from lib.keep import kept
from lib.tables.build import Tables
from lib.text import folded
from lib.transliteration import spelling_key

Widget = Literal["date", "choice", "text", "match"]


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


_COUNTRIES = words_of("countries")
_ACTORS = words_of("countries", "organizations", also={"joint": "Joint text, or the meeting"})
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
        words_of("series"),
        with_rows(words_of("series"), ("events", "series")),
        main=True,
        help="It is of one of these series.",
    ),
    _choice("kind", "Kind", masks.of_column("kind"), words_of("kinds"), main=True, help="It is of one of these kinds."),
    _choice(
        "country",
        "Country",
        masks.attendance,
        _COUNTRIES,
        by_label(with_rows(_COUNTRIES, ("participations", "country"))),
        main=True,
        help="One of these countries attended. Only held events have attendance; a stated absence is none.",
    ),
    Filter("country_match", "Countries: match", "match", None, _MATCH, help="All of the countries attended, not any."),
    _choice(
        "theme",
        "Theme",
        masks.mentions,
        words_of("themes"),
        themes_offered,
        main=True,
        help="One of these themes was raised; a theme includes those below it.",
    ),
    Filter("theme_match", "Themes: match", "match", None, _MATCH, help="All of the themes were raised, not any."),
    _choice(
        "by",
        "Raised by",
        masks.mentions,
        _ACTORS,
        by_label(with_rows(_ACTORS, ("mentions", "by"))),
        main=True,
        help="One of these made a point; with a theme, on that theme.",
    ),
    _choice(
        "level",
        "Level",
        masks.attendance,
        words_of("levels"),
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
        words_of("groups"),
        help="It is of a series of one of these groups: all SCO meetings, say.",
    ),
    _choice(
        "status",
        "Status",
        masks.of_column("status"),
        words_of("statuses"),
        help="It has one of these states: held, scheduled and so on.",
    ),
    _choice(
        "form",
        "Form of the point",
        masks.mentions,
        words_of("mention-forms"),
        help="A point has one of these forms; with theme and actor, the same point.",
    ),
    _choice(
        "organization",
        "Organization present",
        masks.organization,
        words_of("organizations"),
        by_label(with_rows(words_of("organizations"), ("participations", "organization"))),
        help="One of these organizations attended.",
    ),
    _choice(
        "host",
        "Held in",
        masks.host,
        _COUNTRIES,
        by_label(with_rows(_COUNTRIES, ("events", "countries"))),
        help="It was held in one of these countries.",
    ),
    _choice("mode", "Mode", masks.of_column("mode"), words_of("modes"), help="It was held in one of these ways."),
    _choice(
        "outcome",
        "Outcome",
        masks.outcome,
        words_of("outcome-forms"),
        help="One of these came out of it; no-joint-document where a source says so.",
    ),
    Filter(
        "person",
        "Person",
        "choice",
        masks.person,
        people_known,
        people_offered,
        canonical=person_meant,
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
        return bool(tables.vocabulary.people.called(value)) or folded(value) in strangers(tables)
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
