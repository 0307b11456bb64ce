"""JSON, Parquet, the data dictionary, snippets, citations and file names."""

from __future__ import annotations

import io
import json
import re
import shlex
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
import yaml

from lib.export.citation import cite
from lib.export.csv import RULES
from lib.export.dictionary import dictionary, markdown
from lib.export.json import to_json
from lib.export.parquet import to_parquet
from lib.export.rows import file_name
from lib.export.snippets import snippets
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.records.plain import record
from lib.store import Store
from lib.tables.columns import TABLES
from tests.api_fixture import REAL

NONE = Filters()


@pytest.fixture(scope="module")
def real():
    return Store(REAL).current()


@pytest.mark.parametrize("table", list(TABLES))
def test_json_holds_every_value_with_its_type(real, table):
    frame = real.tables[table]
    body = json.loads(to_json(frame, table, Filters.of({"theme": ["sagar", "ccit"]}), "v1"))
    assert {name: body[name] for name in ("table", "filters", "data_version", "count")} == {
        "table": table,
        "filters": {"theme": ["sagar", "ccit"]},
        "data_version": "v1",
        "count": len(frame),
    }
    types = {"list": list, "count": int, "yes-no": bool}
    for column in TABLES[table].columns:
        values, held = [row[column.name] for row in body["rows"]], frame[column.name]
        assert {type(value) for value in values if value is not None} <= {types.get(column.type, str)}
        if column.type == "day":
            assert values == [day.date().isoformat() for day in held]
        else:
            assert values == [cell if isinstance(cell, list) else None if pd.isna(cell) else cell for cell in held]


@pytest.mark.parametrize("table", list(TABLES))
def test_parquet_holds_the_same_rows_as_json_and_says_what_they_mean(real, table):
    frame = select(real.tables, Filters.of({"series": "sco-dmm"})).rows(table)
    file = io.BytesIO(to_parquet(frame, table, Filters.of({"series": "sco-dmm"}), "v1"))
    read = pyarrow.parquet.read_table(file)
    assert read.column_names == TABLES[table].names and len(frame) > 10
    rows = [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        for row in read.to_pylist()
    ]
    assert rows == json.loads(to_json(frame, table, NONE, ""))["rows"]
    for column in TABLES[table].columns:
        field = read.schema.field(column.name)
        assert field.metadata[b"meaning"].decode() == column.meaning
        if column.type == "list":
            assert field.type == pa.list_(pa.string())
    about = {name.decode(): value.decode() for name, value in read.schema.metadata.items()}
    assert about == {
        "table": table,
        "row": TABLES[table].row,
        "filters": '{"series": ["sco-dmm"]}',
        "data_version": "v1",
    }


@pytest.mark.parametrize("table", list(TABLES))
def test_empty_tables_keep_columns_and_types(real, table):
    empty = real.tables[table].iloc[:0]
    assert json.loads(to_json(empty, table, NONE, "v"))["rows"] == []
    read = pyarrow.parquet.read_table(io.BytesIO(to_parquet(empty, table, NONE, "v")))
    whole = pyarrow.parquet.read_table(io.BytesIO(to_parquet(real.tables[table], table, NONE, "v")))
    assert read.num_rows == 0 and read.schema == whole.schema


def test_pandas_reads_the_parquet(real):
    back = pd.read_parquet(io.BytesIO(to_parquet(real.tables.mentions, "mentions", NONE, "v")))
    assert back["theme"].tolist() == real.tables.mentions["theme"].tolist()
    assert [list(cell) for cell in back["source_ids"]] == real.tables.mentions["source_ids"].tolist()


