"""The data dictionary, from the declarations of the columns."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.export.csv import RULES
from lib.tables.columns import TABLES, Column, ColumnType
from lib.vocabulary import Vocabulary

TYPES: Mapping[ColumnType, str] = {
    "id": "id: a-z, 0-9 and hyphens",
    "text": "text",
    "term": "word of a closed vocabulary",
    "date": "date: YYYY-MM-DD, YYYY-MM or YYYY",
    "day": "day: YYYY-MM-DD",
    "count": "whole number from 0",
    "yes-no": "true or false",
    "list": "list of words",
    "url": "web address",
}
"""Each type of column in words."""

LONGEST_LIST = 20
"""In a text, a vocabulary of more words than that is named and counted."""


def allowed(column: Column, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Every value that the column may hold, or whose list it may hold; none where it is open."""
    words = [word for name in column.vocabularies for word in vocabulary[name]]
    return tuple(dict.fromkeys([*words, *column.also]))


def dictionary(vocabulary: Vocabulary) -> pd.DataFrame:
    """One row a column of the five tables, in their order, all of them text.

    Columns: ``table``, ``column``, ``type`` (in words), ``unit`` (empty where there is none), ``meaning``, ``vocabulary`` (whose words it
    takes) and ``allowed`` (those words joined by ``;``, empty where any value is allowed).
    """
    rows = [
        (
            table.name,
            column.name,
            TYPES[column.type],
            column.unit,
            column.meaning,
            " or ".join(column.vocabularies),
            ";".join(allowed(column, vocabulary)),
        )
        for table in TABLES.values()
        for column in table.columns
    ]
    return pd.DataFrame(
        rows, columns=["table", "column", "type", "unit", "meaning", "vocabulary", "allowed"], dtype="str"
    )


def markdown(vocabulary: Vocabulary) -> str:
    """The dictionary as Markdown: how the CSV is written, then a table for each table."""
    parts = ["## How the CSV is written", "\n".join(f"- {rule}" for rule in RULES)]
    for table in TABLES.values():
        key = f", identified by {' and '.join(f'`{name}`' for name in table.key)}" if table.key else ""
        lines = [
            f"## {table.name}",
            "",
            f"One row is {table.row}{key}.",
            "",
            "| column | type | unit | meaning | allowed values |",
            "|---|---|---|---|---|",
        ]
        for column in table.columns:
            cells = (
                f"`{column.name}`",
                TYPES[column.type],
                column.unit,
                column.meaning,
                _allowed_in_words(column, vocabulary),
            )
            lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _allowed_in_words(column: Column, vocabulary: Vocabulary) -> str:
    parts = []
    for name in column.vocabularies:
        words = tuple(vocabulary[name])
        parts.append(
            ", ".join(f"`{word}`" for word in words) if len(words) <= LONGEST_LIST else f"{len(words)} of {name}"
        )
    if column.also:
        parts.append(", ".join(f"`{word}`" for word in column.also))
    return "; ".join(parts)
