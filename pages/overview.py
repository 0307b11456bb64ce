"""Overview: what is in the selection, how it lies over the years, what is newest, what is not covered."""

from __future__ import annotations

import streamlit as st

from lib.content.overview import overview, years
from lib.ui.blocks import chart_block, empty, html_section
from lib.ui.chosen import ringed
from lib.ui.runtime import today
from lib.ui.shell import heading, page_view
from lib.ui.ways import markup

view = page_view("overview")
heading(view, "Who met, who came, what was said", "events", view.selection.events)

if not len(view.selection):
    empty(view, "No event passes these filters.")
    st.stop()

shown = overview(view.selection, today())
markup(shown.figures)
left, right = st.columns([3, 2], gap="large")
with left:
    chart_block(view, "years", years(view.selection, today(), ringed(view, "years")))
with right:
    announced = [("Announced next", "", shown.coming)] if shown.coming else []
    html_section(*announced, ("Newest", "", shown.newest))

html_section(
    (
        "What is covered, and what is not",
        "More records is not more events: a series that is not covered may have met without a record here.",
        "",
    ),
    beside=(
        (
            "Raised at the most events",
            "Events at which a theme was raised, themes below it included; choose one to read the points.",
            shown.themes,
        ),
        ("Came to the most events", "Held events that a country attended; choose one to see them.", shown.countries),
    ),
)
box = st.expander(f"Coverage of {shown.series} series", key="coverage", on_change="rerun", type="compact")
if box.open:
    box.html(shown.coverage)
