"""Links to the dashboard's own pages: the open tab goes there without loading anything anew; everything else is left to the browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from bench.server import Server
from lib.content.lists import PAGE_LENGTH
from tests.browser.addresses import EVENT
from tests.browser.person import Person
from tests.oracle import Oracle

_MARK = "window.opened = (window.opened || 0) + 1"


def same_document(person: Person) -> bool:
    """Whether the document is the one that was marked."""
    return bool(person.page.evaluate("window.opened === 1"))


def test_from_page_to_record_to_record_and_back_in_one_document(person: Person) -> None:
    person.open("timeline?series=sco-dmm&country=IND")
    person.page.evaluate(_MARK)
    person.main.locator("ol.events a").first.click()
    person.page.wait_for_url("**/event?*")
    person.settle()
    first = person.title.inner_text()
    assert person.query["series"] == "sco-dmm" and person.query["country"] == "IND" and same_document(person)
    assert person.chips("Series") == ["SCO Defence Ministers' Meeting"]
    person.main.get_by_role("link", name="Earlier:").click()
    expect(person.title).not_to_have_text(first)
    person.settle()
    assert same_document(person)
    person.page.go_back()
    expect(person.title).to_have_text(first)
    person.page.go_back()
    expect(person.title).to_have_text("Timeline")
    person.settle()
    assert same_document(person) and person.query == {"series": "sco-dmm", "country": "IND"}


def test_the_navigation_says_where_one_is_and_begins_at_the_top(person: Person) -> None:
    person.open("participants?from=2020")
    person.page.evaluate(_MARK)
    top = person.main.get_by_role("navigation", name="Pages", exact=True)
    below = person.main.get_by_role("navigation", name="Pages of this part")
    expect(top.locator("[aria-current=page]")).to_have_text("Participants")
    main = person.page.get_by_test_id("stMain")
    main.evaluate("main => main.scrollTo(0, 400)")
    below.get_by_role("link", name="Representation").click()
    expect(below.locator("[aria-current=page]")).to_have_text("Representation")
    person.settle()
    expect(top.locator("[aria-current=page]")).to_have_count(0)
    expect(top.locator(".here")).to_have_text("Participants")
    assert same_document(person) and person.path == "/representation" and person.query == {"from": "2020"}
    assert main.evaluate("main => main.scrollTop") == 0
    top.get_by_role("link", name="Overview").click()
    expect(top.locator("[aria-current=page]")).to_have_text("Overview")
    assert same_document(person) and person.path == "/"


def test_a_link_can_be_opened_by_keyboard_and_in_another_tab(person: Person) -> None:
    person.open("?theme=sagar")
    person.page.evaluate(_MARK)
    link = person.main.get_by_role("navigation", name="Pages", exact=True).get_by_role("link", name="Themes")
    with person.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    person.settle(opened.value)
    assert opened.value.url.endswith("/themes?theme=sagar") and person.path == "/"
    link.focus()
    person.page.keyboard.press("Enter")
    expect(person.title).to_have_text("Themes")
    assert same_document(person)


def test_anchors_and_files_are_the_browsers_own(person: Person) -> None:
    person.open(f"event?id={EVENT}")
    person.page.evaluate(_MARK)
    person.main.locator("ul.contents a").last.click()
    person.page.wait_for_function("location.hash")
    expect(person.main.locator(person.page.evaluate("location.hash"))).to_be_in_viewport()
    assert same_document(person) and person.query == {"id": EVENT}
    person.open("data?series=sco-dmm")
    person.page.evaluate(_MARK)
    assert person.download("sources").startswith(b"\xef\xbb\xbf") or b"event_id" in person.download("sources")[:40]
    assert same_document(person) and person.path == "/data"


def test_without_a_connection_a_link_loads_its_page(person: Person) -> None:
    person.open("timeline?series=sco-dmm")
    person.page.evaluate(_MARK)
    person.page.evaluate("document.querySelector('[data-testid=stApp]').dataset.testConnectionState = 'CONNECTING'")
    person.main.locator("ol.events a").first.click()
    person.page.wait_for_url("**/event?*")
    person.settle()
    assert not person.page.evaluate("window.opened")


def test_in_a_frame_of_another_site_the_page_stays_as_it_is_embedded(person: Person) -> None:
    person.open("timeline?series=sco-dmm&embed=true&embed_options=light_theme&embed_options=show_padding")
    person.main.locator("ol.events a").first.click()
    person.page.wait_for_url("**/event?*")
    person.settle()
    assert (
        "embed=true&embed_options=light_theme&embed_options=show_padding" in person.page.url
        and person.query["series"] == "sco-dmm"
    )


def test_links_hold_under_a_prefix(start: Callable[..., Server], people: Callable[..., Person]) -> None:
    person = people(start(prefix="/deep/down").base)
    person.open("timeline?series=sco-dmm")
    person.page.evaluate(_MARK)
    person.main.locator("ol.events a").first.click()
    person.page.wait_for_url("**/deep/down/event?*")
    person.settle()
    assert same_document(person)


def test_turning_the_pages_of_a_list_goes_on_at_its_head_and_back_returns(person: Person, oracle: Oracle) -> None:
    person.open("timeline?country=CHN&sel=event:2024-04-26-sco-dmm-astana&on=timeline")
    every = [row["event_id"] for row in oracle.tables({"country": ["CHN"]})["events"]]
    first = person.event_ids()
    pages = person.main.get_by_role("navigation", name="Pages of the list")
    pages.get_by_role("link", name="Next page", exact=True).click()
    person.address_becomes(country="CHN", sel="event:2024-04-26-sco-dmm-astana", on="timeline", page="2")
    expect(pages.locator("[aria-current=page]")).to_have_text("2")
    second = person.event_ids()
    assert (
        len(first) == len(second) == PAGE_LENGTH
        and not set(first) & set(second)
        and set(first) | set(second) <= set(every)
    )
    expect(person.main.get_by_role("heading", name="The same in words")).to_be_in_viewport()
    pages.get_by_role("link", name="1", exact=True).click()
    person.address_becomes(country="CHN", sel="event:2024-04-26-sco-dmm-astana", on="timeline")
    person.page.go_back()
    person.address_becomes(country="CHN", sel="event:2024-04-26-sco-dmm-astana", on="timeline", page="2")
    expect(pages.locator("[aria-current=page]")).to_have_text("2")
    assert person.event_ids() == second
