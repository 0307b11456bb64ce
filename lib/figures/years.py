"""Events by year, with the years shaded that the records do not cover."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lib.figures import theme
from lib.figures.chart import Chart, samples
from lib.text import counted
from lib.vocabulary import Vocabulary


def years_chart(
    counts: pd.DataFrame, thin: Sequence[Sequence[int]], vocabulary: Vocabulary, words: str, chosen: str | None = None
) -> Chart:
    """Stacked bars of recorded events by year and group; choosing a bar selects ``<year>:<group>``.

    ``counts`` is a ``lib.analysis.overview.by_year``; ``thin`` are the runs of years in which fewer than half of the series are covered.
    """
    own = {group: (counts["group"] == group).to_numpy() for group in vocabulary["groups"]}
    own = {group: rows for group, rows in own.items() if rows.any()}
    year, number = counts["year"].to_numpy(), counts["events"].to_numpy()
    distinct, place = np.unique(year, return_inverse=True)
    by_group = {
        group: np.bincount(place[rows], number[rows], len(distinct)).astype("int64") for group, rows in own.items()
    }
    table = pd.DataFrame(
        {"year": distinct, **{vocabulary.label("groups", group): column for group, column in by_group.items()}}
    )
    if counts.empty:
        return Chart.nothing("Recorded events by year", words, table, "No event passes these filters.")
    years = range(int(distinct[0]), int(distinct[-1]) + 1)
    totals = sum(by_group.values())
    whole = int(number.sum())
    peak = int(np.argmax(totals))
    title = (
        f"{counted(whole, 'recorded event')}, {years[0]}–{years[-1]}"
        if len(years) > 1
        else f"{counted(whole, 'recorded event')} in {years[0]}"
    )
    largest = max(by_group, key=lambda group: int(by_group[group].sum()))
    if len(by_group) > 1:
        title += f"; the largest group: {vocabulary.label('groups', largest)}, {int(by_group[largest].sum())}"
    subtitle = words
    if thin:
        subtitle += ". Shaded: years in which fewer than half of these series are covered – more records there is not more events"
    traces = []
    drawn = {f"{one}:{group}" for group, rows in own.items() for one in year[rows]}
    for group, rows in own.items():
        entry = vocabulary["groups"][group]
        keys = [f"{one}:{group}" for one in year[rows]]
        traces.append(
            {
                "type": "bar",
                "name": entry.brief,
                "x": year[rows].tolist(),
                "y": number[rows].tolist(),
                "width": theme.YEAR_WIDTH,
                **theme.bars(theme.GROUPS.get(group, theme.MUTED), keys, chosen, drawn),
                "customdata": [[key] for key in keys],
                "hovertemplate": f"%{{x}}: %{{y}} recorded, {entry.label}<extra></extra>",
            }
        )
    shapes = [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": run[0] - 0.5,
            "x1": run[-1] + 0.5,
            "y0": 0,
            "y1": 1,
            "fillcolor": theme.COVER,
            "line": {"width": 0},
            "layer": "below",
        }
        for run in thin
    ]
    layout = theme.layout(
        370,
        barmode="stack",
        shapes=shapes,
        margin={"l": 0, "r": 8, "t": 8, "b": 24},
        clickmode="event+select",
        xaxis=theme.axis(
            tickformat="d",
            range=[years[0] - 0.6, years[-1] + 0.6],
            dtick=next(step for step in (1, 5, 10, 20, 50, 100, 1000) if len(years) < 9 * step),
            tickangle=0,
            automargin=False,
        ),
        yaxis=theme.axis(showgrid=True, **theme.counting(int(totals[peak])), rangemode="tozero", automargin="width"),
    )
    alt = f"Bar chart of recorded events by year, {years[0]} to {years[-1]}: {whole} in all, most in {distinct[peak]} ({totals[peak]})."
    if thin:
        alt += f" {counted(sum(map(len, thin)), 'year')} shaded because fewer than half of the series are covered then."
    key = samples(traces) if len(traces) > 1 else ()
    return Chart(title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True, key=key)


def thin_years_in_words(thin: Sequence[Sequence[int]]) -> str:
    """A clause that names the runs of years in which fewer than half of the series are covered; empty without any."""
    named = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in thin]
    return f"; fewer than half of the series are covered in {', '.join(named)}" if named else ""
