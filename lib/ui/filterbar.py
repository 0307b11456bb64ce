"""The filter bar. The address holds the state: widgets show it, and changing a widget rewrites it.

One function draws a bar for either side of a comparison: the left one's filters are in the
address under their own names and in the sidebar of every page, the right one's have the prefix ``vs_``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lib.filters.table import BY_PARAMETER, FILTERS, Filter
from lib.filters.value import Filters
from lib.keep import kept
from lib.links import VERSUS, Link, read_versus, write_versus
from lib.tables.build import Tables
from lib.ui.runtime import snapshot
from lib.ui.view import View, change, current_link

RIGHT = VERSUS
"""The prefix of the right side; the left side has none."""


def _key(row: Filter, side: str) -> str:
    return f"filter-{side}{row.parameter}"


def _label(row: Filter, side: str) -> str:
    return f"{row.label}, right side" if side else row.label


def filter_bar(view: View) -> None:
    """Draw the filters of the contract in the sidebar, showing those in force."""
    with st.sidebar:
        _bar(view.filters, view.tables)
        st.button(
            "Clear filters",
            key="clear-filters",
            on_click=_clear,
            args=("",),
            disabled=not view.filters and not view.link.doubts,
            width="stretch",
        )


def right_bar(filters: Filters, tables: Tables) -> None:
    """Draw the filters of the right side of a comparison, here on the page."""
    with st.container(key="right-bar"):
        _bar(filters, tables, RIGHT)
        st.button("Clear the right side", key="clear-right", on_click=_clear, args=(RIGHT,), disabled=not filters)


def _bar(filters: Filters, tables: Tables, side: str = "") -> None:
    """The widgets of one side; the two of the period side by side."""
    main = [row for row in FILTERS if row.main]
    with st.container(horizontal=True, gap="small", key=f"period{side}"):
        for row in main[:2]:
            _widget(row, filters, tables, side)
    for row in main[2:]:
        _widget(row, filters, tables, side)
    more = [row for row in FILTERS if not row.main]
    in_force = sum(bool(filters[row.parameter]) for row in more)
    label = f"More filters ({in_force})" if in_force else "More filters"
    box = st.expander(
        f"{label}, right side" if side else label, expanded=bool(in_force), key=f"more-filters{side}", on_change="rerun"
    )
    if box.open:
        with box:
            for row in more:
                _widget(row, filters, tables, side)


def _widget(row: Filter, filters: Filters, tables: Tables, side: str) -> None:
    """One filter's widget, set to the address's value before it is drawn."""
    key, label = _key(row, side), _label(row, side)
    words = tuple(
        dict.fromkeys(row.canonical(tables, word) if row.canonical else word for word in filters[row.parameter])
    )
    changed: dict[str, Any] = {"key": key, "on_change": _changed, "args": (side,), "help": row.help or None}
    if row.widget == "choice":
        options = _options(row, tables, words)
        put(key, list(words))
        st.multiselect(
            label,
            list(options),
            format_func=lambda word: options.get(word, word),
            placeholder="Any",
            select_all=False,
            **changed,
        )
    elif row.widget == "match":
        put(key, words == ("all",))
        st.toggle(f"{row.label} all{', right side' if side else ''}", **changed)
    else:
        put(key, " ".join(words))
        st.text_input(
            label,
            type="search" if row.parameter == "q" else "default",
            placeholder="Words, in any order" if row.parameter == "q" else "Any",
            **changed,
        )


def put(key: str, value: Any) -> None:
    """Set a widget to what the address says, before it is drawn."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _options(row: Filter, tables: Tables, chosen: tuple[str, ...]) -> Mapping[str, str]:
    """What the widget offers, with whatever the address asks for beyond it: a country without rows, an unknown word."""
    assert row.known is not None
    options = _offered(tables, row.parameter)
    extra = [word for word in chosen if word not in options]
    if not extra:
        return options
    known = row.known(tables)
    return {**options, **{word: known.get(word, f"{word} (not known)") for word in extra}}


@kept
def _offered(tables: Tables, parameter: str) -> Mapping[str, str]:
    """What the widget of a filter offers on this state of the data."""
    offered = BY_PARAMETER[parameter].offered
    assert offered is not None
    return offered(tables)


def _changed(side: str) -> None:
    """Rewrite the address from all widgets of a side: after two quick changes the first may not be in it yet."""
    link = current_link()
    filters = read_versus(link, snapshot().tables).filters if side else link.filters
    values: dict[str, Any] = dict(filters.chosen)
    for row in FILTERS:
        state = st.session_state.get(_key(row, side))
        if state is None:
            continue
        if row.widget == "match":
            values[row.parameter] = "all" if state else ()
        elif row.widget == "choice":
            values[row.parameter] = tuple(state)
        else:
            values[row.parameter] = state.strip()
    _write(link, Filters.of(values), side)


def _clear(side: str) -> None:
    _write(current_link(), Filters(), side)


def _write(link: Link, filters: Filters, side: str) -> None:
    """Write the address with other filters of one side; the other side is unchanged."""
    if side:
        change(link, link.filters, **write_versus(filters))
    else:
        change(link, filters)
