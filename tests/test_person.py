"""One person's part: the events, offices and people of somebody with many, few and no rows; every name leads there."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from lib.analysis import person as part
from lib.analysis.chosen import chosen_rows
from lib.content import person as content
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.html.person import identity, offices_table
from lib.records.dates import parse_date
from lib.tables.build import Tables, build_tables
from lib.vocabulary.entries import HeldOffice, Person
from tests.samples import came, point, real, record, stayed_away, tables_of, vocabulary


def selection(**filters: str) -> Selection:
    return select(real().tables, Filters.of({name.rstrip("_"): words.split(",") for name, words in filters.items()}))


def two_sided() -> Tables:
    """Shoigu, in two spellings, in two offices, at a meeting of two and at one of many; at a third he is named as absent, a fourth is not held."""
    bilateral = {"series": "india-bilateral", "kind": "bilateral"}
    return tables_of(
        record(
            "one",
            start="2024-01-01",
            **bilateral,
            participants=[
                came("RUS", name="Sergei Shoigu", role="Minister of Defence"),
                came("IND", name="Rajnath Singh"),
                came("RUS", "senior-official", name="An Aide"),
            ],
        ),
        record(
            "two",
            start="2024-02-01",
            participants=[
                came("RUS", name="Sergey Shoygu", role="Secretary"),
                came("IND", name="Rajnath Singh"),
                came("CHN", name="A Stranger"),
                came("KAZ"),
            ],
            themes=[point("terrorism", "RUS"), point("sagar", "IND")],
        ),
        record(
            "three",
            start="2024-03-01",
            participants=[{**stayed_away("RUS"), "name": "Sergei Shoigu"}, came("CHN", name="A Stranger")],
        ),
        record(
            "four",
            start="2024-04-01",
            status="scheduled",
            participants=[came("RUS", name="Sergei Shoigu"), came("IND", name="Rajnath Singh")],
        ),
    )


def test_only_events_that_took_place_and_at_which_the_person_is_named_as_present_count():
    own = part.of_person(two_sided().participations, "sergei-shoigu")
    assert own["event_id"].tolist() == ["one", "two"] and part.parties(own) == ["RUS"]


def test_an_office_stands_from_the_first_to_the_last_event_at_which_it_is_named_the_latest_first():
    found = part.offices(part.of_person(two_sided().participations, "sergei-shoigu"))
    assert found.to_numpy().tolist() == [
        ["Secretary", "RUS", 1, "2024-02-01", "2024-02-01", "two", "two"],
        ["Minister of Defence", "RUS", 1, "2024-01-01", "2024-01-01", "one", "one"],
    ]


def test_whom_a_person_met_leaves_out_the_own_delegation_and_the_absent():
    tables = two_sided()
    own = part.of_person(tables.participations, "sergei-shoigu")
    assert part.met(tables, own).to_numpy().tolist() == [
        ["rajnath-singh", "Rajnath Singh", "IND", 2, 1],
        ["A Stranger", "A Stranger", "CHN", 1, 0],
    ]
    shown = content.person_part(select(tables, Filters()), "sergei-shoigu")
    assert [text.count("<li>") for text in (shown.met, shown.named)] == [
        1,
        2,
    ] and 'title="1 of 2 events">1</span>' in shown.met
    assert part.met(tables, part.of_person(tables.participations, "A Stranger"))["key"].tolist() == [
        "rajnath-singh",
        "sergei-shoigu",
    ]


def test_one_name_of_two_people_is_not_one_person():
    tables = tables_of(
        record("one", participants=[came("RUS", name="Sergei Shoigu"), came("IND", name="Sergei Shoigu")])
    )
    assert part.of_person(tables.participations, "sergei-shoigu")["country"].tolist() == ["RUS"]
    assert part.of_person(tables.participations, "sergei shoigu")["country"].tolist() == ["IND"]


def test_event_by_event_the_latest_first_with_the_mode_of_the_person_or_of_the_event():
    tables = tables_of(
        record("one", mode="hybrid", participants=[came("RUS", name="Sergei Shoigu", mode="virtual")]),
        record(
            "two",
            start="2024-05-01",
            participants=[came("RUS", "senior-official", name="Sergei Shoigu", role="Secretary")],
        ),
    )
    found = part.by_event(part.of_person(tables.participations, "sergei-shoigu"), tables.events)
    assert found[["event_id", "level", "roles", "party", "capacity", "mode"]].to_numpy().tolist() == [
        ["two", "senior-official", "Secretary", "RUS", "member", "in-person"],
        ["one", "minister", "", "RUS", "member", "virtual"],
    ]


@pytest.mark.parametrize("key", ["rajnath-singh", "sergei-shoigu", "nobody-of-that-name", ""])
@pytest.mark.parametrize("limits", [{}, {"series": "sco-dmm"}, {"from_": "1990", "to": "1991"}], ids=str)
def test_the_page_stands_for_people_with_many_few_and_no_rows(key, limits):
    chosen = selection(**limits)
    chart, shown = content.where(chosen, key, None), content.person_part(chosen, key)
    assert chart.title and (chart.empty if chart.spec is None else go.Figure(chart.spec))
    assert (
        (chart.spec is None) == content.rows(chosen, key).empty == (shown.events == "")
        and shown.met_text
        and shown.named_text
        and shown.themes_text
    )


def test_the_page_stands_without_any_record():
    empty = select(build_tables((), vocabulary()), Filters())
    options, key = content.offered(empty, None)
    assert (
        list(options) == [key]
        and content.name_of(empty.tables, key) == "Nobody on record"
        and content.where(empty, key, None).empty
    )


def test_the_page_opens_with_the_only_person_of_the_filter_or_whom_most_events_name():
    assert (
        content.offered(selection(), None)[1]
        == content.offered(selection(country="IND"), "rajnath-singh")[1]
        == "rajnath-singh"
    )
    assert content.offered(selection(person="Sergey Shoygu"), None)[1] == "sergei-shoigu"
    assert (
        content.offered(
            select(
                tables_of(
                    record("one", participants=[came("CHN", name="B"), came("IND", name="C")]),
                    record("two", start="2024-05-01", participants=[came("IND", name="C")]),
                ),
                Filters(),
            ),
            None,
        )[1]
        == "C"
    )
    assert content.offered(selection(from_="1990", to="1991"), None)[1] in content.people(real().tables)


def test_any_spelling_in_an_address_means_the_person():
    tables = two_sided()
    assert [
        content.person_meant(tables, text)
        for text in ("Sergey Shoygu", "sergei-shoigu", "a STRANGER", "nobody", "", None)
    ] == ["sergei-shoigu", "sergei-shoigu", "A Stranger", "nobody", None, None]


@pytest.mark.parametrize("key", ["rajnath-singh", "sergei-shoigu"])
def test_every_mark_leads_to_its_event_and_the_chart_says_what_the_rows_say(key):
    chosen = selection()
    chart = content.where(chosen, key, None)
    assert chart.spec
    events = [mark[0] for trace in chart.spec["data"] for mark in trace["customdata"]]
    assert sorted(events) == sorted(set(content.rows(chosen, key)["event_id"])) and len(chart.table) == len(events)
    assert not [event for event in events if chosen_rows(chosen, f"event:{event}").doubt]
    assert f"named at {len(events)} events" in chart.title


def test_the_download_holds_the_persons_rows_of_the_selection():
    rows = content.rows(selection(series="sco-dmm"), "sergei-shoigu")
    assert set(rows["person"]) == {"sergei-shoigu"} and set(rows["series"]) == {"sco-dmm"} and rows["attended"].all()


def test_what_the_registry_says_of_the_name_and_a_published_term_are_shown_with_their_source():
    person = Person(
        label="A B",
        definition="x",
        country="IND",
        aliases=("A. B.", "Ab"),
        sources=("https://www.example.org/who",),
        offices=(
            HeldOffice(
                office="Minister",
                seen_from=parse_date("2024-04-25"),
                source="one",
                start=parse_date("2023-01"),
                end=parse_date("2025"),
                published="https://example.org/term",
            ),
        ),
    )
    html = identity([("India", "./country?c=IND")], person)
    assert (
        'Represented <a href="./country?c=IND" target="_self">India</a>. Also written A. B. or Ab.' in html
        and ">example.org</a>" in html
    )
    tables = tables_of(record("one", participants=[came("IND", name="A B", role="Minister")]))
    offices = part.offices(part.of_person(tables.participations, "A B"))
    assert ">in office from January 2023 until 2025</a>" in offices_table(
        offices, person, tables, str
    ) and "in office" not in offices_table(offices, None, tables, str)


def test_hostile_names_are_shown_and_not_run():
    tables = tables_of(
        record(
            "one",
            participants=[
                came("IND", name="<img src=x onerror=alert(1)>", role="<b>Chief</b>"),
                came("PAK", name="<script>"),
            ],
        )
    )
    chosen = select(tables, Filters())
    key = "<img src=x onerror=alert(1)>"
    shown, spec = content.person_part(chosen, key), content.where(chosen, key, None).spec
    html = "".join((shown.head, shown.offices, shown.events, shown.met, shown.named, shown.themes))
    assert (
        "<img" not in html
        and "<b>Chief" not in html
        and "<script>" not in html
        and spec
        and "<img" not in str(spec)
        and "<b>Chief" not in str(spec)
    )


def test_the_rows_of_all_people_together_are_the_named_rows():
    tables = real().tables
    there = tables.participations[
        tables.participations["attended"].fillna(False).to_numpy(dtype=bool)
        & tables.participations["name"].notna().to_numpy()
    ]
    found = pd.concat([part.of_person(tables.participations, key) for key in content.people(tables)])
    assert sorted(found.index) == sorted(there.index)
