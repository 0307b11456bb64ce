"""What of a record two coders are compared by, as one of them coded it: a ``Coding``, read from a record or from a file.

The files of ``data/double-coding`` have the keys of a record, without the texts (title, summary, points) and without the sources.
Each round of double coding has a folder of its own there: the list of what was drawn, ``first/`` with the records as they were, and
the second coding of every record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from lib.records.model import Event
from lib.vocabulary import Vocabulary

FOLDER = Path(__file__).resolve().parents[1] / "data" / "double-coding"
"""Where the rounds are kept; no folder of events, so no page and no check reads it."""

DRAWN = "drawn.yaml"
"""The list of a round: what was drawn, how, and from what."""

SINGLE: Mapping[str, str | None] = {
    "kind": "kinds",
    "status": "statuses",
    "start": None,
    "end": None,
    "mode": "modes",
    "place": "countries",
    "chair": None,
    "roster": "rosters",
}
"""The fields with one value for an event, and the vocabulary of each that has one."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation as coded."""

    party: str
    capacity: str
    level: str | None = None
    name: str | None = None
    attended: bool = True


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder's values for one event. ``single`` has every key of SINGLE; no chair is the word ``none``."""

    id: str
    single: Mapping[str, str]
    delegations: tuple[Delegation, ...] = ()
    themes: tuple[tuple[str, str, str], ...] = ()
    """Theme, actor and form of every entry."""
    outcomes: tuple[str, ...] = ()
    """The form of every outcome."""
    read: tuple[str, ...] = ()
    """The sources that the second coder found; of a first coding, none."""
    not_found: tuple[str, ...] = field(default=())
    grounds: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """The sources of the points on a theme by an actor; of a second coding, none."""


def compared(event: Event) -> dict[str, Any]:
    """The compared fields of a record, with its own keys, to be written to a file."""
    people = (
        {
            "country": p.country,
            "organization": p.organization,
            "capacity": p.capacity,
            "level": p.level,
            "name": p.name,
            "attended": None if p.attended else False,
        }
        for p in event.participants
    )
    values = {
        "id": event.id,
        "kind": event.kind,
        "status": event.status,
        "start": event.start.text,
        "end": event.end.text if event.end else None,
        "mode": event.mode,
        "place": {"country": event.held_in[0].country} if event.held_in else None,
        "chair": event.chair,
        "roster": event.roster,
        "participants": [{key: value for key, value in person.items() if value is not None} for person in people],
        "themes": [{"theme": m.theme, "by": m.by, "form": m.form, "sources": list(m.sources)} for m in event.mentions],
        "outcomes": [{"form": outcome.form} for outcome in event.outcomes],
    }
    return {key: value for key, value in values.items() if value is not None}


def as_yaml(values: Mapping[str, Any]) -> str:
    """The text of a file: an entry of a list on a line, as records have it."""
    lines = []
    for key, value in values.items():
        if isinstance(value, list) and value:
            lines.append(f"{key}:")
            lines += [f"  - {_flow(entry)}" for entry in value]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    return (
        yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
        .removesuffix("...\n")
        .strip()
    )


def coding(values: Mapping[str, Any]) -> Coding:
    """The coding in the values of a file. An end that is left out is the start, a level that is left out of an attendance ``unknown``."""
    single = {key: str(values.get(key) or "none") for key in SINGLE}
    single["place"] = (
        values["place"]["country"] if "place" in values else "none"
    )  # A virtual meeting without a host has none.
    single["end"] = str(values.get("end") or values["start"])
    people = tuple(
        Delegation(
            p.get("country") or p["organization"],
            p["capacity"],
            p.get("level", "unknown") if p.get("attended", True) else None,
            p.get("name"),
            p.get("attended", True),
        )
        for p in values["participants"] or ()
    )
    themes = tuple((entry["theme"], entry["by"], entry["form"]) for entry in values["themes"] or ())
    grounds: dict[tuple[str, str], frozenset[str]] = {}
    for entry in values["themes"] or ():
        key = entry["theme"], entry["by"]
        grounds[key] = grounds.get(key, frozenset()) | frozenset(entry.get("sources", ()))
    return Coding(
        values["id"],
        single,
        people,
        themes,
        tuple(entry["form"] for entry in values["outcomes"] or ()),
        tuple(values.get("read") or ()),
        tuple(values.get("not_found") or ()),
        {key: ids for key, ids in grounds.items() if ids},
    )


def read_coding(path: Path) -> Coding:
    """The coding in a file; ValueError where the file is named after another record."""
    found = coding(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    if found.id != path.stem:
        raise ValueError(f"{path}: the coding of {found.id}")
    return found


def unknown_words(made: Coding, words: Vocabulary) -> list[str]:
    """The values of a coding that no vocabulary has."""
    parties = {*words["countries"], *words["organizations"]}
    wrong = [
        f"{key} {made.single[key]}"
        for key, name in SINGLE.items()
        if name and made.single[key] not in words[name] and (key, made.single[key]) != ("place", "none")
    ]
    wrong += [f"chair {made.single['chair']}"] if made.single["chair"] not in {*parties, "none"} else []
    for one in made.delegations:
        wrong += [one.party] if one.party not in parties else []
        wrong += [one.capacity] if one.capacity not in words["capacities"] else []
        wrong += [str(one.level)] if one.attended and one.level not in words["levels"] else []
    for theme, by, form in made.themes:
        wrong += [theme] if theme not in words["themes"] else []
        wrong += [by] if by not in {*parties, "joint"} else []
        wrong += [form] if form not in words["mention-forms"] else []
    return wrong + [form for form in made.outcomes if form not in words["outcome-forms"]]
