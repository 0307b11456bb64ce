"""Every page opens by its address, whatever the filters, and has what the contract names."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from bench.server import Server
from tests.browser.addresses import EVENT, LINKS, MORE, PAGES
from tests.browser.person import SIDEBAR_FIELDS, Person
from tests.oracle import Oracle


def asked(link: str) -> dict[str, list[str]]:
    """A link's filters in the oracle's form."""
    return {name: values[0].split(",") for name, values in parse_qs(link).items()}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_opens_with_twenty_different_filter_links(person: Person, oracle: Oracle, address: str) -> None:
    path, _, own = address.partition("?")
    for place, link in enumerate(LINKS):
        query = f"?{'&'.join(filter(None, (own, link)))}"
        if place % 10 == PAGES.index(address):
            person.open(f"{path}{query}")
        else:  # a quarter of the time of a whole load
            if not place:
                person.open(path)
            person.go(query)
        _stands(person, link)
        count = len(oracle.tables(asked(link))["events"])
        if path in ("", "timeline"):
            wanted = (
                re.compile(rf"^{count:,} (recorded )?events?\b")
                if count
                else re.compile("No event passes these filters")
            )
            expect(person.main.get_by_text(wanted).first).to_be_visible()
        if path == "data":
            expect(
                person.main.get_by_role("heading", name=re.compile(rf"^The table events, {count:,} rows?$"))
            ).to_be_visible()


def _stands(person: Person, link: str) -> None:
    """The page has everything that the contract names, by role and name, and no complaint."""
    assert not person.exceptions(), link
    expect(person.title).to_be_visible()
    names = person.sidebar.aria_snapshot() + person.page.locator(".st-key-actions").aria_snapshot()
    for button in ("Share this view", "Download CSV", "Clear filters"):
        assert names.count(f'button "{button}"') == 1, (link, button)
    for field in SIDEBAR_FIELDS:
        assert len(re.findall(rf'(textbox|searchbox|combobox) "{field}"', names)) == 1, (link, field)
    assert person.main.get_by_role("alert").all_inner_texts() == [], link


@pytest.mark.parametrize("address", MORE)
def test_a_further_page_opens_with_every_fourth_of_these_links(person: Person, address: str) -> None:
    own = address.partition("?")[2]
    for place, link in enumerate(LINKS[::4]):
        if not place:
            person.open(address)
        person.go(f"?{'&'.join(filter(None, (own, link)))}")
        _stands(person, link)


@pytest.mark.parametrize("address", ["participants", f"event?id={EVENT}"])
def test_a_page_below_the_root_opens_as_the_first_request_to_a_fresh_server(
    start: Callable[..., Server], people: Callable[..., Person], address: str
) -> None:
    person = people(start().base)
    person.open(f"{address}{'&' if '?' in address else '?'}country=IND")
    expect(person.title).to_be_visible()
    assert person.chips("Country") == ["India"]
    for name in ("Overview", "Timeline", "Participants", "Themes", "Data"):
        expect(person.main.get_by_role("link", name=name, exact=True)).to_be_visible()


def test_the_address_overview_leads_to_the_root_with_its_filters(person: Person) -> None:
    person.open("overview?country=IND&from=2020")
    assert person.path == "/"
    assert person.query == {"country": "IND", "from": "2020"}
    assert person.chips("Country") == ["India"]


def test_an_unknown_event_is_named_with_the_nearest_one_which_is_one_click_away(person: Person) -> None:
    person.open("event?id=2024-04-26-sco-dmm-astanna&country=IND")
    expect(person.main.get_by_role("alert")).to_contain_text(
        f"'2024-04-26-sco-dmm-astanna' here; did you mean {EVENT}?"
    )
    assert person.query["id"] == "2024-04-26-sco-dmm-astanna"
    person.way("SCO Defence Ministers' Meeting, Astana 2024").first.click()
    person.address_becomes(id=EVENT, country="IND")
    expect(person.title).to_have_text("SCO Defence Ministers' Meeting, Astana 2024")


def test_an_event_page_without_an_event_offers_events(person: Person) -> None:
    person.open("event?series=sco-dmm")
    expect(person.title).to_have_text("Which event?")
    assert person.event_ids()[0].endswith("sco-dmm-bishkek")


def test_a_page_that_does_not_exist_says_so_and_the_dashboard_stands(person: Person) -> None:
    person.expected_errors += ("does not seem to exist",)
    person.open("no-such-page?country=IND")
    expect(person.page.get_by_text("Page not found").first).to_be_visible()
    expect(person.title).to_be_visible()
