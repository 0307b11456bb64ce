"""Whether the keys of a record agree with one another: days, mutually exclusive keys, repetitions.

Each check reports to the reader; what it reports sets the record aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import yaml

from lib.problems import shown
from lib.records.reader import child

if TYPE_CHECKING:
    from lib.records.model import Event
    from lib.records.reader import Reader


def check_days(event: Event, node: yaml.Node, reader: Reader) -> None:
    """The end is not before the start, and the uncertain days hold both."""
    if event.end and event.end.last < event.start.first:
        reader.wrong(
            "reversed-dates",
            child(node, "end"),
            f"an end not before the start {event.start}",
            shown(event.end),
            at=("end",),
        )
    if event.earliest and event.earliest.first > event.start.last:
        reader.wrong(
            "reversed-dates",
            child(node, "earliest"),
            f"a day not after the start {event.start}",
            shown(event.earliest),
            at=("earliest",),
        )
    if event.latest and event.latest.last < event.last.first:
        reader.wrong(
            "reversed-dates",
            child(node, "latest"),
            f"a day not before the end {event.last}",
            shown(event.latest),
            at=("latest",),
        )
    if event.earliest and event.latest and event.latest.last < event.earliest.first:
        reader.wrong(
            "reversed-dates",
            child(node, "latest"),
            f"a day not before the earliest {event.earliest}",
            shown(event.latest),
            at=("latest",),
        )


def check_instead(event: Event, node: yaml.Node, reader: Reader) -> None:
    """Either a place or several, either a chair or several; no place only for a virtual event."""
    if event.place and event.places:
        reader.wrong("one-of", child(node, "places"), "either place or places", "both", at=("places",))
    if not event.held_in and event.mode != "virtual":
        reader.wrong(
            "missing-key",
            node,
            "the key place (where; left out only for a virtual event without a host)",
            "no such key",
            at=("place",),
        )
    if event.chair and event.chairs:
        reader.wrong("one-of", child(node, "chairs"), "either chair or chairs", "both", at=("chairs",))
    for name, values in (("places", event.places), ("chairs", event.chairs)):
        if len(values) == 1:
            reader.wrong(
                "one-of", child(node, name), f"at least two {name}", "one", f"use the key {name[:-1]}", at=(name,)
            )


def check_participants(event: Event, node: yaml.Node, reader: Reader) -> None:
    """Each delegation or person once, and no delegation both present and absent: only a named person can be absent from a delegation that came."""
    came = {person.party for person in event.participants if person.attended}
    seen: set[tuple[str, str | None]] = set()
    for index, person in enumerate(event.participants):
        at = ("participants", index)
        if (person.party, person.name) in seen:
            found = " ".join(part for part in (person.party, person.name) if part)
            reader.wrong(
                "duplicate-participant", child(node, *at), "each delegation or person once", f"{found} again", at=at
            )
        elif not person.attended and person.name is None and person.party in came:
            reader.wrong(
                "contradiction",
                child(node, *at),
                "no absence of a delegation that came",
                f"{person.party} both attended and stayed away",
                "name the person who stayed away, or take one of the two entries out",
                at=at,
            )
        seen.add((person.party, person.name))


def check_joint_document(event: Event, node: yaml.Node, reader: Reader) -> None:
    """``joint_document`` does not contradict an outcome."""
    if event.joint_document is None:
        return
    forms = [outcome.form for outcome in event.outcomes]
    if event.joint_document:
        against = [form for form in forms if form == "no-joint-document"]
    else:
        known = reader.terms.get("outcome-forms")
        # A reader that was given bare words, without their entries, cannot tell which of them are joint texts.
        against = [form for form in forms if known[form].joint_text] if isinstance(known, Mapping) else []
    if against:
        reader.wrong(
            "contradiction",
            child(node, "joint_document"),
            f"what the outcome {against[0]} says",
            str(event.joint_document).lower(),
            "the outcomes say it: take the key out",
            at=("joint_document",),
        )
