"""Small records for tests: a template that is valid, folders of them, and stores that look at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from lib.catalog import read_record, record_reader
from lib.records.model import Event
from lib.store import SHIPPED, Snapshot, Store
from lib.tables.build import Tables, build_tables
from lib.vocabulary import Vocabulary, load_vocabulary

REAL_EVENTS = SHIPPED / "events"
TODAY = dt.date(2026, 6, 1)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return load_vocabulary(SHIPPED / "vocabulary")


@lru_cache(maxsize=1)
def real() -> Snapshot:
    """The shipped records."""
    return Store(SHIPPED).current()


def record(event_id: str, **changes: Any) -> dict[str, Any]:
    """A valid record as a mapping; a change of None takes the key out."""
    values = {
        "id": event_id,
        "title": f"Meeting {event_id}",
        "series": "sco-dmm",
        "kind": "ministerial",
        "status": "held",
        "start": "2024-04-25",
        "mode": "in-person",
        "place": {"city": "Astana", "country": "KAZ"},
        "summary": "They met.",
        "roster": "complete",
        "participants": [{"country": "IND", "capacity": "member", "level": "minister", "name": "A Person"}],
        "themes": [{"theme": "terrorism", "by": "IND", "form": "statement", "point": "Said so.", "sources": ["s1"]}],
        "outcomes": [],
        "sources": [
            {
                "id": "s1",
                "kind": "official",
                "publisher": "Press Office",
                "title": "Readout",
                "url": "https://example.org/a",
            }
        ],
        **changes,
    }
    return {key: value for key, value in values.items() if value is not None}


def text_of(values: Mapping[str, Any]) -> str:
    """A record as YAML."""
    return yaml.safe_dump(dict(values), sort_keys=False, allow_unicode=True)


def event_of(values: Mapping[str, Any]) -> Event:
    """A record as the reader gives it; it must be valid."""
    read = read_record(f"{values['id']}.yaml", text_of(values).encode(), record_reader(vocabulary()))
    assert read.event is not None, read.problems
    return read.event


def tables_of(*records: Mapping[str, Any]) -> Tables:
    """The tables of some records."""
    events = sorted((event_of(values) for values in records), key=lambda event: (event.start.first, event.id))
    return build_tables(events, vocabulary())


def point(theme: str, by: str = "IND", form: str = "statement", text: str = "Said so.") -> dict[str, Any]:
    """A mention."""
    return {"theme": theme, "by": by, "form": form, "point": text, "sources": ["s1"]}


def came(country: str, level: str | None = "minister", **more: Any) -> dict[str, Any]:
    """A delegation."""
    return {"country": country, "capacity": "member", **({"level": level} if level else {}), **more}


def stayed_away(country: str) -> dict[str, Any]:
    """A stated absence."""
    return came(country, None, attended=False)


class Folder:
    """A data folder under test and a store whose clock advances with every look."""

    def __init__(self, path: Path, records: Iterable[Mapping[str, Any]] = ()) -> None:
        self.path = path
        self.events = path / "events"
        self.events.mkdir(parents=True)
        for values in records:
            self.write(values)
        self._now = 0.0
        self.store = Store(path, clock=self._clock)

    def _clock(self) -> float:
        self._now += 10
        return self._now

    def write(self, values: Mapping[str, Any]) -> Path:
        """Write a record to the file of its name."""
        return self.put(f"{values['id']}.yaml", text_of(values))

    def put(self, name: str, text: str | bytes) -> Path:
        """Write a file below events/ whose modification time is new."""
        file = self.events / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def look(self) -> Snapshot:
        """What the store shows now."""
        return self.store.current()

    def shown(self) -> list[str]:
        """The ids of the records shown."""
        return [event.id for event in self.look().catalog.events]

    def kinds(self) -> list[tuple[str, str]]:
        """File and kind of every problem."""
        return [(problem.file, problem.kind) for problem in self.look().problems]
