"""Representation: whether each country came to the meetings that were open to it, and whom it sent.

The unit is a country at a held meeting. A country is eligible at a meeting if it was a member, on
the meeting's last day, of the organization that the series names; of an eligible country it is known
that it came, known that it did not (a source says so, or the roster is complete without it), or not
known (the roster is partial). Definitions, formulas and an example computed by hand stand in
docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from lib.analysis.offices import Expected, expected_office
from lib.analysis.rows import rows_of
from lib.filters.masks import is_one_of
from lib.filters.value import Filters
from lib.vocabulary import Organization, Vocabulary

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

_COLUMNS = ("event_id", "country", "standing", "state", "capacity", "people", "roles", "office", "expected", "basis", "note", "source", "below")


def presence(participations: pd.DataFrame, events: pd.DataFrame, vocabulary: Vocabulary, only: str | None = None) -> pd.DataFrame:
    """One row for each country and held meeting of which something can be said, meetings in the order of ``events``.

    Columns: event_id; country; standing (member, observer ... on the last day; none; unknown where a
    date leaves it open; open where the series has no membership); state (the highest level sent, or
    one of ``STATES``); capacity, people and roles (of that level, joined by ;); office, expected and
    basis (the office expected that day, its level, and whether that is known of the country or taken
    from the series; empty without one), note and source of it; below (whether the level sent is
    lower than the expected one; null where one of the two is not known or nobody came). ``only``
    limits the rows to one country.
    """
    held = events[((events["status"] == "held") & (events["family"] == "meeting")).to_numpy()]
    sent = _sent(participations, held, vocabulary, only)
    meetings = list(rows_of(held, "event_id", "series", "kind", "roster", "last_day"))
    standings = {(event, country): standing for event, series, _, _, last in meetings
                 for country, standing in _standings(vocabulary, series, last.date(), only)}
    members = {country for (_, country), standing in standings.items() if standing in ("member", "unknown")}
    rows = []
    for event, series, kind, roster, last in meetings:
        own = dict.fromkeys([*(country for there, country in sent if there == event), *(country for there, country in standings if there == event)])
        for country in own:
            standing = standings.get((event, country), "none" if vocabulary["series"][series].eligibility else "open")
            cell = sent.get((event, country))
            if standing == "unknown" and cell and isinstance(cell["standing"], str):
                standing = cell["standing"]  # Of a host the record may say what the dates leave open.
            if cell is None and country not in members:
                continue
            state = cell["state"] if cell else _without_entry(standing, roster)
            # Nothing is expected of guests: the series' offices are those of its members.
            expected = expected_office(vocabulary, series, kind, country, last.date()) if standing == "member" else None
            rows.append((event, country, standing, state, *_people(cell), *_office(expected), _below(state, expected, vocabulary)))
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    return frame.astype({name: "str" for name in _COLUMNS[:-1]} | {"below": "boolean"})


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
    rows = []
    for country, own in cells[cells["standing"].isin(["member", "unknown"])].groupby("country", sort=True):
        state = own["state"][(own["standing"] == "member").to_numpy()]
        if not len(state):
            continue
        away = {name: int((state == name).sum()) for name in (*AWAY, "unknown-roster")}
        attended, known = int((~state.isin(STATES)).sum()), int((state != "unknown-roster").sum())
        interval = wilson(attended, known) if sampled and known else (np.nan, np.nan)
        rows.append({
            "country": country, "eligible": len(state), "attended": attended, "absent": away["absent"], "not_listed": away["not-listed"],
            "unknown": away["unknown-roster"], "known": known, "rate": attended / known if known else np.nan,
            "low": attended / len(state), "high": (attended + away["unknown-roster"]) / len(state),
            "standing_unknown": int((own["standing"] == "unknown").sum()), "level_unknown": int((state == "unknown").sum()),
            "comparable": int(own["below"].notna().sum()), "below": int(own["below"].fillna(False).sum()),
            "wilson_low": interval[0], "wilson_high": interval[1],
        })
    columns = ["country", "eligible", "attended", "absent", "not_listed", "unknown", "known", "rate", "low", "high", "standing_unknown",
               "level_unknown", "comparable", "below", "wilson_low", "wilson_high"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["rate", "low", "known", "country"], ascending=[False, False, False, True], kind="stable", na_position="last").reset_index(drop=True)


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
    return cells[(cells["below"].fillna(False).astype(bool) | away).to_numpy()].iloc[::-1].reset_index(drop=True)


def trend(cells: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The level that members sent, by the year of the meeting's first day.

    Columns year, meetings, delegations (of members that came), level_unknown, comparable (with a
    level and an expected one), below of them, away (known not to have come), unknown (partial roster).
    """
    years = dict(zip(events["event_id"], events["first_day"].dt.year, strict=True))
    own = cells[(cells["standing"] == "member").to_numpy()]
    own = own.assign(year=[years[event] for event in own["event_id"]])
    rows = [{
        "year": int(year), "meetings": group["event_id"].nunique(), "delegations": int((~group["state"].isin(STATES)).sum()),
        "level_unknown": int((group["state"] == "unknown").sum()), "comparable": int(group["below"].notna().sum()),
        "below": int(group["below"].fillna(False).sum()), "away": int(group["state"].isin(AWAY).sum()),
        "unknown": int((group["state"] == "unknown-roster").sum()),
    } for year, group in own.groupby("year", sort=True)]
    return pd.DataFrame(rows, columns=["year", "meetings", "delegations", "level_unknown", "comparable", "below", "away", "unknown"])


