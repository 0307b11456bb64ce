"""The records behind a chosen mark: what the page setting ``sel`` stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lib.analysis.chosen import attendance, points
from lib.analysis.chosen.choice import Chosen, read_event
from lib.filters.selection import Selection
from lib.problems import nearest, shown

__all__ = ["Chosen", "chosen_rows"]


def chosen_rows(selection: Selection, sel: str) -> Chosen:
    """The rows behind ``sel`` = ``<kind>:<what>`` within ``selection``.

    Without rows and with a ``doubt`` where the choice cannot be understood or is not in the selection.
    """
    kind, _, what = sel.partition(":")
    reader = _READERS.get(kind)
    if reader is None:
        near = nearest(kind, _READERS)
        return _nothing(
            selection,
            f"The link chooses {shown(sel)}, which no chart here has{f'; did you mean {near}:…?' if near else '.'}",
        )
    return reader(selection, what) or _nothing(
        selection, f"The link chooses {shown(what)}, which is not in this selection."
    )


def _nothing(selection: Selection, doubt: str) -> Chosen:
    return Chosen("", selection.events.iloc[:0], doubt=doubt)


_READERS: Mapping[str, Callable[[Selection, str], Chosen | None]] = {
    "event": read_event,
    "year": attendance.read_year,
    "country": attendance.read_country,
    "level": attendance.read_level,
    "came": attendance.read_came,
    "member": attendance.read_member,
    "roster": attendance.read_roster,
    "cell": attendance.read_cell,
    "theme": points.read_theme,
    "said": points.read_said,
    "form": points.read_form,
    "when": points.read_when,
    "met": attendance.read_met,
    "shared": attendance.read_shared,
    "both": points.read_both,
    "voiced": points.read_voiced,
    "point": points.read_point,
}
