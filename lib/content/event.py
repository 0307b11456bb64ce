"""What the Event page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lib.filters.selection import points_asked_for
from lib.filters.value import Filters
from lib.html import record
from lib.html.lists import events_list
from lib.keep import kept
from lib.links import event_href
from lib.records.model import Event
from lib.store import Snapshot


@dataclass(frozen=True, eq=False)
class EventPage:
    """The record as HTML, its neighbours in its series, the records that it names or that name it."""

    record: str
    related: str
    earlier: Event | None
    later: Event | None


@kept
def event_page(snapshot: Snapshot, event: Event, filters: Filters, today: dt.date) -> EventPage:
    """The page of a record on the day ``today``; its links keep ``filters``, and the points that these ask for are marked."""
    catalog, events = snapshot.catalog, snapshot.tables.events
    own = [other for other in catalog.events if other.series == event.series]
    place = own.index(event)
    ids = {catalog.by_id[other].id for other in event.related if other in catalog.by_id}
    ids |= {other.id for other in catalog.events if event.id in other.related}
    related = (
        events_list(
            events[events["event_id"].isin(ids)], snapshot.tables, lambda other: event_href(other, filters), today
        )
        if ids
        else ""
    )
    asked = points_asked_for(snapshot.tables, event.id, filters)
    return EventPage(
        record=record.whole(event, snapshot.tables, today, asked),
        related=record.related(related),
        earlier=own[place - 1] if place else None,
        later=own[place + 1] if place + 1 < len(own) else None,
    )
