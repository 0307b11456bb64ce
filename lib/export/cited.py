"""The citations of a view and of a record of one state of the data."""

from __future__ import annotations

from lib.export.citation import Citation, cite
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.history import latest, load_history, stamps
from lib.links import record_address
from lib.records.model import Event
from lib.store import Snapshot


def event_citation(snapshot: Snapshot, event: Event, base_url: str) -> Citation:
    """How to cite a record, by its own address under ``base_url``, which has no slash at its end."""
    changed = stamps(snapshot, load_history(snapshot.folder))[event.id].changed[:10]
    themes = [
        snapshot.vocabulary.label("themes", theme)
        for theme in dict.fromkeys(mention.theme for mention in event.mentions)
    ]
    return cite(
        record_address(base_url, event.id), snapshot.version, event.title, event.id, changed, event.summary, themes
    )


def view_citation(snapshot: Snapshot, filters: Filters, view: str) -> Citation:
    """How to cite the records that pass the filters, shown at the address ``view``."""
    times = stamps(snapshot, load_history(snapshot.folder)).values()
    changed = latest(times)[:10] if times else ""
    return cite(view, snapshot.version, changed=changed, summary=f"{select(snapshot.tables, filters).words}.")
