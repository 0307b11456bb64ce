"""The pages and their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

_FOLDER = Path(__file__).resolve().parents[2] / "pages"

@dataclass(frozen=True, slots=True)
class PageName:
    """A page's title, and the page under whose link it stands in the navigation; None for the first row."""

    title: str
    under: str | None = None


PAGES: Mapping[str, PageName] = {
    "overview": PageName("Overview"),
    "timeline": PageName("Timeline"),
    "search": PageName("Search hits", under="timeline"),
    "participants": PageName("Participants"),
    "representation": PageName("Representation", under="participants"),
    "country": PageName("Country profile", under="participants"),
    "pairs": PageName("Who meets whom", under="participants"),
    "themes": PageName("Themes"),
    "co-occurrence": PageName("Raised together", under="themes"),
    "uptake": PageName("Uptake", under="themes"),
    "compare": PageName("Compare"),
    "event": PageName("Event", under="timeline"),
    "data": PageName("Data"),
    "watch": PageName("Watch", under="data"),
}
"""The pages by the last part of their address; the overview's is the root."""


def first_row() -> tuple[str, ...]:
    """The pages that every page links to."""
    return tuple(name for name, page in PAGES.items() if page.under is None)


def second_row(here: str) -> tuple[str, ...]:
    """The pages under the same link of the first row as the page ``here``; empty where there are none.

    A record is reached from its events, not from the navigation.
    """
    top = PAGES[here].under or here
    return tuple(name for name, page in PAGES.items() if page.under == top and name != "event") if here != "event" else ()


def navigation_pages() -> list[Page]:
    """The pages for st.navigation. New ones for each run: Streamlit marks in them which one a session may run."""
    return [copy(page) for page in _pages()]


@lru_cache(maxsize=1)
def _pages() -> list[Page]:
    return [st.Page(_FOLDER / f"{name}.py", title=f"{page.title} · Samvad", url_path="" if name == "overview" else name, default=name == "overview")
            for name, page in PAGES.items()]


def page_file(name: str) -> str:
    """The file of a page: how a link names it."""
    return str(_FOLDER / f"{name}.py")
