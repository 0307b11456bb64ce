"""Themes: how often, by whom, in what form, over time; every point with its source."""

from __future__ import annotations

import streamlit as st

from lib.content.themes import themes
from lib.ui.blocks import chart_block, empty, paged
from lib.ui.chosen import ringed
from lib.ui.runtime import today
from lib.ui.shell import heading, page_view

view = page_view("themes")
heading(view, "Themes", "mentions", view.selection.rows("mentions"))

shown = themes(view.selection, today(), **{name: ringed(view, name) for name in ("often", "form", "said", "when")})
if not any(chart.spec for chart in (shown.often, shown.form, shown.said, shown.when)):
    # Said once: each chart would say the same of itself, and the list has no row.
    empty(view, shown.often.empty)
    st.stop()

left, right = st.columns(2, gap="large")
with left:
    chart_block(view, "often", shown.often)
with right:
    chart_block(view, "form", shown.form)
chart_block(view, "said", shown.said)
chart_block(view, "when", shown.when)
where = [("In which series", shown.where_text, shown.where)] if shown.where else []
paged(view, "mentions", "Every point, with its sources", "The newest events first.", before=where)
