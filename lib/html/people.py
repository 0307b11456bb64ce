"""The people whom records name, as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import pandas as pd

from lib.analysis.rows import named_rows
from lib.html.parts import Row, days, link, plain_table
from lib.vocabulary import Vocabulary

OFFICES = 3
"""Offices of a person that a row names."""


def people_table(
    people: pd.DataFrame, vocabulary: Vocabulary, href: Callable[[Sequence[str]], str], of_one_party: bool = False
) -> str:
    """Rows of ``lib.analysis.people.people``: name as a link to ``href`` of what asks for the person, offices, whom they represented, levels, first and latest day, events.

    ``of_one_party`` leaves out whom they represented.
    """
    rows = []
    for person in named_rows(people):
        offices = "; ".join(person.roles[:OFFICES]) + (" …" if len(person.roles) > OFFICES else "")
        levels = ", ".join(vocabulary.label("levels", level) for level in person.levels)
        parties = "; ".join(map(vocabulary.party, person.parties))
        when = (
            days(person.first, person.first)
            if person.first == person.latest
            else f"{days(person.first, person.first)} – {days(person.latest, person.latest)}"
        )
        rows.append(
            Row(
                (
                    link(href(person.asked), person.name),
                    *(() if of_one_party else (escape(parties),)),
                    escape(offices) or "–",
                    escape(levels),
                    f'<span class="when">{when}</span>',
                    str(person.events),
                )
            )
        )
    return plain_table(
        "The people",
        (
            "Name",
            *(() if of_one_party else ("For",)),
            "Offices held, the latest first",
            "Level",
            "From the first to the latest",
            "Events",
        ),
        rows,
        narrowest="40rem" if of_one_party else "46rem",
    )
