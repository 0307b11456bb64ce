"""The tables of the API against the contract, computed a second time from the YAML."""

from __future__ import annotations

import io

import pandas as pd
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.filters.selection import select
from lib.filters.value import Filters
from lib.store import Store
from tests.api_fixture import REAL, client, tiny
from tests.oracle import FIRST_COLUMNS, Oracle

LINKS = [
    {},
    {"country": "IND"},
    {"country": "PAK"},
    {"country": "IND,PAK"},
    {"country": "IND,PAK", "country_match": "all"},
    {"country": "FRA"},
    {"country": "IND,KAZ", "level": "minister"},
    {"country": "IND,KAZ", "level": "minister", "country_match": "all"},
    {"country": "IND,PAK", "level": "minister", "country_match": "all"},
    {"level": "head-of-organization"},
    {"level": "head-of-government"},
    {"organization": "sco-rats"},
    {"theme": "terrorism"},
    {"theme": "terrorism,sovereignty", "theme_match": "all"},
    {"theme": "terrorism", "by": "IND"},
    {"theme": "terrorism,sovereignty", "by": "IND", "theme_match": "all"},
    {"theme": "sovereignty", "by": "IND", "form": "joint-document"},
    {"by": "joint"},
    {"form": "agenda"},
    {"by": "IND,joint", "form": "proposal,agenda"},
    {"outcome": "no-joint-document"},
    {"outcome": "joint-communique", "status": "held"},
    {"status": "scheduled"},
    {"status": "scheduled", "country": "IND"},
    {"mode": "hybrid,virtual"},
    {"host": "IND,KGZ"},
    {"series": "sco-dmm"},
    {"group": "sco,forums"},
    {"group": "india", "series": "sco-dmm"},
    {"kind": "summit,ministerial"},
    {"from": "2024-04-26", "to": "2024-04-26"},
    {"to": "2024-04-25"},
    {"from": "2023-04-30", "to": "2023-05"},
    {"from": "2023-05"},
    {"from": "2027-12-31"},
    {"to": "2027-01"},
    {"from": "2017", "to": "2019", "theme": "sagar"},
    {"q": "TURKIYE second"},
    {"q": "kazakhstan minister"},
    {"q": "defence sécretary"},
    {"q": "press readout"},
    {"q": "no-such-word-anywhere"},
    {
        "from": "2017",
        "series": "sco-dmm",
        "country": "IND,CHN,RUS",
        "country_match": "all",
        "theme": "terrorism",
        "by": "IND",
    },
]


@pytest.fixture(scope="module")
def real():
    return client(REAL), Oracle(REAL / "events", REAL / "vocabulary")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tiny(tmp_path_factory.mktemp("tiny") / "data")
    assert Store(folder).current().problems == ()
    return client(folder), Oracle(folder / "events", REAL / "vocabulary")


def _agree(api, oracle: Oracle, link: dict[str, str], every: bool) -> int:
    """Assert that all five tables are the oracle's; how many events pass."""
    single = {"q", "from", "to", "country_match", "theme_match"}
    expected = oracle.tables(
        {name: [value] if name in single else value.split(",") for name, value in link.items()}, every
    )
    for table, columns in FIRST_COLUMNS.items():
        answer = api.get(f"/api/{table}.json", params={**link, **({"rows": "all"} if every else {})})
        assert answer.status_code == 200, answer.text
        rows = [{column: row[column] for column in columns} for row in answer.json()["rows"]]
        assert rows == [{column: row[column] for column in columns} for row in expected[table]], (table, link)
        assert answer.json()["count"] == len(rows)
    return len(expected["events"])


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize(
    "link",
    [*LINKS, {"person": "Rajnath Singh"}, {"person": "RÁJNATH SINGH", "country": "IND", "level": "minister"}],
    ids=str,
)
def test_the_tables_of_the_real_records_are_those_of_the_contract(real, link, every):
    _agree(*real, link, every)


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("link", [*LINKS, {"person": "ruslan jaqsylyqov"}, {"person": "narendra modi"}], ids=str)
def test_the_tables_of_another_data_folder_are_those_of_the_contract(small, link, every):
    _agree(*small, link, every)


def test_most_of_the_links_compared_have_rows(real):
    assert sum(real[0].get("/api/events.json", params=link).json()["count"] > 0 for link in LINKS) > len(LINKS) * 0.8


@pytest.mark.parametrize(
    ("link", "events"),
    [
        ({"country": "PAK"}, ["2023-04-sco-dmm-new-delhi"]),
        ({"country": "IND,PAK", "country_match": "all"}, ["2023-04-sco-dmm-new-delhi"]),
        ({"country": "IND"}, ["2023-04-sco-dmm-new-delhi", "2024-04-26-sco-dmm-astana"]),
        ({"country": "IND", "level": "senior-official"}, ["2024-04-26-sco-dmm-astana"]),
        ({"country": "IND,PAK", "level": "minister", "country_match": "all"}, []),
        ({"theme": "terrorism"}, ["2023-04-sco-dmm-new-delhi", "2024-04-26-sco-dmm-astana"]),
        ({"theme": "sovereignty", "by": "IND", "form": "joint-document"}, []),
        ({"theme": "terrorism,sovereignty", "theme_match": "all", "by": "IND"}, ["2024-04-26-sco-dmm-astana"]),
        ({"from": "2023-04-30", "to": "2023-05-02"}, ["2023-04-sco-dmm-new-delhi"]),
        ({"from": "2027-12-31"}, ["2027-sco-summit-bishkek"]),
        ({"level": "head-of-government"}, []),
        ({"person": "RUSLAN JAQSYLYQOV"}, ["2024-04-26-sco-dmm-astana"]),
        ({"q": "turkiye LINE"}, ["2024-04-26-sco-dmm-astana"]),
    ],
)
def test_an_event_passes_as_the_table_of_filters_says(small, link, events):
    rows = small[0].get("/api/events.json", params=link).json()["rows"]
    assert [row["event_id"] for row in rows] == events


