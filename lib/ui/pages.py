"""The pages and their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

_FOLDER = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True, slots=True)
class PageName:
    """A page's title, the page under which the navigation lists it (None for the first row), and its charts.

    ``charts`` gives for each chart with marks to choose the kinds of choice that they make: what precedes
    the colon in the page setting ``sel``. Of several charts for one kind, the first shows a choice that names no chart.
    """

    title: str
    under: str | None = None
    charts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


PAGES: Mapping[str, PageName] = {
    "overview": PageName("Overview", charts={"years": ("year",)}),
    "timeline": PageName("Timeline", charts={"timeline": ("event",)}),
    "search": PageName("Search hits", under="timeline"),
    "participants": PageName(
        "Participants", charts={"map": ("country",), "ranking": ("country",), "matrix": ("cell",)}
    ),
    "representation": PageName(
        "Representation",
        under="participants",
        charts={"presence": ("cell",), "rates": ("member", "came"), "levels": ("cell",)},
    ),
    "country": PageName("Country profile", under="participants", charts={"people": ("event",), "series": ("came",)}),
    "person": PageName("Person", under="participants", charts={"where": ("event",)}),
    "pairs": PageName("Who meets whom", under="participants", charts={"met": ("met",), "shared": ("shared",)}),
    "themes": PageName("Themes", charts={"often": ("theme",), "form": ("form",), "said": ("said",), "when": ("when",)}),
    "co-occurrence": PageName("Raised together", under="themes", charts={"together": ("both", "voiced")}),
    "uptake": PageName("Uptake", under="themes", charts={"path": ("point",)}),
    "compare": PageName("Compare", charts=dict.fromkeys(("years", "themes", "levels", "countries"), ("side",))),
    "event": PageName("Event", under="timeline"),
    "data": PageName("Data"),
    "watch": PageName("Watch", under="data"),
    "methods": PageName("Methods", under="data"),
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
    return (
        tuple(name for name, page in PAGES.items() if page.under == top and name != "event") if here != "event" else ()
    )


def navigation_pages() -> list[Page]:
    """The pages for st.navigation. New ones for each run: Streamlit marks in them which one a session may run."""
    return [copy(page) for page in _pages()]


@lru_cache(maxsize=1)
def _pages() -> list[Page]:
    return [
        st.Page(
            _FOLDER / f"{name}.py",
            title=f"{page.title} · Samvad",
            url_path="" if name == "overview" else name,
            default=name == "overview",
        )
        for name, page in PAGES.items()
    ]
