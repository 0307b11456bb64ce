"""The measures on who came, computed a second time straight from the YAML: plain loops over what docs/methods.md defines.

Nothing of the program is in it; where the two disagree, one of them - or the document - is wrong. For valid records only.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import Any

from tests.oracle import Oracle, first_day, last_day

TWO_SIDED = ("bilateral", "dialogue")


@dataclass(frozen=True)
class Cell:
    """A country at a meeting: its standing, the level sent or what else is known, who came, what was expected, whether that is more."""

    standing: str
    state: str
    people: tuple[str, ...]
    expected: str | None
    known_office: bool
    below: bool | None


class Second(Oracle):
    """The oracle's events with the measures of attendance; days are texts YYYY-MM-DD, which compare as days do."""

    def chosen(self, **asked: str) -> list[dict]:
        """The events that pass filters, each given as in an address."""
        limits = {name.rstrip("_"): value.split(",") for name, value in asked.items()}
        return [event for event in self.events if self.passes(event, limits)]

    def by_id(self, event: str) -> dict:
        """The record of an id."""
        return next(one for one in self.events if one["id"] == event)

    def held_meetings(self, events: list[dict]) -> list[dict]:
        """Those that took place and are neither exercise nor transfer."""
        return [
            event
            for event in events
            if event["status"] == "held" and self.words["kinds"][event["kind"]].get("family", "meeting") == "meeting"
        ]

    def ends(self, event: dict) -> str:
        """The last day that the meeting may have had."""
        return last_day(str(event.get("latest", event["end"])))

    def begins(self, event: dict) -> str:
        """The first such day."""
        return first_day(str(event.get("earliest", event["start"])))

    def who_came(self, event: dict) -> set[str]:
        """The countries with a delegation."""
        return {part["country"] for part in self.attended(event) if "country" in part}

    def standing(self, organization: str, country: str, day: str) -> str:
        """member, observer ... on a day; none; unknown where a date of membership as a member leaves it open."""
        doubt = False
        for period in self.words["organizations"][organization].get("memberships") or ():
            if period["country"] != country:
                continue
            start, end = (str(period[key]) if period.get(key) is not None else None for key in ("from", "to"))
            if end and day >= last_day(end) or start and day < first_day(start):
                continue
            if start and day >= last_day(start) and not (end and day >= first_day(end)):
                return period["standing"]
            doubt = doubt or period["standing"] == "member"
        return "unknown" if doubt else "none"

    def ever_in(self, organization: str) -> list[str]:
        """Every country that had some standing there."""
        return list(
            dict.fromkeys(
                period["country"] for period in self.words["organizations"][organization].get("memberships") or ()
            )
        )

    def rank(self, level: str | None) -> float | None:
        """1 the highest; None for a level outside the order."""
        return self.words["levels"][level]["rank"] if level in self.words["levels"] else None

    def sent(self, event: dict, country: str) -> tuple[str, tuple[str, ...]] | None:
        """The highest level of a country at a meeting with the names at that level, ``absent`` where a source says so, None where nothing is said."""
        own = [part for part in event["participants"] if part.get("country") == country]
        if not own:
            return None
        there = [part for part in own if part.get("attended", True)]
        if not there:
            return "absent", tuple(part["name"] for part in own if "name" in part)
        best = min((part["level"] for part in there), key=lambda level: self.rank(level) or 99)
        return best, tuple(part["name"] for part in there if part["level"] == best and "name" in part)

    def office(self, event: dict, country: str) -> tuple[str, bool] | None:
        """The level expected of a member, and whether the vocabulary names the country's own office; None where nothing is expected."""
        entry = next(
            (
                one
                for one in self.words["offices"].values()
                if one["series"] == event["series"] and one.get("kind") in (None, event["kind"])
            ),
            None,
        )
        if entry is None:
            return None
        day, doubt = self.ends(event), False
        for period in entry.get("countries", ()):
            start, end = (str(period[key]) if period.get(key) is not None else None for key in ("from", "to"))
            if period["country"] != country or end and day >= last_day(end) or start and day < first_day(start):
                continue
            if start and day < last_day(start) or end and day >= first_day(end):
                doubt = True
            else:
                return period["level"], True
        return None if doubt else (entry["level"], False)

    def cells(self, events: list[dict]) -> dict[tuple[str, str], Cell]:
        """Each country at each held meeting of ``events`` at which it was, or may have been, a member, or came."""
        found: dict[tuple[str, str], Cell] = {}
        for event in self.held_meetings(events):
            organization = self.words["series"][event["series"]].get("eligibility")
            for country in (
                {
                    *self.ever_in(organization or ""),
                    *(part["country"] for part in event["participants"] if "country" in part),
                }
                if organization
                else ()
            ):
                standing = self.standing(organization, country, self.ends(event))
                said = self.sent(event, country)
                if standing == "unknown":
                    own = [
                        part["standing"]
                        for part in event["participants"]
                        if part.get("country") == country and "standing" in part
                    ]
                    standing = own[0] if own else standing
                elif standing == "member" and any(
                    part.get("country") == country and part["capacity"] == "observer" and part.get("attended", True)
                    for part in event["participants"]
                ):
                    standing = "observer"
                if said is None and standing not in ("member", "unknown"):
                    continue
                gap = (
                    "unknown-standing"
                    if standing == "unknown"
                    else "not-listed"
                    if event["roster"] == "complete"
                    else "unknown-roster"
                )
                state, people = said or (gap, ())
                office = self.office(event, country) if standing == "member" else None
                ranks = self.rank(state), self.rank(office[0]) if office else None
                found[event["id"], country] = Cell(
                    standing,
                    state,
                    people,
                    office[0] if office else None,
                    bool(office and office[1]),
                    None if None in ranks else ranks[0] > ranks[1],
                )
        return found

    def rates(self, events: list[dict]) -> dict[str, dict[str, Any]]:
        """The representation rate of each country that was a member at one of the meetings, with its range and what stands beside it."""
        every: dict[str, list[Cell]] = {}
        for (_, country), cell in self.cells(events).items():
            every.setdefault(country, []).append(cell)
        found = {}
        for country, cells in every.items():
            own = [cell for cell in cells if cell.standing == "member"]
            if not own:
                continue
            states = [cell.state for cell in own]
            attended = sum(state in self.words["levels"] for state in states)
            known = attended + states.count("absent") + states.count("not-listed")
            found[country] = {
                "eligible": len(own),
                "attended": attended,
                "absent": states.count("absent"),
                "not_listed": states.count("not-listed"),
                "unknown": states.count("unknown-roster"),
                "known": known,
                "rate": attended / known if known else None,
                "low": attended / len(own),
                "high": (attended + states.count("unknown-roster")) / len(own),
                "standing_unknown": sum(cell.standing == "unknown" for cell in cells),
                "level_unknown": states.count("unknown"),
                "comparable": sum(cell.below is not None for cell in own),
                "below": sum(cell.below is True for cell in own),
            }
        return found

    def instead(self, events: list[dict]) -> set[tuple[str, str, str]]:
        """Event, country and what it sent where that was less than expected, or where it is known not to have come."""
        return {
            (event, country, cell.state)
            for (event, country), cell in self.cells(events).items()
            if cell.standing == "member" and (cell.below or cell.state in ("absent", "not-listed"))
        }

    def trend(self, events: list[dict]) -> dict[int, tuple[int, ...]]:
        """By year: meetings with members, their delegations, those of unknown level, comparable, below, away, not known."""
        years = {event["id"]: int(self.begins(event)[:4]) for event in events}
        by_year: dict[int, list[tuple[str, Cell]]] = {}
        for (event, _), cell in self.cells(events).items():
            if cell.standing == "member":
                by_year.setdefault(years[event], []).append((event, cell))
        return {
            year: (
                len({event for event, _ in own}),
                *(
                    sum(map(test, (cell for _, cell in own)))
                    for test in (
                        lambda cell: cell.state in self.words["levels"],
                        lambda cell: cell.state == "unknown",
                        lambda cell: cell.below is not None,
                        lambda cell: cell.below is True,
                        lambda cell: cell.state in ("absent", "not-listed"),
                        lambda cell: cell.state == "unknown-roster",
                    )
                ),
            )
            for year, own in by_year.items()
        }

    def two_sided(self, events: list[dict]) -> list[tuple[str, tuple[str, str]]]:
        """Held two-sided meetings of which exactly two countries, and nobody else, are recorded as present."""
        found = []
        for event in self.held_meetings(events):
            parties = {part.get("country", part.get("organization")) for part in self.attended(event)}
            if event["kind"] in TWO_SIDED and len(parties) == 2 and parties == self.who_came(event):
                found.append((event["id"], tuple(sorted(parties))))
        return found

    def pairs(self, events: list[dict]) -> tuple[dict[tuple[str, str], int], dict[str, int], int]:
        """Two-sided meetings of each pair and of each country, and of all."""
        meetings = self.two_sided(events)
        pairs: dict[tuple[str, str], int] = {}
        totals: dict[str, int] = {}
        for _, pair in meetings:
            pairs[pair] = pairs.get(pair, 0) + 1
            for country in pair:
                totals[country] = totals.get(country, 0) + 1
        return pairs, totals, len(meetings)

    def shared(self, events: list[dict]) -> tuple[dict[tuple[str, str], tuple[int, int]], dict[str, int], int]:
        """At larger meetings: for each pair those with a complete roster and the further ones that both attended; attended by each; all of them."""
        larger = [event for event in self.held_meetings(events) if event["kind"] not in TWO_SIDED]
        both: dict[tuple[str, str], list[int]] = {}
        totals: dict[str, int] = {}
        for event in larger:
            complete = event["roster"] == "complete"
            came = sorted(self.who_came(event))
            for country in came if complete else ():
                totals[country] = totals.get(country, 0) + 1
            for pair in combinations(came, 2):
                both.setdefault(pair, [0, 0])[not complete] += 1
        return (
            {pair: tuple(counts) for pair, counts in both.items()},
            totals,
            sum(event["roster"] == "complete" for event in larger),
        )


def wilson(count: int, of: int) -> tuple[float, float]:
    """The score interval of docs/methods.md, as the formula stands there."""
    z, p = 1.96, count / of
    middle, half = (
        (p + z * z / (2 * of)) / (1 + z * z / of),
        z / (1 + z * z / of) * sqrt(p * (1 - p) / of + z * z / (4 * of * of)),
    )
    return max(0.0, middle - half), min(1.0, middle + half)


def ratio(observed: float, expected: float) -> float | None:
    """Observed over expected; None where fewer than five are both observed and expected."""
    return observed / expected if expected and max(observed, expected) >= 5 else None


def jaccard(both: int, one: int, other: int) -> float | None:
    """The share of both among either."""
    return both / (one + other - both) if one + other - both else None


SHIPPED = Path(__file__).resolve().parent.parent / "data"


def shipped() -> Second:
    """The shipped records."""
    return Second(SHIPPED / "events", SHIPPED / "vocabulary")
