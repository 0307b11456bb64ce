"""Country x meeting: the level that each country sent."""

from __future__ import annotations

import pandas as pd

from lib.figures import theme
from lib.figures.chart import Chart, samples
from lib.figures.meeting_grid import meeting_grid
from lib.figures.states import SIGNS, WORDS, ink, sign, state_in_words
from lib.figures.theme import escape
from lib.records.dates import parse_date
from lib.text import counted, day_in_words
from lib.vocabulary import Vocabulary


def matrix_chart(
    matrix: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, words: str, chosen: str | None = None
) -> Chart:
    """Squares coloured by level; choosing one selects ``<country>@<event id>``.

    ``matrix`` is a ``lib.analysis.participants.level_matrix`` of ``events``.
    """
    twin = matrix.assign(
        country=[vocabulary.label("countries", code) for code in matrix["country"]],
        state=[state_in_words(state, vocabulary) for state in matrix["state"]],
    )
    table = twin.rename(columns={"event_id": "event", "state": "level sent"})
    if matrix.empty:
        return Chart.nothing(
            "Level sent by country and meeting",
            words,
            table,
            "No held meeting of this selection has a recorded delegation; exercises and transfers have no matrix.",
        )
    held = events[events["event_id"].isin(matrix["event_id"])]
    columns = {event: place for place, event in enumerate(held["event_id"])}
    countries = list(dict.fromkeys(matrix["country"]))
    rows = {code: place for place, code in enumerate(countries)}
    titles = dict(zip(held["event_id"], held["title"], strict=True))
    days = {
        event: day_in_words(parse_date(start)) for event, start in zip(held["event_id"], held["start"], strict=True)
    }
    size = max(9, min(20, int(760 / max(len(columns), 1)) - 5))
    traces = []
    cells = list(matrix.itertuples(index=False))
    for state in [*vocabulary["levels"], *WORDS]:
        own = [cell for cell in cells if cell.state == state]
        if not own:
            continue
        color = theme.LEVELS.get(state)
        keys = [f"{cell.country}@{cell.event_id}" for cell in own]
        hover = [
            f"<b>{vocabulary.label('countries', cell.country)}</b> at {escape(titles[cell.event_id])}, {days[cell.event_id]}:<br>{state_in_words(state, vocabulary)}"
            + (f" ({vocabulary.label('capacities', cell.capacity).lower()})" if isinstance(cell.capacity, str) else "")
            + (f"<br>{escape(cell.people)}" if cell.people else "")
            for cell in own
        ]
        traces.append(
            {
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
                        "width": [2.5 if key == chosen else 0.8 for key in keys],
                        "color": [theme.ACCENT if key == chosen else theme.MUTED for key in keys],
                    },
                },
                "text": [sign(cell.state, cell.capacity) for cell in own],
                "textfont": {"size": 11, "color": ink(state)},
                "textposition": "middle center",
                "customdata": [[key] for key in keys],
                "hovertext": hover,
                "hovertemplate": "%{hovertext}<extra></extra>",
                "unselected": {"marker": {"opacity": 0.45}},
            }
        )
    layout = meeting_grid(columns, rows, held, vocabulary, head=78)
    unknown = int(matrix["state"].isin(["unknown", "unknown-roster"]).sum())
    title = _finding(matrix, vocabulary) or f"Who was sent to {counted(len(columns), 'event')}, by level"
    subtitle = (
        f"{words}. × a source states the absence; – not in the complete roster; ? not known ({unknown} of {len(matrix)} cells); "
        "o observer, g guest, p partner; blank: not a member then, or nothing is known"
    )
    alt = f"Matrix of {counted(len(countries), 'country', 'countries')} by {counted(len(columns), 'event')}; {_summary(matrix, vocabulary)}."
    return Chart(
        title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True, wide=True, key=samples(traces)
    )


def _finding(matrix: pd.DataFrame, vocabulary: Vocabulary) -> str:
    """How many of the delegations whose level is known were led at the commonest level."""
    known = matrix["state"][~matrix["state"].isin([*WORDS, "unknown"])]
    if known.empty:
        return ""
    level, count = known.mode().iloc[0], int(known.value_counts().iloc[0])
    label = vocabulary.label("levels", level).lower()
    return f"{count} of {counted(len(known), 'delegation')} of known level were led by {'an' if label[0] in 'aeiou' else 'a'} {label}"


def _summary(matrix: pd.DataFrame, vocabulary: Vocabulary) -> str:
    counts = matrix["state"].value_counts()
    return ", ".join(f"{state_in_words(state, vocabulary)} {count}" for state, count in counts.head(5).items())
