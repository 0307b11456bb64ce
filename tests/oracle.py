"""The tables and filters of the public contract, computed a second time straight from the YAML.

Plain loops over what YAML's safe loader gives, with nothing of the program in them: where the two disagree, one of them misreads
the contract. Slow on purpose, and for valid records and valid filters only.
"""

from __future__ import annotations

import calendar
import unicodedata
from functools import cache
from pathlib import Path

import yaml

FIRST_COLUMNS = {
    "events": (
        "event_id",
        "title",
        "series",
        "kind",
        "status",
        "start",
        "end",
        "start_precision",
        "mode",
        "city",
        "country",
        "chair",
        "roster",
        "delegations",
        "summary",
        "themes",
        "points",
        "sources",
        "joint_document",
        "family",
        "group",
        "venue",
        "note",
        "first_day",
        "last_day",
        "countries",
        "eligible",
        "chairs",
    ),
    "participations": (
        "event_id",
        "start",
        "series",
        "country",
        "organization",
        "capacity",
        "level",
        "name",
        "role",
        "attended",
        "mode",
        "person",
        "standing",
        "levels",
    ),
    "mentions": ("event_id", "start", "series", "theme", "by", "form", "point", "source_ids", "phrase", "incidents"),
    "outcomes": ("event_id", "start", "series", "form", "title", "themes", "point", "source_ids"),
    "sources": ("event_id", "source_id", "kind", "publisher", "title", "url", "published"),
}


def first_day(text: str) -> str:
    """The first day that a date of any precision may mean, as YYYY-MM-DD."""
    return text + {4: "-01-01", 7: "-01", 10: ""}[len(text)]


def last_day(text: str) -> str:
    """The last such day."""
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        return f"{text}-{calendar.monthrange(int(text[:4]), int(text[5:]))[1]:02d}"
    return text


