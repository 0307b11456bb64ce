"""Compare: the two sides of an address, what each rests on, the rules that refuse, the figures; docs/methods.md's examples."""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import plotly.graph_objects as go
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lib.analysis.basis import Basis, basis, covered_events, one_party, refusals, seats_apart
from lib.analysis.chosen import chosen_rows
from lib.analysis.compare import (
    beside,
    country_counts,
    furthest_first,
    held_meetings,
    level_counts,
    meetings_only,
    theme_counts,
    with_sides,
)
from lib.analysis.origin import seats
from lib.analysis.overview import by_year, headline
from lib.content.compare import compare, presets
from lib.export.csv import sides_csv
from lib.figures.compare import SIDES, dots_pair, levels_pair, years_pair
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.html.compare import sides_table
from lib.links import SETTINGS, address, read_query, read_versus, write_versus
from lib.store import SHIPPED, Store
from lib.tables.build import Tables, build_tables
from lib.vocabulary import Vocabulary
from tests.oracle import Oracle
from tests.samples import TODAY, came, point, real, record, tables_of, vocabulary
from tests.test_filters import MODEST, valid_filters

EMPTY = build_tables((), vocabulary())
PAIRS = [
    ({"series": "sco-dmm", "from": "2017"}, {"series": "sco-dmm", "to": "2016"}),
    ({"series": "two-plus-two"}, {"series": "quad"}),
    ({"country": "IND"}, {"country": "CHN"}),
    ({"by": "IND"}, {"by": "CHN"}),
    ({"from": "2022"}, {"from": "2017", "to": "2021"}),
    ({"kind": "exercise"}, {}),
    ({"q": "no-such-word"}, {"country": "FRA"}),
    ({"series": "sco-dmm", "from": "2024", "to": "2024"}, {"series": "sco-dmm"}),
]


@lru_cache(maxsize=1)
def six() -> Tables:
    return Store(Path(__file__).parent / "fixtures" / "six").current().tables


def of(tables: Tables, **limits) -> Selection:
    return select(tables, Filters.of({name.rstrip("_"): value for name, value in limits.items()}))


def sides() -> tuple[Selection, Selection]:
    """Records 1 to 3, and 4 to 6."""
    return of(six(), to="2018"), of(six(), from_="2023")


# docs/methods.md, by hand


def test_the_shares_of_the_six_records():
    left, right = sides()
    themes = beside(theme_counts(left), theme_counts(right), "theme", "events", (3, 3)).set_index("theme")
    assert themes.loc["terrorism", ["left", "right", "difference"]].tolist() == [2, 2, 0]
    assert (
        themes.loc["vasudhaiva-kutumbakam", ["left", "right"]].tolist() == [1, 2]
        and round(100 * themes.loc["vasudhaiva-kutumbakam", "difference"]) == -33
    )
    countries = beside(country_counts(left), country_counts(right), "country", "events", (2, 3)).set_index("country")
    assert countries.loc["IND", ["left", "right"]].tolist() == [2, 3] and countries.loc[
        "UZB", ["left", "right"]
    ].tolist() == [1, 2]
    levels = level_counts(left).set_index("level")["delegations"]
    assert levels["minister"] == 11 and levels["unknown"] == 1 and levels.drop("unknown").sum() == 16


def test_the_bases_of_the_six_records_and_what_they_refuse():
    left, right = map(basis, sides())
    assert (left.meetings, left.sources, left.per_meeting, left.official, left.covered, left.complete) == (
        3,
        6,
        2.0,
        1.0,
        1.0,
        2,
    )
    assert (
        right.meetings,
        right.sources,
        right.per_meeting,
        right.official,
        round(right.covered, 2),
        right.complete,
    ) == (3, 6, 2.0, 1.0, 0.67, 3)
    assert dict(left.seats) == {"unknown": 6} and (left.known_levels, left.unknown_levels) == (16, 1)
    refused = refusals(left, right, vocabulary())
    assert {word for refusal in refused for word in refusal.about} == {"events", "themes", "levels", "countries"}
    assert {refusal.rule for refusal in refused} == {"few-meetings", "coverage"}


