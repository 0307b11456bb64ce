"""From text to frames: what loading the records costs against nothing but parsing their YAML.

Run as a script it measures once in a fresh process and prints the seconds as JSON; `measure` does so several times.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from lib.store import SHIPPED, Store


@dataclass(frozen=True, slots=True)
class Reading:
    """Medians over several processes, in seconds, of one folder of records.

    `parse` and `load` are of records and vocabulary, `parse_records` and `load_records` of the records alone;
    `edit` is the work after one record was edited, `files_read` the number of files that were read for it, and
    `look` the work of finding that nothing has changed.
    """

    records: int
    parse: float
    load: float
    parse_records: float
    load_records: float
    edit: float
    files_read: int
    look: float


def measure(folder: Path = SHIPPED, repeats: int = 7) -> Reading:
    """Take every time once in each of `repeats` processes, the parse before the load and after it in turn."""
    found = []
    for repeat in range(repeats):
        command = [sys.executable, "-m", "bench.reading", str(folder), "parse-first" if repeat % 2 else "load-first"]
        found.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return Reading(
        records=found[0]["records"],
        files_read=max(one["files_read"] for one in found),
        **{
            name: statistics.median(one[name] for one in found)
            for name in ("parse", "load", "parse_records", "load_records", "edit", "look")
        },
    )


def _once(folder: Path, parse_first: bool) -> dict[str, float]:
    with _copy(folder) as data:
        records, words = sorted(data.glob("events/*.yaml")), sorted(data.glob("vocabulary/*.yaml"))
        minute = iter(range(0, 10**6, 60))
        store = Store(data, clock=lambda: float(next(minute)))  # a clock that runs so fast that every look is a new one

        def load_records() -> object:
            for file in records:
                os.utime(file)
            return store.current()

        whole: list[tuple[str, Callable[[], object]]] = [
            ("parse", lambda: _parse(records + words)),
            ("load", store.current),
        ]
        alone: list[tuple[str, Callable[[], object]]] = [
            ("parse_records", lambda: _parse(records)),
            ("load_records", load_records),
        ]
        order = 1 if parse_first else -1
        times = {name: _seconds(work) for name, work in [*whole[::order], *alone[::order]]}
        times["look"] = _seconds(store.current)
        before = store.reads
        edited = records[len(records) // 2]
        edited.write_bytes(edited.read_bytes() + b"# edited\n")
        times["edit"] = _seconds(store.current)
        return {**times, "records": len(records), "files_read": store.reads - before}


def _parse(files: Sequence[Path]) -> None:
    for file in files:
        yaml.load(file.read_bytes(), yaml.CSafeLoader)


def _seconds(work: Callable[[], object]) -> float:
    """Without the garbage collector, which the store pauses while it loads: the bare parse has the same advantage."""
    gc.collect()
    gc.disable()
    started = time.perf_counter()
    work()
    elapsed = time.perf_counter() - started
    gc.enable()
    return elapsed


@contextlib.contextmanager
def _copy(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as scratch:
        yield Path(shutil.copytree(folder, Path(scratch) / "data", ignore=shutil.ignore_patterns("geo")))


if __name__ == "__main__":
    print(json.dumps(_once(Path(sys.argv[1]), sys.argv[2] == "parse-first")))
