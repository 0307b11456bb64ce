"""Countries by the events that they attended."""

from __future__ import annotations

import pandas as pd

from lib.figures import theme
from lib.figures.chart import Chart, samples
from lib.text import counted
from lib.vocabulary import Vocabulary

FAMILIES = {
    "meeting": ("meetings", theme.MAIN),
    "exercise": ("exercises", "#c67a17"),
    "transfer": ("transfers", "#9b6bbd"),
}


def ranking_chart(
    delegations: pd.DataFrame, vocabulary: Vocabulary, words: str, chosen: str | None = None, limit: int = 18
) -> Chart:
    """Bars by country, with meetings, exercises and transfers told apart; choosing a bar selects the country.

    The title names the first country only where no other has as many events.
    """
    named = delegations.assign(country=[vocabulary.label("countries", code) for code in delegations["country"]])
    table = named.rename(columns={family: words_ for family, (words_, _) in FAMILIES.items()})
    if delegations.empty:
        return Chart.nothing(
            "Delegations by country",
            words,
            table,
            "No country is recorded as present at a held event of this selection.",
        )
    top = delegations.head(limit)
    codes, names = top["country"].tolist(), named["country"].head(limit).tolist()
    traces = []
    for family, (label, color) in FAMILIES.items():
        if not top[family].any():
            continue
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": label,
                "y": names,
                "x": top[family].tolist(),
                "customdata": [[code] for code in codes],
                **theme.bars(color, codes, chosen, codes),
                "hovertemplate": f"%{{y}} attended %{{x}} {label}<extra></extra>",
            }
        )
    totals = [
        theme.label(str(total), total, name, xshift=4, font={"size": 12})
        for name, total in zip(names, top["events"], strict=True)
    ]
    layout = theme.layout(
        25 * len(top) + 12,
        margin={"l": 0, "r": 8, "t": 4, "b": 4},
        barmode="stack",
        bargap=0.3,
        clickmode="event+select",
        annotations=totals,
        xaxis=theme.axis(
            showticklabels=False,
            automargin=False,
            range=[0, int(top["events"].max()) * (1.11 + 0.03 * len(str(top["events"].max())))],
        ),
        yaxis=theme.axis(autorange="reversed", tickfont={"size": 13}, ticklabelstandoff=6, automargin="width"),
    )
    more = len(delegations) - len(top)
    most = int(delegations["events"].iloc[0])
    tied = int((delegations["events"] == most).sum())
    first = (
        f"{names[0]} to {counted(most, 'event')}"
        if tied == 1
        else f"{tied} of them to {counted(most, 'event')} each, the most"
    )
    title = f"{counted(len(delegations), 'country', 'countries')} came; {first}"
    subtitle = f"Held events that each country attended, of those recorded: {words}" + (
        f". {counted(more, 'further country', 'further countries')} in the table" if more else ""
    )
    alt = (
        "Bar chart of events attended by country: "
        + ", ".join(f"{name} {total}" for name, total in list(zip(names, top["events"], strict=True))[:5])
        + "."
    )
    key = samples(traces) if len(traces) > 1 else ()
    return Chart(title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True, key=key)
