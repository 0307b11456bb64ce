"""What lies in a data folder takes neither the dashboard down nor its time: folders, links, permissions, thousands of slips or files."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import time
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lib import check
from lib.api.routes import routes
from lib.catalog import RecordFile, build_catalog
from lib.geo import load_geography
from lib.history import load_history, stamps
from lib.records.dates import parse_date
from lib.store import SHIPPED
from lib.ui import runtime
from tests.samples import Folder, came, event_of, point, record, text_of, vocabulary

LONG = "x" * 300
"""Longer than a file's name may be: looking for it is an error, not a file that is missing."""


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "data", [record("one"), record("two", start="2024-05-01")])


def refuse(monkeypatch, *folders):
    """Let the folders be listed no more, as if permission had been taken away."""
    scandir = os.scandir

    def refusing(path):
        if os.path.realpath(path) in map(os.path.realpath, folders):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("lib.store.os.scandir", refusing)


def test_a_link_to_a_name_that_cannot_be_is_named_and_hides_no_record(folder):
    (folder.events / "long.yaml").symlink_to(LONG)
    (folder.events / "long").symlink_to(LONG)
    assert folder.kinds() == [("long.yaml", "unreadable")]
    assert folder.shown() == ["one", "two"]


def test_a_vocabulary_that_leads_nowhere_is_the_shipped_one(folder):
    (folder.path / "vocabulary").symlink_to(LONG)
    assert folder.shown() == ["one", "two"]


@pytest.mark.parametrize(
    "make", [lambda path: path.symlink_to(LONG), lambda path: path.mkdir(), os.mkfifo], ids=["link", "folder", "pipe"]
)
def test_a_vocabulary_file_that_cannot_be_read_is_named_and_stops_nothing(folder, make):
    own = folder.path / "vocabulary"
    shutil.copytree(SHIPPED / "vocabulary", own)
    assert folder.shown() == ["one", "two"]
    (own / "themes.yaml").unlink()
    make(own / "themes.yaml")
    assert folder.kinds() == [("vocabulary/themes.yaml", "unreadable")] and folder.shown() == ["one", "two"]
    at_the_start = Folder(folder.path / "another")
    (at_the_start.path / "vocabulary").symlink_to(own)
    assert at_the_start.kinds() == [("vocabulary/themes.yaml", "unreadable")]


def test_a_folder_that_cannot_be_listed_is_named_and_what_was_read_of_it_stays(folder, monkeypatch):
    folder.put("sub/three.yaml", text_of(record("three", start="2024-06-01")))
    assert folder.shown() == ["one", "two", "three"]
    refuse(monkeypatch, folder.events / "sub")
    (problem,) = folder.look().problems
    assert (problem.file, problem.kind, problem.found) == ("sub", "unreadable", "Permission denied")
    (folder.events / "one.yaml").unlink()
    assert folder.shown() == ["two", "three"]
    monkeypatch.undo()
    assert folder.look().problems == () and folder.shown() == ["two", "three"]


def test_the_events_folder_itself_may_be_closed_for_a_while(folder, monkeypatch):
    folder.look()
    refuse(monkeypatch, folder.events)
    assert folder.kinds() == [(".", "unreadable")] and folder.shown() == ["one", "two"]
    monkeypatch.undo()
    (folder.events / "two.yaml").unlink()
    assert folder.look().problems == () and folder.shown() == ["one"]


def test_what_stays_of_a_closed_folder_has_words_of_today(folder, monkeypatch):
    shutil.copytree(SHIPPED / "vocabulary", folder.path / "vocabulary")
    folder.write(record("three", start="2024-06-01", themes=[point("sagar")]))
    assert folder.shown() == ["one", "two", "three"]
    refuse(monkeypatch, folder.events)
    themes = folder.path / "vocabulary" / "themes.yaml"
    themes.write_text(themes.read_text("utf-8").replace("\nsagar:\n", "\nsagarr:\n"), "utf-8")
    assert folder.shown() == ["one", "two"]
    assert folder.kinds() == [
        (".", "unreadable"),
        ("three.yaml", "unknown-value"),
        ("vocabulary/themes.yaml", "unknown-value"),
    ], "a theme below it has lost its parent"


def test_an_events_folder_that_is_made_again_is_read_again(folder):
    folder.look()
    shutil.rmtree(folder.events)
    assert folder.shown() == [] and folder.look().problems == ()
    folder.events.mkdir()
    folder.write(record("three"))
    assert folder.shown() == ["three"]


