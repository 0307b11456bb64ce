"""The charts of a briefing as static SVG (SVG 2, W3C), drawn from the same numbers as the pages' charts.

Plotly needs a browser to make a picture of a figure; what a briefing shows are bars and squares, which need none.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from lib.analysis.coverage import runs, thin_years
from lib.analysis.overview import by_year
from lib.figures import theme
from lib.figures.places import place_in_short
from lib.figures.states import SIGNS, WORDS, ink, sign, state_in_words
from lib.records.dates import parse_date
from lib.text import counted, day_in_words
from lib.vocabulary import Vocabulary

WIDTH = 680
"""Width of every picture in its own units; on A4 one is about a third of a millimetre."""

INK, MUTED, PAPER = "#1d1d1b", "#5f6368", "#ffffff"
MEETINGS, COUNTRIES, RANKS = 18, 14, 10
"""Columns and rows of the matrix, rows of a ranking: more would be too small to read in print."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: ``title`` states what it shows, ``text`` how to read it, ``svg`` is the picture with its alternative text."""

    title: str
    text: str
    svg: str


def years_picture(events: pd.DataFrame, series: pd.DataFrame, vocabulary: Vocabulary) -> Picture | None:
    """Recorded events by year and group of series, the years shaded of which fewer than half of the series are covered.

    None where no year has more than one event, or there is one year only: a sentence says as much. ``series`` is the coverage of
    the selection's series.
    """
    counts = by_year(events)
    if counts.empty or counts["year"].nunique() < 2 or counts.groupby("year")["events"].sum().max() < 2:
        return None
    years = range(int(counts["year"].min()), int(counts["year"].max()) + 1)
    thin = thin_years(series, years)
    totals = counts.groupby("year")["events"].sum()
    top, left, right, base = 34, 30, WIDTH - 4, 196
    step, unit = (right - left) / len(years), (base - top) / int(totals.max())
    parts = [
        _rect(left + (run[0] - years[0]) * step, top, len(run) * step, base - top, "#e9e6df") for run in runs(thin)
    ]
    tick = _tick(int(totals.max()))
    for value in range(0, int(totals.max()) + 1, tick):
        y = base - value * unit
        parts.append(
            f'<line x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="{INK if value == 0 else "#d9d4c7"}" stroke-width="0.7"/>'
        )
        parts.append(_text(left - 6, y + 3.5, str(value), anchor="end", size=10, fill=MUTED))
    heights = dict.fromkeys(years, 0)
    groups = []
    for group, entry in vocabulary["groups"].items():
        own = counts[counts["group"] == group]
        if len(own):
            groups.append((theme.GROUPS.get(group, theme.MUTED), entry.brief))
        for year, number in zip(own["year"], own["events"], strict=True):
            heights[year] += int(number)
            parts.append(
                _rect(
                    left + (year - years[0]) * step + step * 0.12,
                    base - heights[year] * unit,
                    step * 0.76,
                    int(number) * unit,
                    theme.GROUPS.get(group, theme.MUTED),
                )
            )
    for year in years:
        if len(years) <= 14 or year % 5 == 0:
            parts.append(
                _text(left + (year - years[0] + 0.5) * step, base + 14, str(year), anchor="middle", size=10, fill=MUTED)
            )
    parts.append(_legend(groups, left, 12) if len(groups) > 1 else "")
    peak = int(totals.idxmax())
    title = f"{counted(len(events), 'recorded event')}, {years[0]}–{years[-1]}"
    if int((totals == totals[peak]).sum()) == 1:
        title += f"; most in {peak} ({int(totals[peak])})"
    text = "Events by the year of their first day."
    if thin:
        text += " Shaded: years in which fewer than half of these series are covered. More records there is not more events."
    alt = f"Bar chart of recorded events by year: {', '.join(f'{year} {int(number)}' for year, number in totals.items())}."
    return Picture(title, text, _svg(parts, base + 22, alt))


def themes_picture(often: pd.DataFrame, events: int, vocabulary: Vocabulary) -> Picture | None:
    """The themes that were raised at the most events; None without any. ``often`` is ``lib.analysis.themes.how_often``."""
    rows = [
        (vocabulary.label("themes", one.theme), int(one.events)) for one in often.head(RANKS).itertuples(index=False)
    ]
    if not rows:
        return None
    more = len(often) - len(rows)
    text = "Events at which a theme was raised, by anybody in any form; a theme counts for the one above it too." + (
        f" {counted(more, 'further theme')} not drawn." if more else ""
    )
    return _ranking(rows, events, f"{rows[0][0]} was raised at {rows[0][1]} of {counted(events, 'event')}", text)


def actors_picture(reach: pd.DataFrame, events: int, reporting: str, vocabulary: Vocabulary) -> Picture | None:
    """Who made these points, by events; None with fewer than two actors. ``reach`` is ``lib.analysis.overview.most`` of the points'
    actors; ``reporting`` says whose words the sources give, without which no such comparison may stand."""
    rows = [(vocabulary.party(one.value), int(one.events)) for one in reach.head(RANKS).itertuples(index=False)]
    if len(rows) < 2:
        return None
    return _ranking(
        rows,
        events,
        f"{rows[0][0]} is recorded with such a point at {rows[0][1]} of {counted(events, 'event')}",
        f"Events at which somebody made one of these points. {reporting}".strip(),
    )


