"""On what sources each side of a comparison rests, and whether the two may be compared at all.

Nothing is compared where the rules below refuse it: a difference of the sources is no difference of the meetings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from lib.analysis.compare import held_meetings, level_counts
from lib.analysis.origin import UNKNOWN, seats
from lib.analysis.rows import rows_of
from lib.filters import masks
from lib.filters.selection import Selection
from lib.filters.table import BY_PARAMETER, selected_on_attendance
from lib.filters.value import Filters
from lib.keep import kept
from lib.text import counted, listed
from lib.vocabulary import Vocabulary

FEWEST_MEETINGS = 5
"""Held meetings below which a share says more about single meetings than about a side."""
FEWEST_DELEGATIONS = 10
"""Delegations of known level below which a mix of levels is not compared."""
FEWEST_SEATS = 10
"""Sources of known seat below which the seats of two sides are not set against each other."""
MOST_RATIO = 1.5
"""How many times the sources per meeting of one side may be those of the other."""
MOST_POINTS = 0.25
"""By how much a share - of official sources, of covered events, of known levels, of own sources - may differ."""
MOST_APART = 0.4
"""How far the seats of the sources may lie apart: half the sum of the differences of their shares, 0 alike to 1 disjoint."""
LEAST_COVERED = 0.5
"""The share of a side's events that must lie in the time for which their series is covered."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The material behind one side. Shares are None where there is nothing to divide by.

    ``meetings`` are the held ones; sources, kinds, seats and rosters are those of these meetings.
    ``covered`` is the share of all events that began in the time for which their series is covered;
    ``own`` the share of sources seated in the one country that the side is about; ``chosen_by`` names
    the filters that chose the events by who came.
    """

    events: int
    meetings: int
    sources: int
    publishers: int
    kinds: Mapping[str, int] = field(default_factory=dict)
    seats: Mapping[str, int] = field(default_factory=dict)
    covered: float | None = None
    complete: int = 0
    known_levels: int = 0
    unknown_levels: int = 0
    own: float | None = None
    party: str | None = None
    chosen_by: tuple[str, ...] = ()

    @property
    def per_meeting(self) -> float | None:
        """Sources per held meeting."""
        return self.sources / self.meetings if self.meetings else None

    @property
    def official(self) -> float | None:
        """The share of official sources."""
        return self.kinds.get("official", 0) / self.sources if self.sources else None

    @property
    def level_gap(self) -> float | None:
        """The share of delegations of unknown level."""
        every = self.known_levels + self.unknown_levels
        return self.unknown_levels / every if every else None

    @property
    def seated(self) -> int:
        """Sources of which the seat is known."""
        return self.sources - self.seats.get(UNKNOWN, 0)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not compared: which of ``events``, ``themes``, ``levels``, ``countries``, and the reason as a sentence."""

    rule: str
    about: frozenset[str]
    sentence: str


def covered_events(events: pd.DataFrame, vocabulary: Vocabulary) -> float | None:
    """The share of events that began on or after the day since which their series is covered; a series without such a day is not covered."""
    if events.empty:
        return None
    series, never = events["series"].array, np.datetime64("9999-12-31")
    entries = [vocabulary["series"].get(word) for word in series.categories]
    since = np.array(
        [entry.covered_from.first if entry and entry.covered_from else never for entry in entries],
        dtype="datetime64[s]",
    )
    return float((events["first_day"].to_numpy() >= since[series.codes]).mean())


def one_party(filters: Filters, vocabulary: Vocabulary) -> str | None:
    """The one country that a selection is about: by whom points were made, else who attended; None for several or none."""
    for parameter in ("by", "country"):
        if filters[parameter]:
            words = filters[parameter]
            return words[0] if len(words) == 1 and words[0] in vocabulary["countries"] else None
    return None


@kept
def basis(selection: Selection) -> Basis:
    """The basis of a selection."""
    meetings, every = held_meetings(selection), selection.tables.sources
    own = every[masks.of_events(every, meetings)]
    where, party = (
        Counter(seats(own, selection.tables).tolist()),
        one_party(selection.filters, selection.tables.vocabulary),
    )
    levels = dict(rows_of(level_counts(selection), "level", "delegations"))
    unknown = levels.get("unknown", 0)
    return Basis(
        events=len(selection),
        meetings=len(meetings),
        sources=len(own),
        publishers=len(set(own["publisher"].dropna().tolist())),
        kinds=dict(Counter(own["kind"].dropna().tolist())),
        seats=dict(where),
        covered=covered_events(selection.events, selection.tables.vocabulary),
        complete=int(masks.is_one_of(meetings["roster"], ["complete"]).sum()),
        known_levels=sum(levels.values()) - unknown,
        unknown_levels=unknown,
        own=where[party] / len(own) if party and len(own) else None,
        party=party,
        chosen_by=selected_on_attendance(selection.filters),
    )


