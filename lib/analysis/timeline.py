"""Where each event stands on the timeline: lanes by series, marks that do not cover one another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.vocabulary import Vocabulary

PLOT_WIDTH = 900
"""Width in pixels for which marks are kept apart; on a narrower screen some overlap."""

ROW_HEIGHT = 15
LABEL_HEIGHT = 20
LANE_GAP = 6


@dataclass(frozen=True, slots=True)
class Lane:
    """A series' lane; ``top`` and ``bottom`` are pixels from the top of the plot."""

    series: str
    label: str
    group: str
    top: float
    bottom: float


def mark_size(delegations: pd.Series) -> np.ndarray:
    """Diameter in pixels; its square grows with the delegations, so that areas compare."""
    return 7.0 + 2.0 * np.sqrt(delegations.to_numpy(dtype=float))


def place_marks(events: pd.DataFrame, vocabulary: Vocabulary) -> tuple[pd.DataFrame, list[Lane], pd.Timestamp, pd.Timestamp]:
    """Lanes for the series in ``events`` and a place in its lane for every event.

    Returns a frame in order of lane and day with event_id, x (middle of the days that the dates
    may mean), y (pixels from the top), size (pixels); the lanes; and the first and last day of the
    axis. Marks of a lane that would touch are stacked in rows.
    """
    middle = events["first_day"] + (events["last_day"] - events["first_day"]) / 2
    first = events["first_day"].min() if len(events) else pd.Timestamp("2001-01-01")
    last = events["last_day"].max() if len(events) else pd.Timestamp("2001-12-31")
    margin = max((last - first) * 0.02, pd.Timedelta(days=10))
    first, last = first - margin, last + margin
    position = ((middle - first) / (last - first) * PLOT_WIDTH).to_numpy(dtype=float)
    sizes = mark_size(events["delegations"])
    y = np.zeros(len(events))
    lanes: list[Lane] = []
    top = 0.0
    series_codes = events["series"].astype(str).to_numpy()
    for word, entry in vocabulary["series"].items():
        members = np.flatnonzero(series_codes == word)
        if not len(members):
            continue
        rows = _stack(position[members], sizes[members])
        heights = [max(ROW_HEIGHT, sizes[members][rows == row].max() + 2) for row in range(rows.max() + 1)]
        centres = top + LABEL_HEIGHT + np.cumsum(heights) - np.array(heights) / 2
        y[members] = centres[rows]
        bottom = top + LABEL_HEIGHT + sum(heights) + LANE_GAP
        lanes.append(Lane(word, entry.brief, entry.group, top, bottom))
        top = bottom
    marks = pd.DataFrame({"event_id": events["event_id"].to_numpy(), "x": middle.to_numpy(), "y": y, "size": sizes})
    return marks, lanes, first, last


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
