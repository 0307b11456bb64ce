"""The current state of a data folder: what changed is read again, the rest is kept.

A file that was good and is broken by an edit is still shown as it last was, and the problem is named, until the file is mended or
deleted.
"""

from __future__ import annotations

import gc
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from lib.catalog import Catalog, RecordFile, build_catalog, read_record, record_reader
from lib.keep import Kept
from lib.problems import Problem
from lib.records.document import MAX_BYTES
from lib.records.reader import Reader
from lib.tables.build import Tables, build_tables
from lib.vocabulary import FILES, Vocabulary, load_vocabulary

SHIPPED = Path(__file__).resolve().parent.parent / "data"
"""The data folder that comes with the dashboard."""

SCAN_EVERY = 0.5
"""Seconds between two scans of the folder."""

Signature = tuple[int, ...]

_CLOSED: Signature = (-1,)
"""The signature of a folder that cannot be listed."""

_TOO_MANY: Signature = (-2,)
"""The signature of the first folder beyond ``MOST_FOLDERS``."""

MOST_FOLDERS = 2000
"""The most folders below events/ that are scanned, so that a link to the whole disk does not run for ever."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything that the pages and the API need, of one state of the data folder."""

    catalog: Catalog
    tables: Tables
    vocabulary: Vocabulary
    folder: Path
    kept: Kept = field(default_factory=Kept, repr=False)
    """Results made from this state of the data."""

    @property
    def version(self) -> str:
        """Changes when, and only when, the data changes."""
        return self.catalog.digest

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with any file."""
        return self.catalog.problems


def data_folder() -> Path:
    """The folder that SAMVAD_DATA names, or the one that comes with the dashboard."""
    return Path(os.environ.get("SAMVAD_DATA") or SHIPPED)


def resource(folder: Path, name: str) -> Path:
    """``name`` (a folder, or a file of one) in the data folder, or the shipped one where it has none."""
    own = folder / name
    try:
        own.stat()
    except PermissionError:
        return own  # It exists: whatever reads it names what is wrong with it.
    except OSError:
        return SHIPPED / name
    return own


class Store:
    """Keeps the snapshot of one data folder up to date; safe to share between threads."""

    def __init__(self, folder: str | Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder = Path(folder)
        self.reads = 0
        """How many files were read since the start: what an edit costs."""
        self._clock = clock
        self._lock = threading.Lock()
        self._signatures: dict[str, Signature] = {}
        self._files: dict[str, RecordFile] = {}
        self._vocabulary: Vocabulary | None = None
        self._good_vocabulary: Vocabulary | None = None
        self._vocabulary_signature: tuple[Signature, ...] = ()
        self._snapshot: Snapshot | None = None
        self._stale_words = False
        """Whether records were read with a vocabulary that has changed since."""
        self._behind = False
        """Whether the snapshot lacks something that was read."""
        self._looked = -1e9

    def current(self) -> Snapshot:
        """The snapshot of the folder, at most half a second old.

        A missing events folder is an empty one.
        """
        if self._snapshot is not None and self._clock() - self._looked < SCAN_EVERY:
            return self._snapshot
        with self._lock:
            if self._snapshot is None or self._clock() - self._looked >= SCAN_EVERY:
                with _collector_paused():
                    self._refresh()
                self._looked = self._clock()
            assert self._snapshot is not None
            return self._snapshot

    def _refresh(self) -> None:
        # After an error halfway - out of memory, say - the snapshot lacks what was read: the next scan makes up for it.
        self._stale_words |= self._refresh_vocabulary()
        self._behind |= self._refresh_files(all_of_them=self._stale_words) | self._stale_words
        if self._behind or self._snapshot is None:
            assert self._vocabulary is not None
            catalog = build_catalog(self._files, self._vocabulary)
            tables = build_tables(catalog.events, self._vocabulary, catalog.digest)
            self._snapshot = Snapshot(catalog, tables, self._vocabulary, self.folder)
            self._behind = self._stale_words = False

    def _refresh_vocabulary(self) -> bool:
        folder = resource(self.folder, "vocabulary")
        signature = tuple(_signature(folder / f"{name}.yaml") for name in FILES)
        if self._vocabulary is not None and signature == self._vocabulary_signature:
            return False
        try:
            vocabulary = load_vocabulary(folder, SHIPPED / "vocabulary")
        except OSError:
            if self._vocabulary is None:
                raise
            return False  # A file that is being replaced: it is looked for again with the next scan.
        good = self._good_vocabulary
        if not any(problem.is_error for problem in vocabulary.problems):
            self._good_vocabulary = vocabulary
        elif good is not None:
            # Without its words most records would be set aside: the last good vocabulary serves until this one is mended.
            vocabulary = Vocabulary(good.entries, vocabulary.problems, f"{vocabulary.digest}, shown as {good.digest}")
        self._vocabulary = vocabulary
        self._vocabulary_signature = signature
        return True

    def _refresh_files(self, all_of_them: bool) -> bool:
        assert self._vocabulary is not None
        events = self.folder / "events"
        reader = record_reader(self._vocabulary)
        found: dict[str, Signature] = {}
        closed: list[str] = []
        changed = False
        for path, signature in _yaml_files(events):
            # A name that is not UTF-8 is written with escaped bytes, so that it can be shown and sent.
            file = (
                os.fsencode(path[len(str(events)) + 1 :]).decode("utf-8", "backslashreplace").replace(os.sep, "/")
                or "."
            )
            found[file] = signature
            if signature == _CLOSED:
                closed.append("" if file == "." else f"{file}/")
            if self._signatures.get(file) == signature and not all_of_them:
                continue
            try:
                if signature == _TOO_MANY:
                    raise OSError(f"a folder more than the {MOST_FOLDERS:,} that are looked into")
                data = _bytes_of(path)
            except OSError as error:
                if isinstance(error, FileNotFoundError) and not os.path.islink(path):
                    del found[file]
                    continue
                problem = Problem(
                    "unreadable",
                    file,
                    1,
                    "",
                    "a file or folder that can be read",
                    error.strerror or str(error),
                    "mend its permissions, or the link that leads nowhere",
                )
                record = RecordFile(file, f"unreadable {signature}", "", None, (problem,))
            else:
                record = read_record(file, data, reader)
            self.reads += 1
            changed = True
            self._files[file] = _held_over(record, self._files.get(file), reader)
        for gone in self._signatures.keys() - found.keys():
            if gone.startswith(tuple(closed)):
                # It may well be there still, so what was read of it stays, as far as the words of today allow.
                found[gone] = self._signatures[gone]
                if all_of_them:
                    self._files[gone] = read_record(gone, self._files[gone].text.encode(), reader)
                continue
            self._files.pop(gone, None)
            changed = True
        self._signatures = found
        return changed


def _held_over(record: RecordFile, before: RecordFile | None, reader: Reader) -> RecordFile:
    """A broken record with the last good version of it, where there was one that still is: the vocabulary may have changed."""
    if record.event is not None or before is None or before.event is None:
        return record
    before = read_record(record.file, before.text.encode(), reader)
    if before.event is None:
        return record
    problems = tuple(
        replace(problem, hint=f"{problem.hint}; the last good version is shown".lstrip("; "))
        for problem in record.problems
    )
    return RecordFile(record.file, record.digest, before.text, before.event, problems, stale=True)


def _signature(entry: os.DirEntry[str] | Path) -> Signature:
    """What changes when a file does; zero for a file that does not exist."""
    try:
        status = entry.stat()
    except OSError:
        return (0,)
    # The time of the last change of any kind too: permissions given back, or a text of the same length whose time was set back.
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _bytes_of(path: str) -> bytes:
    """A file's bytes, at most one more than the largest that is read; OSError for anything that is not a regular file, such as a pipe."""
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        os.scandir(path).close()  # Only one that cannot be listed is looked for here: this says why.
    if not stat.S_ISREG(mode):
        raise OSError("it is no regular file")
    with open(path, "rb") as file:
        return file.read(MAX_BYTES + 1)


