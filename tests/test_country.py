"""One country's profile: people, levels, partners, for countries with many, few and no rows."""

from __future__ import annotations

import re

import plotly.graph_objects as go
import pytest

from lib.analysis import country as profile
from lib.analysis.chosen import chosen_rows
from lib.analysis.people import people
from lib.analysis.representation import instead, presence
from lib.content import country as content
from lib.content import representation
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from tests.samples import TODAY, came, point, real, record, stayed_away, tables_of


def selection(**filters: str) -> Selection:
    return select(real().tables, Filters.of({name.rstrip("_"): words.split(",") for name, words in filters.items()}))


@pytest.mark.parametrize("country", ["IND", "PAK", "UZB", "MMR", "NZL", "ATA"])
def test_a_profile_stands_for_countries_with_many_few_and_no_rows(country):
    chosen = selection()
    for chart in (content.people(chosen, country, None), content.series(chosen, country, None)):
        assert chart.title and (chart.empty if chart.spec is None else go.Figure(chart.spec))
    shown = content.country_profile(chosen, country, TODAY)
    assert shown.figures and ("not whom" in shown.partners_text or "No two-sided meeting" in shown.partners_text)


def test_a_profile_stands_on_an_empty_selection():
    chosen = selection(from_="1990", to="1991")
    assert content.people(chosen, "IND", None).spec is None and content.series(chosen, "IND", None).spec is None
    assert content.country_profile(chosen, "IND", TODAY).absences == ""


def test_the_page_opens_with_the_only_country_of_the_filter():
    assert content.offered(selection(), None)[1] == "IND"
    assert content.offered(selection(country="PAK"), None)[1] == "PAK"
    assert content.offered(selection(country="PAK,CHN"), None)[1] == "IND"
    assert "ATA" in content.offered(selection(), "ATA")[0] and "ZZZ" not in content.offered(selection(), "ZZZ")[0]


def test_spellings_of_one_name_are_one_person_and_every_mark_leads_to_its_event():
    tables = tables_of(
        record("one", participants=[came("IND", name="S. Jaishankar", role="Minister")]),
        record("two", start="2024-05-01", participants=[came("IND", name="S Jaishankar"), came("IND", name="Another")]),
    )
    found = people(profile.of_country(tables.participations, "IND"))
    assert found[["name", "events"]].to_numpy().tolist() == [["S. Jaishankar", 2], ["Another", 1]]
    assert found["spellings"].iloc[0] == ["S. Jaishankar", "S Jaishankar"] and found["roles"].iloc[0] == ["Minister"]


def test_events_of_known_level_of_units_and_of_no_stated_level_add_up_to_those_attended():
    chosen = selection()
    chart = content.series(chosen, "IND", None)
    known, (unknown, every), units = (
        list(map(int, re.search(pattern, text).groups()))
        for pattern, text in (
            (r"of (\d+) delegations of known level", chart.title),
            (r"not stated at (\d+) of (\d+);", chart.subtitle),
            (r"at (\d+) more it sent military units", chart.subtitle),
        )
    )
    assert known[0] + unknown + units[0] == every == int(chart.table["events"].sum())
    assert "units" not in content.series(selection(series="sco-dmm"), "IND", None).subtitle


def test_hostile_names_are_shown_and_not_run():
    tables = tables_of(
        record(
            "one",
            participants=[came("IND", "senior-official", name="<img src=x onerror=alert(1)>", role="<b>Chief</b>")],
            themes=[point("terrorism")],
        )
    )
    chosen = select(tables, Filters.of({}))
    shown = content.country_profile(chosen, "IND", TODAY)
    html = representation.sent_instead(chosen, "sco-dmm").html + shown.people
    assert "<img" not in html and "<b>Chief" not in html and "&lt;img" in html
    spec = content.people(chosen, "IND", None).spec
    assert spec and "<img" not in str(spec)


@pytest.mark.parametrize("country", ["IND", "UZB"])
def test_every_mark_of_a_profile_leads_to_its_events(country):
    chosen = selection()
    for chart, kind in (
        (content.people(chosen, country, None), "event"),
        (content.series(chosen, country, None), "came"),
    ):
        assert chart.spec
        keys = {key[0] for trace in chart.spec["data"] for key in trace["customdata"]}
        assert keys and not [key for key in keys if chosen_rows(chosen, f"{kind}:{key}").doubt]


def test_a_partner_is_the_other_of_exactly_two():
    two = {"series": "india-bilateral", "kind": "bilateral"}
    tables = tables_of(
        record("one", **two, participants=[came("IND"), came("CHN")]),
        record("two", **two, start="2024-05-01", participants=[came("IND"), came("CHN"), came("RUS")]),
        record("three", **two, start="2024-06-01", participants=[came("IND"), stayed_away("RUS")]),
        record("four", start="2024-07-01", participants=[came("IND"), came("CHN")]),
        record("five", **two, start="2024-08-01", status="scheduled", participants=[came("IND"), came("CHN")]),
    )
    assert profile.partners(tables.participations, tables.events, "IND").to_numpy().tolist() == [["CHN", 1]]


def test_an_absence_counts_only_where_nobody_of_the_country_came():
    tables = tables_of(
        record("one", participants=[{**stayed_away("IND"), "name": "Minister"}, came("IND", "ambassador")]),
        record("two", start="2024-05-01", participants=[stayed_away("IND"), came("CHN")]),
    )
    own = profile.of_country(tables.participations, "IND")
    assert profile.absences(own, tables.events)["event_id"].tolist() == ["two"]
    assert profile.counts(own, tables.mentions, "IND", real().vocabulary).events == 1


def test_the_page_downloads_the_rows_of_the_country_alone():
    rows = content.rows(selection(), "PAK")
    assert set(rows["country"]) == {"PAK"} and rows["attended"].notna().all() and (rows["attended"] == False).sum() >= 3  # noqa: E712


@pytest.mark.parametrize("country", ["IND", "KGZ", "PAK"])
def test_where_a_country_sent_less_than_expected_is_told_for_all_series_at_once(country):
    tables = real().tables
    wanted: set[str] = set()
    for series in tables.vocabulary["series"]:
        events = tables.events[(tables.events["series"] == series).to_numpy()]
        found = instead(presence(tables.participations, events, tables.vocabulary))
        wanted |= set(found["event_id"][(found["country"] == country).to_numpy()])
    shown = content.country_profile(selection(), country, TODAY)
    listed = re.findall(r"<tr[^>]*>.*?[?&;]id=([\w-]+)", shown.instead, re.S)
    assert (
        len(listed) == min(len(wanted), content.MEETINGS)
        and set(listed) <= wanted
        and f"{len(wanted)} meetings" in shown.instead_text
    )