def test_other_words_of_the_same_length_are_seen_though_the_time_was_set_back(folder):
    file = folder.events / "one.yaml"
    os.utime(file, ns=(10**18, 10**18))
    folder.look()
    with open(file, "r+b") as text:
        text.write(text_of(record("one", summary="They sat.")).encode())
    os.utime(file, ns=(10**18, 10**18))
    assert folder.look().catalog.by_id["one"].summary == "They sat."


def test_a_file_that_may_be_read_again_is_read_again(folder, monkeypatch):
    def refused(path):
        raise PermissionError(13, "Permission denied")

    folder.write(record("three", start="2024-06-01"))
    with monkeypatch.context() as patch:
        patch.setattr("lib.store._bytes_of", refused)
        assert folder.shown() == []
    for file in folder.events.iterdir():
        file.chmod(0o644)  # Neither its time of modification nor its size is another now.
    assert folder.shown() == ["one", "two", "three"] and folder.look().problems == ()


@pytest.mark.parametrize("name", ["world.geojson", "points.yaml", "views.yaml"])
@pytest.mark.parametrize("text", ["{broken", "- x", "[" * 200_000, "\xff"])
def test_a_geometry_that_cannot_be_read_is_the_shipped_one(folder, monkeypatch, name, text):
    (folder.path / "geo").mkdir()
    (folder.path / "geo" / name).write_text(text, "latin-1")
    monkeypatch.setattr(runtime, "STORE", folder.store)
    assert runtime.geography().points == load_geography(SHIPPED / "geo").points
    api = TestClient(Starlette(routes=routes(folder.store, "", {}, "")))
    assert api.get("/api/geo/world.geojson").content == (SHIPPED / "geo" / "world.geojson").read_bytes(), (
        "the API has what the pages show"
    )


def test_an_ending_in_capitals_is_an_ending(folder):
    folder.put("three.YAML", text_of(record("three", start="2024-06-01")))
    folder.put("four.YML", "id: [")
    assert folder.shown() == ["one", "two", "three"] and folder.kinds() == [("four.YML", "syntax")]


@pytest.mark.parametrize(
    "slips",
    [
        {"related": [f"no-such-record-{number}" for number in range(8000)]},
        {"former_ids": [f"two-{number % 3}" if number else "two" for number in range(8000)]},
        {
            "sources": [
                {"id": f"s{number}", "kind": "official", "publisher": "P", "title": "R", "url": "https://e.org"}
                for number in range(900)
            ],
            "themes": [
                {
                    "theme": "terrorism",
                    "by": "IND",
                    "form": "statement",
                    "point": "x",
                    "sources": [f"t{number}" for number in range(8000)],
                }
            ],
        },
    ],
    ids=["related", "former ids", "sources"],
)
def test_thousands_of_slips_in_one_record_do_not_hold_the_others_up(folder, slips):
    folder.write(record("slips", start="2024-07-01", **slips))
    start = time.perf_counter()
    assert {"one", "two"} <= set(folder.shown()) and len(folder.look().problems) >= 1
    assert time.perf_counter() - start < 10


def test_thousands_of_meetings_of_one_series_in_one_place_are_compared_by_their_days():
    one = event_of(record("one"))
    again = event_of(
        record(
            "again",
            start="1990-01-04",
            end="1990-01-05",
            participants=[came("IND", name="Another Person"), came("IND", name="A Third")],
        )
    )
    days = [dt.date(1990, 1, 1) + dt.timedelta(3 * number) for number in range(4000)]
    events = [
        again,
        *(replace(one, id=f"m-{number}", start=parse_date(day.isoformat())) for number, day in enumerate(days)),
    ]
    files = {f"{event.id}.yaml": RecordFile(f"{event.id}.yaml", event.id, "start: here", event) for event in events}
    start = time.perf_counter()
    catalog = build_catalog(files, vocabulary())
    assert [(problem.file, problem.kind) for problem in catalog.problems] == [("m-1.yaml", "same-meeting")] and len(
        catalog.events
    ) == 4000
    assert time.perf_counter() - start < 4


def test_a_former_id_of_two_records_or_of_a_present_one_is_named(folder):
    folder.write(record("three", start="2024-06-01", former_ids=["two", "was-three", "three"]))
    folder.write(record("four", start="2024-07-01", former_ids=["was-four", "was-three"]))
    found = [(problem.file, problem.kind, problem.field, problem.severity) for problem in folder.look().problems]
    assert found == [("three.yaml", "duplicate-id", f"former_ids[{place}]", "warning") for place in (0, 1)]
    assert folder.shown() == ["one", "two", "three", "four"] and folder.look().catalog.by_id["two"].id == "two"


