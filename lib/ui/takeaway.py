"""Downloads other than rows: briefing, feed, citations."""

from __future__ import annotations

import streamlit as st

from lib.export.briefing import build_briefing
from lib.export.citation import Citation
from lib.export.rows import file_name
from lib.links import address
from lib.ui.runtime import today
from lib.ui.view import View


def base_url(view: View) -> str:
    """Where the dashboard is served, without a slash at its end."""
    return view.address().split("?", 1)[0].rsplit("/", 1)[0]


def briefing_button(view: View) -> None:
    """A download of the selection as one HTML file that prints well; it is built on click."""
    # The address is read now: when the button is clicked there is no browser to ask.
    home = address(f"{base_url(view)}/", view.filters)
    st.download_button(
        "Briefing",
        data=lambda: build_briefing(view.selection, home, today()),
        file_name=file_name("briefing", view.filters, "html"),
        mime="text/html",
        on_click="ignore",
        icon=":material/description:",
        key="briefing",
        help="This selection as one file to read and print: figures, charts, events with their points, every claim with its source",
    )


def follow(view: View) -> None:
    """The address of the feed of new and changed records of this selection, where the API is served."""
    feed = address(f"{base_url(view)}/api/feed.atom", view.filters)
    st.page_link(
        feed,
        label="Follow this selection",
        icon=":material/rss_feed:",
        help="New and changed records of these filters as an Atom feed, for any feed reader",
    )
    st.code(feed, language=None, wrap_lines=True)


def citation_formats(cited: Citation, name: str, place: st.delta_generator.DeltaGenerator) -> None:
    """The citation as BibTeX and as RIS, to copy and to download; ``name`` begins the files' names."""
    place.code(cited.bibtex, language="tex")
    place.code(cited.ris.replace("\r\n", "\n"), language=None)
    buttons = place.container(horizontal=True)
    for label, ending, text, mime in (
        ("BibTeX", "bib", cited.bibtex, "application/x-bibtex"),
        ("RIS", "ris", cited.ris, "application/x-research-info-systems"),
    ):
        buttons.download_button(
            label,
            data=text.encode(),
            file_name=f"{name}.{ending}",
            mime=mime,
            on_click="ignore",
            key=f"cite-{ending}",
            icon=":material/format_quote:",
        )
