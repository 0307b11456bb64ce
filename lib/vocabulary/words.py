"""All vocabularies as one value: entries, labels, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from lib.keep import Kept
from lib.problems import Problem
from lib.vocabulary.people import Registry

MEETING = "meeting"
"""The voice of a meeting as such: what is recorded of all together, without a text that they issued."""

JOINT_TEXT = "joint-document"
"""The form of a point that stands in a text that all issued together."""

_VOICES = {"joint": "Joint text", MEETING: "The meeting"}

TOGETHER = tuple(_VOICES)
"""The voices of all together, in the order in which they stand before those of single actors."""


def voice(by: str, form: str) -> str:
    """Who speaks in a point: its actor, ``joint`` for a joint text, or ``meeting`` where a point of all stands in no such text."""
    return MEETING if by == "joint" and form != JOINT_TEXT else by


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All vocabularies, each a mapping from id to entry in the order of its file."""

    entries: Mapping[str, Mapping[str, Any]]
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    kept: Kept = field(init=False, repr=False, default_factory=Kept)
    """What was made of these words."""

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        return self.entries[name]

    def label(self, name: str, key: str | None) -> str:
        """The label of a word; else the word; nothing for a cell of a table that holds none."""
        if not isinstance(key, str):
            return ""
        entry = self.entries[name].get(key)
        return entry.label if entry else key

    def brief(self, name: str, key: str) -> str:
        """The shorter label of a word."""
        entry = self.entries[name].get(key)
        return entry.brief if entry else key

    def party(self, key: str) -> str:
        """The short name of a country, an organization, ``joint`` or ``meeting`` (see :func:`voice`)."""
        if key in _VOICES:
            return _VOICES[key]
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
    def people(self) -> Registry:
        """Who is who: the person behind a name."""
        return Registry(self.entries.get("people", {}))

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
