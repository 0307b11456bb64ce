"""Draw records for a round of second, blind coding: a share of every series group, in an order that only the seed and the ids decide.

The records are taken from the last commit, not from the folder, in which others may be writing. Of each drawn record the compared
fields are copied to ``first/``: what is published stays what was found, whatever becomes of the record. No record is drawn in two rounds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import subprocess
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lib.catalog import RecordFile, read_record, record_reader
from lib.records.model import Event
from lib.vocabulary import Vocabulary
from scripts.codings import DRAWN, FOLDER, as_yaml, compared

LEAST = 3
"""Participants or points that a record needs to be worth a second coding."""


@dataclass(frozen=True, slots=True)
class Committed:
    """The records of a commit."""

    commit: str
    date: str
    files: Mapping[str, RecordFile]

    def event(self, event_id: str) -> Event:
        """The record with an id."""
        event = self.files[event_id].event
        assert event is not None, event_id
        return event


def committed(words: Vocabulary, revision: str = "HEAD") -> Committed:
    """The good records of a commit."""
    commit, date = _git("log", "-1", "--format=%H %cI", revision).decode().split()
    reader = record_reader(words)
    files = {}
    with tarfile.open(fileobj=io.BytesIO(_git("archive", commit, "data/events"))) as archive:
        for entry in archive:
            data = archive.extractfile(entry)
            if data is not None and entry.name.endswith(".yaml"):
                record = read_record(Path(entry.name).name, data.read(), reader)
                if record.event is not None:
                    files[record.event.id] = record
    return Committed(commit, date, files)


def _git(*arguments: str) -> bytes:
    return subprocess.run(
        ["git", *arguments], capture_output=True, check=True, cwd=Path(__file__).resolve().parents[1]
    ).stdout


def eligible(records: Committed, words: Vocabulary, before: Sequence[str] = ()) -> dict[str, list[str]]:
    """The ids that may be drawn, by series group: held, with at least three participants or three points, not drawn ``before``."""
    groups: dict[str, list[str]] = {group: [] for group in words["groups"]}
    for event_id in sorted(records.files):
        event = records.event(event_id)
        if event_id not in before and event.held and max(len(event.participants), len(event.mentions)) >= LEAST:
            groups[words["series"][event.series].group].append(event_id)
    return {group: ids for group, ids in groups.items() if ids}


def shares(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """How many of each group: in proportion to its size, at least one, what is left over to the largest fractions of the exact shares.

    A small group that was raised to one can so get a second; where the ones are too many, the largest groups give.
    """
    exact = {group: count * size / sum(sizes.values()) for group, size in sizes.items()}
    given = {group: max(1, int(share)) for group, share in exact.items()}
    for group in sorted(exact, key=lambda g: (int(exact[g]) - exact[g], g)):
        if sum(given.values()) < count:
            given[group] += 1
    while sum(given.values()) > max(count, len(given)):
        given[max(given, key=lambda g: (given[g], g))] -= 1
    return given


def ordered(ids: Sequence[str], seed: int) -> list[str]:
    """The ids in the order in which they are drawn: by a digest of seed and id, the same on every machine."""
    return sorted(ids, key=lambda event_id: hashlib.sha256(f"{seed}:{event_id}".encode()).hexdigest())


def drawn_ids(pool: Mapping[str, Sequence[str]], seed: int, count: int, replaced: Sequence[str] = ()) -> list[str]:
    """The ids drawn from a pool; for each of ``replaced`` that was drawn, the next one of its group."""
    found = []
    for group, number in shares({group: len(ids) for group, ids in pool.items()}, count).items():
        found += [event_id for event_id in ordered(pool[group], seed) if event_id not in replaced][:number]
    return sorted(found)


def entry(records: Committed, pool: Mapping[str, Sequence[str]], event_id: str) -> dict[str, str]:
    """The entry of a drawn record: its id, its group and the digest of its file at the commit."""
    group = next(group for group, ids in pool.items() if event_id in ids)
    return {"id": event_id, "group": group, "digest": records.files[event_id].digest}


def begun(folder: Path = FOLDER) -> list[Path]:
    """The folders of the rounds for which records were drawn, in their order."""
    return sorted(
        (path.parent for path in folder.glob(f"round-*/{DRAWN}")),
        key=lambda path: int(path.name.removeprefix("round-")),
    )


def drawn_before(rounds: Sequence[Path]) -> list[str]:
    """The ids of some rounds, those that were replaced among them."""
    return [
        one["id"]
        for path in rounds
        for values in (drawn_list(path),)
        for one in (*values["drawn"], *values["replaced"])
    ]


def draw(words: Vocabulary, seed: int, count: int, folder: Path = FOLDER) -> Iterator[str]:
    """Draw a further round, write its list and the first codings, and give what the second coder may see of each record."""
    rounds = begun(folder)
    before = drawn_before(rounds)
    records = committed(words)
    pool = eligible(records, words, before)
    chosen = drawn_ids(pool, seed, count)
    values = {
        "seed": seed,
        "count": count,
        "drawn_on": dt.date.today(),
        "commit": records.commit,
        "commit_date": records.date,
        "drawn_before": len(before),
        "drawn": [entry(records, pool, event_id) for event_id in chosen],
        "replaced": [],
        "eligible": pool,
    }
    yield from _kept(records, chosen, values, folder / f"round-{len(rounds) + 1}")


def replace(words: Vocabulary, event_id: str, why: str, folder: Path = FOLDER) -> Iterator[str]:
    """Put the next record of its group in the place of one of the last round whose sources cannot be read, from the commit of the draw."""
    latest = begun(folder)[-1]
    values = drawn_list(latest)
    records = committed(words, values["commit"])
    gone = [one["id"] for one in values["replaced"]] + [event_id]
    now = drawn_ids(values["eligible"], values["seed"], values["count"], gone)
    drawn = {entry["id"] for entry in values["drawn"]}
    if event_id not in drawn:
        raise ValueError(f"{event_id} is none of the records of {latest.name}: {', '.join(sorted(drawn))}")
    new = next((one for one in now if one not in drawn), None)
    if new is None:
        raise ValueError(f"{event_id}: its group has no further record to take its place")
    values["replaced"].append({"id": event_id, "by": new, "why": why})
    values["drawn"] = [entry(records, values["eligible"], one) for one in now]
    (latest / "first" / f"{event_id}.yaml").unlink(missing_ok=True)
    yield from _kept(records, [new], values, latest)


def _kept(records: Committed, chosen: Sequence[str], values: Mapping[str, Any], folder: Path) -> Iterator[str]:
    (folder / "first").mkdir(parents=True, exist_ok=True)
    lists = {group: list(ids) for group, ids in values["eligible"].items()}
    text = as_yaml({key: value for key, value in values.items() if key != "eligible"})
    (folder / DRAWN).write_text(text + yaml.safe_dump({"eligible": lists}, sort_keys=False), encoding="utf-8")
    for event_id in chosen:
        event = records.event(event_id)
        (folder / "first" / f"{event_id}.yaml").write_text(as_yaml(compared(event)), encoding="utf-8")
        yield f"{event.id}: {event.title}"
        yield from (f"  {source.id} {source.publisher}: {source.title} <{source.url}>" for source in event.sources)


def drawn_list(folder: Path) -> dict[str, Any]:
    """The list of a round as it was written."""
    return yaml.safe_load((folder / DRAWN).read_text(encoding="utf-8"))
