"""Person: where one person came, in which offices, whom they met there."""

from __future__ import annotations

from lib.content.person import name_of, person_part, rows, where
from lib.ui.blocks import chart_block, html_section
from lib.ui.chosen import ringed
from lib.ui.person import person_choice, person_of
from lib.ui.shell import heading, page_view
from lib.ui.ways import markup

view = page_view("person")
person = person_of(view)
heading(view, name_of(view.tables, person), "participations", rows(view.selection, person), whose=person)
person_choice(view)

shown = person_part(view.selection, person)
markup(shown.head)
chart_block(view, "where", where(view.selection, person, ringed(view, "where")))
offices = (
    [
        (
            "Offices in the records",
            "As the records name them; the days are those of the first and the last such event, not of the term.",
            shown.offices,
        )
    ]
    if shown.offices
    else []
)
events = [("Event by event", shown.events_text, shown.events)] if shown.events else []
html_section(
    *events,
    beside=(
        *offices,
        ("What the delegation raised there", shown.themes_text, shown.themes),
        ("Met at two-sided meetings", shown.met_text, shown.met),
        ("Named at the same events", shown.named_text, shown.named),
    ),
)