def test_seats_apart_is_half_the_sum_of_the_differences():
    assert seats_apart({"IND": 6, "CHN": 4}, {"IND": 3, "RUS": 7, "unknown": 90}) == pytest.approx(0.7)
    assert seats_apart({"IND": 10}, {"IND": 55}) == 0 and seats_apart({"IND": 10}, {"CHN": 10}) == 1
    assert seats_apart({"IND": 9, "unknown": 99}, {"IND": 55}) is None and seats_apart({}, {}) is None


# The basis, computed a second time from the YAML


@pytest.mark.parametrize(
    "limits",
    [
        {"series": ["sco-dmm"]},
        {"country": ["CHN"]},
        {"from": ["2022"], "to": ["2024"]},
        {"kind": ["exercise"]},
        {"by": ["IND"]},
    ],
    ids=str,
)
def test_a_basis_is_that_of_the_records(limits):
    oracle = Oracle(SHIPPED / "events", SHIPPED / "vocabulary")
    own = [event for event in oracle.events if oracle.passes(event, limits)]
    family = {kind: entry.get("family", "meeting") for kind, entry in oracle.words["kinds"].items()}
    meetings = [event for event in own if event["status"] == "held" and family[event["kind"]] == "meeting"]
    found = basis(select(real().tables, Filters.of(limits)))
    sources = [source for event in meetings for source in event["sources"]]
    assert (found.events, found.meetings, found.sources) == (len(own), len(meetings), len(sources))
    assert found.publishers == len({source["publisher"] for source in sources})
    assert dict(found.kinds) == {
        kind: n for kind in {s["kind"] for s in sources} if (n := sum(s["kind"] == kind for s in sources))
    }
    assert found.complete == sum(event["roster"] == "complete" for event in meetings) and sum(
        found.seats.values()
    ) == len(sources)
    since = {
        word: str(entry["covered_from"]) for word, entry in oracle.words["series"].items() if entry.get("covered_from")
    }
    full = {word: text + {4: "-01-01", 7: "-01", 10: ""}[len(text)] for word, text in since.items()}
    start = {4: "-01-01", 7: "-01", 10: ""}
    assert found.covered == pytest.approx(
        sum(event["start"] + start[len(event["start"])] >= full.get(event["series"], "9999") for event in own)
        / len(own)
    )
    raised = {}
    for event in meetings:
        points = [m for m in event["themes"] if "by" not in limits or m["by"] in limits["by"]]
        for word in {
            word for word in oracle.words["themes"] if any(m["theme"] in oracle.with_children(word) for m in points)
        }:
            raised[word] = raised.get(word, 0) + 1
    frame = theme_counts(select(real().tables, Filters.of(limits)))
    assert dict(zip(frame["theme"], frame["events"], strict=True)) == raised
    came_ = {}
    for event in meetings:
        for code in (
            {p["country"] for p in oracle.attended(event) if "country" in p} if event["roster"] == "complete" else ()
        ):
            came_[code] = came_.get(code, 0) + 1
    frame = country_counts(select(real().tables, Filters.of(limits)))
    assert dict(zip(frame["country"], frame["events"], strict=True)) == came_


@pytest.mark.parametrize(
    ("url", "seat"),
    [
        ("https://www.thehindu.com/x", "IND"),
        ("https://m.hindustantimes.com/x", "IND"),
        ("https://eng.sectsco.org/1", "international"),
        ("http://en.kremlin.ru/", "RUS"),
        ("https://www.gov.uk/a", "GBR"),
        ("https://in.usembassy.gov/", "USA"),
        ("https://24.kg/english", "KGZ"),
        ("https://aaj.tv/", "PAK"),
        ("https://somewhere.tv/", "unknown"),
        ("https://nothindu.com/", "unknown"),
        ("http://34.80.245.248/x", "unknown"),
        ("https://[broken", "unknown"),
        ("", "unknown"),
        ("https://THEHINDU.com:443/", "IND"),
    ],
)
def test_the_seat_of_a_publisher_is_told_by_its_host(url, seat):
    assert seats(pd.DataFrame({"url": [url]}), real().tables).tolist() == [seat]


