"""When each theme came up first and last, as a table."""

from __future__ import annotations

from html import escape

import pandas as pd

from lib.analysis.rows import named_rows
from lib.html.lists import event_link
from lib.html.parts import Href, Row, plain_table
from lib.tables.build import Tables


def first_and_latest_table(themes: pd.DataFrame, tables: Tables, href: Href) -> str:
    """One row for each theme of ``lib.analysis.together.first_and_latest``, with the events and who raised it there."""
    vocabulary = tables.vocabulary

    def when(event: str, actors: str) -> str:
        names = ", ".join(vocabulary.party(actor) for actor in actors.split(";"))
        return f'{event_link(event, tables, href)}<span class="facts">{escape(names)}</span>'

    rows = [
        Row(
            (
                escape(vocabulary.label("themes", row.theme)),
                when(row.first_event, row.first_by),
                when(row.latest_event, row.latest_by),
                str(row.events),
            )
        )
        for row in named_rows(themes)
    ]
    return plain_table("First and latest of each theme", ("Theme", "First in our records", "Latest", "Events"), rows)
