"""Small pieces of HTML that the lists and the record share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

from lib.figures.chart import Sample
from lib.figures.theme import FORMS, GROUPS, MUTED
from lib.filters.value import Filters
from lib.html.sources import Source
from lib.links import page_href
from lib.records.dates import date_or_none, parse_date
from lib.text import day_in_words, days_in_words
from lib.vocabulary import Vocabulary

Href = Callable[[str], str]
"""Gives the address of an event's page for the event's id."""


class Html(str):
    """Text that is HTML already: where other texts are escaped, it is taken as it is."""

    __slots__ = ()


def link(address: str, text: str, css: str = "", title: str = "", current: bool = False) -> str:
    """A link within the dashboard, around a text or :class:`Html`; it opens in the same tab, so Back works, or like any link in another one.

    ``css`` is its class, ``title`` is shown on hovering, ``current`` says that it leads to the page that it is on.
    """
    return f"{link_start(address, css, title, current)}{_inner(text)}</a>"


def link_start(address: str, css: str = "", title: str = "", current: bool = False) -> str:
    """The opening tag of a :func:`link`, for a writer that comes to its content only later."""
    more = (
        (f' class="{css}"' if css else "")
        + (f' title="{escape(title)}"' if title else "")
        + (" aria-current=page" if current else "")
    )
    return f'<a href="{escape(address)}" target="_self"{more}>'


def _inner(text: str) -> str:
    return text if isinstance(text, Html) else escape(text)


def person_link(name: str, key: str | None) -> str:
    """A name as a link to the person's page: by ``key``, an id of the registry, or by the name where the registry does not know it."""
    return link(page_href("person", Filters(), {"p": key or name}), name)


def nav_row(label: str, items: Iterable[tuple[str, str, bool, bool]]) -> str:
    """A row of links to pages: for each its address, its words, whether the reader is in its part, and whether it is the current page."""
    links = "".join(
        link(address, text, "here" if here else "", current=current) for address, text, here, current in items
    )
    return f'<nav class="pages" aria-label="{escape(label)}">{links}</nav>'


def figures(cells: Iterable[tuple[int, str, str]]) -> str:
    """The head of a page: each number with what it counts, as (number, singular, plural)."""
    items = "".join(
        f"<div><dd>{number:,}</dd><dt>{escape(one if number == 1 else many)}</dt></div>" for number, one, many in cells
    )
    return f'<dl class="figures">{items}</dl>'


def contents(sections: Iterable[tuple[str, str, str]], css: str = "contents") -> str:
    """Links to the sections of the current page: (anchor, title, count shown after the link)."""
    links = "".join(
        f'<li><a href="#{escape(anchor)}">{escape(title)}</a> <span class="count">{escape(count)}</span></li>'
        for anchor, title, count in sections
    )
    return f'<ul class="{css}">{links}</ul>'


def outside(address: str, text: str, title: str = "") -> str:
    """A link to a source, around a text or :class:`Html`, in a tab of its own; ``title`` is shown on hovering."""
    return f"{outside_start(address, title)}{_inner(text)}</a>"


