"""The store: what changed is read again, what broke stays as it was, and nothing in the folder stops it."""

from __future__ import annotations

import os
import shutil
import threading

import pytest

from lib.records.document import MAX_BYTES
from lib.store import SHIPPED, Store
from lib.tables.columns import TABLES
from tests.samples import Folder, real, record, text_of

THREE = [record("one"), record("two", start="2024-05-01"), record("three", start="2024-06-01")]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "data", THREE)


def test_records_stand_in_order_of_day(folder):
    assert folder.shown() == ["one", "two", "three"]
    assert folder.look().problems == ()


def test_nothing_is_read_again_while_nothing_changes(folder):
    first = folder.look()
    assert folder.store.reads == 3
    assert folder.look() is first and folder.store.reads == 3


def test_an_edit_is_seen_and_only_the_edited_file_is_read_again(folder):
    before = folder.look()
    folder.write(record("two", start="2024-05-01", title="A new title"))
    after = folder.look()
    assert folder.store.reads == 4
    assert after.catalog.by_id["two"].title == "A new title"
    assert after.catalog.by_id["one"] is before.catalog.by_id["one"]
    assert after.tables.events["title"].tolist()[1] == "A new title"


def test_between_two_scans_the_folder_is_not_looked_at(tmp_path):
    folder = Folder(tmp_path / "data", THREE)
    now = [0.0]
    store = Store(folder.path, clock=lambda: now[0])
    store.current()
    folder.write(record("four", start="2024-07-01"))
    now[0] = 0.3
    assert len(store.current().catalog.events) == 3
    now[0] = 1.0
    assert len(store.current().catalog.events) == 4


def test_an_edit_of_the_same_length_is_seen(folder):
    folder.look()
    folder.write(record("one", summary="They sat."))
    assert folder.look().catalog.by_id["one"].summary == "They sat."


def test_a_broken_edit_keeps_the_last_good_version_and_names_the_problem(folder):
    folder.look()
    folder.write(record("two", series="nonsense"))
    assert folder.shown() == ["one", "two", "three"]
    assert folder.kinds() == [("two.yaml", "unknown-value")]
    assert folder.look().catalog.by_id["two"].series == "sco-dmm"
    assert folder.look().catalog.files["two.yaml"].stale
    assert folder.look().catalog.set_aside == ()


def test_a_second_broken_edit_still_shows_the_last_good_version(folder):
    folder.look()
    for text in ("id: [", "", text_of(record("two", kind="nonsense"))):
        folder.put("two.yaml", text)
        assert folder.shown() == ["one", "two", "three"]
        assert len(folder.kinds()) == 1


def test_mending_clears_the_problem_and_gives_the_first_version_again(folder):
    version = folder.look().version
    folder.put("two.yaml", "id: [")
    assert folder.look().version != version
    folder.write(THREE[1])
    assert folder.look().problems == () and folder.look().version == version
    assert not folder.look().catalog.files["two.yaml"].stale


def test_a_broken_file_at_the_start_is_set_aside_and_all_others_load(tmp_path):
    folder = Folder(tmp_path / "data", THREE)
    folder.put("two.yaml", text_of(record("two", series="nonsense")))
    assert folder.shown() == ["one", "three"]
    assert folder.look().catalog.set_aside == ("two.yaml",)
    folder.write(THREE[1])
    assert folder.shown() == ["one", "two", "three"] and folder.look().problems == ()


def test_a_half_written_file_is_held_over_until_it_is_whole(folder):
    folder.look()
    whole = text_of(record("two", start="2024-05-01", title="Written in two parts"))
    folder.put("two.yaml", whole[:150])
    assert folder.look().catalog.by_id["two"].title == "Meeting two"
    folder.put("two.yaml", whole)
    assert folder.look().catalog.by_id["two"].title == "Written in two parts"


def test_files_are_added_renamed_and_deleted(folder):
    folder.look()
    folder.write(record("four", start="2024-07-01"))
    assert folder.shown()[-1] == "four"
    (folder.events / "four.yaml").rename(folder.events / "five.yaml")
    assert folder.kinds() == [("five.yaml", "file-name")] and "four" not in folder.shown()
    (folder.events / "five.yaml").unlink()
    assert folder.shown() == ["one", "two", "three"] and folder.look().problems == ()
    folder.events.joinpath("one.yaml").replace(folder.events / "sub.yaml")
    assert folder.shown() == ["two", "three"]


def test_a_broken_file_that_is_deleted_is_forgotten_with_its_last_good_version(folder):
    folder.look()
    folder.put("two.yaml", "id: [")
    folder.look()
    (folder.events / "two.yaml").unlink()
    assert folder.shown() == ["one", "three"] and folder.look().problems == ()


def test_yml_nested_folders_and_hidden_files(tmp_path):
    folder = Folder(tmp_path / "data", [record("one")])
    folder.put("two.yml", text_of(record("two", start="2024-05-01")))
    folder.put("2024/sub/three.yaml", text_of(record("three", start="2024-06-01")))
    for name in (".hidden.yaml", ".git/x.yaml", "notes.txt", "one.yaml~", "one.yaml.swp"):
        folder.put(name, "id: [")
    (folder.events / "folder.yaml").mkdir()
    assert folder.shown() == ["one", "two", "three"] and folder.look().problems == ()
    assert list(folder.look().catalog.files) == ["2024/sub/three.yaml", "one.yaml", "two.yml"]


def test_links_that_lead_nowhere_or_to_themselves_are_named(folder):
    (folder.events / "gone.yaml").symlink_to("nowhere")
    (folder.events / "self.yaml").symlink_to("self.yaml")
    assert folder.kinds() == [("gone.yaml", "unreadable"), ("self.yaml", "unreadable")]
    assert folder.shown() == ["one", "two", "three"]


