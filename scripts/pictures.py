"""The README's pictures, from the dashboard itself: ``make pictures``."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.server import serve
from scripts.shots import chromium, settled

ROOT = Path(__file__).resolve().parents[1]
PICTURES = {
    "timeline.png": ("timeline?series=sco-dmm,sco-summit,sco-exercise,admm-plus,quad,brics-summit", ".wordmark"),
    "participants.png": (
        "participants?series=sco-dmm&sel=cell:IND@2024-04-26-sco-dmm-astana",
        "h3:has-text('known level')",
    ),
}
"""Each picture's file, the view that it shows, and the element at its top."""


def main() -> None:
    """Write each picture to docs/pictures at 1440 x 900, light theme."""
    target = ROOT / "docs" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    with serve(ROOT / "app.py") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 2400}, color_scheme="light")
        for name, (view, first) in PICTURES.items():
            page.goto(f"{server.base}/{view}")
            settled(page)
            box = page.locator(first).first.bounding_box()
            top = max(0, box["y"] - 24) if box else 0
            page.screenshot(path=target / name, clip={"x": 0, "y": top, "width": 1440, "height": 900})
        browser.close()


if __name__ == "__main__":
    main()
