"""One person at a browser: opens addresses, reads, clicks, and notices everything that the browser asks for or complains about."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Locator, Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

WAIT = 15_000
"""Milliseconds after which what should appear is missing."""

SIDEBAR_FIELDS = ("From", "To", "Series", "Kind", "Country", "Theme", "Raised by", "Level", "Search")

_READY = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  if (app?.dataset.testScriptState !== 'notRunning' || app.dataset.testConnectionState !== 'CONNECTED') return false;
  if (!document.querySelector('h1') || !document.querySelector('.st-key-actions button')) return false;
  if (document.querySelector('[data-testid=stSkeleton], [data-stale=true]')) return false;
  return [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart => chart.querySelector('.main-svg'));
}"""

_MARKS = """root => {
  const found = [];
  for (const element of root.querySelectorAll('.point, .choroplethlayer path')) {
    const place = element.__data__?.index ?? element.__data__?.i;
    let trace = null;
    for (let up = element.parentElement; up && up !== root && !trace; up = up.parentElement) trace = up.__data__?.[0]?.trace;
    const data = trace?.customdata?.[place];
    if (data !== undefined) found.push([String(Array.isArray(data) ? data[0] : data), element]);
  }
  return found;
}"""

_PROBED = "/_stcore/"

_GO = """address => {
  history.pushState(null, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}"""

_UNFOLDED = """field => field.closest('[data-testid=stExpander]') && new Promise(done => {
  let last = null, since = performance.now();
  const look = () => {
    const top = field.getBoundingClientRect().top;
    if (top !== last) { last = top; since = performance.now(); }
    performance.now() - since > 400 ? done() : requestAnimationFrame(look);
  };
  look();
})"""
"""A fold that is still opening moves the fields in it, and a list that is open there closes."""

_DRAWN = "() => new Promise(done => setTimeout(done, 50))"
"""The browser's part draws what has come a moment later, by a shorter timer."""


def _says_that_a_page_has_run(frame: bytes | str) -> bool:
    """Whether a message of the server is its word that a whole script, not a fragment, has come to its end."""
    message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
    return (
        message.WhichOneof("type") == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    )


_ON_A_TAB = {"viewport", "color_scheme"}
"""The options of a browser profile that a tab can take on, and put off again."""


