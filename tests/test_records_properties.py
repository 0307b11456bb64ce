"""Whatever is in a file, reading it gives a record or problems that point into it, and harms no other record."""

from __future__ import annotations

import random
import re

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lib.catalog import build_catalog, read_record, record_reader
from lib.records.dates import date_or_none, parse_date
from lib.records.document import compose
from tests.samples import REAL_EVENTS, record, text_of, vocabulary

MODEST = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

FILES = sorted(REAL_EVENTS.glob("*.yaml"))[::36]
TEXTS = {path.name: path.read_text("utf-8") for path in FILES}
VALUES = [
    "",
    "~",
    "NO",
    "yes",
    "[]",
    "{}",
    "[a, [b]]",
    "{a: {b: c}}",
    "2024-02-30",
    "2024-13",
    "*nowhere",
    "&a x",
    "!!python/name:os.system",
    "!x y",
    "<<",
    "'",
    '"',
    "\t",
    ": ",
    "- -",
    "|",
    ">-",
    "%",
    "@",
    "`",
    "\x07",
    "\u2028",
    "\x85",
    "x" * 5000,
    "[" * 400,
    "-1",
    "1e400",
    "0x1F",
    "terorism",
    "=1+1",
]


def lines_in(data: bytes) -> int:
    """How many lines a text has as YAML counts them, at the most."""
    return len(re.split("\r\n|[\n\r\x85\u2028\u2029]", data.decode("utf-8", "replace")))


def judged(file: str, data: bytes):
    """The record in ``data``; asserts that it is one thing or the other."""
    read = read_record(file, data, record_reader(vocabulary()))
    assert (read.event is None) == bool(read.problems)
    for problem in read.problems:
        assert problem.file == file and problem.kind and problem.is_error
        assert 1 <= problem.line <= lines_in(data)
        assert "\n" not in str(problem)
    return read


@MODEST
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"id: *a")
@example(b"? [a]\n: b")
def test_any_bytes_give_a_record_or_problems_within_the_file(data):
    judged("any.yaml", data)


@MODEST
@given(st.text(alphabet="abid: -[]{}\n\t\"'&*!|>%@#?,~<", max_size=120))
def test_any_yaml_like_text_gives_a_record_or_problems_within_the_file(text):
    judged("any.yaml", text.encode())


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.text(max_size=12),
    st.sampled_from(["IND", "terrorism", "s1", "held"]),
)
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(scalars, inner, max_size=3), max_leaves=8
)


@MODEST
@given(st.dictionaries(st.sampled_from(list(record("x"))), trees, max_size=5))
def test_any_tree_under_the_right_keys_gives_a_record_or_problems(changes):
    judged("a-meeting.yaml", text_of({**record("a-meeting"), **changes}).encode())


@pytest.mark.parametrize("file", list(TEXTS))
def test_any_mutation_of_a_real_record_is_answered_and_the_others_stay(file):
    chance = random.Random(file)
    reader = record_reader(vocabulary())
    others = {name: read_record(name, text.encode(), reader) for name, text in TEXTS.items() if name != file}
    for _ in range(12):
        mutated = judged(file, mutation(TEXTS[file], chance).encode("utf-8", "replace"))
        catalog = build_catalog({**others, file: mutated}, vocabulary())
        shown = {event.id for event in catalog.events}
        assert {record.event.id for record in others.values()} <= shown
        assert (mutated.event is None) == (file in catalog.set_aside)


def mutation(text: str, chance: random.Random) -> str:
    """The text with one thing done to it."""
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        case 2:
            lines[at] = re.sub(r"(: ?)[^:\n]*$", lambda found: f": {chance.choice(VALUES)}", lines[at], count=1)
        case 3:
            lines[at] = re.sub(r": ([^,}]+)", lambda found: f": {chance.choice(VALUES)}", lines[at], count=1)
        case 4:
            lines[at] = lines[at].replace(chance.choice("[]{},:'\"-"), chance.choice(["", "[", "}", ":"]), 1)
        case 5:
            return text[: chance.randrange(len(text))]
        case _:
            lines[at] = chance.choice(["  ", "\t", "- ", "? "]) + lines[at]
    return "".join(lines)


def test_a_record_with_a_value_taken_out_of_a_list_never_passes_for_the_whole_one():
    """Every item of every list counts: a bad one sets the record aside, it is not left out of it."""
    for key in ("participants", "themes", "sources"):
        values = record("a-meeting")
        values[key] = [*values[key], {"nonsense": 1}]
        assert judged("a-meeting.yaml", text_of(values).encode()).event is None


def test_what_the_reader_takes_is_what_a_plain_yaml_parser_takes():
    reader = record_reader(vocabulary())
    for name, text in TEXTS.items():
        event, plain = read_record(name, text.encode(), reader).event, yaml.load(text, yaml.CSafeLoader)
        assert event is not None, name
        assert [event.id, event.title, event.summary] == [plain["id"], plain["title"], plain["summary"]]
        assert [len(event.participants), len(event.mentions), len(event.outcomes), len(event.sources)] == [
            len(plain[key]) for key in ("participants", "themes", "outcomes", "sources")
        ]
        assert event.start.text == str(plain["start"])


@MODEST
@given(st.dates())
def test_a_day_is_its_own_first_and_last(day):
    date = parse_date(day.isoformat())
    assert (date.precision, date.first, date.last) == ("day", day, day)


@MODEST
@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_spans_its_days_and_lies_in_its_year(year, month):
    date, whole = parse_date(f"{year:04d}-{month:02d}"), parse_date(f"{year:04d}")
    assert date.first.day == 1 and 28 <= date.last.day <= 31 and date.first.month == date.last.month == month
    assert whole.first <= date.first and date.last <= whole.last


@MODEST
@given(st.text(alphabet="0123456789-/ T٣", max_size=12))
def test_a_text_is_a_date_or_a_value_error(text):
    date = date_or_none(text)
    if date is not None:
        assert date.text == text and date.first <= date.last and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-02-30",
        "2024-13",
        "2024-00",
        "24-04-26",
        "2024-4-26",
        "0000",
        "0000-01",
        "2024-04-26\n",
        " 2024",
        "2024-04-26T00",
        "+2024",
        "２０２４",
    ],
)
def test_a_text_that_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        parse_date(text)


def test_a_document_keeps_the_line_of_every_value():
    document = compose("a.yaml", b"id: a\n\n# note\nlist:\n  - one\n  - two\n")
    values = {key.value: value.start_mark.line + 1 for key, value in document.root.value}
    assert values == {"id": 1, "list": 5}
