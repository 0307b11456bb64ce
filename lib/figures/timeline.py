"""Every event as a mark on its series' lane."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from lib.analysis.rows import rows_of
from lib.analysis.timeline import Lane, place_marks
from lib.figures import theme
from lib.figures.chart import Chart
from lib.records.dates import parse_date
from lib.text import counted, days_in_words
from lib.vocabulary import Vocabulary

SYMBOLS = {"held": "circle", "scheduled": "diamond-open", "postponed": "diamond-tall-open", "cancelled": "x-thin-open"}


def timeline_chart(events: pd.DataFrame, series: pd.DataFrame, vocabulary: Vocabulary, words: str, today: dt.date,
                   chosen: str | None = None) -> Chart:
    """Marks sized by delegations, hollow where the day is not known, with spans and coverage.

    Choosing a mark selects its event id; ``chosen`` is ringed.
    """
    table = pd.DataFrame({
        "start": events["start"].astype(str), "end": events["end"].astype(str), "event": events["title"],
        "series": [vocabulary.label("series", word) for word in events["series"]],
        "status": [vocabulary.label("statuses", word) for word in events["status"]], "delegations": events["delegations"],
    })
    if events.empty:
        return Chart("No event", words, None, "", table, empty="No event passes these filters.")
    marks, lanes, first, last = place_marks(events, vocabulary)
    height = lanes[-1].bottom
    traces = [_spans(events, marks), *_marks(events, marks, vocabulary)]
    if chosen in set(marks["event_id"]):
        traces.append(_ring(marks[marks["event_id"] == chosen].iloc[0]))
    covered = {word: (day, text) for word, day, text in rows_of(series, "series", "covered_day", "covered_from")}
    shapes = [shape for lane in lanes for shape in _lane_shapes(lane, covered[lane.series][0], first, last)]
    if first <= pd.Timestamp(today) <= last:
        shapes.append({"type": "line", "x0": str(today), "x1": str(today), "y0": 0, "y1": height, "line": {"color": theme.ACCENT, "width": 1, "dash": "dot"}})
    layout = theme.layout(
        int(height) + 62, margin={"l": 0, "r": 0, "t": 34, "b": 26}, shapes=shapes, annotations=[_lane_label(lane, *covered[lane.series], first) for lane in lanes],
        clickmode="event+select", dragmode="pan",
        xaxis=theme.axis(type="date", range=[str(first.date()), str(last.date())], side="top", showgrid=True, fixedrange=False, mirror="allticks",
                         minallowed=str((first - pd.Timedelta(days=366)).date()), maxallowed=str((last + pd.Timedelta(days=366)).date())),
        yaxis=theme.axis(range=[height, 0], showticklabels=False, automargin=False))
    vague = int((events["start_precision"] != "day").sum())
    unheld = int((events["status"] != "held").sum())
    subtitle = f"{words}. Larger marks: more delegations"
    subtitle += f"; hollow: only the month or year is known ({vague})" if vague else ""
    subtitle += f"; diamonds: not held or not confirmed ({unheld})" if unheld else ""
    subtitle += ". Grey lanes are not covered, or are a selection. Drag to move, scroll to zoom, click a mark to read it"
    alt = (f"Timeline of {counted(len(events), 'event')} in {counted(len(lanes), 'series', 'series')}, "
           f"{events['start'].iloc[0]} to {events['start'].iloc[-1]}. The list below holds the same events in words.")
    years = sorted({events["first_day"].min().year, events["first_day"].max().year})
    title = f"{counted(len(events), 'event')} in {counted(len(lanes), 'series', 'series')}, {'–'.join(map(str, years))}"
    return Chart(title, subtitle, {"data": traces, "layout": layout}, alt, table, config={"scrollZoom": True}, selectable=True, wide=True)


def _marks(events: pd.DataFrame, marks: pd.DataFrame, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """One trace for each group of series, so that colour has a name."""
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
        symbols = [SYMBOLS.get(status[i], "diamond-open") if status[i] != "held" else "circle-open" if vague[i] else "circle" for i in own]
        color = theme.GROUPS.get(group, theme.MUTED)
        traces.append({
            "type": "scatter", "mode": "markers", "name": entry.label,
            "x": [x[i] for i in own], "y": [y[i] for i in own],
            "marker": {"size": [sizes[i] for i in own], "symbol": symbols, "color": color, "opacity": 0.88,
                       "line": {"width": [1.6 if symbol.endswith("open") else 0.5 for symbol in symbols], "color": color}},
            "customdata": [[ids[i]] for i in own], "text": [hover[i] for i in own],
            "hovertemplate": "%{text}<extra></extra>", "unselected": {"marker": {"opacity": 0.35}}, "selected": {"marker": {"opacity": 1}},
        })
    return traces


def _sentence(title: str, start: str, end: str, status: str, where: str, delegations: int, points: int, vocabulary: Vocabulary) -> str:
    days = days_in_words(parse_date(start), parse_date(end))
    unheld = "" if status == "held" else f" – {vocabulary.label('statuses', status).lower()}"
    return f"<b>{escape(title)}</b><br>{days}, {escape(where)}{unheld}<br>{counted(delegations, 'delegation')}, {counted(points, 'point')}"


def _spans(events: pd.DataFrame, marks: pd.DataFrame) -> dict[str, Any]:
    """Lines over the days of events that take more than one, and over months and years."""
    x: list[Any] = []
    y: list[Any] = []
    for start, end, height in zip(events["first_day"], events["last_day"], marks["y"], strict=True):
        if end > start:
            x += [str(start.date()), str((end + pd.Timedelta(days=1)).date()), None]
            y += [round(height, 1), round(height, 1), None]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": theme.MUTED, "width": 2}, "hoverinfo": "skip", "name": "days"}


def _ring(mark: pd.Series) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "x": [mark["x"].strftime("%Y-%m-%d %H:%M")], "y": [round(mark["y"], 1)], "hoverinfo": "skip", "name": "chosen",
            "marker": {"size": float(mark["size"]) + 9, "symbol": "circle-open", "color": theme.ACCENT, "line": {"width": 2.5}}}


def _lane_shapes(lane: Lane, covered: dt.date | None, first: pd.Timestamp, last: pd.Timestamp) -> list[dict[str, Any]]:
    """The lane's lower edge, and the ground of the days before ``covered``, the first day that is covered."""
    until = last if covered is None else min(max(pd.Timestamp(covered), first), last)
    shapes: list[dict[str, Any]] = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": lane.bottom, "y1": lane.bottom, "layer": "below",
                                     "line": {"color": "rgba(128,128,128,0.25)", "width": 1}}]
    if until > first:
        # Before the axis begins too: it can be dragged.
        shapes.append({"type": "rect", "x0": str((first - pd.Timedelta(days=400)).date()), "x1": str((until + pd.Timedelta(days=400 if until == last else 0)).date()),
                       "y0": lane.top, "y1": lane.bottom, "layer": "below", "fillcolor": theme.COVER, "line": {"width": 0}})
    return shapes


def _lane_label(lane: Lane, covered: dt.date | None, covered_from: str | None, first: pd.Timestamp) -> dict[str, Any]:
    since = "a selection" if covered is None else "" if pd.Timestamp(covered) <= first else f"covered since {covered_from}"
    text = f"<b>{escape(lane.label)}</b>" + (f"  <span style='font-size:11px'>{since}</span>" if since else "")
    return theme.label(text, 0, lane.top + 11, xref="paper", font={"size": 12, "color": theme.GROUPS.get(lane.group, theme.MUTED)})
