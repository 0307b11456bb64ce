"""The briefing as a whole: headline, pictures, events, coverage, endnotes, citation."""

from __future__ import annotations

import datetime as dt
from html import escape

from lib.analysis.coverage import coverage
from lib.analysis.overview import Headline, headline, most
from lib.analysis.participants import level_matrix
from lib.analysis.themes import how_often
from lib.export.briefing.meetings import Told, meetings
from lib.export.briefing.notes import Notes
from lib.export.briefing.pictures import RANKS, Picture, actors_picture, matrix_picture, themes_picture, years_picture
from lib.export.briefing.style import style
from lib.export.citation import LICENCE_ADDRESS, LICENCE_TITLE, TITLE, cite
from lib.filters.masks import attended, codes_of, is_held_meeting, is_one_of
from lib.filters.selection import Selection, whatever_was_said
from lib.html.overview import who_is_reported
from lib.links import address
from lib.records.dates import parse_date
from lib.text import counted, day_in_words

_UNITS = (
    ("meetings", "meeting", "meetings"),
    ("exercises", "exercise", "exercises"),
    ("transfers", "transfer", "transfers"),
    ("countries", "country present", "countries present"),
    ("points", "point made", "points made"),
    ("sources", "source cited", "sources cited"),
)


def build_briefing(selection: Selection, view: str, today: dt.date) -> bytes:
    """The selection as one HTML document in UTF-8 that needs nothing from outside and prints on A4.

    ``view`` is the absolute address that shows the selection, at the dashboard's root; ``today`` is the day that it names. It holds
    the headline figures, up to three pictures, the latest events with their points, what is not covered, and numbered endnotes: each
    claim leads to one. The same arguments give the same bytes.
    """
    tables, base_url = selection.tables, view.partition("?")[0].rstrip("/")
    day = day_in_words(parse_date(today.isoformat()))
    package = address(f"{base_url}/api/package.zip", selection.filters)
    notes = Notes(
        tables,
        f"Counted from the records of Samvad that this selection holds, data version {escape(tables.digest)}. Each record with all its "
        f'sources: <a href="{escape(package)}">{escape(package)}</a>',
    )
    title = selection.words
    body = [
        f'<header><p class="brand">Samvad <span>Briefing</span></p><h1>{escape(title)}</h1>'
        f'<p class="made">{day} · data version {escape(tables.digest)}<br>Live view: <a href="{escape(view)}">{escape(view)}</a></p></header>'
    ]
    if len(selection):
        told = meetings(selection, notes, base_url)
        body += [_headline(selection, notes), _pictures(selection, today, notes), _told(told, package)]
    else:
        body.append("<p>No event in the records passes these filters.</p>")
    body += [
        _not_covered(selection, today, notes),
        f"<section class='endnotes'><h2>Sources</h2>{notes.html()}</section>",
        _terms(selection, view, day),
    ]
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)} · Samvad briefing</title>'
        f'<meta name="description" content="Briefing of {escape(day)}"><link rel="canonical" href="{escape(view)}"><style>{style(title, day)}</style>'
    )
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>{"".join(body)}</body></html>\n'.encode(
        "utf-8", "replace"
    )


def _headline(selection: Selection, notes: Notes) -> str:
    numbers: Headline = headline(
        selection.events,
        selection.all_rows("participations"),
        selection.rows("mentions"),
        selection.all_rows("sources"),
    )
    cells = [(getattr(numbers, name), one if getattr(numbers, name) == 1 else many) for name, one, many in _UNITS]
    figures = "".join(
        f"<div><dd>{number:,}</dd><dt>{label}{notes.counted}</dt></div>" for number, label in cells if number
    )
    events = selection.events
    first, last = (day_in_words(parse_date(events["start"].iloc[place])) for place in (0, -1))
    span = f"in {first}" if first == last else f"from {first} to {last}"
    parts = [f"{counted(len(events), 'event')} {span}{notes.counted}."]
    if numbers.not_held:
        parts.append(f"{counted(numbers.not_held, 'event')} of these not held, or not confirmed{notes.counted}.")
    people = selection.all_rows("participations")
    there = people[attended(people) & (codes_of(people["country"]) >= 0)]
    if len(there):
        unknown = int(is_one_of(there["level"], ["unknown"]).sum())
        parts.append(
            f"The level is not known of {unknown:,} of {counted(len(there), 'entry', 'entries')} of those who came{notes.counted}."
        )
    return f'<section><dl class="figures">{figures}</dl><p>{" ".join(parts)}</p></section>'


