"""Who came, by name: everybody whom a selection names, once, with the number of events that the person's page has too."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from lib.analysis.people import people
from lib.content.people import PAGE_LENGTH, named, people_in_words, people_page, person_address
from lib.content.person import offered, person_part
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.links import read_query
from tests.samples import came, real, record, stayed_away, tables_of

LINKS = ("", "series=sco-dmm", "country=IND&from=2017&to=2020", "kind=exercise", "organization=sco-secretariat")


def selected(link: str) -> Selection:
    tables = real().tables
    return select(tables, read_query(link, tables).filters)


def listed(html: str) -> list[tuple[str, str, int]]:
    """Address, name and number of each row."""
    rows = re.findall(r'<tr role=row><th [^>]*><a href="([^"]+)"[^>]*>([^<]+)</a>.*?>([\d,]+)</td></tr>', html)
    return [(unescape(address), unescape(name), int(number.replace(",", ""))) for address, name, number in rows]


def test_whom_a_record_names_as_present_counts_once_an_event_by_the_registry():
    tables = tables_of(
        record("one", participants=[came("RUS", name="Sergei Shoigu", role="Minister"), came("IND", name="B. Able")]),
        record(
            "two",
            start="2024-05-01",
            participants=[
                came("RUS", name="Sergey Shoygu", role="Secretary"),
                came("IND", name="B Able"),
                came("IND", "senior-official", name="An Aide", role="Aide"),
                came("KAZ"),
            ],
        ),
        record("three", start="2024-06-01", participants=[{**stayed_away("RUS"), "name": "Sergei Shoigu"}]),
        record("four", start="2024-07-01", status="scheduled", participants=[came("IND", name="B. Able")]),
        record(
            "five",
            start="2024-08-01",
            participants=[
                {"organization": "cis", "capacity": "guest", "level": "head-of-organization", "name": "An Aide"}
            ],
        ),
    )
    found = people(tables.participations)
    columns = ["name", "parties", "events", "first", "latest", "roles", "asked"]
    assert found[columns].to_numpy().tolist() == [
        ["An Aide", ["cis", "IND"], 2, "2024-05-01", "2024-08-01", ["Aide"], ["An Aide"]],
        ["B. Able", ["IND"], 2, "2024-04-25", "2024-05-01", [], ["B. Able", "B Able"]],
        ["Sergei Shoigu", ["RUS"], 2, "2024-04-25", "2024-05-01", ["Secretary", "Minister"], ["sergei-shoigu"]],
    ]
    chosen = select(tables, Filters())
    assert people_in_words(chosen).startswith("3 people are named as present, at 3 of 3 events;")


@pytest.mark.parametrize("link", LINKS)
def test_the_pages_of_the_list_hold_everybody_once_the_one_at_the_most_events_first(link):
    chosen = selected(link)
    pages = people_page(chosen, None).pages
    rows = [row for number in range(1, pages + 1) for row in listed(people_page(chosen, str(number)).html)]
    own = chosen.all_rows("participations")
    there = own[own["attended"].fillna(False).to_numpy(dtype=bool) & own["name"].notna().to_numpy()]
    assert len(rows) == there["person"].nunique() and there["person"].notna().all()
    assert [number for *_, number in rows] == sorted((number for *_, number in rows), reverse=True)
    counts = there.groupby("person", observed=True)["event_id"].nunique()
    assert {parse_qs(urlsplit(address).query)["p"][0]: number for address, _, number in rows} == counts.to_dict()


@pytest.mark.parametrize("link", LINKS)
def test_a_row_leads_to_the_persons_page_which_has_as_many_events(link):
    chosen, seen = selected(link), 0
    for address, _, number in listed(people_page(chosen, None).html)[::4]:
        where = read_query(urlsplit(address).query, chosen.tables)
        there, person = select(chosen.tables, where.filters), where.settings["p"]
        assert urlsplit(address).path.endswith("person") and where.filters == chosen.filters and not where.doubts
        head = person_part(there, person).head
        assert re.search(rf"<dd>{number:,}</dd><dt>events? named at</dt>", head), (address, number, head)
        seen += 1
    assert seen


def test_the_person_page_opens_with_the_first_of_the_list():
    for link in LINKS:
        chosen = selected(link)
        assert [offered(chosen, None)[1]] == named(chosen)["asked"].iloc[0]


def test_a_page_that_is_not_there_is_named_and_the_nearest_shown():
    chosen = selected("")
    last = people_page(chosen, "900")
    assert last.number == last.pages > 10 and "page 900" in last.doubt.lower().replace("'", "")
    assert people_page(chosen, None).caption == f"1–{PAGE_LENGTH} of {len(named(chosen))} people"


def test_without_anybody_named_there_is_no_list():
    nobody = select(tables_of(record("one", participants=[came("IND")])), Filters())
    assert people_page(nobody, None).html == ""
    assert people_in_words(nobody).startswith("0 people are named as present, at 0 of 1 event;")
    assert people_page(select(tables_of(), Filters()), "2").html == ""


def test_several_spellings_that_no_registry_joins_lead_to_their_events():
    filters = Filters.of({"series": "sco-dmm"})
    address = person_address(["B. Able", "B Able"], filters, filters)
    tables = tables_of(
        record("one", participants=[came("IND", name="B. Able")]),
        record("two", start="2024-05-01", participants=[came("IND", name="B Able")]),
        record("three", start="2024-06-01", participants=[came("IND", name="C. Able")]),
    )
    found = read_query(urlsplit(address).query, tables)
    assert urlsplit(address).path.endswith("timeline") and len(select(tables, found.filters)) == 2


def test_spellings_that_differ_by_letter_case_alone_are_one_value_and_the_most_named_opens_the_person_page():
    tables = tables_of(
        record("one", participants=[came("IND", name="B. Able"), came("CHN", name="Aa Zz")]),
        record("two", start="2024-05-01", participants=[came("IND", name="B. ABLE")]),
    )
    chosen = select(tables, Filters())
    (most, number), *_ = zip(named(chosen)["asked"], named(chosen)["events"], strict=True)
    assert len(most) == 1 and number == 2 and offered(chosen, None)[1] in most
    assert urlsplit(listed(people_page(chosen, None).html)[0][0]).path.endswith("person")
    assert len(select(tables, Filters.of({"person": most}))) == 2


def test_hostile_names_are_shown_and_not_run():
    tables = tables_of(record("one", participants=[came("IND", name="<img src=x onerror=alert(1)>", role="<b>Chief")]))
    html = people_page(select(tables, Filters()), None).html
    assert "<img" not in html and "<b>" not in html and "&lt;img" in html
