"""Nothing is fetched from outside: fonts, map and scripts come from the server, also under a prefix."""

from __future__ import annotations

from collections.abc import Callable
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from bench.server import Server
from tests.browser.addresses import EVENT, MORE, PAGES
from tests.browser.person import Person

FONTS = ("Source Serif 4", "Source Sans 3")


def fonts_loaded(person: Person) -> set[str]:
    """Families of which a file was loaded for this page."""
    return set(
        person.page.evaluate(
            "document.fonts.ready.then(all => [...all].filter(font => font.status === 'loaded').map(font => font.family.replaceAll('\"', '')))"
        )
    )


@pytest.mark.parametrize(("prefix", "addresses"), [("", (*PAGES, *MORE)), ("/samvad", PAGES)])
def test_every_page_asks_this_server_only_and_gets_its_fonts_and_map(
    start: Callable[..., Server], people: Callable[..., Person], prefix: str, addresses: tuple[str, ...]
) -> None:
    server = start(prefix=prefix)
    person = people(server.base)
    failed: list[str] = []
    person.page.on(
        "response",
        lambda response: failed.append(f"{response.status} {response.url}") if response.status >= 400 else None,
    )
    for address in addresses:
        person.visit(address)
        assert person.path == f"{prefix}/{address.split('?')[0]}"
        assert set(FONTS) <= fonts_loaded(person), address
        assert FONTS[0] in person.title.evaluate("e => getComputedStyle(e).fontFamily")
        if address == "participants":
            expect(person.page.locator(".st-key-chart-map .choroplethlayer path").nth(170)).to_be_attached()
            sizes = person.page.locator(".st-key-chart-map .choroplethlayer path").evaluate_all(
                "all => all.filter(e => e.getBoundingClientRect().width > 0).length"
            )
            assert sizes > 150
    # ``finish`` checks that nothing else was asked for; what was asked for must have been there.
    assert [line for line in failed if "/_stcore/" not in line] == []
    assert any(url.startswith(f"{server.base}/api/geo/") for url in person.requests)
    assert any(f"{prefix}/app/static/fonts/" in url for url in person.requests)


def test_under_a_prefix_links_share_and_api_hold(start: Callable[..., Server], people: Callable[..., Person]) -> None:
    server = start(prefix="/samvad")
    person = people(server.base)
    person.open("timeline?series=sco-dmm")
    person.main.locator("ol.events a").first.click()
    person.page.wait_for_url(f"{server.base}/event?*")
    person.settle()
    person.main.get_by_role("link", name="Participants", exact=True).click()
    person.page.wait_for_url(f"{server.base}/participants?*")
    person.address_becomes(series="sco-dmm")
    assert person.shared_link() == f"{server.base}/participants?series=sco-dmm"
    person.main.get_by_role("link", name="Overview", exact=True).click()
    person.page.wait_for_url(f"{server.base}/?*")
    person.settle()
    assert person.shared_link() == f"{server.base}/?series=sco-dmm"
    person.main.locator("ol.ranked a").first.click()
    person.page.wait_for_url(f"{server.base}/themes?*")
    person.settle()
    person.open("data?table=sources&series=sco-dmm")
    snippet = person.main.locator("code").filter(has_text="read_csv").inner_text()
    url = next(part for part in snippet.replace("'", '"').split('"') if part.startswith("http"))
    assert url.startswith(f"{server.base}/api/sources.csv?")
    with urlopen(url) as answer:
        assert answer.read().startswith(b"event_id,source_id")
    person.open("overview?country=IND")
    assert person.page.url == f"{server.base}/?country=IND"


def test_the_pages_snippets_hold_addresses_that_answer(person: Person) -> None:
    person.open(f"data?country=IND&q=T%C3%BCrkiye&id={EVENT}")
    snippet = person.main.locator("code").filter(has_text="read_csv").inner_text()
    url = next(part for part in snippet.replace("'", '"').split('"') if part.startswith("http"))
    with urlopen(url) as answer:
        assert answer.status == 200
