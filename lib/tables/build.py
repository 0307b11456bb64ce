"""Records to five typed frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from lib.keep import Kept
from lib.records.model import Event, Place
from lib.tables.columns import TABLES, Column
from lib.text import listed
from lib.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Tables:
    """The five tables of one state of the data.

    Each frame has the columns of ``lib.tables.columns.TABLES`` in their order and a RangeIndex;
    events are in order of day and id, the other tables follow the events. The frames are shared:
    read them, never write to them. ``digest`` names the state of the data.
    """

    events: pd.DataFrame
    participations: pd.DataFrame
    mentions: pd.DataFrame
    outcomes: pd.DataFrame
    sources: pd.DataFrame
    vocabulary: Vocabulary
    digest: str
    positions: Mapping[str, np.ndarray]
    """For each table the row of ``events`` that each of its rows belongs to."""
    kept: Kept = field(default_factory=Kept, repr=False)
    """Results made from these tables: selections, texts for search."""

    def __getitem__(self, table: str) -> pd.DataFrame:
        return getattr(self, table)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The row of each event."""
        return {event: row for row, event in enumerate(self.events["event_id"])}


def build_tables(events: Sequence[Event], vocabulary: Vocabulary, digest: str = "") -> Tables:
    """The tables of ``events``; without events, empty frames with the same columns and types."""
    builder = _Builder(vocabulary, [event.id for event in events])
    counts = {
        "events": [1] * len(events),
        "participations": [len(e.participants) for e in events],
        "mentions": [len(e.mentions) for e in events],
        "outcomes": [len(e.outcomes) for e in events],
        "sources": [len(e.sources) for e in events],
    }
    rows = np.arange(len(events))
    return Tables(
        events=builder.frame("events", _event_columns(events, vocabulary)),
        participations=builder.frame("participations", _participation_columns(events, vocabulary)),
        mentions=builder.frame("mentions", _mention_columns(events)),
        outcomes=builder.frame("outcomes", _outcome_columns(events)),
        sources=builder.frame("sources", _source_columns(events)),
        vocabulary=vocabulary,
        digest=digest,
        positions={table: np.repeat(rows, counts[table]) for table in TABLES},
    )


def joint_document(event: Event, joint_forms: frozenset[str]) -> str:
    """Whether a joint text came out of an event, by its outcomes, its own key or its points: ``yes``, ``no`` (a source says so) or ``unknown``."""
    forms = {outcome.form for outcome in event.outcomes}
    if forms & joint_forms:
        return "yes"
    if "no-joint-document" in forms:
        return "no"
    if event.joint_document is not None:
        return "yes" if event.joint_document else "no"
    return "yes" if any(m.by == "joint" and m.form == "joint-document" for m in event.mentions) else "unknown"


def _event_columns(events: Sequence[Event], vocabulary: Vocabulary) -> dict[str, list[Any]]:
    joint_forms = vocabulary.joint_forms
    theme_order = {theme: position for position, theme in enumerate(vocabulary["themes"])}
    groups = {word: series.group for word, series in vocabulary["series"].items()}
    first_places = [e.places[0] if e.places else e.place for e in events]
    return {
        "event_id": [e.id for e in events],
        "title": [e.title for e in events],
        "series": [e.series for e in events],
        "kind": [e.kind for e in events],
        "status": [e.status for e in events],
        "start": [e.start.text for e in events],
        "end": [e.last.text for e in events],
        "start_precision": [e.start.precision for e in events],
        "mode": [e.mode for e in events],
        "city": [first.city if first else None for first in first_places],
        "country": [first.country if first else None for first in first_places],
        "chair": [e.chair for e in events],
        "roster": [e.roster for e in events],
        "delegations": [
            len({p.country for p in e.participants if p.country and p.attended}) if e.held else 0 for e in events
        ],
        "summary": [e.summary for e in events],
        "end_precision": [e.last.precision for e in events],
        "first_day": [e.first_day for e in events],
        "last_day": [e.last_day for e in events],
        "group": [groups.get(e.series) for e in events],
        "family": [vocabulary.family(e.kind) for e in events],
        "joint_document": [joint_document(e, joint_forms) for e in events],
        "venue": [first.venue if first else None for first in first_places],
        "themes": [sorted({m.theme for m in e.mentions}, key=theme_order.__getitem__) for e in events],
        "points": [len(e.mentions) for e in events],
        "sources": [len(e.sources) for e in events],
        "note": [e.note for e in events],
        "place": [place_in_words(e.held_in, vocabulary) for e in events],
        "countries": [list(dict.fromkeys(place.country for place in e.held_in)) for e in events],
        "chairs": [list(e.chaired_by) for e in events],
        "eligible": [list(e.eligible) for e in events],
    }


