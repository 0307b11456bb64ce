"""Which events pass: one function for each question that filters ask of the tables.

A mask is a boolean array over the rows of ``tables.events``. Filters that are asked together - a
level of those countries, a form of that theme by that actor - share one function.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from lib.filters.query import parse_query
from lib.filters.value import Filters
from lib.keep import kept
from lib.records.dates import PartialDate, date_or_none
from lib.tables.build import Tables
from lib.text import folded, one_line

Mask = Callable[[Tables, Filters], np.ndarray]


def codes_of(column: pd.Series) -> np.ndarray:
    """The places of a categorical column's words among its categories, -1 for none; ``.cat.codes`` would make a series of them first."""
    return column.array.codes


def is_one_of(column: pd.Series, words: Sequence[str]) -> np.ndarray:
    """Rows of a categorical column that hold one of ``words``; unknown words match nothing."""
    categories = column.array.categories
    places = [categories.get_loc(word) for word in words if word in categories]
    codes = codes_of(column)
    return codes == places[0] if len(places) == 1 else np.isin(codes, places)


def is_held(events: pd.DataFrame) -> np.ndarray:
    """Rows of events that took place."""
    return is_one_of(events["status"], ["held"])


def is_held_meeting(events: pd.DataFrame) -> np.ndarray:
    """Rows of meetings that took place; exercises and transfers are not meetings."""
    return is_held(events) & is_one_of(events["family"], ["meeting"])


def held_by(events: pd.DataFrame, today: dt.date) -> np.ndarray:
    """Rows of events that took place and had begun by the day ``today``."""
    return is_held(events) & (events["first_day"].to_numpy() <= np.datetime64(today))


def ahead(events: pd.DataFrame, today: dt.date) -> np.ndarray:
    """Rows of events that are announced and may still take place on the day ``today`` or later: on the last of their days, where these are uncertain."""
    return is_one_of(events["status"], ["scheduled"]) & (events["last_day"].to_numpy() >= np.datetime64(today))


def of_events(frame: pd.DataFrame, events: pd.DataFrame, where: np.ndarray | None = None) -> np.ndarray:
    """Rows of ``frame`` that belong to one of ``events``, or of those of their rows that ``where`` picks.

    All tables of one state of the data name events by the same categories, so the codes tell.
    """
    ids = events["event_id"].array
    found = np.zeros(len(ids.categories), dtype=bool)
    found[ids.codes if where is None else ids.codes[where]] = True
    return found[codes_of(frame["event_id"])]


def with_a_row(tables: Tables, table: str, rows: np.ndarray) -> np.ndarray:
    """Events that have at least one of ``rows`` in ``table``."""
    found = np.zeros(len(tables.events), dtype=bool)
    found[tables.positions[table][rows]] = True
    return found


def period_bounds(filters: Filters) -> tuple[PartialDate | None, PartialDate | None]:
    """The dates ``from`` and ``to``, None where one is not given or is not a date."""
    start, end = (date_or_none(filters.one(name) or "") for name in ("from", "to"))
    return start, end


def period(tables: Tables, filters: Filters) -> np.ndarray:
    """Events whose days overlap ``from`` to ``to``; a bound that is not a date does not limit."""
    mask = np.ones(len(tables.events), dtype=bool)
    start, end = period_bounds(filters)
    if start:
        mask &= tables.events["last_day"].to_numpy() >= np.datetime64(start.first)
    if end:
        mask &= tables.events["first_day"].to_numpy() <= np.datetime64(end.last)
    if start and end and start.first > end.last:
        mask[:] = False  # A period that ends before it begins has no day, though a long event would pass both bounds.
    return mask


def of_column(name: str) -> Mask:
    """Events of which the column ``name`` holds one of the values of the parameter of that name."""

    def mask(tables: Tables, filters: Filters) -> np.ndarray:
        return is_one_of(tables.events[name], filters[name])

    return mask


def _asked_of_each(
    tables: Tables, table: str, rows: np.ndarray, column: pd.Series, asked: Sequence[Sequence[str]], match: str | None
) -> np.ndarray:
    """Events with a row among ``rows`` that has one of the words of any of ``asked`` in ``column``, or of each of them where ``match`` is all."""
    if match == "all":
        found = np.ones(len(tables.events), dtype=bool)
        for words in asked:
            found &= with_a_row(tables, table, rows & is_one_of(column, words))
            if not found.any():  # A link can ask for thousands.
                break
        return found
    return with_a_row(tables, table, rows & is_one_of(column, [word for words in asked for word in words]))


