"""A symmetric matrix of pairs: squares coloured by a step, the number written in each, the totals on the diagonal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lib.figures import theme

CELL = 22
"""Side of a cell in pixels, unless a chart asks for another."""

DARK, LIGHT, FAINT = "#1d1d1b", "#ffffff", "#767b81"
"""Colours of the numbers: on light squares, on dark squares, and on the page itself, where the last is legible in both themes."""


@dataclass(frozen=True, slots=True)
class Step:
    """A class of cells: its name in the key, the colour of its squares (None for an outline only), the colour of its numbers, its outline."""

    name: str
    color: str | None
    ink: str = DARK
    outline: str = theme.MUTED


FEW = Step("too few to compare", None, FAINT)
RATIO = (
    Step("more often than expected", theme.MAIN, LIGHT),
    Step("about as expected", "#a9adb2"),
    Step("less often", theme.OPPOSITE),
    FEW,
)
"""Steps of the ratio of an observed to an expected number."""

_INKS = (theme.INK, theme.INK, theme.INK, LIGHT)
"""Colours of the numbers on ``theme.TINTS``: the background shows through the first three, so their numbers take the text colour of the page."""


def scale(*names: str) -> tuple[Step, ...]:
    """Four classes of a number, named from the smallest to the largest."""
    return tuple(Step(*step) for step in zip(names, theme.TINTS, _INKS, strict=True))


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair: what choosing it selects, the number written in it, its step, and its sentence."""

    first: str
    second: str
    key: str
    text: str
    step: Step
    hover: str


def pair_matrix(
    order: Sequence[str],
    labels: Mapping[str, str],
    totals: Mapping[str, int],
    cells: Sequence[Cell],
    blanks: Sequence[Cell] = (),
    steps: Sequence[Step] = (),
    chosen: str | None = None,
    size: int = CELL,
) -> dict[str, Any]:
    """The figure of ``cells``, each drawn on both sides of the diagonal, in the order of ``steps`` in the key.

    ``blanks`` cannot be chosen: dots, or squares where they have a text. ``size`` is the side of a cell in pixels.
    """
    place = {word: at for at, word in enumerate(order)}
    traces = []
    by_step: dict[Step, list[Cell]] = {}
    for cell in cells:
        by_step.setdefault(cell.step, []).append(cell)
    for step in steps:
        own = by_step.get(step)
        if own:
            traces.append(_squares(own, step, place, size) | {"customdata": [[cell.key] for cell in (*own, *own)]})
            traces[-1]["marker"]["line"] = {
                "width": [2.5 if cell.key == chosen else 0.7 for cell in (*own, *own)],
                "color": [theme.ACCENT if cell.key == chosen else step.outline for cell in (*own, *own)],
            }
    for step in dict.fromkeys(cell.step for cell in blanks):
        own = [cell for cell in blanks if cell.step == step]
        trace = _squares(own, step, place, size) | {"showlegend": step not in by_step}
        if not own[0].text:
            trace |= {
                "mode": "markers",
                "marker": {
                    "symbol": "circle",
                    "size": 3,
                    "color": theme.MUTED,
                    "line": {"width": 0, "color": theme.MUTED},
                },
            }
        traces.append(trace)
    diagonal = {
        "type": "scatter",
        "mode": "text",
        "showlegend": False,
        "x": list(range(len(order))),
        "y": list(range(len(order))),
        "hoverinfo": "skip",
        "text": [f"<i>{totals[word]}</i>" for word in order],
        "textposition": "middle center",
        "textfont": {"size": 10, "color": FAINT},
    }
    ends = [len(order) - 0.4, -0.6]
    names = [labels[word] for word in order]
    head = int(min(max(map(len, names), default=0), 46) * 5.1) + 22
    layout = theme.layout(
        size * len(order) + head + 8,
        margin={"l": 0, "r": 34, "t": head, "b": 8},
        clickmode="event+select",
        xaxis=theme.axis(
            side="top",
            tickvals=list(range(len(order))),
            ticktext=names,
            tickangle=-55,
            tickfont={"size": 12},
            range=ends[::-1],
            constrain="domain",
            constraintoward="left",
            ticklabeloverflow="allow",
            automargin=False,
        ),
        yaxis=theme.axis(
            tickvals=list(range(len(order))),
            ticktext=names,
            tickfont={"size": 12},
            range=ends,
            ticklabelstandoff=4,
            scaleanchor="x",
            constrain="domain",
            constraintoward="top",
        ),
    )
    return {"data": [*traces, diagonal], "layout": layout}


def _squares(own: Sequence[Cell], step: Step, place: Mapping[str, int], size: int) -> dict[str, Any]:
    """A trace of cells of one step, on both sides of the diagonal."""
    both = (*own, *own)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": step.name,
        "x": [place[cell.second] for cell in own] + [place[cell.first] for cell in own],
        "y": [place[cell.first] for cell in own] + [place[cell.second] for cell in own],
        "marker": {
            "symbol": "square" if step.color else "square-open",
            "size": size - 3,
            "color": step.color or step.outline,
            "line": {"width": 0.7, "color": step.outline},
        },
        "text": [cell.text for cell in both],
        "textposition": "middle center",
        "textfont": {"size": 10 if size < 30 else 12, "color": step.ink},
        "hovertext": [cell.hover for cell in both],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 0.45}},
    }