def test_a_record_as_json_is_its_file(real):
    def texts(value):
        if isinstance(value, dict):
            return {key: texts(item) for key, item in value.items()}
        if isinstance(value, list):
            return [texts(item) for item in value]
        return value if isinstance(value, (bool, str)) else str(value)

    for event in real.catalog.events:
        written = texts(yaml.load((REAL / "events" / f"{event.id}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader))
        optional = {"related", "former_ids", "title_reconstructed"}
        written = {key: value for key, value in written.items() if not (key in optional and value in ([], False))}
        for outcome in written["outcomes"]:
            if outcome.get("themes") == []:
                del outcome["themes"]
        for person in written["participants"]:
            if person.get("attended") is True:
                del person["attended"]
        assert record(event) == written


def test_the_dictionary_describes_every_column_with_its_values(real):
    found = dictionary(real.vocabulary).set_index(["table", "column"])
    assert list(found.index) == [(table.name, column.name) for table in TABLES.values() for column in table.columns]
    assert (found["meaning"].str.len() > 3).all() and (found["type"].str.len() > 3).all()
    assert found.loc[("events", "status"), "allowed"].split(";") == list(real.vocabulary["statuses"])
    assert (
        "joint" in found.loc[("mentions", "by"), "allowed"].split(";")
        and found.loc[("events", "title"), "allowed"] == ""
    )
    assert found.loc[("events", "delegations"), "unit"] == "countries"


def test_every_value_in_the_tables_is_allowed_by_the_dictionary(real):
    for (table, column), row in dictionary(real.vocabulary).set_index(["table", "column"]).iterrows():
        if row["allowed"]:
            cells = real.tables[table][column].dropna()
            words = {word for cell in cells for word in cell} if row["type"] == "list of words" else set(cells)
            assert words <= set(row["allowed"].split(";"))


def test_the_dictionary_in_markdown_says_how_formulas_are_kept_from_running(real):
    text = markdown(real.vocabulary)
    assert all(rule in text for rule in RULES) and "apostrophe" in text and "OWASP" in text
    assert text.count("\n| `") == sum(len(table.columns) for table in TABLES.values())
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 6 for line in text.splitlines() if line.startswith("|"))


def test_the_snippets_read_the_table_that_is_seen():
    filters = Filters.of({"country": ["IND", "CHN"], "q": 'it\'s "x" $(y) & é'})
    found = snippets("https://samvad.example/base", "mentions", filters)
    assert list(found) == ["pandas", "R", "curl"]
    compile(found["pandas"], "snippet", "exec")
    address = shlex.split(found["curl"])[-1]
    assert all(address in code for code in found.values())
    assert urlsplit(address).path == "/base/api/mentions.csv"
    assert parse_qs(urlsplit(address).query) == {"country": ["IND,CHN"], "q": ['it\'s "x" $(y) & é']}


def test_a_citation_names_title_version_address_and_licence():
    found = cite("https://samvad.example/event?id=x_1", "0a1b", title="50% of {all} & more")
    for text in (found.text, found.bibtex, found.cff):
        assert "0a1b" in text and "https://samvad.example/event?id=x_1" in text
    assert r"50\% of \{all\} \& more" in found.bibtex and found.bibtex.count("{") == found.bibtex.count("}")
    cff = yaml.safe_load(found.cff)
    assert cff["title"].startswith("50% of {all} & more") and cff["license"] == "CC-BY-4.0" and cff["version"] == "0a1b"


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({}, "samvad-events.csv"),
        ({"series": "sco-dmm", "from": "2017"}, "samvad-events-2017-sco-dmm.csv"),
        ({"q": '../../"etc"\r\nx; Türkiye'}, "samvad-events-etc-x-turkiye.csv"),
        ({"country": ["IND", "CHN"], "country_match": "all"}, "samvad-events-ind-chn.csv"),
        ({"q": "x" * 200}, f"samvad-events-{'x' * 66}.csv"),
    ],
)
def test_a_file_is_named_after_what_is_in_it(values, name):
    assert file_name("events", Filters.of(values), "csv") == name


def test_a_file_with_the_rows_of_one_person_or_country_says_whose():
    assert (
        file_name("participations", Filters.of({"from": "2017"}), "csv", "rajnath-singh")
        == "samvad-participations-rajnath-singh-2017.csv"
    )
    assert file_name("participations", Filters(), "csv", "Ann B., <i>") == "samvad-participations-ann-b-i.csv"
