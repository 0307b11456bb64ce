"""Filters by widget, by link, with Back and Forward, by keyboard; the link of a view in a fresh browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.oracle import Oracle


def test_each_filter_that_is_chosen_puts_its_id_into_the_address_and_clear_takes_all_away(person: Person) -> None:
    person.open("timeline")
    person.choose("Country", "India")
    person.address_becomes(country="IND")
    person.choose("Series", "SCO Defence Ministers' Meeting")
    person.address_becomes(country="IND", series="sco-dmm")
    person.choose("Theme", "Terrorism")
    person.address_becomes(country="IND", series="sco-dmm", theme="terrorism")
    person.choose("Raised by", "India")
    person.write("From", "2018-06")
    person.address_becomes(country="IND", series="sco-dmm", theme="terrorism", by="IND", from_="2018-06")
    person.write("To", "2024-04-25")
    person.choose("Level", "Senior official")
    person.choose("Kind", "Ministerial meeting")
    person.write("Search", "astana aramane")
    person.address_becomes(
        country="IND",
        series="sco-dmm",
        theme="terrorism",
        by="IND",
        from_="2018-06",
        to="2024-04-25",
        level="senior-official",
        kind="ministerial",
        q="astana aramane",
    )
    assert person.event_ids() == ["2024-04-26-sco-dmm-astana"]
    person.sidebar.get_by_role("button", name="Clear filters").click()
    person.address_becomes()
    assert person.field("From").input_value() == person.field("Search").input_value() == ""
    assert person.chips("Country") == person.chips("Theme") == []
    expect(person.sentence).to_have_text("All events")


def test_several_values_of_one_filter_are_joined_by_commas_and_taken_away_one_by_one(
    person: Person, oracle: Oracle
) -> None:
    person.open("timeline?country=IND&from=2024-07&to=2024")
    person.choose("Country", "Pakistan")
    person.address_becomes(country="IND,PAK", from_="2024-07", to="2024")
    assert person.chips("Country") == ["India", "Pakistan"]
    assert set(person.event_ids()) == {
        row["event_id"]
        for row in oracle.tables({"country": ["IND", "PAK"], "from": ["2024-07"], "to": ["2024"]})["events"]
    }
    person.sidebar.get_by_role("button", name="Remove India").click()
    person.address_becomes(country="PAK", from_="2024-07", to="2024")


def test_back_and_forward_restore_the_earlier_views_with_their_widgets(person: Person) -> None:
    person.open("timeline")
    person.choose("Country", "India")
    person.address_becomes(country="IND")
    person.write("From", "2024")
    person.address_becomes(country="IND", from_="2024")
    latest = person.seen()
    person.page.go_back()
    person.address_becomes(country="IND")
    expect(person.field("From")).to_have_value("")
    expect(person.sentence).to_have_text("Events attended by India")
    assert person.chips("Country") == ["India"]
    person.page.go_back()
    person.address_becomes()
    expect(person.sentence).to_have_text("All events")
    assert person.chips("Country") == []
    person.page.go_forward()
    person.address_becomes(country="IND")
    person.page.go_forward()
    person.address_becomes(country="IND", from_="2024")
    person.comes_to_see(latest)


@pytest.mark.parametrize("steps", [(-1, -1, 1, 1), (-1, 1, -1, -1, 1), (-2, 2, -1, 1, -2), (-1, -1, 1, -1, 1, 1, -1)])
def test_quick_back_and_forward_end_on_the_view_of_the_address(person: Person, steps: tuple[int, ...]) -> None:
    views = ({}, {"country": "IND"}, {"country": "IND", "from_": "2024"})
    person.open("timeline")
    person.choose("Country", "India")
    person.address_becomes(**views[1])
    person.write("From", "2024")
    person.address_becomes(**views[2])
    for pause in (0, 100):  # Milliseconds: within one run, and across the start of the next.
        place = 2
        for step in steps:
            place += step
            person.page.evaluate("step => history.go(step)", step)
            person.page.wait_for_timeout(pause)
        person.address_becomes(**views[place])
        expect(person.sentence).to_have_text(
            ("All events", "Events attended by India", "Events since 2024 attended by India")[place]
        )
        person.address_becomes(**views[place])
        if place < 2:
            person.page.evaluate("step => history.go(step)", 2 - place)
            person.address_becomes(**views[2])


def test_a_change_of_page_keeps_the_filters_and_back_returns_to_the_page(person: Person) -> None:
    person.open("?series=sco-dmm")
    person.choose("Country", "India")
    person.address_becomes(country="IND", series="sco-dmm")
    for name in ("Timeline", "Participants", "Themes", "Data", "Overview"):
        person.main.get_by_role("link", name=name, exact=True).click()
        person.page.wait_for_url(re.compile(rf"/{'' if name == 'Overview' else name.lower()}\?"))
        person.address_becomes(country="IND", series="sco-dmm")
        assert person.chips("Country") == ["India"]
        assert person.chips("Series") == ["SCO Defence Ministers' Meeting"]
    person.page.go_back()
    expect(person.title).to_have_text("Data")
    person.address_becomes(country="IND", series="sco-dmm")
    assert person.chips("Country") == ["India"]


def test_more_filters_open_and_work_like_the_others(person: Person) -> None:
    person.open("timeline?country=IND,PAK")
    person.sidebar.get_by_text("More filters", exact=True).click()
    for label in (
        "Group of series",
        "Status",
        "Form of the point",
        "Organization present",
        "Held in",
        "Mode",
        "Outcome",
        "Person",
    ):
        expect(person.field(label)).to_be_visible()
    person.sidebar.get_by_text("Countries: match all").click()
    person.address_becomes(country="IND,PAK", country_match="all")
    person.choose("Held in", "Kazakhstan")
    person.address_becomes(country="IND,PAK", country_match="all", host="KAZ")
    person.choose("Person", "Rajnath Singh")
    person.address_becomes(country="IND,PAK", country_match="all", host="KAZ", person="rajnath-singh")
    expect(person.sidebar.get_by_text("More filters (3)")).to_be_visible()
    expect(person.sidebar.get_by_role("switch", name="Countries: match all")).to_be_checked()


def test_two_changes_in_quick_succession_both_count(person: Person) -> None:
    person.open("timeline")
    person.field("From").fill("2020")
    person.field("To").fill("2021")
    person.field("Search").fill("minister")
    person.field("Search").press("Enter")
    person.address_becomes(from_="2020", to="2021", q="minister")


@pytest.mark.parametrize(
    "address",
    [
        "?country=IND&sel=year:2024:sco&on=years",
        "timeline?series=sco-dmm&from=2017&sel=event:2024-04-26-sco-dmm-astana&on=timeline",
        "timeline?page=3",
        "participants?from=2020&country=IND,PAK&country_match=all&sel=cell:IND@2023-04-28-sco-dmm-new-delhi&on=matrix&pov=IN",
        "themes?theme=terrorism&by=IND&form=statement&sel=when:terrorism:2024&on=when",
        "event?id=2024-04-26-sco-dmm-astana&country=IND",
        "data?table=mentions&theme=sagar&q=%22quoted%22%20%26%20Türkiye%20%23%2B",
    ],
)
def test_a_shared_link_gives_the_same_view_in_a_fresh_browser(people: Callable[..., Person], address: str) -> None:
    sender = people()
    sender.open(address)
    link = sender.shared_link()
    assert link.startswith(f"{sender.base}/")
    receiver = people()
    receiver.open(link)
    assert receiver.query == sender.query
    assert receiver.path == sender.path
    expect(receiver.sentence).to_have_text(sender.sentence.inner_text())
    assert receiver.seen() == sender.seen()
    assert receiver.shared_link() == link


def test_a_view_made_by_hand_is_shared_as_it_stands(people: Callable[..., Person]) -> None:
    sender = people()
    sender.open("themes")
    sender.choose("Raised by", "Pakistan")
    sender.address_becomes(by="PAK")
    sender.click_mark("often", "terrorism")
    sender.address_becomes(by="PAK", sel="theme:terrorism", on="often")
    expect(sender.chosen).to_contain_text("Terrorism:")
    link = sender.shared_link()
    receiver = people()
    receiver.open(link)
    assert receiver.query == {"by": "PAK", "sel": "theme:terrorism", "on": "often"}
    assert receiver.seen() == sender.seen()


def test_the_keyboard_alone_filters_and_opens_a_record(person: Person) -> None:
    person.open("timeline")
    press = person.page.keyboard.press

    def tab_to(test: str) -> None:
        for _ in range(150):
            press("Tab")
            if person.page.evaluate(f"(e => {test})(document.activeElement)"):
                return
        raise AssertionError(f"Tab never comes to {test}")

    person.page.evaluate("document.activeElement.blur()")
    tab_to("e.getAttribute('aria-label') === 'Series'")
    person.page.keyboard.type("SCO Defence")
    expect(person.page.get_by_role("option").first).to_be_visible()
    press("Enter")
    person.address_becomes(series="sco-dmm")
    press("Escape")
    tab_to("e.getAttribute('aria-label') === 'Search'")
    person.page.keyboard.type("Aramane")
    press("Enter")
    person.address_becomes(series="sco-dmm", q="Aramane")
    tab_to("e.matches('ol.events a')")
    assert person.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    press("Enter")
    person.address_becomes(series="sco-dmm", q="Aramane", id="2024-04-26-sco-dmm-astana")
    expect(person.title).to_have_text("SCO Defence Ministers' Meeting, Astana 2024")


def test_a_search_that_finds_nothing_offers_other_spellings_on_every_page(person: Person) -> None:
    person.open("participants?q=Shoygu%20Astana")
    offer = person.main.locator(".nothing .offers a").first
    expect(offer).to_be_visible()
    number = int(re.match(r"\d+", offer.inner_text())[0])
    offer.click()
    expect(person.title).to_contain_text(f"{number} event")


def test_a_person_can_be_written_in_another_spelling(person: Person) -> None:
    person.open("person")
    box = person.main.get_by_label("Person", exact=True)
    box.click()
    box.press_sequentially("Shoygu")
    box.press("Enter")
    expect(person.title).to_have_text("Sergei Shoigu")
