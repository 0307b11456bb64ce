"""Where each event stands on the timeline: lanes by series, marks that do not cover one another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.records.scalars import EARLIEST, LATEST
from lib.vocabulary import Vocabulary

PLOT_WIDTH = 900
"""Width in pixels for which marks are kept apart; on a narrower screen some overlap."""

NARROW_WIDTH = 330
"""Width in pixels on a phone: a lane's label is put beside its marks only if it ends before them even there."""

ROW_HEIGHT = 15
LABEL_HEIGHT = 19
LANE_GAP = 8

CROWDED_ROWS = 4
"""A lane that needs more rows than this is drawn in smaller marks."""

SMALLEST = 0.62
"""How far the marks of a crowded lane shrink: the smallest can still be hit with a mouse."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A series' lane; ``top`` and ``bottom`` are pixels from the top of the plot, ``scale`` is the share of their size at which its marks are drawn."""

    series: str
    label: str
    group: str
    top: float
    bottom: float
    scale: float = 1.0


def mark_size(delegations: pd.Series) -> np.ndarray:
    """Diameter in pixels; its square grows with the delegations, so that areas compare."""
    return 7.0 + 2.0 * np.sqrt(delegations.to_numpy(dtype=float))


Period = tuple[dt.date | None, dt.date | None]
"""The days from and to which events are asked for, None where they are not limited."""


def place_marks(
    events: pd.DataFrame,
    vocabulary: Vocabulary,
    labels: Mapping[str, float] | None = None,
    period: Period = (None, None),
) -> tuple[pd.DataFrame, list[Lane], pd.Timestamp, pd.Timestamp]:
    """Lanes for the series in ``events`` and a place in its lane for every event.

    ``labels`` are the widths in pixels of the lanes' labels: a label has a line of its own above the
    marks where it would touch one of them. The axis spans ``period`` as well as the events, so that
    years without any are seen; a bound in years of which no record can be does not. Returns a frame in order of lane and day with event_id, x
    (middle of the days that the dates may mean), y (pixels from the top), size (pixels); the lanes;
    and the first and last day of the axis. Marks of a lane that would touch are piled up from its
    bottom, so that a crowded lane reads as a histogram.
    """
    middle = events["first_day"] + (events["last_day"] - events["first_day"]) / 2
    first = events["first_day"].min() if len(events) else pd.Timestamp("2001-01-01")
    last = events["last_day"].max() if len(events) else pd.Timestamp("2001-12-31")
    asked = [pd.Timestamp(day) for day in period if day and EARLIEST <= day.year <= LATEST]
    first, last = min([first, *asked]), max([last, *asked])
    margin = max((last - first) * 0.02, pd.Timedelta(days=10))
    first, last = first - margin, last + margin
    share = ((middle - first) / (last - first)).to_numpy(dtype=float)
    sizes = mark_size(events["delegations"])
    y = np.zeros(len(events))
    lanes: list[Lane] = []
    top = 0.0
    series_codes = events["series"].astype(str).to_numpy()
    for word, entry in vocabulary["series"].items():
        members = np.flatnonzero(series_codes == word)
        if not len(members):
            continue
        rows, scale = _pile(share[members] * PLOT_WIDTH, sizes[members])
        sizes[members] *= scale
        pitch = ROW_HEIGHT if scale == 1 else 0
        heights = np.array([max(pitch, sizes[members][rows == row].max() + 1) for row in range(rows.max() + 1)])
        free = labels is not None and labels.get(word, NARROW_WIDTH) < share[members].min() * NARROW_WIDTH - 8
        bottom = top + (0 if free else LABEL_HEIGHT) + max(heights.sum(), ROW_HEIGHT) + LANE_GAP
        y[members] = (bottom - LANE_GAP / 2 - np.cumsum(heights) + heights / 2)[rows]
        lanes.append(Lane(word, entry.brief, entry.group, top, bottom, scale))
        top = bottom
    marks = pd.DataFrame({"event_id": events["event_id"].to_numpy(), "x": middle.to_numpy(), "y": y, "size": sizes})
    return marks, lanes, first, last


def _pile(position: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, float]:
    """The row of each mark, and the share of their size at which few enough rows are needed, or the smallest."""
    for scale in (1.0, 0.8, SMALLEST):
        rows = _stack(position, sizes * scale)
        if rows.max() < CROWDED_ROWS:
            break
    return rows, scale


def _stack(position: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """The row of each mark: the first one in which it touches no mark before it."""
    rows = np.zeros(len(position), dtype=int)
    edges: list[float] = []
    for index in np.argsort(position, kind="stable"):
        left, right = position[index] - sizes[index] / 2, position[index] + sizes[index] / 2
        row = next((row for row, edge in enumerate(edges) if edge <= left + 1), len(edges))
        if row == len(edges):
            edges.append(right)
        edges[row] = right
        rows[index] = row
    return rows
