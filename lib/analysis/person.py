"""One person's part in a selection: where they came, in which offices, for whom, and whom they met there.

Only events that took place count, and only those at which a record names the person as present.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np
import pandas as pd

from lib.analysis.pairs import TWO_SIDED
from lib.analysis.rows import rows_of
from lib.filters.masks import attended, is_one_of, of_events
from lib.tables.build import Tables
from lib.text import folded


def of_person(participations: pd.DataFrame, key: str) -> pd.DataFrame:
    """The rows that name the person of ``key`` - an id of the registry, or a recorded name that it does not know - as present; in order of day."""
    name = folded(key)
    strangers = [
        not isinstance(person, str) and isinstance(called, str) and folded(called) == name
        for person, called in rows_of(participations, "person", "name")
    ]
    return participations[
        attended(participations) & (is_one_of(participations["person"], [key]) | np.array(strangers, dtype=bool))
    ]


def parties(own: pd.DataFrame) -> list[str]:
    """The countries and organizations that the person represented, the one at the most events first."""
    seen = {
        (event, _party(country, organization)): None
        for event, country, organization in rows_of(own, "event_id", "country", "organization")
    }
    return [party for party, _ in Counter(party for _, party in seen).most_common()]


def offices(own: pd.DataFrame) -> pd.DataFrame:
    """The offices in which the person is named: columns role, party, events, first and latest (day as recorded), first_id and latest_id (their events); the latest first."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for event, start, role, country, organization in rows_of(
        own, "event_id", "start", "role", "country", "organization"
    ):
        if isinstance(role, str):
            found[role, _party(country, organization)].append((start, event))
    rows = [
        (role, party, len({event for _, event in at}), at[0][0], at[-1][0], at[0][1], at[-1][1])
        for (role, party), at in found.items()
    ]
    rows.sort(key=lambda row: row[4], reverse=True)
    return pd.DataFrame(rows, columns=["role", "party", "events", "first", "latest", "first_id", "latest_id"])


def met(tables: Tables, own: pd.DataFrame) -> pd.DataFrame:
    """Who of other countries and organizations is named as present at the same events.

    Columns key (as the filter ``person`` takes it), name, party, events, and two_sided of them. The most events first, ties by name.
    """
    events = tables.events
    there = of_events(events, own)
    two_sided = set(events["event_id"].array[there & is_one_of(events["kind"], TWO_SIDED)])
    sides: dict[str, set[str]] = defaultdict(set)
    for event, country, organization in rows_of(own, "event_id", "country", "organization"):
        sides[event].add(_party(country, organization))
    frame = tables.participations
    places: dict[str, set[str]] = defaultdict(set)
    known: dict[str, tuple[str, str]] = {}
    rows = rows_of(
        frame,
        "event_id",
        "name",
        "person",
        "country",
        "organization",
        where=attended(frame) & of_events(frame, events, there),
    )
    for event, name, person, country, organization in rows:
        party = _party(country, organization)
        if isinstance(name, str) and party not in sides[event]:
            key = person if isinstance(person, str) else name
            places[key].add(event)
            known[key] = name, party
    found = sorted(
        ((key, *known[key], len(at), len(at & two_sided)) for key, at in places.items()),
        key=lambda row: (-row[3], row[1]),
    )
    return pd.DataFrame(found, columns=["key", "name", "party", "events", "two_sided"])


def by_event(own: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """One row for each event, the latest first: columns event_id, series, level, roles (joined by ;), party, capacity, mode (the person's where stated, else the event's; null without either)."""
    whole = dict(rows_of(events, "event_id", "mode"))
    found: dict[str, dict[str, Any]] = {}
    for event, series, level, role, country, organization, capacity, mode in rows_of(
        own, "event_id", "series", "level", "role", "country", "organization", "capacity", "mode"
    ):
        row = found.setdefault(
            event,
            {
                "event_id": event,
                "series": series,
                "level": level,
                "roles": {},
                "party": _party(country, organization),
                "capacity": capacity,
                "mode": mode if isinstance(mode, str) else whole[event],
            },
        )
        row["roles"] |= {role: None} if isinstance(role, str) else {}
    rows = [{**row, "roles": "; ".join(row["roles"])} for row in reversed(found.values())]
    return pd.DataFrame(rows, columns=["event_id", "series", "level", "roles", "party", "capacity", "mode"])


def _party(country: Any, organization: Any) -> str:
    return country if isinstance(country, str) else organization
