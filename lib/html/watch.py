"""What is watched each week, as HTML: the weekly tables and the correction log, each entry with its record and its sources."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from lib.analysis.rows import named_rows, rows_of
from lib.html.lists import event_link
from lib.html.parts import Href, Row, plain_table, source_links
from lib.html.sources import Source, cited, every_source
from lib.records.dates import parse_date
from lib.tables.build import Tables
from lib.text import counted, day_in_words, listed

MOST = 60
"""The most entries of a list: the latest ones are shown."""

OPEN = 3
"""The most source links shown unfolded after an entry: a record has up to twenty, and the entries would be lost among them."""


def _sources(found: Sequence[Source]) -> str:
    """Sources as links; more than ``OPEN`` in a fold, which says how many there are."""
    links = source_links(found)
    return (
        links if len(found) <= OPEN else f"<details><summary>{counted(len(found), 'source')}</summary>{links}</details>"
    )


def _list(items: Sequence[str], none: str) -> str:
    if not items:
        return f'<p class="empty">{escape(none)}</p>'
    more = (
        f'<p class="footer">The latest {MOST} of {counted(len(items), "entry", "entries")}.</p>'
        if len(items) > MOST
        else ""
    )
    return f'<ul class="points watch">{"".join(f"<li>{item}</li>" for item in items[:MOST])}</ul>{more}'


def away(rows: pd.DataFrame, tables: Tables, href: Href) -> tuple[str, str]:
    """Stated absences, and delegations by video, as two lists, the newest event first. ``rows`` are participations."""
    absent: dict[str, list[str]] = {}
    video: dict[str, list[str]] = {}
    series_of: dict[str, str] = {}
    for event_id, attended, country, organization, name, series in rows_of(
        rows, "event_id", "attended", "country", "organization", "name", "series"
    ):
        series_of[event_id] = series
        if attended is True:
            video.setdefault(event_id, []).append(_who(country, organization, name, tables))
        elif attended is False:
            absent.setdefault(event_id, []).append(_who(country, organization, name, tables))

    def items(names: dict[str, list[str]]) -> list[str]:
        return [
            f"<strong>{escape(listed(parties))}</strong> · {event_link(event_id, tables, href)} "
            f'<span class="facts">{escape(tables.vocabulary.brief("series", series_of[event_id]))}</span> {_sources(every_source(tables, event_id))}'
            for event_id, parties in reversed(names.items())
        ]

    return _list(items(absent), "No absence is stated in these records."), _list(
        items(video), "No delegation is recorded as by video at a meeting in a room."
    )


def _who(country: object, organization: object, name: object, tables: Tables) -> str:
    party = tables.vocabulary.party(str(country if isinstance(country, str) else organization))
    return f"{party} ({name})" if isinstance(name, str) else party


def no_text(rows: pd.DataFrame, tables: Tables, href: Href) -> str:
    """Meetings without a joint text, as a source says. ``rows`` are those of ``lib.analysis.watch.without_joint_text``."""
    items = [
        f"{event_link(row.event_id, tables, href)}: {escape(row.text or 'none came out of it, as the record says')} "
        f"{_sources(cited(tables, row.event_id, row.source_ids) if row.text else every_source(tables, row.event_id))}"
        for row in reversed(named_rows(rows))
    ]
    return _list(items, "No source of these records says that a meeting ended without a joint text.")


def passages(rows: pd.DataFrame, tables: Tables, href: Href) -> str:
    """Passages of joint texts that only some supported, as ``lib.analysis.watch.passages_of_some``."""
    vocabulary = tables.vocabulary
    items = [
        f"{event_link(row.event_id, tables, href)}: {escape(vocabulary.label('themes', row.theme))}, supported by "
        f"<strong>{escape(listed([vocabulary.party(by) for by in row.supporters]))}</strong>. {escape(row.point)} {_sources(cited(tables, row.event_id, row.source_ids))}"
        for row in reversed(named_rows(rows))
    ]
    return _list(items, "No joint text of these records has a passage that only some are recorded to support.")


def aside(rows: pd.DataFrame, tables: Tables, href: Href) -> str:
    """Sentences that may say that somebody stood aside, as ``lib.analysis.watch.stood_aside``."""
    items = []
    for row in named_rows(rows.sort_values("event_id", ascending=False, kind="stable")):
        sources = cited(tables, row.event_id, row.source_ids) if row.source_ids else every_source(tables, row.event_id)
        items.append(f"{event_link(row.event_id, tables, href)}: “{escape(row.sentence)}” {_sources(sources)}")
    return _list(items, "No record of these has such words.")


def checked_table(rows: pd.DataFrame, tables: Tables, href: Href) -> str:
    """Per series: latest, next, and how far the records were read a second time, as ``lib.analysis.watch.checked``."""
    body = []
    for row in named_rows(rows):
        cells = [event_link(one, tables, href) if isinstance(one, str) else "–" for one in (row.latest, row.next)]
        last = escape(day_in_words(parse_date(row.checked), short=True)) if isinstance(row.checked, str) else "not yet"
        body.append(Row((escape(row.label), *cells, last, f"{row.reviewed} of {row.records}")))
    return plain_table(
        "What was last checked, by series",
        ("Series", "Latest held", "Scheduled next", "Last second reading", "Records read twice"),
        body,
    )


def correction_log(entries: Sequence[tuple[str, str, str]], tables: Tables, href: Href) -> str:
    """Corrections (time, record, sentence), the latest first; a record that is gone has no link."""
    items = []
    for when, record, sentence in entries:
        name = event_link(record, tables, href) if record in tables.row_of else escape(record)
        items.append(
            f'<span class="when">{escape(day_in_words(parse_date(when[:10]), short=True))}</span> {name}: {escape(sentence)}'
        )
    return _list(items, "No record has been changed since the log began.")
