"""Country x meeting, with every state told apart: level sent, absent, not a member then, not known."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from lib.analysis.representation import AWAY, NOT_MEMBER, STATES
from lib.analysis.rows import named_rows, rows_of
from lib.figures import theme
from lib.figures.chart import Chart, samples
from lib.figures.meeting_grid import meeting_grid
from lib.figures.states import CAPACITIES, SIGNS, WORDS, ink, sign, state_in_words
from lib.figures.theme import escape
from lib.filters.masks import is_one_of
from lib.records.dates import parse_date
from lib.text import counted, day_in_words
from lib.vocabulary import Vocabulary


def cells_table(cells: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """The table twin of ``cells``, a ``lib.analysis.representation.presence``: labels in place of ids."""
    days = dict(rows_of(events, "event_id", "start"))
    less = {True: "yes", False: "no"}
    return pd.DataFrame(
        {
            "country": [vocabulary.label("countries", code) for code in cells["country"].tolist()],
            "day": [days[event] for event in cells["event_id"].tolist()],
            "event": cells["event_id"].array,
            "standing": cells["standing"].array,
            "level sent": [state_in_words(state, vocabulary) for state in cells["state"].tolist()],
            "people": cells["people"].array,
            "office held": cells["roles"].array,
            "office expected": cells["office"].array,
            "level expected": [vocabulary.label("levels", word) if word else "" for word in cells["expected"].tolist()],
            "less than expected": pd.array([less.get(below, "") for below in cells["below"].tolist()], dtype="str"),
        },
        index=cells.index,
    )


def presence_chart(
    cells: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, words: str, chosen: str | None = None
) -> Chart:
    """Squares coloured by level, with signs for the other states; choosing one selects ``<country>@<event id>``.

    ``cells`` is a ``lib.analysis.representation.presence`` of ``events``. Countries in order of meetings attended.
    """
    table = cells_table(cells, events, vocabulary)
    if cells.empty:
        return Chart.nothing(
            "Who was sent, country by meeting",
            words,
            table,
            "No held meeting of this selection has a recorded delegation.",
        )
    every = named_rows(cells)
    by_state: dict[str, list[Any]] = defaultdict(list)
    for cell in every:
        by_state[cell.state].append(cell)
    held = events[is_one_of(events["event_id"], list(dict.fromkeys(cell.event_id for cell in every)))]
    columns = {event: place for place, event in enumerate(held["event_id"].tolist())}
    came = Counter(cell.country for cell in every if cell.state not in STATES)
    countries = sorted({cell.country for cell in every}, key=lambda code: (-came[code], code))
    rows = {code: place for place, code in enumerate(countries)}
    where = {
        event: f"{escape(title)}, {day_in_words(parse_date(start))}"
        for event, title, start in rows_of(held, "event_id", "title", "start")
    }
    size = max(9, min(20, int(780 / max(len(columns), 1)) - 5))
    traces = [
        _trace(state, by_state[state], vocabulary, columns, rows, where, size, chosen)
        for state in [*vocabulary["levels"], *WORDS]
    ]
    traces = [trace for trace in traces if trace]
    layout = meeting_grid(columns, rows, held, vocabulary, head=86)
    members = [cell for cell in every if cell.standing == "member"]
    title = _finding(every, members)
    subtitle = ". ".join(part for part in (words, _signs_in_words(every, members)) if part)
    alt = f"Matrix of {counted(len(countries), 'country', 'countries')} by {counted(len(columns), 'meeting')}. {title}. The same cells are in the table."
    return Chart(
        title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True, wide=True, key=samples(traces)
    )


def _trace(
    state: str,
    own: list[Any],
    vocabulary: Vocabulary,
    columns: dict[str, int],
    rows: dict[str, int],
    where: dict[str, str],
    size: int,
    chosen: str | None,
) -> dict[str, Any] | None:
    if not own:
        return None
    color = theme.COVER if state == NOT_MEMBER else theme.LEVELS.get(state)
    keys = [f"{cell.country}@{cell.event_id}" for cell in own]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": f"{SIGNS.get(state, '')} {state_in_words(state, vocabulary)}".strip(),
        "x": [columns[cell.event_id] for cell in own],
        "y": [rows[cell.country] for cell in own],
        "marker": {
            "symbol": "square" if color else "square-open",
            "size": size,
            "color": color or theme.MUTED,
            "line": {
                "width": [2.5 if key == chosen else 0 if color else 0.6 for key in keys],
                "color": [theme.ACCENT if key == chosen else theme.MUTED for key in keys],
            },
        },
        "text": [_sign(cell) for cell in own],
        "textfont": {"size": 11, "color": ink(state)},
        "textposition": "middle center",
        "customdata": [[key] for key in keys],
        "hovertext": [_sentence(cell, where[cell.event_id], vocabulary) for cell in own],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 0.45}},
    }


def _sign(cell: Any) -> str:
    return "▼" if cell.below is True and not SIGNS.get(cell.state) else sign(cell.state, cell.capacity)


def _signs_in_words(cells: list[Any], members: list[Any]) -> str:
    """The meaning of the signs that occur in ``cells``."""
    states, unknown = (
        {cell.state for cell in cells},
        sum(cell.state in ("unknown-roster", "unknown") for cell in members),
    )
    found = [
        text
        for text, occurs in (
            ("▼ lower than the office expected of that country that day", any(cell.below is True for cell in members)),
            ("× absent, a source says so", "absent" in states),
            ("– not in the complete roster", "not-listed" in states),
            (f"? not known, or its level is not ({unknown} of {len(members)} cells of members)", unknown),
            ("grey: not a member then", NOT_MEMBER in states),
            ("o observer, g guest, p partner", any(cell.capacity in CAPACITIES for cell in cells)),
        )
        if occurs
    ]
    return "; ".join(found)


def _sentence(cell: Any, where: str, vocabulary: Vocabulary) -> str:
    """A cell in words, with the office that was expected where another came."""
    text = (
        f"<b>{vocabulary.label('countries', cell.country)}</b> at {where}:<br>{state_in_words(cell.state, vocabulary)}"
    )
    text += (
        f" ({vocabulary.label('capacities', cell.capacity).lower()})"
        if cell.capacity and cell.state not in WORDS
        else ""
    )
    text += f"<br>{escape(cell.people)}" if cell.people else ""
    return text + (
        f"<br>expected: {escape(cell.office)}" if cell.below is True or (cell.state in AWAY and cell.office) else ""
    )


def _finding(cells: list[Any], members: list[Any]) -> str:
    """How many delegations of members came below the expected office; without offices, how many countries came."""
    comparable, below = sum(cell.below is not pd.NA for cell in members), sum(cell.below is True for cell in members)
    if not comparable:
        there = len({cell.country for cell in cells if cell.state not in STATES})
        return f"{counted(there, 'country', 'countries')} came to {counted(len({cell.event_id for cell in cells}), 'meeting')}"
    away = sum(cell.state in AWAY for cell in members)
    stayed = f"; {counted(away, 'absence is', 'absences are')} known" if away else ""
    return f"{below} of {counted(comparable, 'member delegation')} were led below the office expected{stayed}"
