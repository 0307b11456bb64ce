"""What the Methods page shows: the documents that say how records are made and what the numbers mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath

from lib.filters.selection import Selection
from lib.filters.value import Filters
from lib.html.document import Document, read_document
from lib.html.parts import contents, link, nav_row
from lib.keep import kept
from lib.links import event_href, page_href
from lib.tables.build import Tables

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Name:
    """A document: its name on the page, its file, a sentence on it, and the words of the link to it from the pages that it explains."""

    label: str
    file: str
    sentence: str
    way: str = ""


DOCUMENTS: Mapping[str, Name] = {
    "measures": Name(
        "Measures",
        "docs/methods.md",
        "What each number and chart is: its formula, its denominator, and what it does not show.",
        "How this is counted",
    ),
    "codebook": Name(
        "Rules of coding", "docs/codebook.md", "What is recorded, and how each value is decided.", "How this is coded"
    ),
    "reliability": Name(
        "Reliability",
        "docs/data-quality.md",
        "How far two coders who knew nothing of one another agree, and where they do not.",
    ),
    "record": Name("Format of a record", "data/README.md", "What a record holds, key by key.", "What a record holds"),
    "filters": Name(
        "Filters and addresses",
        "docs/filters.md",
        "What each filter lets pass, and how a view is written as an address.",
    ),
}
"""The documents by the value of the page's setting ``doc``; the first is shown where none is asked for."""

BEHIND: Mapping[str, tuple[str, str]] = {
    "overview": ("measures", "counts-overview-timeline-participants"),
    "timeline": ("measures", "counts-overview-timeline-participants"),
    "participants": ("measures", "counts-overview-timeline-participants"),
    "search": ("measures", "search"),
    "representation": ("measures", "representation"),
    "country": ("measures", "one-countrys-profile"),
    "person": ("measures", "one-persons-part"),
    "pairs": ("measures", "pairs-who-meets-whom"),
    "themes": ("measures", "themes"),
    "co-occurrence": ("measures", "themes-raised-together"),
    "uptake": ("measures", "uptake-from-statement-to-joint-text"),
    "compare": ("measures", "compare"),
    "watch": ("measures", "joint-documents-and-the-lists-of-the-watch-page"),
    "event": ("codebook", "7-themes-actor-and-form"),
    "data": ("record", ""),
}
"""For each page, the document and its section that explain how what the page shows is made."""

_BY_FILE = {name.file: word for word, name in DOCUMENTS.items()}


@dataclass(frozen=True, slots=True)
class MethodsPage:
    """One document as HTML: the choice between the documents, its title, its sentence, and its text beside its contents."""

    names: str
    title: str
    sentence: str
    html: str


@lru_cache(maxsize=len(DOCUMENTS))
def document(word: str) -> Document:
    """One of the documents, as it was when it was first asked for."""
    return read_document((_ROOT / DOCUMENTS[word].file).read_text("utf-8"))


def behind(page: str, filters: Filters) -> str:
    """The link to the document that explains a page; empty for the Methods page itself."""
    if page not in BEHIND:
        return ""
    word, anchor = BEHIND[page]
    return f'<p class="ways">{link(_href(word, filters) + (f"#{anchor}" if anchor else ""), DOCUMENTS[word].way, "way")}</p>'


def _href(word: str, filters: Filters) -> str:
    return page_href("methods", filters, {"doc": word if word != next(iter(DOCUMENTS)) else None})


def methods_page(selection: Selection, word: str) -> MethodsPage:
    """The document ``word``; its links keep the filters of the selection."""
    return _page(selection.tables, selection.filters, word)


@kept(most=8)
def _page(tables: Tables, filters: Filters, word: str) -> MethodsPage:
    """As :func:`methods_page`: a page is the same for all selections with these filters, and too large to be kept for many."""
    shown = document(word)
    records = frozenset(tables.events["event_id"])

    def other_document(wanted: str) -> str | None:
        path, _, anchor = wanted.partition("#")
        other = _BY_FILE.get(normpath(join(dirname(DOCUMENTS[word].file), path)))
        return _href(other, filters) + (f"#{anchor}" if anchor else "") if other else None

    sections = contents(
        ((section.anchor, section.title, "") for section in shown.sections if section.level == 2), "contents rail"
    )
    return MethodsPage(
        names=nav_row(
            "Documents",
            ((_href(other, filters), name.label, other == word, other == word) for other, name in DOCUMENTS.items()),
        ),
        title=shown.title,
        sentence=DOCUMENTS[word].sentence,
        html=f'<div class="said"><article class="document">{shown.html(other_document, lambda code: event_href(code, filters) if code in records else None)}</article>{sections}</div>',
    )
