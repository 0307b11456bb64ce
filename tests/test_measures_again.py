"""Every measure of docs/methods.md on who came, against a second implementation straight from the shipped YAML."""

from __future__ import annotations

import math
from functools import cache, lru_cache

import numpy as np
import pandas as pd
import pytest
import yaml

from lib.analysis import country as profile
from lib.analysis import representation as rep
from lib.analysis.overview import headline
from lib.analysis.pairs import collected, shared, two_sided, two_sided_meetings
from lib.analysis.participants import delegations, level_matrix
from lib.filters.selection import select
from lib.filters.value import Filters
from tests.samples import real
from tests.second import SHIPPED, Second, jaccard, ratio, shipped, wilson

SERIES = yaml.safe_load((SHIPPED / "vocabulary" / "series.yaml").read_text("utf-8"))
ELIGIBLE = sorted(word for word, entry in SERIES.items() if entry.get("eligibility"))
PERIODS = ({}, {"from_": "2017"}, {"to": "2016"})


@lru_cache(maxsize=1)
def second() -> Second:
    return shipped()


@cache
def cells_of(series: str, from_: str = "", to: str = ""):
    """The program's events and cells, and the second implementation's events."""
    asked = {name: value for name, value in (("series", series), ("from", from_), ("to", to)) if value}
    selection = select(real().tables, Filters.of({name: value.split(",") for name, value in asked.items()}))
    held = selection.events[
        ((selection.events["status"] == "held") & (selection.events["family"] == "meeting")).to_numpy()
    ]
    return held, rep.presence(selection.all_rows("participations"), held, real().vocabulary), second().chosen(**asked)


def same(found: float, wanted: float | None) -> bool:
    """Equal numbers, or both not given."""
    return math.isnan(found) if wanted is None else math.isclose(found, wanted)


@pytest.mark.parametrize("series", ELIGIBLE)
def test_who_came_at_what_level_and_what_was_expected_is_what_the_records_say(series):
    _, cells, events = cells_of(series)
    found = {
        (row.event_id, row.country): (
            row.standing,
            row.state,
            tuple(filter(None, row.people.split("; "))),
            row.expected or None,
            row.basis == "country",
            None if pd.isna(row.below) else bool(row.below),
        )
        for row in cells.itertuples()
        if row.state != rep.NOT_MEMBER
    }
    wanted = {
        key: (cell.standing, cell.state, cell.people, cell.expected, cell.known_office, cell.below)
        for key, cell in second().cells(events).items()
    }
    assert found == wanted and (found or not second().held_meetings(events))


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("series", ELIGIBLE)
def test_representation_rates_ranges_and_what_stands_beside_them(series, period):
    _, cells, events = cells_of(series, **period)
    wanted = second().rates(events)
    found = rep.representation(cells).set_index("country")
    assert set(found.index) == set(wanted)
    for country, numbers in wanted.items():
        row = found.loc[country]
        for name, value in numbers.items():
            assert same(row[name], value), (country, name, row[name], value)
        assert numbers["low"] <= (numbers["rate"] if numbers["known"] else numbers["low"]) <= numbers["high"]


@pytest.mark.parametrize("series", ELIGIBLE)
def test_the_interval_if_drawn_by_chance_is_wilsons(series):
    _, cells, _ = cells_of(series)
    rates = rep.representation(cells, sampled=True)
    for row in rates[rates["known"] > 0].itertuples():
        assert (row.wilson_low, row.wilson_high) == pytest.approx(wilson(row.attended, row.known), abs=1e-4)


@pytest.mark.parametrize("series", ELIGIBLE)
def test_who_was_sent_instead_and_the_level_over_the_years(series):
    held, cells, events = cells_of(series)
    instead = rep.instead(cells)
    assert {(row.event_id, row.country, row.state) for row in instead.itertuples()} == second().instead(events)
    days = [dict(zip(held["event_id"], held["first_day"], strict=True))[event] for event in instead["event_id"]]
    assert days == sorted(days, reverse=True)
    found = {
        int(row[0]): tuple(int(number) for number in row[1:]) for row in rep.trend(cells, held).itertuples(index=False)
    }
    assert found == second().trend(events)


def test_the_matrix_of_the_participants_page_names_a_level_only_where_the_records_do():
    tables = real().tables
    events = tables.events
    for series in ELIGIBLE:
        own = events[((events["series"] == series) & (events["family"] == "meeting")).to_numpy()]
        found = {
            (row.event_id, row.country): row.state
            for row in level_matrix(tables.participations, own, real().vocabulary, limit=999).itertuples()
        }
        wanted = {
            key: cell.state
            for key, cell in second().cells(second().chosen(series=series)).items()
            if cell.standing != "unknown" or cell.state != "unknown-standing"
        }
        assert found == wanted, series


