"""A chart with all that belongs to it: title, subtitle, picture, alt text, table twin, footer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True, eq=False)
class Chart:
    """What a page shows of one figure.

    ``spec`` is a Plotly figure as a mapping with ``data`` and ``layout``; None where nothing is to
    be drawn, and then ``empty`` says why. It is not validated when it is drawn, which would take
    longer than all else on the page: a test builds ``plotly.graph_objects.Figure`` from the spec of
    every chart. ``table`` holds the same numbers for people who read rather than look. The data of
    a mark's ``customdata[0]`` is the page setting ``sel`` that choosing the mark sets.
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
