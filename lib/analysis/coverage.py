"""Since when the series are covered: without it a rise in records passes for a rise in events."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

import numpy as np
import pandas as pd

from lib.filters.masks import ahead, codes_of, held_by
from lib.vocabulary import Vocabulary

HALF = 0.5
"""A year counts as covered where at least this share of the series is covered throughout it."""


def coverage(events: pd.DataFrame, vocabulary: Vocabulary, today: dt.date) -> pd.DataFrame:
    """One row for each series with events, in the vocabulary's order.

    Columns: series, label, group, events, first, latest (held by ``today``), next (scheduled after it; dates as recorded or
    None), covered_from (a text or None), covered_day (a date or None), cadence, completeness.
    """
    rows = []
    starts, series, words = events["start"].to_numpy(), codes_of(events["series"]), events["series"].array.categories
    held, announced = held_by(events, today), ahead(events, today)
    for place in np.flatnonzero(np.bincount(series, minlength=len(words))):
        own, word = np.flatnonzero(series == place), words[place]
        entry = vocabulary["series"][word]
        past, coming = own[held[own]], own[announced[own]]
        rows.append(
            {
                "series": word,
                "label": entry.label,
                "group": entry.group,
                "events": len(own),
                "first": starts[own[0]],
                "latest": starts[past[-1]] if len(past) else None,
                "next": starts[coming[0]] if len(coming) else None,
                "covered_from": entry.covered_from.text if entry.covered_from else None,
                "covered_day": entry.covered_from.first if entry.covered_from else None,
                "cadence": entry.cadence,
                "completeness": entry.completeness,
            }
        )
    columns = [
        "series",
        "label",
        "group",
        "events",
        "first",
        "latest",
        "next",
        "covered_from",
        "covered_day",
        "cadence",
        "completeness",
    ]
    return pd.DataFrame(rows, columns=columns)


def covered_share(series: pd.DataFrame, years: range) -> dict[int, float]:
    """The share of ``series`` (as from :func:`coverage`) that is covered throughout each year: since its first day or before.

    A series of which the start of coverage is not known counts as not covered.
    """
    if series.empty:
        return dict.fromkeys(years, 0.0)
    since = [day or dt.date.max for day in series["covered_day"]]
    return {year: sum(day <= dt.date(year, 1, 1) for day in since) / len(since) for year in years}


def thin_years(series: pd.DataFrame, years: range) -> list[int]:
    """The years of which fewer than half of ``series`` (as from :func:`coverage`) are covered throughout."""
    share = covered_share(series, years)
    return [year for year in years if share[year] < HALF]


def runs(years: list[int]) -> list[list[int]]:
    """Neighbouring years together."""
    return [[year for _, year in run] for _, run in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])]
