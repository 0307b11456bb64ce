"""What somebody who follows these meetings looks at each week: what comes next, who stayed away, who stood aside, and saved filters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.analysis.rows import rows_of
from lib.filters.masks import ahead, attended, held_by, is_held, is_held_meeting, is_one_of, of_events
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.keep import kept
from lib.links import Doubt
from lib.records.dates import date_or_none
from lib.records.model import Event
from lib.tables.build import Tables
from lib.vocabulary import Vocabulary

STOOD_ASIDE = re.compile(
    r"did not (sign|join|endorse|adopt|support|associate)|dissociat|withheld|reserved its position|made a reservation"
    r"|without (its|the) signature|names? \w+ members?, without",
    re.IGNORECASE,
)
"""Words by which a record says that somebody stood aside. The records have no key for it: what other words say is not found."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One saved filter: how many events it has, how many since the day, the latest one held, and how many records are new, and how many others changed."""

    filters: Filters
    words: str
    events: int
    since: int
    new: int
    changed: int
    newest: str | None
    doubts: tuple[Doubt, ...] = ()


def watched(
    saved: Filters,
    doubts: tuple[Doubt, ...],
    tables: Tables,
    stamps: Mapping[str, tuple[str, str]],
    since: dt.date,
    today: dt.date,
) -> Watched:
    """What a saved filter holds on the day ``today``.

    ``since`` counts events held from that day to ``today``; ``stamps``, by event id, has the times at which each record
    came and last changed (ISO 8601, UTC), of which those from that day on count.
    """
    selection = select(tables, saved)
    events = selection.events
    held = events[held_by(events, today)]
    recent = held[(held["last_day"] >= np.datetime64(since)).to_numpy()]
    day, known = since.isoformat(), [stamps[event] for event in events["event_id"] if event in stamps]
    new = sum(first >= day for first, _ in known)
    changed = sum(first < day <= last for first, last in known)
    return Watched(
        saved,
        selection.words,
        len(events),
        len(recent),
        new,
        changed,
        str(held["event_id"].iloc[-1]) if len(held) else None,
        doubts,
    )


def since_day(text: str | None, today: dt.date) -> tuple[dt.date, str]:
    """The day that the page setting ``since`` means and a doubt about it, empty where there is none; without one, thirty days ago."""
    default = today - dt.timedelta(days=30)
    date = date_or_none((text or "").strip())
    if date:
        return date.first, ""
    return (
        default,
        f"'{(text or '').strip()[:40]}' is no date (YYYY-MM-DD); news is counted from {default.isoformat()}."
        if (text or "").strip()
        else "",
    )


def absent_or_by_video(selection: Selection) -> pd.DataFrame:
    """Participations of a stated absence, or by video in a meeting that was not held by video as a whole; the newest event last.

    Of every country at the events that pass: a filter by country asks who attended, so narrowed to it there would be no absence.
    """
    rows, events = selection.all_rows("participations"), selection.events
    virtual = events[is_one_of(events["mode"], ["virtual"])]
    absent = ~rows["attended"].to_numpy(dtype=bool, na_value=True)
    video = is_one_of(rows["mode"], ["virtual"]) & attended(rows) & ~of_events(rows, virtual)
    return rows[absent | video]


def without_joint_text(selection: Selection) -> pd.DataFrame:
    """Held events without a joint text, as a source says.

    Columns event_id, text (of the outcome that says so; empty where only the record's ``joint_document`` does), source_ids
    (of that outcome); in order of day.
    """
    events, outcomes = selection.events, selection.all_rows("outcomes")
    stated = outcomes[is_one_of(outcomes["form"], ["no-joint-document"])]
    said = {
        event: (point if isinstance(point, str) else title, sources)
        for event, point, title, sources in rows_of(stated, "event_id", "point", "title", "source_ids")
    }
    none = [
        event
        for event, status, joint in rows_of(events, "event_id", "status", "joint_document")
        if status == "held" and (joint == "no" or event in said)
    ]
    return pd.DataFrame(
        [(event, *said.get(event, ("", ()))) for event in none], columns=["event_id", "text", "source_ids"]
    )


