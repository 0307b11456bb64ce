"""A data folder with a vocabulary of its own: edited, broken, hostile, while the dashboard runs and at the start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lib.content import country, participants, representation, timeline
from lib.filters.selection import select
from lib.filters.table import BY_PARAMETER, FILTERS
from lib.filters.value import Filters
from lib.store import SHIPPED
from tests.samples import TODAY, Folder, came, point, record


@pytest.fixture
def folder(tmp_path):
    folder = Folder(tmp_path / "data", [record("one"), record("two", start="2024-05-01", themes=[point("sagar")])])
    shutil.copytree(SHIPPED / "vocabulary", folder.path / "vocabulary")
    return folder


def change(folder: Folder, name: str, old: str, new: str) -> None:
    path: Path = folder.path / "vocabulary" / f"{name}.yaml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")


def test_a_new_label_is_seen_and_every_record_is_read_again(folder):
    version = folder.look().version
    change(folder, "themes", "label: Terrorism\n", "label: Terror\n")
    snapshot = folder.look()
    assert snapshot.vocabulary.label("themes", "terrorism") == "Terror"
    assert snapshot.tables.vocabulary is snapshot.vocabulary
    assert folder.store.reads == 4 and snapshot.version != version


@pytest.mark.parametrize("where", ["lib.store.build_catalog", "lib.store.build_tables"])
def test_an_error_amid_a_look_is_made_up_for_by_the_next(folder, monkeypatch, where):
    folder.look()
    change(folder, "themes", "label: SAGAR\n", "label: A new label\n")

    def no_memory(*_):
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(where, no_memory)
        with pytest.raises(MemoryError):
            folder.look()
    assert folder.look().vocabulary.label("themes", "sagar") == "A new label"


def test_a_new_word_lets_a_record_in_that_was_set_aside(folder):
    folder.write(record("three", start="2024-06-01", series="my-series"))
    assert folder.shown() == ["one", "two"]
    path = folder.path / "vocabulary" / "series.yaml"
    path.write_text(path.read_text("utf-8") + "\nmy-series:\n  label: My series\n  group: other\n", "utf-8")
    assert folder.shown() == ["one", "two", "three"] and folder.look().problems == ()


def test_a_word_that_is_removed_sets_the_records_aside_that_use_it(folder):
    folder.look()
    change(folder, "themes", "\nsagar:\n", "\nsagarr:\n")
    assert folder.shown() == ["one"]
    assert folder.kinds() == [("two.yaml", "unknown-value"), ("vocabulary/themes.yaml", "unknown-value")], (
        "a theme below it has lost its parent"
    )
    change(folder, "themes", "\nsagarr:\n", "\nsagar:\n")
    assert folder.shown() == ["one", "two"] and folder.look().problems == ()


def test_a_held_over_record_is_let_go_when_its_words_are_removed(folder):
    folder.look()
    folder.put("two.yaml", "id: [")
    assert folder.shown() == ["one", "two"]
    change(folder, "themes", "\nsagar:\n", "\nsagarr:\n")
    assert folder.shown() == ["one"]


@pytest.mark.parametrize(
    "text", ["", "AFG: [\n", "- a\n- b\n", "AFG: !!python/name:os.system\n", "a: &a [*a]\n", "\x07", "AFG: x\n"]
)
@pytest.mark.parametrize("name", ["countries", "themes", "series"])
def test_a_broken_vocabulary_keeps_the_last_good_one_and_is_named(folder, name, text):
    good = folder.look()
    (folder.path / "vocabulary" / f"{name}.yaml").write_text(text, "utf-8")
    snapshot = folder.look()
    assert folder.shown() == ["one", "two"]
    assert {problem.file for problem in snapshot.problems} >= {f"vocabulary/{name}.yaml"}
    assert snapshot.version != good.version
    shutil.copy(SHIPPED / "vocabulary" / f"{name}.yaml", folder.path / "vocabulary")
    assert folder.look().problems == () and folder.look().version == good.version


def test_a_broken_vocabulary_at_the_start_is_named_and_stops_nothing(folder):
    (folder.path / "vocabulary" / "themes.yaml").write_text("terrorism: [\n")
    assert folder.shown() == []
    assert ("vocabulary/themes.yaml", "syntax") in folder.kinds()


def test_a_vocabulary_that_vanishes_for_a_moment_is_taken_from_the_shipped_ones(folder):
    folder.look()
    (folder.path / "vocabulary" / "countries.yaml").unlink()
    assert folder.shown() == ["one", "two"]


@pytest.mark.parametrize(
    ("name", "text", "kind", "field"),
    [
        ("kinds", "odd:\n  label: Odd\n  family: gathering\n", "unknown-value", "odd.family"),
        ("levels", "odd:\n  label: Odd\n  rank: 1000\n", "out-of-range", "odd.rank"),
        ("levels", "odd:\n  label: Odd\n  rank: nan\n", "out-of-range", "odd.rank"),
        ("levels", "odd:\n  label: Odd\n  rank: high\n", "wrong-type", "odd.rank"),
        ("modes", "odd: Odd\n", "wrong-type", "odd"),
        ("modes", "odd:\n  definition: No label.\n", "missing-key", "odd.label"),
        ("modes", "virtual:\n  label: Again\n", "duplicate-key", "virtual"),
        ("modes", "? [odd]\n: {label: Odd}\n", "wrong-type", ""),
        ("series", "odd:\n  label: Odd\n  group: nowhere\n", "unknown-value", "odd.group"),
        ("places", "odd:\n  city: Odd\n  country: KAZ\n  lat: 91\n  lon: 0\n", "out-of-range", "odd.lat"),
        (
            "organizations",
            "odd:\n  label: Odd\n  memberships:\n    - {country: IND, standing: member, from: 2024-13}\n",
            "bad-date",
            "odd.memberships[0].from",
        ),
    ],
)
def test_a_bad_entry_is_left_out_and_named(tmp_path, name, text, kind, field):
    folder = Folder(tmp_path / "data", [record("one")])
    shutil.copytree(SHIPPED / "vocabulary", folder.path / "vocabulary")
    path = folder.path / "vocabulary" / f"{name}.yaml"
    before = path.read_text("utf-8").rstrip() + "\n"
    path.write_text(before + text, "utf-8")
    assert folder.shown() == ["one"]
    (problem,) = folder.look().problems
    assert (problem.file, problem.kind, problem.field) == (f"vocabulary/{name}.yaml", kind, field)
    assert problem.line > before.count("\n")


def test_a_bad_membership_leaves_the_others_of_its_organization(tmp_path):
    folder = Folder(tmp_path / "data", [record("one")])
    shutil.copytree(SHIPPED / "vocabulary", folder.path / "vocabulary")
    path = folder.path / "vocabulary" / "organizations.yaml"
    path.write_text(
        path.read_text("utf-8")
        + "\nodd:\n  label: Odd\n  memberships:\n    - {country: IND, standing: member}\n    - {country: XXX, standing: member}\n",
        "utf-8",
    )
    assert [period.country for period in folder.look().vocabulary["organizations"]["odd"].memberships] == ["IND"]


def test_an_editors_lock_file_in_the_vocabulary_stops_nothing(folder):
    (folder.path / "vocabulary" / ".#themes.yaml").symlink_to("somebody@somewhere.123")
    assert folder.shown() == ["one", "two"] and folder.look().problems == ()


def test_a_circle_of_parents_hangs_nothing(folder):
    change(
        folder,
        "themes",
        "terrorism:\n  label: Terrorism\n",
        "terrorism:\n  label: Terrorism\n  parent: cross-border-terrorism\n",
    )
    tables = folder.look().tables
    from lib.analysis.themes import by_whom, how_often, in_form, over_time

    vocabulary = tables.vocabulary
    assert set(vocabulary.below("terrorism")) >= {"terrorism", "cross-border-terrorism"}
    assert len(select(tables, Filters.of({"theme": "terrorism"}))) == 1
    assert "terrorism" in set(how_often(tables.mentions, tables.events, vocabulary)["theme"])
    for shaped in (
        by_whom(tables.mentions, vocabulary),
        in_form(tables.mentions, vocabulary),
        over_time(tables.mentions, tables.events, vocabulary),
    ):
        assert len(shaped)
    for row in FILTERS:
        if row.offered:
            assert row.offered(tables) is not None


@pytest.mark.parametrize(
    ("parent", "hint"),
    [
        ("indian-ocaen", "did you mean indian-ocean?"),
        ("zzz", "see data/vocabulary for themes"),
        ("sagar", "take one of the parents of the circle out"),
        ("mahasagar", "take one of the parents of the circle out"),
    ],
)
def test_a_parent_that_is_no_theme_or_closes_a_circle_is_named_and_the_theme_stands(tmp_path, parent, hint):
    folder = Folder(tmp_path / "data", [record("one", themes=[point("mahasagar")])])
    shutil.copytree(SHIPPED / "vocabulary", folder.path / "vocabulary")
    change(folder, "themes", "2015.\n  parent: indian-ocean\n", f"2015.\n  parent: {parent}\n")
    snapshot = folder.look()
    (problem,) = snapshot.problems
    line = 1 + (folder.path / "vocabulary" / "themes.yaml").read_text("utf-8").splitlines().index(f"  parent: {parent}")
    assert (problem.file, problem.line, problem.kind, problem.field, problem.hint) == (
        "vocabulary/themes.yaml",
        line,
        "unknown-value",
        "sagar.parent",
        hint,
    )
    assert problem.found == f"'{parent}'" and not problem.is_error
    offered = BY_PARAMETER["theme"].offered(snapshot.tables)
    assert offered.keys() == snapshot.vocabulary["themes"].keys() and offered["sagar"] == "SAGAR"
    assert len(select(snapshot.tables, Filters.of({"theme": "sagar"}))) == 1


@pytest.mark.parametrize("rank", ["", "\n  rank: 3"])
def test_a_level_and_a_group_of_ones_own_have_marks_on_every_chart(folder, rank):
    for name, text in (
        ("levels", f"envoy:\n  label: Envoy{rank}\n"),
        ("groups", "own:\n  label: Own group\n"),
        ("series", "own-series:\n  label: Own series\n  group: own\n"),
    ):
        path = folder.path / "vocabulary" / f"{name}.yaml"
        path.write_text(f"{path.read_text('utf-8').rstrip()}\n{text}", "utf-8")
    for number, series in enumerate(("sco-dmm", "sco-dmm", "own-series")):
        folder.write(
            record(
                f"envoys-{number}",
                series=series,
                start=f"2024-0{number + 7}-01",
                participants=[came(country, "envoy", name="An Envoy") for country in ("IND", "CHN", "RUS")],
            )
        )
    chosen = select(folder.look().tables, Filters())
    charts = [
        country.people(chosen, "IND", None),
        country.series(chosen, "IND", None),
        participants.matrix(chosen, "sco-dmm", None),
        timeline.timeline(chosen, TODAY, None),
        representation.levels(chosen, "sco-dmm", None),
    ]
    assert folder.look().problems == () and all(chart.spec for chart in charts)
