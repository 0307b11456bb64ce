"""The data package: valid, complete, checkable, the same bytes for the same data."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import frictionless
import pytest
import yaml

from lib.export.citation import cite
from lib.export.csv import to_csv
from lib.export.package import build_package, table_schema
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.links import read_query
from lib.store import Store
from lib.tables.columns import TABLES
from tests.api_fixture import REAL, client, tiny

VIEW = "https://samvad.example/?series=sco-dmm"
LINKS = [
    "",
    "series=sco-dmm",
    "country=IND,PAK&level=minister",
    "theme=terrorism&by=IND&from=2017",
    "q=no-such-word-anywhere",
    "status=scheduled",
]


@pytest.fixture(scope="module")
def real():
    return Store(REAL).current().tables


def _unpacked(data: bytes, folder):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


def _package(selection: Selection, all_rows: bool = False) -> bytes:
    return build_package(selection, VIEW, cite(VIEW, selection.tables.digest), all_rows)


def _selection(tables, query: str):
    link = read_query(query, tables)
    assert link.doubts == ()
    return select(tables, link.filters)


@pytest.mark.parametrize("query", LINKS)
@pytest.mark.parametrize("all_rows", [False, True])
def test_frictionless_finds_the_package_valid(real, tmp_path, query, all_rows):
    folder = _unpacked(_package(_selection(real, query), all_rows), tmp_path)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])[:5]
    assert [task.name for task in report.tasks] == list(TABLES)


def test_frictionless_finds_the_zip_itself_and_hard_texts_valid(tmp_path):
    tables = Store(tiny(tmp_path / "data")).current().tables
    (tmp_path / "package.zip").write_bytes(_package(select(tables, Filters())))
    report = frictionless.validate(str(tmp_path / "package.zip"), type="package")
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])[:5]


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        ("events.csv", b",ministerial,", b",ministerail,", "constraint-error"),
        ("participations.csv", b"2024-04-26-sco-dmm-astana,", b"2024-04-26-sco-dmm-almaty,", "foreign-key"),
        ("events.csv", b",2024-04-25,", b",25 April 2024,", "constraint-error"),
        ("participations.csv", b",true,", b",perhaps,", "type-error"),
        ("mentions.csv", b",s1", b",S 1", "constraint-error"),
    ],
)
def test_the_descriptor_is_strict_enough_to_find_damage(tmp_path, file, old, new, error):
    tables = Store(tiny(tmp_path / "data")).current().tables
    folder = _unpacked(_package(select(tables, Filters())), tmp_path / "out")
    damaged = (folder / file).read_bytes().replace(old, new, 1)
    assert damaged != (folder / file).read_bytes()
    (folder / file).write_bytes(damaged)
    kinds = {found[0] for found in frictionless.validate(str(folder / "datapackage.json")).flatten(["type"])}
    assert error in kinds and "hash-count" in kinds


def test_every_column_is_described_and_closed_ones_list_their_values(real):
    for table, declared in TABLES.items():
        schema = table_schema(table, real.vocabulary)
        assert [field["name"] for field in schema["fields"]] == declared.names and schema["missingValues"] == [""]
        for field, column in zip(schema["fields"], declared.columns, strict=True):
            assert field["description"] == column.meaning and field["type"] in ("string", "integer", "boolean", "date")
            assert ("enum" in field.get("constraints", {})) == (column.type == "term")
        assert schema.get("primaryKey", []) == list(declared.key)
        assert ("foreignKeys" in schema) == (table != "events")


def test_the_tables_are_those_that_the_pages_download(real, tmp_path):
    selection = _selection(real, "country=IND&level=minister&theme=terrorism")
    for all_rows, rows in ((False, selection.rows), (True, selection.all_rows)):
        folder = _unpacked(_package(selection, all_rows), tmp_path / str(all_rows))
        for table in TABLES:
            assert (folder / f"{table}.csv").read_bytes() == to_csv(rows(table), table)
    assert (tmp_path / "True" / "mentions.csv").stat().st_size > (tmp_path / "False" / "mentions.csv").stat().st_size


def test_the_package_names_filters_view_version_citation_and_licence(real, tmp_path):
    selection = _selection(real, "theme=sagar&from=2017&q=one%0Atwo")
    folder = _unpacked(_package(selection), tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [
            *(f"{table}.csv" for table in TABLES),
            "CITATION.cff",
            "LICENSE.txt",
            "README.md",
            "SHA256SUMS",
            "citation.bib",
            "datapackage.json",
        ]
    )
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["filters"] == {"from": ["2017"], "q": ["one\ntwo"], "theme": ["sagar"]}
    assert (
        descriptor["description"] == f"{selection.words}."
        and descriptor["homepage"] == VIEW
        and descriptor["data_version"] == real.digest
    )
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert (
        " ".join(selection.words.split()) in readme
        and VIEW in readme
        and real.digest in readme
        and "- `q`: one two" in readme
    )
    assert "apostrophe" in readme and "creativecommons.org/licenses/by/4.0" in (folder / "LICENSE.txt").read_text()
    assert yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))["url"] == VIEW
    assert VIEW in (folder / "citation.bib").read_text(encoding="utf-8")


def test_every_file_has_its_checksum(real, tmp_path):
    folder = _unpacked(_package(_selection(real, "series=sco-dmm")), tmp_path)
    sums = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in sums.items())
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert [(one["hash"], one["bytes"]) for one in resources] == [
        (f"sha256:{sums[one['path']]}", (folder / one["path"]).stat().st_size) for one in resources
    ]


def test_the_same_data_give_the_same_bytes():
    first, second = (_package(_selection(Store(REAL).current().tables, "series=sco-dmm")) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("query", ["", "?country=IND&theme=terrorism"])
def test_the_package_cites_as_the_address_of_the_citation_does(tmp_path, query):
    api = client(tiny(tmp_path / "data"))
    folder = _unpacked(api.get(f"/api/package.zip{query}").content, tmp_path / "out")
    assert (folder / "citation.bib").read_bytes() == api.get(f"/api/citation.bib{query}").content
    assert "year = {" in (folder / "citation.bib").read_text(encoding="utf-8")


def test_the_api_gives_the_package_of_the_link_with_the_address_of_its_view(tmp_path):
    api = client(tiny(tmp_path / "data"), "samvad")
    answer = api.get("/samvad/api/package.zip?country=IND&theme=terrorism")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="samvad-package-ind-terrorism.zip"'
    folder = _unpacked(answer.content, tmp_path / "out")
    assert (
        json.loads((folder / "datapackage.json").read_text())["homepage"]
        == "http://testserver/samvad/?country=IND&theme=terrorism"
    )
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    assert api.get("/samvad/api/package.zip?country=XXX").status_code == 400
