"""What was measured, as a table: printed, and written as Markdown with what each line means."""

from __future__ import annotations

import datetime as dt
import os
import platform
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GOALS: Mapping[str, str] = {
    "reading": "From text to frames",
    "one": "One viewer",
    "ten": "Ten viewers at once",
    "crowd": "Readers who change something every five seconds",
    "memory": "Memory",
    "choices": "What was tried",
}
"""Groups of lines, in order, with their headings."""


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement: the ratio where it is one, the numbers behind it, and whether it reaches what it must."""

    group: str
    name: str
    ratio: float | None
    numbers: str
    must: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """Name, ratio, numbers, and what must be reached with "yes" or "NO"."""
        verdict = "" if self.met is None else f"{self.must}: {'yes' if self.met else 'NO'}"
        return self.name, "" if self.ratio is None else f"{self.ratio:.2f}", self.numbers, verdict


def as_text(lines: Sequence[Line]) -> str:
    """The table for a terminal."""
    widths = [max(len(line.cells[column]) for line in lines) for column in range(4)]
    parts = []
    for group, heading in GOALS.items():
        own = [line for line in lines if line.group == group]
        if own:
            parts.append(f"\n{heading}")
            parts += [
                "  " + "  ".join(cell.ljust(width) for cell, width in zip(line.cells, widths, strict=True)).rstrip()
                for line in own
            ]
    return "\n".join(parts)


def as_markdown(lines: Sequence[Line], day: dt.date, sentences: Mapping[str, str], load: float) -> str:
    """The document: when and where it was measured, how to read it, and a table for each group below its sentences.

    `load` is the number of processes that wanted the cores before the measurement began.
    """
    parts = [_HEAD.format(day=day.isoformat(), cores=os.cpu_count(), python=platform.python_version(), load=load)]
    for group, heading in GOALS.items():
        own = [line for line in lines if line.group == group]
        if own:
            table = [
                "| what | ratio | numbers | must reach |",
                "|---|--:|---|---|",
                *("| " + " | ".join(line.cells) + " |" for line in own),
            ]
            parts.append(f"## {heading}\n\n{textwrap.dedent(sentences[group]).strip()}\n\n" + "\n".join(table))
    return "\n\n".join(parts) + "\n"


_HEAD = """\
# What the dashboard costs

Written by `make bench` on {day}: {cores} cores, Python {python}; on average {load:.1f} other processes wanted the cores in the minute before it began: with
more than a few tenths the numbers are worse than the dashboard is. Each ratio is taken within one run, so it means the same on another machine; the
numbers beside it are of this one and of this day. Short rounds of what is compared are taken in turn, and the median round counts.
The client that plays the viewers is a process of its own and speaks to the real server over its WebSocket, but it shares the cores with the
server: with the client elsewhere, throughput is higher than here. Times run from the viewer's request to the server's word that
its script has finished; the browser's drawing is not in them."""
