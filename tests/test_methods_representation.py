"""The examples of docs/methods.md on representation, as they were computed by hand on the six records."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from lib.analysis import country as profile
from lib.analysis.people import people
from lib.analysis.representation import instead, presence, representation, trend, wilson
from lib.store import Snapshot, Store

SIX = Path(__file__).parent / "fixtures" / "six"


@lru_cache(maxsize=1)
def six() -> Snapshot:
    return Store(SIX).current()


@pytest.fixture
def ministers() -> pd.DataFrame:
    """The five meetings of defence ministers."""
    return six().tables.events.query("series == 'sco-dmm'")


@pytest.fixture
def cells(ministers) -> pd.DataFrame:
    return presence(six().tables.participations, ministers, six().vocabulary)


@pytest.fixture
def rates(cells) -> pd.DataFrame:
    return representation(cells).set_index("country")


def meeting(number: int) -> str:
    return six().tables.events["event_id"].tolist()[number - 1]


def states(cells: pd.DataFrame, country: str) -> list[str]:
    """The states of one country at the meetings 1, 2, 3, 5 and 6; - where it has no cell."""
    own = cells[cells["country"] == country].set_index("event_id")["state"]
    return [own.get(meeting(number), "-") for number in (1, 2, 3, 5, 6)]


def test_the_six_records_are_valid():
    assert not six().problems and len(six().tables.events) == 6


def test_eligible_meetings_go_by_the_day_of_accession(rates):
    assert rates["eligible"].to_dict() == {
        "CHN": 5,
        "KAZ": 5,
        "RUS": 5,
        "KGZ": 5,
        "TJK": 5,
        "UZB": 5,
        "IND": 3,
        "PAK": 3,
        "IRN": 1,
    }
    assert (rates["standing_unknown"] == 0).all()


def test_presence_is_one_of_four_things_and_not_a_member_then_is_another(cells):
    assert states(cells, "TJK") == ["absent", "unknown-roster", "unknown", "minister", "minister"]
    assert states(cells, "UZB") == ["deputy-minister", "unknown-roster", "not-listed", "minister", "minister"]
    assert states(cells, "IND") == ["senior-official", "not-member", "minister", "minister", "senior-official"]
    assert states(cells, "IRN") == ["not-member", "not-member", "not-member", "minister", "minister"]
    assert states(cells, "BLR") == ["-", "-", "minister", "-", "minister"]


def test_rates_stand_between_what_the_unknown_meetings_leave_possible(rates):
    tajikistan, kyrgyzstan, china = rates.loc["TJK"], rates.loc["KGZ"], rates.loc["CHN"]
    assert (tajikistan.attended, tajikistan.known, tajikistan.absent, tajikistan.unknown) == (3, 4, 1, 1)
    assert (tajikistan.rate, tajikistan.low, tajikistan.high) == (0.75, 0.6, 0.8)
    assert (kyrgyzstan.attended, kyrgyzstan.known, kyrgyzstan.rate, kyrgyzstan.low, kyrgyzstan.high) == (
        4,
        4,
        1.0,
        0.8,
        1.0,
    )
    assert (china.attended, china.low, china.rate, china.high) == (5, 1.0, 1.0, 1.0)
    assert (rates.loc["UZB"].not_listed, rates.loc["IND"].attended) == (1, 3)
    assert list(rates.index) == ["CHN", "KAZ", "RUS", "IND", "PAK", "IRN", "KGZ", "TJK", "UZB"]


def test_the_interval_is_wilsons_and_is_given_only_for_a_selection(cells, rates):
    assert rates["wilson_low"].isna().all() and rates["wilson_high"].isna().all()
    sampled = representation(cells, sampled=True).set_index("country").loc["TJK"]
    assert (
        (sampled.wilson_low, sampled.wilson_high)
        == wilson(3, 4)
        == pytest.approx((0.6275 - 0.3269, 0.6275 + 0.3269), abs=1e-4)
    )


def test_unknown_levels_are_counted(rates):
    assert rates.loc["TJK"].level_unknown == 1 and rates["level_unknown"].sum() == 1 and rates["attended"].sum() == 32


def test_less_than_expected_is_measured_against_the_office_of_that_day(rates):
    found = {code: (int(row.below), int(row.comparable)) for code, row in rates.iterrows()}
    assert found == {
        "CHN": (0, 5),
        "KAZ": (0, 5),
        "RUS": (0, 5),
        "KGZ": (0, 4),
        "TJK": (0, 2),
        "UZB": (1, 3),
        "IND": (1, 3),
        "PAK": (2, 3),
        "IRN": (0, 1),
    }


def test_who_was_sent_instead_has_six_rows(cells):
    rows = instead(cells)
    assert set(zip(rows["event_id"], rows["country"], rows["state"], strict=True)) == {
        (meeting(6), "IND", "senior-official"),
        (meeting(5), "PAK", "senior-official"),
        (meeting(3), "PAK", "senior-official"),
        (meeting(3), "UZB", "not-listed"),
        (meeting(1), "UZB", "deputy-minister"),
        (meeting(1), "TJK", "absent"),
    }
    assert rows["event_id"].tolist() == sorted(rows["event_id"], reverse=True)


def test_the_level_sent_over_time(cells, ministers):
    rows = trend(cells, ministers).set_index("year")
    columns = ["delegations", "level_unknown", "comparable", "below", "away", "unknown"]
    assert rows[columns].to_numpy().tolist() == [
        [5, 0, 5, 1, 1, 0],
        [3, 0, 3, 0, 0, 3],
        [7, 1, 6, 1, 1, 0],
        [8, 0, 8, 1, 0, 0],
        [9, 0, 9, 1, 0, 0],
    ]


def test_the_profile_of_india_and_the_absences_of_two_others():
    tables, words = six().tables, six().vocabulary
    own = profile.of_country(tables.participations, "IND")
    levels = profile.highest(own, words).set_index("event_id")["level"]
    assert [levels.get(meeting(number)) for number in range(1, 7)] == [
        "senior-official",
        None,
        "minister",
        "minister",
        "minister",
        "senior-official",
    ]
    named = people(own)
    assert list(zip(named["name"], named["events"], strict=True)) == [("Minister Indian", 3), ("Secretary Indian", 2)]
    assert profile.partners(tables.participations, tables.events, "IND").to_numpy().tolist() == [["CHN", 1]]
    assert profile.hosts(own, tables.events).to_numpy().tolist() == [["IND", 2], ["KAZ", 2], ["CHN", 1]]
    themes = profile.themes(tables.mentions, tables.events, words, "IND")
    assert dict(zip(themes["theme"], themes["events"], strict=True)) == {
        "mottos": 2,
        "vasudhaiva-kutumbakam": 2,
        "terrorism": 2,
        "border": 1,
    }
    counts = profile.counts(own, tables.mentions, "IND", words)
    assert (counts.events, counts.series, counts.people, counts.points, counts.absences) == (5, 2, 2, 5, 0)
    for country, absences in (("TJK", 1), ("UZB", 0)):
        assert len(profile.absences(profile.of_country(tables.participations, country), tables.events)) == absences
