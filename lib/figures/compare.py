"""Two sides on one scale: events by year, shares as pairs of dots, the mix of levels.

A mark's choice names its side: ``left:year:2020``, ``right:theme:terrorism``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from lib.figures import theme
from lib.figures.chart import Chart, samples
from lib.text import counted
from lib.vocabulary import Vocabulary

SIDES = {"left": "#3f7fbf", "right": "#b8652a"}
"""Colour of each side; the shapes of their marks differ too."""
SHAPES = {"left": "circle", "right": "diamond"}
SIZES = {"left": 15, "right": 10}
"""Where both marks fall on the same place, the smaller lies on the larger."""
ROW = 32


def years_pair(left: pd.DataFrame, right: pd.DataFrame, words: tuple[str, str]) -> Chart:
    """Events by year, the left side above the right one, on the same years and the same scale.

    ``left`` and ``right`` are ``lib.analysis.overview.by_year`` of either side. The colours are those of
    the sides, as in all comparisons; groups of series are not told apart, because their colours would be taken for sides.
    """
    totals = {side: counts.groupby("year")["events"].sum() for side, counts in (("left", left), ("right", right))}
    whole = {side: int(total.sum()) for side, total in totals.items()}
    years = sorted({int(year) for total in totals.values() for year in total.index})
    table = pd.DataFrame(
        {"year": years, **{side: [int(totals[side].get(year, 0)) for year in years] for side in SIDES}}
    )
    if not years:
        return Chart.nothing(
            "Recorded events by year",
            f"Left: {words[0]}. Right: {words[1]}",
            table,
            "No event passes the filters of either side.",
        )
    top = int(max(table["left"].max(), table["right"].max()))
    traces = [
        {
            "type": "bar",
            "name": side.capitalize(),
            "x": total.index.tolist(),
            "y": total.tolist(),
            "width": theme.YEAR_WIDTH,
            "yaxis": "y" if side == "left" else "y2",
            "marker": {"color": SIDES[side], "line": {"width": 0}},
            "customdata": [[f"{side}:year:{year}"] for year in total.index],
            "hovertemplate": f"%{{x}}, {side} side: %{{y}} recorded<extra></extra>",
        }
        for side, total in totals.items()
        if len(total)
    ]
    scale: dict[str, Any] = {"showgrid": True, **theme.counting(top, 4), "range": [0, top * 1.12]}
    heads = [
        theme.label(
            f"<b>{side.capitalize()}</b>",
            0,
            place,
            xref="paper",
            yref="paper",
            yanchor="bottom",
            font={"size": 13, "color": SIDES[side]},
        )
        for side, place in (("left", 1.0), ("right", 0.46))
    ]
    layout = theme.layout(
        378,
        barmode="stack",
        margin={"l": 0, "r": 8, "t": 30, "b": 24},
        clickmode="event+select",
        annotations=heads,
        xaxis=theme.axis(
            tickformat="d",
            range=[years[0] - 0.6, years[-1] + 0.6],
            dtick=1 if len(range(years[0], years[-1])) < 9 else 5,
            anchor="y2",
        ),
        yaxis=theme.axis(domain=[0.56, 1], **scale),
        yaxis2=theme.axis(domain=[0, 0.44], **scale),
    )
    title = f"{counted(whole['left'], 'recorded event')} on the left, {whole['right']:,} on the right"
    alt = f"Two bar charts of recorded events by year on one scale, {years[0]} to {years[-1]}: {whole['left']} on the left, {whole['right']} on the right; the same numbers are in the table."
    return Chart(
        title,
        f"Recorded events by year, both on the same scale. Left: {words[0]}. Right: {words[1]}",
        {"data": traces, "layout": layout},
        alt,
        table,
        selectable=True,
    )


def dots_pair(
    shares: pd.DataFrame,
    key: str,
    kind: str,
    label: Callable[[str], str],
    totals: tuple[int, int],
    words: str,
    what: str,
    limit: int = 14,
) -> Chart:
    """A row for each theme or country: a dot for the share of either side, joined by a line as long as the difference.

    ``shares`` is a ``lib.analysis.compare.beside`` in the order of ``furthest_first``; ``kind`` is the kind of choice; ``what`` completes
    "Terrorism … 9 of 12 meetings".
    """
    names = [label(word) for word in shares[key]]
    table = pd.DataFrame(
        {
            key: names,
            "left": shares["left"],
            "left in %": (100 * shares["left_share"]).round(1),
            "right": shares["right"],
            "right in %": (100 * shares["right_share"]).round(1),
            "difference in points": (100 * shares["difference"]).round(1),
        }
    )
    top = shares.head(limit)
    rows = list(range(len(top)))
    lines: dict[str, list[Any]] = {"x": [], "y": []}
    for row, one, other in zip(rows, top["left_share"], top["right_share"], strict=True):
        lines["x"] += [one, other, None]
        lines["y"] += [row, row, None]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines",
            **lines,
            "line": {"color": theme.MUTED, "width": 2},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    ]
    for side, total in zip(SIDES, totals, strict=True):
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"{side.capitalize()} ({counted(total, 'meeting')})",
                "x": top[f"{side}_share"].tolist(),
                "y": rows,
                "marker": {"size": SIZES[side], "color": SIDES[side], "symbol": SHAPES[side], "line": {"width": 0}},
                "customdata": [[f"{side}:{kind}:{word}"] for word in top[key]],
                "cliponaxis": False,
                "hovertext": [
                    f"{name}, {side} side: {what} {count} of {counted(total, 'meeting')}"
                    for name, count in zip(names, top[side], strict=False)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "unselected": {"marker": {"opacity": 0.4}},
            }
        )
    layout = theme.layout(
        ROW * len(top) + 36,
        margin={"l": 0, "r": 18, "t": 4, "b": 24},
        clickmode="event+select",
        xaxis=theme.axis(tickformat=".0%", range=[-0.02, 1.02], tickvals=[0, 0.5, 1], tickangle=0, showgrid=True),
        yaxis=theme.axis(
            tickvals=rows,
            ticktext=[theme.wrapped(name) for name in names[:limit]],
            range=[len(top) - 0.4, -0.6],
            ticklabelstandoff=6,
        ),
    )
    alt = (
        "Pairs of dots, shares of the held meetings of either side: "
        + "; ".join(
            f"{name} {one:.0%} left, {other:.0%} right"
            for name, one, other in list(zip(names, top["left_share"], top["right_share"], strict=False))[:5]
        )
        + "."
    )
    return Chart(
        _widest(shares.iloc[0], names[0], what, totals),
        words,
        {"data": traces, "layout": layout},
        alt,
        table,
        selectable=True,
        key=samples(traces),
    )


def _widest(row: pd.Series, name: str, what: str, totals: tuple[int, int]) -> str:
    """The row of the largest difference as a sentence."""
    if not row["difference"]:
        return "Both sides are alike in all of these"
    return f"Furthest apart: {name}, {what} {row['left']} of {totals[0]} meetings on the left, {row['right']} of {totals[1]} on the right"


def levels_pair(
    levels: pd.DataFrame, vocabulary: Vocabulary, totals: tuple[int, int], unknown: tuple[int, int], words: str
) -> Chart:
    """One bar per side: its delegations of known level by the level sent, as shares of 100 %. ``levels`` is a ``beside`` of these; the subtitle gives the numbers ``unknown``."""
    names = [vocabulary.label("levels", word) for word in levels["level"]]
    table = pd.DataFrame(
        {
            "level": names,
            "left": levels["left"],
            "left in %": (100 * levels["left_share"]).round(1),
            "right": levels["right"],
            "right in %": (100 * levels["right_share"]).round(1),
            "difference in points": (100 * levels["difference"]).round(1),
        }
    )
    traces = []
    heads = [f"{side.capitalize()} ({counted(total, 'delegation')})" for side, total in zip(SIDES, totals, strict=True)]
    order = {word: place for place, word in enumerate(vocabulary["levels"])}
    for row in sorted(levels.itertuples(index=False), key=lambda row: order[row.level]):
        label = vocabulary.label("levels", row.level)
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": label,
                "y": heads,
                "x": [row.left_share, row.right_share],
                "marker": {"color": theme.LEVELS.get(row.level, theme.MUTED), "line": {"width": 0}},
                "text": [f"{share:.0%}" if share >= 0.06 else "" for share in (row.left_share, row.right_share)],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "customdata": [
                    [f"{side}:level:{row.level}", count]
                    for side, count in zip(SIDES, (row.left, row.right), strict=True)
                ],
                "hovertemplate": label + ": %{customdata[1]} delegations, %{x:.0%}<extra></extra>",
            }
        )
    layout = theme.layout(
        144,
        margin={"l": 0, "r": 8, "t": 4, "b": 4},
        uniformtext={"minsize": 11, "mode": "hide"},
        barmode="stack",
        bargap=0.35,
        clickmode="event+select",
        xaxis=theme.axis(showticklabels=False, automargin=False, range=[0, 1]),
        yaxis=theme.axis(autorange="reversed", ticklabelstandoff=6, automargin="width"),
    )
    # The commonest level of both, not the one that differs most: that is as a rule a rare one.
    common = levels.iloc[int(np.argmax(levels["left_share"] + levels["right_share"]))]
    label = vocabulary.label("levels", common["level"]).lower()
    title = f"{common['left_share']:.0%} of the delegations on the left and {common['right_share']:.0%} on the right were led at the level {label}"
    subtitle = f"Delegations at held meetings by the highest level sent, those of known level as 100%; level not known: {unknown[0]} left, {unknown[1]} right. {words}"
    alt = f"Two stacked bars of the levels sent: {title}. The same numbers are in the table."
    return Chart(title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True, key=samples(traces))
