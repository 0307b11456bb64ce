"""Lists of a selection by pages, and the records behind a chosen mark."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from lib.analysis.chosen import chosen_rows
from lib.filters.selection import Selection
from lib.filters.value import Filters
from lib.html.lists import events_list, points_list, who_came
from lib.keep import kept
from lib.links import event_href
from lib.problems import shown
from lib.text import counted

PAGE_LENGTH = 40
"""Rows of a list on one page."""

NEWEST = 6
"""Events behind a chosen mark that its panel shows where a link lists the others."""

FEW_MORE = 2
"""Up to this many more are shown as well: a link to them would take as much room."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list; ``number`` and ``pages`` count from 1; ``doubt`` says so where another page was asked for."""

    html: str
    number: int
    pages: int
    caption: str
    doubt: str = ""


def page_number(wanted: str | None, pages: int) -> tuple[int, str]:
    """The number of the page that an address asks for, or of the nearest one that there is, and then a sentence that says so."""
    text = (wanted or "1").strip()
    number = min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return number, "" if text == str(
        number
    ) else f"The link asks for page {shown(text)} of the list; page {number} of {pages} is shown."


def cut(total: int, wanted: str | None, length: int, one: str, many: str | None = None) -> tuple[slice, ListPage]:
    """The places of the rows on the page that an address asks for, of ``total`` in pages of ``length``, and the page without its HTML; ``one`` and ``many`` name the rows."""
    pages = max(1, -(-total // length))
    number, doubt = page_number(wanted, pages)
    start = (number - 1) * length
    end = min(start + length, total)
    return slice(start, end), ListPage(
        "", number, pages, f"{start + 1:,}–{end:,} of {counted(total, one, many)}", doubt
    )


@kept
def list_page(
    selection: Selection, what: Literal["events", "mentions"], wanted: str | None, today: dt.date
) -> ListPage:
    """The page that an address asks for, or the nearest one that there is."""
    rows = selection.rows(what)
    places, page = cut(len(rows), wanted, PAGE_LENGTH, "event" if what == "events" else "point")
    own = rows.iloc[::-1].iloc[places]

    def href(event_id: str) -> str:
        return event_href(event_id, selection.filters)

    html = (
        events_list(own, selection.tables, href, today)
        if what == "events"
        else points_list(own, selection.tables, href)
    )
    return replace(page, html=html)


@dataclass(frozen=True, slots=True)
class Panel:
    """The records behind a mark as HTML, or ``doubt``, which says why there are none. ``event`` is the event where there is only one.

    ``filters`` show exactly these on the page. ``more`` says what was left out, and ``rest`` are the filters that list it with the
    others; ``points`` says whether these are points, which another page lists.
    """

    title: str
    html: str
    more: str = ""
    event: str | None = None
    filters: Filters | None = None
    rest: Filters | None = None
    points: bool = False
    doubt: str = ""


@kept
def chosen(selection: Selection, sel: str, today: dt.date) -> Panel:
    """The records behind the page setting ``sel``: the newest events or their points only, since the panel is a column among charts.

    Where no link can list the others, the panel is the only place for them, and it is as long as a page of a list.
    """
    choice = chosen_rows(selection, sel)
    if choice.doubt:
        return Panel("", "", doubt=choice.doubt)

    def href(event_id: str) -> str:
        return event_href(event_id, selection.filters)

    points = choice.mentions is not None
    rows = choice.events if choice.mentions is None else choice.mentions
    in_force = len(rows) == len(selection.rows("mentions" if points else "events")) and len(choice.events) == len(
        selection
    )
    listed = selection.filters if in_force else choice.filters
    left = len(choice.events) - NEWEST
    more, rest = "", None
    if listed is not None and left > FEW_MORE:
        rows = rows[rows["event_id"].isin(choice.events["event_id"].tail(NEWEST)).to_numpy()]
        more, rest = f"and {counted(left, 'more event')}", listed
    elif listed is None and len(rows) > PAGE_LENGTH:
        more = f"The latest {PAGE_LENGTH} of {counted(len(rows), 'point' if points else 'event')}."
        rows = rows.tail(PAGE_LENGTH)
    rows = rows.iloc[::-1]
    who = who_came(selection.tables, *sel.removeprefix("cell:").split("@", 1)) if sel.startswith("cell:") else ""
    html = (
        who + points_list(rows, selection.tables, href)
        if points
        else who + events_list(rows, selection.tables, href, today, summaries=len(choice.events) == 1)
    )
    event = choice.events["event_id"].iloc[0] if len(choice.events) == 1 else None
    return Panel(choice.title, html, more, event, choice.filters, rest, points)
