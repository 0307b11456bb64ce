"""The examples of docs/methods.md on counts, themes, joint documents and the search, as they were computed by hand on the six records; and that no measure lacks its section."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import lru_cache
from pathlib import Path

import pytest

from lib.analysis import person
from lib.analysis.country import by_meeting, themes
from lib.analysis.coverage import coverage, covered_share
from lib.analysis.overview import by_year, headline
from lib.analysis.participants import STATES, delegations, level_matrix
from lib.analysis.people import people
from lib.analysis.themes import by_whom, how_often, in_form, in_series, national_share, over_time, points_by_country
from lib.analysis.watch import absent_or_by_video, without_joint_text
from lib.content.overview import overview
from lib.filters.masks import of_events
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.search.find import find
from lib.search.index import search_index
from lib.store import Store

HERE = Path(__file__).parent
TODAY = dt.date(2024, 12, 31)
METHODS = (HERE.parent / "docs" / "methods.md").read_text("utf-8")


@lru_cache(maxsize=1)
def six() -> Selection:
    return select(Store(HERE / "fixtures" / "six").current().tables, Filters())


def number_of(event: str) -> int:
    """The record's number in the document's table."""
    return six().events["event_id"].tolist().index(event) + 1


def test_the_head_of_the_overview():
    found = headline(six().events, six().all_rows("participations"), six().rows("mentions"), six().all_rows("sources"))
    assert (
        found.meetings,
        found.exercises,
        found.transfers,
        found.not_held,
        found.countries,
        found.points,
        found.sources,
        found.publishers,
    ) == (6, 0, 0, 0, 10, 13, 12, 2)


def test_events_by_year_and_the_share_of_the_series_that_is_covered():
    years = by_year(six().events).groupby("year")["events"].sum().to_dict()
    assert years == {2016: 1, 2017: 1, 2018: 1, 2023: 2, 2024: 1}
    assert covered_share(coverage(six().events, six().tables.vocabulary, TODAY), range(2016, 2025)) == dict.fromkeys(
        range(2016, 2025), 0.5
    )


def test_events_attended_and_where_the_overviews_list_ends():
    found = delegations(six().all_rows("participations"), six().events)
    assert dict(zip(found["country"], found["events"], strict=True)) == {
        "CHN": 6,
        "IND": 5,
        "KAZ": 5,
        "RUS": 5,
        "KGZ": 4,
        "PAK": 3,
        "TJK": 3,
        "UZB": 3,
        "BLR": 2,
        "IRN": 2,
    }
    shown = overview(six(), TODAY).countries
    assert shown.count("<li>") == 8 and "further" not in shown


def test_the_matrix_of_levels():
    ministers = six().events[(six().events["series"] == "sco-dmm").to_numpy()]
    states = level_matrix(six().all_rows("participations"), ministers, six().tables.vocabulary)["state"]
    sent = states[~states.isin(STATES)].tolist()
    assert (len(sent), sent.count("unknown"), sent.count("minister")) == (36, 1, 28)


def test_themes_by_event_form_year_and_series():
    mentions, events, vocabulary = six().rows("mentions"), six().events, six().tables.vocabulary
    terrorism = how_often(mentions, events, vocabulary).set_index("theme").loc["terrorism"]
    assert (terrorism["events"], terrorism["points"], terrorism["actors"]) == (4, 6, 2) and terrorism[
        "share"
    ] == pytest.approx(4 / 6)
    assert by_whom(mentions, vocabulary).query("theme == 'terrorism'").set_index("by")["events"].to_dict() == {
        "joint": 3,
        "IND": 2,
        "PAK": 1,
    }
    assert in_form(mentions, vocabulary).query("theme == 'terrorism'").set_index("form")["points"].to_dict() == {
        "joint-document": 3,
        "statement": 3,
    }
    year = over_time(mentions, events, vocabulary).query("theme == 'terrorism' and year == 2023").iloc[0]
    assert (year["events"], year["of"]) == (1, 2)
    assert (
        points_by_country(mentions, vocabulary)["IND"],
        sum(points_by_country(mentions, vocabulary).values()),
        round(national_share(mentions, "IND", vocabulary) * 100),
    ) == (5, 9, 56)
    assert in_series(mentions, vocabulary).set_index("series")["events"].to_dict() == {
        "sco-dmm": 5,
        "india-bilateral": 1,
    }


def test_one_country_meeting_by_meeting():
    found = by_meeting(six().all_rows("participations"), six().events, six().tables.vocabulary, "IND")
    assert [(number_of(event), state) for event, state in zip(found["event_id"], found["state"], strict=True)] == [
        (6, "senior-official"),
        (5, "minister"),
        (4, "minister"),
        (3, "minister"),
        (2, "not-member"),
        (1, "senior-official"),
    ]


def test_who_came_by_name():
    found = people(six().all_rows("participations"))
    assert len(found) == 15 and len({event for events in found["event_ids"] for event in events}) == 6
    assert found[["name", "events"]].head(4).to_numpy().tolist() == [
        ["Minister Chinese", 6],
        ["Minister Kazakh", 5],
        ["Minister Russian", 5],
        ["Minister Indian", 3],
    ]


def test_one_persons_part():
    tables, mentions = six().tables, six().rows("mentions")
    own = person.of_person(tables.participations, "Minister Indian")
    assert [number_of(event) for event in own["event_id"]] == [3, 4, 5]
    assert person.offices(own)[["role", "first", "latest"]].to_numpy().tolist() == [
        ["Minister of Defence", "2018-04-24", "2023-04-27"]
    ]
    met = person.met(tables, own)[["name", "events", "two_sided"]].to_numpy().tolist()
    assert met[:4] == [
        ["Minister Chinese", 3, 1],
        ["Minister Kazakh", 2, 0],
        ["Minister Russian", 2, 0],
        ["Adviser Pakistani", 1, 0],
    ] and not any(two for *_, two in met[1:])
    raised = themes(mentions[of_events(mentions, own)], six().events, six().tables.vocabulary, "IND")
    assert raised[["theme", "events"]].to_numpy().tolist() == [
        ["mottos", 2],
        ["vasudhaiva-kutumbakam", 2],
        ["terrorism", 1],
        ["border", 1],
    ]


def test_joint_documents_and_the_lists_of_the_watch_page():
    found = {
        number_of(event): joint
        for event, joint in zip(six().events["event_id"], six().events["joint_document"], strict=True)
    }
    assert found == {1: "yes", 2: "unknown", 3: "yes", 4: "unknown", 5: "no", 6: "yes"}
    assert [number_of(event) for event in without_joint_text(six())["event_id"]] == [5]
    rows = absent_or_by_video(six())
    assert [
        (number_of(event), country, bool(there))
        for event, country, there in zip(rows["event_id"], rows["country"], rows["attended"], strict=True)
    ] == [(1, "TJK", False), (5, "PAK", True)]


def test_every_page_with_a_measure_and_every_module_that_computes_one_stands_in_the_document():
    modules = {path.name for path in (HERE.parent / "lib" / "analysis").glob("*.py")} - {
        "__init__.py",
        "rows.py",
    }
    assert {name for name in modules if f"lib/analysis/{name}" not in METHODS} == set()
    pages = {path.stem for path in (HERE.parent / "pages").glob("*.py")} - {"overview", "event", "data", "methods"}
    assert {page for page in pages if f"`/{page}`" not in METHODS} == set()


def test_every_section_says_what_it_does_not_show_and_names_tests_that_are_there():
    sections = re.split(r"^## ", METHODS, flags=re.MULTILINE)[1:]
    assert [section.splitlines()[0] for section in sections if "does not show" not in section] == []
    named = re.findall(r"tests/test_\w+\.py", METHODS)
    assert named and [name for name in named if not (HERE.parent / name).exists()] == []


def test_the_rank_of_the_search():
    def ranked(word: str) -> list[tuple[int, float]]:
        selection = select(six().tables, Filters.of({"q": (word,)}))
        found = find(selection)
        return [
            (event + 1, round(score, 4))
            for event, score in zip(found.events.tolist(), found.scores.tolist(), strict=True)
        ]

    index = search_index(six().tables)
    words = [len(re.findall(r"\w+", text)) for text in index.plain]
    assert (len(words), sum(words)) == (55, 236)
    rarity = math.log((55 - 2 + 0.5) / (2 + 0.5))
    times = 1 * (1.2 + 1) / (1 + 1.2 * (1 - 0.75 + 0.75 * 9 / (236 / 55)))
    assert (round(rarity, 4), round(times, 4)) == (3.0634, 0.6902)
    assert ranked("border") == [(4, round(2 * 4 * (2 * rarity * times + 0.1), 4))] == [(4, 34.6272)]
    assert ranked("stana") == [(6, 1.6), (1, 1.6), (2, 1.6)]
