"""What is seen is what is downloaded, and both are what the records say."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import parse_qs

import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.oracle import FIRST_COLUMNS, Oracle

EVENT = "2024-04-26-sco-dmm-astana"


def limits(query: str) -> dict[str, list[str]]:
    """A query string in the oracle's form."""
    return {
        name: values[0].split(",") if name not in ("q", "person") else values
        for name, values in parse_qs(query).items()
    }


def same_rows(found: list[dict[str, str]], wanted: list[dict], table: str) -> None:
    """The CSV holds the oracle's rows: as many, in the same order, with the same text in every column of the contract."""
    columns = [name for name in FIRST_COLUMNS[table] if not any(isinstance(row[name], (list, tuple)) for row in wanted)]
    if found:
        assert list(found[0])[:5] == list(FIRST_COLUMNS[table])[:5]

    def texts(rows: list[dict]) -> list[tuple[str, ...]]:
        written = {True: "true", False: "false", None: ""}
        return [
            tuple(
                written.get(row[name], row[name])
                if not isinstance(row[name], int) or isinstance(row[name], bool)
                else str(row[name])
                for name in columns
            )
            for row in rows
        ]

    harmless = [
        {
            name: text.removeprefix("'") if text[1:2] in "=+-@" and text[:1] == "'" else text
            for name, text in row.items()
        }
        for row in found
    ]
    assert texts(harmless) == texts(wanted)


@pytest.mark.parametrize(
    "query", ["country=IND&from=2023&to=2024", "series=sco-dmm&theme=terrorism", "q=astana", "from=1990&to=1991"]
)
def test_the_timelines_csv_holds_the_events_of_its_list_and_chart(person: Person, oracle: Oracle, query: str) -> None:
    person.open(f"timeline?{query}")
    wanted = oracle.tables(limits(query))["events"]
    if not wanted:
        assert person.download_rows() == []
        return
    rows = person.download_rows()
    same_rows(rows, wanted, "events")
    assert set(person.marks("timeline")) == {row["event_id"] for row in rows}
    listed = person.event_ids()
    onward = person.main.get_by_role("navigation", name="Pages of the list").get_by_role(
        "link", name="Next page", exact=True
    )
    while onward.count():
        number = int(person.query.get("page", "1")) + 1
        onward.click()
        person.page.wait_for_function(f"location.search.includes('page={number}')")
        expect(person.main.get_by_text(re.compile(rf"^{(number - 1) * 40 + 1}–"))).to_be_visible()
        person.settle()
        listed += person.event_ids()
    assert listed == [row["event_id"] for row in reversed(rows)]


@pytest.mark.parametrize("query", ["", "series=sco-dmm&country=IND"])
def test_the_overviews_csv_holds_the_events_that_it_counts(person: Person, oracle: Oracle, query: str) -> None:
    person.open(f"?{query}")
    rows = person.download_rows()
    same_rows(rows, oracle.tables(limits(query))["events"], "events")
    expect(person.main.get_by_role("heading", name=re.compile(rf"^{len(rows):,} recorded events"))).to_be_visible()
    figures = dict(
        zip(
            person.main.locator(".figures dt").all_inner_texts(),
            person.main.locator(".figures dd").all_inner_texts(),
            strict=True,
        )
    )
    meetings = sum(row["family"] == "meeting" for row in rows)
    assert int(figures["meetings" if meetings != 1 else "meeting"].replace(",", "")) == meetings


@pytest.mark.parametrize("query", ["", "series=sco-dmm&country=IND", "level=minister&from=2020"])
def test_the_participants_csv_holds_the_delegations_of_map_ranking_and_matrix(
    person: Person, oracle: Oracle, query: str
) -> None:
    person.open(f"participants?{query}")
    rows = person.download_rows()
    same_rows(rows, oracle.tables(limits(query), every=True)["participations"], "participations")
    came = {(row["country"], row["event_id"]) for row in rows if row["attended"] == "true" and row["country"]}
    countries = {country for country, _ in came}
    expect(person.main.get_by_role("heading", name=re.compile(rf": {len(countries)} countr(y|ies)$"))).to_be_visible()
    assert set(person.marks("map")) <= countries
    shown = set(person.marks("matrix"))
    series = {row["event_id"]: row["series"] for row in rows}
    one = next(series[mark.split("@")[1]] for mark in shown)
    there = {f"{country}@{event}" for country, event in came if series[event] == one}
    assert len({mark.split("@")[0] for mark in shown}) == 40 or there <= shown


@pytest.mark.parametrize(
    "query",
    [
        "theme=sagar&by=IND",
        "by=PAK&form=statement&from=2023",
        "country=IND,PAK&country_match=all&theme=terrorism&from=2024",
    ],
)
def test_the_themes_csv_holds_the_points_of_its_list(person: Person, oracle: Oracle, query: str) -> None:
    person.open(f"themes?{query}")
    rows = person.download_rows()
    same_rows(rows, oracle.tables(limits(query))["mentions"], "mentions")
    texts = person.main.locator(".pointlist li").all_inner_texts()
    latest = [row["point"].removeprefix("'") for row in reversed(rows)][: len(texts)]
    assert len(texts) == min(len(rows), 40)
    assert all(point in text for point, text in zip(latest, texts, strict=True))


def test_an_events_csv_holds_the_points_of_its_record_whatever_the_filters(person: Person, oracle: Oracle) -> None:
    person.open(f"event?id={EVENT}&theme=terrorism&country=USA")
    rows = person.download_rows()
    same_rows(rows, [row for row in oracle.tables({})["mentions"] if row["event_id"] == EVENT], "mentions")
    expect(person.main.get_by_role("heading", name=f"What was said {len(rows)} points")).to_be_visible()
    shown = person.main.locator("section", has=person.page.get_by_role("heading", name="What was said")).inner_text()
    assert all(row["point"] in shown for row in rows)


def test_the_data_pages_csv_holds_the_table_that_it_shows(person: Person, oracle: Oracle) -> None:
    for table in FIRST_COLUMNS:
        query = "country=IND&level=minister&theme=terrorism&from=2022"
        person.visit(f"data?table={table}&{query}")
        rows = person.download_rows()
        same_rows(rows, oracle.tables(limits(query))[table], table)
        grid = person.main.locator("[role=grid]")
        expect(grid).to_have_attribute("aria-rowcount", str(len(rows) + 1))
        first = grid.locator("tbody [role=gridcell]").first.inner_text()
        assert first == next(iter(rows[0].values()))
        assert person.download_rows(table) == rows


def test_the_package_of_the_data_page_opens_and_holds_all_tables(person: Person, oracle: Oracle) -> None:
    person.open("data?series=sco-dmm")
    package = zipfile.ZipFile(io.BytesIO(person.download("Everything as a package (zip)")))
    tables = oracle.tables({"series": ["sco-dmm"]})
    for table, rows in tables.items():
        name = next(name for name in package.namelist() if name.endswith(f"{table}.csv"))
        assert len(pd.read_csv(package.open(name))) == len(rows)


def test_pandas_reads_a_downloaded_file_and_the_same_rows_by_address(person: Person) -> None:
    person.open("timeline?theme=sagar")
    downloaded = pd.read_csv(io.BytesIO(person.download()))
    by_address = pd.read_csv(f"{person.base}/api/events.csv?theme=sagar")
    pd.testing.assert_frame_equal(downloaded, by_address)
    assert downloaded["event_id"].is_unique
    assert len(downloaded) > 5
