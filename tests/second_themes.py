"""The measures on what was said, and the comparison of two selections, computed a second time straight from the YAML.

As in ``tests.second``: plain loops over what docs/methods.md defines, and nothing of the program.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

from tests.oracle import first_day, last_day
from tests.second import SHIPPED, Second

SOLD = ["ai", "cc", "co", "fm", "gg", "im", "io", "la", "ly", "me", "st", "to", "tv", "ws"]
TEXTS = (
    "declaration",
    "communiqu",
    "joint text",
    "joint statement",
    "joint readout",
    "joint vision",
    "concept",
    "strategy",
    "concord",
    "charter",
    "декларац",
    "коммюнике",
    "совместное заявлени",
)
REPORTS = (
    "press briefing",
    "press statement",
    "press release",
    "press conference",
    "speech",
    "remarks",
    "interview",
    "transcript",
    "report on",
)


class SecondThemes(Second):
    """The oracle's events with the measures of points."""

    def with_children(self, theme: str) -> set[str]:
        """As the oracle's, each theme once."""
        known = self.__dict__.setdefault("known_children", {})
        if theme not in known:
            known[theme] = super().with_children(theme)
        return known[theme]

    def points(self, event: dict, asked: dict[str, list[str]] | None = None) -> list[dict]:
        """The points of an event, narrowed to the theme, actor and form that are asked for."""
        return [point for point in event["themes"] if self.kept("mentions", point, asked or {})]

    def raised_at(self, events: list[dict], asked: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
        """For each theme the events at which it, or one below it, was raised."""
        at: dict[str, list[str]] = {}
        for theme in self.words["themes"]:
            below = self.with_children(theme)
            found = [
                event["id"] for event in events if any(point["theme"] in below for point in self.points(event, asked))
            ]
            if found:
                at[theme] = found
        return at

    def together(self, events: list[dict], unit: str) -> tuple[dict[str, set], dict[tuple[str, str], int], int]:
        """The units (events, or actors at events) with each theme, with both of two themes not one below the other, and with any point."""
        own: dict[str, set] = {}
        for theme in self.words["themes"]:
            below = self.with_children(theme)
            units = {
                (event["id"], point["by"] if unit == "actor" else "")
                for event in events
                for point in event["themes"]
                if point["theme"] in below
            }
            if units:
                own[theme] = units
        pairs = {
            (one, other): len(own[one] & own[other])
            for one, other in combinations(own, 2)
            if one not in self.with_children(other) and other not in self.with_children(one)
        }
        return own, pairs, len(set().union(*own.values()))

    # Uptake

    def forum(self, event: dict) -> str | None:
        """The body whose members the event's series calls together."""
        series = self.words["series"][event["series"]]
        return series.get("eligibility") or series.get("organization")

    @staticmethod
    def names_a_text(source: dict) -> bool:
        """Whether it is an official source whose title names a joint text and no report on one."""
        title = source["title"].lower()
        words = "".join(sign if sign.isalnum() else " " for sign in title).split()
        named = any(text in title if text != "concept" else "concept" in words for text in TEXTS)
        about = any(f" {report} " in f" {' '.join(words)} " for report in REPORTS)
        return source["kind"] == "official" and named and not about

    def joint_text(self, event: dict) -> dict[str, Any] | None:
        """The themes of its joint text, those cited from the text itself, whether the text is cited at all and has points; None without one."""
        official = {source["id"] for source in event["sources"] if self.names_a_text(source)}
        points = [point for point in event["themes"] if point["by"] == "joint" and point["form"] == "joint-document"]
        texts = [
            outcome for outcome in event["outcomes"] if self.words["outcome-forms"][outcome["form"]].get("joint_text")
        ]
        if not points and not texts:
            return None
        themes = {point["theme"] for point in points} | {
            theme for outcome in texts for theme in outcome.get("themes", ())
        }
        own = {point["theme"] for point in points if official & set(point["sources"])}
        whole = any(official & set(outcome["sources"]) for outcome in texts)
        return {
            "event": event,
            "themes": themes,
            "own": own,
            "whole": whole,
            "cited": whole or bool(own),
            "coded": bool(points),
        }

    def standing_of_path(self, theme: str, forum: str) -> tuple[str, int, int] | None:
        """How a path may be called, its events with statements and its joint texts; None without any."""
        below = self.with_children(theme)
        here = [event for event in self.events if event["status"] == "held" and self.forum(event) == forum]
        statements = [
            event
            for event in here
            if any(
                point["theme"] in below
                and point["by"] in self.words["countries"]
                and point["form"] in ("statement", "proposal", "initiative")
                for point in event["themes"]
            )
        ]
        texts = [text for text in map(self.joint_text, here) if text]
        carrying = [text for text in texts if text["themes"] & below]
        if not statements and not carrying:
            return None
        if not carrying:
            return "no-text", len(statements), 0
        first = carrying[0]
        day = self.begins(first["event"])
        if not any(self.ends(event) < day for event in statements):
            return "text-first", len(statements), len(carrying)
        founded = self.words["organizations"].get(forum, {}).get("founded")
        series = {
            event["series"]
            for event in self.events
            if self.forum(event) == forum and self.words["kinds"][event["kind"]].get("family", "meeting") == "meeting"
        }
        starts = [self.words["series"][one].get("covered_from") for one in series]
        whole = bool(founded) and all(start and first_day(str(start)) <= last_day(str(founded)) for start in starts)
        earlier = [text for text in texts if self.begins(text["event"]) < day]
        fulfilled = (
            (first["whole"] or bool(first["own"] & below))
            and whole
            and all(text["cited"] and text["coded"] for text in earlier)
        )
        return "shown" if fulfilled else "first-in-records", len(statements), len(carrying)

    # Compare

    @cached_property
    def seats(self) -> tuple[dict[str, str], dict[str, str]]:
        """The seats of hosts by the vocabulary, and the countries of endings."""
        return (
            {
                own: entry.get("country", "international")
                for entry in self.words["publisher-seats"].values()
                for own in entry["hosts"]
            },
            {entry.get("iso2", "").lower(): code for code, entry in self.words["countries"].items()},
        )

    def seat(self, url: str) -> str:
        """The country of a publisher by the address of its page; unknown, or international."""
        host = urlsplit(url).hostname or ""
        seats, endings = self.seats
        parts = host.split(".")
        for place in range(len(parts) - 1):
            if ".".join(parts[place:]) in seats:
                return seats[".".join(parts[place:])]
        special = {"uk": "GBR", "gov": "USA", "mil": "USA"}
        return special.get(parts[-1]) or ("unknown" if parts[-1] in SOLD else endings.get(parts[-1], "unknown"))

    def side(self, asked: dict[str, list[str]]) -> dict[str, Any]:
        """What one side of a comparison rests on, and its shares as pairs of counts."""
        events = [event for event in self.events if self.passes(event, asked)]
        meetings = self.held_meetings(events)
        complete = [event for event in meetings if event["roster"] == "complete"]
        sources = [source for event in meetings for source in event["sources"]]
        seats = dict(Counter(self.seat(source["url"]) for source in sources))
        levels: dict[str, int] = {}
        for event in meetings:
            every = [
                row
                for row in self.rows(event)["participations"]
                if row["attended"] and self.kept("participations", row, asked)
            ]
            for country in self.who_came(event):
                rows = [row for row in every if row["country"] == country]
                if rows:
                    level = min((row["level"] for row in rows), key=lambda word: self.rank(word) or 99)
                    levels[level] = levels.get(level, 0) + 1
        covered = [self.words["series"][event["series"]].get("covered_from") for event in events]
        party = next((asked[name] for name in ("by", "country") if name in asked), [])
        party = party[0] if len(party) == 1 and party[0].isupper() else None
        unknown = levels.pop("unknown", 0)
        return {
            "asked": set(asked),
            "events": len(events),
            "meetings": len(meetings),
            "complete": len(complete),
            "sources": len(sources),
            "seats": seats,
            "official": sum(source["kind"] == "official" for source in sources) / len(sources) if sources else None,
            "covered": sum(
                bool(day) and self.begins(event) >= first_day(str(day))
                for event, day in zip(events, covered, strict=True)
            )
            / len(events)
            if events
            else None,
            "known": sum(levels.values()),
            "unknown": unknown,
            "levels": levels,
            "party": party,
            "own": seats.get(party, 0) / len(sources) if party and sources else None,
            "themes": {theme: len(at) for theme, at in self.raised_at(meetings, asked).items()},
            "countries": dict(Counter(country for event in complete for country in self.who_came(event))),
        }


def seats_apart(one: dict[str, int], other: dict[str, int]) -> float | None:
    """Half the sum of the differences of the shares of the known seats; None below ten sources on a side."""
    sides = [{seat: count for seat, count in side.items() if seat != "unknown"} for side in (one, other)]
    sums = [sum(side.values()) for side in sides]
    if min(sums) < 10:
        return None
    return (
        sum(abs(sides[0].get(seat, 0) / sums[0] - sides[1].get(seat, 0) / sums[1]) for seat in {*sides[0], *sides[1]})
        / 2
    )


def refused(left: dict[str, Any], right: dict[str, Any]) -> set[str]:
    """Which of events, themes, levels and countries are not compared, by the table of docs/methods.md."""
    found: set[str] = set()
    both = (left, right)

    def differ(name: str) -> bool:
        return None not in (left[name], right[name]) and abs(left[name] - right[name]) > 0.25

    if any(side["meetings"] < 5 for side in both):
        found |= {"themes", "levels", "countries"}
    if any(side["complete"] < 5 for side in both):
        found.add("countries")
    if None not in (left["covered"], right["covered"]) and (
        min(left["covered"], right["covered"]) < 0.5 or differ("covered")
    ):
        found |= {"events", "countries"}
    if all(side["meetings"] and side["sources"] for side in both):
        per = sorted(side["sources"] / side["meetings"] for side in both)
        if per[1] / per[0] > 1.5:
            found.add("themes")
    apart = seats_apart(left["seats"], right["seats"])
    if differ("official") or apart is not None and apart > 0.4 or left["party"] != right["party"] and differ("own"):
        found.add("themes")
    by_attendance = {"country", "level", "organization", "person", "by"}
    if any(side["asked"] & by_attendance for side in both):
        found.add("countries")
    if any("level" in side["asked"] for side in both):
        found.add("levels")
    gaps = [
        side["unknown"] / (side["known"] + side["unknown"]) if side["known"] + side["unknown"] else None
        for side in both
    ]
    if any(side["known"] < 10 for side in both) or None not in gaps and abs(gaps[0] - gaps[1]) > 0.25:
        found.add("levels")
    return found


def shipped() -> SecondThemes:
    """The shipped records."""
    return SecondThemes(SHIPPED / "events", SHIPPED / "vocabulary")
