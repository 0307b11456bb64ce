"""Each analysis against numbers worked out by hand, without rows, and with one row."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pandas as pd
import pytest

from lib.analysis.chosen import chosen_rows
from lib.analysis.country import highest, of_country
from lib.analysis.coverage import coverage, covered_share, thin_years
from lib.analysis.delegations import levels_sent, sent
from lib.analysis.overview import by_year, headline, most, newest
from lib.analysis.participants import delegations, level_matrix
from lib.analysis.representation import presence
from lib.analysis.themes import by_whom, how_often, in_form, national_share, over_time
from lib.analysis.timeline import mark_size, place_marks
from lib.content.timeline import timeline
from lib.filters.masks import ahead
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.tables.build import build_tables
from tests.samples import TODAY, came, point, real, record, stayed_away, tables_of, vocabulary

EMPTY = build_tables((), vocabulary())
SMALL = tables_of(
    record(
        "a",
        start="2020-03-01",
        participants=[came("IND"), came("IND", name="B"), came("CHN"), stayed_away("PAK")],
        themes=[
            point("terrorism"),
            point("terrorism", "CHN"),
            point("cross-border-terrorism"),
            point("sagar", form="initiative"),
        ],
    ),
    record(
        "b",
        start="2021-03-01",
        end="2021-03-03",
        kind="exercise",
        series="sco-exercise",
        participants=[came("IND", "units")],
        themes=[point("cross-border-terrorism", "joint", "joint-document")],
    ),
    record("c", start="2021", kind="transfer", series="arms-transfer", participants=[came("MDV", "units")], themes=[]),
    record("d", start="2026-12", status="scheduled", series="sco-summit", kind="summit", themes=[point("sagar")]),
)


def rows(frame: pd.DataFrame) -> list[tuple]:
    return [tuple(row) for row in frame.itertuples(index=False)]


def test_the_headline_counts_meetings_exercises_and_transfers_apart():
    found = headline(SMALL.events, SMALL.participations, SMALL.mentions, SMALL.sources)
    assert (found.events, found.meetings, found.exercises, found.transfers, found.not_held) == (4, 2, 1, 1, 1)
    assert (found.countries, found.points, found.sources, found.publishers) == (3, 6, 4, 1)
    nothing = headline(EMPTY.events, EMPTY.participations, EMPTY.mentions, EMPTY.sources)
    assert (nothing.events, nothing.meetings, nothing.countries, nothing.publishers) == (0, 0, 0, 0)


def test_events_by_year_and_group():
    assert rows(by_year(SMALL.events)) == [(2020, "sco", 1), (2021, "sco", 1), (2021, "india", 1), (2026, "sco", 1)]
    assert rows(by_year(EMPTY.events)) == []


def test_newest_and_ahead_are_told_apart_by_status_and_day():
    def coming(events, day):
        return events["event_id"][ahead(events, day)].tolist()

    assert newest(SMALL.events, TODAY)["event_id"].tolist() == ["b", "c", "a"]
    assert newest(SMALL.events, dt.date(2020, 12, 31))["event_id"].tolist() == ["a"]
    assert coming(SMALL.events, TODAY) == coming(SMALL.events, dt.date(2026, 12, 31)) == ["d"]
    assert coming(SMALL.events, dt.date(2027, 1, 1)) == []
    called_off = tables_of(
        record("x", start="2030-01-01", status="cancelled"), record("y", start="2030-02-01", status="scheduled")
    ).events
    assert coming(called_off, TODAY) == ["y"]
    assert len(newest(EMPTY.events, TODAY)) == len(coming(EMPTY.events, TODAY)) == 0


def test_the_values_of_the_most_events_count_an_event_once():
    assert rows(most(SMALL.mentions["theme"], SMALL.mentions["event_id"], 2)) in (
        [("cross-border-terrorism", 2), ("sagar", 2)],
        [("sagar", 2), ("cross-border-terrorism", 2)],
    )
    assert rows(most(SMALL.participations["organization"], SMALL.participations["event_id"])) == []
    assert rows(most(EMPTY.mentions["theme"], EMPTY.mentions["event_id"])) == []


def test_coverage_has_a_row_for_each_series_with_events():
    frame = coverage(SMALL.events, vocabulary(), TODAY).set_index("series")
    assert list(frame.index) == [
        word for word in vocabulary()["series"] if word in {"sco-dmm", "sco-summit", "sco-exercise", "arms-transfer"}
    ]
    assert (frame.loc["sco-dmm", "first"], frame.loc["sco-dmm", "latest"], frame.loc["sco-dmm", "events"]) == (
        "2020-03-01",
        "2020-03-01",
        1,
    )
    assert pd.isna(frame.loc["sco-summit", "latest"]) and frame.loc["sco-summit", "next"] == "2026-12"
    assert pd.isna(frame.loc["sco-exercise", "covered_from"])
    assert coverage(EMPTY.events, vocabulary(), TODAY).empty


def test_the_covered_share_of_a_year_counts_series_covered_since_its_first_day_or_before():
    frame = pd.DataFrame({"covered_day": [dt.date(2019, 1, 1), dt.date(2019, 11, 1), dt.date(2020, 1, 2), None]})
    assert covered_share(frame, range(2018, 2022)) == {2018: 0, 2019: 0.25, 2020: 0.5, 2021: 0.75} and thin_years(
        frame, range(2018, 2022)
    ) == [2018, 2019]
    frame = coverage(SMALL.events, vocabulary(), TODAY)
    assert covered_share(frame, range(2000, 2022))[2021] == frame["covered_day"].notna().sum() / 4
    assert covered_share(frame.iloc[:0], range(2020, 2022)) == {2020: 0.0, 2021: 0.0}


def test_delegations_count_events_attended_and_not_people_or_absences():
    assert rows(delegations(SMALL.participations, SMALL.events)) == [
        ("IND", 2, 1, 1, 0),
        ("CHN", 1, 1, 0, 0),
        ("MDV", 1, 0, 0, 1),
    ]
    assert rows(delegations(EMPTY.participations, EMPTY.events)) == []
    one = tables_of(record("one"))
    assert rows(delegations(one.participations, one.events)) == [("IND", 1, 1, 0, 0)]


def matrix_of(*records, **more):
    tables = tables_of(*records)
    frame = level_matrix(tables.participations, tables.events, vocabulary(), **more)
    return {
        (row.country, row.event_id): (row.state, None if pd.isna(row.capacity) else row.capacity, row.people)
        for row in frame.itertuples(index=False)
    }


MEMBERS_2017 = {"CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB"}


def test_of_several_people_of_one_country_the_highest_level_counts():
    cells = matrix_of(
        record(
            "one",
            participants=[
                came("IND", "senior-official", name="Low"),
                came("IND", "minister", name="High"),
                came("IND", "minister", name="Also High"),
                came("IND", "unknown", name="Who"),
            ],
        )
    )
    assert cells["IND", "one"] == ("minister", "member", "High; Also High")


def test_everywhere_the_same_level_stands_for_a_country():
    people = [
        came("IND", level="unknown", name="A"),
        came("IND", level="units"),
        came("CHN", level="minister", name="B"),
        came("CHN", level="head-of-state", name="C"),
        stayed_away("RUS"),
        came("KAZ", level="unknown"),
        {**stayed_away("PAK"), "name": "D"},
        came("PAK", level="ambassador"),
    ]
    tables = tables_of(record("a", participants=people), record("b", start="2024-05-01", participants=people[:2]))
    cells = presence(tables.participations, tables.events, vocabulary())
    matrix = level_matrix(tables.participations, tables.events, vocabulary())
    expected = {"IND": "units", "CHN": "head-of-state", "RUS": "absent", "KAZ": "unknown", "PAK": "ambassador"}
    for frame in (cells, matrix):
        own = frame[frame["event_id"] == "a"]
        assert {
            country: state for country, state in zip(own["country"], own["state"], strict=True) if country in expected
        } == expected
    assert levels_sent(tables.participations, tables.events, vocabulary()) == Counter(
        {"units": 2, "head-of-state": 1, "unknown": 1, "ambassador": 1}
    )
    assert highest(of_country(tables.participations, "IND"), vocabulary())["level"].tolist() == ["units", "units"]


def test_the_levels_that_all_delegations_sent_are_counted_alike_with_and_without_their_people():
    tables = real().tables
    held = tables.events[(tables.events["status"] == "held").to_numpy()]
    counts = Counter(
        cell.state
        for cells in sent(tables.participations, held, vocabulary()).values()
        for cell in cells.values()
        if cell.state != "absent"
    )
    assert +levels_sent(tables.participations, held, vocabulary()) == counts


def test_somebody_present_outranks_a_stated_absence_of_another():
    cells = matrix_of(
        record(
            "one",
            participants=[came("IND", None, attended=False, name="Minister"), came("IND", "ambassador", name="Envoy")],
        )
    )
    assert cells["IND", "one"] == ("ambassador", "member", "Envoy")
    assert matrix_of(record("one", participants=[stayed_away("IND")]))["IND", "one"] == ("absent", "member", "")


@pytest.mark.parametrize(("roster", "state"), [("complete", "not-listed"), ("partial", "unknown-roster")])
def test_a_member_that_is_not_listed_is_missing_only_from_a_complete_roster(roster, state):
    cells = matrix_of(record("one", roster=roster))
    assert cells["CHN", "one"] == (state, None, "")
    assert ("FRA", "one") not in cells and ("MNG", "one") not in cells


@pytest.mark.parametrize(
    ("start", "end", "india"),
    [
        ("2017-06-08", None, False),
        ("2017-06-09", None, True),
        ("2017-06-08", "2017-06-09", True),
        ("2017-06", None, True),
    ],
)
def test_eligibility_goes_by_the_day_of_accession_and_the_last_day_of_the_event(start, end, india):
    cells = matrix_of(record("one", start=start, end=end, participants=[came("RUS")]))
    assert {country for country, _ in cells} == MEMBERS_2017 | ({"IND", "PAK"} if india else set())


def test_an_observer_that_came_is_marked_and_one_that_did_not_is_not_missed():
    cells = matrix_of(record("one", start="2016-06-08", participants=[came("IND", capacity="observer"), came("RUS")]))
    assert cells["IND", "one"][1] == "observer" and ("PAK", "one") not in cells


def test_the_matrix_has_held_events_only_and_misses_nobody_at_exercises():
    assert matrix_of(record("one", status="scheduled")) == {}
    assert set(matrix_of(record("one", kind="exercise"))) == {("IND", "one")}
    assert set(matrix_of(record("one", series="other"))) == {("IND", "one")}


def test_the_matrix_is_limited_to_the_countries_that_came_most():
    cells = matrix_of(record("a"), record("b", start="2024-05-01", participants=[came("IND"), came("CHN")]), limit=2)
    assert {country for country, _ in cells} == {"IND", "CHN"}
    assert level_matrix(EMPTY.participations, EMPTY.events, vocabulary()).empty


def test_a_theme_counts_once_for_an_event_and_for_the_themes_above_it():
    frame = how_often(SMALL.mentions, SMALL.events, vocabulary()).set_index("theme")
    assert frame.loc["terrorism", ["events", "points", "actors"]].tolist() == [2, 4, 2]
    assert frame.loc["cross-border-terrorism", ["events", "points", "actors"]].tolist() == [2, 2, 1]
    assert frame.loc["sagar", ["events", "share", "first", "latest"]].tolist() == [2, 0.5, "2020-03-01", "2026-12"]
    assert how_often(EMPTY.mentions, EMPTY.events, vocabulary()).empty


def test_who_raised_what_has_the_joint_texts_first():
    frame = by_whom(SMALL.mentions, vocabulary())
    cells = {(row.theme, row.by): row.events for row in frame.itertuples(index=False)}
    assert cells == {
        ("terrorism", "joint"): 1,
        ("terrorism", "IND"): 1,
        ("terrorism", "CHN"): 1,
        ("cross-border-terrorism", "joint"): 1,
        ("cross-border-terrorism", "IND"): 1,
        ("indian-ocean", "IND"): 2,
        ("sagar", "IND"): 2,
    }
    assert frame["by"].iloc[0] == "joint" and by_whom(EMPTY.mentions, vocabulary()).empty
    assert set(by_whom(SMALL.mentions, vocabulary(), themes=1, actors=1)["by"]) == {"joint", "IND"}


def test_points_by_form():
    cells = {(row.theme, row.form): row.points for row in in_form(SMALL.mentions, vocabulary()).itertuples(index=False)}
    assert cells == {
        ("terrorism", "statement"): 3,
        ("terrorism", "joint-document"): 1,
        ("cross-border-terrorism", "statement"): 1,
        ("cross-border-terrorism", "joint-document"): 1,
        ("indian-ocean", "initiative"): 1,
        ("indian-ocean", "statement"): 1,
        ("sagar", "initiative"): 1,
        ("sagar", "statement"): 1,
    }
    assert in_form(EMPTY.mentions, vocabulary()).empty


def test_themes_over_time_are_shares_of_the_years_events():
    cells = {
        (row.theme, row.year): (row.events, row.of, row.share)
        for row in over_time(SMALL.mentions, SMALL.events, vocabulary()).itertuples(index=False)
    }
    assert (
        cells["terrorism", 2020] == (1, 1, 1.0)
        and cells["terrorism", 2021] == (1, 2, 0.5)
        and cells["sagar", 2026] == (1, 1, 1.0)
    )
    assert (
        cells["indian-ocean", 2026] == cells["sagar", 2026]
        and len(cells) == 8
        and over_time(EMPTY.mentions, EMPTY.events, vocabulary()).empty
    )


def test_the_national_share_leaves_joint_texts_out():
    assert national_share(SMALL.mentions, "IND", vocabulary()) == 4 / 5
    assert national_share(EMPTY.mentions, "IND", vocabulary()) is None
    assert national_share(SMALL.mentions[SMALL.mentions["by"] == "joint"], "IND", vocabulary()) is None


@pytest.mark.parametrize(
    "tables",
    [SMALL, real().tables, tables_of(record("one", start="1800")), tables_of(record("one", start="2199-12-31"))],
    ids=["small", "real", "first year", "last year"],
)
def test_marks_of_a_lane_do_not_touch_and_lie_in_their_lane(tables):
    marks, lanes, first, last = place_marks(tables.events, vocabulary())
    assert len(marks) == len(tables.events) and marks["x"].between(first, last).all()
    width = (last - first) / pd.Timedelta(seconds=1)
    series = dict(zip(tables.events["event_id"], tables.events["series"], strict=True))
    for lane in lanes:
        own = marks[[series[event] == lane.series for event in marks["event_id"]]]
        assert own["y"].between(lane.top, lane.bottom).all() and lane.top < lane.bottom
        for _, row in own.groupby("y"):
            row = row.assign(at=[(x - first) / pd.Timedelta(seconds=1) / width * 900 for x in row["x"]]).sort_values(
                "at"
            )
            gaps = (row["at"] - row["size"] / 2).iloc[1:].to_numpy() - (row["at"] + row["size"] / 2).iloc[
                :-1
            ].to_numpy()
            assert (gaps >= -1.01).all()
    assert all(upper.bottom == lower.top for upper, lower in zip(lanes, lanes[1:], strict=False))


def test_a_label_stands_beside_the_marks_only_where_it_ends_before_them():
    events = tables_of(
        record("early", start="2001-01-01", series="sco-dmm"), record("late", start="2026-01-01", series="quad")
    ).events
    above = {lane.series: lane.bottom - lane.top for lane in place_marks(events, vocabulary())[1]}
    beside = {
        lane.series: lane.bottom - lane.top
        for lane in place_marks(events, vocabulary(), {"sco-dmm": 200, "quad": 200})[1]
    }
    assert beside["sco-dmm"] == above["sco-dmm"] and beside["quad"] < above["quad"]
    assert (
        place_marks(events, vocabulary(), {"sco-dmm": 200, "quad": 330})[1][1].bottom
        == place_marks(events, vocabulary())[1][1].bottom
    )


def test_the_axis_spans_the_period_that_is_asked_for_and_no_bound_can_cut_an_event_off():
    events = tables_of(record("one", start="2015-03-01"), record("two", start="2016-09-01")).events
    alone = place_marks(events, vocabulary())[2:]
    _, _, first, last = place_marks(events, vocabulary(), period=(dt.date(2010, 1, 1), dt.date(2020, 12, 31)))
    assert (
        first <= pd.Timestamp("2010-01-01")
        and last >= pd.Timestamp("2020-12-31")
        and last - first < pd.Timedelta(days=12 * 366)
    )
    assert place_marks(events, vocabulary(), period=(dt.date(2015, 6, 1), None))[2:] == alone, (
        "an event may begin before the period in which it lasts"
    )
    for far in ((dt.date(1, 1, 1), None), (None, dt.date(9999, 12, 31))):
        assert place_marks(events, vocabulary(), period=far)[2:] == alone
    ends = timeline(
        select(real().tables, Filters.of({"series": "sco-dmm", "from": "2001", "to": "2030"})), TODAY, None
    ).spec["layout"]["xaxis"]["range"]
    assert ends[0] <= "2001-01-01" and ends[1] >= "2030-12-31"


def test_many_marks_in_a_short_time_shrink_and_pile_up_from_the_bottom():
    many = tables_of(
        record("first", start="2001-01-01", series="quad"),
        *[record(f"e{at}", start=f"2024-05-{at + 1:02}", series="quad") for at in range(20)],
        record("alone", start="2024-01-01", series="sco-dmm"),
    ).events
    marks, lanes, *_ = place_marks(many, vocabulary())
    scale = {lane.series: lane.scale for lane in lanes}
    assert scale["sco-dmm"] == 1 and scale["quad"] < 1
    quad = next(lane for lane in lanes if lane.series == "quad")
    own = marks[marks["event_id"].isin([f"e{at}" for at in range(20)])]
    assert own["y"].iloc[0] == own["y"].max() and own["y"].nunique() == 20 and quad.bottom - quad.top < 20 * 10


def test_mark_areas_grow_with_delegations_and_nothing_is_placed_without_events():
    assert mark_size(pd.Series([0, 1, 4])).tolist() == [7.0, 9.0, 11.0]
    marks, lanes, first, last = place_marks(EMPTY.events, vocabulary())
    assert marks.empty and lanes == [] and first < last


@pytest.mark.parametrize(
    ("sel", "events", "mentions"),
    [
        ("event:a", ["a"], None),
        ("year:2021:sco", ["b"], None),
        ("year:2021", ["c", "b"], None),
        ("country:IND", ["a", "b"], None),
        ("cell:IND@a", ["a"], None),
        ("theme:terrorism", ["a", "b"], 4),
        ("said:terrorism@CHN", ["a"], 1),
        ("form:sagar:initiative", ["a"], 1),
        ("when:terrorism:2021", ["b"], 1),
    ],
)
def test_a_mark_leads_to_its_rows_and_to_filters_that_show_the_same(sel, events, mentions):
    chosen = chosen_rows(select(SMALL, Filters()), sel)
    assert chosen.doubt == "" and chosen.title and chosen.events["event_id"].tolist() == events
    assert (None if chosen.mentions is None else len(chosen.mentions)) == mentions
    if chosen.filters is not None:
        assert select(SMALL, chosen.filters).events["event_id"].tolist() == events


@pytest.mark.parametrize(
    "sel",
    [
        "",
        ":",
        "event",
        "event:",
        "event:zzz",
        "year:",
        "year:abcd:sco",
        "year:2020:nowhere",
        "year:2021:",
        "year:1999",
        "year:٢٠٢٠:sco",
        "country:",
        "country:XXX",
        "country:PAK",
        "cell:@",
        "cell:XXX@a",
        "theme:zzz",
        "said:terrorism",
        "said:@",
        "form:sagar",
        "when:terrorism",
        "when:terrorism:99999",
        "evnt:a",
        "<script>:x",
        "x" * 5000,
    ],
)
def test_a_choice_that_cannot_be_followed_is_said_and_chooses_nothing(sel):
    for tables in (SMALL, EMPTY):
        chosen = chosen_rows(select(tables, Filters()), sel)
        assert chosen.doubt and chosen.events.empty and chosen.filters is None
