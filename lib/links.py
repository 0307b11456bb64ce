"""The one codec of addresses: query parameters to filters and page settings, and back.

What a link asks for and the data does not have is never dropped in silence: it becomes a ``Doubt``,
a sentence for the reader of the page and the body of a 400 from the API.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from lib.filters.table import BY_PARAMETER, FILTERS, Filter, knows, named_by_a_word
from lib.filters.value import Filters
from lib.problems import nearest, shown
from lib.records.dates import date_or_none, parse_date
from lib.tables.build import Tables
from lib.text import folded

IGNORED = ("embed", "embed_options")
"""Parameters of the framework's own."""

MOST_GUESSES = 20
"""Unknown values and parameters for which the nearest known one is looked up: a link can hold thousands, and each costs a millisecond."""

VERSUS = "vs_"
"""The prefix of the filters of the right side of the Compare page."""

SETTINGS: Mapping[str, str] = {
    "sel": "what is chosen on the page",
    "on": "the chart on which it was chosen",
    "id": "the event of the event page",
    "meetings": "the series of the country x meeting matrix",
    "table": "the table shown on the Data page",
    "page": "the page of a list",
    "order": "the order of what a search finds",
    "pov": "the point of view of the map",
    "measure": "what the colour of the matrices of pairs says",
    "unit": "what themes that are raised together have in common",
    "path": "the theme and forum of the page on uptake",
    "watch": "the saved filters of the watch list",
    "since": "the day from which the watch list counts news",
    "c": "the country of the country page",
    "p": "the person of the person page",
    "doc": "the document of the Methods page",
    **{f"{VERSUS}{row.parameter}": f"{row.label}, of the right side of the Compare page" for row in FILTERS},
}
"""Page settings: each page reads its own and ignores the others."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a link asks for and that cannot be done."""

    parameter: str
    value: str
    sentence: str
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """What an address says: filters, page settings, and what is doubtful in it."""

    filters: Filters
    settings: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()

    def setting(self, name: str) -> str | None:
        """A page setting, None where the address has none."""
        return self.settings.get(name)


def read_link(pairs: Iterable[tuple[str, str]], tables: Tables, settings: Iterable[str] = SETTINGS) -> Link:
    """The link that the query parameters write; repeated keys add up.

    ``settings`` are the page settings that it may have.
    """
    given: dict[str, list[str]] = {}
    for key, value in pairs:
        given.setdefault(key, []).append(value)
    chosen: dict[str, list[str]] = {}
    kept: dict[str, str] = {}
    doubts: list[Doubt] = []
    for key, values in given.items():
        row = BY_PARAMETER.get(key)
        if row is not None:
            chosen[key] = _values(row, values, tables, doubts)
        elif key in settings:
            said = [value for value in values if value.strip()]
            kept[key] = _setting(key, said)
            if key in SETTINGS and len(set(said)) > 1 and kept[key] == said[-1]:
                doubts.append(
                    Doubt(key, said[0], f"The link gives {key} {len(said)} times; the last, {shown(said[-1])}, counts.")
                )
        elif key not in IGNORED and not key.startswith("utm_"):
            near = nearest(key, [*BY_PARAMETER, *settings]) if len(doubts) < MOST_GUESSES else None
            doubts.append(
                Doubt(
                    key,
                    values[-1],
                    f"The link has the parameter {shown(key)}, which is not known here{_did_you_mean(near)}",
                    near,
                )
            )
    doubts += _doubts(chosen, tables)
    return Link(Filters.of(chosen), kept, tuple(doubts))


def read_versus(link: Link, tables: Tables) -> Link:
    """The other side of a comparison: the filters that ``link`` has with the prefix ``vs_``; doubts name them with it."""
    own = {name.removeprefix(VERSUS): value for name, value in link.settings.items() if name.startswith(VERSUS)}
    other = read_link(own.items(), tables, ())
    doubts = tuple(
        replace(doubt, parameter=f"{VERSUS}{doubt.parameter}", sentence=f"Right side: {doubt.sentence}")
        for doubt in other.doubts
    )
    return Link(other.filters, doubts=doubts)


def mended(filters: Filters, doubt: Doubt) -> Filters | None:
    """The filters of a link, or of its right side, with the nearest known value in the place of the unknown one; None for a doubt of another kind."""
    parameter = doubt.parameter.removeprefix(VERSUS)
    row = BY_PARAMETER.get(parameter)
    if row is None or row.known is None or doubt.nearest is None or doubt.value not in filters[parameter]:
        return None
    return filters.replaced(
        **{parameter: [doubt.nearest if value == doubt.value else value for value in filters[parameter]]}
    )


def write_versus(filters: Filters) -> dict[str, str | None]:
    """The page settings that write the other side of a comparison; None for every filter that does not limit it."""
    query = write_query(filters)
    return {f"{VERSUS}{row.parameter}": query.get(row.parameter) for row in FILTERS}


def read_query(query: str, tables: Tables, settings: Iterable[str] = SETTINGS) -> Link:
    """As :func:`read_link`, of a query string."""
    return read_link(parse_qsl(query.lstrip("?"), keep_blank_values=True), tables, settings)


