"""Events as marks on rows over the years, coloured by level: the people of a country, the series of a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lib.analysis.rows import rows_of
from lib.figures import theme
from lib.figures.theme import escape
from lib.filters.masks import is_one_of
from lib.records.dates import parse_date
from lib.text import day_in_words
from lib.vocabulary import Vocabulary

ROW = 25
"""Height of a row in pixels."""

Mark = tuple[str, int, str, str]
"""Event, row from the top, level, and what is said of it before the event (as HTML)."""


def strip(
    labels: Sequence[str],
    marks: Sequence[Mark],
    events: pd.DataFrame,
    vocabulary: Vocabulary,
    chosen: str | None = None,
) -> dict[str, Any]:
    """The figure of ``marks`` on rows named ``labels`` (HTML); choosing a mark selects its event, ``chosen`` is ringed. ``events`` hold the events of the marks."""
    facts = {
        event: (str((first + (last - first) / 2).date()), f"{escape(title)}, {day_in_words(parse_date(start))}")
        for event, first, last, title, start in rows_of(
            events,
            "event_id",
            "first_day",
            "last_day",
            "title",
            "start",
            where=is_one_of(events["event_id"], list({mark[0] for mark in marks})),
        )
    }
    traces = []
    for level in vocabulary["levels"]:
        same = [mark for mark in marks if mark[2] == level]
        if same:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": vocabulary.label("levels", level),
                    "x": [facts[event][0] for event, *_ in same],
                    "y": [row for _, row, *_ in same],
                    "marker": {
                        "size": 10,
                        "color": theme.LEVELS.get(level, theme.MUTED),
                        "opacity": 0.85,
                        "line": {"width": [3 if event == chosen else 0 for event, *_ in same], "color": theme.ACCENT},
                    },
                    "customdata": [[event] for event, *_ in same],
                    "unselected": {"marker": {"opacity": 0.35}},
                    "text": [f"{said}<br>at {facts[event][1]}" for event, _, _, said in same],
                    "hovertemplate": "%{text}<extra></extra>",
                }
            )
    days = [pd.Timestamp(facts[event][0]) for event, *_ in marks]
    head = theme.dates_height(min(days), max(days))
    layout = theme.layout(
        ROW * len(labels) + head + 4,
        margin={"l": 0, "r": 12, "t": head, "b": 4},
        clickmode="event+select",
        xaxis=theme.dates(side="top", showgrid=True, automargin=False),
        yaxis=theme.axis(
            tickvals=list(range(len(labels))),
            ticktext=list(labels),
            range=[len(labels) - 0.4, -0.6],
            ticklabelstandoff=6,
            showgrid=True,
            automargin="width",
        ),
    )
    return {"data": traces, "layout": layout}
