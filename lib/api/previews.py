"""The pages' own HTML with title, description and preview tags filled in for each address.

Streamlit serves one empty document for every page. Whatever previews a shared link - a chat, a search engine, a browser without
JavaScript - sees only that, so the server writes into it what the link shows. Tags follow the Open Graph protocol (ogp.me, "Basic
Metadata") and Twitter's cards; the feed is announced as RFC 4287 readers look for it (WHATWG HTML, 4.6.7.1, link type "alternate").
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from lib.analysis.chosen import chosen_rows
from lib.api.own import OwnRoute, path_of
from lib.api.reply import matches
from lib.content.person import name_of, people, person_meant
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.links import Link, address, page_path, read_link
from lib.records.model import Event
from lib.store import Snapshot, Store
from lib.tables.build import place_in_words
from lib.text import counted, days_in_words
from lib.vocabulary import Vocabulary

TITLE_LENGTH, DESCRIPTION_LENGTH = 110, 300
"""Characters after which previews are cut off: better between words here than within one there."""

FRONT = "Samvad: who met, who came, what was said"
ABOUT = "Curated, sourced records of multilateral security meetings"

_LOG = logging.getLogger("samvad.previews")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_WITHOUT_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an address shows, in words: plain texts, not yet escaped.

    ``address`` is absolute; ``filters`` are those that its feed and its downloads take; ``record`` is the id where it shows one.
    """

    title: str
    description: str
    address: str
    filters: Filters = Filters()
    record: str | None = None


def preview(snapshot: Snapshot, page: str, page_title: str, query: str, base_url: str) -> Preview:
    """The preview of ``page`` with the query string ``query``; ``base_url`` is where the dashboard is served, without a slash at its end."""
    link = read_link(parse_qsl(query, keep_blank_values=True), snapshot.tables)
    here = address(f"{base_url}/{page_path(page)}", link.filters, link.settings)
    event = snapshot.catalog.by_id.get(link.setting("id") or "") if page == "event" else None
    if event is not None:
        return Preview(
            _cut(f"{event.title} · Samvad", TITLE_LENGTH),
            _cut(_of_event(event, snapshot.vocabulary), DESCRIPTION_LENGTH),
            here,
            record=event.id,
        )
    selection = select(snapshot.tables, link.filters)
    page_title = _whose(snapshot, page, link) or page_title
    description = _of_selection(selection)
    sel = link.setting("sel")
    chosen = chosen_rows(selection, sel).title if sel else ""
    if chosen:
        title, description = f"{chosen} · Samvad", f"{chosen}. {description}"
    elif link.filters:
        title = f"{page_title}: {selection.words} · Samvad"
    else:
        title = FRONT if page == "overview" else f"{page_title} · {FRONT}"
    if link.doubts:
        description += " Part of what this link asks for is not known here."
    return Preview(_cut(title, TITLE_LENGTH), _cut(description, DESCRIPTION_LENGTH), here, link.filters)


def _whose(snapshot: Snapshot, page: str, link: Link) -> str | None:
    """The name of the person or country that the page is about; None where the page chooses it, or on another page."""
    if page == "person":
        key = person_meant(snapshot.tables, link.setting("p"))
        return name_of(snapshot.tables, key) if key in people(snapshot.tables) else None
    code = link.setting("c") if page == "country" else None
    return snapshot.vocabulary.label("countries", code) if code in snapshot.vocabulary["countries"] else None


def _of_selection(selection: Selection) -> str:
    """What is in a selection: ``SCO events since 2017: 23 events from 2017 to 2025, 345 points, 120 sources.``"""
    events = selection.events
    words = selection.words if selection.filters else ABOUT
    if events.empty:
        return f"{words}: no event in the records."
    first, last = events["first_day"].min().year, events["last_day"].max().year
    period = f"in {first}" if first == last else f"from {first} to {last}"
    counts = [
        f"{counted(len(events), 'event')} {period}",
        counted(len(selection.rows("mentions")), "point"),
        counted(len(selection.all_rows("sources")), "source"),
    ]
    return f"{words}: {', '.join(counts)}."


def _of_event(event: Event, vocabulary: Vocabulary) -> str:
    return f"{days_in_words(event.start, event.end)}, {place_in_words(event.held_in, vocabulary)}. {event.summary}"


