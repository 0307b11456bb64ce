"""The view that an address asks for: page, filters, settings, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.keep import kept
from lib.links import Link, address, page_href, page_path, read_link, write_query
from lib.store import Snapshot
from lib.tables.build import Tables
from lib.tables.columns import TABLES
from lib.ui.runtime import snapshot
from lib.vocabulary import Vocabulary

LEFT_BY_CHANGE = ("page", "sel", "on")
"""Page settings that a change of the filters drops: they pointed into the old rows."""


@dataclass(frozen=True, eq=False)
class View:
    """One page with one address, over one state of the data."""

    page: str
    snapshot: Snapshot
    link: Link
    selection: Selection

    @property
    def tables(self) -> Tables:
        """The tables of this state of the data."""
        return self.snapshot.tables

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabularies of this state of the data."""
        return self.snapshot.vocabulary

    @property
    def filters(self) -> Filters:
        """The filters in force."""
        return self.link.filters

    @property
    def table_names(self) -> tuple[str, ...]:
        """The names of the tables."""
        return tuple(TABLES)

    def setting(self, name: str) -> str | None:
        """A page setting of the address."""
        return self.link.setting(name)

    def address(self) -> str:
        """The complete address of this view, including the host where the browser has given it."""
        parts = urlsplit(st.context.url or "")
        here = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
        # The overview's address is the folder of all pages, with or without a last slash; the others lie in it.
        folder = parts.path.rstrip("/") if self.page == "overview" else parts.path.rsplit("/", 1)[0]
        return address(f"{here}{folder}/{page_path(self.page)}", self.filters, self.link.settings)

    def href(self, filters: Filters, **settings: str | None) -> str:
        """The address to which :func:`change` would go, for a link."""
        return page_href(self.page, filters, _outlasting(self.link, settings))


def current_view(page: str) -> View:
    """The view of ``page`` that the browser's address asks for."""
    data = snapshot()
    link = _asked_of(data.tables)
    return View(page, data, link, select(data.tables, link.filters))


def current_link() -> Link:
    """What the browser's address says: all that a widget needs to write another one."""
    return _asked_of(snapshot().tables)


def _asked_of(tables: Tables) -> Link:
    return _link(tables, tuple((key, value) for key in st.query_params for value in st.query_params.get_all(key)))


@kept
def _link(tables: Tables, pairs: tuple[tuple[str, str], ...]) -> Link:
    """As ``read_link``: one run asks for the same address several times."""
    return read_link(pairs, tables)


def change(link: Link, filters: Filters, **settings: str | None) -> None:
    """Write the address of ``link`` with other filters; page settings that pointed into the old rows are dropped."""
    go(filters, _outlasting(link, settings))


def _outlasting(link: Link, settings: Mapping[str, str | None]) -> dict[str, str | None]:
    """The page settings of ``link`` that outlast a change of the filters, with ``settings`` replaced."""
    return {**{name: value for name, value in link.settings.items() if name not in LEFT_BY_CHANGE}, **settings}


def go(filters: Filters, settings: Mapping[str, str | None]) -> None:
    """Write the address: one call, so that it makes one entry in the browser's history.

    Only a person's action in this run writes it. After the browser has gone back or forward, or when the watch over
    the data has ticked, widgets may still report what the browser showed before, which would restore the old address.
    """
    run = get_script_run_ctx()
    if run is None or run.is_history_navigation or run.fragment_ids_this_run:
        return
    query = write_query(filters, settings)
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)