def test_most_seats_of_the_shipped_sources_are_known_and_no_host_has_two():
    assert (seats(real().tables.sources, real().tables) != "unknown").mean() > 0.7
    hosts = [host for seat in vocabulary()["publisher-seats"].values() for host in seat.hosts]
    assert len(hosts) == len(set(hosts)) and all(host == host.lower() for host in hosts)
    assert len(seats(EMPTY.sources, EMPTY)) == 0


# The rules

GOOD = {
    "events": 20,
    "meetings": 20,
    "sources": 100,
    "publishers": 50,
    "kinds": {"official": 20, "news": 80},
    "seats": {"IND": 60, "CHN": 20, "unknown": 20},
    "covered": 0.9,
    "complete": 15,
    "known_levels": 100,
    "unknown_levels": 5,
}


def test_two_alike_sides_are_compared():
    assert refusals(Basis(**GOOD), Basis(**GOOD), vocabulary()) == ()


@pytest.mark.parametrize(
    ("change", "rule", "about"),
    [
        ({"meetings": 4, "sources": 20}, "few-meetings", "themes levels countries"),
        ({"complete": 4}, "few-rosters", "countries"),
        ({"covered": 0.64}, "coverage", "events countries"),
        ({"covered": 0.49}, "coverage", "events countries"),
        ({"sources": 151}, "sources", "themes"),
        ({"kinds": {"official": 46, "news": 54}}, "official", "themes"),
        ({"seats": {"IND": 20, "CHN": 60}}, "seats", "themes"),
        ({"known_levels": 9, "unknown_levels": 0}, "few-levels", "levels"),
        ({"unknown_levels": 60}, "levels", "levels"),
        ({"chosen_by": ("country",)}, "attendance", "countries"),
        ({"chosen_by": ("by", "level")}, "attendance", "levels countries"),
    ],
)
def test_each_rule_refuses_what_it_is_about_whichever_side_it_is(change, rule, about):
    other = Basis(**{**GOOD, **change})
    for pair in ((Basis(**GOOD), other), (other, Basis(**GOOD))):
        refused = refusals(*pair, vocabulary())
        assert rule in {refusal.rule for refusal in refused} and next(
            r for r in refused if r.rule == rule
        ).about == frozenset(about.split())
        assert all(refusal.sentence.endswith(".") for refusal in refused)


@pytest.mark.parametrize(
    "change",
    [
        {"meetings": 19, "sources": 110},
        {"complete": 5},
        {"covered": 0.66},
        {"sources": 150, "kinds": {"official": 30}, "seats": {"IND": 113, "CHN": 37}},
        {"kinds": {"official": 44, "news": 56}},
        {"known_levels": 10, "unknown_levels": 1},
    ],
)
def test_at_the_threshold_nothing_is_refused(change):
    assert refusals(Basis(**GOOD), Basis(**{**GOOD, **change}), vocabulary()) == ()


def test_two_countries_are_not_compared_where_only_one_s_own_press_is_read():
    india, china = Basis(**GOOD, own=0.6, party="IND"), Basis(**GOOD, own=0.2, party="CHN")
    assert [refusal.rule for refusal in refusals(india, china, vocabulary())] == ["own"]
    assert refusals(india, Basis(**GOOD, own=0.2, party="IND"), vocabulary()) == ()
    assert (
        one_party(Filters.of({"by": "IND", "country": "CHN"}), vocabulary()),
        one_party(Filters.of({"country": ["IND", "CHN"]}), vocabulary()),
        one_party(Filters.of({"by": "joint"}), vocabulary()),
        one_party(Filters(), vocabulary()),
    ) == ("IND", None, None, None)


