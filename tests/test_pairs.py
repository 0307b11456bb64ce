"""Who meets whom: numbers worked out by hand, the examples of docs/methods.md, and the records counted a second time."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from lib.analysis.association import jaccard, ratio, seriation
from lib.analysis.chosen import chosen_rows
from lib.analysis.pairs import COLUMNS, TWO_SIDED, collected, shared, two_sided, two_sided_meetings
from lib.content.pairs import met, rows, together
from lib.figures.pairs import MEASURES
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.store import SHIPPED, Store
from lib.tables.build import Tables, build_tables
from tests.oracle import Oracle
from tests.samples import came, real, record, stayed_away, tables_of, vocabulary

SIX = Path(__file__).parent / "fixtures" / "six"
EMPTY = build_tables((), vocabulary())
SMALL = tables_of(
    record(
        "one",
        kind="bilateral",
        series="india-bilateral",
        participants=[came("IND"), came("CHN"), came("CHN", name="B")],
    ),
    record("two", kind="dialogue", series="two-plus-two", participants=[came("JPN"), came("IND")]),
    record("three", kind="bilateral", series="other", participants=[came("CHN"), came("RUS")]),
    record(
        "with an organization".replace(" ", "-"),
        kind="bilateral",
        series="other",
        participants=[came("IND"), came("RUS"), {"organization": "sco", "capacity": "party", "level": "unknown"}],
    ),
    record("of-three", kind="bilateral", series="other", participants=[came("IND"), came("RUS"), came("CHN")]),
    record("absent", kind="bilateral", series="other", participants=[came("IND"), stayed_away("CHN")]),
    record("announced", kind="bilateral", status="scheduled", start="2027", participants=[came("IND"), came("CHN")]),
    record("large", participants=[came("IND"), came("CHN"), came("RUS")]),
    record("partial", roster="partial", participants=[came("IND"), came("CHN")]),
    record(
        "training", kind="exercise", series="sco-exercise", participants=[came("IND", "units"), came("RUS", "units")]
    ),
)


@lru_cache(maxsize=1)
def six() -> Tables:
    return Store(SIX).current().tables


@lru_cache(maxsize=1)
def oracle() -> Oracle:
    return Oracle(SHIPPED / "events", SHIPPED / "vocabulary")


def cells(pairs: pd.DataFrame, *columns: str) -> dict[frozenset[str], tuple]:
    return {
        frozenset((row.first, row.second)): tuple(getattr(row, name) for name in columns)
        for row in pairs.itertuples(index=False)
    }


def two(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def test_a_ratio_is_given_from_five_cases_observed_or_expected():
    observed, expected = np.array([5, 4, 4, 0, 0]), np.array([2.0, 4.9, 5.0, 8.0, 0.0])
    assert np.allclose(ratio(observed, expected), [2.5, np.nan, 0.8, 0.0, np.nan], equal_nan=True)


def test_jaccard_is_the_share_of_both_among_either():
    assert np.allclose(
        jaccard(np.array([2, 0, 0]), np.array([3, 1, 0]), np.array([3, 2, 0])), [0.5, 0.0, np.nan], equal_nan=True
    )


def test_the_order_of_a_matrix_puts_like_beside_like_and_does_not_depend_on_where_it_began():
    names = ["a1", "b1", "a2", "b2", "a3"]
    like = np.array([[1.0 if one[0] == other[0] else 0.1 for other in names] for one in names])
    order = [names[place] for place in seriation(like, names)]
    assert order in (["a1", "a2", "a3", "b1", "b2"], ["b1", "b2", "a1", "a2", "a3"])
    assert (
        seriation(np.zeros((0, 0)), []) == []
        and seriation(np.ones((1, 1)), ["x"]) == [0]
        and len(seriation(np.zeros((4, 4)), list("abcd"))) == 4
    )


def test_a_two_sided_meeting_has_exactly_two_countries_that_came_and_nobody_else():
    meetings = two_sided_meetings(SMALL.participations, SMALL.events)
    assert set(map(tuple, meetings.to_numpy().tolist())) == {
        ("one", "CHN", "IND"),
        ("two", "IND", "JPN"),
        ("three", "CHN", "RUS"),
    }
    pairs = two_sided(SMALL.participations, SMALL.events)
    found = cells(pairs, "meetings", "first_total", "second_total", "of", "jaccard")
    assert len(found) == 6 and found[two("IND", "CHN")] == (1, 2, 2, 3, 1 / 3) and found[two("IND", "RUS")][0] == 0
    assert pairs["first"].iloc[0] == "CHN" and pairs["expected"].isna().all() and pairs["ratio"].isna().all()


def test_whose_meetings_are_collected_is_the_country_in_half_of_them_or_more():
    found = collected(SMALL.participations, SMALL.events)
    assert (found.country, found.meetings, found.others) == (None, 3, 3), "China and India are in two each"
    more = tables_of(
        record("a", kind="bilateral", participants=[came("IND"), came("CHN")]),
        record("b", kind="bilateral", participants=[came("IND"), came("JPN")]),
    )
    found = collected(more.participations, more.events)
    assert (found.country, found.own, found.meetings) == ("IND", 2, 2)
    assert found.holds("IND", "RUS") and not found.holds("CHN", "RUS")
    assert collected(EMPTY.participations, EMPTY.events).country is None


def test_shared_attendance_counts_complete_rosters_and_tells_the_partial_ones_apart():
    found = cells(
        shared(SMALL.participations, SMALL.events),
        "meetings",
        "further",
        "first_total",
        "second_total",
        "of",
        "expected",
    )
    assert found == {
        two("IND", "CHN"): (1, 1, 1, 1, 1, 1.0),
        two("IND", "RUS"): (1, 0, 1, 1, 1, 1.0),
        two("CHN", "RUS"): (1, 0, 1, 1, 1, 1.0),
    }


@pytest.mark.parametrize("count", [two_sided, shared])
def test_without_events_or_with_one_party_there_is_no_pair(count):
    for tables in (EMPTY, tables_of(record("one")), tables_of(record("bare", participants=[]))):
        frame = count(tables.participations, tables.events)
        assert frame.empty and list(frame.columns) == COLUMNS


def test_the_examples_of_the_methods():
    tables = six()
    assert cells(
        two_sided(tables.participations, tables.events), "meetings", "first_total", "second_total", "jaccard"
    ) == {two("CHN", "IND"): (1, 1, 1, 1.0)}
    found = cells(
        shared(tables.participations, tables.events),
        "meetings",
        "further",
        "first_total",
        "second_total",
        "of",
        "expected",
        "jaccard",
    )
    assert found[two("PAK", "UZB")] == (2, 0, 3, 3, 4, 2.25, 0.5)
    assert found[two("KAZ", "RUS")] == (4, 1, 4, 4, 4, 4.0, 1.0)
    assert found[two("IRN", "BLR")][0] == 1 and shared(tables.participations, tables.events)["ratio"].isna().all()
    assert collected(tables.participations, tables.events).country is None


def from_yaml(larger: bool) -> dict[frozenset[str], list[str]]:
    """The held meetings of each pair, straight from the records: the two-sided ones, or larger ones with a complete roster."""
    found: dict[frozenset[str], list[str]] = {}
    families = oracle().words["kinds"]
    for event in oracle().events:
        if (
            event["status"] != "held"
            or families[event["kind"]].get("family", "meeting") != "meeting"
            or (event["kind"] in TWO_SIDED) == larger
        ):
            continue
        there = [p for p in event["participants"] if p.get("attended", True)]
        countries = {p["country"] for p in there if "country" in p}
        if (
            larger
            and event["roster"] != "complete"
            or not larger
            and (len(countries) != 2 or len(countries) != len({p.get("country") for p in there}))
        ):
            continue
        for pair in combinations(sorted(countries), 2):
            found.setdefault(frozenset(pair), []).append(event["id"])
    return found


def test_every_two_sided_meeting_of_the_records_is_counted_as_in_the_yaml():
    tables, want = real().tables, from_yaml(larger=False)
    pairs = two_sided(tables.participations, tables.events, limit=999)
    assert {pair: count for pair, (count,) in cells(pairs, "meetings").items() if count} == {
        pair: len(events) for pair, events in want.items()
    }
    own = collected(tables.participations, tables.events)
    assert (
        own.country == "IND"
        and own.own == sum(len(events) for pair, events in want.items() if "IND" in pair)
        and own.meetings == sum(map(len, want.values()))
    )


def test_every_shared_meeting_of_the_records_is_counted_as_in_the_yaml():
    tables, want = real().tables, from_yaml(larger=True)
    for pair, (count,) in cells(shared(tables.participations, tables.events), "meetings").items():
        assert count == len(want.get(pair, [])), pair


def test_the_defence_ministers_of_india_and_china_face_to_face_since_2018():
    want, others = [], set()
    for event in oracle().events:
        sides = {
            p.get("country"): (p.get("level"), p.get("role", ""))
            for p in event["participants"]
            if p.get("attended", True)
        }
        if (
            event["kind"] in TWO_SIDED
            and event["status"] == "held"
            and set(sides) == {"IND", "CHN"}
            and event["start"] >= "2018"
        ):
            if all(level == "minister" and "efen" in role for level, role in sides.values()):
                want.append(event["id"])
            elif "minister" in {level for level, _ in sides.values()}:
                others.add(event["id"])
    selection = select(real().tables, Filters.of({"from": "2018", "level": ["minister"]}))
    met = chosen_rows(selection, "met:CHN@IND").events["event_id"].tolist()
    assert [event for event in met if event not in others] == want and others <= set(met)
    assert {
        "2019-04-29-india-bilateral-bishkek-china",
        "2020-09-04-india-bilateral-moscow-china",
        "2023-04-27-india-bilateral-new-delhi-china",
        "2024-11-20-india-bilateral-vientiane-china",
        "2025-06-26-india-bilateral-qingdao-china",
    } <= set(want)


@pytest.mark.parametrize(
    ("sel", "events"),
    [
        ("met:CHN@IND", ["one"]),
        ("met:IND@CHN", ["one"]),
        ("shared:CHN@IND", ["large", "partial"]),
        ("shared:IND@RUS", ["large"]),
    ],
)
def test_a_pair_leads_to_its_meetings_and_where_filters_can_say_so_to_a_view_of_them(sel, events):
    selection = select(SMALL, Filters())
    chosen = chosen_rows(selection, sel)
    assert sorted(chosen.events["event_id"]) == events and not chosen.doubt
    if chosen.filters is not None:
        assert sorted(select(SMALL, chosen.filters).events["event_id"]) == events


def test_a_pair_whose_view_no_filters_can_show_offers_none():
    chosen = chosen_rows(select(SMALL, Filters()), "met:CHN@IND")
    assert chosen.filters is None, "a meeting of three has the same kind and parties"
    assert chosen_rows(select(real().tables, Filters()), "met:CHN@IND").filters is not None


@pytest.mark.parametrize(
    "sel",
    [
        "met:",
        "met:IND",
        "met:IND@IND",
        "met:IND@XXX",
        "met:IND@JPN@CHN",
        "met:RUS@JPN",
        "shared:JPN@IND",
        "shared:@",
        "shared:<b>@x",
    ],
)
def test_a_pair_that_is_none_is_said(sel):
    for tables in (SMALL, EMPTY):
        assert chosen_rows(select(tables, Filters()), sel).doubt


SELECTIONS = {
    "full": lambda: select(real().tables, Filters()),
    "small": lambda: select(SMALL, Filters()),
    "six": lambda: select(six(), Filters()),
    "one pair": lambda: select(
        tables_of(
            record("a", kind="bilateral", participants=[came("IND"), came("CHN")]),
            record("b", participants=[came("IND"), came("CHN")]),
        ),
        Filters(),
    ),
    "sco": lambda: select(real().tables, Filters.of({"series": ["sco-dmm"]})),
    "of China": lambda: select(real().tables, Filters.of({"country": ["CHN"]})),
}
NOTHING = {
    "empty": lambda: select(EMPTY, Filters()),
    "one delegation": lambda: select(tables_of(record("one")), Filters()),
    "nothing passes": lambda: select(real().tables, Filters.of({"from": "1900", "to": "1901"})),
}


def charts(selection: Selection, measure: str):
    return met(selection, measure, "CHN@IND"), together(selection, measure, "CHN@IND")


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("name", SELECTIONS)
def test_the_matrices_are_valid_figures_that_say_what_they_choose(name, measure):
    selection = SELECTIONS[name]()
    for chart in charts(selection, measure):
        if chart.spec is None:
            assert name == "sco" and chart.empty.endswith(".")
            continue
        go.Figure(chart.spec)
        assert chart.title and chart.alt.endswith(".") and chart.subtitle and len(chart.table)
        drawn: dict[str, int] = {}
        for trace in chart.spec["data"]:
            assert "customdata" not in trace or len(trace["customdata"]) == len(trace["x"]) == len(trace["text"])
            for (key,), text in zip(trace.get("customdata", ()), trace.get("text", ()), strict="customdata" in trace):
                drawn[key] = drawn.get(key, 0) + int(text)
        assert all(len(key.split("@")) == 2 for key in drawn)
        assert sum(drawn.values()) == 2 * int(chart.table["meetings"].sum()), (
            "each pair stands on both sides of the diagonal"
        )


@pytest.mark.parametrize("name", NOTHING)
def test_where_no_two_met_the_page_says_so(name):
    for chart in charts(NOTHING[name](), "ratio"):
        assert chart.spec is None and chart.empty.endswith(".") and chart.table.empty


def test_every_square_leads_to_as_many_meetings_as_it_says():
    selection = select(real().tables, Filters())
    for chart, kind in zip(charts(selection, "ratio"), ("met", "shared"), strict=True):
        for trace in chart.spec["data"]:
            for (key,), text in list(zip(trace.get("customdata", ()), trace.get("text", ()), strict=False))[::17]:
                events = chosen_rows(selection, f"{kind}:{key}").events
                assert (
                    len(events) == int(text) if kind == "met" else (events["roster"] == "complete").sum() == int(text)
                )


def test_what_the_sources_leave_out_stands_beside_the_matrix_whatever_the_filters():
    for filters in (Filters(), Filters.of({"country": ["CHN"]}), Filters.of({"from": "2024"})):
        chart = met(select(real().tables, filters), "ratio", None)
        own = collected(real().tables.participations, real().tables.events)
        assert (
            f"{own.own} of " in chart.title
            and "India" in chart.title
            and "not collected" in chart.subtitle
            and "No expected number" in chart.subtitle
        )
    assert "partial roster" in together(select(real().tables, Filters()), "ratio", None).footer


@pytest.mark.parametrize(
    "filters", [{"country": ["IND", "CHN"]}, {"level": ["minister"]}, {"person": ["Rajnath Singh"]}]
)
def test_no_ratio_is_given_where_a_filter_chose_the_meetings_by_who_came(filters):
    chart = together(select(real().tables, Filters.of(filters)), "ratio", None)
    assert (
        chart.table["observed over expected"].isna().all()
        and chart.table["expected"].isna().all()
        and "chose the meetings by who came" in chart.subtitle
    )
    assert "expected" not in chart.title and "nan" not in str(chart.spec["data"])


def test_the_rows_of_the_page_are_delegations_that_came_to_meetings():
    frame = rows(select(SMALL, Filters()))
    assert (
        set(frame["event_id"])
        == {"one", "two", "three", "with-an-organization", "of-three", "absent", "large", "partial"}
        and frame["country"].notna().all()
    )
