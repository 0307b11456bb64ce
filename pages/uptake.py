"""Uptake: a theme's path from what states said in a forum to the forum's joint texts."""

from __future__ import annotations

import streamlit as st

from lib.content.uptake import rows, shown_path, uptake
from lib.html.uptake import CANNOT
from lib.ui.blocks import chart_block, empty, html_section
from lib.ui.choices import path_choice
from lib.ui.chosen import ringed
from lib.ui.shell import heading, page_view

view = page_view("uptake")
path = shown_path(view.selection, view.setting("path"))
if path is None:
    heading(view, "From statement to joint text", "mentions", view.selection.rows("mentions").iloc[:0])
    empty(view, "No point at a meeting of a forum passes these filters.")
    st.stop()

heading(view, "From statement to joint text", "mentions", rows(view.selection, path))
path_choice(view)
shown = uptake(view.selection, path, ringed(view, "path"))
chart_block(view, "path", shown.chart)
html_section(
    ("What the records allow to be said", CANNOT, shown.checks),
    ("The points behind it", shown.listed, shown.points),
    ("All themes of this forum", shown.table_words, shown.table),
)
