"""Parts of the compare page that need widgets: the right side's filters, its doubts, the records behind a mark of either side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lib.analysis.compare import counted_of
from lib.filters.selection import select
from lib.links import Link, read_versus, write_versus
from lib.ui.filterbar import right_bar
from lib.ui.view import View
from lib.ui.ways import say_doubts


def right_side(view: View) -> Link:
    """The right side as the address gives it; its doubts are shown."""
    other = read_versus(view.link, view.tables)
    say_doubts(other.doubts, other.filters, lambda filters: view.href(view.filters, **write_versus(filters)))
    return other


def right_filters(view: View, other: Link, opened: bool = False) -> None:
    """The right side's filter bar, drawn when it is open; the left side's is the sidebar's."""
    box = st.expander(
        "Filters of the right side (the sidebar has those of the left)",
        expanded=opened,
        key=f"right-filters-{opened}",
        on_change="rerun",
        type="compact",
    )
    if box.open:
        with box:
            right_bar(other.filters, view.tables)


def of_side(view: View, other: Link) -> Callable[[str], tuple[View, str]]:
    """For a choice ``side:<left or right>:<kind>:<what>`` the view of that side, and the choice in it."""

    def within(sel: str) -> tuple[View, str]:
        _, side, choice = (*sel.split(":", 2), "", "")[:3]
        selection = counted_of(select(view.tables, other.filters if side == "right" else view.filters), choice)
        return replace(view, link=Link(selection.filters), selection=selection), choice

    return within
