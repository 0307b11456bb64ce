"""Rules of the codebook that can be checked over the shipped records: who agreed, who belonged, where a person was, what was only announced."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator

import yaml

from lib.records.model import Event, Participation
from tests.samples import REAL_EVENTS, real, vocabulary

EVENTS = real().catalog.events
DAY = dt.timedelta(days=1)


def test_what_all_are_said_to_have_agreed_has_a_source_and_is_no_proposal():
    """Codebook 7.5 and 7.11."""
    joint = [(event.id, said) for event in EVENTS for said in event.mentions if said.by == "joint"]
    assert (
        joint
        and [(event_id, said.point) for event_id, said in joint if not said.sources or said.form == "proposal"] == []
    )


def test_a_joint_document_stands_among_the_outcomes():
    """Codebook 7.4: not every form of outcome is a text, but without any outcome there is none."""
    texts = {
        event
        for event in EVENTS
        if any(said.by == "joint" and said.form == "joint-document" for said in event.mentions)
    }
    assert (
        len(texts) > 50
        and [
            event.id
            for event in texts
            if not event.outcomes or {outcome.form for outcome in event.outcomes} == {"no-joint-document"}
        ]
        == []
    )


def test_every_actor_chair_and_party_is_in_the_vocabulary():
    """Read from the files themselves, past the reader that closes the vocabulary."""
    parties = {*vocabulary()["countries"], *vocabulary()["organizations"]}
    for path in REAL_EVENTS.glob("*.yaml"):
        values = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        used = {said["by"] for said in values["themes"]} - {"joint"}
        used |= {part.get("country") or part["organization"] for part in values["participants"]}
        used |= (
            {values[key] for key in ("chair",) if key in values}
            | set(values.get("chairs", []))
            | set(values.get("eligible", []))
        )
        assert used <= parties, path.name


def standings(event: Event) -> Iterator[tuple[Participation, set[str | None]]]:
    """Every country of an event of an organization whose members are known, with its standing on the day before, the first and the last day."""
    organization = vocabulary()["series"][event.series].eligibility
    known = vocabulary()["organizations"][organization].memberships if organization else None
    if not known:
        return
    researched = {period.standing for period in known}
    for part in event.participants:
        if part.country and part.capacity in researched & {"member", "observer", "dialogue-partner"}:
            yield (
                part,
                {
                    vocabulary().standing(organization, part.country, day)
                    for day in (event.first_day - DAY, event.first_day, event.last_day)
                },
            )


def test_members_observers_and_partners_are_those_of_the_day():
    """Codebook 4.4: the standing goes by the day of accession; one gained at the event itself may stand as either."""
    wrong = [
        (event.id, part.country, part.capacity, found)
        for event in EVENTS
        for part, found in standings(event)
        if part.capacity not in found and None not in found
    ]
    assert wrong == []


def plain_office(office: str) -> str:
    """The words of an office without their order, without small words and other ways to write the same."""
    words = re.findall(
        r"[a-z]+",
        office.lower()
        .replace("defense", "defence")
        .replace("councilor", "councillor")
        .replace("external affairs", "foreign affairs")
        .replace("affairs", ""),
    )
    return " ".join(sorted({*words} - {"of", "the", "for", "and", "a"}))


def test_an_office_of_a_state_has_one_spelling():
    """Codebook 4.10: else one person's office would count as two."""
    spelled: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in EVENTS:
        for part in event.participants:
            if part.role and not re.search(r"\d", part.role):
                spelled[part.party, plain_office(part.role)].add(part.role)
    # Of two offices in one hand the one that is acting makes a difference.
    assert (
        len(spelled) > 300
        and [roles for roles in spelled.values() if len(roles) > 1 and not any("cting" in role for role in roles)] == []
    )


TWO_SIDED = {"india-bilateral", "two-plus-two", "arms-transfer", "asean-india-dmm"}
WITHOUT_MEMBERSHIP = {
    "shangri-la",
    "goa-maritime-conclave",
    "ior-conclave",
    "dm-conclave",
    "indo-pacific-dialogue",
    "india-africa-dialogue",
    "nmft",
    "moscow-format",
    "afghan-neighbours",
    "afghan-four",
    "afghan-rsd",
}


def test_each_format_has_the_capacities_that_the_codebook_gives_it():
    """Codebook 4.6."""
    for event in EVENTS:
        states = {part.capacity for part in event.participants if part.country}
        organizations = {part.capacity for part in event.participants if part.organization}
        if event.series in TWO_SIDED:
            assert states | organizations <= {"party"}, event.id
        elif event.series in WITHOUT_MEMBERSHIP:
            assert states <= {"host", "participant"} and organizations <= {"participant"}, event.id
        elif vocabulary()["series"][event.series].organization:
            assert not states & {"party", "participant"} and organizations <= {"guest", "member"}, event.id