def attendance(tables: Tables, filters: Filters) -> np.ndarray:
    """``country`` and ``level``: who attended, of which level; only held events have attendance."""
    frame = tables.participations
    rows = attended(frame)
    if filters["level"]:
        rows &= of_level(frame, filters["level"])
    if not filters["country"]:
        return with_a_row(tables, "participations", rows)
    return _asked_of_each(
        tables,
        "participations",
        rows,
        frame["country"],
        [[word] for word in filters["country"]],
        filters.one("country_match"),
    )


def of_level(participations: pd.DataFrame, levels: Sequence[str]) -> np.ndarray:
    """Rows of people of one of the levels, by either of two offices."""
    wanted = set(levels)
    further = np.fromiter(
        (not wanted.isdisjoint(cell) for cell in participations["levels"]), dtype=bool, count=len(participations)
    )
    return is_one_of(participations["level"], levels) | further


def attended(participations: pd.DataFrame) -> np.ndarray:
    """Rows of delegations that attended: not absent, and not merely expected."""
    return participations["attended"].to_numpy(dtype=bool, na_value=False)


def host(tables: Tables, filters: Filters) -> np.ndarray:
    """``host``: it was held in one of these countries, possibly in others too."""
    wanted = set(filters["host"])
    return np.fromiter(
        (not wanted.isdisjoint(cell) for cell in tables.events["countries"]), dtype=bool, count=len(tables.events)
    )


def organization(tables: Tables, filters: Filters) -> np.ndarray:
    """``organization``: one of them attended."""
    frame = tables.participations
    return with_a_row(
        tables, "participations", attended(frame) & is_one_of(frame["organization"], filters["organization"])
    )


def mentions(tables: Tables, filters: Filters) -> np.ndarray:
    """``theme``, ``by`` and ``form`` of one and the same point; a theme includes those below it."""
    frame = tables.mentions
    rows = np.ones(len(frame), dtype=bool)
    for parameter in ("by", "form"):
        if filters[parameter]:
            rows &= is_one_of(frame[parameter], filters[parameter])
    if not filters["theme"]:
        return with_a_row(tables, "mentions", rows)
    asked = [tables.vocabulary.below(word) for word in filters["theme"]]
    return _asked_of_each(tables, "mentions", rows, frame["theme"], asked, filters.one("theme_match"))


def outcome(tables: Tables, filters: Filters) -> np.ndarray:
    """``outcome``: it had an outcome of one of these forms."""
    return with_a_row(tables, "outcomes", is_one_of(tables.outcomes["form"], filters["outcome"]))


def person(tables: Tables, filters: Filters) -> np.ndarray:
    """``person``: somebody attended who is meant by the value - an id, a label or an alias of the registry - or has that name in the record; letter case and accents do not matter."""
    wanted = {folded(word) for word in filters["person"]}
    meant = [key for word in filters["person"] for key in tables.vocabulary.people.called(word)]
    frame = tables.participations
    named = (
        frame["name"].map(lambda name: folded(name) in wanted, na_action="ignore").fillna(False).to_numpy(dtype=bool)
    )
    return with_a_row(tables, "participations", attended(frame) & (named | is_one_of(frame["person"], meant)))


def search(tables: Tables, filters: Filters) -> np.ndarray:
    """``q``: every word, or every phrase in double quotes, is found somewhere in the event's texts."""
    query = parse_query(" ".join(filters["q"]))
    return np.fromiter((query.found_in(text) for text in search_texts(tables)), dtype=bool, count=len(tables.events))


@kept
def search_texts(tables: Tables) -> list[str]:
    """All that can be searched of each event, folded, each text on a line of its own; made once for a state of the data."""
    events, countries = tables.events, tables.vocabulary["countries"]
    parts: list[list[str]] = [[] for _ in range(len(events))]
    for column in ("title", "summary", "city", "venue"):
        for row, text in zip(parts, events[column].tolist(), strict=True):
            if isinstance(text, str):
                row.append(text)
    for row, codes in zip(parts, events["countries"], strict=True):
        row.extend(countries[code].label for code in codes)
    for table, columns in (
        ("participations", ("name", "role")),
        ("mentions", ("point", "phrase")),
        ("outcomes", ("title", "point")),
        ("sources", ("title", "publisher")),
    ):
        for column in columns:
            for position, text in zip(tables.positions[table].tolist(), tables[table][column].tolist(), strict=True):
                if isinstance(text, str):
                    parts[position].append(text)
    return ["\n".join(map(one_line, row)) for row in parts]
