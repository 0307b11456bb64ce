"""Keys that a record may have: several places or none, co-chairs, uncertain days, further levels, a party's own phrase, incidents."""

from __future__ import annotations

import datetime as dt

import pytest

from lib.analysis.country import hosts, of_country
from lib.analysis.participants import level_matrix
from lib.analysis.representation import presence
from lib.content.country import country_profile, people
from lib.content.event import event_page
from lib.content.overview import overview
from lib.content.participants import matrix, ranking, world
from lib.content.representation import matrix as presence_matrix
from lib.content.timeline import timeline
from lib.content.uptake import uptake
from lib.filters.selection import select
from lib.filters.table import BY_PARAMETER
from lib.filters.value import Filters
from lib.geo import load_geography
from lib.html.lists import events_list, points_list
from lib.html.record import facts, participants, said, source_list
from lib.html.search import found_list
from lib.search.find import find
from lib.store import SHIPPED
from lib.tables.build import place_in_words
from tests.api_fixture import client
from tests.samples import TODAY, Folder, came, event_of, point, record, stayed_away, tables_of, vocabulary

OSH, KHUJAND = {"city": "Osh", "country": "KGZ"}, {"city": "Khujand", "country": "TJK"}
BOTH = record("both", place=None, places=[OSH, KHUJAND], chairs=["KGZ", "TJK"])
ONLINE = record("online", start="2024-05-01", place=None, mode="virtual")


def ids(tables, **filters: object) -> list[str]:
    return select(tables, Filters.of(filters)).events["event_id"].tolist()  # type: ignore[arg-type]


# Places and chairs


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([{"city": "Astana", "country": "KAZ"}], "Astana, Kazakhstan"),
        ([{"country": "KAZ"}], "Kazakhstan"),
        ([OSH, KHUJAND], "Osh, Kyrgyzstan and Khujand, Tajikistan"),
        (
            [{"city": "Mumbai", "country": "IND"}, {"city": "New Delhi", "country": "IND"}],
            "Mumbai and New Delhi, India",
        ),
        (
            [OSH, {"country": "TJK"}, {"city": "Bishkek", "country": "KGZ"}],
            "Osh and Bishkek, Kyrgyzstan and Tajikistan",
        ),
    ],
)
def test_places_in_words_name_each_country_once(places, words):
    keys = {"places": places} if len(places) > 1 else {"place": places[0]}
    assert place_in_words(event_of(record("one", **{"place": None, **keys})).held_in, vocabulary()) == words


def test_an_event_in_two_countries_is_found_and_counted_in_both():
    tables = tables_of(BOTH)
    row = tables.events.iloc[0]
    assert (row["city"], row["country"], row["countries"], row["place"]) == (
        "Osh",
        "KGZ",
        ["KGZ", "TJK"],
        "Osh, Kyrgyzstan and Khujand, Tajikistan",
    )
    assert (
        ids(tables, host="TJK") == ids(tables, host="KGZ") == ids(tables, q="tajikistan") == ["both"]
        and ids(tables, host="IND") == []
    )
    assert set(BY_PARAMETER["host"].offered(tables)) == {"KGZ", "TJK"}
    assert hosts(of_country(tables.participations, "IND"), tables.events).to_numpy().tolist() == [
        ["KGZ", 1],
        ["TJK", 1],
    ]
    assert "<mark>Tajikistan</mark>" in found_list(
        find(select(tables, Filters.of({"q": "tajikistan"}))), [0], tables, str, TODAY
    )


def test_a_virtual_event_without_a_host_is_held_nowhere_and_shown_everywhere():
    tables = tables_of(ONLINE)
    row = tables.events.iloc[0]
    assert row[["city", "country", "venue"]].isna().all() and row["countries"] == [] and row["place"] == "online"
    assert ids(tables) == ["online"] and not BY_PARAMETER["host"].offered(tables)
    assert "online" in events_list(tables.events, tables, str, TODAY) and "online, without a host" in facts(
        event_of(ONLINE), vocabulary(), TODAY
    )
    assert hosts(of_country(tables.participations, "IND"), tables.events).empty


def test_who_chaired_together_stands_in_a_list_and_not_as_one_chair():
    tables = tables_of(BOTH, record("one", start="2024-06-01", chair="KAZ"), ONLINE)
    assert tables.events[["event_id", "chairs"]].to_numpy().tolist() == [
        ["both", ["KGZ", "TJK"]],
        ["online", []],
        ["one", ["KAZ"]],
    ]
    assert tables.events["chair"].isna().tolist() == [True, True, False]
    shown = facts(event_of(BOTH), vocabulary(), TODAY)
    assert "<dd>Kyrgyzstan and Tajikistan</dd>" in shown and "Osh, Kyrgyzstan; Khujand, Tajikistan" in shown


