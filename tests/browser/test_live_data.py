"""The data folder changes while the dashboard runs; it is empty, or broken."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, expect

from bench.server import Server
from tests.browser.addresses import MORE
from tests.browser.person import Person
from tests.browser.records_broken import BROKEN, GOOD, record

SOON = 10_000
"""Milliseconds within which an edit appears on a page that nobody touches."""

ASTANA = "2024-04-26-sco-dmm-astana"


def api_ids(server: Server) -> list[str]:
    """The events that the API has."""
    with urlopen(f"{server.base}/api/events.json") as answer:
        return [row["event_id"] for row in json.load(answer)["rows"]]


def replace_text(file: Path, old: str, new: str) -> None:
    """Edit a file as an editor does: write beside it, then rename."""
    text = file.read_text("utf-8")
    assert old in text
    beside = file.with_suffix(".tmp")
    beside.write_text(text.replace(old, new, 1), "utf-8")
    os.replace(beside, file)


def test_an_edit_appears_a_broken_one_is_named_and_the_last_good_version_stays_until_it_is_mended(
    start: Callable[..., Server], people: Callable[..., Person], own_data: Path
) -> None:
    server = start(own_data)
    file = own_data / "events" / f"{ASTANA}.yaml"
    reader, other = people(server.base), people(server.base)
    reader.open(f"event?id={ASTANA}")
    other.open("timeline?series=sco-dmm")
    replace_text(file, "title: SCO Defence Ministers' Meeting, Astana 2024", "title: The ministers met in Astana")
    expect(reader.title).to_have_text("The ministers met in Astana", timeout=SOON)
    expect(other.main.get_by_role("link", name="The ministers met in Astana")).to_be_visible(timeout=SOON)

    replace_text(file, "title: The ministers met in Astana", "title: Broken title\ntitel: twice")
    note = reader.main.get_by_text("Something is missing here")
    expect(note).to_be_visible(timeout=SOON)
    expect(reader.title).to_have_text("The ministers met in Astana")
    expect(other.main.get_by_text("Something is missing here")).to_be_visible(timeout=SOON)
    expect(other.main.get_by_role("link", name="The ministers met in Astana")).to_be_visible()
    reader.way("See what is wrong").click()
    expect(reader.main.get_by_role("heading", name="problem in the records")).to_be_visible()
    assert (f"{ASTANA}.yaml", "3") in problem_places(reader)
    assert ASTANA in api_ids(server)

    replace_text(file, "title: Broken title\ntitel: twice", "title: Mended title")
    expect(reader.main.get_by_text("no problem")).to_be_visible(timeout=SOON)
    expect(other.main.get_by_role("link", name="Mended title")).to_be_visible(timeout=SOON)
    expect(other.main.get_by_text("Something is missing here")).to_have_count(0)
    assert "Traceback" not in server.written()


def test_a_new_record_appears_and_a_deleted_one_goes_while_filters_and_address_stay(
    start: Callable[..., Server], people: Callable[..., Person], own_data: Path
) -> None:
    server = start(own_data)
    person = people(server.base)
    person.open("timeline?country=ISL")
    expect(person.main.get_by_text("No event passes these filters").first).to_be_visible()
    new = own_data / "events" / "2024-05-05-other-reykjavik.yaml"
    new.write_text(record("2024-05-05-other-reykjavik", country="ISL"), "utf-8")
    expect(person.main.get_by_role("link", name=GOOD)).to_be_visible(timeout=SOON)
    assert person.query == {"country": "ISL"}
    assert person.chips("Country") == ["Iceland"]
    new.unlink()
    expect(person.main.get_by_text("No event passes these filters").first).to_be_visible(timeout=SOON)
    assert person.query == {"country": "ISL"}


def test_a_record_that_is_deleted_under_its_open_page_is_named_as_unknown(
    start: Callable[..., Server], people: Callable[..., Person], own_data: Path
) -> None:
    person = people(start(own_data).base)
    person.open(f"event?id={ASTANA}")
    (own_data / "events" / f"{ASTANA}.yaml").unlink()
    expect(person.main.get_by_role("alert")).to_contain_text(f"There is no record '{ASTANA}' here", timeout=SOON)


def test_former_ids_answer_on_the_page_and_say_so(
    start: Callable[..., Server], people: Callable[..., Person], tmp_path: Path
) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "2024-05-05-other-reykjavik.yaml").write_text(
        record("2024-05-05-other-reykjavik") + "former_ids: [2024-05-other-reykjavik]\n", "utf-8"
    )
    person = people(start(tmp_path).base)
    person.open("event?id=2024-05-other-reykjavik")
    expect(person.title).to_have_text(GOOD)
    expect(person.main.get_by_text("2024-05-other-reykjavik is now 2024-05-05-other-reykjavik")).to_be_visible()


def test_25_broken_records_dropped_into_the_running_folder_are_all_named_and_all_others_shown(
    start: Callable[..., Server], people: Callable[..., Person], own_data: Path
) -> None:
    again = f"{ASTANA}-again"
    text = (own_data / "events" / f"{ASTANA}.yaml").read_text("utf-8").replace(f"id: {ASTANA}", f"id: {again}", 1)
    last = text.rindex("\n  - {theme: ")  # of two records of one meeting the fuller one is kept
    less = text[:last] + text[text.index("\n", last + 1) :]
    broken = {**BROKEN, f"{again}.yaml": (6, less.encode())}
    assert len(broken) == 25
    server = start(own_data)
    before = api_ids(server)
    person = people(server.base)
    person.open("data")
    for name, (_, data) in broken.items():
        (own_data / "events" / name).write_bytes(data)
    expect(person.main.get_by_role("heading", name="problems in the records")).to_be_visible(timeout=SOON)
    named = problem_places(person)
    assert {(name, str(line)) for name, (line, _) in broken.items()} - named == set()
    assert api_ids(server) == before
    for address in ("", "timeline", "participants", "themes", f"event?id={ASTANA}"):
        person.visit(address)
        expect(person.main.get_by_text("Something is missing here")).to_contain_text("set aside")
        if address == "timeline":
            expect(person.main.get_by_role("heading", name=f"{len(before)} events in ")).to_be_visible()
    for name in broken:
        (own_data / "events" / name).unlink()
    expect(person.main.get_by_text("Something is missing here")).to_have_count(0, timeout=SOON)
    assert "Traceback" not in server.written()


@pytest.mark.parametrize("broken", [False, True])
def test_without_a_single_good_record_every_page_stands_says_so_and_leads_on(
    start: Callable[..., Server], people: Callable[..., Person], tmp_path: Path, broken: bool
) -> None:
    if broken:
        (tmp_path / "events").mkdir()
        for name, (_, data) in BROKEN.items():
            (tmp_path / "events" / name).write_bytes(data)
    server = start(tmp_path)
    person = people(server.base)
    for address in (
        "",
        "timeline",
        "participants",
        "themes",
        "event",
        f"event?id={ASTANA}",
        "data",
        *MORE,
        "timeline?country=IND&from=2020",
    ):
        person.visit(address)
        expect(person.title).to_be_visible()
        assert len(person.main.inner_text()) > 60, address
        if address in ("", "timeline"):
            expect(person.main.locator(".empty").first).to_have_text("There is no record to show.")
        if not broken:
            expect(person.main.get_by_text("There are no records")).to_be_visible()
        elif address != "data":
            expect(person.main.get_by_text("Something is missing here")).to_be_visible()
            expect(person.way("See what is wrong")).to_be_visible()
        if address.startswith("timeline?"):
            person.way("Show everything").first.click()
            person.address_becomes()
        assert person.download_rows() == [] or address.startswith("methods"), address
    assert api_ids(server) == []
    assert "Traceback" not in server.written()


def problem_places(person: Person) -> set[tuple[str, str]]:
    """File and line of every problem in the Data page's table, scrolled from top to bottom."""
    grid = person.main.locator("[role=grid]").first
    expect(grid).to_be_attached()
    count = int(grid.get_attribute("aria-rowcount") or 0) - 1
    rows: dict[str, tuple[str, str]] = {}
    person.main.locator("[data-testid=stDataFrame]").first.hover()
    for _ in range(count):
        rows |= _rows_in_sight(grid)
        if len(rows) >= count:
            break
        top = grid.locator("tbody tr").first.get_attribute("aria-rowindex")
        person.page.mouse.wheel(0, 105)
        person.page.wait_for_function(
            "top => document.querySelector('[role=grid] tbody tr').getAttribute('aria-rowindex') !== top", arg=top
        )
    return set(rows.values())


def _rows_in_sight(grid: Locator) -> dict[str, tuple[str, str]]:
    found = grid.locator("tbody tr").evaluate_all(
        "all => all.map(row => [row.getAttribute('aria-rowindex'), ...[...row.querySelectorAll('[role=gridcell]')].slice(0, 2).map(cell => cell.textContent)])"
    )
    return {index: (file, line) for index, file, line in found}