def _yaml_files(folder: str | Path) -> Iterator[tuple[str, Signature]]:
    """Every .yaml or .yml file below ``folder`` with what changes when it does, in order of name.

    A folder that several links lead to is scanned once: links among folders would multiply. A folder that cannot be listed is yielded
    itself, with the signature ``_CLOSED``; the first beyond ``MOST_FOLDERS`` with ``_TOO_MANY``, after which nothing follows; one that
    does not exist counts as empty.
    """
    seen: set[tuple[int, int]] = set()
    # A stack of its own: folders may nest deeper than functions can call themselves.
    waiting: list[Iterator[os.DirEntry[str]]] = []
    entering: str | None = str(folder)
    while entering is not None or waiting:
        if entering is not None:
            try:
                status = os.stat(entering)
                own = status.st_dev, status.st_ino
                if own not in seen and len(seen) >= MOST_FOLDERS:
                    yield entering, _TOO_MANY
                    return
                if own not in seen:
                    entries = sorted(os.scandir(entering), key=lambda e: e.name)
                    seen.add(own)
                    waiting.append(iter(entries))
            except (FileNotFoundError, NotADirectoryError):
                pass
            except OSError:
                yield entering, _CLOSED
            entering = None
            continue
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif entry.name.startswith("."):
            continue
        elif os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir():
            entering = entry.path
        elif entry.name.lower().endswith((".yaml", ".yml")):
            yield entry.path, _signature(entry)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection while many long-lived objects are built: it would find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
