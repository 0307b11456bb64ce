"""Where an event was held in two or three words: above the columns of a matrix, beside a mark, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lib.analysis.rows import rows_of
from lib.figures.theme import escape
from lib.keep import kept
from lib.tables.build import Tables
from lib.vocabulary import Vocabulary


def place_in_short(city: object, country: object, vocabulary: Vocabulary) -> str:
    """The city; where none is recorded the country's name in full; ``online`` for an event without a host. Both are cells of a table, None or missing where they hold nothing."""
    if isinstance(city, str):
        return city
    return vocabulary.label("countries", country) if isinstance(country, str) else "online"


def column_heads(events: pd.DataFrame, vocabulary: Vocabulary) -> list[str]:
    """Place and year of each event as a chart's HTML: the heads of a matrix with one column an event."""
    return [
        f"{escape(place_in_short(city, country, vocabulary))} <b>{start[:4]}</b>"
        for city, country, start in rows_of(events, "city", "country", "start")
    ]


def place_of(tables: Tables, event: str) -> str:
    """Place and year of an event: ``Astana 2024``; ``online 2020`` for one without a host."""
    return _places(tables)[event]


@kept
def _places(tables: Tables) -> Mapping[str, str]:
    return {
        event: f"{place_in_short(city, country, tables.vocabulary)} {start[:4]}"
        for event, city, country, start in rows_of(tables.events, "event_id", "city", "country", "start")
    }
