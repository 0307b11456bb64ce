"""Lists of events and of points, each with the way to its record and its sources."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from lib.analysis.rows import named_rows, rows_of
from lib.html.parts import (
    Href,
    Row,
    days,
    form_tag,
    group_dot,
    link,
    person_link,
    plain_table,
    source_links,
    status_tag,
)
from lib.html.sources import Source, sources_of
from lib.keep import kept
from lib.tables.build import Tables
from lib.text import counted, listed
from lib.vocabulary import voice


@kept
def _heads(tables: Tables) -> Mapping[str, tuple[str, str]]:
    """The days of each event as HTML, and its title."""
    return {
        event_id: (days(start, end), title)
        for event_id, start, end, title in rows_of(tables.events, "event_id", "start", "end", "title")
    }


@kept
def _outcomes(tables: Tables) -> Mapping[str, int]:
    """The number of outcomes of each event that has any."""
    return Counter(tables.outcomes["event_id"].tolist())


def event_link(event_id: str, tables: Tables, href: Href) -> str:
    """Days and title of an event, as a link to its record."""
    when, title = _heads(tables)[event_id]
    return f'<span class="when">{when}</span> {link(href(event_id), title)}'


def event_days(event_id: str, tables: Tables) -> str:
    """Days of an event in words."""
    return _heads(tables)[event_id][0]


def brief_list(events: pd.DataFrame, tables: Tables, href: Href, today: dt.date) -> str:
    """Events in the order given, for a narrow column: day and series in one line, the title as a link below it."""
    vocabulary = tables.vocabulary
    items = [
        f'<li><span class="when">{days(start, end)} · {escape(vocabulary.brief("series", series))}</span><span class="what">{group_dot(group, vocabulary)}'
        f"{link(href(event_id), title)} {status_tag(status, last_day, today, vocabulary)}</span></li>"
        for event_id, title, start, end, series, group, status, last_day in rows_of(
            events, "event_id", "title", "start", "end", "series", "group", "status", "last_day"
        )
    ]
    return f'<ol class="events brief">{"".join(items)}</ol>'


def events_list(events: pd.DataFrame, tables: Tables, href: Href, today: dt.date, summaries: bool = False) -> str:
    """Events in the order given: day, title as a link, series, place, chair where recorded, counts."""
    vocabulary, outcomes = tables.vocabulary, _outcomes(tables)
    items = []
    columns = (
        "event_id",
        "title",
        "start",
        "end",
        "series",
        "group",
        "status",
        "last_day",
        "place",
        "chairs",
        "delegations",
        "points",
        "summary",
    )
    for (
        event_id,
        title,
        start,
        end,
        series,
        group,
        status,
        last_day,
        where,
        chairs,
        delegations,
        points,
        text,
    ) in rows_of(events, *columns):
        facts = [vocabulary.brief("series", series), where]
        if len(chairs):
            facts.append(f"chair: {listed([vocabulary.party(chair) for chair in chairs])}")
        if delegations:
            facts.append(counted(delegations, "delegation"))
        if points:
            facts.append(counted(points, "point"))
        if event_id in outcomes:
            facts.append(counted(outcomes[event_id], "outcome"))
        summary = f'<p class="summary">{escape(text)}</p>' if summaries else ""
        items.append(
            f'<li><span class="when">{days(start, end)}</span><span class="what">{group_dot(group, vocabulary)}'
            f"{link(href(event_id), title)} {status_tag(status, last_day, today, vocabulary)}"
            f'<span class="facts">{escape(" · ".join(facts))}</span>{summary}</span></li>'
        )
    return f'<ol class="events">{"".join(items)}</ol>'


def points_list(mentions: pd.DataFrame, tables: Tables, href: Href) -> str:
    """Points under their events, in the order given: actor, theme, form, point, sources."""
    sources = sources_of(tables)
    parts: list[str] = []
    current = None
    for event_id, by, theme, form, text, source_ids, phrase, incidents in rows_of(
        mentions, "event_id", "by", "theme", "form", "point", "source_ids", "phrase", "incidents"
    ):
        if event_id != current:
            if current is not None:
                parts.append("</ul>")
            current = event_id
            parts.append(f'<h4>{event_link(current, tables, href)}</h4><ul class="points">')
        own = [sources[current][source] for source in source_ids]
        parts.append(f"<li>{point(by, theme, form, text, own, tables, phrase, incidents)}</li>")
    if current is not None:
        parts.append("</ul>")
    return f'<div class="pointlist">{"".join(parts)}</div>'


def point(
    by: str,
    theme: str,
    form: str,
    text: str,
    sources: Sequence[Source],
    tables: Tables,
    phrase: Any = None,
    incidents: Sequence[str] = (),
) -> str:
    """One point: who, on what, in whose own words, in what form, what, of which incident, and where that can be read."""
    vocabulary = tables.vocabulary
    own_words = f'<span class="phrase">“{escape(phrase)}”</span> ' if isinstance(phrase, str) else ""
    tags = "".join(
        f' <span class="tag incident">{escape(vocabulary.label("incidents", incident))}</span>'
        for incident in incidents
    )
    return (
        f'<span class="who">{escape(vocabulary.party(voice(by, form)))}</span> <span class="theme">{escape(vocabulary.label("themes", theme))}</span> {own_words}'
        f"{form_tag(form, vocabulary)} {escape(text)}{tags} {source_links(sources)}"
    )


def ranked_list(rows: Sequence[tuple[str, int, str]], total: int, unit: str) -> str:
    """Labels with bars: (label, number, address); the longest bar is the largest number."""
    top = max((number for _, number, _ in rows), default=1)
    items = [
        f'<li>{link(address, label)}<span class="bar" style="--share:{number / top:.3f}"></span><span class="number" title="{number} of {total} {unit}">{number:,}</span></li>'
        for label, number, address in rows
    ]
    return f'<ol class="ranked">{"".join(items)}</ol>'


def coverage_table(series: pd.DataFrame, tables: Tables) -> str:
    """Each series' coverage: since when, how often it meets, what is missing."""
    rows = []
    for row in named_rows(series):
        since = escape(row.covered_from) if isinstance(row.covered_from, str) else "<em>a selection, or not known</em>"
        latest = escape(row.latest) if isinstance(row.latest, str) else "–"
        if isinstance(row.next, str):
            latest += f"<br>next: {escape(row.next)}"
        rows.append(
            Row(
                (
                    f"{group_dot(row.group, tables.vocabulary)}{escape(row.label)}",
                    str(row.events),
                    since,
                    latest,
                    escape(row.cadence if isinstance(row.cadence, str) else "not known"),
                    escape(row.completeness),
                )
            )
        )
    return plain_table(
        "Coverage, by series", ("Series", "Events", "Covered since", "Latest", "Cadence", "What the records hold"), rows
    )


def who_came(tables: Tables, country: str, event_id: str) -> str:
    """Whom a country sent to an event, as the record has it: level, name, office, capacity; its absence; empty where the record does not say."""
    own = tables.participations
    own = own[((own["country"] == country) & (own["event_id"] == event_id)).to_numpy()]
    words = tables.vocabulary
    told = []
    for row in named_rows(own):
        if row.attended is not pd.NA and not row.attended:
            told.append("Did not come, as a source states.")
            continue
        name = (
            person_link(row.name, row.person if isinstance(row.person, str) else None)
            if isinstance(row.name, str)
            else ""
        )
        person = ", ".join(filter(None, (name, escape(row.role) if isinstance(row.role, str) else "")))
        by_video = " By video." if row.mode == "virtual" else ""
        told.append(
            f"<b>{escape(words.label('levels', row.level))}</b>{f': {person}' if person else ', not named'} "
            f'<span class="facts in">{escape(words.label("capacities", row.capacity).lower())}</span>.{by_video}'
        )
    return f'<p class="lede">{" ".join(told)}</p>' if told else ""
