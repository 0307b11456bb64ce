"""A country's profile in words: its numbers, and whom it sent to each meeting."""

from __future__ import annotations

from html import escape

import pandas as pd

from lib.analysis.country import Counts
from lib.analysis.representation import AWAY
from lib.analysis.rows import named_rows
from lib.figures.states import WORDS, state_in_words
from lib.html.parts import Href, Row, days, figures, link, plain_table
from lib.tables.build import Tables


def headline_figures(numbers: Counts) -> str:
    """The head of the profile."""
    return figures(
        (
            (numbers.events, "event attended", "events attended"),
            (numbers.series, "series", "series"),
            (numbers.people, "person named", "people named"),
            (numbers.points, "point made", "points made"),
            (numbers.level_unknown, "delegation of unknown level", "delegations of unknown level"),
            (numbers.absences, "absence stated", "absences stated"),
        )
    )


def meetings_table(cells: pd.DataFrame, tables: Tables, href: Href) -> str:
    """Meeting, level, who came and in which office, as what, in person or by video: rows of ``lib.analysis.country.by_meeting``."""
    vocabulary, rows = tables.vocabulary, []
    for cell in named_rows(cells):
        start, end, title = (
            tables.events[column].iat[tables.row_of[cell.event_id]] for column in ("start", "end", "title")
        )
        came = cell.state not in WORDS
        who = (
            f'{escape(cell.people or "not named")}<span class="facts">{escape(cell.roles)}</span>'
            if came
            else "nobody"
            if cell.state in AWAY
            else "–"
        )
        capacity, mode = (
            vocabulary.label(words, word) if came and word else "–"
            for words, word in (("capacities", cell.capacity), ("modes", cell.mode))
        )
        rows.append(
            Row(
                (
                    f'<span class="when">{days(start, end)}</span> {link(href(cell.event_id), title)}',
                    escape(state_in_words(cell.state, vocabulary)),
                    who,
                    escape(capacity),
                    escape(mode),
                ),
                None,
            )
        )
    return plain_table("Meeting by meeting", ("Meeting", "Level", "Who came", "As", "Mode"), rows, narrowest="46rem")
