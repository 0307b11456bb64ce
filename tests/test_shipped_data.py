"""The records that come with the dashboard are whole, and the check command says so."""

from __future__ import annotations

import pytest

from lib.check import main
from lib.geo import load_geography
from lib.store import SHIPPED
from tests.samples import REAL_EVENTS, Folder, real, record


def test_the_shipped_records_have_no_problem():
    assert [str(problem) for problem in real().problems] == []
    assert real().catalog.set_aside == ()


def test_every_file_is_a_record_that_is_shown():
    files = sorted(path.stem for path in REAL_EVENTS.glob("*.yaml"))
    assert len(files) >= 359
    assert sorted(event.id for event in real().catalog.events) == files
    tables = real().tables
    assert len(tables.participations) >= 1800 and len(tables.mentions) >= 1000 and len(tables.sources) >= 700


def test_every_event_has_a_source_and_every_point_one_of_them():
    for event in real().catalog.events:
        own = {source.id for source in event.sources}
        assert own
        for said in (*event.mentions, *event.outcomes):
            assert set(said.sources) <= own and said.sources


def test_every_city_of_an_event_has_a_place():
    places = {
        (place.country, name) for place in real().vocabulary["places"].values() for name in (place.city, *place.aliases)
    }
    missing = {
        (place.country, place.city) for event in real().catalog.events for place in event.held_in if place.city
    } - places
    assert missing == set()


def test_a_former_id_leads_to_its_record_and_is_nobody_elses():
    ids = {event.id for event in real().catalog.events}
    former = [old for event in real().catalog.events for old in event.former_ids]
    assert len(former) == len(set(former)) and not ids & set(former)
    assert {real().catalog.by_id[event_id].id for event_id in ids} == ids


def test_every_country_that_came_has_a_point_on_the_map():
    geography = load_geography(SHIPPED / "geo")
    came = set(real().tables.participations["country"].dropna())
    assert came <= geography.points.keys() and came <= geography.countries | geography.small


def test_the_text_of_a_record_is_that_of_its_file():
    for event in real().catalog.events[::40]:
        assert real().catalog.file_of(event).text == (REAL_EVENTS / f"{event.id}.yaml").read_text("utf-8")


def test_the_check_of_the_shipped_records_succeeds(capsys):
    assert main([str(SHIPPED)]) == 0
    output = capsys.readouterr().out.splitlines()
    assert len(output) == 1 and "0 problems" in output[0]


def test_the_check_of_broken_records_fails_with_a_line_for_each_problem(tmp_path, capsys):
    folder = Folder(tmp_path / "data", [record("good"), record("bad", series="nonsense", kind="nonsense")])
    assert main([str(folder.path)]) == 1
    *lines, count = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [["bad.yaml:3", "series"], ["bad.yaml:4", "kind"]]
    assert "2 files" in count and "1 record" in count and "2 problems" in count


@pytest.mark.parametrize("make", [True, False])
def test_the_check_of_no_records_fails(tmp_path, capsys, make):
    if make:
        (tmp_path / "events").mkdir()
    assert main([str(tmp_path)]) == 1
    assert "no-records" in capsys.readouterr().out
