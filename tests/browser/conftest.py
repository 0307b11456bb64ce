"""The browser, the servers, and the people before them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from bench.server import Server, serve
from scripts.shots import chromium
from tests.browser.person import WAIT, Person, Tabs
from tests.oracle import Oracle

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "data"
FULL_ERRORS = ("--client.showErrorDetails", "full")
NO_NAMES = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""No other host can be found: what asks for one fails, and is written down."""

expect.set_options(timeout=WAIT)  # Several browsers at once on a small machine take their time.


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one the tests fail, and say what to install."""
    try:
        program = chromium()
    except SystemExit as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", NO_NAMES])
        yield running
        running.close()


@pytest.fixture(scope="package")
def server() -> Iterator[Server]:
    """The dashboard on the shipped records, for all tests that only look."""
    with serve(ROOT / "app.py", options=FULL_ERRORS) as running:
        yield running
        assert "Traceback" not in running.written(), running.written()[-3000:]


@pytest.fixture(scope="package")
def oracle() -> Oracle:
    """The tables computed a second time, straight from the YAML."""
    return Oracle(SHIPPED / "events", SHIPPED / "vocabulary")


@pytest.fixture(scope="package")
def tabs(browser: Browser) -> Tabs:
    """Tabs that are kept; they are closed with the browser."""
    return Tabs(browser)


@pytest.fixture
def people(browser: Browser, tabs: Tabs, server: Server) -> Iterator[Callable[..., Person]]:
    """Makes people with a browser profile of their own; each is asked at the end what went wrong."""
    with ExitStack() as asked:

        def make(base: str = "", **options: Any) -> Person:
            person = Person(browser, base or server.base, tabs, **options)
            asked.callback(person.finish)
            return person

        yield make


@pytest.fixture
def person(people: Callable[..., Person]) -> Person:
    """Somebody before the shipped records."""
    return people()


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Iterator[Callable[..., Server]]:
    """Starts servers of this test's own: on a data folder, with options, under a prefix."""
    with ExitStack() as stack:

        def make(folder: Path | None = None, options: tuple[str, ...] = (), prefix: str = "") -> Server:
            environment = {"SAMVAD_DATA": str(folder)} if folder else {}
            return stack.enter_context(
                serve(ROOT / "app.py", environment=environment, options=(*FULL_ERRORS, *options), prefix=prefix)
            )

        yield make


@pytest.fixture
def own_data(tmp_path: Path) -> Path:
    """A data folder with a copy of the shipped records, to be edited."""
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED / "events", folder / "events")
    return folder