def _cut(text: str, length: int) -> str:
    """``text`` on one line, at most ``length`` characters, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length - 1]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head[length // 2 :] else head}…"


def filled(shell: str, shown: Preview) -> str:
    """``shell``, the document that the pages' server gives, with the texts of ``shown`` in it, escaped.

    Title and tags replace its title, or go before the end of its head; the words for readers without JavaScript in its
    first ``noscript``, or at the beginning of its body. Links are relative, so that they hold under any prefix.
    """
    tags, words = _tags(shown), _without_script(shown)
    text, found = _TITLE.subn(lambda _: tags, shell, count=1)
    if not found:
        text = shell.replace("</head>", f"{tags}\n</head>", 1)
    text, found = _WITHOUT_SCRIPT.subn(lambda _: words, text, count=1)
    return text if found else re.sub(r"(<body[^>]*>)", lambda body: f"{body[1]}\n{words}", text, count=1)


def _tags(shown: Preview) -> str:
    title, description, here = (escape(text) for text in (shown.title, shown.description, shown.address))
    kind = "article" if shown.record else "website"
    lines = [
        f"<title>{title}</title>",
        f'<meta name="description" content="{description}" />',
        '<meta property="og:site_name" content="Samvad" />',
        f'<meta property="og:type" content="{kind}" />',
        f'<meta property="og:title" content="{title}" />',
        f'<meta property="og:description" content="{description}" />',
        f'<meta property="og:url" content="{here}" />',
        '<meta name="twitter:card" content="summary" />',
        f'<meta name="twitter:title" content="{title}" />',
        f'<meta name="twitter:description" content="{description}" />',
        f'<link rel="alternate" type="application/atom+xml" title="New and changed records" href="{escape(address("./api/feed.atom", shown.filters))}" />',
    ]
    if shown.record:
        lines.append(
            f'<link rel="alternate" type="application/json" title="This record" href="./api/events/{escape(shown.record)}.json" />'
        )
    return "\n    ".join(lines)


def _without_script(shown: Preview) -> str:
    if shown.record:
        links = [
            (f"./api/events/{shown.record}.json", "the record as JSON"),
            (f"./api/events/{shown.record}.yaml", "as YAML"),
        ]
    else:
        links = [
            (address(f"./api/{name}", shown.filters), text)
            for name, text in (
                ("briefing.html", "a briefing to read and print"),
                ("events.csv", "the events as CSV"),
                ("package.zip", "all tables as a package"),
                ("feed.atom", "a feed of new and changed records"),
            )
        ]
    links.append(("./api/", "everything that the data API has"))
    items = "".join(f'<li><a href="{escape(href)}">{escape(text)}</a></li>' for href, text in links)
    return (
        f"<noscript>\n      <h1>{escape(shown.title)}</h1>\n      <p>{escape(shown.description)}</p>\n"
        f"      <p>The charts of this page need JavaScript. Without it the same records are here:</p>\n      <ul>{items}</ul>\n    </noscript>"
    )


class Previews(OwnRoute):
    """Answers GET and HEAD of the pages' own addresses; everything else is left to the pages' server.

    ``pages`` are the pages' titles by their names, ``shell`` is the document that the server gives for each.
    """

    def __init__(self, store: Store, prefix: str, pages: Mapping[str, str], shell: str) -> None:
        self.path = f"{prefix}/"
        self._store = store
        self._prefix = prefix
        self._pages = {f"{prefix}/{page_path(name)}": name for name in pages}
        self._titles = dict(pages)
        self._shell = shell

    def answers(self, scope: Scope) -> bool:
        return scope["method"] in ("GET", "HEAD") and path_of(scope) in self._pages

    def respond(self, request: Request) -> Response:
        """The page's document; where the preview fails, the server's own, so that the page opens all the same."""
        try:
            page = self._pages[path_of(request.scope)]
            base_url = str(request.base_url).rstrip("/") + self._prefix
            shown = preview(self._store.current(), page, self._titles[page], request.url.query, base_url)
            body = filled(self._shell, shown).encode("utf-8", "replace")
        except Exception:
            _LOG.exception("%s", request.scope["path"])
            body = self._shell.encode()
        etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
        # It may be cached but is revalidated each time, as the pages' server does for its document.
        headers = {"Cache-Control": "no-cache", "ETag": etag}
        if matches(request.headers.get("If-None-Match", ""), etag):
            return Response(None, 304, {**headers, "Vary": "Accept-Encoding"})
        return Response(body, 200, headers, media_type="text/html; charset=utf-8")
