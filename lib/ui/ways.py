"""Ways on: links to other views that the address follows, and words that a reader has to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from lib.filters.value import Filters
from lib.links import write_query
from lib.ui.pages import page_file
from lib.ui.view import View, go

MOST_SAID = 6
"""Sentences on a link's doubts that are shown; a link can hold thousands."""


def way(view: View, page: str, label: str, filters: Filters, settings: Mapping[str, str | None] | None = None, *,
        key: str, icon: str | None = None, help: str | None = None) -> None:
    """A link to a view. ``label`` is plain text.

    To the page that stands it is a button: the framework's link to the same page changes the view and leaves the address as it was.
    """
    if page == view.page:
        st.button(plain(label), key=key, type="tertiary", icon=icon, help=help, on_click=go, args=(filters, settings or {}))
    else:
        with st.container(key=key, width="content"):
            st.page_link(page_file(page), label=plain(label), icon=icon, help=help, query_params=write_query(filters, settings))


def say(sentences: Sequence[str]) -> None:
    """What a link asks for in vain. As HTML: the framework's Markdown would make links of addresses that stand in it."""
    if not sentences:
        return
    rest = len(sentences) - MOST_SAID
    items = [escape(sentence) for sentence in sentences[:MOST_SAID]] + ([f"and {rest:,} more"] if rest > 0 else [])
    st.html(f'<div class="doubt" role="alert"><ul>{"".join(f"<li>{item}</li>" for item in items)}</ul></div>')


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in text.replace("\n", " "))
