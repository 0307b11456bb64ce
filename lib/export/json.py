"""Rows as JSON."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from lib.export.rows import cells
from lib.filters.value import Filters
from lib.tables.columns import TABLES


def to_json(frame: pd.DataFrame, table: str, filters: Filters, data_version: str) -> bytes:
    """The rows of ``frame`` as one JSON object in UTF-8, a row a line.

    Keys: ``table``, ``filters`` (parameter -> list of values), ``data_version``, ``count`` and ``rows``, which are objects with the
    columns of ``table``: lists as arrays, null for null, dates as text. Raises KeyError as ``to_csv`` does.
    """
    columns = TABLES[table].columns
    names = [column.name for column in columns]
    values = [cells(column, frame[column.name]) for column in columns]
    rows = [dump(dict(zip(names, row, strict=True))) for row in zip(*values, strict=True)]
    head = {"table": table, "filters": chosen(filters), "data_version": data_version, "count": len(rows)}
    body = ",\n".join(rows)
    return f'{dump(head)[:-1]}, "rows": [\n{body}\n]}}\n'.encode()


def dump(value: Any) -> str:
    """One line of JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def chosen(filters: Filters) -> dict[str, list[str]]:
    """The filters as parameter -> values."""
    return {parameter: list(filters[parameter]) for parameter in filters}