def test_attendance_is_not_compared_among_events_chosen_by_who_came():
    pair = [
        select(real().tables, Filters.of({"series": ["sco-summit", "sco-dmm"], "country": code}))
        for code in ("IND", "UZB")
    ]
    refused = {refusal.rule: refusal for refusal in refusals(*map(basis, pair), vocabulary())}
    assert "(filter Country)" in refused["attendance"].sentence and refused["attendance"].about == {"countries"}
    assert "countries" not in compare(real().tables, pair[0].filters, pair[1].filters).charts


def test_a_side_without_anything_is_refused_and_divides_by_nothing():
    nothing = basis(of(EMPTY))
    assert (nothing.per_meeting, nothing.official, nothing.covered, nothing.own, nothing.level_gap) == (None,) * 5
    assert {word for refusal in refusals(nothing, nothing, vocabulary()) for word in refusal.about} == {
        "themes",
        "levels",
        "countries",
    }
    assert covered_events(EMPTY.events, vocabulary()) is None


def test_only_held_meetings_are_in_shares():
    tables = tables_of(
        record("a"),
        record("b", start="2024-05-01", kind="exercise", series="sco-exercise"),
        record("c", start="2024-06-01", status="scheduled"),
    )
    assert held_meetings(select(tables, Filters()))["event_id"].tolist() == ["a"]
    only = select(tables, meetings_only(of(tables)))
    assert only.events["event_id"].tolist() == ["a"] and meetings_only(of(tables, to="2024-04")) == Filters.of(
        {"to": "2024-04"}
    )
    assert theme_counts(of(tables))["events"].tolist() == [1] and level_counts(of(tables))["delegations"].tolist() == [
        1
    ]


# The address


@MODEST
@given(valid_filters, valid_filters)
def test_one_link_holds_both_sides(left, right):
    link = read_query(urlsplit(address("/compare", left, write_versus(right))).query, real().tables)
    assert link.filters == left and read_versus(link, real().tables).filters == right
    assert all(doubt.parameter == "to" for doubt in link.doubts)


@MODEST
@given(
    st.lists(
        st.tuples(
            st.sampled_from([name for name in SETTINGS if name.startswith("vs_")])
            | st.text(max_size=6).map("vs_".__add__),
            st.text(max_size=20),
        ),
        max_size=5,
    )
)
def test_no_right_side_raises(pairs):
    other = read_versus(read_query("&".join(f"{key}={value}" for key, value in pairs), real().tables), real().tables)
    assert all(doubt.parameter.startswith("vs_") and doubt.sentence for doubt in other.doubts)


def test_an_unknown_value_of_the_right_side_is_named_there_alone_and_the_api_takes_none():
    link = read_query("country=IND&vs_series=sco-dm&vs_from=20&vs_country=IND&vs_country=CHN", real().tables)
    other = read_versus(link, real().tables)
    assert (
        link.doubts == ()
        and {doubt.parameter for doubt in other.doubts} == {"vs_series", "vs_from"}
        and other.filters["country"] == ("IND", "CHN")
    )
    assert [(d.parameter, d.nearest) for d in read_query("vs_contry=IND", real().tables).doubts] == [
        ("vs_contry", "vs_country")
    ]
    assert [d.parameter for d in read_query("vs_country=IND", real().tables, ()).doubts] == ["vs_country"]
    assert write_versus(Filters.of({"q": "x"})).keys() == {name for name in SETTINGS if name.startswith("vs_")}