def _pictures(selection: Selection, today: dt.date, notes: Notes) -> str:
    """Up to three pictures: over the years, who sent whom, and what was raised - or, where one theme is asked for, by whom."""
    vocabulary, events, mentions = selection.tables.vocabulary, selection.events, selection.rows("mentions")
    found: list[Picture | None] = [
        years_picture(events, coverage(events, vocabulary, today), vocabulary),
        _levels(selection),
    ]
    of = len(whatever_was_said(selection))
    if selection.filters["theme"]:
        reporting = who_is_reported(mentions, selection.all_rows("sources"), vocabulary)
        found.append(actors_picture(most(mentions["by"], mentions["event_id"], RANKS), of, reporting, vocabulary))
    else:
        found.append(themes_picture(how_often(mentions, events, vocabulary), of, vocabulary))
    figures = "".join(
        f"<figure><h2>{escape(one.title)}{notes.counted}</h2><div class='picture'>{one.svg}</div><figcaption>{escape(one.text)}</figcaption></figure>"
        for one in found
        if one
    )
    return f'<section class="pictures">{figures}</section>' if figures else ""


def _levels(selection: Selection) -> Picture | None:
    """The matrix of the series with the most held meetings, of those with known members; None where none has three."""
    vocabulary, events = selection.tables.vocabulary, selection.events
    held = events[is_held_meeting(events)]
    counts = held["series"].value_counts(sort=False)
    closed = [word for word, entry in vocabulary["series"].items() if entry.eligibility and counts.get(word, 0) > 2]
    if not closed:
        return None
    series = max(closed, key=lambda word: counts[word])
    own = held[is_one_of(held["series"], [series])]
    return matrix_picture(
        level_matrix(selection.all_rows("participations"), own, vocabulary),
        own,
        vocabulary.label("series", series),
        vocabulary,
    )


def _told(told: Told, package: str) -> str:
    rest = ""
    if told.events < told.of:
        rest = (
            f'<p class="cap">The latest {told.events} of {counted(told.of, "event")} are told here, the newest first. The figures and charts above count all. '
            f'All records of the selection: <a href="{escape(package)}">{escape(package)}</a></p>'
        )
    return f'<section class="events"><h2>What happened</h2>{rest}{told.html}</section>'


def _not_covered(selection: Selection, today: dt.date, notes: Notes) -> str:
    vocabulary = selection.tables.vocabulary
    rows = []
    for row in coverage(selection.events, vocabulary, today).itertuples(index=False):
        since = row.covered_from if isinstance(row.covered_from, str) else "a selection, or not known"
        cadence = row.cadence if isinstance(row.cadence, str) else "not known"
        rows.append(
            f"<tr><th scope='row'>{escape(row.label)}</th><td>{row.events}</td><td>{escape(since)}</td><td>{escape(cadence)}</td><td>{escape(row.completeness)}</td></tr>"
        )
    head = "".join(
        f"<th scope='col'>{name}</th>"
        for name in ("Series", "Events here", "Covered since", "Meets", "What the records hold")
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>" if rows else ""
    said = who_is_reported(selection.rows("mentions"), selection.all_rows("sources"), vocabulary)
    reported = f"<p>{escape(said)}{notes.counted}</p>" if said else ""
    return (
        "<section class='coverage'><h2>What is covered, and what is not</h2><p>More records is not more events: a series may have met without a record here. "
        "What is not recorded is unknown, not absent. Summaries and points are in the project’s own words.</p>"
        f"{reported}{table}<p>No map is in this briefing: it takes no point of view on borders. Country names follow ISO 3166.</p></section>"
    )


def _terms(selection: Selection, view: str, day: str) -> str:
    cited = cite(view, selection.tables.digest)
    return (
        f'<section class="terms"><h2>To cite</h2><p>{escape(cited.text)}. Read on {escape(day)}.</p><p>{escape(TITLE)}: licensed under {escape(LICENCE_TITLE)}, '
        f'<a href="{LICENCE_ADDRESS}">{LICENCE_ADDRESS}</a>. The texts that the notes name belong to their publishers.</p></section>'
    )