def write_query(filters: Filters, settings: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """The query parameters of a view, in one order: filters as in their table, then settings."""
    query = {row.parameter: ",".join(filters[row.parameter]) for row in FILTERS if filters[row.parameter]}
    query.update({name: value for name, value in (settings or {}).items() if value})
    return query


def address(path: str, filters: Filters, settings: Mapping[str, str | None] | None = None) -> str:
    """``path`` with the query of a view; commas stay readable."""
    further = {name: value for name, value in (settings or {}).items() if value}
    query = "&".join(part for part in (_query_of(filters), urlencode(further, safe=",:;")) if part)
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=1024)
def _query_of(filters: Filters) -> str:
    """The query of the filters alone; a page has hundreds of links that differ only in what comes after it."""
    return urlencode(write_query(filters), safe=",:;")


def page_path(page: str) -> str:
    """The last part of a page's address; the overview is the root."""
    return "" if page == "overview" else page


def page_href(page: str, filters: Filters, settings: Mapping[str, str | None] | None = None) -> str:
    """The address of a page relative to any other, so that it holds under any prefix."""
    return address(f"./{page_path(page)}", filters, settings)


def event_href(event_id: str, filters: Filters) -> str:
    """The address of an event's page; it carries the filters, for the way back."""
    return page_href("event", filters, {"id": event_id})


def record_address(base_url: str, event_id: str) -> str:
    """The permanent address of a record, without a reader's filters; ``base_url`` has no slash at its end."""
    return address(f"{base_url}/{page_path('event')}", Filters(), {"id": event_id})


def _setting(key: str, said: list[str]) -> str:
    """A page setting: the last of several. A filter of the right side takes several values or searches together, as on the left; watch lists are joined."""
    if key == "watch":
        return ";".join(said)
    between = (
        {"text": " ", "choice": ","}.get(BY_PARAMETER[key.removeprefix(VERSUS)].widget)
        if key.startswith(VERSUS)
        else None
    )
    return between.join(said) if between else said[-1] if said else ""


def _values(row: Filter, values: list[str], tables: Tables, doubts: list[Doubt]) -> list[str]:
    """The values of one parameter; where it takes a single value the last one counts, which becomes a doubt."""
    if row.widget == "choice":
        return [word for value in values for word in _listed(row, value, tables)]
    said = [value.strip() for value in values if value.strip()]
    if len(set(said)) > 1 and row.widget != "text":
        doubts.append(
            Doubt(
                row.parameter,
                said[0],
                f"The link gives {row.label} {len(said)} times; the last, {shown(said[-1])}, counts.",
                said[-1],
            )
        )
    return [" ".join(said)] if row.widget == "text" and said else said[-1:]


def _listed(row: Filter, value: str, tables: Tables) -> list[str]:
    """The values separated by commas; a known name that itself contains commas is one value."""
    pieces, words = value.split(","), []
    longest = 6 if row.parameter == "person" else 1
    while pieces:
        size = next(
            (
                size
                for size in range(min(longest, len(pieces)), 1, -1)
                if knows(row, tables, ",".join(pieces[:size]).strip())
            ),
            1,
        )
        words.append(",".join(pieces[:size]).strip())
        del pieces[:size]
    return [word for word in words if word]


def _doubts(chosen: Mapping[str, list[str]], tables: Tables) -> list[Doubt]:
    doubts = []
    for parameter, values in chosen.items():
        row = BY_PARAMETER[parameter]
        for value in dict.fromkeys(values):
            if row.widget == "date":
                doubts += _date_doubts(row, value)
            elif not knows(row, tables, value):
                doubts.append(_unknown(row, value, tables, guess=len(doubts) < MOST_GUESSES))
    start, end = (date_or_none("".join(chosen.get(name, []))) for name in ("from", "to"))
    if start and end and start.first > end.last:
        doubts.append(
            Doubt(
                "to",
                end.text,
                f"The period ends ({end.text}) before it begins ({start.text}), so no event lies in it.",
                start.text,
            )
        )
    return doubts


def _date_doubts(row: Filter, value: str) -> list[Doubt]:
    try:
        parse_date(value)
    except ValueError as error:
        return [
            Doubt(row.parameter, value, f"{row.label}: {shown(value)} is no date and does not limit the view; {error}.")
        ]
    return []


def _unknown(row: Filter, value: str, tables: Tables, guess: bool = True) -> Doubt:
    assert row.known is not None
    known = row.known(tables) if guess else {}
    # Ids and names together: by the ids alone, Belarus would be nearest to RUS.
    names = {folded(label): word for word, label in known.items()} | {word: word for word in known}
    near = _other_names(known, tables).get(folded(value))
    if near is None and guess:
        near = named_by_a_word(row, tables, value)
    if near is None:
        close = nearest(folded(value), names)
        near = names[close] if close else None
    label = f"{near} ({known[near]})" if near and known[near] != near else near
    return Doubt(
        row.parameter,
        value,
        f"{row.label}: {shown(value)} is not known and matches nothing{_did_you_mean(label)}",
        near,
    )


def _other_names(known: Iterable[str], tables: Tables) -> dict[str, str]:
    """Aliases and two-letter codes of countries and themes, folded, each with the id that is known."""
    entries = tables.vocabulary["countries"] | tables.vocabulary["themes"]
    return {
        folded(name): word
        for word in known
        if (entry := entries.get(word))
        for name in (*entry.aliases, getattr(entry, "iso2", None))
        if name
    }


def _did_you_mean(near: str | None) -> str:
    return f"; did you mean {near}?" if near else "."