def test_two_records_of_one_meeting_in_two_places_are_one_whatever_the_order_of_the_places(tmp_path):
    folder = Folder(
        tmp_path / "data",
        [
            record("one", place=None, places=[OSH, KHUJAND]),
            record("two", place=None, places=[KHUJAND, OSH]),
            record("three", place=OSH),
        ],
    )
    assert folder.shown() == ["one", "three"] and folder.kinds() == [("two.yaml", "same-meeting")]


# Days

UNCERTAIN = record("a", start="2024-04", earliest="2024-04-29", latest="2024-05-02")


def test_uncertain_days_bound_the_period_in_which_an_event_may_lie():
    tables = tables_of(UNCERTAIN)
    row = tables.events.iloc[0]
    assert (row["start"], row["start_precision"], row["first_day"].date(), row["last_day"].date()) == (
        "2024-04",
        "month",
        dt.date(2024, 4, 29),
        dt.date(2024, 5, 2),
    )
    found = {
        day: select(tables, Filters.of({"from": day, "to": day})).events["event_id"].tolist()
        for day in ("2024-04-28", "2024-04-29", "2024-05-02", "2024-05-03")
    }
    assert found == {"2024-04-28": [], "2024-04-29": ["a"], "2024-05-02": ["a"], "2024-05-03": []}


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (
            {"earliest": "2024-04-24", "latest": "2024-04-27"},
            "(the days are uncertain: between 24 April 2024 and 27 April 2024)",
        ),
        ({"earliest": "2024-04"}, "(the days are uncertain: not before April 2024)"),
        ({"latest": "2024-04-27"}, "(the days are uncertain: not after 27 April 2024)"),
        ({}, "<dd>25 April 2024</dd>"),
    ],
)
def test_the_event_page_says_what_is_uncertain_of_the_days(keys, words):
    assert words in facts(event_of(record("one", **keys)), vocabulary(), TODAY)


@pytest.mark.parametrize(
    ("reconstructed", "title", "shown"),
    [
        (True, "Readout", (True, False)),
        (None, "[Readout of the meeting]", (False, True)),
        (None, "Readout [in part]", (False, False)),
    ],
)
def test_the_event_page_says_which_titles_are_not_those_printed(reconstructed, title, shown):
    event = event_of(
        record(
            "one",
            title_reconstructed=reconstructed,
            sources=[
                {"id": "s1", "kind": "official", "publisher": "P", "title": title, "url": "https://example.org/a"}
            ],
        )
    )
    page = facts(event, vocabulary(), TODAY), source_list(event, vocabulary())
    assert (
        "reconstructed: not the organizer&#x27;s own" in page[0],
        "rebuilt or described, not as printed" in page[1],
    ) == shown


# What came of it, who was free to come


@pytest.mark.parametrize(
    ("outcomes", "themes", "key", "said_"),
    [
        ([], [], None, "unknown"),
        ([], [], True, "yes"),
        ([], [], False, "no"),
        ([], [point("terrorism", "joint", "joint-document")], None, "yes"),
        ([], [point("terrorism", "joint", "joint-document")], False, "no"),
        ([{"form": "declaration", "title": "D", "sources": ["s1"]}], [], True, "yes"),
        ([{"form": "no-joint-document", "title": "None came", "sources": ["s1"]}], [], False, "no"),
    ],
)
def test_the_key_says_whether_a_joint_text_came_where_the_outcomes_do_not(outcomes, themes, key, said_):
    tables = tables_of(record("one", outcomes=outcomes, themes=themes, joint_document=key))
    assert tables.events["joint_document"].tolist() == [said_]


def test_the_free_to_come_have_a_cell_in_the_matrix_of_an_exercise():
    exercise = record(
        "one",
        kind="exercise",
        series="sco-exercise",
        participants=[came("IND", "units"), stayed_away("UZB")],
        eligible=["IND", "UZB", "KAZ"],
    )
    for roster, state in (("complete", "not-listed"), ("partial", "unknown-roster")):
        tables = tables_of({**exercise, "roster": roster})
        matrix = level_matrix(tables.participations, tables.events, vocabulary())
        assert dict(zip(matrix["country"], matrix["state"], strict=True)) == {
            "IND": "units",
            "UZB": "absent",
            "KAZ": state,
        }
    assert tables.events["eligible"].tolist() == [["IND", "UZB", "KAZ"]]
    assert "India, Uzbekistan and Kazakhstan" in facts(event_of(exercise), vocabulary(), TODAY)


# Standing and levels


def test_a_host_keeps_its_standing_beside_the_capacity():
    values = record("one", participants=[came("KAZ", capacity="host", standing="member"), came("IND")])
    tables = tables_of(values)
    assert tables.participations["standing"].astype(object).where(
        tables.participations["standing"].notna(), None
    ).tolist() == ["member", None]
    assert ">Host (member)</td>" in participants(event_of(values), vocabulary())


