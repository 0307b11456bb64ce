"""The office expected of a country: by series, kind of meeting and day, never by the word minister."""

from __future__ import annotations

import datetime as dt

import pytest

from lib.analysis.offices import expected_office, offices_of
from tests.samples import vocabulary

WORDS = vocabulary()


@pytest.mark.parametrize(
    ("series", "kind", "country", "day", "level", "basis"),
    [
        ("sco-dmm", "ministerial", "KGZ", "2013-06-26", "minister", "country"),
        ("sco-dmm", "ministerial", "KGZ", "2014-06-01", None, None),
        ("sco-dmm", "ministerial", "KGZ", "2015-01-01", "military-chief", "country"),
        ("sco-dmm", "ministerial", "KGZ", "2021-02-02", "military-chief", "country"),
        ("sco-dmm", "ministerial", "KGZ", "2021-02-03", "minister", "country"),
        ("sco-dmm", "ministerial", "IND", "2024-04-26", "minister", "country"),
        ("sco-chg", "summit", "IRN", "2025-11-18", "deputy-head-of-government", "country"),
        ("sco-chg", "summit", "CHN", "2025-11-18", "head-of-government", "series"),
        ("sco-nsa", "security-council", "PAK", "2018-06-26", "national-security-adviser", "country"),
        ("sco-nsa", "security-council", "PAK", "2018-06-27", "senior-official", "country"),
        ("sco-nsa", "security-council", "PAK", "2025-06-24", "national-security-adviser", "country"),
        ("quad", "summit", "USA", "2024-09-21", "head-of-state", "country"),
        ("quad", "ministerial", "USA", "2024-07-29", "minister", "series"),
        ("quad", "senior-officials", "USA", "2025-12-01", None, None),
        ("shangri-la", "conclave", "IND", "2024-06-01", None, None),
        ("no-such", "summit", "IND", "2024-06-01", None, None),
    ],
)
def test_the_expected_office_goes_by_series_kind_country_and_day(series, kind, country, day, level, basis):
    expected = expected_office(WORDS, series, kind, country, dt.date.fromisoformat(day))
    assert (expected and expected.level, expected and expected.basis) == (level, basis)


def test_every_entry_of_the_offices_names_ranked_levels_and_periods_that_do_not_overlap():
    for word, entry in WORDS["offices"].items():
        assert WORDS["levels"][entry.level].rank is not None and entry.series in WORDS["series"], word
        assert offices_of(WORDS, entry.series, entry.kind or "summit") in (
            entry,
            next(e for e in WORDS["offices"].values() if e.series == entry.series),
        )
        for country in {period.country for period in entry.countries}:
            own = [period for period in entry.countries if period.country == country]
            assert all(WORDS["levels"][period.level].rank is not None for period in own), (word, country)
            ends = [
                (period.start.first if period.start else dt.date.min, period.end.first if period.end else dt.date.max)
                for period in own
            ]
            assert sorted(ends) == ends and all(
                one[1] <= other[0] for one, other in zip(ends, ends[1:], strict=False)
            ), (word, country)


def test_a_vocabulary_without_offices_expects_nothing():
    without = type(WORDS)({name: words for name, words in WORDS.entries.items() if name != "offices"})
    assert expected_office(without, "sco-dmm", "ministerial", "IND", dt.date(2024, 4, 26)) is None
