"""One country's part in a selection: who represented it, at what level, where, with whom.

Only events that took place count. At an event with several people of a country the highest level
stands for the country.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lib.analysis.representation import presence
from lib.analysis.rows import rows_of
from lib.filters.masks import attended, is_one_of
from lib.text import folded
from lib.vocabulary import Vocabulary

TWO_SIDED = ("bilateral", "dialogue")
"""Kinds of meetings between two delegations."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A country's part in numbers: events attended, series of them, people named, delegations whose level is not stated, points made, absences stated."""

    events: int
    series: int
    people: int
    level_unknown: int
    points: int
    absences: int


def of_country(participations: pd.DataFrame, country: str) -> pd.DataFrame:
    """The rows of a country's delegations and of its stated absences, at events that took place."""
    held = participations["attended"].notna().to_numpy(dtype=bool)
    return participations[held & is_one_of(participations["country"], [country])]


def counts(own: pd.DataFrame, mentions: pd.DataFrame, country: str, vocabulary: Vocabulary) -> Counts:
    """``own`` are the rows of :func:`of_country`; ``mentions`` those of the selection."""
    there = own[attended(own)]
    levels = highest(own, vocabulary)
    return Counts(
        events=int(there["event_id"].nunique()), series=int(there["series"].nunique()), people=len(people(own)),
        level_unknown=int((levels["level"] == "unknown").sum()), points=int(is_one_of(mentions["by"], [country]).sum()),
        absences=len(set(own.loc[~attended(own), "event_id"]) - set(there["event_id"])))


def highest(own: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """The highest level at each event attended: columns event_id, series, level; in order of day."""
    ranks = {word: entry.rank if entry.rank is not None else 98 for word, entry in vocabulary["levels"].items()} | {"unknown": 99}
    best: dict[str, tuple[str, str]] = {}
    for event, series, level in rows_of(own[attended(own)], "event_id", "series", "level"):
        if event not in best or ranks.get(level, 99) < ranks.get(best[event][1], 99):
            best[event] = series, level
    return pd.DataFrame([(event, *found) for event, found in best.items()], columns=["event_id", "series", "level"], dtype="str")


def levels_by_series(own: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """Events attended by series and level: columns series, level, events; the series with the most events first, levels from the highest."""
    found = highest(own, vocabulary)
    totals, cells = Counter(found["series"]), Counter(zip(found["series"], found["level"], strict=True))
    order = {level: place for place, level in enumerate(vocabulary["levels"])}
    keys = sorted(cells, key=lambda key: (-totals[key[0]], key[0], order.get(key[1], 99)))
    return pd.DataFrame([(series, level, cells[series, level]) for series, level in keys], columns=["series", "level", "events"])


def by_meeting(participations: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, country: str) -> pd.DataFrame:
    """Whom the country sent to each held meeting of which something can be said, the latest first.

    The columns of ``lib.analysis.representation.presence``, and mode: how its delegation took part (in-person, virtual, hybrid where
    the meeting was both and nothing is said of the delegation; empty where nobody came or nothing is known).
    """
    cells = presence(participations, events, vocabulary, only=country)
    whole = dict(rows_of(events, "event_id", "mode"))
    own: dict[str, str] = {}
    for event, mode in rows_of(participations[attended(participations) & is_one_of(participations["country"], [country])], "event_id", "mode"):
        own.setdefault(event, mode if isinstance(mode, str) else "")
    modes = [(own[event] or whole[event] if event in own else "") for event in cells["event_id"]]
    return cells.assign(mode=[mode if isinstance(mode, str) else "" for mode in modes]).iloc[::-1].reset_index(drop=True)


def people(own: pd.DataFrame) -> pd.DataFrame:
    """Who represented the country: one row for each person, the one with the most events first.

    Columns name (the commonest spelling), spellings (list), events, first and latest (day as
    recorded), roles (list, the latest first), levels (list), event_ids (list, in order of day), asked
    (list: the values of the filter ``person`` that stand for the person). Who is one person says the
    registry; of names that it does not know, spellings that differ by letter case, accents, dots and
    spaces are one person.
    """
    found: dict[str, dict[str, Any]] = {}
    for event, start, name, role, level, known in rows_of(own[attended(own)], "event_id", "start", "name", "role", "level", "person"):
        if not isinstance(name, str):
            continue
        registered = isinstance(known, str)
        # A space keeps an id from meeting the letters of a name.
        person = found.setdefault(f"{known} " if registered else "".join(c for c in folded(name) if c.isalnum()), defaultdict(list))
        person["asked"].append(known if registered else name)
        for key, value in (("names", name), ("starts", start), ("roles", role), ("levels", level), ("event_ids", event)):
            if isinstance(value, str):
                person[key].append(value)
    rows = [{
        "name": Counter(person["names"]).most_common(1)[0][0], "spellings": list(dict.fromkeys(person["names"])), "events": len(set(person["event_ids"])),
        "first": person["starts"][0], "latest": person["starts"][-1], "roles": list(dict.fromkeys(reversed(person["roles"]))),
        "levels": list(dict.fromkeys(person["levels"])), "event_ids": list(dict.fromkeys(person["event_ids"])), "asked": list(dict.fromkeys(person["asked"])),
    } for person in found.values()]
    frame = pd.DataFrame(rows, columns=["name", "spellings", "events", "first", "latest", "roles", "levels", "event_ids", "asked"])
    return frame.sort_values("events", ascending=False, kind="stable").reset_index(drop=True)


def partners(participations: pd.DataFrame, events: pd.DataFrame, country: str) -> pd.DataFrame:
    """The other side of the country's two-sided meetings: columns country, events; the most first, ties by code."""
    kinds = is_one_of(events["kind"], TWO_SIDED)
    own = participations[attended(participations) & is_one_of(participations["event_id"], events.loc[kinds, "event_id"].tolist())]
    sides: dict[str, set[str]] = defaultdict(set)
    for event, code in rows_of(own, "event_id", "country"):
        if isinstance(code, str):
            sides[event].add(code)
    counted = Counter(other for pair in sides.values() if country in pair and len(pair) == 2 for other in pair - {country})
    return pd.DataFrame(sorted(counted.items(), key=lambda item: (-item[1], item[0])), columns=["country", "events"])


def hosts(own: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The countries of the events that it attended: columns country, events; the most first, ties by code."""
    there = own.loc[attended(own), "event_id"].unique().tolist()
    counted = Counter(code for codes in events.loc[is_one_of(events["event_id"], there), "countries"] for code in codes)
    return pd.DataFrame(sorted(counted.items(), key=lambda item: (-item[1], item[0])), columns=["country", "events"])


def absences(own: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The events from which a source says that it was absent, with nobody else of it there; the latest first."""
    there = set(own.loc[attended(own), "event_id"])
    missed = [event for event in own.loc[~attended(own), "event_id"].unique().tolist() if event not in there]
    return events[is_one_of(events["event_id"], missed)].iloc[::-1]


def themes(mentions: pd.DataFrame, country: str) -> pd.DataFrame:
    """The themes on which it made points: columns theme, events (at which it did), points; the most events first, ties in the vocabulary's order."""
    own = mentions[is_one_of(mentions["by"], [country])]
    grouped = own.groupby("theme", observed=True, sort=True)["event_id"]
    frame = pd.DataFrame({"events": grouped.nunique(), "points": grouped.size()}).reset_index()
    return frame.astype({"theme": "str", "events": np.int64, "points": np.int64}).sort_values("events", ascending=False, kind="stable").reset_index(drop=True)
