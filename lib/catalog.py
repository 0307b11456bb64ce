"""Records to a catalog: the checks that need more than one record."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

import yaml

from lib.problems import Problem, Severity, in_order, nearest, shown
from lib.records.document import Document, compose, line_of
from lib.records.model import Event
from lib.records.reader import MOST_GUESSES, Reader, child
from lib.records.scalars import BAD
from lib.vocabulary import Vocabulary, names

SAME_PARTIES = 0.8
"""Share of parties in common (Jaccard) from which two records count as having the same parties."""


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One file as it was read: its record, or the problems that set it aside.

    ``stale`` is true where the record is that of an earlier, good version of the file; ``problems`` say what is wrong with the present one.
    """

    file: str
    digest: str
    text: str
    event: Event | None
    problems: tuple[Problem, ...] = ()
    stale: bool = False

    def problem(
        self,
        kind: str,
        at: tuple[str | int, ...],
        expected: str,
        found: str,
        hint: str = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem of this record at a field, with its line looked up in the text."""
        root = _root(self.text)
        line = line_of(child(root, *at)) if root else 1
        where = "".join(f"[{step}]" if isinstance(step, int) else step for step in at)
        return Problem(kind, self.file, line, where, expected, found, hint, severity)


@lru_cache(maxsize=1)
def _root(text: str) -> yaml.Node | None:
    """The tree of a text; kept for the next problem of the same record, of which there may be thousands."""
    document = compose("", text.encode())
    return document.root if isinstance(document, Document) else None


def read_record(file: str, data: bytes, reader: Reader) -> RecordFile:
    """The record in a file's bytes, checked by itself. ``file`` is its path below the events' folder."""
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    document = compose(file, data)
    if isinstance(document, Problem):
        return RecordFile(file, digest, data.decode("utf-8", "replace"), None, (document,))
    reader = reader.for_file(file)
    event = reader.mapping(document.root, Event)
    if event is BAD or event.id != _stem(file) or reader.problems:
        _name_problem(file, document.root, reader)
        return RecordFile(file, digest, document.text, None, in_order(reader.problems))
    return RecordFile(file, digest, document.text, event)


def record_reader(vocabulary: Vocabulary) -> Reader:
    """A reader that knows the words of ``vocabulary``."""
    return Reader("", names(vocabulary))


def _stem(file: str) -> str:
    return file.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _name_problem(file: str, root: yaml.MappingNode, reader: Reader) -> None:
    node = child(root, "id")
    if node is not root and isinstance(node, yaml.ScalarNode) and node.value != _stem(file):
        reader.wrong(
            "file-name",
            node,
            f"the file's name {_stem(file)}",
            shown(node.value),
            f"rename the file to {node.value}.yaml or mend the id",
            at=("id",),
        )


@dataclass(frozen=True, eq=False)
class Catalog:
    """The records that are shown, in order of day, and everything that is wrong with any file."""

    files: Mapping[str, RecordFile]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    digest: str

    @cached_property
    def by_id(self) -> Mapping[str, Event]:
        """Records by id; a former id leads to its record too."""
        found = {former: event for event in self.events for former in event.former_ids}
        found.update({event.id: event for event in self.events})
        return MappingProxyType(found)

    @cached_property
    def set_aside(self) -> tuple[str, ...]:
        """The files of which no record is shown."""
        shown = {id(event) for event in self.events}
        return tuple(file for file, record in self.files.items() if id(record.event) not in shown)

    @cached_property
    def _by_event(self) -> Mapping[int, RecordFile]:
        """Files by their event itself: of two files with one id only one is shown."""
        return {id(record.event): record for record in self.files.values() if record.event is not None}

    def file_of(self, event: Event) -> RecordFile:
        """The file of a record that is shown; KeyError for an event of another catalog."""
        return self._by_event[id(event)]


def build_catalog(files: Mapping[str, RecordFile], vocabulary: Vocabulary) -> Catalog:
    """The catalog of ``files``: duplicates set aside, dangling references named."""
    problems = [problem for record in files.values() for problem in record.problems]
    problems.extend(vocabulary.problems)
    good = [record for record in files.values() if record.event is not None]
    good, more = _without_repeated_ids(good, files)
    problems += more
    good, more = _without_repeated_meetings(good)
    problems += more
    problems += _dangling(good, files)
    problems += _shared_former_ids(good)
    events = tuple(sorted((record.event for record in good if record.event), key=lambda e: (e.start.first, e.id)))
    digest = hashlib.blake2b(vocabulary.digest.encode(), digest_size=8)
    for file in sorted(files):
        record = files[file]
        digest.update(f"{file}\0{record.digest}\0{record.text if record.stale else ''}\n".encode())
    return Catalog(MappingProxyType(dict(files)), events, in_order(problems), digest.hexdigest())


def _without_repeated_ids(
    good: list[RecordFile], files: Mapping[str, RecordFile]
) -> tuple[list[RecordFile], list[Problem]]:
    first: dict[str, RecordFile] = {}
    kept, problems = [], []
    for record in sorted(good, key=lambda r: r.file):
        assert record.event is not None
        other = first.setdefault(record.event.id, record)
        if other is record:
            kept.append(record)
        else:
            problems.append(
                record.problem(
                    "duplicate-id",
                    ("id",),
                    "an id of its own",
                    f"the id of {other.file}",
                    "delete one of the two files or give it its own id",
                )
            )
    # A file set aside for its name may claim the id of a good record: that is said too.
    claimed = {shown(event_id): record.file for event_id, record in first.items()}
    for record in files.values():
        for problem in record.problems:
            if problem.kind == "file-name" and problem.found in claimed:
                problems.append(
                    record.problem(
                        "duplicate-id",
                        ("id",),
                        "an id of its own",
                        f"the id of {claimed[problem.found]}",
                        "delete one of the two files or give it its own id",
                    )
                )
    return kept, problems


def _fullness(record: RecordFile) -> tuple[int, str]:
    event = record.event
    assert event is not None
    parts = len(event.participants) + len(event.mentions) + len(event.outcomes) + len(event.sources)
    return -parts, record.file


def _months(event: Event) -> range:
    """The months over which an event's days reach."""
    first, last = event.start.first, event.last.last
    return range(12 * first.year + first.month, 12 * last.year + last.month + 1)


def _same_meeting(one: Event, other: Event) -> bool:
    if one.start.first > other.last.last or other.start.first > one.last.last or one.kind != other.kind:
        return False
    ours, theirs = ({p.party for p in event.participants} for event in (one, other))
    return len(ours & theirs) >= SAME_PARTIES * len(ours | theirs)


def _without_repeated_meetings(good: list[RecordFile]) -> tuple[list[RecordFile], list[Problem]]:
    """Of records of one meeting the fullest is kept, whatever the order of the files."""
    where = defaultdict(list)
    for record in good:
        assert record.event is not None
        where[record.event.series, frozenset((place.country, place.city) for place in record.event.held_in)].append(
            record
        )
    dropped, problems = set(), []
    for group in where.values():
        if len(group) < 2:
            continue
        kept: dict[int, list[RecordFile]] = defaultdict(list)
        for record in sorted(group, key=_fullness):
            event = record.event
            assert event is not None
            near = (other for month in _months(event) for other in kept[month])
            same = next((other for other in near if other.event and _same_meeting(event, other.event)), None)
            if same is None:
                for month in _months(event):
                    kept[month].append(record)
                continue
            dropped.add(record.file)
            problems.append(
                record.problem(
                    "same-meeting",
                    ("start",),
                    "each meeting once",
                    f"the series, place, days and parties of {same.file}",
                    "merge the two records into one",
                )
            )
    return [record for record in good if record.file not in dropped], problems


def _dangling(good: Iterable[RecordFile], files: Mapping[str, RecordFile]) -> list[Problem]:
    """References to records that do not exist. One to a record that was set aside is not reported again."""
    known = {_stem(file) for file in files}
    known.update(former for record in good if record.event for former in record.event.former_ids)
    problems: list[Problem] = []
    for record in good:
        assert record.event is not None
        own = (record.event.id, *record.event.former_ids)
        for position, other in enumerate(record.event.related):
            if other in own:
                problems.append(
                    record.problem(
                        "unknown-record",
                        ("related", position),
                        "the id of another record",
                        "its own",
                        "remove it",
                        "warning",
                    )
                )
            elif other not in known:
                near = nearest(other, known) if len(problems) < MOST_GUESSES else None
                problems.append(
                    record.problem(
                        "unknown-record",
                        ("related", position),
                        "the id of a record",
                        shown(other),
                        f"did you mean {near}?" if near else "remove it or add that record",
                        "warning",
                    )
                )
    return problems


def _shared_former_ids(good: Iterable[RecordFile]) -> list[Problem]:
    """Former ids that another record has, or once had: an address can lead to only one of the two."""
    events = [(record, record.event) for record in good if record.event]
    owners = {event.id: record for record, event in events}
    problems = []
    for record, event in events:
        for position, former in enumerate(event.former_ids):
            owner = owners.setdefault(former, record)
            if owner is not record:
                problems.append(
                    record.problem(
                        "duplicate-id",
                        ("former_ids", position),
                        "an id that no other record has or had",
                        f"an id of {owner.file}",
                        "remove it from one of the two",
                        "warning",
                    )
                )
    return problems
