"""The briefing as a person has it: opened in the browser, read, printed, followed back to the live view and to the sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.person import Person
from tests.oracle import Oracle

SELECTIONS = (
    "series=sco-dmm&from=2017",
    "theme=sagar&by=IND&from=2022",
    "country=IND,CHN&country_match=all&kind=bilateral,dialogue",
)


def limits(query: str) -> dict[str, list[str]]:
    """A query string in the oracle's form."""
    return {name: values[0].split(",") for name, values in parse_qs(query).items()}


@pytest.fixture
def reading(person: Person) -> Callable[[str], Page]:
    """Opens the briefing of a selection."""

    def open_it(query: str) -> Page:
        answer = person.page.goto(f"{person.base}/api/briefing.html?{query}")
        assert answer is not None and answer.status == 200 and answer.headers["content-type"].startswith("text/html")
        return person.page

    return open_it


@pytest.mark.parametrize("query", SELECTIONS)
def test_every_event_and_point_of_the_selection_is_in_it_with_a_footnote_that_leads_to_a_source(
    reading, oracle: Oracle, query: str
) -> None:
    page, tables = reading(query), oracle.tables(limits(query))
    text = re.sub(r"\s+", " ", page.locator("body").inner_text())
    assert [row["title"] for row in tables["events"] if row["title"] not in text] == [] and tables["events"]
    assert [row["point"] for row in tables["mentions"] if row["point"] not in text] == []
    notes = page.locator("a[href^='#']").evaluate_all(
        "all => all.map(a => [a.innerText, a.getAttribute('href'), !!document.getElementById(decodeURIComponent(a.hash.slice(1)))])"
    )
    assert notes and all(there for _, _, there in notes)
    urls = {row["url"] for row in oracle.tables(limits(query))["sources"]}
    outside = {
        link
        for link in page.locator("a[href^='http']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        if urlsplit(link).netloc != urlsplit(page.url).netloc
    }
    assert outside & urls and {urlsplit(link).netloc for link in outside - urls} <= {"creativecommons.org"}
    lacking = page.locator("li, p").evaluate_all(
        """(all, points) => all.filter(one => points.some(point => one.innerText.includes(point)) && !one.querySelector('li') && !one.querySelector("a[href^='#']"))
      .map(one => one.innerText)""",
        [row["point"] for row in tables["mentions"]],
    )
    assert lacking == []


@pytest.mark.parametrize("query", SELECTIONS)
def test_it_leads_back_to_the_live_view_of_the_same_selection(
    reading, person: Person, oracle: Oracle, query: str
) -> None:
    page = reading(query)
    here = [
        link
        for link in page.locator("a[href^='http']").evaluate_all("all => all.map(a => a.href)")
        if urlsplit(link).netloc == urlsplit(person.base).netloc and "/api/" not in link
    ]
    live = next(link for link in here if limits(urlsplit(link).query) == limits(query))
    person.open(live)
    count = len(oracle.tables(limits(query))["events"])
    expect(person.main.get_by_text(re.compile(rf"^{count:,} recorded events?\b")).first).to_be_visible()


@pytest.mark.parametrize("query", SELECTIONS)
def test_it_prints_to_pages_without_asking_anybody_for_anything(reading, person: Person, query: str) -> None:
    page = reading(query)
    asked = len(person.requests)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF") and printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") >= 1
    assert person.requests[asked:] == [] and all(
        urlsplit(url).netloc == urlsplit(person.base).netloc for url in person.requests
    )
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
    assert page.locator("script").count() == 0


def test_the_feed_the_citations_and_the_preview_of_a_selection_answer_a_browser(person: Person) -> None:
    query, get = "series=sco-dmm&from=2024", person.page.request.get
    feed = get(f"{person.base}/api/feed.atom?{query}")
    assert feed.ok and "atom+xml" in feed.headers["content-type"] and "<entry>" in feed.text()
    event = "2024-04-26-sco-dmm-astana"
    bibtex, ris = get(f"{person.base}/api/events/{event}.bib"), get(f"{person.base}/api/events/{event}.ris")
    assert bibtex.text().startswith("@") and event in bibtex.text() and ris.text().startswith("TY  - ")
    pages = [get(f"{person.base}/{address}").text() for address in (f"timeline?{query}", f"event?id={event}")]
    said = [re.search(r'<meta property="og:description" content="([^"]+)"', page) for page in pages]
    assert all(said) and said[0][1] != said[1][1]
