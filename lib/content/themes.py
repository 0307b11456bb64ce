"""What the Themes page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from lib.analysis.coverage import coverage
from lib.analysis.themes import by_whom, how_often, in_form, in_series, over_time
from lib.content.overview import thin_runs
from lib.figures.chart import Chart
from lib.figures.themes import form_chart, often_chart, time_chart, whom_chart
from lib.figures.years import thin_years_in_words
from lib.filters.selection import Selection, whatever_was_said
from lib.filters.words import actors_in_words
from lib.html.lists import ranked_list
from lib.html.overview import who_is_reported
from lib.keep import kept
from lib.links import page_href
from lib.text import counted, listed

ROWS = 16
"""Themes of the first two charts."""


@dataclass(frozen=True, eq=False)
class Themes:
    """Four charts: how often, in what form, by whom, over time; and in which series, as a sentence and HTML (empty without a point)."""

    often: Chart
    form: Chart
    said: Chart
    when: Chart
    where_text: str
    where: str


@kept
def _numbers(
    selection: Selection, today: dt.date
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame, str, str]:
    """The numbers of the charts, whichever mark is chosen: how often, in what form, by whom, over time; thin years and whose words the sources give, in words."""
    vocabulary, events, mentions = selection.tables.vocabulary, whatever_was_said(selection), selection.rows("mentions")
    often = _asked(selection, how_often(mentions, events, vocabulary))
    # Beside each other, the two charts have the same rows.
    shown = often["theme"].head(ROWS).tolist()
    forms = _asked(selection, in_form(mentions, vocabulary, themes=len(vocabulary["themes"])))
    forms = forms[forms["theme"].isin(shown)].sort_values(
        "theme", key=lambda column: column.map(shown.index), kind="stable"
    )
    whom, time = (
        _asked(selection, by_whom(mentions, vocabulary)),
        _asked(selection, over_time(mentions, events, vocabulary)),
    )
    return (
        often,
        forms,
        whom,
        time,
        thin_years_in_words(thin_runs(events, coverage(events, vocabulary, today))),
        who_is_reported(mentions, selection.all_rows("sources"), vocabulary),
    )


@kept
def themes(
    selection: Selection,
    today: dt.date,
    often: str | None = None,
    form: str | None = None,
    said: str | None = None,
    when: str | None = None,
) -> Themes:
    """The charts of the points of a selection, narrowed to the themes, actors and forms that it asks for; the argument named after a chart is its chosen mark."""
    vocabulary, words = selection.tables.vocabulary, selection.words
    by_events, by_form, by_actor, by_year, thin, reporting = _numbers(selection, today)
    where_text, where = _where(selection)
    return Themes(
        often=often_chart(
            by_events,
            vocabulary,
            words,
            len(whatever_was_said(selection)),
            actors_in_words(selection.filters, vocabulary),
            often,
            limit=ROWS,
        ),
        form=form_chart(by_form, vocabulary, words, form),
        said=whom_chart(by_actor, vocabulary, words, reporting, said),
        when=time_chart(by_year, vocabulary, words, thin, when),
        where_text=where_text,
        where=where,
    )


def _asked(selection: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    """The themes that the filter asks for and those below them: of a theme above them only these points were kept, so its count would be too low."""
    words = {word for theme in selection.filters["theme"] for word in selection.tables.vocabulary.below(theme)}
    return rows[rows["theme"].isin(words).to_numpy()].reset_index(drop=True) if words else rows


@kept
def _where(selection: Selection) -> tuple[str, str]:
    """In which series the points were made: the groups in a sentence, the series as a ranked list of links."""
    vocabulary, filters = selection.tables.vocabulary, selection.filters
    found = in_series(selection.rows("mentions"), vocabulary)
    if found.empty:
        return "", ""
    groups = found.groupby("group", sort=False)["events"].sum().sort_values(ascending=False, kind="stable")
    parts = [f"{vocabulary.label('groups', group)} {count}" for group, count in groups.items()]
    total = int(found["events"].sum())
    return (
        f"Events with a point of this selection, by series: {counted(total, 'event')}. By group: {listed(parts)}.",
        ranked_list(
            [
                (
                    vocabulary.label("series", row.series),
                    row.events,
                    page_href("themes", filters.replaced(series=row.series)),
                )
                for row in found.itertuples(index=False)
            ],
            total,
            "events",
        ),
    )
