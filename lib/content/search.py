"""What the search page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from lib.content.lists import PAGE_LENGTH, cut
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.html.search import NO_RECORDS, also_found_by, found_list, invitation, nothing_found, orders_row
from lib.keep import kept
from lib.links import event_href, page_href
from lib.problems import nearest, shown
from lib.search.also import Offer, also_found, did_you_mean
from lib.search.find import find
from lib.text import counted, folded

EVENTS = PAGE_LENGTH // 2
"""Events on one page: each takes several lines."""

EXAMPLES = ('"zero tolerance"', "Shoygu", "Raksha Mantri", "VK", '"joint communique" astana', "Шойгу")
"""Queries that show what the search can do."""


ORDERS = {"best": "Best match first", "newest": "Newest first"}
"""The orders of the hits; the first is the default."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found as ``title``; as HTML, other readings of the query and the hits, or the way on where there are none; ``number`` and ``pages`` count from 1; ``doubts`` say that another page or order was asked for."""

    title: str
    also: str
    html: str
    caption: str
    number: int
    pages: int
    doubts: tuple[str, ...] = ()


@kept
def search_page(selection: Selection, wanted: str | None, today: dt.date, order: str | None = None) -> SearchPage:
    """One page of what the ``q`` of a selection finds, in one of ``ORDERS``."""
    filters = selection.filters
    if not filters["q"]:
        return SearchPage(
            "Search the records",
            "",
            invitation([(text, page_href("search", filters.replaced(q=text))) for text in EXAMPLES]),
            "",
            1,
            1,
        )
    if not len(selection.tables.events):
        return SearchPage("Search the records", "", NO_RECORDS, "", 1, 1)
    found = find(selection)
    offers = also_found(selection)
    if not len(found.events):
        return SearchPage(f"No event holds “{_shown(filters)}”", "", _nothing(selection), "", 1, 1)
    places, page = cut(len(found.events), wanted, EVENTS, "event")
    order, odd = _order(order)
    events = np.sort(found.events)[::-1] if order == "newest" else found.events
    own = events[places].tolist()
    near = _slip(selection)
    offers = (near, *offers) if near else offers
    return SearchPage(
        title=f"{counted(len(found.events), 'event')} found by “{_shown(filters)}”",
        also=also_found_by(offers),
        html=(_orders(filters, order) if len(events) > 1 else "")
        + found_list(found, own, selection.tables, lambda event_id: event_href(event_id, filters), today),
        caption=page.caption,
        number=page.number,
        pages=page.pages,
        doubts=tuple(filter(None, (page.doubt, odd))),
    )


def _order(wanted: str | None) -> tuple[str, str]:
    """The order that an address asks for; the default where it asks for none that is known, and then a sentence that says so."""
    default = next(iter(ORDERS))
    if not wanted or wanted in ORDERS:
        return wanted or default, ""
    near = nearest(wanted, ORDERS)
    return (
        default,
        f"The link asks for the order {shown(wanted)}, which is not known here{f'; did you mean {near}?' if near else '.'}",
    )


def _orders(filters: Filters, order: str) -> str:
    """The current order, and links to the others."""
    default = next(iter(ORDERS))
    return orders_row(
        [
            (
                name,
                None if word == order else page_href("search", filters, {"order": word if word != default else None}),
            )
            for word, name in ORDERS.items()
        ]
    )


def _shown(filters: Filters, limit: int = 80) -> str:
    text = " ".join(filters["q"])
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _slip(selection: Selection) -> Offer | None:
    """The query with a likely slip of the pen corrected, unless that is offered as another spelling already."""
    near = did_you_mean(selection)
    known = {folded(" ".join(offer.filters["q"])) for offer in also_found(selection)}
    return near if near and folded(" ".join(near.filters["q"])) not in known else None


def _nothing(selection: Selection) -> str:
    """The way on where nothing is found: a near word, another reading, the same query without the other filters."""
    alone = Filters.of({"q": selection.filters["q"]})
    wider = len(select(selection.tables, alone)) if alone != selection.filters else 0
    return nothing_found(_slip(selection), also_found(selection), wider, page_href("search", alone))
