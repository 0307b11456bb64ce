"""What the Watch page shows of a selection."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from lib.analysis.watch import (
    absent_or_by_video,
    announced,
    checked,
    held_by_video,
    of_unknown_roster,
    passages_of_some,
    stood_aside,
    without_joint_text,
)
from lib.catalog import Catalog
from lib.filters.selection import Selection
from lib.html import watch
from lib.html.lists import events_list
from lib.keep import kept
from lib.links import event_href
from lib.text import counted


@dataclass(frozen=True, eq=False)
class Watch:
    """Lists as HTML; ``rows`` are the participations behind ``absent`` and ``video``, ``caveat`` says what they leave out."""

    rows: pd.DataFrame
    coming: str
    unreported: str
    absent: str
    video: str
    caveat: str
    no_text: str
    passages: str
    aside: str
    checked: str


@kept
def watch_page(selection: Selection, catalog: Catalog, today: dt.date) -> Watch:
    """The weekly lists of a selection on the day ``today``."""
    tables = selection.tables

    def href(event_id: str) -> str:
        return event_href(event_id, selection.filters)

    coming, unreported = announced(selection, today)
    rows = absent_or_by_video(selection)
    absent, video = watch.away(rows, tables, href)
    partial, virtual = of_unknown_roster(selection), held_by_video(selection)
    caveat = (
        f"At these events, whoever stayed away; only what a source states. {counted(partial, 'held meeting has', 'held meetings have')} a partial roster: who is not listed there is unknown, not absent. "
        f"{counted(virtual, 'event was', 'events were')} held by video as a whole and not listed here."
    )
    return Watch(
        rows=rows,
        coming=events_list(coming, tables, href, today, summaries=True)
        if len(coming)
        else '<p class="empty">No event of this selection is announced.</p>',
        unreported=events_list(unreported.iloc[::-1], tables, href, today) if len(unreported) else "",
        absent=absent,
        video=video,
        caveat=caveat,
        no_text=watch.no_text(without_joint_text(selection), tables, href),
        passages=watch.passages(passages_of_some(selection), tables, href),
        aside=watch.aside(stood_aside(selection), tables, href),
        checked=watch.checked_table(checked(catalog.events, selection, tables.vocabulary, today), tables, href),
    )
