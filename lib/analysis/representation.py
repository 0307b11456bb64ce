"""Representation: whether each country came to the meetings that were open to it, and whom it sent.

The unit is a country at a held meeting. A country is eligible at a meeting if it was a member, on
the meeting's last day, of the organization that the series names; of an eligible country it is known
that it came, known that it did not (a source says so, or the roster is complete without it), or not
known (the roster is partial). Definitions, formulas and an example computed by hand stand in
docs/methods.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import isnan, sqrt
from typing import Any

import numpy as np
import pandas as pd

from lib.analysis.delegations import Delegation, sent
from lib.analysis.offices import Expected, expected_office
from lib.analysis.rows import rows_of
from lib.analysis.standing import Standing, standings
from lib.filters.masks import is_held_meeting
from lib.vocabulary import Vocabulary

AWAY = ("absent", "not-listed")
"""States of a country that is known not to have come: a source says so; the complete roster is without it."""

OPEN = ("unknown-roster", "unknown-standing")
"""States of which nothing can be said: the roster is partial; the day of accession is not known."""

NOT_MEMBER = "not-member"
"""State of a country, a member at another of the meetings, that was none at this one and did not come."""

STATES = (*AWAY, *OPEN, NOT_MEMBER)
"""What a cell says where no level does."""

Z = 1.959964
"""Quantile of the normal distribution for an interval of 95 %."""

_COLUMNS = (
    "event_id",
    "country",
    "standing",
    "state",
    "capacity",
    "people",
    "roles",
    "office",
    "expected",
    "basis",
    "note",
    "source",
    "below",
)


def presence(
    participations: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, only: str | None = None
) -> pd.DataFrame:
    """One row for each country and held meeting of which something can be said, meetings in the order of ``events``.

    Columns: event_id; country; standing (member, observer ... on the last day; observer where the record lists it as
    one; none; unknown where a
    date leaves it open; open where the series has no membership); state (the highest level sent, or
    one of ``STATES``); capacity, people and roles (of that level, joined by ;); office, expected and
    basis (the office expected that day, its level, and whether that is known of the country or taken
    from the series; empty without one), note and source of it; below (whether the level sent is
    lower than the expected one; null where one of the two is not known or nobody came). ``only``
    limits the rows to one country.
    """
    held = events[is_held_meeting(events)]
    delegations = sent(participations, held, vocabulary, only)
    meetings = [
        (event, series, kind, roster, last.date())
        for event, series, kind, roster, last in rows_of(held, "event_id", "series", "kind", "roster", "last_day")
    ]
    known = [standings(vocabulary, series, kind, day) for _, series, kind, _, day in meetings]
    members = {country for own in known for country, found in own.items() if found.standing in ("member", "unknown")}
    ranks = {word: entry.rank for word, entry in vocabulary["levels"].items()}
    rows = []
    for (event, series, kind, roster, day), own in zip(meetings, known, strict=True):
        outside = Standing("none" if vocabulary["series"][series].eligibility else "open")
        cells = delegations.get(event, {})
        for country in dict.fromkeys([*cells, *(own if only is None else own.keys() & {only})]):
            found, cell = own.get(country, outside), cells.get(country)
            standing, expected = found.standing, found.expected
            if standing == "unknown" and cell and isinstance(cell.standing, str):
                standing = cell.standing  # Of a host the record may say what the dates leave open.
                expected = expected_office(vocabulary, series, kind, country, day) if standing == "member" else None
            elif standing == "member" and cell and cell.capacity == "observer":
                standing, expected = "observer", None  # Admitted at this very meeting: it came as what it still was.
            if cell is None and country not in members:
                continue
            state = cell.state if cell else _without_entry(standing, roster)
            rows.append(
                (event, country, standing, state, *_people(cell), *_office(expected), _below(state, expected, ranks))
            )
    columns = zip(*rows, strict=True) if rows else ((),) * len(_COLUMNS)
    return pd.DataFrame(
        {
            name: pd.array(list(values), dtype="boolean" if name == "below" else "str")
            for name, values in zip(_COLUMNS, columns, strict=True)
        }
    )


def representation(cells: pd.DataFrame, sampled: bool = False) -> pd.DataFrame:
    """How often each country came to the meetings that it was eligible for.

    ``cells`` is a :func:`presence`. Columns: country; eligible (meetings at which it was a member);
    attended; absent (a source says so); not_listed (complete roster without it); unknown (partial
    roster); known = attended + absent + not_listed; rate = attended / known, NaN where nothing is
    known; low and high, the rates if all unknown ones had stayed away or come; standing_unknown
    (meetings within an uncertain date of accession, in none of the other counts); level_unknown (of
    the attended); comparable (attended with a level and an expected one) and below of them;
    wilson_low and wilson_high, NaN unless ``sampled``. Countries by rate, then by the low end, the
    meetings known and the code; those never eligible have no row.
    """
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    uncertain: Counter[str] = Counter()
    for country, standing, state, below in rows_of(cells, "country", "standing", "state", "below"):
        if standing == "member":
            _tally(tallies[country], state, below)
        elif standing == "unknown":
            uncertain[country] += 1
    rows = []
    for country, own in tallies.items():
        eligible, attended, unknown = own["eligible"], own["attended"], own["unknown-roster"]
        known = eligible - unknown
        interval = wilson(attended, known) if sampled and known else (np.nan, np.nan)
        rows.append(
            (
                country,
                eligible,
                attended,
                own["absent"],
                own["not-listed"],
                unknown,
                known,
                attended / known if known else np.nan,
                attended / eligible,
                (attended + unknown) / eligible,
                uncertain[country],
                own["unknown"],
                own["comparable"],
                own["below"],
                *interval,
            )
        )
    columns = [
        "country",
        "eligible",
        "attended",
        "absent",
        "not_listed",
        "unknown",
        "known",
        "rate",
        "low",
        "high",
        "standing_unknown",
        "level_unknown",
        "comparable",
        "below",
        "wilson_low",
        "wilson_high",
    ]
    country, known, rate, low = (columns.index(name) for name in ("country", "known", "rate", "low"))
    rows.sort(
        key=lambda row: (
            isnan(row[rate]),
            0.0 if isnan(row[rate]) else -row[rate],
            -row[low],
            -row[known],
            row[country],
        )
    )
    return pd.DataFrame(rows, columns=columns)


def _tally(counts: Counter[str], state: str, below: Any) -> None:
    """Add a member's place at a meeting to ``counts``: by what came of it, and whether the level can be, and is, less than the expected one."""
    counts["eligible"] += 1
    counts[state] += 1
    counts["attended"] += state not in STATES
    counts["away"] += state in AWAY
    if below is not pd.NA:
        counts["comparable"] += 1
        counts["below"] += bool(below)


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % score interval of a share, after Wilson (1927): which shares would make ``count`` of ``of`` no surprise.

    It speaks of a draw by chance from more meetings than were seen.
    """
    share = count / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z / (1 + Z * Z / of) * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    # At the ends the interval reaches the share exactly; floating numbers stop a hair before.
    return 0.0 if count == 0 else max(0.0, middle - half), 1.0 if count == of else min(1.0, middle + half)


def instead(cells: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``cells`` where an eligible country sent less than the expected office, or is known not to have come; the latest first."""
    away = cells["state"].isin(AWAY) & (cells["standing"] == "member")
    chosen = np.flatnonzero(cells["below"].to_numpy(dtype=bool, na_value=False) | away.to_numpy())
    return cells.take(chosen[::-1]).reset_index(drop=True)


