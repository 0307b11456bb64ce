"""Files as a whole: encodings, sizes, depth, aliases - whatever lies in the folder, the reader answers."""

from __future__ import annotations

import threading
import time

import pytest

from lib.catalog import read_record, record_reader
from lib.records.document import MAX_BYTES, MAX_DEPTH
from tests.samples import record, text_of, vocabulary

TEXT = text_of(record("a-meeting"))


def read(data: bytes | str, file: str = "a-meeting.yaml"):
    return read_record(file, data.encode() if isinstance(data, str) else data, record_reader(vocabulary()))


def found(data: bytes | str) -> list[tuple[str, int, str]]:
    record = read(data)
    assert (record.event is None) == bool(record.problems)
    return [(problem.kind, problem.line, problem.field) for problem in record.problems]


@pytest.mark.parametrize(
    "data",
    [
        TEXT,
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        "# a note\n\n" + TEXT + "\n\n# the end\n",
        TEXT.rstrip("\n"),
        TEXT.replace("They met.", "Встретились 上海 🙂"),
    ],
    ids=["as it is", "byte order mark", "CRLF", "CR", "comments", "no last line end", "other scripts"],
)
def test_a_record_is_read_however_its_text_is_stored(data):
    assert found(data) == []


@pytest.mark.parametrize("data", [b"", b" \n\n ", b"\xef\xbb\xbf", b"# only\n# comments\n"])
def test_a_file_without_anything_in_it_is_called_empty(data):
    assert found(data) == [("empty", 1, "")]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (TEXT.encode("utf-16"), 1),
        (TEXT.encode("utf-32"), 1),
        (b"id: a\ntitle: caf\xe9\n", 2),
        (b"id: a\n\n\n\xed\xa0\x80", 4),
        (b"id: a\n\xff", 2),
    ],
)
def test_a_file_in_another_encoding_is_not_utf8_at_its_first_bad_byte(data, line):
    assert found(data) == [("not-utf8", line, "")]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("id: a\ntitle: a\0b\n", 2),
        ("id: a\n\ntitle: a\x07b\n", 3),
        ("id: \x1b[31m\n", 1),
        ("id: a\ntitle: \ufffe\n", 2),
        ("id: a\ntitle: \x80\n", 2),
        ('id: a\ntitle: "\\uD800"\n', 2),
        (TEXT.encode("utf-16-le"), 1),
    ],
)
def test_a_control_character_is_a_syntax_problem_on_its_line(data, line):
    assert found(data) == [("syntax", line, "")]


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not():
    filled = TEXT + "#" * (MAX_BYTES - len(TEXT))
    assert found(filled) == []
    assert found(filled + "#") == [("too-large", 1, "")]


def test_a_huge_text_within_the_limit_is_a_text():
    assert read(text_of(record("a-meeting", summary="x" * 200_000))).event.summary == "x" * 200_000
    assert found(TEXT.replace("2024-04-25", "9" * 100_000))[0][0] in ("bad-date", "wrong-type")


@pytest.mark.parametrize(
    "nested",
    [
        "id: " + "[" * 120_000,
        "id: " + "[" * 60_000 + "]" * 60_000,
        "{a: " * 40_000 + "}" * 40_000,
        "- " * 100_000 + "x",
        "? " * 100_000 + "x",
        "- ? " * 60_000,
        "".join(" " * depth + "a:\n" for depth in range(600)),
        "id: " + "[a: " * 60_000,
    ],
    ids=["open lists", "lists", "mappings", "items", "keys", "items of keys", "indented", "pairs"],
)
def test_nesting_that_would_overflow_the_stack_is_refused(nested):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(found(nested)))
    thread.start()
    thread.join(20)
    assert answers == [[("too-deep", answers[0][0][1], "")]]
    assert 1 <= answers[0][0][1] <= nested.count("\n") + 1


@pytest.mark.parametrize("depth", [MAX_DEPTH - 2, 200])
def test_nesting_that_the_stack_can_bear_is_a_wrong_type_or_refused(depth):
    kinds = {kind for kind, _, _ in found(TEXT + "note: " + "[" * depth + "]" * depth)}
    assert kinds <= {"wrong-type", "too-deep"} and kinds


def test_many_brackets_in_a_text_are_not_nesting():
    assert found(text_of(record("a-meeting", summary="[{" * 2000))) == []