def test_the_standing_of_a_host_closes_what_the_dates_leave_open():
    for more, found in (({}, "unknown"), ({"standing": "member"}, "member")):
        tables = tables_of(
            record(
                "one",
                series="brics-summit",
                kind="summit",
                start="2009-06-16",
                participants=[came("RUS", "head-of-state", capacity="host", **more)],
            )
        )
        assert (
            presence(tables.participations, tables.events, vocabulary()).set_index("country").loc["RUS", "standing"]
            == found
        )


def test_a_person_of_two_offices_is_found_by_either_level():
    values = record(
        "one", participants=[came("CHN", "head-of-government", levels=["minister"]), came("IND", "ambassador")]
    )
    tables = tables_of(values)
    assert (
        ids(tables, level="minister")
        == ids(tables, level="minister", country="CHN")
        == ids(tables, level="head-of-government")
        == ["one"]
    )
    assert ids(tables, level="minister", country="IND") == [] and tables.participations["levels"].tolist() == [
        ["minister"],
        [],
    ]
    assert select(tables, Filters.of({"level": "minister"})).rows("participations")["country"].tolist() == ["CHN"]
    assert ">Head of government and Minister</td>" in participants(event_of(values), vocabulary())


# A party's own words, incidents

QUOTED = record(
    "one",
    themes=[
        {**point("terrorism"), "phrase": "zéro <tolerance>", "incidents": ["pahalgam-2025", "mumbai-2008"]},
        point("terrorism", text="Said more."),
    ],
)


def test_a_phrase_stands_in_quotation_marks_beside_the_theme():
    tables = tables_of(QUOTED)
    for shown in (said(event_of(QUOTED), tables), points_list(tables.mentions, tables, str)):
        assert (
            shown.count('<span class="phrase">') == 1
            and '<span class="phrase">“zéro &lt;tolerance&gt;”</span>' in shown
        )
        assert shown.index("Terrorism") < shown.index("zéro")


def test_a_phrase_is_found_by_the_search_and_shown_as_the_find():
    tables = tables_of(QUOTED)
    assert ids(tables, q="zero <tolerance>") == ["one"]
    shown = found_list(find(select(tables, Filters.of({"q": "tolerance"}))), [0], tables, str, TODAY)
    assert "Phrase" in shown and "“zéro &lt;<mark>tolerance</mark>&gt;”" in shown


def test_phrase_and_incidents_are_columns_of_the_mentions():
    mentions = tables_of(QUOTED).mentions
    assert mentions["phrase"].tolist()[0] == "zéro <tolerance>" and mentions["phrase"].isna().tolist() == [False, True]
    assert mentions["incidents"].tolist() == [["pahalgam-2025", "mumbai-2008"], []]


def test_an_incident_is_named_beside_its_point():
    shown = said(event_of(QUOTED), tables_of(QUOTED))
    assert all(vocabulary().label("incidents", word) in shown for word in ("pahalgam-2025", "mumbai-2008"))


def test_every_page_and_every_answer_stands_on_events_without_a_host_and_in_two_countries(tmp_path):
    folder = Folder(
        tmp_path / "data",
        [
            BOTH,
            ONLINE,
            record(
                "third",
                start="2024-06-01",
                earliest="2024-05-30",
                themes=[point("terrorism", "joint", "joint-document")],
            ),
        ],
    )
    chosen = select(folder.look().tables, Filters())
    geography = load_geography(SHIPPED / "geo")
    charts = [
        timeline(chosen, TODAY, None),
        world(chosen, geography, None, "default", None),
        ranking(chosen, None),
        matrix(chosen, "sco-dmm", None),
        presence_matrix(chosen, "sco-dmm", None),
        people(chosen, "IND", None),
        uptake(chosen, "terrorism@sco", None).chart,
    ]
    assert all(chart.spec for chart in charts)
    assert (
        "online" in str(charts[0].spec)
        and "Osh, Kyrgyzstan and Khujand, Tajikistan" in str(charts[0].spec)
        and "online <b>2024" in str(charts[3].spec)
    )
    assert (
        overview(chosen, TODAY)
        and country_profile(chosen, "KGZ", TODAY)
        and event_page(folder.look(), folder.look().catalog.by_id["online"], Filters(), TODAY)
    )
    api = client(folder.path)
    for address in (
        "events.csv",
        "events.json",
        "events.parquet",
        "package.zip",
        "briefing.html",
        "feed.atom",
        "events/online.json",
        "events/both.bib",
    ):
        assert api.get(f"/api/{address}").status_code == 200, address
    rows = {row["event_id"]: row for row in api.get("/api/events.json").json()["rows"]}
    assert (
        rows["online"]["country"] is None
        and rows["both"]["countries"] == ["KGZ", "TJK"]
        and rows["both"]["chairs"] == ["KGZ", "TJK"]
    )
    assert all(
        "Osh, Kyrgyzstan and Khujand, Tajikistan" in api.get(f"/api/{address}").text
        for address in ("briefing.html", "feed.atom")
    )