def seats_apart(left: Mapping[str, int], right: Mapping[str, int]) -> float | None:
    """Half the sum of the differences of the shares of each known seat; None where either side has too few."""
    one, other = ({word: count for word, count in side.items() if word != UNKNOWN} for side in (left, right))
    totals = sum(one.values()), sum(other.values())
    if min(totals) < FEWEST_SEATS:
        return None
    return sum(abs(one.get(word, 0) / totals[0] - other.get(word, 0) / totals[1]) for word in {*one, *other}) / 2


def refusals(left: Basis, right: Basis, vocabulary: Vocabulary) -> tuple[Refusal, ...]:
    """What of two sides is not compared, and why; empty where all may be."""
    found = []

    def refuse(rule: str, about: str, sentence: str) -> None:
        found.append(Refusal(rule, frozenset(about.split()), sentence))

    for side, name in ((left, "left"), (right, "right")):
        if side.chosen_by:
            labels = listed([BY_PARAMETER[parameter].label for parameter in side.chosen_by])
            refuse(
                "attendance",
                "levels countries" if "level" in side.chosen_by else "countries",
                f"The events on the {name} were chosen by who came or spoke there (filter {labels}): among them, how often a country came is no finding.",
            )
        if side.known_levels < FEWEST_DELEGATIONS:
            refuse(
                "few-levels",
                "levels",
                f"The {name} side has {counted(side.known_levels, 'delegation')} of known level; levels are compared from {FEWEST_DELEGATIONS} on.",
            )
        if side.meetings < FEWEST_MEETINGS:
            refuse(
                "few-meetings",
                "themes levels countries",
                f"The {name} side has {counted(side.meetings, 'held meeting')}; shares are compared from {FEWEST_MEETINGS} on.",
            )
        elif side.complete < FEWEST_MEETINGS:
            refuse(
                "few-rosters",
                "countries",
                f"The {name} side has {counted(side.complete, 'held meeting')} with a complete roster; attendance is compared from {FEWEST_MEETINGS} on.",
            )
    if left.covered is not None and right.covered is not None:
        least, apart = min(left.covered, right.covered), abs(left.covered - right.covered)
        if least < LEAST_COVERED or apart > MOST_POINTS:
            refuse(
                "coverage",
                "events countries",
                f"{left.covered:.0%} of the events on the left and {right.covered:.0%} on the right lie in the time for which their series is covered: "
                "more records there is not more events, nor more attendance.",
            )
    if left.per_meeting and right.per_meeting:
        ratio = max(left.per_meeting, right.per_meeting) / min(left.per_meeting, right.per_meeting)
        if ratio > MOST_RATIO:
            refuse(
                "sources",
                "themes",
                f"A meeting has {left.per_meeting:.1f} sources on the left and {right.per_meeting:.1f} on the right: where more is read, more is found.",
            )
    if left.official is not None and right.official is not None and abs(left.official - right.official) > MOST_POINTS:
        refuse(
            "official",
            "themes",
            f"{left.official:.0%} of the sources on the left and {right.official:.0%} on the right are official: they report other things.",
        )
    if (
        left.level_gap is not None
        and right.level_gap is not None
        and abs(left.level_gap - right.level_gap) > MOST_POINTS
    ):
        refuse(
            "levels",
            "levels",
            f"The level of {left.level_gap:.0%} of the delegations on the left and {right.level_gap:.0%} on the right is not known.",
        )
    apart = seats_apart(left.seats, right.seats)
    if apart is not None and apart > MOST_APART:
        refuse("seats", "themes", f"The publishers sit elsewhere: {_seats_in_words(left, right, vocabulary)}.")
    if (
        left.own is not None
        and right.own is not None
        and left.party != right.party
        and abs(left.own - right.own) > MOST_POINTS
    ):
        refuse(
            "own",
            "themes",
            f"{left.own:.0%} of the sources on the left are {vocabulary.party(str(left.party))}'s own, {right.own:.0%} on the right are "
            f"{vocabulary.party(str(right.party))}'s: whose press is read decides who seems to speak.",
        )
    return tuple(found)


def seat_shares(side: Basis) -> list[tuple[str, float]]:
    """The seats that are known with their share of those, the largest first."""
    known = (
        [(word, count / side.seated) for word, count in side.seats.items() if word != UNKNOWN] if side.seated else []
    )
    return sorted(known, key=lambda pair: (-pair[1], pair[0]))


def _seats_in_words(left: Basis, right: Basis, vocabulary: Vocabulary) -> str:
    """The seat that is the commoner on the left by most, and the one on the right, each with both shares."""
    one, other = dict(seat_shares(left)), dict(seat_shares(right))
    apart = {word: one.get(word, 0.0) - other.get(word, 0.0) for word in sorted({*one, *other})}
    named = dict.fromkeys((max(apart, key=apart.__getitem__), min(apart, key=apart.__getitem__)))
    labels = {
        word: vocabulary.label("publisher-seats" if word in vocabulary["publisher-seats"] else "countries", word)
        for word in named
    }
    return "; ".join(
        f"{labels[word]} {one.get(word, 0.0):.0%} on the left, {other.get(word, 0.0):.0%} on the right"
        for word in named
    )