def outside_start(address: str, title: str = "") -> str:
    """The opening tag of a link :func:`outside`."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer"{hint}>'


@lru_cache(maxsize=4096)
def days(start: str, end: str, short: bool = True) -> str:
    """The days of an event in words."""
    return escape(days_in_words(parse_date(start), parse_date(end), short))


def source_links(sources: Iterable[Source]) -> str:
    """Sources as links beside one another, each with its publisher and its day of publication; empty without any."""
    found = [_source_link(*source) for source in sources]
    return f'<span class="sources">{" · ".join(found)}</span>' if found else ""


@lru_cache(maxsize=16_384)
def _source_link(publisher: str, title: str, url: str, published: str | None) -> str:
    day = date_or_none(published) if published else None
    when = f", {day_in_words(day, short=True)}" if day else ""
    return outside(url, publisher + when, title)


def sample_list(key: Iterable[Sample]) -> str:
    """A key to the marks of a chart, in lines as long as there is room."""
    items = "".join(
        f'<li><i class="{escape(one.shape)}" style="color:{escape(one.color)}"></i>{escape(one.name)}</li>'
        for one in key
    )
    return f'<ul class="samples">{items}</ul>' if items else ""


def pager(number: int, pages: int, href: Callable[[int], str]) -> str:
    """Links to the pages of a list, of which ``number`` is shown: the first, the last, and its neighbours; empty where there is only one page."""
    if pages < 2:
        return ""
    near = sorted({1, pages, *range(max(1, number - 1), min(pages, number + 1) + 1)})
    items = []
    for before, at in zip([0, *near], near, strict=False):
        items += ["<span>…</span>"] if at > before + 1 else []
        items.append(f"<b aria-current=page>{at}</b>" if at == number else link(href(at), str(at)))
    back = [link(href(number - 1), "Previous page")] if number > 1 else []
    onward = [link(href(number + 1), "Next page")] if number < pages else []
    return f'<nav class="pager" aria-label="Pages of the list">{"".join([*back, *items, *onward])}</nav>'


class Row(NamedTuple):
    """A row of a table: its cells as HTML, the index of the cell that names the row, and a class of its own. A single cell is the head of the rows below it."""

    cells: Sequence[str]
    head: int | None = 0
    css: str = ""


def plain_table(
    name: str, heads: Sequence[str], rows: Iterable[Row], css: str = "plain stacked", narrowest: str = ""
) -> str:
    """A table in a box that scrolls sideways where the window is too narrow for it; with "stacked" in ``css``, each row becomes a paragraph on a phone.

    The box takes the focus, so that the arrow keys scroll it too, and ``name`` is what a screen reader calls it. Below the width
    ``narrowest`` its columns would be a word wide. The roles keep it a table for screen readers where its rows are not laid out as one.
    """
    head = "".join(f"<th scope=col role=columnheader>{escape(text)}</th>" for text in heads)
    width = f' style="min-width:{narrowest}"' if narrowest else ""
    body = "".join(_row(row, heads) for row in rows)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(name)}"><table class="{css}" role=table{width}>'
        f"<thead role=rowgroup><tr role=row>{head}</tr></thead><tbody role=rowgroup>{body}</tbody></table></div>"
    )


def _row(row: Row, heads: Sequence[str]) -> str:
    if len(row.cells) == 1 < len(heads):
        return f"<tr role=row class={row.css!r}><th scope=rowgroup role=rowheader colspan={len(heads)}>{row.cells[0]}</th></tr>"
    cells = []
    for place, (cell, head) in enumerate(zip(row.cells, heads, strict=True)):
        label = f'data-label="{escape(head)}"'
        cells.append(
            f"<th scope=row role=rowheader {label}>{cell}</th>"
            if place == row.head
            else f"<td role=cell {label}>{cell}</td>"
        )
    return f"<tr role=row{f' class={row.css!r}' if row.css else ''}>{''.join(cells)}</tr>"


def group_dot(group: str | None, vocabulary: Vocabulary) -> str:
    """The colour of a group of series as a dot, with the group's name for those who do not see it."""
    name = vocabulary.label("groups", group)
    return f'<span class="dot" style="background:{GROUPS.get(group or "", MUTED)}" role="img" aria-label="{escape(name)}" title="{escape(name)}"></span>'


def form_tag(form: str, vocabulary: Vocabulary) -> str:
    """The form of a point as a small label."""
    label = vocabulary.label("mention-forms", form)
    return f'<span class="tag" style="border-color:{FORMS.get(form, MUTED)}">{escape(label)}</span>'


def status_in_words(status: str, last_day: dt.date, today: dt.date, vocabulary: Vocabulary) -> str:
    """The status of an event as it reads on the day ``today``: what was scheduled for a day that has passed no longer lies ahead."""
    return (
        "Announced, no report" if status == "scheduled" and last_day < today else vocabulary.label("statuses", status)
    )


def status_tag(status: str, last_day: dt.datetime, today: dt.date, vocabulary: Vocabulary) -> str:
    """A label for events that were not held; empty for the others."""
    return (
        ""
        if status == "held"
        else f'<span class="tag warn">{escape(status_in_words(status, last_day.date(), today, vocabulary))}</span>'
    )
