"""The one writer of CSV, for the pages, the API and the package."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from lib.export.rows import cells
from lib.tables.columns import TABLES, Column

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

RULES: tuple[str, ...] = (
    "The files are UTF-8 and follow RFC 4180: commas between cells, CRLF after each line, double quotes where a cell needs them.",
    "A cell without a value is empty; true and false are written so; days are YYYY-MM-DD; the items of a list are joined by a semicolon.",
    "Text that a spreadsheet would run as a formula has an apostrophe before it, as OWASP advises (CSV Injection): at the start of a cell before"
    " = + - @, their full-width forms, a tab, a line break or a null character; inside a cell where one of the signs follows a semicolon, a tab"
    " or a line break, be it after spaces or double quotes. In an address such a sign after a semicolon is percent-encoded instead, so that the address still works."
    " Ids, dates and numbers are never changed. JSON and Parquet carry every text as recorded.",
    "excel=1 puts a byte order mark before the file, by which Excel knows that it is UTF-8.",
)
"""How to read the CSV, in sentences for the data dictionary."""

SIDE = Column("side", "text", "of a comparison: the side that the row belongs to, left, right or both")

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(rf"^(?=\s*[{_SIGNS}]|[\t\r\n\0])|(?<=[;\t\r\n])(?=[ \u00a0\"]*[{_SIGNS}])")
"""Where an apostrophe is due. Quotes keep a comma from ending a cell, but a spreadsheet that is set to semicolons splits at those,
and takes a pair of quotes after one for the beginning of a cell."""
_SIGN_IN_ADDRESS = re.compile(rf'(;"*)([{_SIGNS}])')


def to_csv(frame: pd.DataFrame, table: str, excel: bool = False, more: tuple[Column, ...] = ()) -> bytes:
    """The rows of ``frame`` as CSV with the columns of ``table`` in the contract's order.

    UTF-8, RFC 4180, always with the header line; ``RULES`` says the rest. ``excel`` puts a byte order mark
    before it, ``more`` are further columns of ``frame``. Raises KeyError where the frame lacks a column or there is no such table.
    """
    return _csv(frame, (*TABLES[table].columns, *more), excel)


def _csv(frame: pd.DataFrame, columns: Sequence[Column], excel: bool = False) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows(zip(*(_written(column, frame[column.name]) for column in columns), strict=True))
    return (BYTE_ORDER_MARK if excel else b"") + lines.getvalue().encode()


def sides_csv(frame: pd.DataFrame, table: str) -> bytes:
    """As :func:`to_csv`, with the column ``side`` of a comparison at the end."""
    return to_csv(frame, table, more=(SIDE,))


def texts_csv(frame: pd.DataFrame, table: str = "") -> bytes:
    """A frame of texts that is not one of the tables, such as the data dictionary, by the same rules, with its own columns."""
    return _csv(frame, [Column(name, "text", "") for name in frame])


def harmless(text: str) -> str:
    """``text`` such that no spreadsheet runs it as a formula."""
    return _FORMULA.sub("'", text)


def harmless_address(address: str) -> str:
    """A web address such that no spreadsheet runs part of it; it leads to the same page."""
    return _SIGN_IN_ADDRESS.sub(lambda found: found[1] + "".join(f"%{byte:02X}" for byte in found[2].encode()), address)


def _written(column: Column, values: pd.Series) -> list[Any]:
    match column.type:
        case "date" | "day" | "count":
            return cells(column, values)
        case "yes-no":
            return [cell if cell is None else str(cell).lower() for cell in cells(column, values)]
        case "list":
            return [";".join(cell) for cell in cells(column, values, harmless)]
        case "url":
            return cells(column, values, harmless_address)
        case _:
            return cells(column, values, harmless)