@pytest.mark.parametrize("asked", [{}, {"from": "2017"}, {"series": "sco-dmm"}, {"host": "IND"}], ids=str)
def test_two_sided_meetings_by_pair_with_their_share_of_either(asked):
    selection = select(real().tables, Filters.of({name: value.split(",") for name, value in asked.items()}))
    events = second().chosen(**asked)
    pairs, totals, every = second().pairs(events)
    meetings = two_sided_meetings(selection.all_rows("participations"), selection.events)
    assert {(row.event_id, (row.first, row.second)) for row in meetings.itertuples()} == set(second().two_sided(events))
    found = two_sided(selection.all_rows("participations"), selection.events, limit=999)
    assert len(found) == len(totals) * (len(totals) - 1) // 2
    for row in found.itertuples():
        wanted = pairs.get(tuple(sorted((row.first, row.second))), 0)
        assert (row.meetings, row.first_total, row.second_total, row.of) == (
            wanted,
            totals[row.first],
            totals[row.second],
            every,
        )
        assert same(row.jaccard, jaccard(wanted, row.first_total, row.second_total)) and math.isnan(row.ratio)


def test_whose_two_sided_meetings_are_collected_is_read_off_all_records():
    _, totals, every = second().pairs(second().events)
    first = max(totals, key=totals.get)
    found = collected(real().tables.participations, real().tables.events)
    most = [country for country in totals if totals[country] == totals[first]]
    assert (found.country, found.own, found.meetings) == (
        first if len(most) == 1 and 2 * totals[first] >= every else None,
        totals[first],
        every,
    )


@pytest.mark.parametrize(
    "asked", [{}, {"from": "2017"}, {"series": "sco-dmm,sco-summit,sco-cfm"}, {"series": "admm-plus"}], ids=str
)
def test_shared_attendance_observed_over_expected(asked):
    selection = select(real().tables, Filters.of({name: value.split(",") for name, value in asked.items()}))
    both, totals, of = second().shared(second().chosen(**asked))
    found = shared(selection.all_rows("participations"), selection.events, limit=999)
    assert {*found["first"], *found["second"]} == set(totals) and len(found) == len(totals) * (len(totals) - 1) // 2
    for row in found.itertuples():
        together, further = both.get(tuple(sorted((row.first, row.second))), (0, 0))
        expected = totals[row.first] * totals[row.second] / of
        assert (row.meetings, row.further, row.first_total, row.second_total, row.of) == (
            together,
            further,
            totals[row.first],
            totals[row.second],
            of,
        )
        assert (
            same(row.expected, expected)
            and same(row.ratio, ratio(together, expected))
            and same(row.jaccard, jaccard(together, row.first_total, row.second_total))
        )


@pytest.mark.parametrize("asked", [{}, {"series": "admm-plus"}, {"theme": "terrorism", "from": "2020"}], ids=str)
def test_events_attended_by_each_country_and_the_head_of_the_overview(asked):
    selection, events = (
        select(real().tables, Filters.of({name: value.split(",") for name, value in asked.items()})),
        second().chosen(**asked),
    )
    counts: dict[str, int] = {}
    for event in events:
        for country in second().who_came(event):
            counts[country] = counts.get(country, 0) + 1
    found = delegations(selection.all_rows("participations"), selection.events)
    assert dict(zip(found["country"], found["events"], strict=True)) == counts
    assert (found[["meeting", "exercise", "transfer"]].sum(axis=1) == found["events"]).all()
    numbers = headline(
        selection.events,
        selection.all_rows("participations"),
        selection.rows("mentions"),
        selection.all_rows("sources"),
    )
    sources = [source for event in events for source in event["sources"]]
    assert (numbers.meetings, numbers.countries, numbers.sources, numbers.publishers) == (
        len([event for event in events if second().rows(event)["events"][0]["family"] == "meeting"]),
        len(counts),
        len(sources),
        len({source["publisher"] for source in sources}),
    )


@pytest.mark.parametrize("country", ["IND", "PAK", "UZB", "USA"])
def test_a_country_profile_counts_what_the_records_hold(country):
    tables = real().tables
    own = profile.of_country(tables.participations, country)
    numbers = profile.counts(own, tables.mentions, country, real().vocabulary)
    at = [event for event in second().events if country in second().who_came(event)]
    levels = [second().sent(event, country)[0] for event in at]
    said = [
        event
        for event in second().events
        if event["status"] == "held" and (second().sent(event, country) or ("",))[0] == "absent"
    ]
    assert (numbers.events, numbers.series, numbers.absences) == (
        len(at),
        len({event["series"] for event in at}),
        len(said),
    )
    assert numbers.level_unknown == levels.count("unknown")
    assert numbers.points == sum(point["by"] == country for event in second().events for point in event["themes"])
    meetings = profile.by_meeting(tables.participations, tables.events, real().vocabulary, country)
    states = {
        event["id"]: second().sent(event, country)[0]
        for event in second().held_meetings(second().events)
        if second().sent(event, country)
    }
    assert {
        row.event_id: row.state
        for row in meetings.itertuples()
        if row.state not in (*rep.OPEN, "not-listed", rep.NOT_MEMBER)
    } == states
    partners: dict[str, int] = {}
    for pair, count in second().pairs(second().events)[0].items():
        if country in pair:
            partners[next(other for other in pair if other != country)] = count
    assert (
        dict(
            zip(
                *(
                    profile.partners(tables.participations, tables.events, country)[name]
                    for name in ("country", "events")
                ),
                strict=True,
            )
        )
        == partners
    )


def test_nothing_here_holds_by_emptiness():
    assert len(ELIGIBLE) > 5 and np.mean([bool(second().chosen(series=series)) for series in ELIGIBLE]) > 0.5