@pytest.mark.parametrize("letter", ["[{0}]", "{{a: 1, b: [{0}]}}"])
def test_a_billion_laughs_are_refused_at_once(letter):
    lines = ["a: &a [x, x]"] + [
        f"k{i}: &{chr(98 + i)} " + letter.format(", ".join([f"*{chr(97 + i)}"] * 20)) for i in range(20)
    ]
    start = time.perf_counter()
    kind, line, _ = found("\n".join(lines))[0]
    assert kind == "alias-bomb" and 1 <= line <= len(lines)
    assert time.perf_counter() - start < 5


def test_a_file_full_of_slips_is_answered_in_seconds():
    start = time.perf_counter()
    slips = "participants:\n" + "- {country: INDD, capacity: membr}\n" * 7000
    problems = found(slips)
    assert sum(kind == "unknown-value" for kind, _, _ in problems) == 14_000
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "name",
    [
        "series",
        "kind",
        "status",
        "start",
        "end",
        "mode",
        "place",
        "chair",
        "summary",
        "roster",
        "participants",
        "themes",
        "outcomes",
        "related",
        "former_ids",
        "sources",
        "note",
        "title_reconstructed",
        "reviewed",
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        "[]",
        "[[]]",
        "{}",
        "{a: 1}",
        "~",
        "''",
        "7",
        "-1.5",
        "2024-01-01",
        "yes",
        "!!str [a]",
        "!!str {a: b}",
        "!!int x",
        "!!bool {a: b}",
        "!!null [a]",
        "!!seq x",
        "!!map x",
        "[~]",
        "[{}, 1]",
        "&a 1",
        "'\\x'",
        '"\\0"',
    ],
)
def test_no_value_of_any_kind_makes_the_reader_raise(name, value):
    lines = text_of({k: v for k, v in record("a-meeting").items() if k != name}).splitlines()
    read = read_record(
        "a-meeting.yaml", "\n".join([*lines, f"{name}: {value}", ""]).encode(), record_reader(vocabulary())
    )
    assert (read.event is None) == bool(read.problems)
    assert all(1 <= problem.line <= len(lines) + 1 for problem in read.problems)


@pytest.mark.parametrize("sign", ["\\0", "\\a", "\\e[31m", "\\r", "\\x7F"])
def test_a_control_character_that_is_written_as_an_escape_is_no_text(sign):
    assert found(TEXT.replace("They met.", f'"They {sign} met."')) == [("wrong-type", 11, "summary")]
    assert found(TEXT.replace("https://example.org/a", f'"https://example.org/{sign}"'))[0][0] == "wrong-type"


def test_what_is_found_shows_what_cannot_be_seen():
    for value, shown in (
        ("sco-dmm ", "'sco-dmm '"),
        ("sco\u200b-dmm", r"'sco\u200b-dmm'"),
        ("\u202esco-dmm", r"'\u202esco-dmm'"),
    ):
        (problem,) = read(TEXT.replace("series: sco-dmm", f"series: '{value}'")).problems
        assert problem.found == shown and "sco-dmm" in problem.hint


def test_an_unknown_key_as_long_as_a_file_is_named_by_its_beginning():
    (problem,) = read(f"{TEXT}? {'k' * 100_000}\n: 1\n").problems
    assert problem.kind == "unknown-key" and len(str(problem)) < 1000


@pytest.mark.parametrize("head", ["\ufeff\ufeff", "# a comment\n\ufeff", "\ufeff- \ufeff"])
def test_nesting_behind_a_byte_order_mark_does_not_end_the_process(head):
    ((kind, _, _),) = found(head + "- " * 30_000 + "x")
    assert kind in ("too-deep", "syntax", "not-a-mapping")


def test_a_value_that_stands_a_hundred_thousand_times_is_named_once():
    assert [kind for kind, *_ in found(TEXT + f"related: [{', '.join(['b'] * 70_000)}]\n")] == ["duplicate-value"]


@pytest.mark.parametrize("text", ["\u202eabc", "a\u2066b", "a\x9bb", "a\ufffe", "\u200b", "\u2060 \ufeff"])
def test_a_text_that_cannot_be_seen_or_turns_round_what_follows_is_named(text):
    escaped = "".join(f"\\u{ord(sign):04x}" if ord(sign) > 126 else sign for sign in text)
    assert [field for *_, field in found(TEXT.replace("title: Meeting a-meeting", f'title: "{escaped}"'))] == ["title"]
