"""Whom a country sent: of several people of a country at an event the highest level represents it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lib.analysis.rows import rows_of
from lib.filters.masks import attended, codes_of, is_one_of, of_events
from lib.vocabulary import Vocabulary


@dataclass(slots=True)
class Delegation:
    """What a record says of a country at an event.

    ``state`` is the highest level that came, or absent where a source says that nobody did; ``people`` and ``roles``, ``capacity`` and
    ``standing`` (None where the record does not say) are those of that level.
    """

    state: str
    capacity: str | None = None
    standing: str | None = None
    people: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)


def level_ranks(vocabulary: Vocabulary) -> Mapping[str, float]:
    """The order of the levels, the highest first: those without a rank (units, the head of an organization) after all that have one, unknown last."""
    return {
        word: entry.rank if entry.rank is not None else np.inf
        for word, entry in vocabulary["levels"].items()
        if word != "unknown"
    } | {"unknown": np.nan}


def _place(ranks: Mapping[str, float], level: str | None) -> tuple[bool, float]:
    """Sorts levels from the highest; unknown ones, and words that are not levels, come last."""
    rank = ranks.get(level or "", np.nan)
    return (True, 0.0) if np.isnan(rank) else (False, rank)


def sent(
    participations: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, only: str | None = None
) -> Mapping[str, Mapping[str, Delegation]]:
    """The delegations at ``events``, which took place, by event and country; of the one country ``only`` where it is given. Any attendance outranks an absence."""
    ranks = level_ranks(vocabulary)
    where = of_events(participations, events) & (codes_of(participations["country"]) >= 0)
    if only is not None:
        where &= is_one_of(participations["country"], [only])
    found: dict[str, dict[str, Delegation]] = defaultdict(dict)
    places: dict[tuple[str, str], tuple[bool, tuple[bool, float]]] = {}
    for event, country, there, level, capacity, standing, name, role in rows_of(
        participations, "event_id", "country", "attended", "level", "capacity", "standing", "name", "role", where=where
    ):
        state = level if there else "absent"
        place = (not there, _place(ranks, level))
        if (event, country) not in places or place < places[event, country]:
            found[event][country] = Delegation(state, capacity, standing)
            places[event, country] = place
        own = found[event][country]
        if own.state == state:
            own.people += [name] if isinstance(name, str) else []
            own.roles += [role] if isinstance(role, str) else []
    return found


def levels_sent(participations: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary) -> Counter[str]:
    """How many delegations of countries came to ``events``, by the highest level: the states of :func:`sent` counted, without the people."""
    own = of_events(participations, events) & (codes_of(participations["country"]) >= 0)
    level = participations["level"].array
    there, code = attended(participations)[own], level.codes[own]
    order_of = sorted(
        range(len(level.categories)), key=lambda place: _place(level_ranks(vocabulary), level.categories[place])
    )
    # A level outside the vocabulary, or none at all (the code -1 finds the last), has the place of an unknown one.
    places = np.empty(len(level.categories) + 1, dtype="int64")
    places[order_of] = range(len(order_of))
    places[-1] = len(order_of)
    width = len(participations["country"].array.categories)
    cell = codes_of(participations["event_id"])[own].astype("int64") * width + codes_of(participations["country"])[own]
    order = np.lexsort((places[code], ~there, cell))
    highest = order[np.flatnonzero(np.diff(cell[order], prepend=-1))]
    counts = np.bincount(code[highest][there[highest]], minlength=len(level.categories))
    return Counter(dict(zip(level.categories, counts.tolist(), strict=True)))
