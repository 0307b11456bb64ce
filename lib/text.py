"""Texts as people write them: folded for search, joined for sentences, dates in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from lib.records.dates import PartialDate


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """``text`` without letter case and accents: what search compares."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=16_384)
def one_line(text: str) -> str:
    """``text`` folded, its spaces single: a phrase is found across a line break."""
    return " ".join(folded(text).split())


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 event``, ``1,234 events``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_in_words(date: PartialDate, short: bool = False) -> str:
    """``26 April 2024``, ``April 2024`` or ``2024``; with ``short``, ``26 Apr 2024``."""
    if date.precision == "year":
        return date.text
    month = _MONTHS[date.first.month - 1]
    if short:
        month = month[:3]
    if date.precision == "month":
        return f"{month} {date.first.year}"
    return f"{date.first.day} {month} {date.first.year}"


def days_in_words(start: PartialDate, end: PartialDate | None, short: bool = False) -> str:
    """A span of days: ``25-26 April 2024``, ``30 April - 2 May 2024``; a single day as such."""
    if end is None or end.text == start.text:
        return day_in_words(start, short)
    if start.precision == end.precision == "day" and start.first.year == end.first.year:
        if start.first.month == end.first.month:
            return f"{start.first.day}–{day_in_words(end, short)}"
        return f"{day_in_words(start, short).rsplit(' ', 1)[0]} – {day_in_words(end, short)}"
    return f"{day_in_words(start, short)} – {day_in_words(end, short)}"
