"""The five tables: declared columns and types, joins, and the values that need thought."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
import yaml

from lib.records.dates import parse_date
from lib.tables.build import build_tables
from lib.tables.columns import TABLES
from lib.vocabulary import names
from tests.samples import REAL_EVENTS, came, point, real, record, stayed_away, tables_of, vocabulary

CASES = {
    "real": lambda: real().tables,
    "empty": lambda: build_tables((), vocabulary()),
    "one": lambda: tables_of(record("one")),
    "bare": lambda: tables_of(record("bare", participants=[], themes=[], place={"country": "KAZ"}, start="2024")),
}


@pytest.fixture(scope="module", params=CASES)
def tables(request):
    return CASES[request.param]()


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_columns_in_order_each_of_its_type(tables, table):
    frame = tables[table]
    assert list(frame.columns) == TABLES[table].names
    assert isinstance(frame.index, pd.RangeIndex) and len(frame.index) == len(frame)
    for column in TABLES[table].columns:
        own = frame[column.name]
        match column.type:
            case "term" | "id" | "date":
                assert isinstance(own.dtype, pd.CategoricalDtype), column.name
                assert own.dtype.ordered == (column.type == "date"), column.name
            case "count":
                assert own.dtype == "int64" and (own >= 0).all(), column.name
            case "day":
                assert own.dtype == "datetime64[s]" and own.notna().all(), column.name
            case "yes-no":
                assert own.dtype == "boolean", column.name
            case "list":
                assert own.dtype == object and all(type(cell) is list for cell in own), column.name
            case _:
                assert own.dtype == "str", column.name


@pytest.mark.parametrize("table", TABLES)
def test_every_word_is_one_of_its_vocabulary(tables, table):
    for column in TABLES[table].columns:
        allowed = {word for name in column.vocabularies for word in vocabulary()[name]} | set(column.also)
        if column.type == "term":
            assert set(tables[table][column.name].dropna()) <= allowed == set(tables[table][column.name].cat.categories)
        elif column.type == "list" and allowed:
            assert {word for cell in tables[table][column.name] for word in cell} <= allowed


@pytest.mark.parametrize("table", TABLES)
def test_rows_join_their_event_by_id_and_by_position(tables, table):
    frame, events = tables[table], tables.events
    assert frame["event_id"].notna().all()
    assert len(tables.positions[table]) == len(frame)
    assert events["event_id"].to_numpy()[tables.positions[table]].tolist() == frame["event_id"].tolist()
    if "start" in frame:
        joined = frame.merge(events, on="event_id", suffixes=("", "_event"))
        assert len(joined) == len(frame)
        assert joined["start"].astype(str).tolist() == joined.get("start_event", joined["start"]).astype(str).tolist()


def test_a_key_names_a_row_once(tables):
    for table in TABLES.values():
        if table.key:
            assert not tables[table.name].duplicated(list(table.key)).any(), table.name


def test_every_column_is_explained_and_every_vocabulary_it_names_exists():
    for table in TABLES.values():
        assert len(set(table.names)) == len(table.names)
        for column in table.columns:
            assert column.meaning and set(column.vocabularies) <= names(vocabulary()).keys()
            assert (column.type == "count") == bool(column.unit)


def test_the_rows_are_those_of_the_files():
    shown = {event.id for event in real().catalog.events}
    files = [yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in REAL_EVENTS.glob("*.yaml")]
    files = [file for file in files if file["id"] in shown]
    tables = real().tables
    assert len(tables.events) == len(files)
    for table, key in (
        ("participations", "participants"),
        ("mentions", "themes"),
        ("outcomes", "outcomes"),
        ("sources", "sources"),
    ):
        assert len(tables[table]) == sum(len(file[key]) for file in files), table


def test_events_stand_in_order_of_the_recorded_start_then_id():
    frame = real().tables.events
    keys = list(zip([parse_date(start).first for start in frame["start"]], frame["event_id"], strict=True))
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("outcomes", "themes", "answer"),
    [
        ([], [], "unknown"),
        (["joint-communique"], [], "yes"),
        (["declaration"], [], "yes"),
        (["protocol"], [], "unknown"),
        (["agreement", "decision"], [], "unknown"),
        (["no-joint-document"], [], "no"),
        (["no-joint-document", "joint-statement"], [], "yes"),
        (["no-joint-document", "chair-statement"], [], "no"),
        ([], [("joint", "joint-document")], "yes"),
        ([], [("joint", "agenda")], "unknown"),
        ([], [("IND", "joint-document")], "unknown"),
        (["no-joint-document"], [("joint", "joint-document")], "no"),
    ],
)
def test_a_joint_document_is_yes_no_or_unknown(outcomes, themes, answer):
    tables = tables_of(
        record(
            "one",
            outcomes=[{"form": form, "title": form, "sources": ["s1"]} for form in outcomes],
            themes=[point("terrorism", by, form) for by, form in themes],
        )
    )
    assert tables.events["joint_document"].tolist() == [answer]


def test_delegations_are_distinct_countries_that_attended():
    people = [
        came("IND", name="A"),
        came("IND", name="B"),
        came("CHN"),
        stayed_away("PAK"),
        {"organization": "sco-rats", "capacity": "guest", "level": "head-of-organization"},
    ]
    held, announced = (
        tables_of(record("held", participants=people)),
        tables_of(record("announced", status="scheduled", participants=people)),
    )
    assert held.events["delegations"].tolist() == [2]
    assert announced.events["delegations"].tolist() == [0]


@pytest.mark.parametrize(
    ("status", "attended"),
    [("held", [True, False]), ("scheduled", [None, False]), ("postponed", [None, False]), ("cancelled", [None, False])],
)
def test_attended_is_true_false_or_unknown_where_the_event_was_not_held(status, attended):
    frame = tables_of(record("one", status=status, participants=[came("IND"), stayed_away("PAK")])).participations
    assert [None if pd.isna(value) else bool(value) for value in frame["attended"]] == attended
    assert frame["level"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("start", "end", "precision", "first", "last"),
    [
        ("2024-04-25", None, ("day", "day"), "2024-04-25", "2024-04-25"),
        ("2024-04-25", "2024-04-26", ("day", "day"), "2024-04-25", "2024-04-26"),
        ("2024-02", None, ("month", "month"), "2024-02-01", "2024-02-29"),
        ("2023", None, ("year", "year"), "2023-01-01", "2023-12-31"),
        ("2023-12-30", "2024-01", ("day", "month"), "2023-12-30", "2024-01-31"),
    ],
)
def test_days_are_as_precise_as_the_record(start, end, precision, first, last):
    event = tables_of(record("one", start=start, end=end)).events.iloc[0]
    assert (event["start"], event["end"]) == (start, end or start)
    assert (event["start_precision"], event["end_precision"]) == precision
    assert (str(event["first_day"].date()), str(event["last_day"].date())) == (first, last)


def test_themes_of_an_event_stand_once_in_the_order_of_the_vocabulary():
    order = list(vocabulary()["themes"])
    themes = [order[5], order[1], order[5], order[0]]
    event = tables_of(record("one", themes=[point(theme) for theme in themes])).events.iloc[0]
    assert event["themes"] == [order[0], order[1], order[5]] and event["points"] == 4


def test_lists_are_the_rows_own_and_missing_texts_are_missing():
    tables = tables_of(
        record("one", outcomes=[{"form": "decision", "title": "D", "sources": ["s1"]}], place={"country": "KAZ"})
    )
    assert tables.outcomes["themes"].tolist() == [[]] and tables.outcomes["source_ids"].tolist() == [["s1"]]
    assert tables.outcomes["point"].isna().all() and tables.events[["city", "venue", "note", "chair"]].isna().all(
        axis=None
    )
    assert tables.sources["published"].isna().all()


def test_dates_of_mixed_precision_compare_by_day():
    frame = tables_of(record("a", start="2024"), record("b", start="2024-03"), record("c", start="2023-12-31")).events
    assert frame["start"].tolist() == ["2023-12-31", "2024", "2024-03"]
    assert frame["start"].is_monotonic_increasing


def test_published_is_iso_8601():
    published = real().tables.sources["published"].dropna()
    assert all(re.fullmatch(r"\d{4}(-\d{2}){0,2}", text) for text in published) and len(published)
    assert np.issubdtype(real().tables.events["first_day"].dtype, np.datetime64)
