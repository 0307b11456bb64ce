"""The events of a briefing: what happened, who came, what was said, what came of it, each with its references."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from lib.export.briefing.notes import Notes
from lib.filters.selection import Selection
from lib.filters.value import Filters
from lib.links import address
from lib.records.dates import parse_date
from lib.text import counted, days_in_words, listed
from lib.vocabulary import Vocabulary, voice

EVENTS, POINTS = 30, 400
"""The most events in a briefing, and the number of points after which no further event is begun: about thirty pages."""

_OWN = ("member", "party", "participant")
"""Capacities that go without saying."""


@dataclass(frozen=True, slots=True)
class Told:
    """The events as HTML, and how many of the selection they are."""

    html: str
    events: int
    of: int


def meetings(selection: Selection, notes: Notes, base_url: str) -> Told:
    """The latest events of the selection, the newest first, until ``EVENTS`` or ``POINTS`` are told; at least one.

    Points are those that the filters narrow to, participants all of the event's. ``base_url`` is where the dashboard is served.
    """
    events = selection.events.iloc[::-1]
    mentions, outcomes, people = (
        selection.rows("mentions"),
        selection.all_rows("outcomes"),
        selection.all_rows("participations"),
    )
    by_event = [dict(iter(frame.groupby("event_id", observed=True))) for frame in (mentions, outcomes, people)]
    parts, points = [], 0
    for event in events.itertuples(index=False):
        if len(parts) == EVENTS or (points >= POINTS and parts):
            break
        said, came_of_it, who = (rows.get(event.event_id) for rows in by_event)
        points += len(said) if said is not None else 0
        parts.append(_event(event, said, came_of_it, who, selection, notes, base_url))
    return Told("".join(parts), len(parts), len(events))


def _event(
    event: Any,
    said: pd.DataFrame | None,
    came_of_it: pd.DataFrame | None,
    who: pd.DataFrame | None,
    selection: Selection,
    notes: Notes,
    base_url: str,
) -> str:
    vocabulary, every = selection.tables.vocabulary, notes.cite_all(event.event_id)
    facts = [vocabulary.brief("series", event.series), event.place]
    facts += [vocabulary.label("modes", event.mode).lower()] if isinstance(event.mode, str) else []
    facts += [f"chaired by {listed([vocabulary.party(chair) for chair in event.chairs])}"] if event.chairs else []
    if event.status != "held":
        facts.append(vocabulary.label("statuses", event.status).lower())
    live = address(f"{base_url}/event", Filters(), {"id": event.event_id})
    parts = [
        f'<p class="day">{escape(days_in_words(parse_date(event.start), parse_date(event.end)))}</p>',
        f'<h3><a href="{escape(live)}">{escape(event.title)}</a></h3>',
        f'<p class="facts">{escape(" · ".join(facts))}{every}</p>',
        f"<p>{escape(event.summary)}{every}</p>",
    ]
    if who is not None:
        parts += _who(who, event, vocabulary, every)
    if said is not None:
        parts.append(
            f'<ul class="points">{"".join(_point(row, vocabulary, notes) for row in said.itertuples(index=False))}</ul>'
        )
    if came_of_it is not None:
        parts.append(
            f'<ul class="outcomes">{"".join(_outcome(row, vocabulary, notes) for row in came_of_it.itertuples(index=False))}</ul>'
        )
    if isinstance(event.note, str):
        parts.append(
            f'<p class="uncertain"><b>Uncertain.</b> {notes.with_notes(event.event_id, event.note)}{every}</p>'
        )
    return f'<article id="{escape(event.event_id)}">{"".join(parts)}</article>'


def _who(rows: pd.DataFrame, event: Any, vocabulary: Vocabulary, every: str) -> list[str]:
    """Who came by level, the highest first; then stated absences."""
    held = event.status == "held"
    absent = rows["attended"].fillna(True).to_numpy(dtype=bool) == False  # noqa: E712  (null is expected, not absent)
    there, away = rows[~absent], rows[absent]
    found = []
    levels = [
        f"<b>{escape(vocabulary.label('levels', level))}</b> {escape('; '.join(_party(row, event, vocabulary) for row in own.itertuples(index=False)))}"
        for level, own in ((level, there[there["level"] == level]) for level in vocabulary["levels"])
        if len(own)
    ]
    if levels:
        roster = "" if event.roster == "complete" else " The roster is partial: others may have come."
        head = f"Who came ({counted(event.delegations, 'country', 'countries')})" if held else "Expected"
        found.append(
            f'<p class="who"><span class="label">{head}</span> {". ".join(levels)}.{roster if held else ""}{every}</p>'
        )
    if len(away):
        names = listed(list(dict.fromkeys(_name(row, vocabulary) for row in away.itertuples(index=False))))
        found.append(
            f'<p class="who"><span class="label">Absent</span> {escape(names)}, as a source states.{every}</p>'
        )
    return found


def _name(row: Any, vocabulary: Vocabulary) -> str:
    return vocabulary.party(row.country if isinstance(row.country, str) else row.organization)


def _party(row: Any, event: Any, vocabulary: Vocabulary) -> str:
    more = [row.name] if isinstance(row.name, str) else []
    more += [vocabulary.label("capacities", row.capacity).lower()] if row.capacity not in _OWN else []
    more += (
        [vocabulary.label("modes", row.mode).lower()] if isinstance(row.mode, str) and row.mode != event.mode else []
    )
    return _name(row, vocabulary) + (f" ({', '.join(more)})" if more else "")


def _point(row: Any, vocabulary: Vocabulary, notes: Notes) -> str:
    about = f"{vocabulary.label('themes', row.theme)}, {vocabulary.label('mention-forms', row.form).lower()}"
    own_words = f", “{row.phrase}”" if isinstance(row.phrase, str) else ""
    return (
        f'<li><b>{escape(vocabulary.party(voice(row.by, row.form)))}</b> <span class="about">{escape(about + own_words)}:</span> {escape(row.point)}'
        f"{notes.cite(row.event_id, row.source_ids)}</li>"
    )


def _outcome(row: Any, vocabulary: Vocabulary, notes: Notes) -> str:
    point = f" {escape(row.point)}" if isinstance(row.point, str) else ""
    return (
        f'<li><span class="about">{escape(vocabulary.label("outcome-forms", row.form))}:</span> {escape(row.title)}.{point}'
        f"{notes.cite(row.event_id, row.source_ids)}</li>"
    )
