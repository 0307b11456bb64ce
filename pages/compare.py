"""Compare: two selections side by side on the same scales, on what each rests, and the differences that may be stated."""

from __future__ import annotations

import streamlit as st

from lib.analysis.compare import with_sides
from lib.content.compare import compare, presets
from lib.export.csv import sides_csv
from lib.filters.selection import select
from lib.html.compare import start
from lib.ui.blocks import chart_block, empty
from lib.ui.compare import of_side, right_filters, right_side
from lib.ui.runtime import today
from lib.ui.shell import heading, page_view
from lib.ui.ways import markup

view = page_view("compare")
other = right_side(view)
right = select(view.tables, other.filters)
rows = with_sides(view.selection, right)
ready = presets(view.filters, other.filters, view.vocabulary, today())

if view.filters == other.filters or not len(rows):
    heading(
        view,
        "Compare",
        "events",
        rows,
        lede="Two selections side by side on the same scales, with what each rests on.",
        write=sides_csv,
    )
    if not len(rows):
        empty(view, "No event passes the filters of either side.")
    markup(start(len(rows), ready))
    right_filters(view, other, opened=True)
    st.stop()

shown = compare(view.tables, view.filters, other.filters)
heading(
    view,
    shown.title,
    "events",
    rows,
    lede="Two selections side by side on the same scales, with what each rests on.",
    write=sides_csv,
)
markup(shown.sides + ready)
right_filters(view, other)
markup(shown.numbers + shown.words)
for name, chart in shown.charts.items():
    chart_block(view, name, chart, within=of_side(view, other))