def test_a_period_that_ends_before_it_begins_has_no_events():
    tables = Store(REAL).current().tables
    assert len(select(tables, Filters.of({"from": "2024-04-26", "to": "2024-04-26"}))) > 0
    assert len(select(tables, Filters.of({"from": "2024-04-26", "to": "2024-04-25"}))) == 0


def _values(oracle: Oracle):
    """For each parameter its values: those that occur, and one known value that does not."""
    every = oracle.tables({}, every=True)

    def held(table: str, column: str) -> list[str]:
        return sorted({row[column] for row in every[table] if row[column] is not None and "," not in row[column]})

    said = [row["summary"] for row in every["events"]] + [row["title"] for row in every["sources"]]
    words = sorted({word for text in said for word in text.split()})
    several = {
        "series": held("events", "series"),
        "kind": held("events", "kind"),
        "status": held("events", "status"),
        "mode": held("events", "mode"),
        "host": [*held("events", "country"), "ATG"],
        "country": [*held("participations", "country"), "ATG"],
        "level": held("participations", "level"),
        "organization": held("participations", "organization"),
        "person": held("participations", "name"),
        "theme": list(oracle.words["themes"]),
        "by": [*held("mentions", "by"), "ATG"],
        "form": held("mentions", "form"),
        "outcome": held("outcomes", "form"),
    }
    lists = {
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(",".join)
        for name, values in several.items()
    }
    days = st.dates(min_value=pd.Timestamp("2000-01-01").date(), max_value=pd.Timestamp("2027-12-31").date())
    dates = st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))
    match = st.sampled_from(["all", "any"])
    texts = st.builds(
        lambda said, change: change(" ".join(said)),
        st.lists(st.sampled_from(words), min_size=1, max_size=2),
        st.sampled_from([str.upper, str.lower, str]),
    )
    return st.fixed_dictionaries(
        {}, optional={**lists, "from": dates, "q": texts, "country_match": match, "theme_match": match}
    )


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), every=st.booleans())
def test_any_link_gives_the_rows_of_the_contract(real, data, every):
    api, oracle = real
    link = data.draw(_values(oracle))
    keep = data.draw(st.sets(st.sampled_from(sorted(link)), max_size=3)) if link else set()
    _agree(api, oracle, {name: value for name, value in link.items() if name in keep}, every)


@pytest.mark.parametrize("link", LINKS[:8], ids=str)
def test_the_three_formats_hold_the_same_rows(real, link):
    api, _ = real
    for table in FIRST_COLUMNS:
        rows = api.get(f"/api/{table}.json", params=link).json()["rows"]
        written = pd.read_csv(
            io.BytesIO(api.get(f"/api/{table}.csv", params=link).content),
            keep_default_na=False,
            na_values=[""],
            dtype=str,
        )
        packed = pyarrow.parquet.read_table(
            io.BytesIO(api.get(f"/api/{table}.parquet", params=link).content)
        ).to_pylist()
        assert (
            [str(row["event_id"]) for row in rows] == list(written["event_id"]) == [row["event_id"] for row in packed]
        )
        assert [
            {name: str(value) if name.endswith("_day") else value for name, value in row.items()} for row in packed
        ] == rows


def test_an_empty_folder_gives_empty_tables_with_all_columns(tmp_path):
    api = client(tiny(tmp_path / "data", {}))
    for table, columns in FIRST_COLUMNS.items():
        assert api.get(f"/api/{table}.json").json()["rows"] == []
        header = api.get(f"/api/{table}.csv?q=x&from=2020").content
        assert header.count(b"\r\n") == 1 and header.decode().strip().split(",")[: len(columns[:7])] == list(
            columns[:7]
        )
        assert pyarrow.parquet.read_table(io.BytesIO(api.get(f"/api/{table}.parquet").content)).num_rows == 0


def test_an_edited_record_is_in_the_next_answer(tmp_path, monkeypatch):
    monkeypatch.setattr("lib.store.SCAN_EVERY", 0)
    folder = tiny(tmp_path / "data")
    api = client(folder)
    before = api.get("/api/events.json")
    file = folder / "events" / "2023-04-sco-dmm-new-delhi.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Meeting in New Delhi", "Another title"), encoding="utf-8")
    after = api.get("/api/events.json", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and after.headers["ETag"] != before.headers["ETag"]
    assert after.json()["data_version"] != before.json()["data_version"]
    assert after.json()["rows"][0]["title"] == "Another title"
