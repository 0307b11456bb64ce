"""``python -m bench.run``: measure everything, print the table, write docs/benchmarks.md (`--quick`: only see that it works)."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench import reading, serving
from bench.load import Times
from bench.report import Line, as_markdown, as_text
from bench.serving import QUICK, Against, Choice, Plan, pooled
from bench.steps import Steps
from lib.store import SHIPPED, Store

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def measure(plan: Plan) -> Iterator[Line]:
    """Every line of the table, in its order; takes some minutes with the whole plan."""
    yield from _reading(plan)
    steps = Steps(Store(SHIPPED).current().tables)
    with serving.measured_server() as server:
        yield from _one_viewer(serving.one_viewer(server, steps, plan))
        yield from _many_viewers(serving.many_viewers(server, steps, plan))
        yield from map(_crowd, serving.readers(server, steps, plan))
    with serving.measured_server() as server:  # a fresh one: what the others left behind is not the viewers'
        for page, size in serving.memory(server, steps, plan).items():
            yield Line("memory", page, None, f"{size / 1e3:,.0f} kB for each further viewer")
    yield from _choices(serving.choices(steps, plan))


def _reading(plan: Plan) -> Iterator[Line]:
    found = reading.measure(repeats=plan.readings)
    for name, load, parse in (
        ("records and vocabulary", found.load, found.parse),
        ("records alone", found.load_records, found.parse_records),
    ):
        yield Line(
            "reading",
            f"cold load, {name}",
            load / parse,
            f"{_ms(load)} against {_ms(parse)} of bare parsing, {found.records} records",
            "≤ 1.6",
            load / parse <= 1.6,
        )
    yield Line(
        "reading",
        "after one edit",
        found.edit / found.load,
        f"{_ms(found.edit)} of work, {found.files_read} file read again; {_ms(found.look)} where nothing changed",
        "< 100 ms, 1 file",
        found.edit < 0.1 and found.files_read == 1,
    )


def _one_viewer(cases: dict[tuple[str, str], Against]) -> Iterator[Line]:
    for (page, filters), against in cases.items():
        own, base = pooled(against.page), pooled(against.title)
        yield Line(
            "one",
            f"{page}, {filters}",
            against.slowness,
            f"median {_ms(own.median)}, p95 {_ms(own.p95)}; title {_ms(base.median)}, {_ms(base.p95)}; {own.median_bytes / 1e3:,.0f} kB a run{_errors(own)}",
        )


def _many_viewers(cases: dict[tuple[str, str], Against]) -> Iterator[Line]:
    for (page, filters), against in cases.items():
        own, base = pooled(against.page), pooled(against.title)
        yield Line(
            "ten",
            f"{page}, {filters}",
            against.throughput,
            f"{own.per_second:.0f} runs/s, p95 {_ms(own.p95)}, {own.work * 1e3:.1f} ms of work a run; "
            f"title {base.per_second:.0f} runs/s, {_ms(base.p95)}, {base.work * 1e3:.1f} ms{_errors(own)}",
            "≥ 0.5",
            against.throughput >= 0.5 and not own.errors,
        )


def _crowd(times: Times) -> Line:
    judged = times.viewers >= 50
    return Line(
        "crowd",
        f"{times.viewers} {'viewer' if times.viewers == 1 else 'viewers'}",
        None,
        f"median {_ms(times.median)}, p95 {_ms(times.p95)}, {len(times.seconds)} runs, {len(times.errors)} errors{_errors(times)}",
        "p95 < 1 s, no error" if judged else "",
        (times.p95 < 1 and not times.errors) if judged else None,
    )


def _choices(found: Mapping[str, Choice]) -> Iterator[Line]:
    shipped = found["as shipped"].overview.per_second
    for name, choice in found.items():
        yield Line(
            "choices",
            name,
            choice.overview.per_second / shipped,
            f"overview {choice.overview.per_second:.0f} runs/s, title {choice.title.per_second:.0f}; one viewer of the overview: median {_ms(choice.alone.median)}, "
            f"p95 {_ms(choice.alone.p95)}",
        )


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:,.0f} ms"


def _errors(times: Times) -> str:
    return f"; {len(times.errors)} errors, the first: {times.errors[0]}" if times.errors else ""


SENTENCES = {
    "reading": """
        Each time is taken in several fresh processes, parse and load in turn, and the median counts. *Cold load* is `Store(folder).current()`: every
        file read, parsed with its lines, checked, cross-checked and made into frames. It is held against nothing but `yaml.load(…, CSafeLoader)` of the same
        files, with the garbage collector paused for both. *Records alone* reads all records again while the vocabulary stays. *After one edit* is the
        work from the rewritten file to fresh frames, held against the cold load.""",
    "one": """
        A viewer on one page changes a filter as soon as the page stands, by a widget and by an address in turn. The ratio is the page's median time over
        that of a page with only a title in the same server: how many times as long a reader waits. *Repeated* filters are a short list gone through again
        and again, so the server has their results; *first time* filters were never asked for before, so everything is computed. Bytes are what came
        over the socket, uncompressed, after the page's first run. Some 40 ms of each time are a wait in the network (see the last table).""",
    "ten": """
        As above with ten viewers who never rest. The ratio is the page's runs a second over the title page's, rounds of the two taken in turn. The title page
        does not fill the processor: its viewers mostly sit through the wait that the last table names, which makes the ratio kinder than one of the work would be. *Work* is the server's processor
        time for each run; it depends less than the rest on what else the machine is doing.""",
    "crowd": """
        Each viewer changes something every five seconds: half of the steps change a widget, half go to another page with a filter, and three in ten
        ask for a bound that nobody has asked for; changes add up, so most selections are new. All pages; the look for changed data that every open tab makes is running too.""",
    "memory": """
        How much the server's own memory (USS) grows from one viewer of the page to twenty-five, all of whom have gone through the same filters, for each of the
        twenty-four. A growth below zero means that the server gave back more than the viewers took.""",
    "choices": """
        The ratio is the overview's throughput with ten viewers over that of the dashboard as shipped.

        **One script at a time.** Streamlit runs every session's script in a thread of its own. They share the interpreter's one lock, so that ten at once get no more done
        than one after the other, and the switching costs. The dashboard lets a script wait for its turn (`lib/ui/shell.py`).

        **Garbage collection.** Streamlit by itself collects all garbage after each run, under the interpreter's lock and so for every viewer. The dashboard switches
        that off (`postScriptGC`), loads everything before the first reader comes, and takes it out of the collector's sight (`gc.freeze`).

        **Messages sent at once.** Streamlit makes its listening socket without the number of the protocol, for want of which asyncio leaves Nagle's algorithm on
        ([uvicorn #3149](https://github.com/Kludex/uvicorn/issues/3149)): the second small message of an answer waits for the acknowledgement of the first, about 40 ms. With
        `TCP_NODELAY` on that socket a lone reader does not wait, and the title page's throughput shows what it is without the wait.

        **uvloop**, another event loop, which Streamlit uses wherever it is installed. Measured once, apart from this table, title page with ten viewers: 135 runs/s as it
        is, 461 with `TCP_NODELAY`, 508 with uvloop, which sets that option itself: that is nearly all of its gain. It is not among the
        requirements: one compiled package more, not to be had on Windows, for what one option of the socket gives.""",
}
"""What each group of lines means."""


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, write; 1 where something that must be reached is not."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="every measurement once and briefly: the numbers say nothing, and nothing is written",
    )
    parser.add_argument(
        "--output", type=Path, help=f"where to write the document (by default {DOCUMENT.name} in docs/)"
    )
    chosen = parser.parse_args(arguments)
    load, lines = os.getloadavg()[0], []
    for line in measure(QUICK if chosen.quick else Plan()):
        lines.append(line)
        print("·", *filter(None, line.cells), sep="  ", file=sys.stderr, flush=True)
    print(as_text(lines))
    target = chosen.output or (None if chosen.quick else DOCUMENT)
    if target is not None:
        target.write_text(as_markdown(lines, dt.date.today(), SENTENCES, load), encoding="utf-8")
    return 0 if chosen.quick else int(any(line.met is False for line in lines))


if __name__ == "__main__":
    sys.exit(main())
