"""The event record: frozen, typed, each key described once.

From these descriptions come the reader, the JSON Schema for editors and the table of keys in
data/README.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from lib.problems import shown
from lib.records.agree import check_days, check_instead, check_joint_document, check_participants
from lib.records.dates import PartialDate
from lib.records.fields import ListOf, Nested, described
from lib.records.reader import child
from lib.records.scalars import Date, Identifier, Term, Text, Url, YesNo

if TYPE_CHECKING:
    from lib.records.reader import Reader

_PARTY = Term(("countries", "organizations"))

STANDINGS = ("member", "observer", "dialogue-partner", "partner", "guest")
"""A host's standing in the organization whose meeting it hosted."""

LONGEST_PHRASE = 100
"""The longest phrase, in characters: a term or a motto, not a sentence of a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an event was held."""

    country: str = described(
        Term(("countries",)), "ISO 3166-1 alpha-3; for a virtual event the host country", required=True
    )
    city: str | None = described(Text(), "the city, in English")
    venue: str | None = described(Text(), "the building or ship")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A delegation, or a named person of it, at an event."""

    country: str | None = described(Term(("countries",)), "ISO 3166-1 alpha-3 of the country that sent the delegation")
    organization: str | None = described(
        Term(("organizations",)), "the organization that sent it, instead of a country"
    )
    capacity: str = described(Term(("capacities",)), "as what it took part", required=True)
    level: str | None = described(Term(("levels",)), "the level of the office; needed unless attended is false")
    name: str | None = described(Text(), "the person, where known")
    role: str | None = described(Text(), "the office held that day, in English")
    attended: bool = described(YesNo(), "false for an absence that a source states", default=True)
    mode: str | None = described(Term(("modes",)), "only where it differs from the event's")
    standing: str | None = described(
        Term((), STANDINGS), "of a host: its standing in the organization that met, on the last day"
    )
    levels: tuple[str, ...] = described(
        ListOf(Term(("levels",))), "further levels of a person who holds two offices; level is the highest", default=()
    )

    @property
    def party(self) -> str:
        """The country or organization."""
        return self.country or self.organization or ""

    def check(self, node: yaml.Node, reader: Reader) -> bool:
        """Whether the keys agree with one another; reports what does not."""
        if (self.country is None) == (self.organization is None):
            found = "neither" if self.country is None else "both"
            reader.wrong("one-of", node, "either country or organization", found)
            return False
        if self.attended and self.level is None:
            reader.wrong(
                "missing-key", node, "the key level (use unknown where no source says)", "no such key", at=("level",)
            )
            return False
        if self.standing and self.capacity != "host":
            reader.wrong(
                "contradiction",
                child(node, "standing"),
                "no standing beside another capacity than host",
                shown(self.standing),
                "the capacity says it: take the standing out",
                at=("standing",),
            )
            return False
        if self.levels and (self.level is None or len({self.level, *self.levels}) <= len(self.levels)):
            reader.wrong(
                "contradiction",
                child(node, "levels"),
                "further levels, each once and none of them the level",
                ", ".join(self.levels),
                at=("levels",),
            )
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A point that one actor made on one theme."""

    theme: str = described(Term(("themes",)), "what it was about", required=True)
    by: str = described(
        Term(("countries", "organizations"), ("joint",)),
        "who made the point; joint for a text that all agreed",
        required=True,
    )
    form: str = described(Term(("mention-forms",)), "in what form", required=True)
    point: str = described(Text(), "the point in our own words, one sentence", required=True)
    sources: tuple[str, ...] = described(
        ListOf(Identifier(), filled=True), "ids of the sources that say so", required=True
    )
    phrase: str | None = described(
        Text(),
        "the actor's own term for it, as the sources have it, in English: at most 100 letters, without quotation marks",
    )
    incidents: tuple[str, ...] = described(
        ListOf(Term(("incidents",))), "attacks and other single occurrences that the point speaks of", default=()
    )

    def check(self, node: yaml.Node, reader: Reader) -> bool:
        """Whether the phrase is a term rather than a passage; reports where it is not."""
        if self.phrase and len(self.phrase) > LONGEST_PHRASE:
            reader.wrong(
                "too-long",
                child(node, "phrase"),
                f"a term of at most {LONGEST_PHRASE} letters",
                f"{len(self.phrase)}",
                "keep the term itself; the rest goes into the point, in our own words",
                at=("phrase",),
            )
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A document signed or issued, a decision, agreed work."""

    form: str = described(Term(("outcome-forms",)), "what kind of outcome", required=True)
    title: str = described(Text(), "its name", required=True)
    themes: tuple[str, ...] = described(ListOf(Term(("themes",))), "what it is about", default=())
    point: str | None = described(Text(), "what it says, in our own words")
    sources: tuple[str, ...] = described(
        ListOf(Identifier(), filled=True), "ids of the sources that say so", required=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A published text that supports the record."""

    id: str = described(Identifier(), "the source's id within this record, such as s1", required=True)
    kind: str = described(Term(("source-kinds",)), "who publishes", required=True)
    publisher: str = described(Text(), "the publisher", required=True)
    title: str = described(Text(), "its title; in [square brackets] where it was rebuilt", required=True)
    url: str = described(Url(), "where it can be read", required=True)
    published: PartialDate | None = described(Date(), "the day of publication")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A second reading of the record against its sources."""

    date: PartialDate = described(Date(), "when", required=True)
    by: str = described(Text(), "by whom", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One meeting, exercise or transfer, with who came, what was said, what came of it, and the sources."""

    id: str = described(Identifier(), "main day, or month, + series + place; the file's name", required=True)
    title: str = described(Text(), "the event's name in English", required=True)
    series: str = described(Term(("series",)), "the series that it belongs to", required=True)
    kind: str = described(Term(("kinds",)), "what kind of event", required=True)
    status: str = described(Term(("statuses",)), "whether it took place", required=True)
    start: PartialDate = described(Date(), "first day; YYYY-MM or YYYY where no more is known", required=True)
    end: PartialDate | None = described(Date(), "last day; left out for one day")
    earliest: PartialDate | None = described(
        Date(), "where the days are uncertain: the first on which it may have begun"
    )
    latest: PartialDate | None = described(Date(), "where the days are uncertain: the last on which it may have ended")
    mode: str = described(Term(("modes",)), "in one room or by video", required=True)
    place: Place | None = described(Nested(Place), "where; left out only for a virtual event without a host")
    places: tuple[Place, ...] = described(
        ListOf(Nested(Place), filled=True), "instead of place, where it was held in several", default=()
    )
    chair: str | None = described(_PARTY, "the country or organization that chaired")
    chairs: tuple[str, ...] = described(
        ListOf(_PARTY, filled=True), "instead of chair, where several chaired together", default=()
    )
    summary: str = described(Text(), "one to three sentences in our own words", required=True)
    roster: str = described(Term(("rosters",)), "whether every delegation is listed", required=True)
    participants: tuple[Participation, ...] = described(
        ListOf(Nested(Participation)), "who came, or stayed away", required=True
    )
    mentions: tuple[Mention, ...] = described(
        ListOf(Nested(Mention)), "what was said: one entry per theme, actor and point", required=True, key="themes"
    )
    outcomes: tuple[Outcome, ...] = described(
        ListOf(Nested(Outcome)), "what came of it; empty if none is reported", required=True
    )
    joint_document: bool | None = described(
        YesNo(), "whether a text that all issued together came out, where a source says so and the outcomes do not"
    )
    eligible: tuple[str, ...] = described(
        ListOf(Term(("countries",)), filled=True),
        "of an exercise: the countries that were free to take part",
        default=(),
    )
    related: tuple[str, ...] = described(ListOf(Identifier()), "ids of other records", default=())
    former_ids: tuple[str, ...] = described(
        ListOf(Identifier()), "earlier ids, whose addresses still answer", default=()
    )
    sources: tuple[Source, ...] = described(
        ListOf(Nested(Source), filled=True), "the published texts that support the record", required=True
    )
    note: str | None = described(Text(), "what is uncertain, or where sources disagree")
    title_reconstructed: bool = described(YesNo(), "true where the title is not the organizer's", default=False)
    reviewed: Review | None = described(Nested(Review), "the second reading, where there was one")

    @property
    def last(self) -> PartialDate:
        """The end as recorded; the start where none is."""
        return self.end or self.start

    @property
    def first_day(self) -> dt.date:
        """The first day on which it may have begun."""
        return (self.earliest or self.start).first

    @property
    def last_day(self) -> dt.date:
        """The last day on which it may have ended."""
        return (self.latest or self.last).last

    @property
    def held_in(self) -> tuple[Place, ...]:
        """Where it was held; nowhere for a virtual event without a host."""
        return self.places or ((self.place,) if self.place else ())

    @property
    def chaired_by(self) -> tuple[str, ...]:
        """Who chaired, alone or together."""
        return self.chairs or ((self.chair,) if self.chair else ())

    @property
    def held(self) -> bool:
        """Whether it took place, so that listed delegations attended and were not merely expected."""
        return self.status == "held"

    def check(self, node: yaml.Node, reader: Reader) -> bool:
        """Whether the parts of the record agree with one another; reports what does not."""
        before = len(reader.problems)
        check_days(self, node, reader)
        check_instead(self, node, reader)
        check_joint_document(self, node, reader)
        keys = self._source_keys(node, reader)
        for name, items in (("themes", self.mentions), ("outcomes", self.outcomes)):
            for index, item in enumerate(items):
                if not keys.issuperset(item.sources):
                    self._unknown_sources(node, reader, name, index, item.sources, keys)
        check_participants(self, node, reader)
        return len(reader.problems) == before

    def _source_keys(self, node: yaml.Node, reader: Reader) -> set[str]:
        keys: set[str] = set()
        for index, source in enumerate(self.sources):
            if source.id in keys:
                at = ("sources", index, "id")
                reader.wrong("duplicate-source", child(node, *at), "each source id once", f"{source.id} again", at=at)
            keys.add(source.id)
        return keys

    @staticmethod
    def _unknown_sources(
        node: yaml.Node, reader: Reader, name: str, index: int, sources: tuple[str, ...], keys: set[str]
    ) -> None:
        for position, source in enumerate(sources):
            if source not in keys:
                at = (name, index, "sources", position)
                near = reader.near(source, keys)
                hint = f"did you mean {near}?" if near else f"sources here: {', '.join(sorted(keys))}"
                reader.wrong(
                    "unknown-source", child(node, *at), "the id of a source of this record", shown(source), hint, at=at
                )
