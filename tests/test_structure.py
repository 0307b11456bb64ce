"""The code keeps its order: imports run one way, modules stay short, only the pages know the framework."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIB = sorted((ROOT / "lib").rglob("*.py"))

STAGES = [
    {"problems", "keep"},
    {"records"},
    {"text", "transliteration"},
    {"vocabulary"},
    {"catalog", "tables"},
    {"store", "check"},
    {"history"},
    {"filters"},
    {"links"},
    {"watchlist"},
    {"search"},
    {"analysis"},
    {"geo"},
    {"figures"},
    {"html"},
    {"content"},
    {"export"},
    {"api"},
    {"ui"},
]
"""From the text of a record to the page: a stage may use those before it and itself."""

PLACE = {name: place for place, names in enumerate(STAGES) for name in names}


def imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def stage(path: Path) -> str:
    return path.relative_to(ROOT / "lib").parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    "path",
    [path for path in LIB if path.name != "__init__.py" or path.parent != ROOT / "lib"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_module_imports_only_stages_before_its_own(path):
    own = stage(path)
    assert own in PLACE, f"say where {own} stands"
    used = {name.split(".")[1] for name in imports(path) if name.startswith("lib.") and name.split(".")[1] in PLACE}
    later = {name for name in used if PLACE[name] > PLACE[own]}
    assert later == set()


def test_no_two_modules_import_each_other():
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in LIB}
    needs = {
        name: {other for other in imports(path) if other in names and other != name} for name, path in names.items()
    }
    # What is imported for type checking only is no import when the program runs.
    for name in ("lib.records.fields", "lib.records.scalars"):
        needs[name] -= {"lib.records.reader"}
    needs["lib.records.agree"] -= {"lib.records.model"}
    done: set[str] = set()
    while len(done) < len(needs):
        ready = {name for name, others in needs.items() if name not in done and others <= done}
        assert ready, sorted(set(needs) - done)
        done |= ready


@pytest.mark.parametrize("path", sorted((ROOT / "lib" / "figures").glob("*.py")), ids=lambda path: path.name)
def test_a_figure_draws_what_it_is_given_and_has_nothing_of_the_analysis_but_types_constants_and_rows(path):
    used = {name for name in imports(path) if name.startswith("lib.analysis")}
    modules = {name.rpartition(".")[0] for name in used}
    assert {
        name
        for name in used - modules
        if not name.startswith("lib.analysis.rows.") and not name.rpartition(".")[2][0].isupper()
    } == set()


def test_only_the_pages_know_the_framework():
    allowed = {ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "lib" / "ui").rglob("*.py")}
    others = [path for path in [*LIB, *(ROOT / "scripts").rglob("*.py")] if path not in allowed]
    assert [path for path in others if any(name.split(".")[0] == "streamlit" for name in imports(path))] == []


def test_nothing_in_the_core_makes_requests_outside():
    forbidden = {"requests", "urllib3", "httpx", "http.client", "urllib.request", "aiohttp"}
    assert [path for path in LIB if forbidden & imports(path)] == []


@pytest.mark.parametrize("folder", ["lib", "pages", "bench", "scripts", "tests"])
def test_no_module_is_long(folder):
    assert {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > (600 if folder == "tests" else 400)
    } == {}


def test_every_module_of_the_core_says_what_it_is():
    assert [path for path in LIB if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []


@pytest.mark.parametrize(
    "asked", [["check", "--output-format=concise"], ["format", "--check"]], ids=["check", "format"]
)
def test_the_linter_finds_nothing_and_the_code_is_formatted(asked):
    """What it looks for stands in ruff.toml; the format is as `python -m ruff format` leaves it."""
    found = subprocess.run(
        [sys.executable, "-m", "ruff", *asked, "--no-cache", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
