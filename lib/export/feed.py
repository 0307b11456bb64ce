"""New and changed records of a selection as a feed: Atom, RFC 4287."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from lib.analysis.rows import rows_of
from lib.export.citation import LICENCE_ADDRESS, LICENCE_TITLE, TITLE
from lib.filters.selection import Selection
from lib.history import Stamp, latest
from lib.links import address, record_address
from lib.records.dates import parse_date
from lib.text import counted, days_in_words

MEDIA_TYPE = "application/atom+xml; charset=utf-8"

MOST = 100
"""The most entries of a feed, the latest changed. Feed readers keep what they have seen, so older ones can drop out."""

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold (XML 1.0, 2.2, production Char)."""

ElementTree.register_namespace("", _ATOM)


def build_feed(selection: Selection, stamps: Mapping[str, Stamp], base_url: str) -> bytes:
    """The records of ``selection`` as an Atom feed, the latest changed first, then the latest event; at most ``MOST`` entries.

    ``stamps`` has the times of every record that is shown, ``base_url`` is where the dashboard is served, without a slash at its
    end. An entry's id is a name-based UUID (RFC 9562, 5.5) of the record, the same on every server and after the record was renamed;
    ``updated`` is when its facts last changed, ``published`` when it was first seen. The same arguments give the same bytes.
    """
    filters, events = selection.filters, selection.events
    keys = [(stamps[event].changed, day) for event, day in rows_of(events, "event_id", "first_day")]
    shown = events.take(sorted(range(len(keys)), key=keys.__getitem__, reverse=True)[:MOST])
    feed = Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _text(feed, "id", uuid.uuid5(uuid.NAMESPACE_URL, address("samvad:feed", filters)).urn)
    _text(feed, "title", f"Samvad: {selection.words}")
    rest = f" The {MOST} latest changed stand here." if len(events) > MOST else ""
    _text(feed, "subtitle", f"New and changed records: {counted(len(events), 'event')} of this selection.{rest}")
    _text(
        feed,
        "updated",
        latest(stamps[event] for event in events["event_id"]) if len(events) else latest(stamps.values()),
    )
    SubElement(
        feed,
        _tag("link"),
        {"rel": "self", "type": "application/atom+xml", "href": _clean(address(f"{base_url}/api/feed.atom", filters))},
    )
    SubElement(
        feed, _tag("link"), {"rel": "alternate", "type": "text/html", "href": _clean(address(f"{base_url}/", filters))}
    )
    SubElement(feed, _tag("link"), {"rel": "license", "href": LICENCE_ADDRESS})
    _text(SubElement(feed, _tag("author")), "name", TITLE.partition(":")[0])
    _text(feed, "rights", LICENCE_TITLE)
    for event in shown.itertuples(index=False):
        feed.append(_entry(event, stamps[event.event_id], selection, base_url))
    ElementTree.indent(feed, " ")
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def _entry(event: Any, stamp: Stamp, selection: Selection, base_url: str) -> Element:
    vocabulary = selection.tables.vocabulary
    entry = Element(_tag("entry"))
    _text(entry, "id", entry_id(stamp))
    _text(entry, "title", event.title)
    _text(entry, "published", stamp.first)
    _text(entry, "updated", stamp.changed)
    page = record_address(base_url, event.event_id)
    SubElement(entry, _tag("link"), {"rel": "alternate", "type": "text/html", "href": page})
    SubElement(
        entry,
        _tag("link"),
        {"rel": "alternate", "type": "application/json", "href": f"{base_url}/api/events/{event.event_id}.json"},
    )
    for scheme, words, word in (
        ("series", "series", event.series),
        *(("theme", "themes", theme) for theme in event.themes),
    ):
        SubElement(
            entry,
            _tag("category"),
            {"scheme": f"{base_url}/api/#{scheme}", "term": word, "label": _clean(vocabulary.label(words, word))},
        )
    status = "" if event.status == "held" else f" ({vocabulary.label('statuses', event.status).lower()})"
    changed = f"{stamp.sentence} " if stamp.sentence else ""
    _text(
        entry,
        "summary",
        f"{changed}{days_in_words(parse_date(event.start), parse_date(event.end))}, {event.place}{status}. {event.summary}",
    )
    return entry


def entry_id(stamp: Stamp) -> str:
    """The id of a record's entry as a URN."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"samvad:event/{stamp.key}").urn


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, _tag(name)).text = _clean(text)


def _clean(text: str) -> str:
    """``text`` without the characters that no XML may hold."""
    return _NO_XML.sub("", text)
