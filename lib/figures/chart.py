"""A chart with all that belongs to it: title, subtitle, picture, alt text, table twin, footer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True)
class Sample:
    """What a kind of mark stands for: its name, its colour, and its shape by Plotly's name, or ``dot`` for a small circle."""

    name: str
    color: str
    shape: str


_DOT = 4
"""Up to this size in pixels a mark is a dot."""


def samples(traces: Iterable[Mapping[str, Any]]) -> tuple[Sample, ...]:
    """The kinds of mark of these traces of bars or markers, each of one colour and one shape; traces whose ``showlegend`` is False are left out."""
    return tuple(
        Sample(trace["name"], trace["marker"]["color"], _shape(trace))
        for trace in traces
        if trace.get("showlegend", True)
    )


def _shape(trace: Mapping[str, Any]) -> str:
    mark = trace["marker"]
    if trace["type"] == "bar":
        return "square"
    return mark.get("symbol", "circle") if mark["size"] > _DOT else "dot"


@dataclass(frozen=True, eq=False)
class Chart:
    """What a page shows of one figure.

    ``spec`` is a Plotly figure as a mapping with ``data`` and ``layout``; None where there is nothing to
    draw, and then ``empty`` says why. It is not validated when it is drawn, which would take longer
    than everything else on the page: a test builds ``plotly.graph_objects.Figure`` from the spec of
    every chart. ``table`` holds the same numbers for people who would rather read. A mark's
    ``customdata[0]`` is the value that the page setting ``sel`` takes when the mark is chosen.
    """

    title: str
    subtitle: str
    spec: Mapping[str, Any] | None
    alt: str
    table: pd.DataFrame
    footer: str = ""
    empty: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    selectable: bool = False
    wide: bool = False
    """Whether it keeps a readable width on a narrow screen and scrolls sideways there."""
    key: tuple[Sample, ...] = ()
    """What its marks stand for, above the chart in lines as long as there is room: the library's legend has only the plot's width, and would scroll away with a wide chart."""
    but_for: tuple[str, ...] = ()
    """Where there is nothing to draw, the filters without which there would be."""

    @classmethod
    def nothing(cls, title: str, subtitle: str, table: pd.DataFrame, why: str, but_for: tuple[str, ...] = ()) -> Chart:
        """A chart without a picture: ``why`` there is none, and the filters without which there would be one."""
        return cls(title, subtitle, None, "", table, empty=why, but_for=but_for)
