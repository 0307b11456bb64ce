"""The load client works against the real app, and the benchmark's table is complete. No time is judged here."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from bench.report import GOALS, as_markdown, as_text
from bench.run import SENTENCES, measure
from bench.server import serve
from bench.serving import QUICK
from bench.steps import PAGES
from bench.viewer import Viewer

FOLDER = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def base():
    with serve(
        FOLDER / "app.py", environment={"SAMVAD_DATA": ""}, options=("--client.showErrorDetails", "full")
    ) as server:
        yield server.base


@pytest.fixture(scope="module")
def lines():
    return list(measure(QUICK))


@pytest.mark.parametrize(("page", "path"), PAGES.items())
def test_a_viewer_opens_every_page_and_changes_a_filter(base, page, path):
    async def visit():
        async with Viewer(base, path) as viewer:
            opened = await viewer.open()
            assert opened.ok, opened.exceptions
            changed = await viewer.set_widget("Country", ["India"])
            searched = await viewer.rerun("q=terrorism")
            return changed, searched, viewer.query

    changed, searched, query = asyncio.run(visit())
    assert changed.ok and searched.ok
    assert changed.query_string == "country=IND" and query == "q=terrorism"
    assert page != "overview" or any("attended by India" in text for text in changed.texts)
    assert changed.bytes_received > 0 and changed.seconds > 0


def test_the_table_has_every_line_with_numbers(lines):
    names = {group: [line.name for line in lines if line.group == group] for group in GOALS}
    each = [f"{page}, {filters}" for page in QUICK.pages for filters in ("repeated", "first time")]
    assert len(names["reading"]) == 3
    assert names["one"] == names["ten"] == each
    assert len(names["crowd"]) == len(QUICK.crowds)
    assert names["memory"] == list(QUICK.pages)
    assert names["choices"] == list(QUICK.choices)
    for line in lines:
        assert any(character.isdigit() for character in line.numbers) and "nan" not in line.numbers, line
        assert "error" not in line.numbers or " 0 errors" in line.numbers, line


def test_what_must_be_reached_is_judged_and_the_document_explains_every_group(lines):
    assert {line.must for line in lines} >= {"≤ 1.6", "≥ 0.5", "< 100 ms, 1 file"}
    document = as_markdown(lines, date(2026, 1, 2), SENTENCES, load=0.25)
    assert "2026-01-02" in document and str(FOLDER) not in document
    for heading in GOALS.values():
        assert f"## {heading}" in document and heading in as_text(lines)
