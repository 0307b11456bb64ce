"""Representation: units, figures, the page's contents, and the shipped records counted a second time from their YAML."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
import yaml

from lib.analysis.chosen import chosen_rows
from lib.analysis.representation import STATES, instead, presence, representation, trend, wilson
from lib.content import participants
from lib.content import representation as content
from lib.filters.selection import Selection, select
from lib.filters.table import selected_on_attendance
from lib.filters.value import Filters
from lib.store import SHIPPED
from tests.samples import came, real, record, stayed_away, tables_of, vocabulary

WORDS = vocabulary()


def selection(**filters: str) -> Selection:
    return select(real().tables, Filters.of({name.rstrip("_"): words.split(",") for name, words in filters.items()}))


def cells_of(*records: dict, only: str | None = None) -> pd.DataFrame:
    tables = tables_of(*records)
    return presence(tables.participations, tables.events, WORDS, only)


def cell(cells: pd.DataFrame, country: str, event: str = "one") -> pd.Series:
    return cells[(cells["country"] == country) & (cells["event_id"] == event)].iloc[0]


def meeting(event: str = "one", *participants: dict, **changes: object) -> dict:
    return record(event, participants=list(participants) or [came("IND")], **changes)


# Presence


def test_a_member_that_no_roster_names_is_away_or_unknown_as_the_roster_goes():
    assert cell(cells_of(meeting()), "CHN")["state"] == "not-listed"
    assert cell(cells_of(meeting(roster="partial")), "CHN")["state"] == "unknown-roster"


def test_eligibility_goes_by_the_last_day_of_the_meeting():
    joined = cells_of(meeting(start="2017-06-08", end="2017-06-09"))
    before = cells_of(meeting(start="2017-06-07", end="2017-06-08"))
    assert cell(joined, "IND")["standing"] == "member" and cell(before, "IND")["standing"] == "observer"
    assert cell(joined, "PAK")["state"] == "not-listed" and "PAK" not in before["country"].tolist()


def test_a_country_admitted_at_a_meeting_that_lists_it_as_an_observer_was_none_of_its_members():
    observers = [came("KAZ", "head-of-state"), {**came("IND", "head-of-government"), "capacity": "observer"}]
    cells = cells_of(
        record("one", series="sco-summit", kind="summit", start="2017-06-08", end="2017-06-09", participants=observers)
    )
    assert (
        cell(cells, "IND")[["standing", "state", "expected"]].tolist() == ["observer", "head-of-government", ""]
        and cell(cells, "PAK")["standing"] == "member"
    )
    assert (
        set(representation(cells)["country"]) >= {"KAZ", "PAK"}
        and "IND" not in representation(cells)["country"].tolist()
    )


def test_a_meeting_within_an_uncertain_date_of_accession_is_in_no_count():
    # China has belonged to BRICS since some day of 2009.
    cells = cells_of(
        record(
            "one",
            series="brics-summit",
            kind="summit",
            start="2009-06-16",
            place={"city": "Yekaterinburg", "country": "RUS"},
            participants=[came("RUS", "head-of-state")],
        ),
        record(
            "two",
            series="brics-summit",
            kind="summit",
            start="2019-11-14",
            place={"city": "Brasilia", "country": "BRA"},
            participants=[came("CHN", "head-of-state")],
        ),
    )
    assert cell(cells, "CHN")["state"] == "unknown-standing" and cell(cells, "ZAF")["state"] == "not-member"
    rates = representation(cells).set_index("country")
    assert (rates.loc["CHN"].eligible, rates.loc["CHN"].standing_unknown, rates.loc["CHN"].rate) == (1, 1, 1.0)


def test_an_uncertain_date_of_partnership_leaves_no_doubt_about_membership():
    cells = cells_of(
        record(
            "one", series="sco-summit", kind="summit", start="2010-06-11", participants=[came("CHN", "head-of-state")]
        ),
        record(
            "two", series="sco-summit", kind="summit", start="2025-09-01", participants=[came("BLR", "head-of-state")]
        ),
    )
    assert cell(cells, "BLR")["state"] == "not-member"


def test_the_highest_of_several_people_stands_for_the_country_and_attendance_outranks_an_absence():
    cells = cells_of(
        meeting(
            "one",
            came("IND", "senior-official", name="B", role="Secretary"),
            came("IND", "minister", name="A", role="Minister"),
            {**stayed_away("IND"), "name": "C"},
            stayed_away("CHN"),
        )
    )
    own = cell(cells, "IND")
    assert (own["state"], own["people"], own["roles"]) == ("minister", "A", "Minister")
    assert cell(cells, "CHN")["state"] == "absent"


def test_below_needs_a_ranked_level_an_expected_office_and_membership():
    cells = cells_of(
        meeting(
            "one",
            came("IND", "senior-official"),
            came("CHN", "unknown"),
            came("RUS", "head-of-government"),
            came("BLR", "ambassador", capacity="observer"),
        )
    )
    assert cell(cells, "IND")["below"]
    assert not cell(cells, "RUS")["below"] and pd.isna(cell(cells, "CHN")["below"])
    assert pd.isna(cell(cells, "BLR")["below"]) and cell(cells, "BLR")["office"] == ""


def test_only_held_meetings_count():
    assert cells_of(meeting(status="scheduled")).empty
    assert cells_of(record("one", series="sco-exercise", kind="exercise", participants=[came("IND", "units")])).empty


def test_a_series_without_membership_has_cells_of_who_came_and_no_rates():
    cells = cells_of(
        record("one", series="shangri-la", kind="conclave", participants=[came("IND", capacity="participant")])
    )
    assert cells[["country", "standing", "state"]].to_numpy().tolist() == [["IND", "open", "minister"]]
    assert representation(cells).empty and instead(cells).empty


def test_one_country_alone_has_the_cells_that_it_has_among_all():
    tables = real().tables
    events = tables.events[(tables.events["series"] == "sco-dmm").to_numpy()]
    every, one = presence(tables.participations, events, WORDS), presence(tables.participations, events, WORDS, "PAK")
    pd.testing.assert_frame_equal(one, every[every["country"] == "PAK"].reset_index(drop=True))


def test_nothing_in_gives_empty_frames_with_the_same_columns():
    tables = tables_of()
    cells = presence(tables.participations, tables.events, WORDS)
    full = cells_of(meeting())
    assert cells.empty and list(cells) == list(full)
    assert list(representation(cells)) == list(representation(full)) and representation(cells).empty
    assert trend(cells, tables.events).empty and instead(cells).empty


@pytest.mark.parametrize(("count", "of"), [(0, 1), (1, 1), (0, 30), (30, 30), (3, 4), (15, 30)])
def test_wilsons_interval_holds_the_share_and_stays_between_0_and_1(count, of):
    low, high = wilson(count, of)
    assert 0 <= low <= count / of <= high <= 1 and high - low < 1


@pytest.mark.parametrize("name", ["country", "level", "organization", "person", "by"])
def test_filters_that_choose_by_attendance_are_known(name):
    assert selected_on_attendance(Filters.of({name: "IND", "series": "sco-dmm"})) == (name,)


# Every series of the shipped records

SERIES = sorted(content.series_with_meetings(select(real().tables, Filters.of({}))))


@pytest.mark.parametrize("series", SERIES)
def test_counts_of_a_series_add_up(series):
    tables = real().tables
    events = tables.events[(tables.events["series"] == series).to_numpy()]
    cells = presence(tables.participations, events, WORDS)
    rates = representation(cells, sampled=True)
    assert not cells.duplicated(["event_id", "country"]).any()
    assert (rates["eligible"] == rates["known"] + rates["unknown"]).all() and (
        rates["known"] == rates["attended"] + rates["absent"] + rates["not_listed"]
    ).all()
    assert (
        (rates["low"] <= rates["high"])
        & (rates["below"] <= rates["comparable"])
        & (rates["comparable"] <= rates["attended"] - rates["level_unknown"])
    ).all()
    known = rates[rates["known"] > 0]
    assert (
        known["rate"].between(known["low"], known["high"])
        & known["rate"].between(known["wilson_low"], known["wilson_high"])
    ).all()
    assert trend(cells, events)["below"].sum() == rates["below"].sum() and len(instead(cells)) == int(
        (rates["below"] + rates["absent"] + rates["not_listed"]).sum()
    )


@pytest.mark.parametrize("series", SERIES)
def test_the_pages_charts_are_valid_and_their_choices_lead_to_events(series):
    chosen = selection()
    for chart, kind in (
        (content.matrix(chosen, series, None), "cell"),
        (content.rates(chosen, series, None), "came"),
        (content.levels(chosen, series, None), "cell"),
    ):
        assert chart.title and (chart.spec is None) == bool(not chart.alt)
        if chart.spec is None:
            assert chart.empty
            continue
        go.Figure(chart.spec)
        data = [trace["customdata"] for trace in chart.spec["data"] if "customdata" in trace]
        keys = [point[0] for trace in data for point in trace]
        assert keys
        for key in {*keys[:3], *keys[-3:]}:
            assert not chosen_rows(chosen, f"{kind}:{key}").doubt, key


@pytest.mark.parametrize(
    "filters",
    [
        {"from_": "1990", "to": "1991"},
        {"series": "arms-transfer"},
        {"country": "IND"},
        {"from_": "2024-04-26", "to": "2024-04-26"},
    ],
)
def test_the_page_stands_on_empty_narrow_and_refused_selections(filters):
    chosen = selection(**filters)
    series = content.shown_series(chosen, None)
    for chart in (
        content.matrix(chosen, series, None),
        content.rates(chosen, series, None),
        content.levels(chosen, series, None),
    ):
        assert chart.title and (chart.empty if chart.spec is None else go.Figure(chart.spec))
    assert content.sent_instead(chosen, series).title


def test_a_rate_is_refused_where_the_country_filter_would_make_it():
    chart = content.rates(selection(country="IND"), "sco-dmm", None)
    assert chart.spec is None and "Country" in chart.empty and chart.table.empty and chart.but_for == ("country",)
    assert content.rates(selection(country="IND", by="IND", series="sco-dmm"), "sco-dmm", None).but_for == (
        "country",
        "by",
    )
    assert content.rates(selection(series="sco-dmm"), "sco-dmm", None).but_for == ()


@pytest.mark.parametrize(("start", "angle"), [("2022", 0), ("2018", -60)])
def test_the_heads_of_many_columns_are_slanted_so_that_they_do_not_touch_on_a_phone(start, angle):
    for chart in (
        content.matrix(selection(series="sco-dmm", from_=start), "sco-dmm", None),
        participants.matrix(selection(series="sco-dmm", from_=start), "sco-dmm", None),
    ):
        assert chart.spec["layout"]["xaxis"]["tickangle"] == angle


def test_an_interval_is_given_only_where_meetings_lie_outside_the_covered_time():
    assert "to %" in content.rates(selection(), "sco-dmm", None).table
    assert "to %" not in content.rates(selection(from_="2015"), "sco-dmm", None).table


def test_the_page_downloads_the_rows_that_it_shows():
    rows, chosen = content.rows(selection(), "sco-dmm"), selection()
    assert set(rows["series"]) == {"sco-dmm"} and rows["country"].notna().all()
    cells = content._cells(chosen, "sco-dmm")
    assert set(zip(rows["event_id"], rows["country"], strict=True)) == set(
        zip(
            *(cells[~cells["state"].isin(set(STATES) - {"absent"})][name] for name in ("event_id", "country")),
            strict=True,
        )
    )


def test_a_series_that_the_selection_lacks_gives_way_to_its_first():
    assert content.shown_series(selection(), "quad") == "quad"
    assert content.shown_series(selection(series="quad"), "sco-dmm") == "quad"
    assert content.shown_series(selection(series="arms-transfer"), "quad") is None


def test_a_choice_of_a_country_in_a_series_is_its_events_there():
    found = chosen_rows(selection(), "came:IND@sco-dmm")
    assert (
        set(found.events["series"]) == {"sco-dmm"}
        and len(found.events) == 8
        and found.filters == Filters.of({"country": "IND", "series": "sco-dmm"})
    )
    assert chosen_rows(selection(), "came:IND@nowhere").doubt and chosen_rows(selection(), "came:ATA@sco-dmm").doubt


# The shipped records, counted again from the YAML with nothing of the program

MEMBERS = {
    "CHN": "2001-06-15",
    "KAZ": "2001-06-15",
    "KGZ": "2001-06-15",
    "RUS": "2001-06-15",
    "TJK": "2001-06-15",
    "UZB": "2001-06-15",
    "IND": "2017-06-09",
    "PAK": "2017-06-09",
    "IRN": "2023-07-04",
    "BLR": "2024-07-04",
}
RANKS = [
    "head-of-state",
    "head-of-government",
    "deputy-head-of-government",
    "minister",
    "national-security-adviser",
    "deputy-minister",
    "military-chief",
    "senior-official",
    "ambassador",
]


@lru_cache(maxsize=1)
def defence_ministers() -> list[dict]:
    """The held meetings of SCO defence ministers as mappings, in order of day."""
    records = [yaml.safe_load(file.read_text("utf-8")) for file in Path(SHIPPED / "events").glob("*sco-dmm*.yaml")]
    return sorted(
        (r for r in records if r["series"] == "sco-dmm" and r["status"] == "held"), key=lambda r: str(r["start"])
    )


def last_day(entry: dict) -> str:
    day = str(entry.get("end", entry["start"]))
    return {7: f"{day}-30", 10: day}[len(day)]


def lower_than_expected(country: str, day: str, level: str) -> bool | None:
    if level not in RANKS:
        return None
    if country == "KGZ" and "2014" <= day < "2015":
        return None  # The ministry was given up in the course of that year.
    wanted = "military-chief" if country == "KGZ" and "2015" <= day < "2021-02-03" else "minister"
    return RANKS.index(level) > RANKS.index(wanted)


def test_who_represented_india_at_the_defence_ministers_since_2017():
    rows = content.rows(selection(from_="2017"), "sco-dmm")
    ours = [
        (event, name, level)
        for event, country, name, level in zip(
            rows["event_id"], rows["country"], rows["name"], rows["level"], strict=True
        )
        if country == "IND"
    ]
    theirs = [
        (r["id"], p["name"], p["level"])
        for r in defence_ministers()
        if str(r["start"]) >= "2017"
        for p in r["participants"]
        if p.get("country") == "IND"
    ]
    assert ours == theirs
    assert [(event[:4], name, level) for event, name, level in ours] == [
        ("2018", "Nirmala Sitharaman", "minister"),
        ("2019", "Nirmala Sitharaman", "minister"),
        ("2020", "Rajnath Singh", "minister"),
        ("2021", "Rajnath Singh", "minister"),
        ("2022", "Rajnath Singh", "minister"),
        ("2023", "Rajnath Singh", "minister"),
        ("2024", "Giridhar Aramane", "senior-official"),
        ("2025", "Rajnath Singh", "minister"),
    ]


def test_which_member_most_often_sent_less_than_the_expected_office():
    below, comparable = Counter(), Counter()
    for entry in defence_ministers():
        for person in entry["participants"]:
            country = person.get("country")
            if country in MEMBERS and MEMBERS[country] <= last_day(entry) and person.get("attended", True):
                lower = lower_than_expected(country, last_day(entry), person["level"])
                comparable[country] += lower is not None
                below[country] += bool(lower)
    rates = content._rates(selection(), "sco-dmm").set_index("country")
    assert {country: (int(row.below), int(row.comparable)) for country, row in rates.iterrows()} == {
        country: (below[country], comparable[country]) for country in MEMBERS
    }
    assert below.most_common(1) == [("UZB", 6)]
    assert content.levels(selection(), "sco-dmm", None).title.startswith(
        "Uzbekistan most often sent less than the office expected: 6 times"
    )


def test_attendance_counted_again_from_the_yaml():
    wanted = {}
    for country, since in MEMBERS.items():
        attended = absent = unlisted = unknown = 0
        for entry in defence_ministers():
            if last_day(entry) < since:
                continue
            own = [p for p in entry["participants"] if p.get("country") == country]
            if any(p.get("attended", True) for p in own):
                attended += 1
            elif own:
                absent += 1
            elif entry["roster"] == "complete":
                unlisted += 1
            else:
                unknown += 1
        wanted[country] = (attended, absent, unlisted, unknown)
    rates = content._rates(selection(), "sco-dmm").set_index("country")
    assert {
        country: (row.attended, row.absent, row.not_listed, row.unknown) for country, row in rates.iterrows()
    } == wanted