def place_in_words(places: Sequence[Place], vocabulary: Vocabulary) -> str:
    """``Astana, Kazakhstan``; ``Mumbai and New Delhi, India``; ``Osh, Kyrgyzstan and Khujand, Tajikistan``; ``online`` for nowhere."""
    cities: dict[str, list[str]] = {}
    for place in places:
        cities.setdefault(place.country, []).extend([place.city] if place.city else [])
    parts = [
        ", ".join(part for part in (listed(names), vocabulary.label("countries", country)) if part)
        for country, names in cities.items()
    ]
    return listed(parts) or "online"


def _participation_columns(events: Sequence[Event], vocabulary: Vocabulary) -> dict[str, list[Any]]:
    person = vocabulary.people.of
    pairs = [(e, p) for e in events for p in e.participants]
    return {
        **_event_keys([e for e, _ in pairs]),
        **{
            name: [getattr(p, name) for _, p in pairs]
            for name in ("country", "organization", "capacity", "level", "name", "role", "mode", "standing")
        },
        "levels": [list(p.levels) for _, p in pairs],
        "attended": [(True if e.held else None) if p.attended else False for e, p in pairs],
        "person": [person(p.name, p.party) for _, p in pairs],
    }


def _mention_columns(events: Sequence[Event]) -> dict[str, list[Any]]:
    pairs = [(e, m) for e in events for m in e.mentions]
    return {
        **_event_keys([e for e, _ in pairs]),
        **{name: [getattr(m, name) for _, m in pairs] for name in ("theme", "by", "form", "point", "phrase")},
        "incidents": [list(m.incidents) for _, m in pairs],
        "source_ids": [list(m.sources) for _, m in pairs],
    }


def _outcome_columns(events: Sequence[Event]) -> dict[str, list[Any]]:
    pairs = [(e, o) for e in events for o in e.outcomes]
    return {
        **_event_keys([e for e, _ in pairs]),
        **{name: [getattr(o, name) for _, o in pairs] for name in ("form", "title", "point")},
        "themes": [list(o.themes) for _, o in pairs],
        "source_ids": [list(o.sources) for _, o in pairs],
    }


def _source_columns(events: Sequence[Event]) -> dict[str, list[Any]]:
    pairs = [(e, s) for e in events for s in e.sources]
    return {
        "event_id": [e.id for e, _ in pairs],
        "source_id": [s.id for _, s in pairs],
        **{name: [getattr(s, name) for _, s in pairs] for name in ("kind", "publisher", "title", "url")},
        "published": [s.published.text if s.published else None for _, s in pairs],
    }


def _event_keys(events: Iterable[Event]) -> dict[str, list[Any]]:
    events = list(events)
    return {
        "event_id": [e.id for e in events],
        "start": [e.start.text for e in events],
        "series": [e.series for e in events],
    }


class _Builder:
    """Turns lists of values into typed columns; knows each vocabulary's words and their places."""

    def __init__(self, vocabulary: Vocabulary, event_ids: list[str]) -> None:
        self._vocabulary = vocabulary
        self._ids = pd.CategoricalDtype(event_ids)
        self._id_places = {event_id: place for place, event_id in enumerate(event_ids)}
        self._words: dict[
            tuple[tuple[str, ...], tuple[str, ...]], tuple[pd.CategoricalDtype, dict[str | None, int]]
        ] = {}

    def frame(self, table: str, values: Mapping[str, list[Any]]) -> pd.DataFrame:
        return pd.DataFrame({c.name: self._column(c, values[c.name]) for c in TABLES[table].columns})

    def _column(self, column: Column, values: list[Any]) -> Any:
        match column.type:
            case "term":
                dtype, places = self._terms(column)
                return pd.Categorical.from_codes([places[value] for value in values], dtype=dtype)
            case "id":
                return pd.Categorical.from_codes([self._id_places[value] for value in values], dtype=self._ids)
            case "date":
                # ISO 8601 texts of any precision sort by day, so an ordered category compares and counts fast.
                dates = sorted({value for value in values if value is not None})
                places = {value: place for place, value in enumerate(dates)} | {None: -1}
                return pd.Categorical.from_codes([places[value] for value in values], categories=dates, ordered=True)
            case "count":
                return np.array(values, dtype="int64")
            case "day":
                return np.array(values, dtype="datetime64[D]").astype("datetime64[s]")
            case "yes-no":
                return pd.array(values, dtype="boolean")
            case "list":
                cells = np.empty(len(values), dtype=object)
                cells[:] = values
                return cells
            case _:
                return pd.array(values, dtype="str")

    def _terms(self, column: Column) -> tuple[pd.CategoricalDtype, dict[str | None, int]]:
        key = column.vocabularies, column.also
        if key not in self._words:
            words = [word for name in column.vocabularies for word in self._vocabulary[name]]
            words = list(dict.fromkeys([*words, *column.also]))
            places: dict[str | None, int] = {word: place for place, word in enumerate(words)}
            self._words[key] = pd.CategoricalDtype(words), places | {None: -1}
        return self._words[key]
