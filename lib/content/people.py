"""The people of a selection: who is named at the most events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lib.analysis.people import people
from lib.content.lists import ListPage, cut
from lib.filters.masks import attended
from lib.filters.selection import Selection
from lib.filters.value import Filters
from lib.html.people import people_table
from lib.keep import kept
from lib.links import page_href
from lib.text import counted

PAGE_LENGTH = 20
"""Rows of the list on one page: it stands below charts."""


@kept
def named(selection: Selection) -> pd.DataFrame:
    """Everybody whom the selection names as present: a ``lib.analysis.people.people``."""
    return people(selection.all_rows("participations"))


def person_address(asked: Sequence[str], filters: Filters, several: Filters) -> str:
    """The page of the person whom ``asked`` means; of several spellings that no registry joins, which have no page of their own, their events among ``several``."""
    if len(asked) == 1:
        return page_href("person", filters, {"p": asked[0]})
    return page_href("timeline", several.replaced(person=asked))


@kept
def people_page(selection: Selection, wanted: str | None) -> ListPage:
    """The page of the list of people that an address asks for, or the nearest one that there is."""
    every, filters = named(selection), selection.filters
    places, page = cut(len(every), wanted, PAGE_LENGTH, "person", "people")
    if not len(every):
        return page
    vocabulary = selection.tables.vocabulary
    html = people_table(every.iloc[places], vocabulary, lambda asked: person_address(asked, filters, filters))
    return replace(page, html=html)


@kept
def people_in_words(selection: Selection) -> str:
    """How many people are named, and at how many of the events that somebody attended."""
    rows, every = selection.all_rows("participations"), named(selection)
    came = rows[attended(rows)]
    total, with_names = came["event_id"].nunique(), came.loc[came["name"].notna().to_numpy(), "event_id"].nunique()
    return (
        f"{counted(len(every), 'person is', 'people are')} named as present, at {with_names:,} of {counted(total, 'event')}; "
        "who is not named may have been there too. The one named at the most events first; each name leads to the person."
    )
