"""A theme's path: what states said of it in a forum, and the joint texts that carry it, in order of time."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lib.analysis.rows import named_rows, rows_of
from lib.analysis.uptake import Path, Step
from lib.figures import theme
from lib.figures.chart import Chart
from lib.figures.pair_matrix import FAINT
from lib.figures.places import place_of
from lib.figures.theme import escape
from lib.records.dates import parse_date
from lib.tables.build import Tables
from lib.text import counted, day_in_words, days_in_words, listed

LANE = 46
"""Height of a lane in pixels."""

NAMED = 10
"""A path with at most this many marks has a name beside each; a longer one only beside the first statement and the first joint text."""

STANDINGS = {
    "shown": "shown",
    "first-in-records": "first in our records",
    "text-first": "no statement before it in our records",
    "no-text": "no joint text in our records",
}
"""What can be said of a path from the records, in words."""

_LANES = {"meeting": "The meeting as such", "joint": "Joint texts", "elsewhere": "Other meetings"}


def month_of(tables: Tables, event: str) -> str:
    """Month and year of an event's start, the year alone where no more is known."""
    date = parse_date(tables.events["start"].iat[tables.row_of[event]])
    return day_in_words(date).split(" ", 1)[1] if date.precision == "day" else day_in_words(date)


def who(step: Step, tables: Tables) -> str:
    """The states of a first statement, in words."""
    names = [tables.vocabulary.party(by) for by in step.by]
    return listed(names) if len(names) < 4 else f"{', '.join(names[:2])} and {len(names) - 2} more"


def sentence(path: Path, tables: Tables) -> str:
    """What the records hold of a path, as a title."""
    label, forum = tables.vocabulary.label("themes", path.theme), tables.vocabulary.brief("organizations", path.forum)
    if path.statement is None:
        return (
            f"{label}: in a joint text of {month_of(tables, path.text.event)} ({forum}), without a statement of a state in our records"
            if path.text
            else label
        )
    first = f"{label}: {who(path.statement, tables)} at {forum} meetings from {month_of(tables, path.statement.event)}"
    if path.text is None:
        return f"{first}, in no joint text in our records"
    if not path.before:
        return f"{label}: in a joint text of {month_of(tables, path.text.event)} ({forum}), before any statement of a state in our records"
    text = f"{first}, the joint text of {place_of(tables, path.text.event)}"
    return text if path.standing == "shown" else f"{text} – first in our records"


