"""Ways on: links to other views that the address follows, and words that a reader has to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from lib.filters.value import Filters
from lib.links import page_href

class _Markup:
    """HTML that is finished: the framework takes off indents and looks for files where it is given a text."""

    def __init__(self, html: str) -> None:
        self._html = html

    def _repr_html_(self) -> str:
        return self._html


def markup(html: str) -> None:
    """Draw HTML, which the browser's part makes safe."""
    st.html(_Markup(html))


MOST_SAID = 6
"""Sentences on a link's doubts that are shown; a link can hold thousands."""


def way(page: str, label: str, filters: Filters, settings: Mapping[str, str | None] | None = None, title: str = "") -> str:
    """A link to a view, as HTML: it opens in the tab that stands, or like any link in another one. ``title`` is shown on hovering."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a class="way" href="{escape(page_href(page, filters, settings))}" target="_self"{hint}>{escape(label)}</a>'


def ways(*links: str) -> str:
    """Links beside one another."""
    return f'<p class="ways">{" ".join(links)}</p>' if links else ""


def say(sentences: Sequence[str]) -> None:
    """What a link asks for in vain. As HTML: the framework's Markdown would make links of addresses that stand in it."""
    if not sentences:
        return
    rest = len(sentences) - MOST_SAID
    items = [escape(sentence) for sentence in sentences[:MOST_SAID]] + ([f"and {rest:,} more"] if rest > 0 else [])
    markup(f'<div class="doubt" role="alert"><ul>{"".join(f"<li>{item}</li>" for item in items)}</ul></div>')


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in text.replace("\n", " "))
