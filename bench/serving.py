"""What the running dashboard costs: each page against the title-only page, and many readers at once.

Of everything that is compared, short rounds are taken in turn and the median round is what counts: the machine does
other things too. Client and server are two processes that share the cores.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.load import Changes, Times, measure_page, memory_per_viewer, throughput
from bench.server import Server, serve
from bench.steps import PAGES, Steps

_FOLDER = Path(__file__).resolve().parent.parent
TITLE = "/title"
Measure = Callable[[str, Changes], Times]


CHOICES: Mapping[str, Mapping[str, str]] = {
    "as shipped": {},
    "all scripts at once": {"SAMVAD_BENCH_AT_ONCE": "1"},
    "garbage collected after each run": {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"},
    "the same, and nothing frozen": {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true", "SAMVAD_BENCH_UNFROZEN": "1"},
    "nothing frozen": {"SAMVAD_BENCH_UNFROZEN": "1"},
    "messages sent at once": {"SAMVAD_BENCH_NODELAY": "1"},
}
"""What was tried, by the environment that makes the server do it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured; times are in seconds.

    `think` is the pause of a reader between two changes; `filters` how many filters of a page are repeated.
    """

    pages: tuple[str, ...] = tuple(PAGES)
    rounds: int = 3
    runs: int = 8
    viewers: int = 10
    seconds: float = 1.5
    crowds: tuple[int, ...] = (1, 10, 50)
    think: float = 5.0
    crowd_seconds: float = 40.0
    memory_viewers: int = 25
    readings: int = 7
    filters: int = 8
    choices: tuple[str, ...] = tuple(CHOICES)


QUICK = Plan(
    pages=("overview", "event"),
    rounds=1,
    runs=2,
    viewers=2,
    seconds=0.1,
    crowds=(1, 2),
    think=0.1,
    crowd_seconds=0.5,
    memory_viewers=3,
    readings=1,
    filters=2,
    choices=("as shipped", "messages sent at once"),
)
"""Enough to see that every measurement works; its numbers say nothing."""


@dataclass(frozen=True, slots=True)
class Against:
    """A page's rounds with the title-only page's, taken in turn: `title[i]` and `page[i]` are of one round."""

    page: tuple[Times, ...]
    title: tuple[Times, ...]

    @property
    def throughput(self) -> float:
        """Runs per second of the page over those of the title: the median of the rounds."""
        return statistics.median(
            page.per_second / title.per_second for page, title in zip(self.page, self.title, strict=True)
        )

    @property
    def work(self) -> float:
        """Processor time of a run of the page over that of the title."""
        return pooled(self.page).work / pooled(self.title).work

    @property
    def slowness(self) -> float:
        """Median time of a run of the page over that of the title."""
        return pooled(self.page).median / pooled(self.title).median


def pooled(rounds: Sequence[Times]) -> Times:
    """Several rounds as one."""
    return Times(
        rounds[0].label,
        rounds[0].viewers,
        tuple(second for one in rounds for second in one.seconds),
        tuple(size for one in rounds for size in one.bytes_received),
        tuple(error for one in rounds for error in one.errors),
        sum(one.elapsed for one in rounds),
        sum(one.processor for one in rounds),
    )


@contextlib.contextmanager
def measured_server(**environment: str) -> Iterator[Server]:
    """The app with the title-only page, on the shipped records; as shipped, or as `environment` asks for."""
    environment = {"SAMVAD_DATA": "", **environment}
    with serve(_FOLDER / "bench" / "baseline_app.py", folder=_FOLDER, environment=environment) as server:
        yield server


def one_viewer(server: Server, steps: Steps, plan: Plan) -> dict[tuple[str, str], Against]:
    """By page and by "repeated" or "first time": one viewer who changes a filter as soon as the page is drawn."""

    def measure(path: str, changes: Changes) -> Times:
        warmup = len(changes) if isinstance(changes, Sequence) else 1
        return asyncio.run(measure_page(server.base, path, changes, plan.runs, warmup=warmup))

    return _in_turn(steps, plan, measure)


def many_viewers(server: Server, steps: Steps, plan: Plan) -> dict[tuple[str, str], Against]:
    """As `one_viewer`, with several who all do so at once: how many runs a second the server makes."""

    def measure(path: str, changes: Changes) -> Times:
        # Each viewer goes once through what is repeated, so that it has been met and is still kept.
        warmup = len(changes) if isinstance(changes, Sequence) else 1
        return asyncio.run(
            throughput(server.base, plan.viewers, [path], changes, seconds=plan.seconds, warmup=warmup, pid=server.pid)
        )

    return _in_turn(steps, plan, measure)


def _in_turn(steps: Steps, plan: Plan, measure: Measure) -> dict[tuple[str, str], Against]:
    cases: dict[tuple[str, str], Changes] = {}
    for page in plan.pages:
        cases[page, "repeated"] = steps.repeated(page, plan.filters)
        cases[page, "first time"] = steps.first_time(page)
    title = steps.addresses(plan.filters)
    rounds: dict[tuple[str, str], list[tuple[Times, Times]]] = {case: [] for case in cases}
    for _ in range(plan.rounds):
        for page in plan.pages:
            base = measure(TITLE, title)
            for filters in ("repeated", "first time"):
                rounds[page, filters].append((measure(PAGES[page], cases[page, filters]), base))
    return {
        case: Against(tuple(page for page, _ in pairs), tuple(base for _, base in pairs))
        for case, pairs in rounds.items()
    }


def readers(server: Server, steps: Steps, plan: Plan) -> list[Times]:
    """Crowds of readers over all pages, each of whom changes something every few seconds."""
    return [
        asyncio.run(
            throughput(
                server.base,
                crowd,
                [PAGES[page] for page in plan.pages],
                steps.journey(),
                seconds=plan.crowd_seconds,
                think_seconds=plan.think,
            )
        )
        for crowd in plan.crowds
    ]


def memory(server: Server, steps: Steps, plan: Plan) -> dict[str, float]:
    """By page, the bytes that each further viewer takes in the server."""
    return {
        page: asyncio.run(
            memory_per_viewer(server.base, server.pid, PAGES[page], steps.repeated(page, 4), plan.memory_viewers)
        )
        for page in plan.pages
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """The title page and the overview of one server: with ten viewers, and the overview with one."""

    title: Times
    overview: Times
    alone: Times


def choices(steps: Steps, plan: Plan) -> Mapping[str, Choice]:
    """Each of the plan's `CHOICES` in a server of its own; all of them run, and are measured in turn."""
    with contextlib.ExitStack() as stack:
        servers = {
            name: stack.enter_context(measured_server(**environment))
            for name, environment in CHOICES.items()
            if name in plan.choices
        }
        title, changes = steps.addresses(plan.filters), steps.repeated("overview", plan.filters)
        rounds: dict[str, list[Choice]] = {name: [] for name in servers}
        for _ in range(plan.rounds):
            for name, server in servers.items():
                many = [
                    asyncio.run(
                        throughput(server.base, plan.viewers, [path], own, seconds=plan.seconds, warmup=len(own))
                    )
                    for path, own in ((TITLE, title), ("/", changes))
                ]
                alone = asyncio.run(measure_page(server.base, "/", changes, plan.runs, warmup=len(changes)))
                rounds[name].append(Choice(*many, alone))
    return {
        name: Choice(*(pooled([getattr(one, part) for one in own]) for part in ("title", "overview", "alone")))
        for name, own in rounds.items()
    }
