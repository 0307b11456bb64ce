"""What pages are made of: headings, charts with their twin, paged lists, empty states."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from html import escape
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from lib.content.lists import list_page
from lib.figures.chart import Chart
from lib.filters.value import Filters
from lib.html.parts import contents, pager, sample_list
from lib.html.search import offers_list
from lib.links import page_href
from lib.search.also import also_found
from lib.text import counted
from lib.ui.chosen import choosing, chosen_on, chosen_panel, kinds
from lib.ui.runtime import today
from lib.ui.view import View
from lib.ui.ways import markup, say, way, ways


class _Drawn(go.Figure):
    """A finished figure: Streamlit needs only its mapping, which is neither copied nor validated again on each run."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        # The base class would validate every value: ten times the cost of the rest of the page.
        object.__setattr__(self, "_spec", spec)

    def to_dict(self) -> dict[str, Any]:
        return {**self._spec, "data": [dict(trace) for trace in self._spec["data"]]}


_SIDEWAYS = '<p class="sideways" tabindex="0">Scroll sideways, by finger or arrow keys.</p>'
"""Shown where a wide chart is wider than the window."""

Part = tuple[str, str, str]
"""A heading, a sentence below it (or none), and HTML."""


def html_section(*parts: Part, beside: Sequence[Part] = (), listed: bool = False) -> None:
    """Headings with a sentence and HTML below each; before them those of ``beside``, side by side where there is room.

    One element for all of them: each costs the server as much as a small table. ``listed`` puts a list of links to the headings first.
    """
    first = "".join(f"<div>{_section(part)}</div>" for part in beside)
    markup(
        (contents([(_anchor(title), title, "") for title, _, _ in parts]) if listed else "")
        + (f'<div class="beside">{first}</div>' if first else "")
        + "".join(_section(part, _anchor(part[0]) if listed else "") for part in parts)
    )


def _section(part: Part, anchor: str = "") -> str:
    title, text, html = part
    return _titled(title, text, anchor) + html


def _titled(title: str, text: str, anchor: str = "") -> str:
    own = f' id="{anchor}"' if anchor else ""
    return f"<h3{own}>{escape(title)}</h3>" + (f'<p class="lede">{escape(text)}</p>' if text else "")


def _anchor(title: str) -> str:
    """The fragment of a link to a heading: its words in lower case, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))


def chart_block(
    view: View, name: str, chart: Chart, kind: str = "", within: Callable[[str], tuple[View, str]] | None = None
) -> None:
    """A chart with its title, twin and footer, and the panel behind its chosen mark.

    ``kind`` is the kind of choice that its marks make, where the page's charts allow more than one.
    ``within`` gives, for a choice, the view in which to read it and the choice in that view, where they differ.
    """
    able = kinds(view, name)
    title = _titled(chart.title, chart.subtitle)
    if chart.spec is None:
        markup(title)
        empty(view, chart.empty, chart.but_for)
        return
    options: dict[str, Any] = {
        "key": f"chart-{name}",
        "config": {"displayModeBar": False, **chart.config},
        "alt": chart.alt,
    }
    if chart.selectable and able:
        options |= {"on_select": choosing(name, kind or able[0]), "selection_mode": "points"}
    with st.container(key=f"wide-{name}") if chart.wide else nullcontext():
        # What scrolls needs something in it that the keyboard reaches.
        markup(title + sample_list(chart.key) + (_SIDEWAYS if chart.wide else ""))
        st.plotly_chart(_Drawn(chart.spec), **options)
    if chart.footer:
        markup(f'<p class="footer">{escape(chart.footer)}</p>')
    twin = st.expander(
        f"Show as table ({counted(len(chart.table), 'row')})", key=f"twin-{name}", on_change="rerun", type="compact"
    )
    if twin.open:
        twin.dataframe(chart.table, hide_index=True)
    if chosen_on(view) == name:
        sel = view.setting("sel") or ""
        where, choice = within(sel) if within else (view, sel)
        chosen_panel(where, choice, onward="timeline" if within else view.page)


def paged(view: View, what: Literal["events", "mentions"], title: str, text: str, before: Sequence[Part] = ()) -> None:
    """The events or points of the view as a list by pages, after the parts ``before`` it; the page number is in the address."""
    if not len(view.selection):
        return
    shown = list_page(view.selection, what, view.setting("page"), today())
    say([shown.doubt] if shown.doubt else [])
    html_section(*before, (title, text, shown.html + list_foot(view, shown.caption, shown.number, shown.pages)))


def list_foot(view: View, caption: str, number: int, pages: int) -> str:
    """The foot of a list, of which one of ``pages`` is shown: what it holds, and the links to the others."""

    def href(page: int) -> str:
        return page_href(view.page, view.filters, {**view.link.settings, "page": str(page) if page > 1 else None})

    return f'<p class="footer">{escape(caption)}</p>{pager(number, pages, href)}' if pages > 1 else ""


def empty(view: View, text: str, but_for: Sequence[str] = ()) -> None:
    """Say that there is nothing; offer other readings of the search, and the way back: without the filters ``but_for``, without which there would be something, or else without any.

    Where there are no records at all, no filter is to blame.
    """
    text = text if len(view.tables.events) else "There is no record to show."
    back = ""
    if but_for:
        left = view.filters.replaced(
            **dict.fromkeys(but_for, ()), **({"country_match": ()} if "country" in but_for else {})
        )
        back = ways(
            way(
                view.page,
                "Show it without this filter" if len(but_for) == 1 else "Show it without these filters",
                left,
                {"meetings": view.setting("meetings")},
            )
        )
    elif view.filters:
        back = ways(way(view.page, "Show everything", Filters()))
    offers = also_found(view.selection) if view.filters["q"] else ()
    other = f"<p>Other readings of the search:</p>{offers_list(offers, more=False)}" if offers else ""
    markup(f'<div class="nothing"><p class="empty">{escape(text)}</p>{other}{back}</div>')
