"""One country's part in a selection: at what level it came, where, with whom.

Only events that took place count. At an event with several people of a country the highest level
represents the country.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.analysis.delegations import sent
from lib.analysis.pairs import TWO_SIDED
from lib.analysis.people import by_person
from lib.analysis.representation import presence
from lib.analysis.rows import rows_of
from lib.analysis.themes import how_often
from lib.filters.masks import attended, is_one_of, of_events
from lib.vocabulary import Vocabulary


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
    held = ~participations["attended"].isna().to_numpy()
    return participations[held & is_one_of(participations["country"], [country])]


def counts(own: pd.DataFrame, mentions: pd.DataFrame, country: str, vocabulary: Vocabulary) -> Counts:
    """``own`` are the rows of :func:`of_country`; ``mentions`` those of the selection."""
    best = _highest(own, vocabulary)
    return Counts(
        events=len(best),
        series=len({series for series, _ in best.values()}),
        people=len(by_person(own)),
        level_unknown=sum(level == "unknown" for _, level in best.values()),
        points=int(is_one_of(mentions["by"], [country]).sum()),
        absences=len({event for (event,) in rows_of(own, "event_id", where=~attended(own))} - best.keys()),
    )


def _highest(own: pd.DataFrame, vocabulary: Vocabulary) -> dict[str, tuple[str, str]]:
    """Series and highest level by event attended, in order of day."""
    series = dict(rows_of(own, "event_id", "series"))
    return {
        event: (series[event], cell.state)
        for event, cells in sent(own, own, vocabulary).items()
        for cell in cells.values()
        if cell.state != "absent"
    }


def highest(own: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """The highest level at each event attended: columns event_id, series, level; in order of day."""
    return pd.DataFrame(
        [(event, *found) for event, found in _highest(own, vocabulary).items()],
        columns=["event_id", "series", "level"],
        dtype="str",
    )


def levels_by_series(own: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    """Events attended by series and level: columns series, level, events; the series with the most events first, levels from the highest."""
    cells = Counter(_highest(own, vocabulary).values())
    totals: Counter[str] = Counter()
    for (series, _), count in cells.items():
        totals[series] += count
    order = {level: place for place, level in enumerate(vocabulary["levels"])}
    keys = sorted(cells, key=lambda key: (-totals[key[0]], key[0], order.get(key[1], 99)))
    return pd.DataFrame(
        [(series, level, cells[series, level]) for series, level in keys], columns=["series", "level", "events"]
    )


def by_meeting(
    participations: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, country: str
) -> pd.DataFrame:
    """Whom the country sent to each held meeting of which something can be said, the latest first.

    The columns of ``lib.analysis.representation.presence``, and mode: how its delegation took part (in-person, virtual, hybrid where
    the meeting was both and nothing is said of the delegation; empty where nobody came or nothing is known).
    """
    cells = presence(participations, events, vocabulary, only=country)
    whole = dict(rows_of(events, "event_id", "mode"))
    own: dict[str, str] = {}
    for event, mode in rows_of(
        participations,
        "event_id",
        "mode",
        where=attended(participations) & is_one_of(participations["country"], [country]),
    ):
        own.setdefault(event, mode if isinstance(mode, str) else "")
    modes = [(own[event] or whole[event] if event in own else "") for event in cells["event_id"]]
    return (
        cells.assign(mode=[mode if isinstance(mode, str) else "" for mode in modes]).iloc[::-1].reset_index(drop=True)
    )


def partners(participations: pd.DataFrame, events: pd.DataFrame, country: str) -> pd.DataFrame:
    """The other side of the country's two-sided meetings: columns country, events; the most first, ties by code."""
    own = attended(participations) & of_events(participations, events, is_one_of(events["kind"], TWO_SIDED))
    sides: dict[str, set[str]] = defaultdict(set)
    for event, code in rows_of(participations, "event_id", "country", where=own):
        if isinstance(code, str):
            sides[event].add(code)
    counted = Counter(
        other for pair in sides.values() if country in pair and len(pair) == 2 for other in pair - {country}
    )
    return pd.DataFrame(sorted(counted.items(), key=lambda item: (-item[1], item[0])), columns=["country", "events"])


def hosts(own: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The countries of the events that it attended: columns country, events; the most first, ties by code."""
    there = of_events(events, own, attended(own))
    counted = Counter(code for (codes,) in rows_of(events, "countries", where=there) for code in codes)
    return pd.DataFrame(sorted(counted.items(), key=lambda item: (-item[1], item[0])), columns=["country", "events"])


def absences(own: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The events from which a source says that it was absent, with nobody else of it there; the latest first."""
    there = attended(own)
    missed = of_events(events, own, ~there) & ~of_events(events, own, there)
    return events.take(np.flatnonzero(missed)[::-1])


def themes(mentions: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, country: str) -> pd.DataFrame:
    """The themes on which it made points, those above them included: as ``lib.analysis.themes.how_often``."""
    return how_often(mentions[is_one_of(mentions["by"], [country])], events, vocabulary)
