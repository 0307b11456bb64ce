"""What was said: how often, by whom, in what form, over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd

from lib.analysis.rows import rows_of
from lib.figures import theme
from lib.figures.chart import Chart, samples
from lib.figures.theme import escape
from lib.text import counted, listed
from lib.vocabulary import JOINT_TEXT, MEETING, TOGETHER, Vocabulary

ROW = 32
"""Height of a theme's row in pixels."""

AXIS = 28
"""Height of the numbers below the bars in pixels."""

NOTHING = "No point passes these filters."


def _labels(vocabulary: Vocabulary, words: Sequence[str]) -> list[str]:
    return [vocabulary.label("themes", word) for word in words]


def _ticks(places: Sequence[Any], names: Sequence[str]) -> dict[str, Any]:
    """Settings of an axis that names its rows, long names in two lines."""
    return {
        "tickvals": list(places),
        "ticktext": [theme.wrapped(name) for name in names],
        "tickfont": {"size": 12},
        "automargin": "width",
    }


def often_chart(
    often: pd.DataFrame,
    vocabulary: Vocabulary,
    words: str,
    events: int,
    who: str = "",
    chosen: str | None = None,
    limit: int = 16,
) -> Chart:
    """Bars by theme: at how many of ``events`` it was raised; choosing a bar selects the theme. ``who`` names the actors asked for, if any."""
    table = often.assign(theme=_labels(vocabulary, often["theme"]), share=(100 * often["share"]).round(1)).rename(
        columns={"share": "share in %"}
    )
    if often.empty:
        return Chart.nothing("How often each theme was raised", words, table, NOTHING)
    top = often.head(limit)
    keys = top["theme"].tolist()
    names = _labels(vocabulary, keys)
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": top["events"].tolist(),
        "customdata": [[word] for word in keys],
        **theme.bars(theme.MAIN, keys, chosen, keys),
        "text": [
            f"{count}  <span style='font-size:11px'>{share:.0%}</span>"
            for count, share in zip(top["events"], top["share"], strict=True)
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
        "hovertemplate": f"%{{y}} was raised{f' by {escape(who)}' if who else ''} at %{{x}} of {counted(events, 'event')}<extra></extra>",
    }
    layout = theme.layout(
        ROW * len(top) + 8,
        margin={"l": 0, "r": 8, "t": 4, "b": 4},
        bargap=0.32,
        clickmode="event+select",
        xaxis=theme.axis(showticklabels=False, automargin=False, range=[0, int(top["events"].max()) * 1.42]),
        yaxis=theme.axis(autorange="reversed", ticklabelstandoff=6, **_ticks(names, names)),
    )
    title = f"{names[0]} was raised{f' by {who}' if who else ''} at {int(top['events'].iloc[0])} of {counted(events, 'event')}"
    subtitle = f"Events at which each theme was raised, themes below it included, of all that pass the filters other than theme, actor and form. {words}"
    alt = f"Bar chart of themes by events: {listed([f'{name} {count}' for name, count in list(zip(names, top['events'], strict=True))[:5]])}."
    return Chart(title, subtitle, {"data": [trace], "layout": layout}, alt, table, selectable=True)


def whom_chart(
    whom: pd.DataFrame, vocabulary: Vocabulary, words: str, reporting: str, chosen: str | None = None
) -> Chart:
    """Theme x actor, sized by events; choosing a dot selects ``<theme>@<actor>``. ``reporting`` says whose words the sources give."""
    table = whom.assign(theme=_labels(vocabulary, whom["theme"]), by=[vocabulary.party(word) for word in whom["by"]])
    if whom.empty:
        return Chart.nothing("Who is recorded as raising what", words, table, NOTHING)
    themes, actors = (
        list(dict.fromkeys(whom["theme"])),
        list(dict.fromkeys(whom.sort_values("events", ascending=False)["by"])),
    )
    actors = [*(word for word in TOGETHER if word in actors), *(word for word in actors if word not in TOGETHER)]
    top = float(whom["events"].max())
    keys = [f"{word}@{actor}" for word, actor in zip(whom["theme"], whom["by"], strict=True)]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [actors.index(a) for a in whom["by"]],
        "y": [themes.index(t) for t in whom["theme"]],
        "marker": {
            "size": [8 + 24 * (n / top) ** 0.5 for n in whom["events"]],
            "opacity": 0.9,
            "color": [
                {"joint": theme.FORMS[JOINT_TEXT], MEETING: theme.FORMS["agenda"]}.get(actor, theme.GROUPS["forums"])
                for actor in whom["by"]
            ],
            "line": {"width": [2.5 if key == chosen else 0 for key in keys], "color": theme.ACCENT},
        },
        "text": [str(n) if 8 + 24 * (n / top) ** 0.5 >= 17 else "" for n in whom["events"]],
        "textfont": {"size": 10, "color": [theme.INK if actor == MEETING else "#ffffff" for actor in whom["by"]]},
        "customdata": [[key] for key in keys],
        "hovertext": [
            f"{vocabulary.party(a)}: {vocabulary.label('themes', t)} at {counted(n, 'event')}"
            for t, a, n in rows_of(whom, "theme", "by", "events")
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 0.4}},
    }
    layout = theme.layout(
        ROW * len(themes) + 110,
        margin={"l": 0, "r": 4, "t": 96, "b": 4},
        clickmode="event+select",
        xaxis=theme.axis(
            side="top",
            tickvals=list(range(len(actors))),
            ticktext=[vocabulary.party(word) for word in actors],
            tickangle=-50,
            range=[-0.7, len(actors) - 0.3],
        ),
        yaxis=theme.axis(
            range=[len(themes) - 0.4, -0.6],
            showgrid=True,
            ticklabelstandoff=6,
            **_ticks(list(range(len(themes))), _labels(vocabulary, themes)),
        ),
    )
    subtitle = f"Events at which the sources report each actor on each theme; joint texts in green, and in grey what is reported of the meeting as such, as a rule its agenda. {reporting} {words}"
    alt = f"Dot matrix of {counted(len(themes), 'theme')} by {counted(len(actors), 'actor')}; the same numbers are in the table."
    return Chart(
        "Who is recorded as raising what",
        subtitle,
        {"data": [trace], "layout": layout},
        alt,
        table,
        selectable=True,
        wide=True,
    )


