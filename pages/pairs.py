"""Pairs: who meets whom, face to face and at larger meetings."""

from __future__ import annotations

from lib.content.pairs import met, rows, together
from lib.ui.blocks import chart_block
from lib.ui.choices import measure_choice
from lib.ui.chosen import ringed
from lib.ui.shell import heading, page_view

view = page_view("pairs")
heading(view, "Who meets whom", "participations", rows(view.selection))

measure = measure_choice(view)
chart_block(view, "met", met(view.selection, measure, ringed(view, "met")))
chart_block(view, "shared", together(view.selection, measure, ringed(view, "shared")))
