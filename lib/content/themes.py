"""What the Themes page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lib.analysis.coverage import coverage
from lib.analysis.themes import by_whom, how_often, in_form, over_time
from lib.figures.chart import Chart
from lib.figures.themes import form_chart, often_chart, time_chart, whom_chart
from lib.figures.years import thin_years_in_words
from lib.filters.selection import Selection
from lib.html.overview import who_is_reported
from lib.keep import kept


ROWS = 16
"""Themes of the first two charts."""


@dataclass(frozen=True, eq=False)
class Themes:
    """Four charts: how often, in what form, by whom, over time."""

    often: Chart
    form: Chart
    said: Chart
    when: Chart


@kept
def themes(selection: Selection, today: dt.date) -> Themes:
    """The charts of the points of a selection, narrowed to the themes, actors and forms that it asks for."""
    vocabulary, words, events, mentions = selection.tables.vocabulary, selection.words, selection.events, selection.rows("mentions")
    thin = thin_years_in_words(events, coverage(events, vocabulary, today))
    reporting = who_is_reported(mentions, selection.all_rows("sources"), vocabulary)
    often = how_often(mentions, events, vocabulary)
    # Beside each other, the two charts have the same rows.
    shown = often["theme"].head(ROWS).tolist()
    forms = in_form(mentions, vocabulary, themes=len(often))
    forms = forms[forms["theme"].isin(shown)].sort_values("theme", key=lambda column: column.map(shown.index), kind="stable")
    return Themes(
        often=often_chart(often, vocabulary, words, len(events), limit=ROWS),
        form=form_chart(forms, vocabulary, words),
        said=whom_chart(by_whom(mentions, vocabulary), vocabulary, words, reporting),
        when=time_chart(over_time(mentions, events, vocabulary), vocabulary, words, thin),
    )
