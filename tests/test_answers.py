"""What a question needs and the pages once left out: whom a country sent meeting by meeting, chairs, ties, series of a theme."""

from __future__ import annotations

import datetime as dt
import re

from lib.analysis.country import by_meeting
from lib.analysis.themes import in_series
from lib.analysis.watch import without_joint_text
from lib.content.country import MEETINGS, country_profile
from lib.content.overview import RANKS, overview
from lib.content.participants import ranking
from lib.content.themes import themes
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.html.lists import brief_list, events_list
from lib.html.record import facts
from lib.html.search import found_list
from lib.html.watch import no_text
from lib.search.find import find
from tests.samples import TODAY, came, event_of, point, record, stayed_away, tables_of, vocabulary


def text_of_html(html: str) -> str:
    """What a reader sees of it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_meeting_by_meeting_tells_level_office_and_way_of_each_delegation_the_latest_first():
    tables = tables_of(
        record(
            "2024-04-25-a",
            participants=[
                came("PAK", "senior-official", name="S. Person", role="Special Assistant", mode="virtual"),
                came("IND"),
            ],
            mode="hybrid",
        ),
        record(
            "2024-05-25-b",
            start="2024-05-25",
            participants=[came("PAK", "minister", name="M. Person", role="Minister")],
            mode="hybrid",
        ),
        record("2024-06-25-c", start="2024-06-25", participants=[stayed_away("PAK"), came("IND")]),
        record("2024-07-25-d", start="2024-07-25", participants=[came("IND")]),
        record("2024-08-25-e", start="2024-08-25", participants=[came("IND")], roster="partial"),
        record("2024-09-25-f", start="2024-09-25", kind="exercise", participants=[came("PAK", "units")]),
    )
    found = by_meeting(tables.participations, tables.events, tables.vocabulary, "PAK")
    assert found[["event_id", "state", "people", "mode"]].to_numpy().tolist() == [
        ["2024-08-25-e", "unknown-roster", "", ""],
        ["2024-07-25-d", "not-listed", "", ""],
        ["2024-06-25-c", "absent", "", ""],
        ["2024-05-25-b", "minister", "M. Person", "hybrid"],
        ["2024-04-25-a", "senior-official", "S. Person", "virtual"],
    ]
    shown = country_profile(select(tables, Filters()), "PAK", TODAY)
    seen = text_of_html(shown.meetings)
    assert (
        "Senior official S. Person Special Assistant Member By video" in seen
        and "in the complete roster nobody" in seen
    )
    assert "roster is partial –" in seen and "left out" not in shown.meetings_text


def test_meetings_that_the_table_leaves_out_are_counted():
    tables = tables_of(*(record(f"2024-04-25-{number:03d}") for number in range(MEETINGS + 3)))
    shown = country_profile(select(tables, Filters()), "IND", TODAY)
    assert shown.meetings.count("<tr ") == MEETINGS + 1 and "3 older meetings left out" in shown.meetings_text


def test_lists_of_events_name_the_chair_where_it_is_recorded():
    tables = tables_of(record("2024-04-25-a", chair="KAZ"), record("2024-04-26-b", start="2024-04-26"))
    html = text_of_html(events_list(tables.events, tables, lambda event: event, TODAY))
    assert html.count("chair: Kazakhstan") == html.count("chair:") == 1


def test_lists_of_events_count_the_outcomes_where_there_are_any():
    text = {"form": "declaration", "title": "Declaration", "sources": ["s1"]}
    tables = tables_of(
        record("2024-04-25-a", outcomes=[text, {**text, "title": "Plan"}]),
        record("2024-04-26-b", start="2024-04-26"),
        record("2024-04-27-c", start="2024-04-27", outcomes=[text]),
    )
    rows = text_of_html(events_list(tables.events, tables, str, TODAY))
    assert rows.count("1 point · 2 outcomes") == rows.count("1 point · 1 outcome ") == 1 and rows.count("outcome") == 2


def test_what_was_scheduled_for_a_day_that_has_passed_is_said_to_have_no_report():
    tables = tables_of(
        *(
            record(f"2024-04-25-{status}", status=status, end="2024-04-26")
            for status in ("held", "scheduled", "postponed")
        )
    )
    events, event = tables.events, event_of(record("one", status="scheduled", end="2024-04-26"))
    found = find(select(tables, Filters.of({"q": "meeting"})))
    for day, scheduled in ((dt.date(2024, 4, 26), "Scheduled"), (dt.date(2024, 4, 27), "Announced, no report")):
        for html in (
            events_list(events, tables, str, day),
            brief_list(events, tables, str, day),
            found_list(found, found.events.tolist(), tables, str, day),
        ):
            assert sorted(re.findall('class="tag warn">([^<]+)<', html)) == sorted([scheduled, "Postponed"])
        assert f"<dt>Status</dt><dd>{scheduled}</dd>" in facts(event, vocabulary(), day)
    # What the data holds, and so the filter and the CSV, stays.
    assert (
        events["status"].tolist().count("scheduled") == len(select(tables, Filters.of({"status": ["scheduled"]}))) == 1
    )


def test_the_overview_says_where_its_list_ends_amid_a_tie():
    codes = ["AUS", "CHN", "IDN", "IND", "JPN", "KAZ", "KGZ", "NZL", "RUS", "USA"]
    shown = overview(
        select(tables_of(record("2024-04-25-a", participants=[came(code) for code in codes])), Filters()), TODAY
    )
    assert f"{len(codes) - RANKS} further countries with as many events" in text_of_html(shown.countries)
    fewer = overview(
        select(tables_of(record("2024-04-25-a", participants=[came(code) for code in codes[:RANKS]])), Filters()), TODAY
    )
    assert "further" not in fewer.countries


def test_the_ranking_names_nobody_as_first_who_shares_that_place():
    two, one = (
        record("2024-04-25-a", participants=[came("IND"), came("CHN"), came("RUS")]),
        record("2024-04-26-b", start="2024-04-26", participants=[came("IND"), came("CHN")]),
    )
    assert (
        ranking(select(tables_of(two, one), Filters()), None).title
        == "3 countries came; 2 of them to 2 events each, the most"
    )
    alone = record("2024-04-26-b", start="2024-04-26", participants=[came("IND")])
    assert ranking(select(tables_of(two, alone), Filters()), None).title == "3 countries came; India to 2 events"
    assert ranking(select(tables_of(record("2024-04-25-a", participants=[])), Filters()), None).spec is None


def test_points_are_counted_by_series_and_by_group():
    tables = tables_of(
        record("2024-04-25-a", themes=[point("terrorism"), point("terrorism", "RUS")]),
        record("2024-04-26-b", start="2024-04-26"),
        record("2024-05-01-c", start="2024-05-01", series="admm-plus", themes=[point("cyber")]),
    )
    found = in_series(tables.mentions, tables.vocabulary)
    assert found.to_numpy().tolist() == [
        ["sco-dmm", "sco", 2, 3],
        ["admm-plus", tables.vocabulary["series"]["admm-plus"].group, 1, 1],
    ]
    shown = themes(select(tables, Filters.of({"theme": "terrorism"})), TODAY)
    assert "2 events. By group: Shanghai Cooperation Organisation 2." in shown.where_text and "ADMM" not in shown.where
    assert themes(select(tables, Filters.of({"theme": "sagar"})), TODAY).where == ""


def test_charts_of_a_theme_filter_show_no_theme_above_it_of_which_only_these_points_were_kept():
    tables = tables_of(
        record("2024-04-25-a", themes=[point("cross-border-terrorism"), point("terrorism", "RUS")]),
        record("2024-04-26-b", start="2024-04-26"),
    )
    asked = themes(select(tables, Filters.of({"theme": "cross-border-terrorism"})), TODAY)
    every = themes(select(tables, Filters()), TODAY)
    label = tables.vocabulary.label("themes", "terrorism")
    for name in ("often", "form", "said", "when"):
        assert label in getattr(every, name).table["theme"].tolist()
        assert label not in getattr(asked, name).table["theme"].tolist() and len(getattr(asked, name).table)


def test_a_meeting_whose_record_says_that_it_had_no_joint_text_is_watched_without_an_outcome_too():
    none = {"form": "no-joint-document", "title": "No joint statement", "point": "None was adopted.", "sources": ["s1"]}
    tables = tables_of(
        record("2024-04-25-a", outcomes=[none]),
        record("2024-04-26-b", start="2024-04-26", joint_document=False),
        record("2024-04-27-c", start="2024-04-27"),
    )
    found = without_joint_text(select(tables, Filters()))
    assert found[["event_id", "text"]].to_numpy().tolist() == [
        ["2024-04-25-a", "None was adopted."],
        ["2024-04-26-b", ""],
    ]
    html = text_of_html(no_text(found, tables, lambda event: event))
    assert "None was adopted. Press Office" in html and "as the record says Press Office" in html
