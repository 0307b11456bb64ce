"""The closed vocabularies: every word that a record may use, each defined.

A vocabulary is one YAML file, a mapping from id to entry, in the order in which it is shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from lib.problems import Problem, in_order
from lib.records.dates import PartialDate
from lib.records.document import Document, compose, describe
from lib.records.fields import BAD, Date, Identifier, ListOf, Nested, Number, Term, Text, Url, YesNo, described
from lib.records.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A word with its label and meaning."""

    label: str = described(Text(), "the name shown", required=True)
    short: str | None = described(Text(), "a shorter name for charts")
    definition: str = described(Text(), "what it means", default="")
    proper: bool = described(YesNo(), "true where the label begins with a name, and so keeps its capital in a sentence", default=False)

    @property
    def brief(self) -> str:
        """The shorter name where there is one."""
        return self.short or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Entry):
    """A kind of event; meetings, exercises and transfers are counted apart."""

    family: str = described(Term((), ("meeting", "exercise", "transfer")), "meeting, exercise or transfer", required=True)


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
    standing: str = described(Text(), "member, observer, dialogue-partner or partner", required=True)
    start: PartialDate | None = described(Date(), "first day; left out where unknown", key="from")
    end: PartialDate | None = described(Date(), "the day it ended", key="to")
    source: str | None = described(Url(), "where that is published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Entry):
    """An organization or forum with its members; no memberships means not researched."""

    founded: PartialDate | None = described(Date(), "when it was founded")
    memberships: tuple[Membership, ...] | None = described(ListOf(Nested(Membership), lenient=True), "who belonged to it, from when")


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
    start: PartialDate | None = described(Date(), "first day; left out where it reaches back to the first meeting", key="from")
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
    countries: tuple[CountryOffice, ...] = described(ListOf(Nested(CountryOffice), lenient=True), "countries of which the office is known", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym(Entry):
    """Words of a reader's that the records write otherwise: an office's own name, the spellings of a name, another word for the same."""

    words: tuple[str, ...] = described(ListOf(Text()), "the words that mean the same", required=True)
    country: str | None = described(Term(("countries",)), "whose office it is; left out for names and words")
    offices: tuple[str, ...] = described(ListOf(Text()), "the office as records name it", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Entry):
    """Where publishers have their seat, by the host of their address."""

    country: str | None = described(Term(("countries",)), "ISO 3166-1 alpha-3; left out for bodies of several states")
    hosts: tuple[str, ...] = described(ListOf(Text()), "hosts, those below them included", required=True)


FILES: Mapping[str, type] = {
    "countries": Country, "organizations": Organization, "groups": Entry, "series": Series, "kinds": Kind, "statuses": Entry,
    "modes": Entry, "rosters": Entry, "capacities": Entry, "levels": Level, "themes": Theme, "mention-forms": Entry,
    "outcome-forms": OutcomeForm, "source-kinds": Entry, "places": City, "offices": Offices,
    "synonyms": Synonym, "publisher-seats": Seat,
}
"""The vocabularies, each in a file of that name; one that others refer to comes before them."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All vocabularies, each a mapping from id to entry in the order of its file."""

    entries: Mapping[str, Mapping[str, Any]]
    problems: tuple[Problem, ...] = ()
    digest: str = ""

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        return self.entries[name]

    def label(self, name: str, key: str | None) -> str:
        """The label of a word, its short name where there is one and ``name`` asks for it; else the word."""
        if key is None:
            return ""
        entry = self.entries[name].get(key)
        return entry.label if entry else key

    def brief(self, name: str, key: str) -> str:
        """The shorter label of a word."""
        entry = self.entries[name].get(key)
        return entry.brief if entry else key

    def party(self, key: str) -> str:
        """The short name of a country, an organization or ``joint``."""
        if key == "joint":
            return "Joint text"
        if key in self.entries["countries"]:
            return self.entries["countries"][key].label
        return self.brief("organizations", key)

    def family(self, kind: str) -> str:
        """meeting, exercise or transfer."""
        entry = self.entries["kinds"].get(kind)
        return entry.family if entry else "meeting"

    def below(self, theme: str) -> tuple[str, ...]:
        """A theme with all that lie below it."""
        found = [theme]
        for word in found:
            found.extend(child for child in self.children.get(word, ()) if child not in found)
        return tuple(found)

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The themes directly below each parent."""
        found: dict[str, list[str]] = {}
        for word, theme in self.entries["themes"].items():
            if theme.parent:
                found.setdefault(theme.parent, []).append(word)
        return MappingProxyType({parent: tuple(words) for parent, words in found.items()})

    @cached_property
    def joint_forms(self) -> frozenset[str]:
        """The outcome forms that are a text which all issued together."""
        return frozenset(word for word, form in self.entries["outcome-forms"].items() if form.joint_text)

    @cached_property
    def actors(self) -> frozenset[str]:
        """Every word that can have made a point."""
        return frozenset([*self.entries["countries"], *self.entries["organizations"], "joint"])

    def standing(self, organization: str, country: str, day: Any) -> str | None:
        """A country's standing in an organization on a day.

        ``"none"`` where the memberships are known and give it none; None where they are not known,
        or where the day lies within the uncertainty of a date.
        """
        entry = self.entries["organizations"].get(organization)
        if entry is None or entry.memberships is None:
            return None
        uncertain = False
        for period in entry.memberships:
            if period.country != country:
                continue
            if period.end and day >= period.end.last:
                continue
            if period.start is None:
                uncertain = True
                continue
            if day >= period.start.last and (not period.end or day < period.end.first):
                return period.standing
            uncertain |= day >= period.start.first
        return None if uncertain else "none"


def load_vocabulary(folder: Path, shipped: Path | None = None) -> Vocabulary:
    """The vocabularies in ``folder``; a bad entry is left out and named in ``problems``.

    A file that ``folder`` lacks is taken from ``shipped``. Raises FileNotFoundError where that has
    none either.
    """
    entries: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    digest = hashlib.blake2b(digest_size=16)
    for name, model in FILES.items():
        path = folder / f"{name}.yaml"
        if shipped and not path.is_file():
            path = shipped / path.name
        if not path.is_file():
            raise FileNotFoundError(f"{path}: this vocabulary is missing; copy it from data/vocabulary")
        data = path.read_bytes()
        digest.update(name.encode() + b"\0" + data)
        document = compose(f"vocabulary/{path.name}", data)
        if isinstance(document, Problem):
            problems.append(document)
            entries[name] = MappingProxyType({})
            continue
        reader = Reader(document.file, entries)
        entries[name] = MappingProxyType(_entries(document, reader, model))
        problems.extend(reader.problems)
    return Vocabulary(MappingProxyType(entries), in_order(problems), digest.hexdigest())


def _entries(document: Document, reader: Reader, model: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in document.root.value:
        word = key.value
        if not isinstance(key, yaml.ScalarNode):
            reader.wrong("wrong-type", key, "a word as key", describe(key))
            continue
        if word in found:
            reader.wrong("duplicate-key", key, "each word once", f"{word} again", at=(word,))
            continue
        reader.path.append(word)
        entry = reader.mapping(_without_nulls(value), model)
        reader.path.pop()
        if entry is not BAD:
            found[word] = entry
    return found


def _without_nulls(node: yaml.Node) -> yaml.Node:
    """The entry without the keys that are written as null: in a vocabulary, null says 'not known'."""
    if isinstance(node, yaml.MappingNode):
        node.value = [(key, _without_nulls(value)) for key, value in node.value if value.tag != "tag:yaml.org,2002:null"]
    elif isinstance(node, yaml.SequenceNode):
        node.value = [_without_nulls(value) for value in node.value]
    return node


def names(vocabulary: Vocabulary) -> Mapping[str, Iterable[str]]:
    """The words of each vocabulary, as the reader of records needs them."""
    return vocabulary.entries
