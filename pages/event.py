"""Event: the whole record, its sources, its permalink, its neighbours."""

from __future__ import annotations

import streamlit as st

from lib.content.event import event_page
from lib.filters.masks import is_one_of
from lib.ui.record import citation, neighbours, which_event
from lib.ui.runtime import today
from lib.ui.shell import heading, page_view
from lib.ui.ways import markup

view = page_view("event")
wanted = (view.setting("id") or "").strip()
event = view.snapshot.catalog.by_id.get(wanted)
if event is None:
    which_event(view, wanted)
    st.stop()

mentions = view.tables.mentions
heading(view, event.title, "mentions", mentions[is_one_of(mentions["event_id"], [event.id])], lede=event.summary)
if event.id != wanted:
    st.info(f"This record was renamed: {wanted} is now {event.id}.")
shown = event_page(view.snapshot, event, view.filters, today())
markup(neighbours(view, event, shown) + shown.record + shown.related)
citation(view, event)
