"""The people whom records name: who is one person, at which events, in which offices.

Only events that took place count, and only those at which a record names the person as present. The registry
decides who is one person; of names that it does not know, spellings that differ by letter case, accents, dots
and spaces are one person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import Any

import pandas as pd

from lib.analysis.rows import rows_of
from lib.filters.masks import attended
from lib.text import folded

COLUMNS = ("name", "spellings", "parties", "events", "first", "latest", "roles", "levels", "event_ids", "asked")


def people(participations: pd.DataFrame) -> pd.DataFrame:
    """Everybody named as present in these rows: one row for each person, the one at the most events first, ties by name.

    Columns name (the commonest spelling), spellings (list), parties (list of the countries and organizations
    represented, the latest first), events, first and latest (day as recorded), roles (list, the latest first),
    levels (list), event_ids (list, in order of day), asked (list: the fewest values of the filter ``person``
    that mean the person).
    """
    rows = []
    for places in by_person(participations).values():
        asked, names, parties, starts, roles, levels, events = zip(*places, strict=True)
        spellings, event_ids = Counter(names), list(dict.fromkeys(events))
        rows.append(
            (
                max(spellings, key=spellings.__getitem__),
                list(spellings),
                list(dict.fromkeys(reversed(parties))),
                len(event_ids),
                starts[0],
                starts[-1],
                list(dict.fromkeys(role for role in reversed(roles) if isinstance(role, str))),
                list(dict.fromkeys(level for level in levels if isinstance(level, str))),
                event_ids,
                list({folded(value): value for value in asked}.values()),
            )
        )
    rows.sort(key=lambda row: (-row[3], folded(row[0])))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def by_person(participations: pd.DataFrame) -> dict[str, list[tuple[Any, ...]]]:
    """The places at which each person is named as present, in order of day: what asks for the person, name, party, start, role, level and event."""
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for event, start, name, role, level, known, country, organization in rows_of(
        participations,
        "event_id",
        "start",
        "name",
        "role",
        "level",
        "person",
        "country",
        "organization",
        where=attended(participations),
    ):
        if isinstance(name, str):
            registered = isinstance(known, str)
            party = country if isinstance(country, str) else organization
            # A space keeps an id from meeting the letters of a name.
            found[f"{known} " if registered else _letters(name)].append(
                (known if registered else name, name, party, start, role, level, event)
            )
    return found


@lru_cache(maxsize=16_384)
def _letters(name: str) -> str:
    """The letters of a name, folded: what spellings that differ by case, accents, dots and spaces have in common."""
    return "".join(c for c in folded(name) if c.isalnum())