class Tabs:
    """Tabs that stay open between tests, each of a profile of its own: they have compiled the framework's scripts already, which is two thirds
    of the work of a page's first load. One person at a time has a tab; what its pages have stored is gone when the next one comes."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Page] = []

    def take(self, options: dict[str, Any]) -> Page | None:
        """A tab as new, with these options of a profile; none where a tab cannot take them on."""
        if not set(options) <= _ON_A_TAB:
            return None
        if not self._free:
            self._free.append(self._browser.new_context(**_options()).new_page())
        page, wanted = self._free.pop(), _options(options)
        page.set_viewport_size(wanted["viewport"])
        page.emulate_media(media="null", color_scheme=wanted.get("color_scheme", "light"))
        return page

    def give_back(self, page: Page) -> None:
        """Leave nothing behind."""
        for other in page.context.pages:
            if other is not page:
                other.close()
        if page.url.startswith("http"):
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.goto("about:blank")
        self._free.append(page)


def _options(more: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **more}


class Person:
    """A fresh browser profile on one server. ``finish`` fails where anything outside was asked for or an error was written."""

    def __init__(self, browser: Browser, base: str, tabs: Tabs, **options: Any) -> None:
        self.base = base
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.sockets: dict[Page, WebSocket] = {}
        """The connection of each tab, the last that it made."""
        self.expected_errors = (_PROBED,)
        """What the console may say: Streamlit's browser part looks for its server below the page's own address first."""
        self._tabs, self._kept = tabs, tabs.take(options)
        self._listening: list[tuple[Page, str, Callable[..., None]]] = []
        self.context = self._kept.context if self._kept else browser.new_context(**_options(options))
        self.context.set_default_timeout(WAIT)
        self.page = self._watched(self._kept) if self._kept else self.new_tab()

    def new_tab(self) -> Page:
        """Another tab of the same profile, watched as well."""
        return self._watched(self.context.new_page())

    def _watched(self, page: Page) -> Page:
        listeners: dict[str, Callable[..., None]] = {
            "request": lambda request: self.requests.append(request.url),
            "websocket": lambda socket: self._connected(page, socket),
            "console": lambda message: (
                self.errors.append(f"{message.text} ({message.location.get('url', '')})")
                if message.type == "error"
                else None
            ),
            "pageerror": lambda error: self.errors.append(f"uncaught: {error}"),
        }
        for event, listener in listeners.items():
            page.on(event, listener)
            self._listening.append((page, event, listener))
        return page

    def _connected(self, page: Page, socket: WebSocket) -> None:
        self.requests.append(socket.url)
        self.sockets[page] = socket

    def open(self, address: str = "") -> None:
        """Enter an address, of this server where it has no host, and wait until the page is drawn."""
        self.page.goto(address if "://" in address else f"{self.base}/{address.lstrip('/')}", wait_until="commit")
        self.settle()

    def go(self, query: str) -> None:
        """Go to another query of the current page, as Back and Forward do: without reloading the page.

        A quick run begins and ends before the browser has drawn it as running: only the server's word tells that it was.
        """
        self._go_to(f"{self.path}{query}")

    def visit(self, address: str) -> None:
        """Go to another page in the current tab, as the dashboard's own links do; a third of the work of loading it."""
        if self.page.url.startswith(self.base):
            self._go_to(f"{urlsplit(self.base).path}/{address}")
        else:
            self.open(address)

    def _go_to(self, address: str) -> None:
        with self.sockets[self.page].expect_event("framereceived", _says_that_a_page_has_run):
            self.page.evaluate(_GO, address)
        self.page.evaluate(_DRAWN)
        self.settle()

    def settle(self, page: Page | None = None) -> None:
        """Wait until the script has run and everything is drawn."""
        (page or self.page).wait_for_function(_READY, timeout=2 * WAIT)

    def finish(self) -> None:
        """No exception on the page, no request to another host, no error in the console."""
        try:
            shown = [words for page in self.context.pages for words in self.exceptions(page)]
        finally:
            if self._kept:
                for page, event, listener in self._listening:
                    page.remove_listener(event, listener)
                self._tabs.give_back(self._kept)
            else:
                self.context.close()
        host = urlsplit(self.base).netloc
        outside = [
            url
            for url in self.requests
            if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).netloc != host
        ]
        errors = [error for error in self.errors if not any(known in error for known in self.expected_errors)]
        assert not shown, shown
        assert not outside, f"asked another host for {outside}"
        assert not errors, f"the browser's console says {errors}"

    def exceptions(self, page: Page | None = None) -> list[str]:
        """What the page shows of exceptions."""
        return (page or self.page).locator("[data-testid=stException]").all_inner_texts()

    # What the page says

    @property
    def path(self) -> str:
        """The address's path below the server's."""
        return urlsplit(self.page.url).path

    @property
    def query(self) -> dict[str, str]:
        """The address's parameters."""
        return {
            name: values[-1] for name, values in parse_qs(urlsplit(self.page.url).query, keep_blank_values=True).items()
        }

    def address_becomes(self, **query: str) -> None:
        """Wait until the address has exactly these parameters, and the page with them."""
        self.page.wait_for_function(
            "wanted => JSON.stringify([...new URLSearchParams(location.search)].sort()) === JSON.stringify(wanted)",
            arg=sorted([name.rstrip("_"), value] for name, value in query.items()),
        )
        self.page.evaluate(_DRAWN)
        self.settle()

    @property
    def main(self) -> Locator:
        return self.page.locator("[data-testid=stMain]")

    @property
    def sidebar(self) -> Locator:
        return self.page.locator("[data-testid=stSidebar]")

    @property
    def title(self) -> Locator:
        return self.main.get_by_role("heading", level=1)

    @property
    def sentence(self) -> Locator:
        """The selection in words."""
        return self.main.locator(".lede.big")

    @property
    def chosen(self) -> Locator:
        """The panel behind a chosen mark."""
        return self.page.locator(".st-key-chosen")

    def way(self, name: str | re.Pattern[str]) -> Locator:
        """A link or button of the main part by its name: which of the two it is does not matter to a person."""
        exact = isinstance(name, str)
        return self.main.get_by_role("link", name=name, exact=exact).or_(
            self.main.get_by_role("button", name=name, exact=exact)
        )

    def field(self, label: str) -> Locator:
        """A sidebar field by its label."""
        return self.sidebar.get_by_label(label, exact=True)

    def chips(self, label: str) -> list[str]:
        """The values chosen in a field that takes several."""
        group = self.sidebar.get_by_role("group").filter(has=self.page.get_by_role("combobox", name=label, exact=True))
        return group.last.locator("button[aria-label^='Remove ']").evaluate_all(
            "all => all.map(button => button.ariaLabel.slice('Remove '.length))"
        )

    def event_ids(self) -> list[str]:
        """The events that the page's list names, in its order."""
        links = self.main.locator("ol.events a, .pointlist h4 a").evaluate_all(
            "all => all.filter(a => !a.closest('.st-key-chosen')).map(a => a.href)"
        )
        return [parse_qs(urlsplit(link).query)["id"][0] for link in links]

    def seen(self) -> dict[str, Any]:
        """The view as a person sees it: words, widgets, list, choice, warnings."""
        texts = {label: self.field(label).input_value() for label in ("From", "To", "Search")}
        return {
            "title": self.title.inner_text(),
            "sentence": self.sentence.inner_text(),
            **texts,
            **{label: self.chips(label) for label in SIDEBAR_FIELDS if label not in texts},
            "headings": self.main.locator("h3").all_inner_texts(),
            "list": self.event_ids(),
            "chosen": self.chosen.all_inner_texts(),
            "warnings": self.main.get_by_role("alert").all_inner_texts(),
        }

    def comes_to_see(self, view: dict[str, Any]) -> None:
        """Wait until the view is ``view``: Back and Forward change the address before the server knows of it."""
        for _ in range(WAIT // 100):
            if self.seen() == view:
                return
            self.page.wait_for_timeout(100)
        assert self.seen() == view

    # What a person does

    def choose(self, label: str, option: str) -> None:
        """Choose a value in a sidebar field by typing it, once the page is drawn: a run that ends meanwhile closes the list."""
        self.settle()
        field, wanted = self.field(label), self.page.get_by_role("option", name=option, exact=True)
        field.evaluate(_UNFOLDED)
        for _ in range(3):
            # What is typed while a list is still opening is lost, or closes it: a person looks, and types again.
            field.click()
            field.fill(option)
            self.page.wait_for_timeout(150)
            if field.input_value() == option and wanted.count():
                break
        # A click by the element, not by its place: the list may still be growing shorter under what was typed.
        wanted.dispatch_event("click")
        self.page.keyboard.press("Escape")

    def write(self, label: str, text: str) -> None:
        """Write into a sidebar field and press Enter."""
        self.field(label).fill(text)
        self.field(label).press("Enter")

    def marks(self, chart: str) -> list[str]:
        """What the marks of a chart represent."""
        return self.page.locator(f".st-key-chart-{chart}").evaluate(f"root => ({_MARKS})(root).map(pair => pair[0])")

    def click_mark(self, chart: str, what: str) -> None:
        """Click the mark of a chart that represents ``what``."""
        place = self.page.locator(f".st-key-chart-{chart}").evaluate(
            f"""(root, what) => {{
              const mark = ({_MARKS})(root).find(pair => pair[0] === what)?.[1];
              if (!mark) return null;
              mark.scrollIntoView({{block: 'center', inline: 'center'}});
              const box = mark.getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            }}""",
            what,
        )
        assert place, f"the chart {chart} has no mark for {what}"
        self.page.mouse.move(place[0] - 2, place[1] - 2)
        self.page.mouse.click(*place)

    def shared_link(self) -> str:
        """The link that "Share this view" shows."""
        self.page.get_by_role("button", name="Share this view", exact=True).click()
        code = self.page.locator("[data-testid=stPopoverBody] code")
        expect(code).to_contain_text("http")
        link = code.inner_text().strip()
        self.page.keyboard.press("Escape")
        return link

    def download(self, name: str = "Download CSV") -> bytes:
        """The file behind a button or a link."""
        with self.page.expect_download() as caught:
            self.way(name).click()
        return caught.value.path().read_bytes()

    def download_rows(self, name: str = "Download CSV") -> list[dict[str, str]]:
        """The rows of a downloaded CSV."""
        return list(csv.DictReader(io.StringIO(self.download(name).decode("utf-8"), newline="")))
