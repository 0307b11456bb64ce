"""Every event as a mark on its series' lane."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from lib.analysis.rows import rows_of
from lib.analysis.timeline import Lane
from lib.figures import theme
from lib.figures.chart import Chart
from lib.figures.theme import escape
from lib.records.dates import parse_date
from lib.text import counted, days_in_words, listed
from lib.vocabulary import Vocabulary

BOLD, PLAIN = 6.4, 5.4
"""Widths in pixels of a letter of a lane's name, and of the words after it."""

TALL = 500
"""Height in pixels from which on the years are written below the lanes too."""

SYMBOLS = {"held": "circle", "scheduled": "diamond-open", "postponed": "diamond-tall-open", "cancelled": "x-thin-open"}


Placed = tuple[pd.DataFrame, list[Lane], pd.Timestamp, pd.Timestamp]
"""What ``lib.analysis.timeline.place_marks`` gives: marks, lanes, first and last day of the axis."""


def label_widths(series: pd.DataFrame, vocabulary: Vocabulary) -> dict[str, float]:
    """The width in pixels of the label of each series' lane; ``series`` is a ``lib.analysis.coverage.coverage``."""
    return {
        word: BOLD * len(name) + PLAIN * len(since) + 14 for word, (name, since) in _labels(series, vocabulary).items()
    }


def _labels(series: pd.DataFrame, vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    """The name of each series, and since when it is covered, in words."""
    return {
        word: (vocabulary.brief("series", word), _since(day, text))
        for word, day, text in rows_of(series, "series", "covered_day", "covered_from")
    }


def timeline_chart(
    events: pd.DataFrame,
    placed: Placed,
    series: pd.DataFrame,
    vocabulary: Vocabulary,
    words: str,
    today: dt.date,
    chosen: str | None = None,
) -> Chart:
    """Marks sized by delegations, hollow where the day is not known, with spans and coverage.

    Choosing a mark selects its event id; ``chosen`` is ringed. ``placed`` says where the marks of ``events`` lie, with labels as wide as
    :func:`label_widths` says; ``series`` is the coverage of their series.
    """
    table = pd.DataFrame(
        {
            "start": events["start"].astype(str),
            "end": events["end"].astype(str),
            "event": events["title"],
            "series": [vocabulary.label("series", word) for word in events["series"]],
            "status": [vocabulary.label("statuses", word) for word in events["status"]],
            "delegations": events["delegations"],
        }
    )
    if events.empty:
        return Chart.nothing("No event", words, table, "No event passes these filters.")
    covered, labels = dict(rows_of(series, "series", "covered_day")), _labels(series, vocabulary)
    marks, lanes, first, last = placed
    height = lanes[-1].bottom
    span = [str(first.date()), str(last.date())]
    traces = [_spans(events, marks), *_marks(events, marks, vocabulary)]
    if height > TALL:
        # An axis is drawn only for a trace.
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": span,
                "y": [None, None],
                "xaxis": "x2",
                "hoverinfo": "skip",
                "name": "years",
            }
        )
    if chosen in set(marks["event_id"]):
        traces.append(_ring(marks[marks["event_id"] == chosen].iloc[0]))
    shapes = [shape for lane in lanes for shape in _lane_shapes(lane, covered[lane.series], first, last)]
    notes = [_lane_label(lane, *labels[lane.series]) for lane in lanes]
    if first <= pd.Timestamp(today) <= last:
        shapes.append(
            {
                "type": "line",
                "x0": str(today),
                "x1": str(today),
                "y0": 0,
                "y1": height,
                "line": {"color": theme.ACCENT, "width": 1, "dash": "dot"},
            }
        )
    years = {"range": span, "nticks": 8}
    above = theme.dates_height(first, last)
    below = above + 4 if height > TALL else 6
    layout = theme.layout(
        int(height) + above + below,
        margin={"l": 0, "r": 0, "t": above, "b": below},
        shapes=shapes,
        annotations=notes,
        clickmode="event+select",
        # No zoom: the chart fills the window, where wheel and finger have to scroll the page. "From" and "To" enlarge a period, and the link keeps it.
        xaxis=theme.dates(**years, side="top", showgrid=True),
        xaxis2=theme.dates(**years, side="bottom", overlaying="x", matches="x", tickmode="auto"),
        yaxis=theme.axis(range=[height, 0], showticklabels=False, automargin=False),
    )
    vague = int((events["start_precision"] != "day").sum())
    unheld = int((events["status"] != "held").sum())
    small = [lane.label for lane in lanes if lane.scale < 1]
    subtitle = f"{words}. Larger marks: more delegations"
    subtitle += f" (in a smaller scale where many stand together: {listed(small)})" if small else ""
    subtitle += f"; hollow: only the month or year is known ({vague})" if vague else ""
    subtitle += f"; diamonds: not held or not confirmed ({unheld})" if unheld else ""
    subtitle += ". Grey: not covered, or a selection. Choose a mark to read it; From and To spread a period out"
    alt = (
        f"Timeline of {counted(len(events), 'event')} in {counted(len(lanes), 'series', 'series')}, "
        f"{events['start'].iloc[0]} to {events['start'].iloc[-1]}. The list below holds the same events in words."
    )
    ends = sorted({events["first_day"].min().year, events["first_day"].max().year})
    title = f"{counted(len(events), 'event')} in {counted(len(lanes), 'series', 'series')}, {'–'.join(map(str, ends))}"
    return Chart(title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True)


