"""The codec of watch lists: saved filters as one page setting, and back."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from lib.filters.value import Filters
from lib.links import Doubt, read_query, write_query
from lib.tables.build import Tables

MOST = 20
"""Saved filters that one link may hold."""

ALL = "all"
"""How a watch list writes filters without any limit."""


def read_watch(text: str, tables: Tables) -> tuple[list[tuple[Filters, tuple[Doubt, ...]]], int]:
    """The saved filters that the page setting ``watch`` writes, each with what is doubtful in it, equal ones once; and how many it has
    beyond ``MOST``, which are not read.

    Each is a query string of filters, ``all`` for no limit; they are separated by ``;``, which a query string itself has only encoded.
    """
    queries = list(dict.fromkeys(query.strip() for query in text.split(";") if query.strip()))
    found: dict[Filters, tuple[Doubt, ...]] = {}
    for query in queries[:MOST]:
        link = read_query("" if query == ALL else query, tables, ())
        found.setdefault(link.filters, link.doubts)
    return list(found.items()), max(0, len(queries) - MOST)


def write_watch(saved: Iterable[Filters]) -> str:
    """The page setting ``watch`` for these filters; the inverse of :func:`read_watch`."""
    return ";".join(dict.fromkeys(urlencode(write_query(filters), safe=",:") or ALL for filters in saved))
