"""How often each member came."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lib.analysis.rows import named_rows
from lib.figures import theme
from lib.figures.chart import Chart
from lib.text import counted
from lib.vocabulary import Vocabulary

ROW = 27
"""Height of a country's row of the rates in pixels."""

TOO_MANY = 0.25
"""From this share of unknown places on, a chart of rates says first that too much is unknown."""

NO_MEMBERS = "Nobody is a member here: the series has no membership on record, so there is no meeting that a country could have missed."


def rates_chart(
    rates: pd.DataFrame,
    vocabulary: Vocabulary,
    words: str,
    series: str,
    refused: str = "",
    chosen: str | None = None,
    but_for: tuple[str, ...] = (),
) -> Chart:
    """Dots from 0 to 100 % with the range that the unknown meetings leave open; choosing one selects ``<country>@<series>``.

    ``rates`` is a ``lib.analysis.representation.representation``. ``refused`` says why no rate is shown, ``but_for`` names the filters that are the reason.
    """
    table = _rates_table(rates, vocabulary)
    if refused or rates.empty:
        return Chart.nothing(
            "How often each member came",
            words,
            table.iloc[:0] if refused else table,
            refused or NO_MEMBERS,
            but_for=but_for,
        )
    every = named_rows(rates)
    names = [vocabulary.label("countries", row.country) for row in every]
    places = list(range(len(rates)))
    spans: dict[str, list[Any]] = {"x": [], "y": []}
    for place, row in enumerate(every):
        spans["x"] += [row.low, row.high, None]
        spans["y"] += [place, place, None]
    keys = [f"{row.country}@{series}" for row in every]
    sure = [row.unknown == 0 for row in every]
    hover = [_rate_sentence(name, row) for name, row in zip(names, every, strict=True)]
    dots = [place for place in places if every[place].known]
    colors = [theme.ACCENT if keys[place] == chosen else theme.MAIN for place in dots]
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            **spans,
            "line": {"width": 6, "color": "rgba(128,128,128,0.38)"},
            "hoverinfo": "skip",
            "name": "range",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": "rate",
            "x": [every[place].rate for place in dots],
            "y": dots,
            "customdata": [[keys[place]] for place in dots],
            "text": [hover[place] for place in dots],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {
                "size": 12,
                "symbol": ["circle" if sure[place] else "circle-open" for place in dots],
                "color": colors,
                "line": {"width": 2.5, "color": colors},
            },
            "cliponaxis": False,
            "unselected": {"marker": {"opacity": 0.5}},
        },
    ]
    texts = [
        theme.label(_count(row), 1, place, xref="paper", xanchor="right", xshift=126, align="right", font={"size": 12})
        for place, row in enumerate(every)
    ]
    start = 0.0 if rates["low"].min() < 0.5 else 0.5
    layout = theme.layout(
        ROW * len(rates) + 40,
        margin={"l": 0, "r": 132, "t": 26, "b": 8},
        clickmode="event+select",
        annotations=texts,
        xaxis=theme.axis(
            side="top",
            tickformat=".0%",
            range=[start - 0.01, 1.012],
            tickvals=[start, (1 + start) / 2, 1],
            showgrid=True,
        ),
        yaxis=theme.axis(tickvals=places, ticktext=names, range=[len(rates) - 0.4, -0.6], ticklabelstandoff=6),
    )
    open_ones = int(rates["unknown"].sum())
    subtitle = f"{words}. Meetings attended, of those as a member of which its presence is known"
    if open_ones:
        subtitle += (
            f". Hollow: {open_ones} of {int(rates['eligible'].sum())} are not known, and the bar spans what they leave possible; "
            "a partial roster names only who came, so the dot leans right"
        )
    subtitle += ". The axis begins at 50%" if start else ""
    title = _rates_finding(rates, names)
    alt = f"Dot-range chart of {counted(len(rates), 'member')} by the share of meetings attended. {title}."
    return Chart(title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True)


def _count(row: Any) -> str:
    return f"<b>{row.attended}</b> of {row.known}" + (f" · {row.unknown} unknown" if row.unknown else "")


def _rate_sentence(name: str, row: Any) -> str:
    text = f"<b>{name}</b> came to {row.attended} of {counted(row.known, 'meeting')} of which its presence is known"
    text += (
        f"<br>{counted(row.unknown, 'further meeting')} not known: from {row.low:.0%} to {row.high:.0%}"
        if row.unknown
        else ""
    )
    return text + (f"<br>level not stated at {row.level_unknown} of {row.attended}" if row.attended else "")


def _rates_finding(rates: pd.DataFrame, names: list[str]) -> str:
    unknown, places = int(rates["unknown"].sum()), int(rates["eligible"].sum())
    if unknown >= TOO_MANY * places:
        return f"Who came is not known for {unknown} of {places} places of members: too many rosters are partial to compare rates"
    missed = [
        (name, row)
        for name, row in zip(names, named_rows(rates), strict=True)
        if row.known and row.attended < row.known
    ]
    if not missed:
        return "Every member came to every meeting of which its presence is known"
    name, row = missed[-1]
    others = sum(row.known > 0 and row.attended == row.known for row in named_rows(rates))
    rest = f"; {counted(others, 'member')} missed none" if others else ""
    return f"{name} came to {row.attended} of {counted(row.known, 'meeting')} of which its presence is known{rest}"


def _rates_table(rates: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """The counts in words; the interval only where the meetings are a selection."""

    def percent(name: str) -> Any:
        return (100 * rates[name].to_numpy()).round(1)

    own = {
        name: rates[name].to_numpy()
        for name in (
            "eligible",
            "attended",
            "absent",
            "not_listed",
            "unknown",
            "known",
            "standing_unknown",
            "level_unknown",
            "comparable",
            "below",
        )
    }
    table = pd.DataFrame(
        {
            "country": [vocabulary.label("countries", code) for code in rates["country"].tolist()],
            "meetings as a member": own["eligible"],
            "attended": own["attended"],
            "absent (stated)": own["absent"],
            "not in a complete roster": own["not_listed"],
            "not known": own["unknown"],
            "rate in %": percent("rate"),
            "of": own["known"],
            "lowest in %": percent("low"),
            "highest in %": percent("high"),
            "membership not certain": own["standing_unknown"],
            "level not stated": own["level_unknown"],
            "level comparable": own["comparable"],
            "less than expected": own["below"],
        }
    )
    if rates["wilson_low"].notna().any():
        table["if drawn by chance, from %"] = percent("wilson_low")
        table["to %"] = percent("wilson_high")
    return table
