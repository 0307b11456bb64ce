"""Keep data/vocabulary/people.yaml, the registry of people, up to the records: ``python -m scripts.people [--check]``.

It adds an entry for every name of the records that the registry does not know, brings the offices and the days of the others up to
date, and puts the one spelling of a person (the label) into records that use another. What a person has to decide is asked for, one
line each: a new name that looks like a known person's. Put such a name among the ``aliases`` of that person, take its own entry out
and run this again. ``--check`` only says what is to be done and returns 1 where that is anything.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from lib.records.dates import PartialDate
from lib.records.model import Event, Participation
from lib.store import Store, data_folder, resource
from lib.text import folded, listed
from lib.transliteration import spelling_key
from lib.vocabulary import Vocabulary
from lib.vocabulary.entries import HeldOffice, Person
from lib.vocabulary.people import Registry

FILE = "people.yaml"
HEAD = """\
# The people whom the records name: one person, one entry, one spelling. Kept by python -m scripts.people (make people).
# label is the spelling that every record uses; aliases are the others that sources and readers use, earlier names among them. A name belongs to one
# person of a country or organization. offices are those in which the records name the person: seen_from and seen_to are the first and the last event at
# which they do (source is the first), no term of office; from and to are the term, where published says so. sources say where the full name is
# published, or that two names or two offices are one person's; nobody is joined to another on a likeness alone.
# Source: the records of data/events; labels are their commonest full spelling.

"""
RANKS = re.compile(
    r"^(?:(?:gen|lt|maj|col|adm|vice|rear|admiral|general|lieutenant|major|colonel|dr|mr|ms|mrs|shri|smt|sir|prof)\.?\s+)+",
    re.IGNORECASE,
)
"""Titles and ranks before a name, which are not part of it."""

_OF_THE_DAY = re.compile(r"\s*\((?:by video.*|video.*|in [A-Z].*|at the .*|chairman of the meeting)\)$")
"""Parts of recorded offices that describe the meeting rather than the office."""

_WITH_ARTICLE = ("United ", "Philippines", "Netherlands", "Maldives", "Gambia", "Comoros", "Central African Republic")
"""How the names of countries begin that take an article in a sentence."""

Named = Sequence[tuple[Event, Participation]]


def named(events: Iterable[Event]) -> Named:
    """Every participation with a name, in order of day."""
    return [(event, part) for event in events for part in event.participants if part.name]


def slug(name: str) -> str:
    """An id for a name: ``Bakhtiyor Saidov`` is ``bakhtiyor-saidov``."""
    return "-".join(re.findall(r"[a-z0-9]+", folded(name.replace("'", "").replace("’", "")))) or "person"


def offices(rows: Named, known: Sequence[HeldOffice] = ()) -> tuple[HeldOffice, ...]:
    """The offices of one person's rows by first day, with the terms that ``known`` has."""
    terms = {(held.organization, held.office): held for held in known}
    found: dict[tuple[str | None, str], HeldOffice] = {}
    for event, part in rows:
        office = _OF_THE_DAY.sub("", part.role) if part.role else ""
        key = part.organization, office
        if not office:
            continue
        first = found.get(key)
        if first is None:
            term = terms.get(key)
            more = {"start": term.start, "end": term.end, "published": term.published} if term else {}
            found[key] = HeldOffice(
                office=office, organization=part.organization, seen_from=event.start, source=event.id, **more
            )
        else:
            found[key] = dataclasses.replace(first, seen_to=event.start)
    return tuple(found.values())


def definition(rows: Named, vocabulary: Vocabulary) -> str:
    """Whom the person represented and in which office most often, in one sentence."""
    came = [part for event, part in rows if part.attended and event.held]
    parts = []
    for party in dict.fromkeys(part.party for _, part in rows):
        held = Counter(_OF_THE_DAY.sub("", part.role) for _, part in rows if part.party == party and part.role)
        office = f" as {held.most_common(1)[0][0]}" if held else ""
        country = party in vocabulary["countries"]
        label = vocabulary.label("countries" if country else "organizations", party)
        article = "the " if not country or label.startswith(_WITH_ARTICLE) else ""
        parts.append(f"{article}{label}{office}")
    return f"{'Represented' if came else 'Was named to represent'} {listed(parts)}."


def likely(name: str, party: str, registry: Mapping[str, Person]) -> list[str]:
    """The ids of people of that party of whom ``name`` may be another spelling: one of the two names holds every word of the other.

    An initial is held by a word that begins so.
    """
    return [
        key
        for key, person in registry.items()
        if party in person.parties and any(_holds(name, other) or _holds(other, name) for other in person.names)
    ]


def _holds(longer: str, shorter: str) -> bool:
    words, other = (
        [spelling_key(word) or folded(word) for word in re.findall(r"[^\W\d_]+", RANKS.sub("", name))]
        for name in (longer, shorter)
    )
    return any(len(word) > 1 for word in other) and all(
        word in words if len(word) > 1 else any(one.startswith(word) for one in words) for word in other
    )


