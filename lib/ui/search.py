"""The search page's own parts: the box, what else may be meant, the results by pages."""

from __future__ import annotations

import streamlit as st

from lib.content.search import SearchPage
from lib.ui.blocks import list_foot
from lib.ui.filterbar import put
from lib.ui.view import View, change, current_link
from lib.ui.ways import markup, say

_KEY = "search-box"


def search_box(view: View) -> None:
    """The filter ``q`` once more, large: on a phone the filter bar is folded away."""
    put(_KEY, " ".join(view.filters["q"]))
    st.text_input(
        "Search the records",
        key=_KEY,
        on_change=_asked,
        type="search",
        label_visibility="collapsed",
        placeholder="Words, in any order; “a phrase” in double quotes",
    )


def _asked() -> None:
    link = current_link()
    change(link, link.filters.replaced(q=st.session_state[_KEY].strip()))


def finds(view: View, shown: SearchPage) -> None:
    """What is found, and what else may be meant."""
    say(shown.doubts)
    markup(shown.also + shown.html + list_foot(view, shown.caption, shown.number, shown.pages))
