"""A person's part in words: who that is, the offices, the events."""

from __future__ import annotations

from html import escape

import pandas as pd

from lib.analysis.rows import named_rows
from lib.html.lists import event_link
from lib.html.parts import Href, Row, link, outside, plain_table
from lib.records.dates import parse_date
from lib.tables.build import Tables
from lib.text import day_in_words, listed
from lib.vocabulary.entries import HeldOffice, Person


def identity(names: list[tuple[str, str]], person: Person | None) -> str:
    """For whom the person came - (name, address) of each party - and what the registry says of the name."""
    texts = [f"Represented {listed([link(address, name) for name, address in names])}."] if names else []
    if person and person.aliases:
        texts.append(f"Also written {escape(listed(person.aliases, 'or'))}.")
    if person and person.sources:
        texts.append(
            f"On the name: {listed([outside(url, url.split('/')[2].removeprefix('www.')) for url in person.sources])}."
        )
    return f'<p class="lede">{" ".join(texts)}</p>' if texts else ""


def offices_table(offices: pd.DataFrame, person: Person | None, tables: Tables, href: Href) -> str:
    """The offices in which the records name the person, rows of ``lib.analysis.person.offices``, with the term where it is published."""
    vocabulary, rows = tables.vocabulary, []
    for row in named_rows(offices):
        first, latest = (
            link(href(event), day_in_words(parse_date(day), short=True))
            for event, day in ((row.first_id, row.first), (row.latest_id, row.latest))
        )
        rows.append(
            Row(
                (
                    f'{escape(row.role)}<span class="facts">{escape(vocabulary.party(row.party))}{_term(row.role, row.party, person)}</span>',
                    first,
                    latest,
                    str(row.events),
                )
            )
        )
    return plain_table("Offices", ("Office", "First named", "Last named", "Events"), rows)


def _term(role: str, party: str, person: Person | None) -> str:
    """The days of the term, with where they are published; empty where the registry does not have them."""
    held: HeldOffice | None = next(
        (
            held
            for held in (person.offices if person else ())
            if held.office == role and held.published and (held.organization in (None, party))
        ),
        None,
    )
    if held is None or held.published is None:
        return ""
    since = f"from {day_in_words(held.start)}" if held.start else ""
    until = f"until {day_in_words(held.end)}" if held.end else ""
    return f" · {outside(held.published, f'in office {since} {until}'.strip())}"


def events_table(came: pd.DataFrame, tables: Tables, href: Href) -> str:
    """Event, level, office that day, as what, in person or by video: rows of ``lib.analysis.person.by_event``."""
    vocabulary, rows = tables.vocabulary, []
    for row in named_rows(came):
        capacity, mode = (
            vocabulary.label(words, word) if isinstance(word, str) else "–"
            for words, word in (("capacities", row.capacity), ("modes", row.mode))
        )
        rows.append(
            Row(
                (
                    event_link(row.event_id, tables, href),
                    escape(vocabulary.label("levels", row.level)),
                    escape(row.roles) or "–",
                    escape(capacity),
                    escape(mode),
                ),
                None,
            )
        )
    return plain_table("Event by event", ("Event", "Level", "Office that day", "As", "Mode"), rows, narrowest="46rem")
