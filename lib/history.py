"""When each record was first seen and last changed, and what was corrected in it.

A record holds no time of its own, and a file's time says when it was copied, not when it changed. So the project keeps
``history.yaml`` beside the records: for each the time it was first seen, the time of its last change, and short digests of its
parts, by which ``python -m scripts.history`` finds what changed since it was last run. A record that differs from what the history
knows - after a curator's edit an hour ago, say - has the time of its file until then.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from lib.catalog import RecordFile
from lib.keep import kept
from lib.problems import Problem
from lib.records.document import compose
from lib.records.model import Event
from lib.records.plain import record
from lib.store import Snapshot
from lib.text import listed

FILE = "history.yaml"

MAX_BYTES = 8 * 1024 * 1024
"""The largest history that is read, in bytes: it holds a line for each record."""

PARTS: Mapping[str, str] = {
    "event": "what is said of the event as a whole",
    "participants": "who came",
    "themes": "what was said",
    "outcomes": "what came of it",
    "sources": "the sources",
}
"""The parts of a record, with their words."""

_NO_CHANGE = ("id", "former_ids", "reviewed")
"""Keys that hold no facts, so that changing them is no change of the record: its names, and a second reading that found nothing."""

_EPOCH = "1970-01-01T00:00:00Z"

_LOG = logging.getLogger("samvad.history")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the history knows of a record. Times are RFC 3339, UTC, to the second.

    ``parts`` are the digests of its parts; ``known_as`` is the first id that it had, where that was another one.
    """

    first: str
    changed: str
    parts: Mapping[str, str] = field(default_factory=dict)
    known_as: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of a record after it was first seen; ``parts`` are keys of ``PARTS``."""

    when: str
    record: str
    parts: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, eq=False)
class History:
    """The history of one data folder; ``corrections`` are in order of time."""

    records: Mapping[str, Seen] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def begun(self) -> str:
        """When it began; empty for a folder without one."""
        return min((seen.first for seen in self.records.values()), default="")


_NONE = History()
"""The history of a folder without one: a single object, so that results kept by it are found again."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a record came and last changed, as RFC 3339 in UTC; ``key`` identifies it permanently, even if its id changes."""

    key: str
    first: str
    changed: str
    sentence: str = ""
    """What the last change was, where the history says so."""


def digests(event: Event) -> dict[str, str]:
    """A short digest (BLAKE2b, RFC 7693, 4 bytes) of each part of a record: the same facts give the same, however the file writes them."""
    plain = {key: value for key, value in record(event).items() if key not in _NO_CHANGE}
    parts = {name: plain.pop(name, []) for name in PARTS if name != "event"}
    return {name: _digest(plain if name == "event" else parts[name]) for name in PARTS}


def _digest(value: Any) -> str:
    return hashlib.blake2b(json.dumps(value, sort_keys=True, ensure_ascii=True).encode(), digest_size=4).hexdigest()


def in_words(parts: Iterable[str]) -> str:
    """``Changed: who came and the sources.``"""
    return f"Changed: {listed([PARTS[part] for part in parts if part in PARTS])}."


def load_history(folder: Path) -> History:
    """The history of a data folder; an empty one where there is none, or where it cannot be read, which is logged."""
    try:
        stat = (folder / FILE).stat()
    except OSError:
        return _NONE
    return _load(folder / FILE, (stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=8)
def _load(file: Path, signature: tuple[int, int]) -> History:
    try:
        document = compose(FILE, file.read_bytes(), MAX_BYTES)
        if isinstance(document, Problem):  # Nesting so deep that it would end the process, for one.
            raise ValueError(str(document))
        # Every scalar is a text: a digest that is all digits must not become a number, nor a time an object.
        return _read(yaml.load(document.text, yaml.CBaseLoader))
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError):
        _LOG.exception("%s cannot be read: the times of the records' files serve", file)
        return _NONE


def _read(found: Mapping[str, Any]) -> History:
    records = {
        name: Seen(_time(one["first"]), _time(one["changed"]), dict(one.get("parts") or {}), one.get("known_as"))
        for name, one in (found.get("records") or {}).items()
    }
    corrections = [
        Correction(_time(one["when"]), str(one["record"]), tuple(one.get("parts") or ()), str(one["sentence"]))
        for one in found.get("corrections") or ()
    ]
    return History(records, tuple(sorted(corrections, key=lambda one: one.when)))


def _time(text: str) -> str:
    """``text``, which must be a time as in RFC 3339, in UTC; ValueError where it is not."""
    return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").strftime("%Y-%m-%dT%H:%M:%SZ")


