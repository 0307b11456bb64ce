"""Frames to plain values, one way for every format."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from lib.filters.masks import codes_of
from lib.filters.table import FILTERS
from lib.filters.value import Filters
from lib.tables.columns import Column
from lib.text import folded


def cells(column: Column, values: pd.Series, text: Callable[[str], str] = str) -> list[Any]:
    """The cells of ``column``: text, int, bool, list of text, or None where nothing is known.

    Days come out as ISO 8601 texts. ``text`` is applied to every text, in lists too. A list is
    never None: nothing known and nothing listed are both an empty list.
    """
    match column.type:
        case "list":
            return [
                [text(word) for word in cell] if isinstance(cell, (list, tuple, np.ndarray)) else [] for cell in values
            ]
        case "count":
            return [None if pd.isna(cell) else int(cell) for cell in values.tolist()]
        case "yes-no":
            return [None if pd.isna(cell) else bool(cell) for cell in values.tolist()]
        case "day":
            days = np.datetime_as_string(values.to_numpy("datetime64[D]"), unit="D").tolist()
            return [None if day == "NaT" else day for day in days]
    if isinstance(values.dtype, pd.CategoricalDtype):
        # A column holds few different words: each is treated once. The code of null is -1, the last place.
        words = [*(text(word) for word in values.array.categories), None]
        return [words[code] for code in codes_of(values)]
    return [text(cell) if isinstance(cell, str) else None for cell in values.tolist()]


def file_name(table: str, filters: Filters, ending: str, whose: str = "") -> str:
    """A name for a download that tells what is in it, such as ``samvad-events-sco-dmm-2017.csv``; ``whose`` is the country or person whose rows alone it holds.

    Only a-z, 0-9, hyphen and dot; at most 80 characters before the ending.
    """
    words = [
        "samvad",
        table,
        whose,
        *(value for row in FILTERS if row.widget != "match" for value in filters[row.parameter]),
    ]
    name = re.sub(r"[^a-z0-9]+", "-", " ".join(folded(word) for word in words))
    return f"{name[:80].strip('-')}.{ending}"
