"""The frame of a matrix of countries by meetings: heads above the columns, names beside the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lib.figures import theme
from lib.figures.places import column_heads
from lib.vocabulary import Vocabulary

CELL = 27
"""Height of a row in pixels."""


def meeting_grid(
    columns: Mapping[str, int], rows: Mapping[str, int], held: pd.DataFrame, vocabulary: Vocabulary, head: int
) -> dict[str, Any]:
    """The layout for the events ``held``, one a column, and the countries of ``rows``; ``head`` is the height of the heads in pixels.

    ``columns`` and ``rows`` give the places of event ids and of country codes.
    """
    return theme.layout(
        CELL * len(rows) + head + 18,
        margin={"l": 0, "r": 30, "t": head, "b": 8},
        clickmode="event+select",
        xaxis=theme.axis(
            side="top",
            tickmode="array",
            ticklabeloverflow="allow",
            tickvals=list(columns.values()),
            ticktext=column_heads(held, vocabulary),
            tickangle=-60 if len(columns) > theme.UPRIGHT else 0,
            tickfont={"size": 11},
            range=[-0.6, len(columns) - 0.4],
        ),
        yaxis=theme.axis(
            tickvals=list(rows.values()),
            ticktext=[vocabulary.label("countries", code) for code in rows],
            range=[len(rows) - 0.4, -0.6],
            ticklabelstandoff=4,
        ),
    )
