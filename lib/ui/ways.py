"""Ways on: links to other views, and notices that a reader has to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType

import streamlit as st

from lib.filters.value import Filters
from lib.html.parts import link
from lib.links import Doubt, mended, page_href


class _Markup:
    """Finished HTML: given plain text, the framework would remove indents and look for files."""

    def __init__(self, html: str) -> None:
        self._html = html

    def _repr_html_(self) -> str:
        return self._html


def markup(html: str) -> None:
    """Draw HTML, which Streamlit's front end sanitizes."""
    st.html(_Markup(html))


MOST_SAID = 6
"""The most sentences about a link's doubts that are shown; a link can hold thousands."""


def way(
    page: str, label: str, filters: Filters, settings: Mapping[str, str | None] | None = None, title: str = ""
) -> str:
    """A link to a view, as HTML: it opens in the current tab, or like any link in another one. ``title`` is shown on hover."""
    return link(page_href(page, filters, settings), label, "way", title)


def ways(*links: str) -> str:
    """Links side by side."""
    return f'<p class="ways">{" ".join(links)}</p>' if links else ""


def say_doubts(
    doubts: Sequence[Doubt], filters: Filters, href: Callable[[Filters], str], more: Sequence[str] = ()
) -> None:
    """The doubts of a link whose ``filters`` these are, "did you mean" as a way to the view that was meant; then ``more`` sentences.

    ``href`` gives the address of the same page with other filters.
    """
    meant = {
        doubt.sentence: href(found) for doubt in doubts[:MOST_SAID] if (found := mended(filters, doubt)) is not None
    }
    say([*(doubt.sentence for doubt in doubts), *more], meant)


def say(sentences: Sequence[str], meant: Mapping[str, str] = MappingProxyType({})) -> None:
    """Show what a link asks for in vain. As HTML: the framework's Markdown would turn addresses in it into links.

    ``meant`` has, for a sentence that ends with a question after what was meant, the address that its last words lead to.
    """
    if not sentences:
        return
    rest = len(sentences) - MOST_SAID
    items = [_item(sentence, meant.get(sentence)) for sentence in sentences[:MOST_SAID]] + (
        [f"and {rest:,} more"] if rest > 0 else []
    )
    markup(f'<div class="doubt" role="alert"><ul>{"".join(f"<li>{item}</li>" for item in items)}</ul></div>')


def _item(sentence: str, address: str | None) -> str:
    # The question is the last: what precedes it comes from the link, and may hold the same words.
    before, asks, near = sentence.rpartition("did you mean ")
    return escape(before) + link(address, asks + near) if address and asks else escape(sentence)


def plain(text: str) -> str:
    """Text escaped so that Markdown shows it as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:&" else c for c in text.replace("\n", " "))
