"""Somebody with a question: clicks their way through the pages, counts the clicks, reads; and the API and the records beside it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from playwright.sync_api import Locator, expect

from tests.browser.person import Person


class Asking:
    """A person who begins on the overview. Every link, choice, word written and mark clicked is one click."""

    def __init__(self, person: Person) -> None:
        self.person, self.clicks = person, 0
        person.open("")

    def page(self, *names: str) -> None:
        """Go to a page by the navigation: its own name, or first that of the page above it."""
        for name in names:
            self.clicks += 1
            self.person.main.get_by_role("link", name=name, exact=True).click()
            expect(self.person.main.locator("a.here", has_text=name)).to_be_visible()
            self.person.settle()

    def choose(self, label: str, option: str) -> None:
        """Choose a filter's value; one below "More filters" costs a click more."""
        if not self.person.field(label).count():
            self.clicks += 1
            self.person.sidebar.get_by_text(re.compile("^More filters")).click()
            expect(self.person.field(label)).to_be_visible()
        self._then(lambda: self.person.choose(label, option))

    def write(self, label: str, text: str) -> None:
        """Write into a filter's field."""
        self._then(lambda: self.person.write(label, text))

    def pick(self, label: str, option: str) -> None:
        """Choose in a list of the page itself."""

        def choosing() -> None:
            box = self.person.main.get_by_label(label, exact=True)
            box.click()
            box.press_sequentially(option)
            self.person.page.get_by_role("option", name=re.compile(rf"^{re.escape(option)}( \(\d+\))?$")).click()

        self._then(choosing)

    def mark(self, chart: str, what: str) -> None:
        """Click a mark of a chart."""
        self._then(lambda: self.person.click_mark(chart, what))

    def _then(self, doing) -> None:
        """Do it, and wait until the address and the page have followed."""
        self.clicks += 1
        before = self.person.page.url
        doing()
        self.person.page.wait_for_function("before => location.href !== before", arg=before)
        self.person.settle()

    # Reading

    def section(self, title: str | re.Pattern[str]) -> Locator:
        """What follows a heading: the block of the page that holds it."""
        return (
            self.person.main.locator("[data-testid=stHtml]")
            .filter(has=self.person.page.get_by_role("heading", level=3, name=title))
            .last
        )

    def table(self, title: str | re.Pattern[str]) -> list[list[str]]:
        """The cells of the first table below a heading, row by row."""
        heading = self.person.main.get_by_role("heading", level=3, name=title)
        rows = heading.locator("xpath=following::table[1]/tbody/tr")
        return [
            [cell.strip() for cell in row]
            for row in rows.evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.innerText))")
        ]

    def ids(self, title: str | re.Pattern[str], what: str = "table[1]") -> list[str]:
        """The events that the links of the table, or another element, below a heading lead to."""
        heading = self.person.main.get_by_role("heading", level=3, name=title)
        links = (
            heading.locator(f"xpath=following::{what}")
            .first.locator("a[href*='id=']")
            .evaluate_all("all => all.map(a => new URL(a.href).searchParams.get('id'))")
        )
        return list(dict.fromkeys(links))

    def api(self, table: str, **asked: str) -> list[dict]:
        """The rows of the API's JSON."""
        query = urlencode({name.rstrip("_"): value for name, value in asked.items()})
        answer = self.person.page.request.get(f"{self.person.base}/api/{table}.json?{query}")
        assert answer.ok, answer.text()
        return answer.json()["rows"]
