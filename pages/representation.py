"""Representation: who came of those who could have come, whom they sent, and who was sent instead."""

from __future__ import annotations

import streamlit as st

from lib.content.representation import levels, matrix, rates, rows, sent_instead, shown_series
from lib.ui.blocks import chart_block, html_section
from lib.ui.chosen import ringed
from lib.ui.settings import meetings_choice
from lib.ui.shell import heading, page_view

view = page_view("representation")
series = shown_series(view.selection, view.setting("meetings"))
heading(view, "Representation", "participations", rows(view.selection, series))

meetings_choice(view)
chart_block(view, "presence", matrix(view.selection, series, ringed(view, "presence")))
left, right = st.columns([2, 3], gap="large")
with left:
    chart_block(view, "rates", rates(view.selection, series, ringed(view, "rates")))
with right:
    chart_block(view, "levels", levels(view.selection, series, ringed(view, "levels")))
found = sent_instead(view.selection, series)
html_section((found.title, found.text, found.html))