def test_presets_lead_to_two_different_sides_and_keep_what_else_is_asked():
    for filters in (
        Filters(),
        Filters.of({"theme": "terrorism", "from": "2019-03", "to": "2021"}),
        Filters.of({"to": "2010"}),
        Filters.of({"from": "0001"}),
    ):
        html = presets(filters, Filters.of({"q": "x"}), vocabulary(), TODAY).replace("&amp;", "&")
        links = [read_query(urlsplit(part.split('"')[0]).query, real().tables) for part in html.split('href="')[1:]]
        assert len(links) == 5
        for link in links:
            other = read_versus(link, real().tables)
            assert link.doubts == other.doubts == () or filters["from"] == ("0001",)
            assert link.filters != other.filters
        assert all(link.filters["theme"] == filters["theme"] for link in links[:4])
        assert ("These keep the filters at the left" in html) == bool(filters)
        assert links[3].filters["group"] == ("sco",) and set(
            read_versus(links[3], real().tables).filters["group"]
        ) == set(vocabulary()["groups"]) - {"sco"}
    years = dict(
        parse_qsl(
            urlsplit(
                presets(Filters.of({"from": "2019", "to": "2021"}), Filters(), vocabulary(), TODAY)
                .split('href="')[1]
                .split('"')[0]
                .replace("&amp;", "&")
            ).query
        )
    )
    assert years == {"from": "2019", "to": "2021", "vs_from": "2016", "vs_to": "2018"}


def test_a_preset_is_offered_only_where_the_vocabulary_has_its_words():
    def labels(**without: str) -> list[str]:
        words = Vocabulary(
            {
                name: {word: entry for word, entry in own.items() if word != without.get(name)}
                for name, own in vocabulary().entries.items()
            }
        )
        return re.findall(r">([^<>]+)</a>", presets(Filters(), Filters(), words, TODAY))

    every = labels()
    assert every[1:] == ["India beside China", "Points by India beside points by China", "SCO beside the other series"]
    assert (
        labels(countries="CHN") == labels(countries="IND") == [every[0], every[3]] and labels(groups="sco") == every[:3]
    )


# The page


@pytest.mark.parametrize(("left", "right"), PAIRS, ids=str)
def test_the_charts_are_valid_and_drawn_only_where_nothing_refuses(left, right):
    tables = real().tables
    shown = compare(tables, Filters.of(left), Filters.of(right))
    pair = select(tables, Filters.of(left)), select(tables, Filters.of(right))
    refused = {word for refusal in refusals(basis(pair[0]), basis(pair[1]), vocabulary()) for word in refusal.about}
    assert not {{"years": "events"}.get(name, name) for name in shown.charts} & refused
    assert bool(refused) == ("Not compared" in shown.words)
    for name, chart in shown.charts.items():
        go.Figure(chart.spec)
        assert chart.title and chart.alt and len(chart.table), name
        for trace in chart.spec["data"]:
            for mark in trace.get("customdata", ()):
                side, _, choice = mark[0].partition(":")
                selection = pair[side == "right"]
                selection = selection if choice.startswith("year:") else select(tables, meetings_only(selection))
                counts = dict(zip(chart.table.iloc[:, 0], chart.table[side], strict=True))
                assert side in ("left", "right") and (
                    not chosen_rows(selection, choice).doubt or 0 in counts.values()
                ), mark


def test_a_mark_holds_the_meetings_that_its_chart_counts():
    tables = real().tables
    left = select(tables, Filters.of({"series": ["two-plus-two", "exercise"]}))
    counts = dict(zip(theme_counts(left)["theme"], theme_counts(left)["events"], strict=True))
    for word, number in list(counts.items())[:8]:
        assert len(chosen_rows(select(tables, meetings_only(left)), f"theme:{word}").events) == number


def test_empty_and_single_sides_are_drawn_or_left_out():
    one = tables_of(record("one", themes=[point("terrorism")], participants=[came("IND")]))
    for tables in (one, EMPTY):
        shown = compare(tables, Filters(), Filters.of({"q": "zzz"}))
        assert set(shown.charts) <= {"years"} and "Not compared" in shown.words
    words = ("All events", "All events")
    table = furthest_first(beside(theme_counts(of(one)), theme_counts(of(EMPTY)), "theme", "events", (1, 0)))
    go.Figure(dots_pair(table, "theme", "theme", str, (1, 0), "", "raised at").spec)
    go.Figure(years_pair(by_year(one.events), by_year(EMPTY.events), words).spec)
    assert years_pair(by_year(EMPTY.events), by_year(EMPTY.events), words).spec is None
    levels = beside(level_counts(of(one)), level_counts(of(EMPTY)), "level", "delegations", (1, 0))
    go.Figure(levels_pair(levels, vocabulary(), (1, 0), (0, 0), "").spec)


