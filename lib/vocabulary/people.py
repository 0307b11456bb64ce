"""The registry of people: who is meant by a name.

A name - a label or an alias - belongs to one person of a country or organization; two persons of
different ones may share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lib.problems import shown
from lib.records.document import Document
from lib.records.reader import Reader, child
from lib.text import folded
from lib.vocabulary.entries import Person


class Registry:
    """Finds people by name; letter case and accents do not matter."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self.people = people
        self._by_party = {
            (folded(name), party): key
            for key, person in people.items()
            for name in person.names
            for party in person.parties
        }
        self._called: dict[str, tuple[str, ...]] = {}
        for key, person in people.items():
            for name in dict.fromkeys(map(folded, person.names)):
                self._called[name] = (*self._called.get(name, ()), key)
        self._called.update({key: (key,) for key in people})
        self._seen: dict[tuple[str | None, str], str | None] = {}

    def of(self, name: str | None, party: str) -> str | None:
        """The id of the person of that name who represents ``party``; None for a name that is not in the registry."""
        try:
            return self._seen[name, party]
        except KeyError:
            found = self._by_party.get((folded(name), party)) if name else None
            self._seen[name, party] = found
            return found

    def called(self, text: str) -> tuple[str, ...]:
        """The ids of all whom ``text`` may mean: an id, a label or an alias."""
        return self._called.get(folded(text), ())

    def label(self, key: str) -> str:
        """The person's name, with what she or he represented where another has the same; of an unknown id the id."""
        person = self.people.get(key)
        if person is None:
            return key
        return (
            person.label
            if len(self.called(person.label)) == 1
            else f"{person.label} ({', '.join(sorted(person.parties))})"
        )


def without_shared_names(people: Mapping[str, Person], document: Document, reader: Reader) -> dict[str, Person]:
    """The people without the names that somebody before them has; each is reported.

    A shared alias is left out, a person whose label is shared as well.
    """
    owners: dict[tuple[str, str], str] = {}
    kept: dict[str, Person] = {}
    for key, person in people.items():
        label, *aliases = (_owner(owners, name, person) for name in person.names)
        own = []
        for position, (alias, owner) in enumerate(zip(person.aliases, aliases, strict=True)):
            if owner or folded(alias) in map(folded, (person.label, *own)):
                _report(document, reader, (key, "aliases", position), alias, owner or key)
            else:
                own.append(alias)
        if label:
            _report(document, reader, (key, "label"), person.label, label)
            continue
        kept[key] = person if len(own) == len(person.aliases) else replace(person, aliases=tuple(own))
        owners.update({(folded(name), party): key for name in kept[key].names for party in person.parties})
    return kept


def _owner(owners: Mapping[tuple[str, str], str], name: str, person: Person) -> str | None:
    return next((owner for party in person.parties if (owner := owners.get((folded(name), party)))), None)


def _report(document: Document, reader: Reader, at: tuple[str | int, ...], name: str, owner: str) -> None:
    reader.wrong(
        "duplicate-name",
        child(document.root, *at),
        "a name that no other person of the country or organization has",
        f"{shown(name)}, a name of {owner}",
        "take it out here, or merge the two entries",
        at=at,
    )
