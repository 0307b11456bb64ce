"""What the Participants page shows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from lib.analysis.participants import delegations, level_matrix
from lib.figures.chart import Chart
from lib.figures.matrix import matrix_chart
from lib.figures.ranking import ranking_chart
from lib.figures.world import world_chart
from lib.filters.masks import is_held_meeting
from lib.filters.selection import Selection
from lib.geo import Geography
from lib.keep import kept


@kept
def _counts(selection: Selection) -> pd.DataFrame:
    return delegations(selection.all_rows("participations"), selection.events)


@kept
def world(selection: Selection, geography: Geography, address: str | None, view: str, ringed: str | None) -> Chart:
    """The map; its geometry is fetched from ``address`` on this server, or is part of the figure where there is none."""
    return world_chart(
        _counts(selection),
        geography,
        address or geography.geometry,
        selection.tables.vocabulary,
        selection.words,
        view,
        ringed,
    )


@kept
def ranking(selection: Selection, ringed: str | None) -> Chart:
    """Countries by the events that they attended."""
    return ranking_chart(_counts(selection), selection.tables.vocabulary, selection.words, ringed)


def words_of_series(selection: Selection, series: str | None) -> str:
    """The selection's part in one series as a phrase: ``SCO defence ministers, of: Events since 2017``; without filters the label of the series alone."""
    if not series or selection.filters["series"] == (series,):
        return selection.words
    label = selection.tables.vocabulary.label("series", series)
    return f"{label}, of: {selection.words}" if selection.filters else label


@kept
def matrix(selection: Selection, series: str | None, ringed: str | None) -> Chart:
    """The level that each country sent to each meeting of ``series``."""
    vocabulary, events = selection.tables.vocabulary, selection.events
    own = events[(events["series"] == series).to_numpy()] if series else events.iloc[:0]
    return matrix_chart(
        level_matrix(selection.all_rows("participations"), own, vocabulary),
        own,
        vocabulary,
        words_of_series(selection, series),
        ringed,
    )


@kept
def series_with_meetings(selection: Selection) -> Mapping[str, str]:
    """Labels of the series with held meetings in the selection, each with their number."""
    events = selection.events
    series = events["series"].array
    counts = dict(
        zip(
            series.categories,
            np.bincount(series.codes[is_held_meeting(events)], minlength=len(series.categories)).tolist(),
            strict=True,
        )
    )
    return {
        word: f"{entry.label} ({counts[word]})"
        for word, entry in selection.tables.vocabulary["series"].items()
        if counts.get(word)
    }
