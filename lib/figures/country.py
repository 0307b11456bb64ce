"""One country: its people over the years, and its levels by series."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from lib.analysis.rows import rows_of
from lib.figures import theme
from lib.figures.chart import Chart, samples
from lib.figures.strip import ROW, strip
from lib.figures.theme import escape
from lib.filters.masks import attended
from lib.text import counted
from lib.vocabulary import Vocabulary


def people_chart(
    own: pd.DataFrame,
    people: pd.DataFrame,
    events: pd.DataFrame,
    vocabulary: Vocabulary,
    country: str,
    words: str,
    chosen: str | None = None,
    limit: int = 22,
) -> Chart:
    """A row for each person with a mark for each event, coloured by level; choosing one selects the event.

    ``own`` are the rows of ``lib.analysis.country.of_country``, ``people`` the ``lib.analysis.people.people`` among them. The people with the most events, in
    the order in which they first came.
    """
    name = vocabulary.label("countries", country)
    table = _people_table(people, vocabulary)
    there = list(rows_of(own, "event_id", "name", "role", "level", where=attended(own)))
    total = len({event for event, *_ in there})
    unnamed = total - len({event for event, name, *_ in there if isinstance(name, str)})
    if people.empty:
        return Chart.nothing(
            f"Who represented {name}",
            words,
            table,
            f"No record of this selection names anybody who represented {name}.",
        )
    top = people.head(limit).sort_values(["first", "latest"], kind="stable")
    rows = {spelling: place for place, spellings in enumerate(top["spellings"]) for spelling in spellings}
    marks = [
        (event, rows[person], level, f"<b>{escape(person)}</b>{f', {escape(role)},' if isinstance(role, str) else ''}")
        for event, person, role, level in there
        if person in rows
    ]
    spec = strip(
        [f"{escape(person)} <b>{count}</b>" for person, count in zip(top["name"], top["events"], strict=True)],
        marks,
        events,
        vocabulary,
        chosen,
    )
    first = people.iloc[0]
    title = f"{first['name']} represented {name} at {first['events']} of the {counted(total, 'event')} that it attended"
    more = len(people) - len(top)
    subtitle = f"People by event, in the order in which they first came. {words}"
    subtitle += f". {counted(more, 'further person', 'further people')} in the table" if more else ""
    subtitle += f"; at {counted(unnamed, 'event')} the sources name nobody" if unnamed else ""
    alt = f"Strip chart of {counted(len(top), 'person', 'people')} who represented {name}, by event and level. {title}."
    return Chart(title, subtitle, spec, alt, table, selectable=True, key=samples(spec["data"]))


def _people_table(every: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": every["name"].array,
            "events": every["events"].array,
            "first": every["first"].array,
            "latest": every["latest"].array,
            "offices, the latest first": ["; ".join(roles) for roles in every["roles"].tolist()],
            "levels": [
                "; ".join(vocabulary.label("levels", level) for level in levels) for levels in every["levels"].tolist()
            ],
        }
    )


def series_chart(
    counts: pd.DataFrame, vocabulary: Vocabulary, country: str, words: str, chosen: str | None = None, limit: int = 16
) -> Chart:
    """Bars by series, parted by the level sent; choosing a part selects ``<country>@<series>``. The series with the most events.

    ``counts`` is a ``lib.analysis.country.levels_by_series``.
    """
    name = vocabulary.label("countries", country)
    cells = list(rows_of(counts, "series", "level", "events"))
    table = counts.assign(
        series=[vocabulary.label("series", series) for series, _, _ in cells],
        level=[vocabulary.label("levels", level) for _, level, _ in cells],
    )
    if counts.empty:
        return Chart.nothing(
            f"Series that {name} attended",
            words,
            table,
            f"{name} is not recorded as present at an event of this selection.",
        )
    every: Counter[str] = Counter()
    for word, _, events in cells:
        every[word] += events
    totals = dict(list(every.items())[:limit])
    labels = {word: vocabulary.brief("series", word) for word in totals}
    traces = []
    for level in vocabulary["levels"]:
        same = [(word, events) for word, own_level, events in cells if own_level == level and word in totals]
        if same:
            keys = [f"{country}@{word}" for word, _ in same]
            traces.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": vocabulary.label("levels", level),
                    "customdata": [[key] for key in keys],
                    "x": [events for _, events in same],
                    "y": [labels[word] for word, _ in same],
                    **theme.bars(
                        theme.LEVELS.get(level, theme.MUTED), keys, chosen, [f"{country}@{word}" for word in totals]
                    ),
                    "hovertemplate": f"{escape(name)} at %{{y}}: %{{x}} at the level {vocabulary.label('levels', level).lower()}<extra></extra>",
                }
            )
    ends = [theme.label(str(total), total, labels[word], xshift=4, font={"size": 12}) for word, total in totals.items()]
    layout = theme.layout(
        ROW * len(totals) + 8,
        barmode="stack",
        bargap=0.3,
        margin={"l": 0, "r": 8, "t": 4, "b": 4},
        clickmode="event+select",
        annotations=ends,
        xaxis=theme.axis(showticklabels=False, automargin=False, range=[0, max(totals.values()) * 1.2]),
        yaxis=theme.axis(
            autorange="reversed",
            ticklabelstandoff=6,
            categoryorder="array",
            categoryarray=list(labels.values()),
            automargin="width",
        ),
    )
    levels: Counter[str] = Counter()
    for _, level, events in cells:
        levels[level] += events
    known = {level: events for level, events in levels.items() if level not in ("unknown", "units")}
    title = f"{name} came to {counted(len(every), 'series', 'series')}"
    if known:
        level = min(known, key=lambda word: (-known[word], word))
        label = vocabulary.label("levels", level).lower()
        title = f"{known[level]} of {counted(sum(known.values()), 'delegation')} of known level were led by {'an' if label[0] in 'aeiou' else 'a'} {label}"
    subtitle = f"Events that {name} attended, by series and by the highest level sent; the level is not stated at {levels['unknown']} of {levels.total()}"
    subtitle += f"; at {levels['units']} more it sent military units, which have no level" if levels["units"] else ""
    subtitle += f". {words}"
    subtitle += (
        f". {counted(len(every) - len(totals), 'further series', 'further series')} in the table"
        if len(every) > len(totals)
        else ""
    )
    alt = f"Stacked bars of {counted(len(totals), 'series', 'series')} by level. {title}."
    return Chart(title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True, key=samples(traces))
