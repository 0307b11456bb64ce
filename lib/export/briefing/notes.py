"""The endnotes of a briefing: each source once, in the order in which it is first cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import groupby

from lib.html.sources import Source, sources_of
from lib.records.dates import date_or_none
from lib.tables.build import Tables
from lib.text import day_in_words

_SOURCE_ID = re.compile(r"\b(s[0-9]+)\b")
"""How a note on what is uncertain names a source of its record."""


class Notes:
    """Gives sources their numbers as they are cited.

    Number 1 is ``method``, HTML that says how the figures were counted: what is counted has no publisher but the records.
    """

    def __init__(self, tables: Tables, method: str) -> None:
        self._method = method
        self._numbers: dict[Source, int] = {}
        self._sources = sources_of(tables)

    @property
    def counted(self) -> str:
        """The reference of a figure that was counted from the records."""
        return _references([1])

    def cite(self, event: str, source_ids: Iterable[str]) -> str:
        """The references to sources of an event, as superscript links: ``3–5, 9``."""
        numbers = [self._number(self._sources[event][one]) for one in source_ids]
        return _references(sorted(set(numbers)))

    def cite_all(self, event: str) -> str:
        """The references to every source of an event."""
        return self.cite(event, self._sources.get(event, {}))

    def with_notes(self, event: str, text: str) -> str:
        """``text`` as HTML, where the ids of the event's sources, such as ``s2``, are turned into the numbers of their notes."""
        known = self._sources.get(event, {})
        parts = _SOURCE_ID.split(text)
        html = ""
        for place, part in enumerate(parts):
            if place % 2 and part in known:
                word = "Note" if not html or html.endswith((". ", "? ", "! ")) else "note"
                html += f"{word} {_link(self._number(known[part]))}"
            else:
                html += escape(part)
        return html

    def _number(self, source: Source) -> int:
        return self._numbers.setdefault(source, len(self._numbers) + 2)

    def html(self) -> str:
        """The list of endnotes; each has the id to which its references lead."""
        items = [f'<li id="n1">{self._method}</li>']
        for source, number in self._numbers.items():
            day = date_or_none(source.published) if source.published else None
            when = day_in_words(day) if day else "no date of publication known"
            items.append(
                f'<li id="n{number}">{escape(source.publisher)}, “{escape(source.title)}”, {escape(when)}. '
                f'<a href="{escape(source.url)}" rel="noopener noreferrer">{escape(source.url)}</a></li>'
            )
        return f'<ol class="notes">{"".join(items)}</ol>'


def _references(numbers: list[int]) -> str:
    """Numbers as links in one superscript, runs of three and more as a span."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    parts = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{_link(run[0])}–{_link(run[-1])}")
        else:
            parts += [_link(number) for number in run]
    return f"<sup>{', '.join(parts)}</sup>" if parts else ""


def _link(number: int) -> str:
    return f'<a href="#n{number}">{number}</a>'
