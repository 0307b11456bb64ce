"""Dates as sources give them: a day, a month or a year, never more precise than that."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Precision = Literal["day", "month", "year"]

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """An ISO 8601 date of reduced precision: ``2024-04-26``, ``2024-04`` or ``2024``.

    ``first`` and ``last`` are the days that it spans: one day, the month, the year.
    """

    text: str
    precision: Precision
    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_date(text: str) -> PartialDate:
    """The date that ``text`` writes.

    Raises ValueError, with a sentence for people, where it is no YYYY, YYYY-MM or YYYY-MM-DD of
    the calendar.
    """
    match = _SHAPE.fullmatch(text)
    if not match:
        raise ValueError("a date is written YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = match.groups()
    try:
        if day:
            only = dt.date(int(year), int(month), int(day))
            return PartialDate(text, "day", only, only)
        if month:
            days = calendar.monthrange(int(year), int(month))[1]
            first = dt.date(int(year), int(month), 1)
            return PartialDate(text, "month", first, first.replace(day=days))
        return PartialDate(text, "year", dt.date(int(year), 1, 1), dt.date(int(year), 12, 31))
    except (ValueError, IndexError) as error:
        # calendar.IllegalMonthError is an IndexError too in newer Pythons.
        raise ValueError(f"no such day in the calendar ({error})") from None


def date_or_none(text: str) -> PartialDate | None:
    """As :func:`parse_date`, with None instead of an error."""
    try:
        return parse_date(text)
    except ValueError:
        return None