def uptake_chart(
    marks: pd.DataFrame,
    path: Path,
    tables: Tables,
    words: str,
    since: pd.Timestamp | None,
    left_out: int = 0,
    chosen: str | None = None,
) -> Chart:
    """Lanes of marks; choosing one selects ``<theme>@<actors>@<event id>``.

    ``marks`` are ``lib.analysis.uptake.path_marks``; ``since`` is the day since which every series of the forum with a known start is covered;
    ``left_out`` counts points of the theme that do not pass the filters.
    """
    vocabulary, titles = tables.vocabulary, tables.events["title"]
    rows = tables.row_of
    forum = vocabulary.brief("organizations", path.forum)
    table = pd.DataFrame(
        {
            "event": marks["event_id"].to_numpy(),
            "start": [tables.events["start"].iat[rows[event]] for event in marks["event_id"]],
            "lane": [_LANES.get(lane) or vocabulary.party(lane) for lane in marks["lane"]],
            "by": [", ".join(vocabulary.party(by) for by in cell.split(";")) for cell in marks["by"]],
            "form": [vocabulary.label("mention-forms", form) for form in marks["form"]],
            "points": marks["points"].to_numpy(),
            "text itself cited": [
                ("yes" if cited else "no") if joint else "" for joint, cited in rows_of(marks, "joint", "cited")
            ],
        }
    )
    title = sentence(path, tables)
    if marks.empty:
        return Chart.nothing(title, words, table, "No point of this path passes these filters.")
    lanes = list(dict.fromkeys(lane for lane in marks["lane"] if lane not in _LANES)) + [
        lane for lane in ("meeting", "joint", "elsewhere") if (marks["lane"] == lane).any()
    ]
    place = {lane: at for at, lane in enumerate(lanes)}
    here = marks[marks["here"]]
    named = len(here) <= NAMED
    later = {(event, lane) for lane, own in here.groupby("lane", sort=False) for event in own["event_id"].iloc[1::2]}
    traces, every = _line(path, marks, place), named_rows(marks)
    for kind, symbol in (("said", "circle"), ("cited", "diamond"), ("reported", "diamond-open")):
        own = [row for row in every if _kind(row) == kind]
        if not own:
            continue
        keys = [f"{path.theme}@{row.by}@{row.event_id}" for row in own]
        outlines = [_outline(row, kind, key == chosen) for key, row in zip(keys, own, strict=True)]
        texts = [escape(place_of(tables, row.event_id)) if named and row.here else "" for row in own]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text" if any(texts) else "markers",
                "text": texts,
                "textposition": [_text_position(row, later) for row in own],
                "textfont": {"size": 12, "color": FAINT},
                "cliponaxis": False,
                "x": [row.day.isoformat() for row in own],
                "y": [place[row.lane] for row in own],
                "marker": {
                    "symbol": symbol,
                    "size": [_size(row, kind) for row in own],
                    "opacity": [0.9 if row.here else 0.55 for row in own],
                    "color": [_color(row, kind, key == chosen) for key, row in zip(keys, own, strict=True)],
                    "line": {"width": [width for width, _ in outlines], "color": [color for _, color in outlines]},
                },
                "customdata": [[key] for key in keys],
                "hovertext": [_hover(row, kind, tables, titles.iat[rows[row.event_id]]) for row in own],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "unselected": {"marker": {"opacity": 0.3}},
            }
        )
    first, last = marks["day"].min(), marks["day"].max()
    margin = max((last - first) * 0.06, pd.Timedelta(days=60))
    x = [(first - margin).isoformat(), (last + margin).isoformat()]
    shapes = []
    if since is not None and since > first - margin:
        shapes.append(
            {
                "type": "rect",
                "xref": "x",
                "yref": "paper",
                "x0": x[0],
                "x1": min(since, last + margin).isoformat(),
                "y0": 0,
                "y1": 1,
                "fillcolor": theme.COVER,
                "line": {"width": 0},
                "layer": "below",
            }
        )
    layout = theme.layout(
        LANE * len(lanes) + 72,
        margin={"l": 0, "r": 12, "t": 24, "b": 24},
        clickmode="event+select",
        shapes=shapes,
        annotations=[] if named else _notes(path, marks, place, tables, last, first),
        xaxis=theme.axis(
            type="date", range=x, tickformat="%Y" if (last - first).days > 1500 else "%b %Y", nticks=10, showgrid=True
        ),
        yaxis=theme.axis(
            tickvals=list(place.values()),
            ticktext=[_LANES.get(lane) or vocabulary.party(lane) for lane in lanes],
            range=[len(lanes) - 0.4, -0.6],
            ticklabelstandoff=8,
            tickfont={"size": 13},
        ),
    )
    shaded = (
        f" Shaded: before {since:%Y}, when not all {forum} series with a known start are covered." if shapes else ""
    )
    hidden = (
        f" {counted(left_out, 'point')} of this theme {'does' if left_out == 1 else 'do'} not pass the filters and {'is' if left_out == 1 else 'are'} not drawn; the title is of all records."
        if left_out
        else ""
    )
    subtitle = (
        f"{words}. Circles: what one state or organization said (blue a statement, ochre a proposal, violet an initiative, grey the agenda). Diamonds: joint texts, filled where an official "
        f"source that names the text is cited, hollow where other sources report it.{shaded}{hidden}"
    )
    alt = f"{title}. Chart of {counted(len(here), 'mark')} in {counted(len(lanes), 'lane')} in order of time, {first:%Y} to {last:%Y}; {counted(path.texts, 'joint text')} in all records."
    return Chart(title, subtitle, {"data": traces, "layout": layout}, alt, table, selectable=True, wide=True)


