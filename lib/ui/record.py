"""Parts of the event page that need widgets: neighbours, citation, the way on from an unknown id."""

from __future__ import annotations

import streamlit as st

from lib.content.event import EventPage
from lib.content.lists import list_page
from lib.export.cited import event_citation
from lib.problems import nearest, shown
from lib.records.dates import parse_date
from lib.records.model import Event
from lib.text import day_in_words
from lib.ui.blocks import html_section
from lib.ui.runtime import today
from lib.ui.shell import heading
from lib.ui.takeaway import base_url, citation_formats
from lib.ui.view import View
from lib.ui.ways import markup, say, way, ways


def which_event(view: View, wanted: str) -> None:
    """Say that there is no such record, name the nearest, and list the newest of the selection."""
    heading(
        view,
        "Which event?",
        "mentions",
        view.tables.mentions.iloc[:0],
        lede="An event's page shows its whole record. Choose one below, or search at the left.",
    )
    if wanted:
        near = nearest(wanted, view.snapshot.catalog.by_id)
        say([f"There is no record {shown(wanted)} here{f'; did you mean {near}?' if near else '.'}"])
        if near:
            markup(ways(way("event", view.snapshot.catalog.by_id[near].title, view.filters, {"id": near})))
    html_section((f"Newest of: {view.selection.words}", "", list_page(view.selection, "events", None, today()).html))


def neighbours(view: View, event: Event, page: EventPage) -> str:
    """Links to the event before and after in its series, as HTML."""
    series = view.vocabulary.label("series", event.series)
    return ways(
        *(
            way("event", f"{word}: {other.title}", view.filters, {"id": other.id}, series)
            for other, word in ((page.earlier, "Earlier"), (page.later, "Later"))
            if other is not None
        )
    )


def citation(view: View, event: Event) -> None:
    """How to cite the record, and how to report an error in it."""
    cited = event_citation(view.snapshot, event, base_url(view))
    st.code(f"{cited.text}. Read on {day_in_words(parse_date(today().isoformat()))}.", language=None, wrap_lines=True)
    box = st.expander(
        "Cite in BibTeX or RIS, or report an error in this record", type="compact", key="report", on_change="rerun"
    )
    if box.open:
        citation_formats(cited, event.id, box)
        box.write(
            "To report an error, send this with the correction and a published source to whoever runs this dashboard:"
        )
        box.code(
            f"Record: {event.id}\nData version: {view.snapshot.version}\nField: \nIt says: \nIt should say: \nPublished source: ",
            language=None,
        )