def written(history: History) -> str:
    """The text of the history's file, a record a line."""
    lines = [
        "# When each record was first seen and last changed (UTC), with digests of its parts. Written by python -m scripts.history, not by hand;",
        "# only the sentences of the corrections may be bettered.",
        "records:",
    ]
    for name, seen in sorted(history.records.items()):
        known_as = f", known_as: {seen.known_as}" if seen.known_as else ""
        parts = ", ".join(f"{part}: {digest}" for part, digest in seen.parts.items())
        lines.append(f"  {name}: {{first: '{seen.first}', changed: '{seen.changed}'{known_as}, parts: {{{parts}}}}}")
    lines.append("corrections:" if history.corrections else "corrections: []")
    for one in history.corrections:
        lines.append(
            f"- {{when: '{one.when}', record: {one.record}, parts: [{', '.join(one.parts)}], sentence: {json.dumps(one.sentence, ensure_ascii=False)}}}"
        )
    return "\n".join(lines) + "\n"


def brought_up(history: History, events: Iterable[Event], now: str, note: str = "") -> History:
    """The history brought up to ``events`` at the time ``now``.

    New records are first seen now; changed ones changed now, and a correction says in what, with ``note`` where one is given. A
    record whose former id is known continues under its new id. A record that is gone leaves a correction.
    """
    records: dict[str, Seen] = {}
    corrections = list(history.corrections)
    carried, merged = set(), {}
    for event in events:
        merged.update(dict.fromkeys(event.former_ids, event.id))
        parts = digests(event)
        before = next((name for name in (event.id, *event.former_ids) if name in history.records), None)
        if before is None:
            records[event.id] = Seen(now, now, parts)
            continue
        seen = history.records[before]
        carried.add(before)
        changed = tuple(part for part in PARTS if parts[part] != seen.parts.get(part))
        if changed or before != event.id:
            renamed = f"Renamed: it was {before}. " if before != event.id else ""
            sentence = note or f"{renamed}{in_words(changed) if changed else ''}".strip()
            corrections.append(Correction(now, event.id, changed, sentence))
        known_as = seen.known_as or (before if before != event.id else None)
        records[event.id] = Seen(seen.first, now if changed else seen.changed, parts, known_as)
    for name in sorted(history.records.keys() - carried - records.keys()):
        gone = f"Now part of {merged[name]}." if name in merged else "Taken out of the records."
        corrections.append(Correction(now, name, (), note or gone))
    return History(records, tuple(corrections))


_DIGESTS: OrderedDict[str, dict[str, str]] = OrderedDict()
_MOST_DIGESTS = 4096
"""Files of which the digests of the parts are kept: after an edit all but one of a folder's are the same as before."""


def _digests_of(file: RecordFile, event: Event) -> dict[str, str]:
    if file.stale:  # Its digest is that of the broken text, behind which another good one may have stood.
        return digests(event)
    found = _DIGESTS.get(file.digest)
    if found is None:
        found = _DIGESTS[file.digest] = digests(event)
        while len(_DIGESTS) > _MOST_DIGESTS:
            with suppress(KeyError):  # Another thread may have just evicted it.
                _DIGESTS.popitem(last=False)
    return found


def since_it_began(known: Mapping[str, Stamp], history: History) -> Mapping[str, tuple[str, str]]:
    """When each record that is new or changed since the history began came and last changed, by event id.

    Of those that were there when it began the first time is empty: they were only counted then, and are not new.
    """
    return {
        event: (stamp.first if stamp.first > history.begun else "", stamp.changed)
        for event, stamp in known.items()
        if stamp.changed > history.begun
    }


@kept
def stamps(snapshot: Snapshot, history: History) -> Mapping[str, Stamp]:
    """For each record that is shown, when it came and last changed."""
    sentences = {(one.record, one.when): one.sentence for one in history.corrections}
    found = {}
    for event in snapshot.catalog.events:
        file = snapshot.catalog.file_of(event)
        name = next((name for name in (event.id, *event.former_ids) if name in history.records), None)
        seen = history.records[name] if name else None
        if seen is not None and name is not None:
            same = seen.parts == _digests_of(file, event)
            changed = seen.changed if same else max(seen.changed, _file_time(snapshot.folder / "events" / file.file))
            found[event.id] = Stamp(
                seen.known_as or name, seen.first, changed, sentences.get((event.id, changed), "") if same else ""
            )
        else:
            time = _file_time(snapshot.folder / "events" / file.file)
            found[event.id] = Stamp(event.id, time, time)
    return found


def _file_time(file: Path) -> str:
    try:
        return dt.datetime.fromtimestamp(int(file.stat().st_mtime), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OSError, ValueError, OverflowError):  # Not there, or of a year that no calendar has.
        return _EPOCH


def latest(stamps_: Iterable[Stamp]) -> str:
    """The time of the latest change; the epoch where there are no records."""
    return max((stamp.changed for stamp in stamps_), default=_EPOCH)