def _kind(row: Any) -> str:
    """Whether a mark is a statement (``said``), or a joint text that is ``cited`` itself or only ``reported``."""
    if not row.joint:
        return "said"
    return "cited" if row.cited else "reported"


def _text_position(row: Any, later: set[tuple[str, str]]) -> str:
    """Where the name of a mark stands: above it, every second one of a lane (``later``) to the right, or below it in the lane of the joint texts."""
    if row.lane == "joint":
        return "bottom center"
    return "top right" if (row.event_id, row.lane) in later else "top left"


def _size(row: Any, kind: str) -> float:
    """The size of a mark in pixels: smaller for meetings elsewhere."""
    if kind == "said":
        return 11 if row.here else 7
    return 14 if row.here else 9


def _color(row: Any, kind: str, ringed: bool) -> str:
    """The colour of a mark; of a hollow one it is the outline, so that a chosen one takes the accent."""
    if ringed and kind == "reported":
        return theme.ACCENT
    return theme.FORMS.get(row.form, theme.MUTED) if row.here else theme.MUTED


def _outline(row: Any, kind: str, ringed: bool) -> tuple[float, str]:
    """Width in pixels and colour of a mark's outline."""
    if ringed:
        return 3, theme.ACCENT
    if kind == "reported":
        return 2, theme.FORMS["joint-document"] if row.here else theme.MUTED
    return 0.5, theme.MUTED


def _hover(row: Any, kind: str, tables: Tables, title: str) -> str:
    vocabulary, at = tables.vocabulary, tables.row_of[row.event_id]
    days = days_in_words(parse_date(tables.events["start"].iat[at]), parse_date(tables.events["end"].iat[at]))
    actors = listed([vocabulary.party(by) for by in row.by.split(";")])
    how = {
        "said": f"{vocabulary.label('mention-forms', row.form).lower()}, {counted(row.points, 'point')}",
        "cited": "an official source that names the text is cited",
        "reported": "other sources report the text",
    }[kind]
    if row.joint and not row.points:
        how += "; the theme is named by the outcome, no point is recorded"
    return f"<b>{escape(actors)}</b> at {escape(title)},<br>{days}: {how}"


def _ends(path: Path, marks: pd.DataFrame, place: dict[str, int]) -> list[tuple[Any, int]]:
    """Day and lane of the path's first statement and of its first joint text; empty unless both are drawn."""
    if not (path.before and path.statement and path.text):
        return []
    said = marks[(marks["event_id"] == path.statement.event) & marks["lane"].isin(path.statement.by)]
    text = marks[(marks["event_id"] == path.text.event) & (marks["lane"] == "joint")]
    return (
        [(part["day"].iloc[0], place[part["lane"].iloc[0]]) for part in (said, text)] if len(said) and len(text) else []
    )


def _line(path: Path, marks: pd.DataFrame, place: dict[str, int]) -> list[dict[str, Any]]:
    ends = _ends(path, marks, place)
    if not ends:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [day.isoformat() for day, _ in ends],
            "y": [lane for _, lane in ends],
            "hoverinfo": "skip",
            "line": {"color": theme.ACCENT, "width": 1.6}
            if path.standing == "shown"
            else {"color": theme.MUTED, "width": 1.2, "dash": "dot"},
        }
    ]


def _notes(
    path: Path, marks: pd.DataFrame, place: dict[str, int], tables: Tables, last: pd.Timestamp, first: pd.Timestamp
) -> list[dict[str, Any]]:
    """Names beside the first statement and the first joint text."""
    ends = _ends(path, marks, place)
    if not ends:
        return []
    texts = (escape(place_of(tables, path.statement.event)), escape(place_of(tables, path.text.event)))
    notes = []
    for (day, lane), text, below in zip(ends, texts, (False, True), strict=True):
        late = day > first + (last - first) * 0.75
        notes.append(
            theme.label(
                text,
                day.isoformat(),
                lane,
                xshift=-8 if late else 8,
                xanchor="right" if late else "left",
                yshift=-14 if below else 14,
                font={"size": 12, "color": FAINT},
            )
        )
    return notes