def test_a_link_to_the_folder_itself_is_not_followed_for_ever(folder):
    (folder.events / "loop").symlink_to(folder.events)
    (folder.events / "again").symlink_to(folder.path)
    assert folder.shown() == ["one", "two", "three"]


def test_a_linked_record_and_a_linked_folder_are_read(tmp_path):
    folder = Folder(tmp_path / "data", [record("one")])
    elsewhere = Folder(tmp_path / "elsewhere", [record("two", start="2024-05-01")])
    (folder.events / "more").symlink_to(elsewhere.events)
    assert folder.shown() == ["one", "two"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_named_and_not_waited_for(folder):
    os.mkfifo(folder.events / "pipe.yaml")
    assert folder.kinds() == [("pipe.yaml", "unreadable")]


def test_a_name_that_is_no_text_is_shown_by_its_bytes(folder):
    with open(os.fsencode(folder.events) + b"/\xff.yaml", "wb") as file:
        file.write(b"id: [")
    assert folder.kinds() == [("\\xff.yaml", "syntax")]
    assert folder.look().version.encode("ascii")


def test_a_file_that_cannot_be_read_is_named_and_its_last_version_stays(folder, monkeypatch):
    folder.look()

    def refused(path):
        raise PermissionError(13, "Permission denied")

    folder.write(record("two", title="Not to be read"))
    monkeypatch.setattr("lib.store._bytes_of", refused)
    assert folder.kinds() == [("two.yaml", "unreadable")]
    assert folder.look().catalog.by_id["two"].title == "Meeting two"


def test_a_huge_file_is_refused_without_being_read_whole(folder):
    with open(folder.events / "huge.yaml", "wb") as file:
        file.truncate(50 * MAX_BYTES)
    assert folder.kinds() == [("huge.yaml", "too-large")]
    assert len(folder.look().catalog.files["huge.yaml"].text) <= MAX_BYTES + 1


def test_every_kind_of_bad_file_at_once_leaves_the_good_ones(folder):
    from tests.test_records_fixtures import BAD

    for path in BAD:
        shutil.copy(path, folder.events / path.name)
    assert folder.shown() == ["one", "two", "three"]
    assert {problem.file for problem in folder.look().problems} == {path.name for path in BAD}
    assert set(folder.look().catalog.set_aside) == {path.name for path in BAD}


def test_the_version_changes_if_and_only_if_the_data_does(folder):
    seen = [folder.look().version]
    os.utime(folder.events / "one.yaml", ns=(1, 1))
    assert folder.look().version == seen[0], "a touched file is the same data"
    steps = [
        lambda: folder.write(record("one", summary="Another.")),
        lambda: folder.write(record("four", start="2024-07-01")),
        lambda: folder.put("bad.yaml", "id: ["),
        lambda: (folder.events / "four.yaml").unlink(),
        lambda: (folder.events / "bad.yaml").rename(folder.events / "worse.yaml"),
    ]
    for step in steps:
        step()
        seen.append(folder.look().version)
    assert len(set(seen)) == len(seen)
    assert Store(folder.path).current().version == seen[-1], "another process gives the same version"


def test_two_last_good_versions_behind_one_broken_text_are_two_versions_of_the_data(folder):
    versions = set()
    for title in ("First", "Second"):
        folder.write(record("one", title=title))
        folder.look()
        folder.put("one.yaml", "id: [")
        assert folder.look().catalog.by_id["one"].title == title
        versions.add(folder.look().version)
    assert len(versions) == 2


def test_an_empty_or_missing_folder_gives_empty_frames_of_the_same_columns_and_types(tmp_path):
    empty = Folder(tmp_path / "empty").look()
    missing = Store(tmp_path / "missing").current()
    for table, declared in TABLES.items():
        for snapshot in (empty, missing):
            frame = snapshot.tables[table]
            assert len(frame) == 0 and list(frame.columns) == declared.names
            for column in declared.columns:
                full = real().tables[table][column.name].dtype
                assert type(frame[column.name].dtype) is type(full), (table, column.name)
    assert empty.version == missing.version and empty.problems == ()


def test_many_threads_see_whole_snapshots_while_the_folder_changes(tmp_path):
    folder = Folder(tmp_path / "data", THREE)
    stop, errors, counts = threading.Event(), [], set()

    def viewer():
        while not stop.is_set():
            try:
                snapshot = folder.look()
                counts.add(
                    (
                        len(snapshot.catalog.events),
                        len(snapshot.tables.events),
                        len(snapshot.tables.positions["mentions"]),
                    )
                )
            except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
                errors.append(error)
                return

    viewers = [threading.Thread(target=viewer) for _ in range(4)]
    for thread in viewers:
        thread.start()
    for turn in range(15):
        folder.write(record(f"more-{turn}", start=f"2024-07-{turn + 1:02d}"))
        folder.put("two.yaml", "id: [" if turn % 2 else text_of(THREE[1]))
        if turn > 3:
            (folder.events / f"more-{turn - 3}.yaml").unlink()
    stop.set()
    for thread in viewers:
        thread.join(20)
    assert errors == []
    assert all(len(set(sizes)) == 1 for sizes in counts) and len(counts) >= 1
    assert set(folder.shown()) == {"one", "two", "three", "more-0", "more-12", "more-13", "more-14"}


def test_a_missing_vocabulary_of_its_own_is_the_shipped_one(folder):
    assert folder.look().vocabulary.entries.keys() == real().vocabulary.entries.keys()
    assert not (folder.path / "vocabulary").exists() and (SHIPPED / "vocabulary").is_dir()