def trend(cells: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The level that members sent, by the year of the meeting's first day.

    Columns year, meetings, delegations (of members that came), level_unknown, comparable (with a
    level and an expected one), below of them, away (known not to have come), unknown (partial roster).
    """
    years = dict(zip(events["event_id"].tolist(), events["first_day"].dt.year.tolist(), strict=True))
    tallies: dict[int, Counter[str]] = defaultdict(Counter)
    meetings: dict[int, set[str]] = defaultdict(set)
    for event, standing, state, below in rows_of(cells, "event_id", "standing", "state", "below"):
        if standing == "member":
            _tally(tallies[years[event]], state, below)
            meetings[years[event]].add(event)
    rows = [
        (
            year,
            len(meetings[year]),
            own["attended"],
            own["unknown"],
            own["comparable"],
            own["below"],
            own["away"],
            own["unknown-roster"],
        )
        for year, own in sorted(tallies.items())
    ]
    return pd.DataFrame(
        rows, columns=["year", "meetings", "delegations", "level_unknown", "comparable", "below", "away", "unknown"]
    )


def _without_entry(standing: str, roster: str) -> str:
    if standing == "member":
        return "not-listed" if roster == "complete" else "unknown-roster"
    return "unknown-standing" if standing == "unknown" else NOT_MEMBER


def _people(cell: Delegation | None) -> tuple[str, str, str]:
    return (cell.capacity or "", "; ".join(cell.people), "; ".join(dict.fromkeys(cell.roles))) if cell else ("", "", "")


def _office(expected: Expected | None) -> tuple[str, ...]:
    return (
        (expected.office, expected.level, expected.basis, expected.note or "", expected.source or "")
        if expected
        else ("",) * 5
    )


def _below(state: str, expected: Expected | None, ranks: Mapping[str, float | None]) -> bool | None:
    """Whether the level ``state`` ranks below the expected one; None where that cannot be said."""
    sent, wanted = ranks.get(state), ranks[expected.level] if expected else None
    return None if sent is None or wanted is None else bool(sent > wanted)