def brought_up(vocabulary: Vocabulary, events: Sequence[Event]) -> tuple[dict[str, Person], list[str]]:
    """The registry as the records want it, in order of id, and a line for each thing that a person has to look at."""
    people = dict(vocabulary["people"])
    rows: dict[str, list[tuple[Event, Participation]]] = {}
    added: dict[tuple[str, str], str] = {}
    lines = []
    for event, part in named(events):
        assert part.name
        key = vocabulary.people.of(part.name, part.party)
        if key is None:
            key = added.get((part.name, part.party))
        if key is None:
            key = slug(part.name)
            if key in people and part.party in people[key].parties:
                people[key] = dataclasses.replace(people[key], aliases=(*people[key].aliases, part.name))
                lines.append(f"{key}: {part.name} of {event.id} is the same but for dots and spaces")
            else:
                near = likely(part.name, part.party, people)
                key = f"{key}-{part.party.lower()}" if key in people else key
                people[key] = Person(label=part.name, country=part.country, organization=part.organization)
                lines.append(
                    f"{key}: new, {part.party}, first in {event.id}"
                    + (f" - is it {listed(near, 'or')}?" if near else "")
                )
            added[part.name, part.party] = key
        rows.setdefault(key, []).append((event, part))
    for key, person in list(people.items()):
        own = rows.get(key)
        if own is None and (person.aliases or person.sources):
            lines.append(f"{key}: no record names this person any more; the entry stays for its other names")
            people[key] = dataclasses.replace(person, offices=())
        elif own is None:
            lines.append(f"{key}: taken out, no record names this person any more")
            del people[key]
        if own is None:
            continue
        text = (
            person.definition
            if person.definition and not person.definition.startswith(("Represented", "Was named"))
            else definition(own, vocabulary)
        )
        people[key] = dataclasses.replace(person, definition=text, offices=offices(own, person.offices))
    return dict(sorted(people.items())), lines


def written(people: Mapping[str, Person]) -> str:
    """The registry as YAML, one key a line."""
    lines = [HEAD]
    for key, person in people.items():
        lines.append(f"{key}:\n  label: {_scalar(person.label)}\n  definition: {_scalar(person.definition)}\n")
        lines += [
            f"  {name}: {_scalar(value)}\n"
            for name, value in (("country", person.country), ("organization", person.organization))
            if value
        ]
        for name, values in (("aliases", person.aliases), ("sources", person.sources)):
            if values:
                lines.append(f"  {name}:\n" + "".join(f"    - {_scalar(value)}\n" for value in values))
        if person.offices:
            lines.append("  offices:\n")
        for held in person.offices:
            said = (
                ("office", held.office),
                ("organization", held.organization),
                ("seen_from", held.seen_from),
                ("seen_to", held.seen_to),
                ("source", held.source),
                ("from", held.start),
                ("to", held.end),
                ("published", held.published),
            )
            lines += [
                f"    {'-' if name == 'office' else ' '} {name}: {_scalar(value)}\n" for name, value in said if value
            ]
    return "".join(lines)


def _scalar(value: str | PartialDate) -> str:
    """A value as YAML writes it on one line; a month or a year in quotes, a day plain."""
    if isinstance(value, PartialDate):
        return value.text if value.precision == "day" else f"'{value.text}'"
    return yaml.safe_dump(value, allow_unicode=True, width=10**6).removesuffix("\n").removesuffix("\n...")


def respelled(text: str, event: Event, registry: Registry) -> str:
    """The record's text with every person's name in the one spelling; all else stays as it is."""
    for part in event.participants:
        key = registry.of(part.name, part.party)
        label = registry.people[key].label if key else part.name
        if part.name and label and label != part.name:
            old = "|".join(
                re.escape(way) for way in {part.name, _scalar(part.name), f"'{part.name}'", f'"{part.name}"'}
            )
            text = re.sub(
                rf"(\bname: )(?:{old})(?=\s*(?:[,}}\n]|$))",
                lambda found, label=label: found.group(1) + _in_flow(label),
                text,
            )
    return text


def _in_flow(label: str) -> str:
    return f"'{label}'" if re.search(r"[,\[\]{}:#']", label) else label


def main(arguments: Sequence[str]) -> int:
    """Write the registry and the spellings of the data folder, or say what is to be done; 1 where a record is set aside, or with ``--check`` where something is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    folder = data_folder()
    snapshot = Store(folder).current()
    vocabulary, catalog = snapshot.vocabulary, snapshot.catalog
    if vocabulary.problems:
        print(*vocabulary.problems, sep="\n")
        return 1
    people, lines = brought_up(vocabulary, catalog.events)
    path, text = resource(folder, "vocabulary") / FILE, written(people)
    stale = not path.is_file() or path.read_text("utf-8") != text
    registry, spelled = Registry(people), {}
    for record in catalog.files.values():
        if record.event is not None and not record.stale:
            new = respelled(record.text, record.event, registry)
            if new != record.text:
                spelled[record.file] = record.text, new
    for line in lines:
        print(line)
    if not asked.check:
        for file, (old, new) in spelled.items():
            _replace(folder / "events" / file, old, new)
        if stale:
            path.write_text(text, "utf-8")
    done = "to be brought up to date" if asked.check else "brought up to date"
    print(
        f"{len(people)} people; {FILE} {f'is {done}' if stale else 'is up to date'}; {len(spelled)} records {'to be ' if asked.check else ''}respelled"
    )
    for file in spelled:
        print(f"  {file}")
    return 1 if asked.check and (stale or spelled) else 0


def _replace(path: Path, old: str, new: str) -> None:
    """Write ``new`` unless somebody has changed the file meanwhile."""
    if path.read_text("utf-8-sig") == old:
        path.write_text(new, "utf-8")
    else:
        print(f"  {path.name} was edited meanwhile: run this again")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