def _ranking(rows: list[tuple[str, int]], events: int, title: str, text: str) -> Picture:
    left, row = 214, 19
    unit = (WIDTH - left - 110) / max(number for _, number in rows)
    parts = []
    for place, (label, number) in enumerate(rows):
        y = place * row + 4
        parts.append(_text(left - 8, y + 11, label, anchor="end", size=11))
        parts.append(_rect(left, y + 1.5, number * unit, row - 5, theme.MAIN))
        parts.append(
            _text(
                left + number * unit + 5, y + 11, f"{number} of {events} ({number / events:.0%})", size=10.5, fill=MUTED
            )
        )
    alt = "Bar chart of events: " + ", ".join(f"{label} {number}" for label, number in rows) + f", of {events}."
    return Picture(title, text, _svg(parts, len(rows) * row + 8, alt))


def matrix_picture(matrix: pd.DataFrame, held: pd.DataFrame, name: str, vocabulary: Vocabulary) -> Picture | None:
    """The level that each country sent to the latest meetings of the series ``name``; None where nothing is known.

    ``matrix`` is ``lib.analysis.participants.level_matrix`` of the events ``held``, in order of day.
    """
    held = held[held["event_id"].isin(matrix["event_id"])].iloc[-MEETINGS:]
    matrix = matrix[matrix["event_id"].isin(held["event_id"])]
    if matrix.empty:
        return None
    countries = list(dict.fromkeys(matrix["country"]))
    shown = countries[:COUNTRIES]
    left, top, row = 132, 88, 17
    column = min(36.0, (WIDTH - left - 44) / len(held))
    side = min(14.0, column - 3)
    places = {event: left + place * column + column / 2 for place, event in enumerate(held["event_id"])}
    parts = []
    for event in held.itertuples(index=False):
        x, place = places[event.event_id], place_in_short(event.city, event.country, vocabulary)
        parts.append(
            f'<text transform="translate({x + 3:.1f} {top - 8}) rotate(-52)" font-size="10" fill="{INK}">{escape(place)} {event.start[:4]}</text>'
        )
    for place, country in enumerate(shown):
        y = top + place * row
        parts.append(_text(left - 8, y + 11, vocabulary.label("countries", country), anchor="end", size=11))
        for cell in matrix[matrix["country"] == country].itertuples(index=False):
            parts.append(_cell(cell, places[cell.event_id], y, side))
    height = top + len(shown) * row
    states = [state for state in [*vocabulary["levels"], *WORDS] if (matrix["state"] == state).any()]
    keys = [
        (theme.LEVELS.get(state, PAPER), state_in_words(state, vocabulary), SIGNS.get(state, "")) for state in states
    ]
    legend, depth = _keys(keys, 8, height + 16)
    unknown = int(matrix["state"].isin(["unknown", "unknown-roster"]).sum())
    span = _span(held)
    known = matrix["state"][~matrix["state"].isin([*WORDS, "unknown"])]
    title = f"{name}: the level sent, {span}"
    if len(known):
        level = str(known.mode().iloc[0])
        title = f"{name}: {int((known == level).sum())} of {counted(len(known), 'delegation')} of known level were at the level {vocabulary.label('levels', level).lower()}"
    text = (
        f"Level sent to {counted(len(held), 'held meeting')}, {span}. × a source states the absence; – not in the complete roster; ? not known "
        f"({unknown} of {len(matrix)} cells); o observer, g guest, p partner; blank: not a member then, or nothing is known."
    )
    if len(countries) > len(shown):
        text += f" {counted(len(countries) - len(shown), 'further country', 'further countries')} not drawn."
    summary = matrix["state"].value_counts().head(4)
    alt = (
        f"Matrix of {counted(len(shown), 'country', 'countries')} by {counted(len(held), 'meeting')}: "
        + ", ".join(f"{state_in_words(state, vocabulary)} {count}" for state, count in summary.items())
        + "."
    )
    return Picture(title, text, _svg([*parts, legend], depth, alt))


def _cell(cell: Any, x: float, y: float, side: float) -> str:
    color = theme.LEVELS.get(cell.state)
    written = sign(cell.state, cell.capacity)
    box = f'<rect x="{x - side / 2:.1f}" y="{y + 7 - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}" fill="{color or PAPER}" stroke="{color or theme.MUTED}" stroke-width="0.7"/>'
    return box + (_text(x, y + 10.6, written, anchor="middle", size=10, fill=ink(cell.state)) if written else "")


def _span(held: pd.DataFrame) -> str:
    first, last = (day_in_words(parse_date(held["start"].iloc[place])) for place in (0, -1))
    return first if first == last else f"{first} to {last}"


def _tick(top: int) -> int:
    """The distance of the lines of the axis: at most six of them."""
    return next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000) if top / step <= 6)


def _legend(groups: list[tuple[str, str]], x: float, y: float) -> str:
    parts = []
    for color, label in groups:
        parts.append(_rect(x, y - 8, 9, 9, color) + _text(x + 13, y, label, size=11))
        x += 13 + 6.1 * len(label) + 16
    return "".join(parts)


def _keys(keys: list[tuple[str, str, str]], x: float, y: float) -> tuple[str, float]:
    """Keys in lines as wide as the picture, and the depth that they need."""
    parts, left = [], x
    for color, label, letter in keys:
        width = 14 + 5.7 * len(label) + 14
        if x + width > WIDTH and x > left:
            x, y = left, y + 16
        hollow = f'<rect x="{x:.1f}" y="{y - 8:.1f}" width="10" height="10" fill="{color}" stroke="{theme.MUTED if color == PAPER else color}" stroke-width="0.7"/>'
        parts.append(
            hollow
            + (_text(x + 5, y + 0.6, letter, anchor="middle", size=9) if letter else "")
            + _text(x + 14, y, label, size=10.5)
        )
        x += width
    return "".join(parts), y + 10


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def _text(x: float, y: float, text: str, anchor: str = "start", size: float = 11, fill: str = INK) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{fill}">{escape(text)}</text>'
    )


def _svg(parts: list[str], height: float, alt: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(alt)}">'
        f"{''.join(parts)}</svg>"
    )