def chosen_by_attendance(filters: Filters) -> tuple[str, ...]:
    """The filters in force that keep meetings by who came: among these a rate of coming says nothing."""
    return tuple(name for name in ("country", "level", "organization", "person", "by") if filters[name])


def _sent(participations: pd.DataFrame, held: pd.DataFrame, vocabulary: Vocabulary, only: str | None) -> dict[tuple[str, str], dict[str, Any]]:
    """What the records say of each country at each meeting: the highest level that came, or a stated absence."""
    ranks = _ranks(vocabulary)
    mask = is_one_of(participations["event_id"], held["event_id"].tolist()) & participations["country"].notna().to_numpy()
    if only is not None:
        mask &= is_one_of(participations["country"], [only])
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for event, country, attended, level, capacity, name, role, standing in rows_of(
            participations[mask], "event_id", "country", "attended", "level", "capacity", "name", "role", "standing"):
        state = level if attended else "absent"
        order = (attended is not False, -ranks.get(level, 99))
        cell = cells.get((event, country))
        if cell is None or order > cell["order"]:
            cell = cells[event, country] = {"state": state, "order": order, "capacity": capacity, "standing": standing, "people": [], "roles": []}
        if cell["state"] == state:
            cell["people"] += [name] if isinstance(name, str) else []
            cell["roles"] += [role] if isinstance(role, str) else []
    return cells


def _ranks(vocabulary: Vocabulary) -> dict[str, float]:
    return {word: entry.rank for word, entry in vocabulary["levels"].items() if entry.rank is not None} | {"unknown": 99}


def _standings(vocabulary: Vocabulary, series: str, day: Any, only: str | None) -> Iterator[tuple[str, str]]:
    """Every country that ever belonged to the series' organization, with its standing on a day."""
    organization = vocabulary["series"][series].eligibility
    entry = vocabulary["organizations"].get(organization)
    for country in dict.fromkeys(period.country for period in (entry.memberships if entry else None) or ()):
        if only in (None, country):
            standing = vocabulary.standing(organization, country, day)
            # An uncertain date of partnership leaves no doubt that the country was no member.
            yield country, standing or ("unknown" if _may_be_member(entry, country, day) else "none")


def _may_be_member(entry: Organization, country: str, day: Any) -> bool:
    return any(period.country == country and period.standing == "member" and (period.start is None or day >= period.start.first)
               and (period.end is None or day < period.end.last) for period in entry.memberships or ())


def _without_entry(standing: str, roster: str) -> str:
    if standing == "member":
        return "not-listed" if roster == "complete" else "unknown-roster"
    return "unknown-standing" if standing == "unknown" else NOT_MEMBER


def _people(cell: Mapping[str, Any] | None) -> tuple[str, str, str]:
    return (cell["capacity"] or "", "; ".join(cell["people"]), "; ".join(dict.fromkeys(cell["roles"]))) if cell else ("", "", "")


def _office(expected: Expected | None) -> tuple[str, ...]:
    return (expected.office, expected.level, expected.basis, expected.note or "", expected.source or "") if expected else ("",) * 5


def _below(state: str, expected: Expected | None, vocabulary: Vocabulary) -> bool | None:
    """Whether the level ``state`` ranks below the expected one; None where that cannot be said."""
    levels = vocabulary["levels"]
    sent = levels[state].rank if state in levels else None
    wanted = levels[expected.level].rank if expected else None
    return None if sent is None or wanted is None else bool(sent > wanted)
