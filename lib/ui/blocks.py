"""What pages are made of: headings, charts with their twin, the panel behind a chosen mark, paged lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from html import escape
from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from lib.content.lists import chosen, list_page
from lib.figures.chart import Chart
from lib.links import write_query
from lib.text import counted
from lib.ui.pages import page_file
from lib.ui.view import View, current_view
from lib.ui.view import go as go_to


class _Drawn(go.Figure):
    """A finished figure: what Streamlit asks of one is its mapping, which is neither copied nor validated anew on each run."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        # The base class would validate every value: ten times the cost of the rest of the page.
        object.__setattr__(self, "_spec", spec)

    def to_dict(self) -> dict[str, Any]:
        return {**self._spec, "data": [dict(trace) for trace in self._spec["data"]]}


def html_section(*parts: tuple[str, str, str]) -> None:
    """Headings with a sentence and HTML below each: (title, sentence, HTML)."""
    st.html("".join(_titled(title, text) + html for title, text, html in parts))


def side_by_side(*parts: tuple[str, str, str]) -> None:
    """As :func:`html_section`, the parts beside one another where there is room."""
    st.html('<div class="beside">' + "".join(f"<div>{_titled(title, text)}{html}</div>" for title, text, html in parts) + "</div>")


def _titled(title: str, text: str) -> str:
    return f"<h3>{escape(title)}</h3>" + (f'<p class="lede">{escape(text)}</p>' if text else "")


def chart_block(view: View, name: str, chart: Chart, selects: str = "", within: Callable[[str], tuple[View, str]] | None = None) -> None:
    """A chart with its title, twin and footer; ``selects`` is the kind of choice that its marks make.

    ``within`` gives for a choice the view that it is to be read in, and the choice there, where that is another.
    """
    st.html(_titled(chart.title, chart.subtitle))
    if chart.spec is None:
        empty(view, chart.empty, name)
        return
    options: dict[str, Any] = {"key": f"chart-{name}", "config": {"displayModeBar": False, **chart.config}, "alt": chart.alt}
    if chart.selectable and selects:
        options |= {"on_select": _choose(f"chart-{name}", name, selects), "selection_mode": "points"}
    with st.container(key=f"wide-{name}") if chart.wide else nullcontext():
        st.plotly_chart(_Drawn(chart.spec), **options)
    if chart.footer:
        st.html(f'<p class="footer">{escape(chart.footer)}</p>')
    twin = st.expander(f"Show as table ({counted(len(chart.table), 'row')})", key=f"twin-{name}", on_change="rerun", type="compact")
    if twin.open:
        twin.dataframe(chart.table, hide_index=True)
    sel = view.setting("sel") or ""
    if selects and sel.startswith(f"{selects}:") and (view.setting("on") or name) == name:
        _chosen_panel(*(within(sel) if within else (view, sel)))


def _choose(key: str, name: str, selects: str) -> Callable[[], None]:
    """What choosing a mark does: it puts the choice, and the chart where it was made, into the address."""

    def choose() -> None:
        view = current_view("")
        what = _picked(key)
        sel = f"{selects}:{what}" if what else None
        go_to(view.filters, {**view.link.settings, "sel": sel, "on": name if sel else None})

    return choose


def _picked(key: str) -> str | None:
    """The mark that is chosen in this browser, by what it stands for."""
    state = st.session_state.get(key)
    points = state.selection.points if state else []
    data = points[0].get("customdata") if points else None
    if not data:
        return None
    return str(data[0] if isinstance(data, list) else data.get("0") if isinstance(data, dict) else data)


def ringed(view: View, name: str, selects: str) -> str | None:
    """The mark to ring: the address's choice, unless it was made in this browser, where the chart shows it already.

    A figure that changed with each choice would be drawn anew and lose its zoom.
    """
    kind, _, what = (view.setting("sel") or "").partition(":")
    return what if kind == selects and what and _picked(f"chart-{name}") != what else None


def _chosen_panel(view: View, sel: str) -> None:
    """The records behind the choice in the address, with the way to them."""
    panel = chosen(view.selection, sel)
    with st.container(border=True, key="chosen"):
        if panel.doubt:
            st.warning(plain(panel.doubt))
        else:
            more = f'<p class="footer">{escape(panel.more)}</p>' if panel.more else ""
            st.html(f'<h4 class="chosen-title">{escape(panel.title)}</h4>{panel.html}{more}')
        with st.container(horizontal=True):
            if panel.event:
                st.page_link(page_file("event"), label="Read the record", icon=":material/article:", query_params=write_query(view.filters, {"id": panel.event}))
            if panel.filters is not None:
                st.page_link(page_file(view.page), label="Show only these", icon=":material/filter_alt:", query_params=write_query(panel.filters))
            st.button("Close", key="close-chosen", on_click=_close, type="tertiary", icon=":material/close:")


def _close() -> None:
    view = current_view("")
    go_to(view.filters, {**view.link.settings, "sel": None, "on": None})


def paged(view: View, what: Literal["events", "mentions"], title: str, text: str) -> None:
    """The events or points of the view as a list by pages; the page stands in the address."""
    if not len(view.selection):
        return
    shown = list_page(view.selection, what, view.setting("page"))
    footer = f'<p class="footer">{shown.caption}</p>' if shown.pages > 1 else ""
    html_section((title, text, shown.html + footer))
    pager(shown.number, shown.pages)


def pager(number: int, pages: int) -> None:
    """The pages of a list; nothing where there is one only."""
    if pages > 1:
        # A key of each page: the widget begins where the address says, whatever it showed before.
        key = f"list-page-{number}"
        st.pagination(pages, default=number, key=key, on_change=_turn, args=(key,))


def _turn(key: str) -> None:
    view = current_view("")
    go_to(view.filters, {**view.link.settings, "page": str(st.session_state[key])})


def empty(view: View, text: str, name: str = "page") -> None:
    """Says that there is nothing, and offers the way back."""
    with st.container(border=True, key=f"empty-{name}"):
        st.html(f'<p class="empty">{escape(text)}</p>')
        if view.filters:
            st.page_link(page_file(view.page), label="Show everything", icon=":material/filter_alt_off:")


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in text.replace("\n", " "))