def _marks(events: pd.DataFrame, marks: pd.DataFrame, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """One trace for each group of series, so that each colour has a name."""
    traces = []
    columns = ("title", "start", "end", "status", "place", "delegations", "points")
    hover = [_sentence(*row, vocabulary) for row in rows_of(events, *columns)]
    x = marks["x"].dt.strftime("%Y-%m-%d %H:%M").tolist()
    y, sizes, ids = marks["y"].round(1).tolist(), marks["size"].round(1).tolist(), marks["event_id"].tolist()
    groups, status = events["group"].to_numpy(), events["status"].to_numpy()
    vague = (events["start_precision"] != "day").to_numpy()
    for group, entry in vocabulary["groups"].items():
        own = np.flatnonzero(groups == group)
        if not len(own):
            continue
        symbols = [
            SYMBOLS.get(status[i], "diamond-open") if status[i] != "held" else "circle-open" if vague[i] else "circle"
            for i in own
        ]
        color = theme.GROUPS.get(group, theme.MUTED)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": entry.label,
                "x": [x[i] for i in own],
                "y": [y[i] for i in own],
                "marker": {
                    "size": [sizes[i] for i in own],
                    "symbol": symbols,
                    "color": color,
                    "opacity": 0.88,
                    "line": {"width": [1.6 if symbol.endswith("open") else 0 for symbol in symbols], "color": color},
                },
                "customdata": [[ids[i]] for i in own],
                "text": [hover[i] for i in own],
                "hovertemplate": "%{text}<extra></extra>",
                "unselected": {"marker": {"opacity": 0.35}},
                "selected": {"marker": {"opacity": 1}},
            }
        )
    return traces


def _sentence(
    title: str, start: str, end: str, status: str, where: str, delegations: int, points: int, vocabulary: Vocabulary
) -> str:
    days = days_in_words(parse_date(start), parse_date(end))
    unheld = "" if status == "held" else f" – {vocabulary.label('statuses', status).lower()}"
    return f"<b>{escape(title)}</b><br>{days}, {escape(where)}{unheld}<br>{counted(delegations, 'delegation')}, {counted(points, 'point')}"


def _spans(events: pd.DataFrame, marks: pd.DataFrame) -> dict[str, Any]:
    """Lines over the days of events that last longer than one, and over months and years."""
    x: list[Any] = []
    y: list[Any] = []
    for start, end, height in zip(events["first_day"], events["last_day"], marks["y"], strict=True):
        if end > start:
            x += [str(start.date()), str((end + pd.Timedelta(days=1)).date()), None]
            y += [round(height, 1), round(height, 1), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": theme.MUTED, "width": 2},
        "hoverinfo": "skip",
        "name": "days",
    }


def _ring(mark: pd.Series) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark["x"].strftime("%Y-%m-%d %H:%M")],
        "y": [round(mark["y"], 1)],
        "hoverinfo": "skip",
        "name": "chosen",
        "marker": {
            "size": float(mark["size"]) + 9,
            "symbol": "circle-open",
            "color": theme.ACCENT,
            "line": {"width": 2.5},
        },
    }


def _lane_shapes(lane: Lane, covered: dt.date | None, first: pd.Timestamp, last: pd.Timestamp) -> list[dict[str, Any]]:
    """The lane's lower edge, and the shading of the days before ``covered``, the first day that is covered."""
    until = last if covered is None else min(max(pd.Timestamp(covered), first), last)
    shapes: list[dict[str, Any]] = [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": lane.bottom,
            "y1": lane.bottom,
            "layer": "below",
            "line": {"color": "rgba(128,128,128,0.25)", "width": 1},
        }
    ]
    if until > first:
        shapes.append(
            {
                "type": "rect",
                "x0": str(first.date()),
                "x1": str(until.date()),
                "y0": lane.top,
                "y1": lane.bottom,
                "layer": "below",
                "fillcolor": theme.COVER,
                "line": {"width": 0},
            }
        )
    return shapes


def _since(covered: dt.date | None, covered_from: str | None) -> str:
    """Since which year a series is covered, in words; the shading shows the day."""
    return "a selection" if covered is None or covered_from is None else f"covered since {covered_from[:4]}"


def _lane_label(lane: Lane, name: str, since: str) -> dict[str, Any]:
    text = f"<b>{escape(name)}</b>  <span style='font-size:11px'>{since}</span>"
    return theme.label(
        text, 0, lane.top + 12, xref="paper", font={"size": 12, "color": theme.GROUPS.get(lane.group, theme.MUTED)}
    )
