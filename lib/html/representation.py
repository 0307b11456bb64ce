"""Who came in place of the expected office, as a table with the way to each record and its sources."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd

from lib.analysis.rows import named_rows
from lib.figures.states import state_in_words
from lib.html.lists import event_link
from lib.html.parts import Href, Row, link, outside, plain_table, source_links
from lib.html.sources import every_source
from lib.tables.build import Tables

SOURCES = 3
"""Sources of a record that a row links to; the record has them all."""


def instead_table(rows: pd.DataFrame, tables: Tables, href: Href, profile: Callable[[str], str] | None = None) -> str:
    """One row for each of ``rows`` (``lib.analysis.representation.instead``): meeting, country, expected office, who came, level, sources.

    ``profile`` gives the address of a country's page; without it all rows are of one country, which is not named.
    """
    vocabulary = tables.vocabulary
    body: list[Row] = []
    said: set[str] = set()
    for row in named_rows(rows):
        country = [link(profile(row.country), vocabulary.label("countries", row.country))] if profile else []
        body.append(
            Row(
                (
                    event_link(row.event_id, tables, href),
                    *country,
                    _expected(row, said),
                    _who(row),
                    escape(state_in_words(row.state, vocabulary)),
                    source_links(every_source(tables, row.event_id)[:SOURCES]),
                ),
                head=len(country),
            )
        )
    columns = (
        "Meeting",
        *(["Country"] if profile else []),
        "Expected that day",
        "Who came",
        "Level",
        "Sources of the record",
    )
    return plain_table("Who came in place of the expected office", columns, body, narrowest="46rem")


def _expected(row: Any, said: set[str]) -> str:
    """The expected office, where that is known from, and, the first time only, what a reader should know of it: ``said`` collects the notes given so far."""
    if not row.office:
        return "not known"
    text = outside(row.source, row.office) if row.source else escape(row.office)
    if row.basis == "series":
        text += '<span class="facts">level of the series</span>'
    note = row.note if f"{row.country} {row.note}" not in said else ""
    said.add(f"{row.country} {row.note}")
    return text + (f'<span class="facts">{escape(note)}</span>' if note else "")


def _who(row: Any) -> str:
    if row.state in ("absent", "not-listed"):
        return "nobody"
    people, roles = escape(row.people or "not named"), escape(row.roles)
    return f'{people}<span class="facts">{roles}</span>'
