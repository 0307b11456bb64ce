"""The whole record of one event as HTML, every claim with its sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from html import escape

from lib.html.lists import point
from lib.html.parts import Row, contents, outside, person_link, plain_table, source_links, status_in_words
from lib.html.sources import Source
from lib.records.model import Event, Participation
from lib.tables.build import Tables
from lib.text import counted, day_in_words, days_in_words, listed
from lib.vocabulary import TOGETHER, Vocabulary, voice

MANY = 4
"""From this number of actors on, a table of contents leads to their points."""

ASKED = ' class="asked"'
"""The attribute that marks a point that the filters ask for."""

FIRST_ASKED = "first-asked"
"""The anchor of the first point that the filters ask for."""


def _sources(event: Event) -> dict[str, Source]:
    return {s.id: Source(s.publisher, s.title, s.url, s.published.text if s.published else None) for s in event.sources}


def whole(event: Event, tables: Tables, today: dt.date, asked: Collection[int] = ()) -> str:
    """The record as it reads on the day ``today``: its facts, its contents, its four sections, and what is uncertain.

    ``asked`` are the places of the points that the filters ask for.
    """
    vocabulary = tables.vocabulary
    nothing = '<p class="empty">{}</p>'
    sections = [
        ("came", "Who came", counted(len(event.participants), "entry", "entries"), participants(event, vocabulary)),
        (
            "said",
            "What was said",
            counted(len(event.mentions), "point"),
            said(event, tables, asked) or nothing.format("No point is recorded."),
        ),
        (
            "outcomes",
            "What came of it",
            counted(len(event.outcomes), "outcome"),
            outcomes(event, vocabulary) if event.outcomes else nothing.format("No outcome is reported."),
        ),
        ("sources", "Sources", counted(len(event.sources), "source"), source_list(event, vocabulary)),
    ]
    body = "".join(
        f'<section id="{anchor}"><h3>{title} <span class="count">{count}</span></h3>{html}</section>'
        for anchor, title, count, html in sections
    )
    return (
        facts(event, vocabulary, today)
        + contents([(anchor, title, count.split()[0]) for anchor, title, count, _ in sections])
        + asked_for(len(asked), len(event.mentions))
        + body
        + uncertain(event)
    )


def related(events: str) -> str:
    """The list of related records as a section; empty for an empty list."""
    return f"<section><h3>Related records</h3>{events}</section>" if events else ""


def facts(event: Event, vocabulary: Vocabulary, today: dt.date) -> str:
    """When, where, who chaired, how sure: the head of the record, as it reads on the day ``today``."""
    rows = [
        ("When", days_in_words(event.start, event.end) + _uncertain_days(event)),
        ("Where", _where(event, vocabulary)),
        ("Mode", vocabulary.label("modes", event.mode)),
        ("Kind", vocabulary.label("kinds", event.kind)),
        ("Status", status_in_words(event.status, event.last_day, today, vocabulary)),
        ("Chair", listed([vocabulary.party(chair) for chair in event.chaired_by]) or "not recorded"),
        (
            "Roster",
            vocabulary.label("rosters", event.roster)
            + ("" if event.roster == "complete" else ": at least one delegation is not known"),
        ),
    ]
    if event.title_reconstructed:
        rows.append(("Title", "reconstructed: not the organizer's own"))
    if event.eligible:
        rows.append(("Free to take part", listed([vocabulary.party(country) for country in event.eligible])))
    if event.joint_document is not None:
        rows.append(
            (
                "Joint text",
                "a text that all issued together came out" if event.joint_document else "none, as a source states",
            )
        )
    if event.reviewed:
        rows.append(("Second reading", f"{day_in_words(event.reviewed.date)}, {event.reviewed.by}"))
    return (
        '<dl class="facts-list">'
        + "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in rows)
        + "</dl>"
    )


def _uncertain_days(event: Event) -> str:
    """What is not known of the days, in brackets; where they are recorded, the days between which it may have been."""
    if event.earliest and event.latest:
        return f" (the days are uncertain: between {day_in_words(event.earliest)} and {day_in_words(event.latest)})"
    if event.earliest or event.latest:
        return f" (the days are uncertain: {f'not before {day_in_words(event.earliest)}' if event.earliest else f'not after {day_in_words(event.latest)}'})"  # type: ignore[arg-type]
    return {"day": "", "month": " (the day is not known)", "year": " (day and month are not known)"}[
        event.start.precision
    ]


def _where(event: Event, vocabulary: Vocabulary) -> str:
    places = [
        ", ".join(part for part in (place.venue, place.city, vocabulary.label("countries", place.country)) if part)
        for place in event.held_in
    ]
    return "; ".join(places) or "online, without a host"


def participants(event: Event, vocabulary: Vocabulary) -> str:
    """Who came, by level and name; stated absences last."""
    levels = list(vocabulary["levels"])
    order = {word: place for place, word in enumerate(levels)}
    people = sorted(
        event.participants,
        key=lambda p: (
            not p.attended,
            p.organization is not None,
            order.get(p.level or "", 99),
            vocabulary.party(p.party),
        ),
    )
    rows = []
    for p in people:
        rows.append(
            Row(
                (
                    escape(vocabulary.party(p.party)),
                    escape(_presence(p, event, vocabulary)),
                    _person(p, vocabulary),
                    escape(p.role or "–"),
                    escape(_capacity(p, vocabulary)),
                ),
                css="" if p.attended else "absent",
            )
        )
    return plain_table("Who came", ("Delegation", "Level", "Name", "Office that day", "As"), rows)


def _person(p: Participation, vocabulary: Vocabulary) -> str:
    return person_link(p.name, vocabulary.people.of(p.name, p.party)) if p.name else "–"


def _presence(p: Participation, event: Event, vocabulary: Vocabulary) -> str:
    if not p.attended:
        return "absent, as a source states"
    level = " and ".join(vocabulary.label("levels", level) for level in (p.level, *p.levels) if level)
    if p.mode and p.mode != event.mode:
        level += f" ({vocabulary.label('modes', p.mode).lower()})"
    return level if event.held else f"{level} (expected)"


def _capacity(p: Participation, vocabulary: Vocabulary) -> str:
    """In what capacity it took part; for a host its standing too, where recorded."""
    label = vocabulary.label("capacities", p.capacity)
    return f"{label} ({vocabulary.label('capacities', p.standing).lower()})" if p.standing else label


def said(event: Event, tables: Tables, asked: Collection[int] = ()) -> str:
    """Every point, joint texts first, then the meeting as such, then by actor; those at the places ``asked`` are marked, and the first of them has an anchor."""
    sources = _sources(event)
    voices = [voice(mention.by, mention.form) for mention in event.mentions]
    by_actor: dict[str, list[str]] = {word: [] for word in (*TOGETHER, *voices) if word in voices}
    for place, mention in enumerate(event.mentions):
        by_actor[voices[place]].append(
            f"<li{ASKED if place in asked else ''}>"
            f"{point(mention.by, mention.theme, mention.form, mention.point, [sources[s] for s in mention.sources], tables, mention.phrase, mention.incidents)}</li>"
        )
    body = "".join(
        f'<h4 id="said-{escape(actor)}">{escape(tables.vocabulary.party(actor))}</h4><ul class="points own">{"".join(items)}</ul>'
        for actor, items in by_actor.items()
    )
    # In the order in which they stand. No text of a record has a quotation mark that is not escaped.
    body = body.replace(ASKED, f'{ASKED} id="{FIRST_ASKED}"', 1)
    if len(by_actor) < MANY:
        return body
    rail = contents(
        [(f"said-{actor}", tables.vocabulary.party(actor), str(len(items))) for actor, items in by_actor.items()],
        "contents rail",
    )
    return f'<div class="said">{rail}<div>{body}</div></div>'


def asked_for(number: int, of: int) -> str:
    """How many of the points the filters ask for, with a link to the first; empty where there is none."""
    if not number:
        return ""
    verb = "passes" if number == 1 else "pass"
    return f'<p class="lede asked"><a href="#{FIRST_ASKED}">{number} of {counted(of, "point")} {verb} the filters</a>, marked at the left</p>'


def outcomes(event: Event, vocabulary: Vocabulary) -> str:
    """Documents and decisions with their sources."""
    sources = _sources(event)
    items = []
    for outcome in event.outcomes:
        themes = " · ".join(vocabulary.label("themes", theme) for theme in outcome.themes)
        text = f" {escape(outcome.point)}" if outcome.point else ""
        items.append(
            f'<li><span class="tag">{escape(vocabulary.label("outcome-forms", outcome.form))}</span> <strong>{escape(outcome.title)}</strong>.{text} '
            f"{f'<span class=theme>{escape(themes)}</span> ' if themes else ''}{source_links([sources[s] for s in outcome.sources])}</li>"
        )
    return f'<ul class="points own">{"".join(items)}</ul>'


def source_list(event: Event, vocabulary: Vocabulary) -> str:
    """The sources as a numbered list of links; with a note on square brackets where a title has them (codebook 10.3)."""
    items = []
    for s in event.sources:
        when = f", {day_in_words(s.published)}" if s.published else ""
        items.append(
            f'<li><span class="key">{escape(s.id)}</span> {outside(s.url, s.title)}<span class="facts">{escape(s.publisher)}{escape(when)} · '
            f"{escape(vocabulary.label('source-kinds', s.kind).lower())}</span></li>"
        )
    rebuilt = any(s.title.startswith("[") for s in event.sources)
    note = (
        '<p class="footer">A title in [square brackets] is rebuilt or described, not as printed.</p>' if rebuilt else ""
    )
    return f'<ol class="sourcelist">{"".join(items)}</ol>{note}'


def uncertain(event: Event) -> str:
    """The note on what is uncertain; empty where there is none."""
    return (
        f'<section><h3>What is uncertain</h3><p class="lede">{escape(event.note)}</p></section>' if event.note else ""
    )
