"""What an entry of each vocabulary may say: frozen models whose fields are described once, as a record's are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from lib.records.dates import PartialDate
from lib.records.fields import ListOf, Nested, described
from lib.records.model import STANDINGS
from lib.records.reader import child
from lib.records.scalars import Date, Identifier, Number, Term, Text, Url, YesNo

if TYPE_CHECKING:
    from lib.records.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A word with its label and meaning."""

    label: str = described(Text(), "the name shown", required=True)
    short: str | None = described(Text(), "a shorter name for charts")
    definition: str = described(Text(), "what it means", default="")
    proper: bool = described(
        YesNo(), "true where the label begins with a name, and so keeps its capital in a sentence", default=False
    )

    @property
    def brief(self) -> str:
        """The shorter name where there is one."""
        return self.short or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Entry):
    """A kind of event; meetings, exercises and transfers are counted apart."""

    family: str = described(
        Term((), ("meeting", "exercise", "transfer")), "meeting, exercise or transfer", required=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Entry):
    """A level of office; ``rank`` 1 is the highest, None has no place in the order."""

    rank: float | None = described(Number(1, 99), "place in the order, 1 the highest")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeForm(Entry):
    """A form of outcome."""

    joint_text: bool = described(YesNo(), "whether it is a text that all issued together", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Entry):
    """A series of events, and how well it is covered."""

    group: str = described(Term(("groups",)), "the group whose colour it has", required=True)
    organization: str | None = described(Term(("organizations",)), "whose series it is")
    eligibility: str | None = described(Term(("organizations",)), "whose members send delegations")
    covered_from: PartialDate | None = described(Date(), "since when every event is recorded; left out where unknown")
    cadence: str | None = described(Text(), "how often it meets")
    completeness: str = described(Text(), "what the records hold and what is known to be missing", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Entry):
    """A theme; a parent includes its children."""

    parent: str | None = described(Identifier(), "the wider theme")
    full: str | None = described(Text(), "the words behind an abbreviation")
    aliases: tuple[str, ...] = described(ListOf(Text()), "other names a text may use", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A country's standing in an organization from a day on; ``to`` is the first day without it."""

    country: str = described(Term(("countries",)), "ISO 3166-1 alpha-3", required=True)
    standing: str = described(
        Term((), tuple(word for word in STANDINGS if word != "guest")), "the standing", required=True
    )
    start: PartialDate | None = described(Date(), "first day; left out where unknown", key="from")
    end: PartialDate | None = described(Date(), "the day it ended", key="to")
    source: str | None = described(Url(), "where that is published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Entry):
    """An organization or forum with its members; no memberships means not researched."""

    founded: PartialDate | None = described(Date(), "when it was founded")
    memberships: tuple[Membership, ...] | None = described(
        ListOf(Nested(Membership), lenient=True), "who belonged to it, from when"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Country(Entry):
    """A country or territory of ISO 3166-1, whatever its status."""

    official: str | None = described(Text(), "the full name")
    iso2: str | None = described(Text(), "ISO 3166-1 alpha-2")
    aliases: tuple[str, ...] = described(ListOf(Text()), "other names and adjectives", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city where events were held."""

    city: str = described(Text(), "its English name", required=True)
    country: str = described(Term(("countries",)), "ISO 3166-1 alpha-3", required=True)
    lat: float = described(Number(-90, 90), "degrees north", required=True)
    lon: float = described(Number(-180, 180), "degrees east", required=True)
    aliases: tuple[str, ...] = described(ListOf(Text()), "other and former names", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryOffice:
    """The office that a country is expected to send in a period; ``to`` is the first day without it."""

    country: str = described(Term(("countries",)), "ISO 3166-1 alpha-3", required=True)
    office: str = described(Text(), "the office", required=True)
    level: str = described(Term(("levels",)), "its level", required=True)
    start: PartialDate | None = described(
        Date(), "first day; left out where it reaches back to the first meeting", key="from"
    )
    end: PartialDate | None = described(Date(), "first day without it", key="to")
    source: str | None = described(Url(), "where that is published")
    note: str | None = described(Text(), "what a reader should know of it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices(Entry):
    """The office expected at the meetings of a series, and where a country's differs."""

    series: str = described(Term(("series",)), "the series", required=True)
    kind: str | None = described(Term(("kinds",)), "the kind of its meetings; left out for all")
    office: str = described(Text(), "the office that the series calls for", required=True)
    level: str = described(Term(("levels",)), "its level", required=True)
    source: str | None = described(Url(), "where that is published")
    countries: tuple[CountryOffice, ...] = described(
        ListOf(Nested(CountryOffice), lenient=True), "countries of which the office is known", default=()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym(Entry):
    """Words readers use for what the records call something else: the proper name of an office, spellings of a name, synonyms."""

    words: tuple[str, ...] = described(ListOf(Text()), "the words that mean the same", required=True)
    country: str | None = described(Term(("countries",)), "whose office it is; left out for names and words")
    offices: tuple[str, ...] = described(ListOf(Text()), "the office as records name it", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Entry):
    """Where publishers have their seat, by the host of their address."""

    country: str | None = described(Term(("countries",)), "ISO 3166-1 alpha-3; left out for bodies of several states")
    hosts: tuple[str, ...] = described(ListOf(Text()), "hosts, those below them included", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Entry):
    """An attack or another single occurrence of which participants speak."""

    date: PartialDate = described(Date(), "its first day", required=True)
    source: str = described(Url(), "where the day is reported", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOffice:
    """An office in which the records name a person; when it was held is said only where a source gives it."""

    office: str = described(Text(), "the office, in English", required=True)
    organization: str | None = described(
        Term(("organizations",)), "whose office it is; left out for one of the person's country"
    )
    seen_from: PartialDate = described(
        Date(), "first day of the first event at which the records name the person in it", required=True
    )
    seen_to: PartialDate | None = described(
        Date(), "first day of the last such event; left out where there is one only"
    )
    source: str = described(Identifier(), "id of the first such event", required=True)
    start: PartialDate | None = described(Date(), "first day of the term, where published", key="from")
    end: PartialDate | None = described(Date(), "first day after the term, where published", key="to")
    published: str | None = described(Url(), "where the days of the term are published")

    def check(self, node: yaml.Node, reader: Reader) -> bool:
        """Whether the days agree with one another, and a term has its source; reports what does not."""
        before = len(reader.problems)
        if self.seen_to and self.seen_to.last < self.seen_from.first:
            reader.wrong(
                "reversed-dates",
                child(node, "seen_to"),
                f"a day not before {self.seen_from}",
                str(self.seen_to),
                at=("seen_to",),
            )
        if self.start and self.end and self.end.last < self.start.first:
            reader.wrong(
                "reversed-dates", child(node, "to"), f"a day not before {self.start}", str(self.end), at=("to",)
            )
        if (self.start or self.end) and not self.published:
            reader.wrong(
                "missing-key",
                node,
                "the key published (where the days of the term are published)",
                "no such key",
                at=("published",),
            )
        return len(reader.problems) == before


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entry):
    """A person whom the records name: ``label`` is the one spelling that they use."""

    country: str | None = described(Term(("countries",)), "the country represented, ISO 3166-1 alpha-3")
    organization: str | None = described(
        Term(("organizations",)), "the organization represented, besides a country or instead"
    )
    aliases: tuple[str, ...] = described(ListOf(Text()), "other spellings and names, of records or readers", default=())
    offices: tuple[HeldOffice, ...] = described(
        ListOf(Nested(HeldOffice)), "the offices in which the records name the person", default=()
    )
    sources: tuple[str, ...] = described(
        ListOf(Url()), "where the full name is published, or that two names or offices are one person's", default=()
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The label and every other spelling."""
        return self.label, *self.aliases

    @property
    def parties(self) -> frozenset[str]:
        """The countries and organizations that the person represented."""
        return frozenset({self.country, self.organization, *(held.organization for held in self.offices)} - {None})  # type: ignore[arg-type]

    def check(self, node: yaml.Node, reader: Reader) -> bool:
        """Whether somebody is represented; reports where nobody is."""
        if self.country is None and self.organization is None:
            reader.wrong("one-of", node, "a country, an organization or both", "neither")
            return False
        return True