def test_an_office_has_one_level():
    """Codebook 5.3: a chairman or a president of an organization apart, and the foreign secretary, who is a minister in Britain alone."""
    levels: dict[tuple[bool, str], set[str]] = {}
    for event in EVENTS:
        for part in event.participants:
            if part.attended and part.role and part.country != "GBR" and part.level not in ("units", "unknown"):
                levels.setdefault((part.country is None, part.role), set()).add(part.level)
    assert {role: found for role, found in levels.items() if len(found) > 1} == {}


def test_a_host_that_states_its_standing_states_that_of_the_day():
    for event in EVENTS:
        organization = vocabulary()["series"][event.series].eligibility
        for part in event.participants:
            if part.standing and part.country and organization:
                assert vocabulary().standing(organization, part.country, event.first_day - DAY) in (
                    part.standing,
                    None,
                ), event.id


def test_nobody_is_in_two_places_on_one_day_without_a_note():
    """Meetings of a single day that a person attended in the room; flying from one to the other is possible, and the note says so."""
    there: dict[tuple[str, dt.date], list[Event]] = defaultdict(list)
    for event in EVENTS:
        if (
            event.held
            and event.mode != "virtual"
            and event.start.precision == event.last.precision == "day"
            and event.first_day == event.last_day
        ):
            for part in event.participants:
                key = vocabulary().people.of(part.name, part.party)
                if key and part.attended and part.mode != "virtual":
                    there[key, event.first_day].append(event)
    pairs = [
        (one, other) for events in there.values() for place, one in enumerate(events) for other in events[place + 1 :]
    ]
    apart = [
        (one, other)
        for one, other in pairs
        if not {(p.country, p.city) for p in one.held_in} & {(p.country, p.city) for p in other.held_in}
    ]
    assert pairs and [(one.id, other.id) for one, other in apart if not (one.note or other.note)] == []


def test_no_held_event_rests_on_texts_from_before_it_alone():
    """Codebook 1.3 and 1.4: announced is not held. A source without a day may be of any."""
    held = [event for event in EVENTS if event.held]
    assert [
        event.id
        for event in held
        if all(source.published and source.published.last < event.first_day for source in event.sources)
    ] == []


def test_no_participant_of_a_held_event_is_only_expected():
    """What an office or a point of a held event says is no announcement, and the mode is no part of an office (codebook 2.5)."""
    announced = re.compile(
        r"\b(?:expected to (?:attend|come|take part)|will (?:attend|come|take part|be represented)|is to attend|to be confirmed|announced participant|by video)\b",
        re.IGNORECASE,
    )
    assert [
        (event.id, part.role)
        for event in EVENTS
        if event.held
        for part in event.participants
        if part.role and announced.search(part.role)
    ] == []
    assert [
        (event.id, said.point)
        for event in EVENTS
        if event.held
        for said in event.mentions
        if re.search(r"\b(?:will attend|is expected to attend)\b", said.point)
    ] == []


def test_an_event_that_was_not_held_has_no_attendance_and_a_past_one_is_held_or_says_what_became_of_it():
    attended = real().tables.participations[["event_id", "attended"]]
    expected = {event.id for event in EVENTS if not event.held}
    assert not attended[
        attended["event_id"].isin(expected).to_numpy() & attended["attended"].fillna(False).to_numpy(dtype=bool)
    ].shape[0]
    assert all(event.status in vocabulary()["statuses"] for event in EVENTS)


def test_a_virtual_meeting_has_no_city():
    """Codebook 2.4."""
    virtual = [event for event in EVENTS if event.mode == "virtual"]
    assert len(virtual) > 10 and [event.id for event in virtual if any(place.city for place in event.held_in)] == []


def test_a_text_whose_title_ends_in_declaration_protocol_or_communique_has_that_form():
    """Codebook 9.1; a draft, or what is only agreed in principle, is a decision."""
    named = re.compile(
        r"^(?!.*\b(?:draft|no|revision|decision|approval)\b).*\b(declaration|protocol|communique)$", re.I
    )
    forms = {"declaration": "declaration", "protocol": "protocol", "communique": "joint-communique"}
    found = [
        (event.id, outcome.form, forms[title[1].lower()])
        for event in EVENTS
        for outcome in event.outcomes
        if (title := named.match(outcome.title))
    ]
    assert len(found) > 15 and [one for one in found if one[1] != one[2]] == []


def test_a_phrase_is_a_term_without_quotation_marks_and_of_one_line():
    phrases = [(event.id, said.phrase) for event in EVENTS for said in event.mentions if said.phrase]
    assert [
        (event_id, phrase)
        for event_id, phrase in phrases
        if re.search(r'["“”\n]|^[\'‘]|[\'’.]$', phrase) or not 1 <= len(phrase.split()) <= 12
    ] == []