def test_a_record_that_is_related_to_itself_is_named(folder):
    folder.write(record("three", start="2024-06-01", former_ids=["was-three"], related=["one", "three", "was-three"]))
    assert [(problem.kind, problem.field) for problem in folder.look().problems] == [
        ("unknown-record", "related[1]"),
        ("unknown-record", "related[2]"),
    ]
    assert "three" in folder.shown()


def test_a_long_id_that_a_file_of_another_name_claims_is_named_as_taken(folder):
    long = "a-" * 40 + "b"
    folder.write(record(long, start="2024-06-01"))
    folder.put("other.yaml", text_of(record(long, start="2024-07-01")))
    assert folder.kinds() == [("other.yaml", "duplicate-id"), ("other.yaml", "file-name")]


def test_the_check_prints_a_line_a_problem_whatever_stands_in_a_file(folder, capsys):
    folder.put("bad.yaml", 'id: bad\n"k\\r\\n\\e[31m\\L\\x85ey": 1\n')
    folder.put("worse\n.yaml", "id: [")
    assert check.main([str(folder.path)]) == 1
    *lines, count = capsys.readouterr().out.splitlines()
    assert len(lines) == len(folder.look().problems) and count == f"4 files, 2 records shown, {len(lines)} problems"
    assert all(line.isprintable() and line.startswith(("bad.yaml:", "worse .yaml:")) for line in lines)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.mkdir(),
        lambda path: (path / "events").mkdir(parents=True),
        lambda path: path.write_text("x"),
    ],
    ids=["missing", "empty", "no records", "a file"],
)
def test_a_folder_without_any_record_does_not_pass_the_check(tmp_path, capsys, make):
    make(tmp_path / "data")
    assert check.main([str(tmp_path / "data")]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 files, 0 records shown, 1 problem"


def test_folders_may_nest_deeper_than_functions_can_call_themselves(folder):
    deep = folder.events
    for _ in range(1100):
        deep = deep / "a"
        os.mkdir(deep)
    assert folder.shown() == ["one", "two"]
    while deep != folder.events:  # Who tidies up after a test cannot go so deep either.
        os.rmdir(deep)
        deep = deep.parent


def test_links_among_folders_do_not_multiply(folder):
    for month, name in enumerate("abcdefgh", start=1):
        (folder.events / name).mkdir()
        folder.put(f"{name}/{name * 3}.yaml", text_of(record(name * 3, start=f"2025-{month:02}-01")))
    for name in "abcdefgh":
        for other in "abcdefgh":
            if other != name:
                (folder.events / name / f"to-{other}").symlink_to(folder.events / other)
    assert (
        sorted(folder.shown()) == sorted(["one", "two", *(name * 3 for name in "abcdefgh")])
        and folder.look().problems == ()
    )
    assert folder.store.reads == 10, "each file once"


def test_a_link_to_more_folders_than_are_looked_into_is_named_and_all_else_is_shown(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("lib.store.MOST_FOLDERS", 20)
    for number in range(40):
        (tmp_path / "far" / f"{number:02}").mkdir(parents=True)
    (folder.events / "zz").symlink_to(tmp_path / "far")
    assert folder.shown() == ["one", "two"]
    (problem,) = folder.look().problems
    assert (
        problem.kind == "unreadable" and problem.file.startswith("zz/") and "20 that are looked into" in problem.found
    )


def test_a_file_of_the_year_11476_has_no_time(folder):
    file = folder.events / "one.yaml"
    os.utime(file, (300_000_000_000, 300_000_000_000))
    snapshot = folder.look()
    assert set(stamps(snapshot, load_history(folder.path))) == {"one", "two"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("world.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature","id":"IND"}]}'),
        ("points.yaml", "points: {IND: {lon: 3}}"),
        ("points.yaml", "points: {IND: {lat: x, lon: y}}"),
        ("views.yaml", "default: x\nviews: {}\ndisclaimer: d"),
        ("views.yaml", "default: {name: A}\nviews: {a: {name: B, areas: [x]}}\ndisclaimer: d"),
    ],
)
def test_a_geometry_that_says_what_cannot_be_drawn_is_the_shipped_one(folder, monkeypatch, name, text):
    (folder.path / "geo").mkdir()
    (folder.path / "geo" / name).write_text(text, "utf-8")
    monkeypatch.setattr(runtime, "STORE", folder.store)
    assert runtime.geography().points == load_geography(SHIPPED / "geo").points
