"""Page settings as widgets: as with filters, the address holds the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from lib.content.participants import series_with_meetings
from lib.geo import DEFAULT_VIEW
from lib.problems import nearest, shown
from lib.tables.columns import TABLES
from lib.ui.runtime import api_is_served, geography
from lib.ui.view import View, current_link, go
from lib.ui.ways import say

_GEOMETRY_ADDRESS = "api/geo/world.geojson"


def asked(
    view: View, name: str, label: str, options: Mapping[str, str], default: str, wanted: str | None = None
) -> str:
    """The one of ``options`` that the setting ``name`` asks for; an unknown one is reported and the default taken.

    ``wanted`` is the option that its value means, where an option has other names too.
    """
    wanted = wanted or view.setting(name) or default
    if wanted in options:
        return wanted
    near = nearest(wanted, options)
    say(
        [
            f"{label}: {shown(wanted)} is not known here{f'; did you mean {near}?' if near else '.'} Shown: {options[default]}."
        ]
    )
    return default


def choice(
    view: View,
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    help: str = "",
    wanted: str | None = None,
    free: bool = False,
) -> str:
    """One of ``options`` by a widget, kept in the setting ``name``; ``wanted`` as in :func:`asked`. ``free`` lets the reader type something else."""
    wanted = asked(view, name, label, options, default, wanted)
    key = f"setting-{name}"
    if st.session_state.get(key) != wanted:
        st.session_state[key] = wanted
    st.selectbox(
        label,
        list(options),
        format_func=lambda word: options.get(word, word),
        key=key,
        on_change=_write(name, key, default),
        help=help or None,
        accept_new_options=free,
    )
    return wanted


def _write(name: str, key: str, default: str) -> Callable[[], None]:
    def write() -> None:
        link = current_link()
        value = st.session_state[key]
        go(
            link.filters,
            {**link.settings, name: None if value == default else value, "sel": None, "on": None, "page": None},
        )

    return write


def point_of_view(view: View) -> str:
    """The point of view from which the map draws disputed areas."""
    views = geography().views
    return choice(
        view,
        "pov",
        "Borders as drawn by",
        {word: geography().view_name(word) for word in views},
        DEFAULT_VIEW,
        "In the neutral view disputed areas belong to nobody. The other views follow what these parties have published; they are no statement of ours.",
    )


def meetings_choice(view: View) -> str | None:
    """The series whose meetings are the matrix's columns; None where the selection holds no meeting."""
    series = series_with_meetings(view.selection)
    return choice(view, "meetings", "Meetings in the matrix", series, next(iter(series))) if series else None


def table_choice(view: View) -> str:
    """The table on the Data page."""
    return choice(
        view, "table", "Table", {name: f"{name}: one row is {table.row}" for name, table in TABLES.items()}, "events"
    )


def geometry_address() -> str | None:
    """Where this server has the map's geometry; None where it serves the pages only."""
    return _GEOMETRY_ADDRESS if api_is_served() else None
