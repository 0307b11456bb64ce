"""What is chosen on a chart: how a click gets into the address, and the panel with the records behind it.

The page setting ``sel`` is ``<kind>:<what>``, ``on`` the chart on which it was chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from lib.content.lists import Panel, chosen
from lib.problems import nearest, shown
from lib.ui.pages import PAGES
from lib.ui.runtime import today
from lib.ui.view import View, current_link, go
from lib.ui.ways import markup, say, way, ways


def kinds(view: View, name: str) -> tuple[str, ...]:
    """The kinds of choice that the marks of a chart of this page make; none where nothing can be chosen on it."""
    return PAGES[view.page].charts.get(name, ())


def chosen_on(view: View) -> str | None:
    """The chart that shows the address's choice: the one that it names, or the first on which such a choice can be made."""
    kind = (view.setting("sel") or "").partition(":")[0]
    able = [name for name, chosen_kinds in PAGES[view.page].charts.items() if kind in chosen_kinds]
    named = view.setting("on")
    return named if named in able else able[0] if able else None


def choice_doubts(view: View) -> list[str]:
    """Sentences about a choice in the address that this page cannot show."""
    charts, doubts = PAGES[view.page].charts, []
    sel, on = view.setting("sel"), view.setting("on")
    if sel and chosen_on(view) is None:
        known = {kind for chosen_kinds in charts.values() for kind in chosen_kinds}
        near = nearest(sel.partition(":")[0], known)
        doubts.append(
            f"The link chooses {shown(sel)}, which no chart of this page has{f'; did you mean {near}:…?' if near else '.'}"
        )
    if on and on not in charts:
        near = nearest(on, charts)
        doubts.append(
            f"The link names the chart {shown(on)}, which this page does not have{f'; did you mean {near}?' if near else '.'}"
        )
    return doubts


def choosing(name: str, kind: str) -> Callable[[], None]:
    """A chart's callback, which writes the chosen mark and the chart into the address."""

    def choose() -> None:
        link = current_link()
        what = _picked(name)
        sel = f"{kind}:{what}" if what else None
        go(link.filters, {**link.settings, "sel": sel, "on": name if sel else None})

    return choose


def _picked(name: str) -> str | None:
    """What the mark that is chosen in this browser refers to."""
    state = st.session_state.get(f"chart-{name}")
    points = state.selection.points if state else []
    data = points[0].get("customdata") if points else None
    if not data:
        return None
    return str(data[0] if isinstance(data, list) else data.get("0") if isinstance(data, dict) else data)


def ringed(view: View, name: str, kind: str = "") -> str | None:
    """The mark to ring: the address's choice, unless it was made in this browser, where the chart on which it was made shows it already.

    A figure that changed with each choice would be redrawn and lose its zoom; so would another one that has marks for the same
    choice. ``kind`` is the chart's first one where none is given.
    """
    chosen_kind, _, what = (view.setting("sel") or "").partition(":")
    if not what or chosen_kind != (kind or kinds(view, name)[0]):
        return None
    made_here = any(
        _picked(chart) == what for chart, chosen_kinds in PAGES[view.page].charts.items() if chosen_kind in chosen_kinds
    )
    return None if made_here else what


def chosen_panel(view: View, sel: str, onward: str) -> None:
    """The records behind the choice ``sel``, with the way to them; ``onward`` is the page that shows only these.

    The button that closes the panel precedes its content, which may be longer than the window; so the keyboard reaches it first, too.
    """
    panel = chosen(view.selection, sel, today())
    with st.container(border=True, key="chosen"):
        if panel.doubt:
            say([panel.doubt])
        else:
            markup(f'<h4 class="chosen-title">{escape(panel.title)}</h4>')
        st.button("Close", key="close-chosen", on_click=_close, type="tertiary", icon=":material/close:")
        if not panel.doubt:
            more = f'<p class="footer">{escape(panel.more)}</p>' if panel.more and panel.rest is None else ""
            markup(f"{panel.html}{more}{ways(*_onward(view, panel, onward))}")


def _onward(view: View, panel: Panel, page: str) -> list[str]:
    """The links below a panel: to the record; to ``page`` with only these; and to the page that lists what was left out, once where this is the same link."""
    lists = "themes" if panel.points and page != "timeline" else "timeline"
    links = [way("event", "Read the record", view.filters, {"id": panel.event})] if panel.event else []
    if panel.filters is not None and (panel.rest is None or page != lists):
        links.append(way(page, "Show only these", panel.filters))
    if panel.rest is not None:
        links.append(way(lists, f"{panel.more}: show all", panel.rest))
    return links


def _close() -> None:
    link = current_link()
    go(link.filters, {**link.settings, "sel": None, "on": None})
