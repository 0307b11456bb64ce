"""One person: where and when, in rows by series."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from lib.analysis.rows import rows_of
from lib.figures.chart import Chart, samples
from lib.figures.strip import strip
from lib.figures.theme import escape
from lib.text import counted
from lib.vocabulary import Vocabulary


def person_chart(
    came: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, name: str, words: str, chosen: str | None = None
) -> Chart:
    """A row for each series with a mark for each event, coloured by level; choosing one selects the event.

    ``came`` is a ``lib.analysis.person.by_event``. The series in the order in which the person first came.
    """
    titles, starts = (dict(rows_of(events, "event_id", column)) for column in ("title", "start"))
    cells = list(rows_of(came.iloc[::-1], "event_id", "series", "level", "roles"))
    table = pd.DataFrame(
        {
            "start": [starts[event] for event, *_ in cells],
            "event": [titles[event] for event, *_ in cells],
            "series": [vocabulary.label("series", series) for _, series, *_ in cells],
            "level": [vocabulary.label("levels", level) for *_, level, _ in cells],
            "office": [roles for *_, roles in cells],
        }
    )
    if not cells:
        return Chart.nothing(
            f"Where {name} came", words, table, f"No record of this selection names {name} among those who came."
        )
    counts = Counter(series for _, series, *_ in cells)
    rows = {series: place for place, series in enumerate(counts)}
    marks = [
        (
            event,
            rows[series],
            level,
            f"<b>{escape(vocabulary.label('levels', level))}</b>{f', {escape(roles)},' if roles else ''}",
        )
        for event, series, level, roles in cells
    ]
    spec = strip(
        [f"{escape(vocabulary.brief('series', series))} <b>{count}</b>" for series, count in counts.items()],
        marks,
        events,
        vocabulary,
        chosen,
    )
    most, number = counts.most_common(1)[0]
    title = f"{name} is named at {counted(len(cells), 'event')}"
    title += (
        f", {number} of them in the series {vocabulary.brief('series', most)}"
        if len(counts) > 1
        else f" of the series {vocabulary.brief('series', most)}"
    )
    subtitle = f"Events by series, in the order in which {name} first came, by the level that day. {words}"
    alt = f"Strip chart of {counted(len(cells), 'event')} in {counted(len(counts), 'series', 'series')}, by level. {title}."
    return Chart(title, subtitle, spec, alt, table, selectable=True, key=samples(spec["data"]))