def form_chart(forms: pd.DataFrame, vocabulary: Vocabulary, words: str, chosen: str | None = None) -> Chart:
    """Stacked shares by theme of the forms in which its points were made; choosing a part selects ``<theme>:<form>``."""
    table = forms.assign(
        theme=_labels(vocabulary, forms["theme"]),
        form=[vocabulary.label("mention-forms", word) for word in forms["form"]],
    )
    if forms.empty:
        return Chart.nothing("In what form", words, table, NOTHING)
    rows = list(rows_of(forms, "theme", "form", "points"))
    totals: Counter[str] = Counter()
    for word, _, points in rows:
        totals[word] += points
    names = dict(zip(totals, _labels(vocabulary, list(totals)), strict=True))
    traces = []
    drawn = {f"{word}:{form}" for word, form, _ in rows}
    for form in dict.fromkeys([*theme.FORMS, *vocabulary["mention-forms"]]):
        color = theme.FORMS.get(form, theme.MUTED)
        own = [(word, points) for word, said, points in rows if said == form]
        if not own:
            continue
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": vocabulary.label("mention-forms", form),
                "x": [points / totals[word] for word, points in own],
                "y": [names[word] for word, _ in own],
                **theme.bars(color, [f"{word}:{form}" for word, _ in own], chosen, drawn),
                "customdata": [[f"{word}:{form}", points] for word, points in own],
                "hovertemplate": "%{y}: %{customdata[1]} points, %{x:.0%}<extra>"
                + vocabulary.label("mention-forms", form)
                + "</extra>",
            }
        )
    layout = theme.layout(
        ROW * len(totals) + 4 + AXIS,
        margin={"l": 0, "r": 20, "t": 4, "b": AXIS},
        barmode="stack",
        bargap=0.32,
        clickmode="event+select",
        xaxis=theme.axis(tickformat=".0%", range=[0, 1], tickvals=[0, 0.5, 1]),
        yaxis=theme.axis(
            autorange="reversed",
            ticklabelstandoff=6,
            categoryorder="array",
            categoryarray=list(names.values()),
            **_ticks(list(names.values()), list(names.values())),
        ),
    )
    joint = sum(points for _, form, points in rows if form == "joint-document") / totals.total()
    title = f"{joint:.0%} of these points stand in a joint document" if joint else "In what form the points were made"
    alt = "Stacked bars of the form of the points by theme; the same numbers are in the table."
    return Chart(
        title,
        f"Points by form, each theme's as 100%; the themes in the order of the events at which they were raised. {words}",
        {"data": traces, "layout": layout},
        alt,
        table,
        selectable=True,
        key=samples(traces),
    )


def time_chart(time: pd.DataFrame, vocabulary: Vocabulary, words: str, thin: str, chosen: str | None = None) -> Chart:
    """Theme x year: events that raised it, of those of the year; choosing a dot selects ``<theme>:<year>``. ``thin`` names thinly covered years."""
    table = time.assign(theme=_labels(vocabulary, time["theme"]), share=(100 * time["share"]).round(1)).rename(
        columns={"of": "events of the year", "share": "share in %"}
    )
    if time.empty:
        return Chart.nothing("Themes over the years", words, table, NOTHING)
    themes = list(dict.fromkeys(time["theme"]))
    keys = [f"{word}:{year}" for word, year in zip(time["theme"], time["year"], strict=True)]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": time["year"].tolist(),
        "y": [themes.index(word) for word in time["theme"]],
        "marker": {
            "size": [4 + 19 * share**0.5 for share in time["share"]],
            "color": theme.MAIN,
            "opacity": 0.85,
            "line": {"width": [2.5 if key == chosen else 0 for key in keys], "color": theme.ACCENT},
        },
        "customdata": [[key] for key in keys],
        "hovertext": [
            f"{vocabulary.label('themes', word)}, {year}: raised at {count} of {counted(of, 'recorded event')}"
            for word, year, count, of in rows_of(time, "theme", "year", "events", "of")
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 0.4}},
    }
    years = [int(time["year"].min()), int(time["year"].max())]
    layout = theme.layout(
        ROW * len(themes) + 44,
        margin={"l": 0, "r": 8, "t": 28, "b": 4},
        clickmode="event+select",
        xaxis=theme.axis(
            side="top",
            tickformat="d",
            range=[years[0] - 0.8, years[1] + 0.8],
            dtick=1 if years[1] - years[0] < 7 else 5,
            showgrid=True,
        ),
        yaxis=theme.axis(
            range=[len(themes) - 0.4, -0.6],
            ticklabelstandoff=6,
            **_ticks(list(range(len(themes))), _labels(vocabulary, themes)),
        ),
    )
    subtitle = f"Larger: a larger share of the year's recorded events raised it{thin}. {words}"
    alt = f"Dots for {counted(len(themes), 'theme')} by year, {years[0]} to {years[1]}, sized by the share of that year's events; the same numbers are in the table."
    return Chart(
        "When each theme was raised, as a share of the year's events",
        subtitle,
        {"data": [trace], "layout": layout},
        alt,
        table,
        selectable=True,
        wide=True,
    )
