"""Participants: where delegations came from, how often, and at what level."""

from __future__ import annotations

import streamlit as st

from lib.content.participants import matrix, ranking, world
from lib.content.people import people_in_words, people_page
from lib.ui.blocks import chart_block, html_section, list_foot
from lib.ui.chosen import ringed
from lib.ui.runtime import geography
from lib.ui.settings import geometry_address, meetings_choice, point_of_view
from lib.ui.shell import heading, page_view
from lib.ui.ways import say

view = page_view("participants")
heading(view, "Participants", "participations", view.selection.all_rows("participations"))

left, right = st.columns([2, 1], gap="large")
with left:
    drawn = world(view.selection, geography(), geometry_address(), point_of_view(view), ringed(view, "map"))
    chart_block(view, "map", drawn)
with right:
    chart_block(view, "ranking", ranking(view.selection, ringed(view, "ranking")))

chart_block(view, "matrix", matrix(view.selection, meetings_choice(view), ringed(view, "matrix")))

people = people_page(view.selection, view.setting("page"))
if people.html:
    say([people.doubt] if people.doubt else [])
    foot = list_foot(view, people.caption, people.number, people.pages)
    html_section(("Who came, by name", people_in_words(view.selection), people.html + foot))
