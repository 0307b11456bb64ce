"""The frame around every page: masthead, navigation, filter bar, problems, the two buttons."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from pathlib import Path
from threading import Lock

import pandas as pd
import streamlit as st
from streamlit.navigation.page import Page

from lib.content.methods import behind
from lib.export.csv import to_csv
from lib.export.rows import file_name
from lib.filters.value import Filters
from lib.html.parts import nav_row
from lib.links import page_href
from lib.text import counted
from lib.ui.chosen import choice_doubts
from lib.ui.filterbar import filter_bar
from lib.ui.pages import PAGES, first_row, navigation_pages, second_row
from lib.ui.runtime import snapshot, warm_up
from lib.ui.takeaway import briefing_button
from lib.ui.view import View, current_view
from lib.ui.ways import markup, say_doubts, way

_WORDMARK = (
    '<style>@import url("app/static/samvad.css");</style><script src="app/static/links.js"></script>'
    '<div class="wordmark">Samvad<span>who met, who came, what was said</span></div>'
)
"""The name, with the look and the script for links, fetched once by the browser; relative, so that they hold under any prefix."""

_ICON = (
    "data:image/svg+xml;base64,"
    + b64encode((Path(__file__).resolve().parents[2] / "static" / "icon.svg").read_bytes()).decode()
)
"""The tab's icon, in the page itself: the framework's own icons come from another host."""

LOOK_EVERY = 4
"""Seconds between two checks whether the data has changed under an open page."""


TURN = Lock()
"""Held by the session whose script runs. Streamlit runs each session in a thread of its own; under the interpreter's one lock ten at
once are no faster than one after another, and switching between them costs (measured in docs/benchmarks.md)."""


def run(more: Iterable[Page] = ()) -> None:
    """Draw the frame and the page that the address asks for, when it is this session's turn. ``more`` pages get no frame."""
    with TURN:
        _run(list(more))


def _run(more: list[Page]) -> None:
    warm_up()
    st.set_page_config(
        page_icon=_ICON,
        layout="wide",
        initial_sidebar_state="auto",
        menu_items={"About": "Samvad: who met, who came and what was said at multilateral security meetings."},
    )
    page = st.navigation([*navigation_pages(), *more], position="hidden")
    if page not in more:
        view = current_view(page.url_path or "overview")
        _masthead(view)
        filter_bar(view)
        _doubts(view)
        _watch(view.snapshot.version)
    page.run()


def _masthead(view: View) -> None:
    """Name and navigation. Few elements: each costs as much as a small table."""
    st.html(_WORDMARK, unsafe_allow_javascript=True)
    rows = [navigation(first_row(), PAGES[view.page].under or view.page, view.page, view.filters)]
    if second := second_row(view.page):
        rows.append(navigation(second, view.page, view.page, view.filters, "Pages of this part"))
    markup("".join(rows))


@lru_cache(maxsize=1024)
def navigation(names: tuple[str, ...], under: str, here: str, filters: Filters, label: str = "Pages") -> str:
    """A row of links to pages, which carry the filters; ``under`` is the page of this row to whose part the current page belongs."""
    return nav_row(
        label, ((page_href(name, filters), PAGES[name].title, name == under, name == here) for name in names)
    )


def _doubts(view: View) -> None:
    """Show what the link asks for in vain, and what is wrong with the records."""
    say_doubts(view.link.doubts, view.filters, view.href, choice_doubts(view))
    problems = view.snapshot.problems
    if problems and view.page != "data":
        aside = len(view.snapshot.catalog.set_aside)
        what = (
            f"{counted(aside, 'record is', 'records are')} set aside"
            if aside
            else f"{counted(len(problems), 'problem')} in the records"
        )
        markup(
            f'<p class="problem" role="status">Something is missing here: {what}. {way("data", "See what is wrong", view.filters)}</p>'
        )
    if not problems and not len(view.tables.events):
        markup(
            '<p class="problem" role="status">There are no records: the data folder that this dashboard reads holds none.</p>'
        )


@st.fragment(run_every=LOOK_EVERY)
def _watch(version: str) -> None:
    """Run the page again when the data has changed under it."""
    if snapshot().version != version:
        st.rerun()


def heading(
    view: View,
    title: str,
    table: str,
    rows: pd.DataFrame,
    lede: str = "",
    write: Callable[[pd.DataFrame, str], bytes] = to_csv,
    whose: str = "",
) -> None:
    """The page's title, the selection in words, and the two buttons that every page with data has.

    ``rows`` of ``table`` are what the page shows, and so what its CSV holds; ``write`` makes it. ``whose`` is the country or person to which they belong, where
    they are of one alone.
    """
    # The headings of charts and lists are of the third level: one of the second, heard but not seen, keeps the order whole.
    # In one element with the way to what is behind it: each element costs every reader's every run.
    markup(
        f"<h1>{escape(title)}</h1><p class='lede big'>{escape(lede or view.selection.words)}</p>{behind(view.page, view.filters)}"
        "<h2 class='unseen'>What this page shows</h2>"
    )
    with st.container(horizontal=True, key="actions", gap="small"):
        with st.popover(
            "Share this view",
            icon=":material/link:",
            key="share",
            help="A link that opens this page with these filters and this choice",
        ):
            st.code(view.address(), language=None, wrap_lines=True)
        st.download_button(
            "Download CSV",
            data=lambda: write(rows, table),
            file_name=file_name(table, view.filters, "csv", whose),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="download-csv",
            help=f"{counted(len(rows), 'row')} of the table {table}: exactly what this page shows",
        )
        if view.page in ("overview", "data"):
            briefing_button(view)


def page_view(name: str) -> View:
    """The view that a page draws; the frame has checked the same address."""
    return current_view(name)
