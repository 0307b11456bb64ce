"""The watch list: saved filters in the address, each with what is new in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import escape

import streamlit as st

from lib.analysis.watch import Watched, since_day, watched
from lib.filters.selection import Selection
from lib.filters.value import Filters
from lib.history import History, load_history, since_it_began, stamps
from lib.html.parts import link
from lib.html.watch import correction_log
from lib.keep import kept
from lib.links import address, event_href
from lib.records.dates import parse_date
from lib.text import counted, day_in_words
from lib.ui.blocks import Part, html_section
from lib.ui.runtime import api_is_served, snapshot, today
from lib.ui.takeaway import base_url
from lib.ui.view import View, current_link, go
from lib.ui.ways import markup, plain, say, way, ways
from lib.watchlist import MOST, read_watch, write_watch

_SINCE = "setting-since"


def watch_list(view: View) -> None:
    """The saved filters of the address, with the buttons that add the current selection and remove one."""
    html_section(
        (
            "Your watch list",
            "Filters that you save here stand in this page's address: keep the link, or send it. Nothing is stored on the server.",
            "",
        )
    )
    day, doubt = since_day(view.setting("since"), today())
    if st.session_state.get(_SINCE) != (view.setting("since") or ""):
        st.session_state[_SINCE] = view.setting("since") or ""
    with st.container(horizontal=True, vertical_alignment="bottom", key="watch-actions"):
        st.text_input(
            "News since",
            key=_SINCE,
            on_change=_since,
            placeholder=day.isoformat(),
            help="YYYY-MM-DD, YYYY-MM or YYYY; thirty days ago where nothing stands here",
            width=180,
        )
        saved, more = read_watch(view.setting("watch") or "", view.tables)
        here = any(filters == view.filters for filters, _ in saved)
        st.button(
            "Watch this selection",
            icon=":material/add:",
            key="watch-add",
            on_click=_write(lambda known: [*known, current_link().filters]),
            disabled=here or len(saved) >= MOST,
            help=f"Adds the filters at the left: {plain(view.selection.words)}",
        )
    if doubt:
        say([doubt])
    if more:
        say([f"The link saves {len(saved) + more} filters; the first {MOST} are read."])
    if not saved:
        markup('<p class="empty">Nothing is on it yet. Choose filters at the left, then “Watch this selection”.</p>')
    history = load_history(view.snapshot.folder)
    known = since_it_began(stamps(view.snapshot, history), history) if saved else {}
    for place, (filters, doubts) in enumerate(saved):
        _row(view, place, watched(filters, doubts, view.tables, known, day, today()), day)


def _row(view: View, place: int, one: Watched, since: dt.date) -> None:
    with st.container(border=True, key=f"watched-{place}"):
        event = view.snapshot.catalog.by_id.get(one.newest or "")
        newest = (
            f"Newest: {link(event_href(event.id, one.filters), event.title)}, {day_in_words(event.start, short=True)}."
            if event
            else "None held yet."
        )
        day = day_in_words(parse_date(since.isoformat()), short=True)
        on = [way("timeline", "Show", one.filters)]
        if api_is_served():
            on.append(link(address(f"{base_url(view)}/api/feed.atom", one.filters), "Feed", "way"))
        markup(
            f"<h4>{escape(one.words)}</h4><p class='lede watch'>{counted(one.events, 'event')}; {counted(one.since, 'event')} held since {day}, "
            f"{counted(one.new, 'new record')} and {one.changed} changed since. {newest}</p>{ways(*on)}"
        )
        say([found.sentence for found in one.doubts])
        st.button(
            "Take off the list",
            key=f"watch-remove-{place}",
            type="tertiary",
            icon=":material/close:",
            on_click=_write(lambda known: [filters for filters in known if filters != one.filters]),
        )


def _write(change: Callable[[list[Filters]], list[Filters]]) -> Callable[[], None]:
    """A button's callback, which writes the changed list into the address."""

    def write() -> None:
        link = current_link()
        known = [filters for filters, _ in read_watch(link.setting("watch") or "", snapshot().tables)[0]]
        go(link.filters, {**link.settings, "watch": write_watch(change(known)) or None})

    return write


def _since() -> None:
    link = current_link()
    go(link.filters, {**link.settings, "since": st.session_state[_SINCE].strip() or None})


def corrections(view: View) -> Part:
    """The log of records changed after they were first seen, of this selection; of all where nothing is chosen."""
    history = load_history(view.snapshot.folder)
    since = (
        f"Kept since {day_in_words(parse_date(history.begun[:10]))}. "
        if history.begun
        else "These records come without a history. "
    )
    return (
        "Corrections",
        f"{since}What changed in a record after it was first seen, the latest first. To report an error, open the record.",
        _corrections(view.selection, history),
    )


@kept
def _corrections(selection: Selection, history: History) -> str:
    own, filters = set(selection.events["event_id"]), selection.filters
    entries = [
        (one.when, one.record, one.sentence)
        for one in reversed(history.corrections)
        if not filters or one.record in own
    ]
    return correction_log(entries, selection.tables, lambda event: event_href(event, filters))
