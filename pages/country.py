"""Country: who represented one country, when, at what level, what it raised, where it went, whom it met."""

from __future__ import annotations

from lib.content.country import country_profile, people, rows, series
from lib.ui.blocks import chart_block, html_section
from lib.ui.chosen import ringed
from lib.ui.country import country_choice, country_of
from lib.ui.runtime import today
from lib.ui.shell import heading, page_view
from lib.ui.ways import markup

view = page_view("country")
country = country_of(view)
name = view.vocabulary.label("countries", country)
heading(view, name, "participations", rows(view.selection, country), whose=country)
country_choice(view)

shown = country_profile(view.selection, country, today())
markup(shown.figures)
chart_block(view, "people", people(view.selection, country, ringed(view, "people")))
chart_block(view, "series", series(view.selection, country, ringed(view, "series")))
sent = [(f"Whom {name} sent, meeting by meeting", shown.meetings_text, shown.meetings)] if shown.meetings else []
lower = (
    [(f"Where {name} sent less than expected, or nobody", shown.instead_text, shown.instead)] if shown.instead else []
)
people_ = [(f"Who represented {name}", shown.people_text, shown.people)] if shown.people else []
html_section(
    *lower,
    *sent,
    *people_,
    beside=(
        (f"What {name} raised", shown.themes_text, shown.themes),
        ("Where the events were", f"Events that {name} attended, by the country of the event.", shown.hosts),
        ("Partners most met", shown.partners_text, shown.partners),
        ("Absences that a source states", shown.absences_text, shown.absences),
    ),
)
