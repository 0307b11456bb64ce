"""Rows and records as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from lib.export.rows import cells
from lib.filters.value import Filters
from lib.records.dates import PartialDate
from lib.records.fields import fields_of
from lib.records.model import Event
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


def record(event: Event) -> dict[str, Any]:
    """A record with the keys of the record format, as its file has it: what is not stated is left out."""
    return _plain(event)


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    defaults: Mapping[str, Any] = {field.name: field.default for field in dataclasses.fields(value)}
    found = {}
    for key, field in fields_of(type(value)).items():
        held = getattr(value, field.attribute)
        if field.required or held != defaults[field.attribute]:
            found[key] = _plain(held)
    return found
