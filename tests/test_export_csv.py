"""The one writer of CSV."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.export.csv import harmless, harmless_address, texts_csv, to_csv
from lib.export.dictionary import dictionary
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.store import Store
from lib.tables.columns import TABLES
from tests.api_fixture import REAL, tiny
from tests.samples import vocabulary

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


@pytest.fixture(scope="module")
def real():
    return Store(REAL).current().tables


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Store(tiny(tmp_path_factory.mktemp("tiny") / "data")).current().tables


def _read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("table", list(TABLES))
def test_pandas_reads_back_the_values_that_were_written(real, table):
    frame = real[table]
    back = pd.read_csv(io.BytesIO(to_csv(frame, table)), keep_default_na=False, na_values=[""], dtype=str)
    assert list(back.columns) == TABLES[table].names == list(frame.columns) and len(back) == len(frame)
    for column in TABLES[table].columns:
        written, held = back[column.name].tolist(), frame[column.name]
        match column.type:
            case "list":
                assert [cell.split(";") if isinstance(cell, str) else [] for cell in written] == held.tolist()
            case "day":
                assert written == [day.date().isoformat() for day in held]
            case "count":
                assert [int(cell) for cell in written] == held.tolist()
            case "yes-no":
                assert written == [{True: "true", False: "false"}.get(cell, np.nan) for cell in held]
            case _:
                # The real records hold no text that begins like a formula.
                assert [None if pd.isna(cell) else cell for cell in written] == [
                    None if pd.isna(cell) else str(cell) for cell in held
                ]


def test_pandas_reads_a_plain_csv_without_any_setting_as_the_same_rows(real):
    back = pd.read_csv(io.BytesIO(to_csv(real.events, "events")))
    assert back["event_id"].tolist() == real.events["event_id"].tolist()
    assert back["delegations"].tolist() == real.events["delegations"].tolist()
    assert back["country"].tolist() == real.events["country"].tolist()


@pytest.mark.parametrize("table", list(TABLES))
def test_an_empty_table_is_the_header_alone(real, table):
    expected = (",".join(TABLES[table].names) + "\r\n").encode()
    assert to_csv(real[table].iloc[:0], table) == expected
    assert to_csv(select(real, Filters.of({"q": "no-such-word"})).rows(table), table) == expected
    assert to_csv(real[table].iloc[:0], table, excel=True) == b"\xef\xbb\xbf" + expected


def test_lines_end_with_crlf_and_quotes_are_doubled(small):
    data = to_csv(small.events, "events").decode()
    assert len(re.findall("\r\n", data)) == 4
    assert 'a ""quoted"" word, and;\'=1+1 a second\nline."' in data


def test_texts_that_a_spreadsheet_would_run_are_made_harmless(small):
    first = _read(to_csv(small.events, "events"))[1]
    assert first["title"].startswith("'=HYPERLINK(") and first["venue"] == "'+1 Hall"
    people = _read(to_csv(small.participations, "participations"))
    assert "'@Someone" in [row["name"] for row in people]
    points = _read(to_csv(small.mentions, "mentions"))
    assert "'-5 degrees of zero tolerance" in [row["point"] for row in points]
    assert _read(to_csv(small.sources, "sources"))[1]["url"] == "https://example.org/a;%3Db"


def test_nothing_known_nothing_listed_and_not_there_are_told_apart(small):
    rows = _read(to_csv(small.participations, "participations"))
    assert [(row["event_id"][:4], row["country"], row["attended"], row["level"]) for row in rows] == [
        ("2023", "IND", "true", "minister"),
        ("2023", "PAK", "true", "senior-official"),
        ("2024", "IND", "true", "senior-official"),
        ("2024", "IND", "true", "minister"),
        ("2024", "PAK", "false", ""),
        ("2024", "KAZ", "true", "minister"),
        ("2024", "", "true", "head-of-organization"),
        ("2027", "IND", "", "head-of-government"),
        ("2027", "PAK", "false", ""),
    ]
    events = _read(to_csv(small.events, "events"))
    assert [(row["start"], row["first_day"], row["last_day"], row["themes"]) for row in events] == [
        ("2023-04", "2023-04-01", "2023-04-30", "terrorism"),
        ("2024-04-25", "2024-04-25", "2024-04-26", "cross-border-terrorism;sovereignty"),
        ("2027", "2027-01-01", "2027-12-31", ""),
    ]


def test_the_contract_fixes_the_columns_whatever_the_order_of_the_frame(real):
    frame = real.mentions.sample(frac=1, random_state=1)[reversed(real.mentions.columns)].assign(more=1)
    assert to_csv(frame, "mentions").splitlines()[0] == ",".join(TABLES["mentions"].names).encode()
    with pytest.raises(KeyError):
        to_csv(real.mentions.drop(columns="by"), "mentions")


def test_a_frame_whose_categories_became_plain_texts_gives_the_same_file(real):
    plain = real.participations.astype(dict.fromkeys(("event_id", "start", "country", "level", "attended"), object))
    assert to_csv(plain, "participations") == to_csv(real.participations, "participations")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-", "'-"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("\0x", "'\0x"),
        ("\uff1dSUM(A1)", "'\uff1dSUM(A1)"),
        ("  =1", "'  =1"),
        ("a;=1", "a;'=1"),
        ("a;b;-c", "a;b;'-c"),
        ("a\n@b", "a\n'@b"),
        ("a\t+b", "a\t'+b"),
        ('x;"=1;y', "x;'\"=1;y"),
        ('x; ""@y"', 'x;\' ""@y"'),
        ("a-b", "a-b"),
        ("5 - 3 = 2", "5 - 3 = 2"),
        ("a; b", "a; b"),
        ("", ""),
        ("'x", "'x"),
        ("naïve", "naïve"),
        ("user@example.org", "user@example.org"),
    ],
)
def test_an_apostrophe_stands_where_a_formula_would_begin(text, expected):
    assert harmless(text) == expected


@given(st.text(alphabet=st.sampled_from(SIGNS + "ab1 ;,\t\r\n\"'\0"), max_size=12))
def test_no_cell_begins_like_a_formula_however_the_file_is_split(text):
    made = harmless(text)
    for part in re.split("[;\t\r\n]", made)[1:]:
        assert not part.lstrip(' "').startswith(tuple(SIGNS))
    assert not made.lstrip().startswith(tuple(SIGNS)) and not made.startswith(("\t", "\r", "\n", "\0"))
    assert harmless(made) == made


@given(
    st.text(max_size=30).filter(
        lambda text: not re.search(rf"^\s*[{re.escape(SIGNS)}\t\r\n\0]|[;\t\r\n][ \xa0\"]*[{re.escape(SIGNS)}]", text)
    )
)
def test_every_other_text_is_left_as_it_is(text):
    assert harmless(text) == text


@given(
    st.lists(st.tuples(*[st.none() | st.text(st.characters(exclude_categories=("Cs",)), min_size=1)] * 4), max_size=6)
)
def test_any_text_survives_the_round_trip(rows):
    frame = pd.DataFrame(
        {
            "event_id": pd.Categorical(["a"] * len(rows)),
            "source_id": pd.array(["s1"] * len(rows), dtype="str"),
            "kind": pd.Categorical([None] * len(rows), categories=["official"]),
            **{
                name: pd.array([row[place] for row in rows], dtype="str")
                for place, name in enumerate(("publisher", "title"))
            },
            "url": pd.array([None] * len(rows), dtype="str"),
            "published": pd.Categorical(["2024"] * len(rows)),
        }
    )
    back = _read(to_csv(frame, "sources"))
    assert [(row["publisher"], row["title"]) for row in back] == [
        (harmless(row[0] or ""), harmless(row[1] or "")) for row in rows
    ]


@given(st.text(alphabet='ab/;=+-@\uff1d"', max_size=10))
def test_an_address_stays_an_address(path):
    made = harmless_address(f"https://example.org/{path}")
    assert made.startswith("https://example.org/") and "'" not in made
    assert not any(part.lstrip('"').startswith(tuple(SIGNS)) for part in made.split(";"))


def test_the_dictionary_is_written_by_the_same_rules():
    frame = dictionary(vocabulary())
    rows = list(csv.DictReader(io.StringIO(texts_csv(frame).decode(), newline="")))
    assert list(rows[0]) == list(frame) and len(rows) == len(frame)
    assert rows == [{name: harmless(text) for name, text in row.items()} for row in frame.to_dict("records")]
