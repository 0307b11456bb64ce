"""The hits of a search: events with the texts that hold the query, its words marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from lib.filters.value import Filters
from lib.html.parts import Href, Html, days, group_dot, link, outside, person_link, source_links, status_tag
from lib.html.sources import cited
from lib.links import page_href
from lib.search.also import Offer
from lib.search.find import Found, Hit
from lib.search.marks import excerpt, spans
from lib.tables.build import Tables
from lib.text import counted
from lib.vocabulary import voice

Row = Mapping[str, Any]

NO_RECORDS = '<p class="lede">There is nothing to search yet.</p>'
"""What the page shows where there are no records."""

MOST_HITS = 4
"""The most hits of one event that are shown; the record has the others."""


def marked(text: str, terms: Sequence[str], length: int = 260) -> Html:
    """``text`` as HTML with the terms marked, cut to about ``length`` letters around the first."""
    text = " ".join(text.split())
    shown, found = excerpt(text, spans(text, terms), length)
    parts, last = [], 0
    for start, end in found:
        parts += [escape(shown[last:start]), "<mark>", escape(shown[start:end]), "</mark>"]
        last = end
    return Html("".join([*parts, escape(shown[last:])]))


def found_list(found: Found, events: Sequence[int], tables: Tables, href: Href, today: dt.date) -> str:
    """Events in the order given, each with its best hits: in which field, what, and where that can be read."""
    return f'<ol class="hits">{"".join(_event(found, event, tables, href, today) for event in events)}</ol>'


def _event(found: Found, number: int, tables: Tables, href: Href, today: dt.date) -> str:
    vocabulary, terms = tables.vocabulary, found.query.terms
    event = _row(
        tables.events, number, ("event_id", "title", "start", "end", "series", "group", "status", "last_day", "place")
    )
    facts = f"{vocabulary.brief('series', event['series'])} · {event['place']}"
    hits = [hit for hit in found.hits(number) if hit.field.label != "Title"]
    lines = [f"<li>{_hit(hit, event['event_id'], terms, tables)}</li>" for hit in hits[:MOST_HITS]]
    more = len(hits) - len(lines)
    rest = f'<li class="more">and {counted(more, "more find")} in this record</li>' if more > 0 else ""
    finds = f'<ul class="finds">{"".join(lines)}{rest}</ul>' if lines else ""
    return (
        f'<li><span class="when">{days(event["start"], event["end"])}</span><div class="what">{group_dot(event["group"], vocabulary)}'
        f"{link(href(event['event_id']), marked(event['title'], terms, 400))} {status_tag(event['status'], event['last_day'], today, vocabulary)}"
        f'<span class="facts">{escape(facts)}</span>{finds}</div></li>'
    )


def _hit(hit: Hit, event_id: str, terms: Sequence[str], tables: Tables) -> str:
    """One hit: the field as a label, then the text."""
    columns, text = _TEXTS[hit.field.table]
    row = _row(tables[hit.field.table], hit.row, columns or (hit.field.column,))
    return f'<span class="tag">{escape(hit.field.label)}</span><span>{text(hit, row, event_id, terms, tables)}</span>'


def _row(frame: pd.DataFrame, place: int, columns: Sequence[str]) -> Row:
    """Some cells of one row; a tenth of the cost of a whole one."""
    return {column: frame[column].iat[place] for column in columns}


def _own(hit: Hit, row: Row, event_id: str, terms: Sequence[str], tables: Tables) -> str:
    if hit.field.column == "country":
        return marked(
            ", ".join(tables.vocabulary.label("countries", code) for code in tables.events["countries"].iat[hit.row]),
            terms,
        )
    return marked(row[hit.field.column], terms)


def _person(hit: Hit, row: Row, event_id: str, terms: Sequence[str], tables: Tables) -> str:
    party = tables.vocabulary.party(row["country"] if isinstance(row["country"], str) else row["organization"])
    texts = [marked(row[name], terms) for name in ("name", "role") if isinstance(row[name], str)]
    if isinstance(row["name"], str):
        key = row["person"] if isinstance(row["person"], str) else row["name"]
        texts[0] = Html(person_link(texts[0], key))
    there = " (absent, as a source states)" if row["attended"] is not pd.NA and not row["attended"] else ""
    return f'{", ".join(texts)} <span class="facts in">{escape(party)}{there}</span>'


def _point(hit: Hit, row: Row, event_id: str, terms: Sequence[str], tables: Tables) -> str:
    vocabulary = tables.vocabulary
    phrase = f'<span class="phrase">“{marked(row["phrase"], terms)}”</span> ' if isinstance(row["phrase"], str) else ""
    return (
        f'<span class="who">{escape(vocabulary.party(voice(row["by"], row["form"])))}</span> <span class="theme">{escape(vocabulary.label("themes", row["theme"]))}</span> {phrase}'
        f"{marked(row['point'], terms)} {source_links(cited(tables, event_id, row['source_ids']))}"
    )


def _outcome(hit: Hit, row: Row, event_id: str, terms: Sequence[str], tables: Tables) -> str:
    point = f". {marked(row['point'], terms)}" if isinstance(row["point"], str) else ""
    return f"{marked(row['title'], terms)}{point} {source_links(cited(tables, event_id, row['source_ids']))}"


def _source(hit: Hit, row: Row, event_id: str, terms: Sequence[str], tables: Tables) -> str:
    return f'{outside(row["url"], marked(row["title"], terms))} <span class="facts in">{marked(row["publisher"], terms)}</span>'


_TEXTS: Mapping[str, tuple[tuple[str, ...], Callable[[Hit, Row, str, Sequence[str], Tables], str]]] = {
    "events": ((), _own),
    "participations": (("country", "organization", "name", "role", "attended", "person"), _person),
    "mentions": (("by", "form", "theme", "point", "phrase", "source_ids"), _point),
    "outcomes": (("title", "point", "source_ids"), _outcome),
    "sources": (("url", "title", "publisher"), _source),
}
"""For each table the cells that a hit shows, and how."""


def invitation(examples: Sequence[tuple[str, str]]) -> str:
    """What can be searched, and how, with queries to try: (query, address)."""
    links = " · ".join(link(address, query) for query, address in examples)
    return (
        '<p class="lede">Titles, summaries, points, names, offices, outcomes, places and sources. Every word has to be found; '
        f"words in double quotes are found as a phrase. For example {links}.</p>"
    )


def orders_row(orders: Sequence[tuple[str, str | None]]) -> str:
    """The orders of the hits beside one another: (label, address), None for the address of the current one."""
    return f'<p class="lede">{" · ".join(f"<b>{escape(label)}</b>" if address is None else link(address, label) for label, address in orders)}</p>'


def also_found_by(offers: Sequence[Offer]) -> str:
    """Other readings of a query that found something; empty without any."""
    return (
        f'<div class="also"><h4 aria-level="3">Also found by</h4>{offers_list(offers, more=True)}</div>'
        if offers
        else ""
    )


def nothing_found(near: Offer | None, offers: Sequence[Offer], wider: int, address: str) -> str:
    """The way on from a query that found nothing: a near word, other readings, or the ``wider`` events that it finds at ``address`` without the other filters."""
    parts = [offers_list([near], more=False)] if near else []
    if offers:
        parts.append(f"<h4>Found by</h4>{offers_list(offers, more=False)}")
    if wider:
        parts.append(f'<p class="lede">{link(address, counted(wider, "event"))} without the other filters.</p>')
    return (
        "".join(parts)
        or '<p class="lede">No title, summary, point, name, office, outcome, place or source of one record holds all of these words. Fewer words find more.</p>'
    )


def offers_list(offers: Sequence[Offer], more: bool) -> str:
    """Other readings of the query as links: why, how many events, and, where there is a list already (``more``), how many of them are not in it."""
    items = []
    for offer in offers:
        count = counted(offer.events, "event") + (
            f", {offer.new} of them not in this list"
            if more and offer.new < offer.events
            else ", none of them in this list"
            if more
            else ""
        )
        items.append(f"<li>{escape(offer.reason)} – {link(_offered(offer.filters), count)}</li>")
    return f'<ul class="offers">{"".join(items)}</ul>'


def _offered(filters: Filters) -> str:
    """Where other filters are shown: words among the finds, one person alone on the person's page, all else on the timeline."""
    if filters["q"]:
        return page_href("search", filters)
    if len(filters["person"]) == 1:
        return page_href("person", filters.replaced(person=()), {"p": filters["person"][0]})
    return page_href("timeline", filters)
