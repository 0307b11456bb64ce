"""The index: every text of every record once, and how strongly each holds a term.

Whether a text holds a term is decided as in the filter: by substring, regardless of letter case and accents. How strongly is decided
by SQLite: FTS5's BM25 over whole words and beginnings of words.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lib.keep import kept
from lib.tables.build import Tables
from lib.text import one_line
from lib.transliteration import spelling_key


@dataclass(frozen=True, slots=True)
class Field:
    """A column that is searched: its name for readers, and the weight of a match in it."""

    table: str
    column: str
    label: str
    weight: float


FIELDS: tuple[Field, ...] = (
    Field("events", "title", "Title", 8),
    Field("events", "summary", "Summary", 4),
    Field("events", "city", "Place", 5),
    Field("events", "venue", "Place", 3),
    Field("events", "country", "Place", 2),
    Field("participations", "name", "Person", 6),
    Field("participations", "role", "Office", 3),
    Field("mentions", "point", "Point", 4),
    Field("mentions", "phrase", "Phrase", 4),
    Field("outcomes", "title", "Outcome", 5),
    Field("outcomes", "point", "Outcome", 4),
    Field("sources", "title", "Source", 1.5),
    Field("sources", "publisher", "Source", 1),
)
"""The columns that the filter ``q`` searches; weights from 8 for a title to 1 for a publisher."""

MID_WORD = 0.1
"""Strength of a text that holds a term only within a word; BM25 adds to it, by about 1 to 20."""

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 24
"""The most words of a phrase that are ranked; all of them are searched for."""
_SHORTEST_BEGINNING = 3
"""The shortest term, in letters, for which words that begin with it are ranked: a single letter begins too many."""


@dataclass(frozen=True, eq=False)
class Index:
    """All searched texts of one state of the data.

    ``texts`` are distinct, spaces single; ``plain`` are the same folded. A place is an occurrence of a
    text: ``text``, ``event`` (row of ``tables.events``), ``field`` (place in ``FIELDS``) and ``row``
    (of the field's table) are arrays in order of event.
    """

    texts: tuple[str, ...]
    plain: tuple[str, ...]
    text: np.ndarray
    event: np.ndarray
    field: np.ndarray
    row: np.ndarray
    weight: np.ndarray
    _database: sqlite3.Connection
    _lock: threading.Lock

    def strength(self, term: str) -> np.ndarray:
        """For each text how strongly it holds ``term`` (folded): 0 where it does not."""
        strength = np.zeros(len(self.plain))
        holding = self._holding(term)
        strength[holding] = MID_WORD
        words = _WORD.findall(term)[:_MOST_WORDS]
        if words and holding:
            # The words alone, in quotes, reach the query language: nothing that a reader types can be part of it.
            phrase = f'"{" ".join(words)}"'
            asked = f"{phrase} OR {phrase}*" if len(words[-1]) >= _SHORTEST_BEGINNING else phrase
            with self._lock:
                ranked = self._database.execute(
                    "SELECT rowid, rank FROM texts WHERE texts MATCH ?", (asked,)
                ).fetchall()
            if ranked:
                rows, ranks = (np.array(column) for column in zip(*ranked, strict=True))
                strength[rows] -= np.where(strength[rows] > 0, ranks, 0.0)
        return strength

    def _holding(self, term: str) -> list[int]:
        """The texts that hold ``term``: one pass over all of them as one string, of which each text is a line."""
        found: list[int] = []
        whole, starts = self._lines
        place = whole.find(term) if term else -1
        while place >= 0:
            found.append(bisect_right(starts, place) - 1)
            place = whole.find(term, starts[found[-1] + 1])
        return found

    @cached_property
    def _lines(self) -> tuple[str, list[int]]:
        return "\n".join(self.plain), [0, *np.cumsum([len(text) + 1 for text in self.plain]).tolist()]

    @cached_property
    def words(self) -> Mapping[str, int]:
        """Every word of the texts, folded, with the number of texts that hold it."""
        with self._lock:
            self._database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5vocab(texts, row)")
            return dict(self._database.execute("SELECT term, doc FROM words"))

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Words of persons' and cities' names, folded, by the key of their spelling."""
        found: dict[str, dict[str, None]] = {}
        for text in np.unique(
            self.text[
                np.isin(
                    self.field, [0 + place for place, field in enumerate(FIELDS) if field.column in ("name", "city")]
                )
            ]
        ):
            for word in _WORD.findall(self.plain[text]):
                found.setdefault(spelling_key(word), {})[word] = None
        found.pop("", None)
        return {key: tuple(words) for key, words in found.items()}


@kept
def search_index(tables: Tables) -> Index:
    """The index of ``tables``; made once for a state of the data, in some tens of milliseconds."""
    numbers: dict[str, int] = {}
    texts, events, fields, rows = [], [], [], []
    countries = tables.vocabulary["countries"]
    for place, field in enumerate(FIELDS):
        column = tables[field.table][field.column]
        values = column.tolist()
        if field.column == "country":  # All of them, where it was held in several.
            values = [
                ", ".join(countries[code].label for code in codes) or None for codes in tables.events["countries"]
            ]
        for row, (event, value) in enumerate(zip(tables.positions[field.table].tolist(), values, strict=True)):
            if isinstance(value, str):
                texts.append(numbers.setdefault(value, len(numbers)))
                events.append(event)
                fields.append(place)
                rows.append(row)
    order = np.argsort(np.array(events, dtype="int64"), kind="stable")
    arrays = [np.array(values, dtype="int64")[order] for values in (texts, events, fields, rows)]
    single = tuple(" ".join(value.split()) for value in numbers)
    plain = tuple(map(one_line, numbers))
    weights = np.array([field.weight for field in FIELDS])
    return Index(single, plain, *arrays, weights[arrays[2]], _database(plain), threading.Lock())


def _database(plain: tuple[str, ...]) -> sqlite3.Connection:
    """An FTS5 table in memory whose row ids are the places of the texts."""
    database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    database.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(body, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute("BEGIN")
    database.executemany("INSERT INTO texts(rowid, body) VALUES (?, ?)", enumerate(plain))
    database.execute("COMMIT")
    return database
