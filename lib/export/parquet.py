"""Rows as Parquet."""

from __future__ import annotations

import datetime as dt
import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from lib.export.json import chosen, dump
from lib.export.rows import cells
from lib.filters.value import Filters
from lib.tables.columns import TABLES, ColumnType

_TYPES: dict[ColumnType, pa.DataType] = {
    "day": pa.date32(),
    "count": pa.int64(),
    "yes-no": pa.bool_(),
    "list": pa.list_(pa.string()),
}
"""Everything else is a string, dates too: a month is not a day."""


def to_parquet(frame: pd.DataFrame, table: str, filters: Filters, data_version: str) -> bytes:
    """The rows of ``frame`` as a Parquet file with the columns of ``table``; lists are ``list<string>``.

    Each column carries its ``meaning`` and ``unit`` in the metadata of its field, the file ``table``, ``row``, ``filters`` and
    ``data_version`` in that of the schema. Raises KeyError as ``to_csv`` does.
    """
    declared = TABLES[table]
    arrays, fields = [], []
    for column in declared.columns:
        values = cells(column, frame[column.name])
        if column.type == "day":
            values = [day and dt.date.fromisoformat(day) for day in values]
        kind = _TYPES.get(column.type, pa.string())
        arrays.append(pa.array(values, type=kind))
        meaning = {"meaning": column.meaning, **({"unit": column.unit} if column.unit else {})}
        fields.append(pa.field(column.name, kind, metadata=meaning))
    about = {"table": table, "row": declared.row, "filters": dump(chosen(filters)), "data_version": data_version}
    file = io.BytesIO()
    pa.parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=about)), file)
    return file.getvalue()
