"""Lists of a selection by pages, and the records behind a chosen mark."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from lib.analysis.chosen import chosen_rows
from lib.filters.selection import Selection
from lib.filters.value import Filters
from lib.html.lists import events_list, points_list
from lib.keep import kept
from lib.links import event_href
from lib.problems import shown
from lib.text import counted

PAGE_LENGTH = 40
"""Rows of a list on one page."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, the newest first; ``number`` and ``pages`` count from 1; ``doubt`` says that another was asked for."""

    html: str
    number: int
    pages: int
    caption: str
    doubt: str = ""


def page_number(wanted: str | None, pages: int) -> tuple[int, str]:
    """The number of the page that an address asks for, the nearest one there is where it has no such page, and the sentence that says so."""
    text = (wanted or "1").strip()
    number = min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return number, "" if text == str(number) else f"The link asks for page {shown(text)} of the list; page {number} of {pages} is shown."


@kept
def list_page(selection: Selection, what: Literal["events", "mentions"], wanted: str | None, today: dt.date) -> ListPage:
    """The page that an address asks for; the nearest one there is where it has no such page."""
    rows = selection.rows(what)
    pages = max(1, -(-len(rows) // PAGE_LENGTH))
    number, doubt = page_number(wanted, pages)
    start = (number - 1) * PAGE_LENGTH
    own = rows.iloc[::-1].iloc[start:start + PAGE_LENGTH]

    def href(event_id: str) -> str:
        return event_href(event_id, selection.filters)

    html = events_list(own, selection.tables, href, today) if what == "events" else points_list(own, selection.tables, href)
    caption = f"{start + 1:,}–{start + len(own):,} of {counted(len(rows), 'event' if what == 'events' else 'point')}"
    return ListPage(html, number, pages, caption, doubt)


@dataclass(frozen=True, slots=True)
class Panel:
    """The records behind a mark as HTML, or the ``doubt`` why there are none. ``event`` is the only event, if it is one."""

    title: str
    html: str
    more: str = ""
    event: str | None = None
    filters: Filters | None = None
    doubt: str = ""


@kept
def chosen(selection: Selection, sel: str, today: dt.date) -> Panel:
    """What stands behind the page setting ``sel``."""
    choice = chosen_rows(selection, sel)
    if choice.doubt:
        return Panel("", "", doubt=choice.doubt)

    def href(event_id: str) -> str:
        return event_href(event_id, selection.filters)

    if choice.mentions is not None:
        total, unit = len(choice.mentions), "point"
        html = points_list(choice.mentions.iloc[::-1].head(PAGE_LENGTH), selection.tables, href)
    else:
        total, unit = len(choice.events), "event"
        html = events_list(choice.events.iloc[::-1].head(PAGE_LENGTH), selection.tables, href, today, summaries=total == 1)
    more = f"The latest {PAGE_LENGTH} of {counted(total, unit)}; “Show only these” has all." if total > PAGE_LENGTH else ""
    event = choice.events["event_id"].iloc[0] if len(choice.events) == 1 else None
    return Panel(choice.title, html, more, event, choice.filters)
