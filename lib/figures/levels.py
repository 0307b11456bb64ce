"""The level that each member sent over time."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

from lib.analysis.representation import AWAY, STATES
from lib.analysis.rows import named_rows, rows_of
from lib.figures import theme
from lib.figures.chart import Chart, samples
from lib.figures.presence import cells_table
from lib.figures.rates import NO_MEMBERS
from lib.figures.states import state_in_words
from lib.figures.theme import escape
from lib.records.dates import parse_date
from lib.text import counted, day_in_words, listed
from lib.vocabulary import Vocabulary

STRIP = 46
"""Height of a country's strip in pixels."""

DROP = 0.1
"""How far below the line a mark lies for each level below the expected one, as a share of a strip."""


def levels_chart(
    cells: pd.DataFrame,
    rates: pd.DataFrame,
    trend: pd.DataFrame,
    events: pd.DataFrame,
    vocabulary: Vocabulary,
    words: str,
    chosen: str | None = None,
) -> Chart:
    """A strip for each member: marks on its line for the office expected that day or a higher one, below it for lower ones.

    ``cells``, ``rates`` and ``trend`` come from ``lib.analysis.representation``. Choosing a mark selects ``<country>@<event id>``.
    """
    members = rates.sort_values(["below", "attended"], ascending=False, kind="stable")["country"].tolist()
    own = cells[(cells["standing"] == "member").to_numpy()]
    table = cells_table(own, events, vocabulary)
    if own.empty:
        return Chart.nothing("The level sent over time", words, table, NO_MEMBERS)
    days = {
        event: (day, f"{escape(title)}, {day_in_words(parse_date(start))}")
        for event, day, title, start in rows_of(events, "event_id", "first_day", "title", "start")
    }
    rows = {code: place for place, code in enumerate(members)}
    traces = [_lines(own, rows, days)]
    every = named_rows(own)
    by_state: dict[str, list[Any]] = defaultdict(list)
    for cell in every:
        by_state[cell.state].append(cell)
    for state in [*vocabulary["levels"], *AWAY, "unknown-roster"]:
        if by_state[state]:
            traces.append(_marks(state, by_state[state], vocabulary, rows, days, chosen))
    first, last = (days[event][0] for event in (every[0].event_id, every[-1].event_id))
    margin = max((last - first) * 0.025, pd.Timedelta(days=60))
    layout = theme.layout(
        STRIP * len(members) + 40,
        margin={"l": 0, "r": 12, "t": 24, "b": 4},
        clickmode="event+select",
        xaxis=theme.dates(side="top", showgrid=True, range=[str((first - margin).date()), str((last + margin).date())]),
        yaxis=theme.axis(
            tickvals=list(rows.values()),
            ticktext=[vocabulary.label("countries", code) for code in members],
            range=[len(members) - 0.25, -0.6],
            ticklabelstandoff=6,
        ),
    )
    came = [cell for cell in every if cell.state not in STATES]
    unstated = sum(cell.state == "unknown" for cell in came)
    subtitle = (
        f"{words}. On the line: the office expected of the country that day, or a higher one; below it: a lower level. {_periods(trend)}"
        f"Level not stated (hollow): {unstated} of {counted(len(came), 'delegation')} of members{_custom(every, rates, vocabulary)}"
    )
    title = _levels_finding(rates, vocabulary)
    alt = f"Strips of {counted(len(members), 'member')} over time. {title}. The same marks are in the table."
    return Chart(
        title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True, wide=True, key=samples(traces)
    )


def _lines(own: pd.DataFrame, rows: dict[str, int], days: dict[str, Any]) -> dict[str, Any]:
    """The line of what is expected of each country, from the first to the last of the meetings at which it was a member."""
    x: list[Any] = []
    y: list[Any] = []
    events: dict[str, list[str]] = defaultdict(list)
    for country, event in rows_of(own, "country", "event_id"):
        events[country].append(event)
    for country, meetings in events.items():
        x += [str(days[meetings[0]][0].date()), str(days[meetings[-1]][0].date()), None]
        y += [rows[country], rows[country], None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"width": 1.2, "color": theme.MUTED},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": "expected",
    }


