"""The office that a country is expected to send to a meeting: what a lower level is measured against."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from lib.vocabulary import Offices, Vocabulary


@dataclass(frozen=True, slots=True)
class Expected:
    """An office with its level.

    ``basis`` is ``country`` where the vocabulary names the office of that country on that day, and
    ``series`` where nothing is known of the country, so that the level of the series is taken.
    """

    office: str
    level: str
    basis: Literal["country", "series"]
    source: str | None = None
    note: str | None = None


def expected_office(vocabulary: Vocabulary, series: str, kind: str, country: str, day: dt.date) -> Expected | None:
    """The office expected of ``country`` at a meeting of ``series`` and ``kind`` that ended on ``day``.

    None where the series has no expected office, or where the day lies within the uncertainty of a
    change of office.
    """
    entry = offices_of(vocabulary, series, kind)
    if entry is None:
        return None
    uncertain = False
    for period in entry.countries:
        if (
            period.country != country
            or (period.end and day >= period.end.last)
            or (period.start and day < period.start.first)
        ):
            continue
        if (period.start and day < period.start.last) or (period.end and day >= period.end.first):
            uncertain = True
            continue
        return Expected(period.office, period.level, "country", period.source, period.note)
    return None if uncertain else Expected(entry.office, entry.level, "series", entry.source)


def offices_of(vocabulary: Vocabulary, series: str, kind: str) -> Offices | None:
    """The entry of the vocabulary for meetings of ``series`` and ``kind``; None where it has none."""
    entries = vocabulary.entries.get("offices", {}).values()
    return next((entry for entry in entries if entry.series == series and entry.kind in (None, kind)), None)
