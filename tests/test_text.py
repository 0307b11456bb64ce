"""Texts: folding, lists, counts, days in words, problems on one line, and the nearest word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.problems import Problem, in_order, nearest, shown
from lib.records.dates import parse_date
from lib.text import counted, day_in_words, days_in_words, folded, listed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Türkiye", "turkiye"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Žižek", "zizek"),
        ("ШОС", "шос"),
        ("", ""),
        ("ﬁ", "fi"),
    ],
)
def test_search_does_not_mind_letter_case_and_accents(text, plain):
    assert folded(text) == plain


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30))
def test_folding_is_the_same_for_composed_and_decomposed_letters(text):
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))


def test_words_are_listed_as_in_a_sentence():
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]


def test_counts_have_their_number_and_noun():
    assert [counted(1, "event"), counted(0, "event"), counted(1234, "entry", "entries")] == [
        "1 event",
        "0 events",
        "1,234 entries",
    ]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-04-26", None, "26 April 2024"),
        ("2024-04", None, "April 2024"),
        ("2024", None, "2024"),
        ("2024-04-26", "2024-04-26", "26 April 2024"),
        ("2024-04-25", "2024-04-26", "25–26 April 2024"),
        ("2024-04-30", "2024-05-02", "30 April – 2 May 2024"),
        ("2023-12-30", "2024-01-02", "30 December 2023 – 2 January 2024"),
        ("2024-04-25", "2024-05", "25 April 2024 – May 2024"),
        ("2023", "2024", "2023 – 2024"),
    ],
)
def test_days_in_words_are_as_precise_as_the_dates(start, end, words):
    assert days_in_words(parse_date(start), parse_date(end) if end else None) == words


def test_short_days_have_short_months():
    assert day_in_words(parse_date("2024-04-26"), short=True) == "26 Apr 2024"
    assert days_in_words(parse_date("2024-04-30"), parse_date("2024-05-02"), short=True) == "30 Apr – 2 May 2024"


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("Sco_DMM", "sco-dmm"),
        ("sco dmm", "sco-dmm"),
        ("ministr", "minister"),
        (" MINISTER ", "minister"),
        ("qqqq", None),
        ("", None),
    ],
)
def test_the_nearest_word_does_not_mind_case_and_signs(value, word):
    assert nearest(value, ["sco-dmm", "minister", "sagar"]) == word


def test_nothing_is_nearest_to_anything_among_no_words():
    assert nearest("x", []) is None


def test_a_found_value_is_quoted_cut_and_on_one_line():
    assert shown("a\n  b") == "'a b'" and shown(7) == "'7'"
    assert len(shown("x" * 500)) == 62 and shown("x" * 500).endswith("…'")


def test_problems_stand_by_file_line_and_field_each_once():
    late, early, other = (Problem("kind", file, line, "f", "e", "x") for file, line in (("a", 10), ("a", 9), ("b", 1)))
    assert in_order([other, late, early, late]) == (early, late, other)


def test_a_problem_says_where_what_and_how_on_one_line():
    text = str(Problem("kind", "a.yaml", 3, "", "this", "that\nand more", "do so", "warning"))
    assert text == "a.yaml:3: file: expected this, found that and more - do so [kind, warning]"