@cache
def plain(text: str) -> str:
    """Without letter case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


class Oracle:
    """The records of one folder. ``vocabulary`` is the folder of the closed vocabularies."""

    def __init__(self, events: Path, vocabulary: Path) -> None:
        self.words = {
            file.stem: yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) for file in vocabulary.glob("*.yaml")
        }
        self.people = {
            (party, plain(name)): key
            for key, entry in self.words["people"].items()
            for name in [entry["label"], *entry.get("aliases", [])]
            for party in (
                entry.get("country"),
                entry.get("organization"),
                *(office.get("organization") for office in entry.get("offices", [])),
            )
            if party
        }
        self.events = [yaml.load(file.read_text("utf-8"), yaml.CSafeLoader) for file in events.glob("**/*.yaml")]
        for event in self.events:
            event["start"] = str(event["start"])
            event["end"] = str(event.get("end", event["start"]))
            for source in event["sources"]:
                source["published"] = str(source["published"]) if "published" in source else None
        self.events.sort(key=lambda event: (first_day(event["start"]), event["id"]))

    def tables(self, asked: dict[str, list[str]], every: bool = False) -> dict[str, list[dict]]:
        """The rows of the five tables for the filters; ``every`` is rows=all."""
        found: dict[str, list[dict]] = {table: [] for table in FIRST_COLUMNS}
        for event in self.events:
            if not self.passes(event, asked):
                continue
            for table, rows in self.rows(event).items():
                found[table] += [row for row in rows if every or self.kept(table, row, asked)]
        return found

    def kept(self, table: str, row: dict, asked: dict[str, list[str]]) -> bool:
        """Whether a row of an event that passes is kept: participations and mentions are narrowed further."""
        limits = {"participations": ("country", "level"), "mentions": ("theme", "by", "form")}.get(table, ())
        for parameter in limits:
            if parameter in asked:
                wanted = asked[parameter]
                if parameter == "theme":
                    wanted = [word for theme in wanted for word in self.with_children(theme)]
                if not any(
                    value in wanted for value in [row[parameter], *(row["levels"] if parameter == "level" else [])]
                ):
                    return False
        return True

    def with_children(self, theme: str) -> set[str]:
        """A theme and everything whose parents lead to it."""
        found = {theme}
        while True:
            more = {word for word, entry in self.words["themes"].items() if entry.get("parent") in found} - found
            if not more:
                return found
            found |= more

    def passes(self, event: dict, asked: dict[str, list[str]]) -> bool:
        """The table of filters, row by row."""
        if "from" in asked and last_day(str(event.get("latest", event["end"]))) < first_day(asked["from"][0]):
            return False
        if "to" in asked and first_day(str(event.get("earliest", event["start"]))) > last_day(asked["to"][0]):
            return False
        for parameter in ("series", "kind", "status", "mode"):
            if parameter in asked and event.get(parameter) not in asked[parameter]:
                return False
        if "group" in asked and self.words["series"][event["series"]]["group"] not in asked["group"]:
            return False
        if "host" in asked and not any(place["country"] in asked["host"] for place in self.places(event)):
            return False
        if "outcome" in asked and not any(o["form"] in asked["outcome"] for o in event["outcomes"]):
            return False
        return self._attendance(event, asked) and self._mentions(event, asked) and self._found(event, asked)

    @staticmethod
    def places(event: dict) -> list[dict]:
        """Where it was held: one place, several, or none for a virtual event without a host."""
        return event.get("places") or ([event["place"]] if "place" in event else [])

    def person(self, part: dict) -> str | None:
        """The registry's id of a participant: by name and by whom she or he represents."""
        return (
            self.people.get((part.get("country", part.get("organization")), plain(part["name"])))
            if "name" in part
            else None
        )

    def _is_one_of(self, part: dict, asked: list[str]) -> bool:
        """Whether a participant is meant by an id, or has one of the names in the record or in the registry."""
        key = self.person(part)
        names = [part["name"]]
        if key:
            names += [key, self.words["people"][key]["label"], *self.words["people"][key].get("aliases", [])]
        return any(plain(name) == plain(word) for name in names for word in asked)

    @staticmethod
    def attended(event: dict) -> list[dict]:
        """Who was there: nobody at an event that was not held, and nobody whose absence is stated."""
        return [p for p in event["participants"] if event["status"] == "held" and p.get("attended", True)]

    def _attendance(self, event: dict, asked: dict[str, list[str]]) -> bool:
        there = self.attended(event)
        if "organization" in asked and not any(p.get("organization") in asked["organization"] for p in there):
            return False
        if "person" in asked and not any("name" in p and self._is_one_of(p, asked["person"]) for p in there):
            return False
        if "level" in asked:
            there = [
                p for p in there if any(level in asked["level"] for level in [p.get("level"), *p.get("levels", [])])
            ]
            if not there:
                return False
        if "country" in asked:
            came = [any(p.get("country") == country for p in there) for country in asked["country"]]
            return all(came) if asked.get("country_match") == ["all"] else any(came)
        return True

    def _mentions(self, event: dict, asked: dict[str, list[str]]) -> bool:
        if not {"theme", "by", "form"} & set(asked):
            return True
        points = [
            m
            for m in event["themes"]
            if ("by" not in asked or m["by"] in asked["by"]) and ("form" not in asked or m["form"] in asked["form"])
        ]
        if "theme" not in asked:
            return bool(points)
        raised = [any(m["theme"] in self.with_children(theme) for m in points) for theme in asked["theme"]]
        return all(raised) if asked.get("theme_match") == ["all"] else any(raised)

    def _found(self, event: dict, asked: dict[str, list[str]]) -> bool:
        if "q" not in asked:
            return True
        texts = [event["title"], event["summary"]]
        for place in self.places(event)[:1]:
            texts += [place.get("city"), place.get("venue")]
        texts += [self.words["countries"][place["country"]]["label"] for place in self.places(event)]
        for part in event["participants"]:
            texts += [part.get("name"), part.get("role")]
        texts += [mention.get(name) for mention in event["themes"] for name in ("point", "phrase")]
        for outcome in event["outcomes"]:
            texts += [outcome["title"], outcome.get("point")]
        for source in event["sources"]:
            texts += [source["title"], source["publisher"]]
        whole = [" ".join(plain(text).split()) for text in texts if text]
        query = plain(" ".join(asked["q"]))
        if all(any(word in text for text in whole) for word in query.split()):
            return True
        # New in the contract: what stands within a closed pair of double quotes is also found as a phrase.
        marks = [place for place, sign in enumerate(query) if sign in '"“”']
        pairs = list(zip(marks[::2], marks[1::2], strict=False))
        quoted = [" ".join(query[start + 1 : end].split()) for start, end in pairs]
        outside = "".join(
            " " if any(start <= place <= end for start, end in pairs) else sign for place, sign in enumerate(query)
        ).split()
        return any(quoted) and all(any(term in text for text in whole) for term in [*filter(None, quoted), *outside])

    def rows(self, event: dict) -> dict[str, list[dict]]:
        """The rows of one event in each table."""
        keys = {"event_id": event["id"], "start": event["start"], "series": event["series"]}
        held = event["status"] == "held"
        return {
            "events": [self._event(event)],
            "participations": [
                {
                    **keys,
                    **{
                        name: p.get(name)
                        for name in ("country", "organization", "capacity", "level", "name", "role", "mode", "standing")
                    },
                    "levels": p.get("levels", []),
                    "attended": False if p.get("attended") is False else True if held else None,
                    "person": self.person(p),
                }
                for p in event["participants"]
            ],
            "mentions": [
                {
                    **keys,
                    **{name: m[name] for name in ("theme", "by", "form", "point")},
                    "source_ids": m["sources"],
                    "phrase": m.get("phrase"),
                    "incidents": m.get("incidents", []),
                }
                for m in event["themes"]
            ],
            "outcomes": [
                {
                    **keys,
                    "form": o["form"],
                    "title": o["title"],
                    "themes": o.get("themes", []),
                    "point": o.get("point"),
                    "source_ids": o["sources"],
                }
                for o in event["outcomes"]
            ],
            "sources": [
                {
                    "event_id": event["id"],
                    "source_id": s["id"],
                    **{name: s[name] for name in ("kind", "publisher", "title", "url", "published")},
                }
                for s in event["sources"]
            ],
        }

    def _event(self, event: dict) -> dict:
        place, order = (self.places(event) or [{}])[0], list(self.words["themes"])
        forms = {o["form"] for o in event["outcomes"]}
        joint = any(self.words["outcome-forms"][form].get("joint_text") for form in forms)
        joint_point = any(m["by"] == "joint" and m["form"] == "joint-document" for m in event["themes"])
        return {
            **{
                name: event.get(name)
                for name in (
                    "title",
                    "series",
                    "kind",
                    "status",
                    "start",
                    "end",
                    "mode",
                    "chair",
                    "roster",
                    "summary",
                    "note",
                )
            },
            "event_id": event["id"],
            "start_precision": {4: "year", 7: "month", 10: "day"}[len(event["start"])],
            "city": place.get("city"),
            "country": place.get("country"),
            "venue": place.get("venue"),
            "delegations": len({p["country"] for p in self.attended(event) if "country" in p}),
            "themes": sorted({m["theme"] for m in event["themes"]}, key=order.index),
            "points": len(event["themes"]),
            "sources": len(event["sources"]),
            "joint_document": "yes"
            if joint
            else "no"
            if "no-joint-document" in forms
            else {True: "yes", False: "no"}.get(event.get("joint_document"), "yes" if joint_point else "unknown"),
            "countries": list(dict.fromkeys(place["country"] for place in self.places(event))),
            "eligible": event.get("eligible", []),
            "chairs": event.get("chairs") or [event[name] for name in ("chair",) if name in event],
            "family": self.words["kinds"][event["kind"]].get("family", "meeting"),
            "group": self.words["series"][event["series"]]["group"],
            "first_day": first_day(str(event.get("earliest", event["start"]))),
            "last_day": last_day(str(event.get("latest", event["end"]))),
        }