def test_both_sides_have_one_scale():
    chart = compare(real().tables, Filters.of({"series": "two-plus-two"}), Filters.of({"series": "quad"})).charts[
        "years"
    ]
    layout = chart.spec["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"] and all(
        "xaxis" not in trace for trace in chart.spec["data"]
    )


def test_the_bars_have_the_colour_of_their_side_and_a_choice_of_its_year():
    spec = years_pair(*(by_year(side.events) for side in sides()), ("One", "Other")).spec
    assert [(trace["marker"]["color"], trace["name"]) for trace in spec["data"]] == [
        (color, side.capitalize()) for side, color in SIDES.items()
    ]
    for side, trace in zip(sides(), spec["data"], strict=True):
        assert sum(trace["y"]) == len(side)
        for (mark,), number in zip(trace["customdata"], trace["y"], strict=True):
            assert len(chosen_rows(side, mark.partition(":")[2]).events) == number


def test_the_rows_furthest_apart_come_first_in_figure_table_and_title():
    shares = beside(
        pd.DataFrame({"theme": ["alike", "more", "less"], "events": [9, 5, 1]}),
        pd.DataFrame({"theme": ["alike", "more", "less"], "events": [9, 1, 8]}),
        "theme",
        "events",
        (10, 10),
    )
    chart = dots_pair(furthest_first(shares), "theme", "theme", str, (10, 10), "", "raised at")
    assert list(chart.spec["layout"]["yaxis"]["ticktext"]) == chart.table["theme"].tolist() == ["less", "more", "alike"]
    assert chart.title.startswith("Furthest apart: less, raised at 1 of 10")
    assert "less" in dots_pair(furthest_first(shares), "theme", "theme", str, (10, 10), "", "raised at", limit=1).title


def test_hostile_texts_are_escaped():
    assert (
        "<script>"
        not in (shown := compare(real().tables, Filters.of({"q": "<script>x"}), Filters())).sides
        + shown.numbers
        + shown.words
    )


def test_the_csv_has_the_events_of_either_side_once_with_their_side():
    left, right = of(real().tables, series=["sco-dmm"]), of(real().tables, country=["IND"], from_="2023")
    rows = list(csv.DictReader(io.StringIO(sides_csv(with_sides(left, right), "events").decode())))
    ids = {"left": set(left.events["event_id"]), "right": set(right.events["event_id"])}
    assert (
        len(rows) == len(ids["left"] | ids["right"]) == len({row["event_id"] for row in rows})
        and list(rows[0])[-1] == "side"
    )
    for row in rows:
        assert row["side"] == (
            "both"
            if all(row["event_id"] in own for own in ids.values())
            else next(side for side, own in ids.items() if row["event_id"] in own)
        )
    assert yaml.safe_load(sides_csv(with_sides(of(EMPTY), of(EMPTY)), "events").decode().split(",")[0]) == "event_id"


@pytest.mark.parametrize("refused", [{"events"}, {"themes"}, {"events", "themes"}, {"levels"}, set()])
def test_points_are_not_compared_where_events_or_themes_are_not(refused):
    sides = [select(real().tables, Filters.of({"from": ["2016"], "to": ["2020"]})), select(real().tables, Filters())]
    heads = tuple(
        headline(side.events, *map(side.all_rows, ("participations", "mentions", "sources"))) for side in sides
    )
    html = sides_table(heads, tuple(map(basis, sides)), frozenset(refused), real().tables.vocabulary)
    row = next(row for row in html.split("<tr") if "Points made" in row)
    assert ("not compared" in row) == bool(refused & {"events", "themes"})
    assert (f"−{heads[1].points - heads[0].points:,}" in row) == (not refused & {"events", "themes"})
