"""Screenshots of every page: ``python scripts/shots.py ADDRESS FOLDER [PAGE ...]``.

Takes each page at 1440 and 375 pixels, light and dark, from a running dashboard; the README's two
pictures are made the same way (``make pictures``).
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PAGES = {
    "overview": "",
    "timeline": "timeline",
    "participants": "participants",
    "themes": "themes",
    "event": "event?id=2024-04-26-sco-dmm-astana",
    "data": "data",
    "representation": "representation",
    "country": "country?c=IND",
    "person": "person?p=sergei-shoigu",
    "pairs": "pairs",
    "co-occurrence": "co-occurrence",
    "uptake": "uptake",
    "watch": "watch",
    "methods": "methods?doc=codebook",
    "search": "search?q=raksha%20mantri",
    "compare": "compare?series=two-plus-two&vs_series=quad",
}
WIDTHS = {1440: 1000, 375: 800}


def chromium() -> str:
    """The system's Chromium; its headless shell where there is one, which spends a sixth less on the same pages.

    Raises SystemExit, with what to do, where there is none.
    """
    names = [
        os.environ.get("CHROMIUM", ""),
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ]
    found = next((path for path in map(shutil.which, filter(None, names)) if path), None)
    if not found:
        raise SystemExit(
            "No Chromium found. Debian: apt-get install chromium-headless-shell. Elsewhere: install Chrome or Chromium, or name it in CHROMIUM."
        )
    return found


def settled(page: Page) -> None:
    """Wait until the script has run and the charts are drawn."""
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=30_000)
    page.wait_for_timeout(1200)


def main(base: str, folder: str, wanted: list[str]) -> None:
    """Write ``<page>-<width>-<theme>.png`` for every page into ``folder``."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for theme in ("light", "dark"):
            for width, height in WIDTHS.items():
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
                page = context.new_page()
                for name in wanted or PAGES:
                    address, _, extra = name.partition("?")
                    known = PAGES.get(address, address)
                    page.goto(f"{base}/{known}{f'?{extra}' if extra else ''}")
                    settled(page)
                    # Streamlit scrolls an inner element: show all of it by making the window as tall.
                    tall = page.evaluate(
                        "Math.ceil(document.querySelector('[data-testid=stMainBlockContainer]')?.getBoundingClientRect().height || 0) + 60"
                    )
                    page.set_viewport_size({"width": width, "height": max(height, min(int(tall), 5000))})
                    page.wait_for_timeout(700)
                    page.screenshot(path=target / f"{address}-{width}-{theme}.png")
                    page.set_viewport_size({"width": width, "height": height})
                context.close()
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    main(sys.argv[1].rstrip("/"), sys.argv[2], sys.argv[3:])
