"""The one theme: colours that mean the same on every page, and the layout that all charts share.

The colours have a measured contrast of at least 3:1 with both page backgrounds, so that one figure
serves the light and the dark theme. The levels are steps of lightness, some of which fall short on
one background, so their marks are outlined in ``MUTED``. Text and grid colours come from the page's
own theme. People with deuteranopia or protanopia can tell the hues apart; no chart relies on them
alone.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd


def escape(text: str) -> str:
    """Escape a text for the little HTML that charts understand; quotation marks stay, because the library shows their entities literally."""
    return html.escape(text, quote=False)


MAIN = "#0f8b7d"
"""The general colour of charts whose marks are of one kind."""

OPPOSITE = "#c67a17"
"""The counterpart of ``MAIN``: less where that is more."""

GROUPS: Mapping[str, str] = {
    "sco": "#0f8b7d",
    "forums": "#5b78d1",
    "indian-ocean": "#2f95bd",
    "india": "#c67a17",
    "counter-terrorism": "#9b6bbd",
    "other": "#7d8590",
}
"""Colour of each group of series."""

ACCENT = "#c4472f"
"""For the one thing that a chart points out."""

MUTED = "#8b9199"
"""For what is only context."""

FAINT = 0.4
"""Opacity of the bars beside the one that is chosen."""

COVER = "rgba(128,128,128,0.13)"
"""Background of what is not covered."""

UPRIGHT = 5
"""The most columns of a matrix whose heads are written horizontally: they do not touch even on a phone, where it is 620 pixels wide. With more columns the heads are slanted."""

LEVELS: Mapping[str, str] = {
    "head-of-state": "#6a4c9c",
    "head-of-government": "#8468b8",
    "deputy-head-of-government": "#a791d0",
    "minister": "#0f8b7d",
    "national-security-adviser": "#3d9142",
    "deputy-minister": "#79bfb2",
    "military-chief": "#c08a1e",
    "senior-official": "#d9a94a",
    "ambassador": "#e3c582",
    "head-of-organization": "#7d8590",
    "units": "#5f8fb0",
    "unknown": "#b9b4a9",
}
"""Colour of each level: violet for the top of state, green for ministers, gold below them."""

FORMS: Mapping[str, str] = {
    "joint-document": "#0f8b7d",
    "statement": "#5b78d1",
    "proposal": "#c67a17",
    "initiative": "#9b6bbd",
    "agenda": "#8b9199",
}
"""Colour of each form of a point."""

TINTS: Sequence[str] = tuple(f"rgba(15,139,125,{strength})" for strength in (0.2, 0.5, 0.78, 1))
"""Steps of a number, from faint to full: the background shows through, so that more looks stronger in the light and in the dark theme."""

INK = "#000037"
"""The text colour of the page: when the framework draws a chart, it replaces this value with its own, dark in the light theme and light in the dark one.

Where a chart names no text colour, the framework takes a grey with a contrast of 3.5:1.
"""

FONT = "'Source Sans 3', 'Source Sans Pro', sans-serif"


def layout(height: int, **more: Any) -> dict[str, Any]:
    """The layout that all charts share: no frame, few lines, labels in the page's typeface.

    ``height`` is in pixels; ``more`` adds to the layout or replaces parts of it.
    """
    return {
        "height": height,
        "margin": {"l": 0, "r": 8, "t": 8, "b": 28},
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hoverlabel": {"font": {"family": FONT, "size": 13, "color": INK}, "align": "left"},
        "hovermode": "closest",
        "dragmode": False,
        **more,
    }


def axis(**more: Any) -> dict[str, Any]:
    """An axis without lines of its own."""
    return {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": True,
        "title": {"text": ""},
        **more,
    }


_DATES = [
    {"dtickrange": [None, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M6"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]
"""Dates as the pages write them; the library omits a second line that repeats the one before it."""

MONTHS_UP_TO = 1950
"""Length in days up to which the library labels an axis of dates with months or days."""


def dates(**more: Any) -> dict[str, Any]:
    """An axis of dates."""
    return axis(type="date", tickangle=0, tickformatstops=_DATES, **more)


def dates_height(first: pd.Timestamp, last: pd.Timestamp) -> int:
    """The height in pixels of the labels of an axis of dates: two lines where it names months."""
    return 26 if (last - first).days > MONTHS_UP_TO else 42


YEAR_WIDTH = 0.78
"""Width of a bar on an axis of years: by default the library makes bars as wide as the smallest distance between two, which cuts off the outer ones where years in between have none."""


def wrapped(text: str, width: int = 22) -> str:
    """A label in at most two lines of about ``width`` characters, longer ones where two lines need that: in one line it would take half of a phone's width."""
    if len(text) <= width + 4:
        return text
    lines = next(
        lines
        for more in range(len(text))
        if len(lines := textwrap.wrap(text, width + more, break_on_hyphens=False)) <= 2
    )
    return "<br>".join(lines)


def counting(top: int, ticks: int = 5) -> dict[str, Any]:
    """Settings of an axis that counts from 0 to ``top``: whole numbers, each once."""
    return {"tickformat": "d", **({"dtick": 1} if top < ticks else {"nticks": ticks})}


def bars(color: str, keys: Sequence[str], chosen: str | None, drawn: Collection[str]) -> dict[str, Any]:
    """Marker styling for bars: where ``chosen`` is among the keys that are ``drawn``, the other bars are faint, as after a click.

    The look after a click is spelled out, because the library fails on a click where bars have a text and an opacity each.
    """
    return {
        "marker": {"color": color, "opacity": [FAINT if chosen in drawn and key != chosen else 1.0 for key in keys]},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": FAINT}},
    }


def label(text: str, x: Any, y: Any, **more: Any) -> dict[str, Any]:
    """A text in the chart, in place of a legend."""
    return {
        "text": text,
        "x": x,
        "y": y,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        **more,
    }