def _marks(
    state: str, marks: list[Any], vocabulary: Vocabulary, rows: dict[str, int], days: dict[str, Any], chosen: str | None
) -> dict[str, Any]:
    """The marks of one state; how far below the line they lie depends on the difference of the ranks."""
    keys = [f"{cell.country}@{cell.event_id}" for cell in marks]
    is_level = state in vocabulary["levels"] and state != "unknown"
    hover = []
    for cell in marks:
        wanted = f"<br>expected: {escape(cell.office)}" if cell.office else ""
        people = f"<br>{escape(cell.people)}" if cell.people else ""
        hover.append(
            f"<b>{vocabulary.label('countries', cell.country)}</b> at {days[cell.event_id][1]}:<br>{state_in_words(state, vocabulary)}{people}{wanted}"
        )
    return {
        "type": "scatter",
        "mode": "markers",
        "name": state_in_words(state, vocabulary),
        "x": [str(days[cell.event_id][0].date()) for cell in marks],
        "y": [rows[cell.country] + DROP * _steps(cell, vocabulary) for cell in marks],
        "marker": {
            "size": 11 if is_level else 9,
            "symbol": "circle"
            if is_level
            else "x-thin"
            if state in AWAY
            else "circle-open"
            if state == "unknown"
            else "line-ns",
            "color": theme.LEVELS.get(state, theme.MUTED)
            if is_level
            else theme.ACCENT
            if state in AWAY
            else theme.MUTED,
            "line": {
                "width": [2.5 if key == chosen else 0 if is_level else 2 for key in keys],
                "color": [theme.ACCENT if key == chosen or state in AWAY else theme.MUTED for key in keys],
            },
        },
        "customdata": [[key] for key in keys],
        "text": hover,
        "hovertemplate": "%{text}<extra></extra>",
        "unselected": {"marker": {"opacity": 0.4}},
    }


def _steps(cell: Any, vocabulary: Vocabulary) -> float:
    """Levels below the expected one, 4 at most; an absence lies lowest; higher and unknown levels lie on the line."""
    if cell.state in AWAY:
        return 4
    levels = vocabulary["levels"]
    sent = levels[cell.state].rank if cell.state in levels else None
    wanted = levels[cell.expected].rank if cell.expected else None
    return 0.0 if sent is None or wanted is None else min(max(sent - wanted, 0.0), 4.0)


def _periods(trend: pd.DataFrame) -> str:
    """The trend in words: delegations below the expected office, of those comparable, in up to three runs of years."""
    own = trend[trend["comparable"] > 0]
    if own.empty:
        return ""
    parts = min(3, max(1, len(own) // 3))
    size = -(-len(own) // parts)
    found = []
    for start in range(0, len(own), size):
        run = own.iloc[start : start + size]
        years = f"{run['year'].iloc[0]}–{run['year'].iloc[-1]}" if len(run) > 1 else str(run["year"].iloc[0])
        found.append(f"{int(run['below'].sum())} of {int(run['comparable'].sum())} in {years}")
    return f"Lower than expected: {', '.join(found)}. "


def _custom(own: list[Any], rates: pd.DataFrame, vocabulary: Vocabulary) -> str:
    """What the vocabulary notes of the custom of the member that the title names."""
    top = rates[rates["below"] == rates["below"].max()]["country"].tolist()
    notes = (
        [cell.note for cell in own if cell.country in top and cell.note and cell.below is True] if len(top) == 1 else []
    )
    return f". {vocabulary.label('countries', top[0])}: {notes[-1]}" if notes else ""


def _levels_finding(rates: pd.DataFrame, vocabulary: Vocabulary) -> str:
    if not rates["comparable"].sum():
        return "The level that members sent over time"
    most = int(rates["below"].max())
    if not most:
        return "No member is recorded as sending less than the office expected of it"
    top = rates[rates["below"] == most]
    names = listed([vocabulary.label("countries", code) for code in top["country"].head(3)])
    if len(top) > 3:
        names = counted(len(top), "member")
    of = f" ({int(top['comparable'].iloc[0])} delegations of known level)" if len(top) == 1 else " each"
    return f"{names} most often sent less than the office expected: {counted(most, 'time')}{of}"
