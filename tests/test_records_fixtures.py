"""The tiny records in fixtures/: good ones are read whole, bad ones give exactly the problems that they announce."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lib.catalog import read_record, record_reader
from lib.problems import Problem
from lib.store import SHIPPED, Store
from lib.vocabulary import load_vocabulary

FIXTURES = Path(__file__).parent / "fixtures"
GOOD = sorted((FIXTURES / "good").glob("*.y*ml"))
BAD = sorted((FIXTURES / "bad").glob("*.yaml"))
ACROSS = sorted((FIXTURES / "bad" / "across").iterdir())

_EXPECTED = re.compile(rb"^# expected: (\S+) (\d+)(?: (\S+))?$", re.MULTILINE)

Place = tuple[str, int, str]


@pytest.fixture(scope="module")
def reader():
    return record_reader(load_vocabulary(SHIPPED / "vocabulary"))


def announced(path: Path) -> list[Place]:
    """The kind, line and field of each problem that a fixture says it has."""
    return sorted(
        (kind.decode(), int(line), field.decode()) for kind, line, field in _EXPECTED.findall(path.read_bytes())
    )


def places(problems: tuple[Problem, ...]) -> list[Place]:
    return sorted((problem.kind, problem.line, problem.field) for problem in problems)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_record_gives_exactly_the_problems_it_announces(path, reader):
    expected = announced(path)
    assert expected, "a bad fixture says what is expected"
    record = read_record(path.name, path.read_bytes(), reader)
    assert places(record.problems) == expected
    assert record.event is None
    assert all(
        problem.file == path.name and problem.is_error and problem.expected and problem.found
        for problem in record.problems
    )


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_record_is_read_without_a_problem(path, reader):
    record = read_record(path.name, path.read_bytes(), reader)
    assert places(record.problems) == []
    assert record.event.id == path.stem
    assert len(record.event.sources) == 1


@pytest.mark.parametrize("folder", ACROSS, ids=lambda path: path.name)
def test_problems_between_records_stand_at_the_record_that_has_them(folder, tmp_path):
    (tmp_path / "events").symlink_to(folder)
    catalog = Store(tmp_path).current().catalog
    expected = {file.relative_to(folder).as_posix(): announced(file) for file in folder.rglob("*.yaml")}
    assert {file: places(tuple(p for p in catalog.problems if p.file == file)) for file in expected} == expected
    errors = {problem.file for problem in catalog.problems if problem.is_error}
    assert set(catalog.set_aside) == errors
    assert len(catalog.events) == len(expected) - len(errors)


def test_every_kind_of_problem_has_a_fixture():
    kinds = {kind for path in [*BAD, *(FIXTURES / "bad" / "across").rglob("*.yaml")] for kind, _, _ in announced(path)}
    code = "".join(path.read_text("utf-8") for path in (SHIPPED.parent / "lib").rglob("*.py"))
    reported = set(re.findall(r'(?:reader|self)\.wrong\(\s*"([a-z0-9-]+)"', code)) | set(
        re.findall(r'Problem\("([a-z0-9-]+)"', code)
    )
    # Files that cannot lie in a folder of texts are made by the tests of hostile bytes and of the store; the last three are vocabularies'.
    elsewhere = {
        "too-large",
        "too-deep",
        "unreadable",
        "duplicate-id",
        "same-meeting",
        "unknown-record",
        "out-of-range",
        "duplicate-key",
        "duplicate-name",
    }
    assert reported - elsewhere <= kinds
    assert len(kinds) >= 20


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("unknown-key", "chair"),
        ("unknown-key-nested", "name"),
        ("unknown-series", "sco-dmm"),
        ("unknown-level", "minister"),
        ("unknown-chair", "KAZ"),
        ("unknown-theme", "terrorism"),
        ("unknown-outcome-form", "joint-communique"),
        ("source-unknown", "s1"),
    ],
)
def test_the_nearest_allowed_word_is_named(name, word, reader):
    problem, *more = read_record(f"{name}.yaml", (FIXTURES / "bad" / f"{name}.yaml").read_bytes(), reader).problems
    assert more == []
    assert re.search(rf"\b{word}\b", problem.hint)


def test_a_bool_word_is_told_to_be_quoted(reader):
    (problem,) = read_record(
        "bool-country.yaml", (FIXTURES / "bad" / "bool-country.yaml").read_bytes(), reader
    ).problems
    assert '"NO"' in problem.hint


def test_a_problem_is_one_line_that_begins_with_its_place(reader):
    for path in BAD:
        for problem in read_record(path.name, path.read_bytes(), reader).problems:
            text = str(problem)
            assert text.startswith(f"{path.name}:{problem.line}: {problem.field or 'file'}: expected ")
            assert "\n" not in text and problem.kind in text
