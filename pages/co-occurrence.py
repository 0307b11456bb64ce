"""Co-occurrence: which themes come up together, and when each came up first and last."""

from __future__ import annotations

from lib.analysis.together import every_theme
from lib.content.together import first_latest, together
from lib.ui.blocks import chart_block, html_section
from lib.ui.choices import unit_choice
from lib.ui.chosen import ringed
from lib.ui.shell import heading, page_view

view = page_view("co-occurrence")
heading(view, "Themes raised together", "mentions", every_theme(view.selection))

unit = unit_choice(view)
kind = "voiced" if unit == "actor" else "both"
chart_block(view, "together", together(view.selection, unit, ringed(view, "together", kind)), kind)
table = first_latest(view.selection)
if table:
    html_section(
        (
            "First and latest mention",
            "Of the held events of this selection, in order of the first. First in our records is not first ever: a series may have met before it is covered.",
            table,
        )
    )
