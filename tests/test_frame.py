"""The frame around the pages, as far as it can be seen without a browser."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lib.filters.value import Filters
from lib.ui import data, shell
from tests.samples import Folder, record

ROOT = Path(__file__).resolve().parent.parent


def test_scripts_run_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, runs = 0, 0, 0

    def script(_: list[object]) -> None:
        nonlocal running, most, runs
        running += 1
        most = max(most, running)
        time.sleep(0.005)
        running -= 1
        runs += 1

    monkeypatch.setattr(shell, "_run", script)
    threads = [threading.Thread(target=shell.run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, runs) == (1, 8)


def test_a_script_that_is_stopped_gives_its_turn_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: list[object]) -> None:
        raise RuntimeError

    monkeypatch.setattr(shell, "_run", stopped)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            shell.run()
    assert not shell.TURN.locked()


def test_the_navigation_carries_the_filters_and_marks_the_current_page() -> None:
    shown = shell.navigation(
        ("overview", "timeline"), "timeline", "event", Filters.of({"series": ("sco-dmm",), "q": ('"<b>"',)})
    )
    assert '<a href="./?series=sco-dmm&amp;q=%22%3Cb%3E%22" target="_self">Overview</a>' in shown
    assert '<a href="./timeline?series=sco-dmm&amp;q=%22%3Cb%3E%22" target="_self" class="here">Timeline</a>' in shown
    assert "aria-current" not in shown and "<b>" not in shown


def test_only_what_starts_the_api_makes_the_pages_count_on_it() -> None:
    """In a process of its own: the flag is the process's."""
    asked = "from lib.ui.runtime import api_is_served; import lib.api.routes; before = api_is_served(); import app; print(before, api_is_served())"
    found = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "True"]


def test_the_coverage_on_the_data_page_is_of_the_day_on_which_it_is_read(tmp_path) -> None:
    snapshot = Folder(tmp_path / "data", [record("one", start="2024-04-25", status="scheduled")]).look()
    before, after = (data._coverage(snapshot, dt.date(2024, 4, day)) for day in (25, 26))
    assert "next: 2024-04-25" in before and "next:" not in after
