"""What the Event page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lib.filters.selection import points_asked_for
from lib.filters.value import Filters
from lib.html import record
from lib.html.lists import events_list
from lib.html.parts import contents
from lib.keep import kept
from lib.links import event_href
from lib.records.model import Event
from lib.store import Snapshot
from lib.text import counted


@dataclass(frozen=True, eq=False)
class EventPage:
    """The record as HTML, its neighbours in its series, the records that it names or that name it."""

    record: str
    related: str
    earlier: Event | None
    later: Event | None


@kept
def event_page(snapshot: Snapshot, event: Event, filters: Filters, today: dt.date) -> EventPage:
    """The page of a record on the day ``today``; ``filters`` go along in its links, and the points that they ask for are marked."""
    vocabulary, catalog, events = snapshot.vocabulary, snapshot.catalog, snapshot.tables.events
    own = [other for other in catalog.events if other.series == event.series]
    place = own.index(event)
    ids = {catalog.by_id[other].id for other in event.related if other in catalog.by_id}
    ids |= {other.id for other in catalog.events if event.id in other.related}
    related = events_list(events[events["event_id"].isin(ids)], snapshot.tables, lambda other: event_href(other, filters), today) if ids else ""
    asked = points_asked_for(snapshot.tables, event.id, filters)
    nothing = '<p class="empty">{}</p>'
    sections = [
        ("came", "Who came", counted(len(event.participants), "entry", "entries"), record.participants(event, vocabulary)),
        ("said", "What was said", counted(len(event.mentions), "point"), record.said(event, snapshot.tables, asked) or nothing.format("No point is recorded.")),
        ("outcomes", "What came of it", counted(len(event.outcomes), "outcome"),
         record.outcomes(event, vocabulary) if event.outcomes else nothing.format("No outcome is reported.")),
        ("sources", "Sources", counted(len(event.sources), "source"), record.source_list(event, vocabulary)),
    ]
    body = "".join(f'<section id="{anchor}"><h3>{title} <span class="count">{count}</span></h3>{html}</section>' for anchor, title, count, html in sections)
    return EventPage(
        record=record.facts(event, vocabulary, today) + contents([(anchor, title, count.split()[0]) for anchor, title, count, _ in sections])
        + record.asked_for(len(asked), len(event.mentions)) + body + record.uncertain(event),
        related=f"<section><h3>Related records</h3>{related}</section>" if related else "",
        earlier=own[place - 1] if place else None,
        later=own[place + 1] if place + 1 < len(own) else None,
    )
