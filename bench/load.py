"""How fast the running dashboard answers: one viewer in turn, many at once, and what they cost in memory.

All times run from a viewer's request to the server's message that its script has finished; drawing is not included.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.messages import Run
from bench.page import ProtocolError
from bench.viewer import Viewer, ViewerError


@dataclass(frozen=True, slots=True)
class Go:
    """Go to another address in the open tab: its query, and its path unless that stays."""

    query: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Change one widget, named by its key or label; choices are given by label."""

    widget: str
    value: object


Step = Go | Change
Changes = Sequence[str | Step] | Iterator[str | Step]
"""What to change, in order: a sequence is gone through over and over, an iterator once."""


@dataclass(frozen=True, slots=True)
class Times:
    """What a series of runs took: wall seconds and bytes received, run by run; errors are not among them.

    `elapsed` is the length of the whole measurement in seconds, pauses included; `processor` the processor time that
    the server took in it, NaN where that was not measured.
    """

    label: str
    viewers: int
    seconds: tuple[float, ...]
    bytes_received: tuple[int, ...]
    errors: tuple[str, ...]
    elapsed: float
    processor: float = float("nan")

    @property
    def per_second(self) -> float:
        """Runs a second over all viewers."""
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    @property
    def work(self) -> float:
        """Seconds of the server's processor time for each run; the looks of the open tabs in between are in it."""
        return self.processor / len(self.seconds) if self.seconds else float("nan")

    @property
    def median(self) -> float:
        """Seconds; NaN if nothing was measured."""
        return statistics.median(self.seconds) if self.seconds else float("nan")

    @property
    def p95(self) -> float:
        """Seconds that 95 in 100 runs did not exceed (nearest rank); NaN if nothing was measured."""
        return sorted(self.seconds)[-(-len(self.seconds) * 95 // 100) - 1] if self.seconds else float("nan")

    @property
    def median_bytes(self) -> float:
        """Bytes received in a run; NaN if nothing was measured."""
        return statistics.median(self.bytes_received) if self.bytes_received else float("nan")


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, in bytes: resident, and unique to it (what ending it would free)."""

    rss: int
    uss: int


async def measure_page(
    base: str, path: str, changes: Changes, runs: int, *, warmup: int = 3, timeout: float = 30.0
) -> Times:
    """One viewer on one page going through `changes` (queries or steps) over and over, one run after another.

    The opening run and the first `warmup` changes fill caches and are not counted. ViewerError if the server fails.
    """
    steps = map(_step, itertools.cycle(changes) if isinstance(changes, Sequence) else changes)
    results: list[Run] = []
    errors: list[str] = []
    async with Viewer(base, path, timeout=timeout) as viewer:
        await viewer.open()
        for _ in range(warmup):
            await _take(viewer, next(steps))
        started = time.perf_counter()
        for _ in range(runs):
            _sort(await _take(viewer, next(steps)), results, errors)
        elapsed = time.perf_counter() - started
    return _times(path, 1, results, errors, elapsed)


async def throughput(
    base: str,
    viewers: int,
    paths: Sequence[str],
    changes: Changes,
    *,
    seconds: float | None = None,
    runs: int | None = None,
    think_seconds: float = 0.0,
    warmup: int = 0,
    pid: int | None = None,
    auto_rerun: bool = True,
    timeout: float = 30.0,
) -> Times:
    """Many viewers at once, spread over `paths`, each going through `changes` from a place of its own.

    Of an iterator each viewer takes the next change that none has taken, so that no two of them ask for the same. Ends
    after `seconds`, or after `runs` of each viewer; opening and the first `warmup` changes of each are not counted.
    With the server's `pid` its processor time is measured too. With `think_seconds` a viewer pauses that long between two changes, and the first ones are spread over that time,
    since readers do not act in step. A run that shows an exception, does not end in time or loses its connection is an
    error, not a time.
    """
    if (seconds is None) == (runs is None):
        raise ValueError("give either seconds or runs")
    results: list[Run] = []
    errors: list[str] = []

    def own_steps(number: int) -> Iterator[Step]:
        if not isinstance(changes, Sequence):
            return map(_step, changes)
        return map(_step, itertools.islice(itertools.cycle(changes), number % len(changes), None))

    async def warm(viewer: Viewer, own: Iterator[Step]) -> None:
        for step in itertools.islice(own, warmup):
            await _take(viewer, step)

    async def read(number: int, viewer: Viewer, own: Iterator[Step], deadline: float) -> None:
        await asyncio.sleep(think_seconds * number / viewers)
        for _ in itertools.count() if runs is None else range(runs):
            if time.perf_counter() >= deadline:
                return
            try:
                _sort(await _take(viewer, next(own)), results, errors)
            except (ViewerError, ProtocolError) as error:
                errors.append(str(error))
                return
            if think_seconds:
                await asyncio.sleep(min(think_seconds, max(0.0, deadline - time.perf_counter())))

    starts = [paths[number % len(paths)] for number in range(viewers)]
    async with open_viewers(base, starts, auto_rerun=auto_rerun, timeout=timeout) as opened:
        own = [own_steps(number) for number in range(viewers)]
        await asyncio.gather(*map(warm, opened, own))
        started, busy = time.perf_counter(), processor_time(pid)
        deadline = started + seconds if seconds is not None else float("inf")
        await asyncio.gather(*(read(number, viewer, own[number], deadline) for number, viewer in enumerate(opened)))
        elapsed, busy = time.perf_counter() - started, processor_time(pid) - busy
    return _times(", ".join(paths), viewers, results, errors, elapsed, busy)


@contextlib.asynccontextmanager
async def open_viewers(
    base: str, paths: Sequence[str], *, auto_rerun: bool = False, timeout: float = 30.0
) -> AsyncIterator[list[Viewer]]:
    """One viewer on each path, opened one after another and kept open; ViewerError if a page shows an exception."""
    async with contextlib.AsyncExitStack() as stack:
        opened = []
        for path in paths:
            viewer = await stack.enter_async_context(Viewer(base, path, auto_rerun=auto_rerun, timeout=timeout))
            run = await viewer.open()
            if not run.ok:
                raise ViewerError(_complaint(run))
            opened.append(viewer)
        yield opened


async def memory_per_viewer(base: str, pid: int, path: str, changes: Sequence[str | Step], viewers: int = 50) -> float:
    """Bytes of the server's own memory (USS) that each further open viewer takes.

    That is (USS with `viewers` - USS with one) / (viewers - 1); every viewer has gone through `changes`, so that what
    the first ones fill for all (caches, imports) is not counted.
    """
    steps = [_step(change) for change in changes]

    async def settle(opened: Sequence[Viewer]) -> int:
        for viewer in opened:
            for step in steps:
                await _take(viewer, step)
        return memory(pid).uss

    async with open_viewers(base, [path]) as first:
        alone = await settle(first)
        async with open_viewers(base, [path] * (viewers - 1)) as others:
            return (await settle(others) - alone) / (viewers - 1)


def processor_time(pid: int | None) -> float:
    """Seconds that the process has computed since it began (Linux); NaN without a process."""
    if pid is None:
        return float("nan")
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> Memory:
    """What the process holds now, from the kernel's own account (Linux). FileNotFoundError if it has ended."""
    sizes: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, number, *_ = line.split()
        sizes[name.rstrip(":")] = int(number) * 1024
    return Memory(sizes["Rss"], sizes["Private_Clean"] + sizes["Private_Dirty"])


async def _take(viewer: Viewer, step: Step) -> Run:
    if isinstance(step, Change):
        return await viewer.set_widget(step.widget, step.value)
    return await viewer.rerun(step.query, step.path)


def _step(change: str | Step) -> Step:
    return Go(change) if isinstance(change, str) else change


def _sort(run: Run, results: list[Run], errors: list[str]) -> None:
    if run.ok:
        results.append(run)
    else:
        errors.append(_complaint(run))


def _complaint(run: Run) -> str:
    shown = "; ".join(f"{exception.type}: {exception.message}" for exception in run.exceptions)
    return f"{run.address}: {shown or run.status}"


def _times(
    label: str,
    viewers: int,
    results: Sequence[Run],
    errors: Sequence[str],
    elapsed: float,
    processor: float = float("nan"),
) -> Times:
    seconds, sizes = tuple(run.seconds for run in results), tuple(run.bytes_received for run in results)
    return Times(label, viewers, seconds, sizes, tuple(errors), elapsed, processor)