def passages_of_some(selection: Selection) -> pd.DataFrame:
    """Passages of joint texts that only some supported (codebook 7.9).

    Columns event_id, theme, supporters (list, in the record's order), point (the first one's, which names who is not in it), source_ids.
    """
    mentions = selection.all_rows("mentions")
    own = mentions[is_one_of(mentions["form"], ["joint-document"]) & ~is_one_of(mentions["by"], ["joint"])]
    found: dict[tuple[str, str], tuple[dict[str, None], str, dict[str, None]]] = {}
    for event, theme, by, point, source_ids in rows_of(own, "event_id", "theme", "by", "point", "source_ids"):
        supporters, _, sources = found.setdefault((event, theme), ({}, point, {}))
        supporters[by] = None
        sources.update(dict.fromkeys(source_ids))
    rows = [(*key, list(supporters), point, list(sources)) for key, (supporters, point, sources) in found.items()]
    return pd.DataFrame(rows, columns=["event_id", "theme", "supporters", "point", "source_ids"])


def stood_aside(selection: Selection) -> pd.DataFrame:
    """Sentences of the records with words such as "did not sign": columns event_id, where (mentions, outcomes, events), sentence, source_ids.

    Found by ``STOOD_ASIDE``, so neither complete nor each a dissociation; ``source_ids`` is empty where the sentence is from the
    summary, which all the record's sources support. Each sentence of an event once.
    """
    passes, place = selection.passes, selection.tables.row_of
    rows = [row for row in _aside_in_all(selection.tables) if passes[place[row[0]]]]
    return pd.DataFrame(rows, columns=["event_id", "where", "sentence", "source_ids"])


@kept
def _aside_in_all(tables: Tables) -> Sequence[tuple[str, str, str, list[str]]]:
    """The rows of :func:`stood_aside` of all records: which sentences an event has is the same in every selection, and reading them all takes long."""
    rows: dict[tuple[str, str], tuple[str, str, str, list[str]]] = {}
    for table, column in (("mentions", "point"), ("outcomes", "title"), ("outcomes", "point"), ("events", "summary")):
        frame = tables[table]
        sources = frame["source_ids"].tolist() if table != "events" else [[]] * len(frame)
        for event, text, ids in zip(frame["event_id"].tolist(), frame[column].tolist(), sources, strict=True):
            # No sentence of a text has the words where the text has not.
            if isinstance(text, str) and STOOD_ASIDE.search(text):
                for sentence in re.split(r"(?<=[.;])\s+", text):
                    if STOOD_ASIDE.search(sentence):
                        rows.setdefault((event, sentence), (event, table, sentence, list(ids)))
    return list(rows.values())


def announced(selection: Selection, today: dt.date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Events that are scheduled: those of ``today`` or later, the next first, and those of the past, of which no report was found."""
    events = selection.events
    coming = ahead(events, today)
    return events[coming], events[is_one_of(events["status"], ["scheduled"]) & ~coming]


def checked(events: Iterable[Event], selection: Selection, vocabulary: Vocabulary, today: dt.date) -> pd.DataFrame:
    """Per series of the selection: what was latest held, what is next, and how far the records were read a second time.

    Columns series, label, records, latest and next (event ids or None), reviewed (records with a second reading), checked (the day of
    the last one, or None); in the vocabulary's order. ``events`` are the records; those of the selection count.
    """
    read_again = {event.id: event.reviewed.date.text for event in events if event.reviewed}
    frame = selection.events
    held, coming = held_by(frame, today), ahead(frame, today)
    rows = []
    for word, entry in vocabulary["series"].items():
        own = is_one_of(frame["series"], [word])
        records = [event for (event,) in rows_of(frame, "event_id", where=own)]
        if records:
            latest, following = (
                [event for (event,) in rows_of(frame, "event_id", where=own & which)] for which in (held, coming)
            )
            reviews = [read_again[event] for event in records if event in read_again]
            rows.append(
                (
                    word,
                    entry.label,
                    len(records),
                    latest[-1] if latest else None,
                    following[0] if following else None,
                    len(reviews),
                    max(reviews, default=None),
                )
            )
    return pd.DataFrame(
        rows, columns=["series", "label", "records", "latest", "next", "reviewed", "checked"], dtype=object
    )


def held_by_video(selection: Selection) -> int:
    """Held events that everybody attended by video: of these no delegation is named as absent from the room."""
    events = selection.events
    return int((is_held(events) & is_one_of(events["mode"], ["virtual"])).sum())


def of_unknown_roster(selection: Selection) -> int:
    """Held meetings of which the roster is partial: who is not listed there is unknown, not absent."""
    events = selection.events
    return int((is_held_meeting(events) & ~is_one_of(events["roster"], ["complete"])).sum())
