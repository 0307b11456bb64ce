"""From what states said in a forum to the forum's joint texts: paths of a theme, and what the records allow to be said of one.

A forum is the body whose members a series calls together (the vocabulary's ``eligibility``, else its ``organization``). Statements are
points by a country in the forms statement, proposal and initiative; a joint text carries a theme where a point of ``joint`` in the form
joint-document has it, or a joint text among the outcomes names it. Only held events count. A theme includes those below it.

A first occurrence can only be known where observation begins at the beginning (left truncation; Box-Steffensmeier and Jones 2004, ch. 2):
an older text outside the records would make the first one in them a later one. So a path is "shown" on four conditions, each read off the
records, and "first in our records" otherwise:

statement
    a state's statement lies before the first joint text, in full days: any of them, for the first one may be known by its month only
cited
    of the joint text an official source is cited whose title names a text: the point cites it, or a joint text among the outcomes does
founding
    every series of meetings of the forum is covered since the forum was founded
earlier
    every joint text of the forum recorded before that one is cited in the same way, and has points in the records

It shows that a text came after a statement, never that it came because of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from lib.analysis.rows import named_rows, rows_of
from lib.filters.masks import is_held, is_one_of
from lib.keep import kept
from lib.tables.build import Tables

STATEMENTS = ("statement", "proposal", "initiative")

_TEXT = re.compile(
    r"declaration|communiqu|joint (text|statement|readout|vision)|concept\b|strategy|concord|charter|декларац|коммюнике|совместное заявлени",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\bpress (statement|release|conference|briefing)|\b(speech|remarks|interview|transcript|report on)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a path: at its first statements (``by``: who made them), or with a joint text (``cited``: that text itself is a source)."""

    event: str
    by: tuple[str, ...] = ()
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """What the records hold of one theme in one forum.

    ``statements`` and ``texts`` count events. ``statement`` is the first statement that surely lies before the first joint text (``before``), the
    first of all where none does. ``earlier`` are the joint texts of the forum recorded before the first one with the theme (by
    event), ``earlier_cited`` those of them that are cited themselves and have points. ``uncovered`` are the series of the forum that are not
    covered since its founding.
    """

    theme: str
    forum: str
    statements: int
    texts: int
    statement: Step | None
    text: Step | None
    first_cited: Step | None
    before: bool
    earlier: int
    earlier_cited: int
    uncovered: tuple[str, ...] = field(default=())

    @property
    def conditions(self) -> Mapping[str, bool]:
        """The four conditions of a path that is shown, by name."""
        return {
            "statement": self.before,
            "cited": bool(self.text and self.text.cited),
            "founding": not self.uncovered,
            "earlier": self.earlier == self.earlier_cited,
        }

    @property
    def standing(self) -> str:
        """``shown``, ``first-in-records``, ``text-first`` (no statement before the text is recorded) or ``no-text``."""
        if self.text is None:
            return "no-text"
        if not self.before:
            return "text-first"
        return "shown" if all(self.conditions.values()) else "first-in-records"


def names_a_text(kind: str, title: str) -> bool:
    """Whether a source is an official one whose title names a joint text, rather than a report, a speech or a briefing about it."""
    return kind == "official" and bool(_TEXT.search(title)) and not _ABOUT.search(title)


@kept
def forums(tables: Tables) -> Mapping[str, str]:
    """The forum of each series; series without a forum are left out."""
    found = {}
    for word, series in tables.vocabulary["series"].items():
        forum = series.eligibility or series.organization
        if forum:
            found[word] = forum
    return found


@kept
def covered_since(tables: Tables, forum: str) -> tuple[pd.Timestamp | None, tuple[str, ...]]:
    """The day since which all series of meetings of a forum with a known start are covered, and the series not covered since its founding.

    Series of which the records hold meetings; None where no start is known.
    """
    present = {
        series for (series,) in rows_of(tables.events, "series", where=is_one_of(tables.events["family"], ["meeting"]))
    }
    founded = tables.vocabulary["organizations"][forum].founded if forum in tables.vocabulary["organizations"] else None
    days, late = [], []
    for word, own in forums(tables).items():
        if own != forum or word not in present:
            continue
        since = tables.vocabulary["series"][word].covered_from
        if since:
            days.append(pd.Timestamp(since.first))
        if not (since and founded and since.first <= founded.last):
            late.append(word)
    return max(days, default=None), tuple(late)


@kept
def with_joint_text(tables: Tables) -> pd.DataFrame:
    """Held events of a forum with a joint text on record.

    Columns event_id, forum, themes (a frozenset: of its joint points and outcomes), cited (one of them cites an official source that names a
    text), outcome_cited (one of its joint texts does), by_theme (the themes of which a joint point does), coded (it has joint points).
    """
    official = {
        (event, source)
        for event, source, kind, title in rows_of(tables.sources, "event_id", "source_id", "kind", "title")
        if names_a_text(kind, title)
    }
    themes: dict[str, set[str]] = {}
    own: dict[str, set[str]] = {}
    of_outcome, coded = set(), set()
    for event, by, form, theme, sources in rows_of(tables.mentions, "event_id", "by", "form", "theme", "source_ids"):
        if by == "joint" and form == "joint-document":
            themes.setdefault(event, set()).add(theme)
            coded.add(event)
            if any((event, source) in official for source in sources):
                own.setdefault(event, set()).add(theme)
    for event, form, named, sources in rows_of(tables.outcomes, "event_id", "form", "themes", "source_ids"):
        if form in tables.vocabulary.joint_forms:
            themes.setdefault(event, set()).update(named)
            if any((event, source) in official for source in sources):
                of_outcome.add(event)
    forum_of = forums(tables)
    rows = [
        (
            event,
            forum_of[series],
            frozenset(themes[event]),
            event in of_outcome or event in own,
            event in of_outcome,
            frozenset(own.get(event, ())),
            event in coded,
        )
        for event, series, status in rows_of(tables.events, "event_id", "series", "status")
        if event in themes and status == "held" and series in forum_of
    ]
    return pd.DataFrame(rows, columns=["event_id", "forum", "themes", "cited", "outcome_cited", "by_theme", "coded"])


@kept
def _joint_texts(tables: Tables) -> list[Any]:
    """The rows of :func:`with_joint_text`."""
    return named_rows(with_joint_text(tables))


@kept
def paths(tables: Tables) -> Mapping[tuple[str, str], Path]:
    """The path of every theme in every forum with a statement or a joint text, in the order of the vocabularies; from all records.

    Not of a selection: whatever filter hides an older text would make a claim that the records contradict.
    """
    place = tables.row_of
    first_day, last_day = tables.events["first_day"].tolist(), tables.events["last_day"].tolist()
    held = {event for (event,) in rows_of(tables.events, "event_id", where=is_held(tables.events))}
    forum_of = forums(tables)
    texts: dict[str, list[tuple]] = {}
    for row in _joint_texts(tables):
        texts.setdefault(row.forum, []).append(row)
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    countries = tables.vocabulary["countries"]
    for event, series, theme, by, form in rows_of(tables.mentions, "event_id", "series", "theme", "by", "form"):
        if event in held and series in forum_of and by in countries and form in STATEMENTS:
            said.setdefault((forum_of[series], theme), {}).setdefault(event, []).append(by)
    found: dict[tuple[str, str], Path] = {}
    order = [word for word in tables.vocabulary["organizations"] if word in set(forum_of.values())]
    for forum in order:
        _, uncovered = covered_since(tables, forum)
        own = texts.get(forum, [])
        for theme in tables.vocabulary["themes"]:
            words = tables.vocabulary.below(theme)
            below = set(words)
            at: dict[str, list[str]] = {}
            for word in words:  # In their order: a set's would name the actors in another order in every process.
                for event, actors in said.get((forum, word), {}).items():
                    at.setdefault(event, []).extend(actors)
            carrying = [row for row in own if row.themes & below]
            if not at and not carrying:
                continue
            steps = [Step(row.event_id, (), row.outcome_cited or bool(row.by_theme & below)) for row in carrying]
            text = steps[0] if steps else None
            day = first_day[place[text.event]] if text else None
            in_time = [event for event in at if text and last_day[place[event]] < day]
            start = min(in_time or at, key=place.__getitem__, default=None)
            earlier = [row for row in own if text and first_day[place[row.event_id]] < day]
            found[theme, forum] = Path(
                theme,
                forum,
                len(at),
                len(carrying),
                Step(start, tuple(dict.fromkeys(at[start]))) if start else None,
                text,
                next((step for step in steps if step.cited), None),
                bool(in_time),
                len(earlier),
                sum(row.cited and row.coded for row in earlier),
                uncovered,
            )
    return found


def path_marks(
    mentions: pd.DataFrame, tables: Tables, theme: str, forum: str, events: Collection[str] = ()
) -> pd.DataFrame:
    """The points of a theme as marks: one for each event and lane.

    Columns event_id, lane (an actor's id; ``meeting`` for the meeting as such; ``joint`` for joint texts; ``elsewhere``), by, form (of several the
    first in initiative, proposal, statement, joint-document, agenda), points, cited (of joint texts), day (the middle of the event), here.
    ``mentions`` are the rows of a selection. ``events`` are those whose joint texts are marked even where only an outcome names the theme.
    """
    forum_of = forums(tables)
    below = set(tables.vocabulary.below(theme))
    ranks = {
        form: rank for rank, form in enumerate(("initiative", "proposal", "statement", "joint-document", "agenda"))
    }
    cells: dict[tuple[str, str, bool], list[tuple[str, str]]] = {}
    for event, series, word, by, form in rows_of(mentions, "event_id", "series", "theme", "by", "form"):
        if word in below:
            here = forum_of.get(series) == forum
            lane = (
                "elsewhere" if not here else by if by != "joint" else "joint" if form == "joint-document" else "meeting"
            )
            cells.setdefault((event, lane, by == "joint" and form == "joint-document"), []).append((by, form))
    cited: dict[str, bool] = {}
    for row in _joint_texts(tables):
        cited[row.event_id] = row.outcome_cited or bool(row.by_theme & below)
        if (
            row.forum == forum
            and row.themes & below
            and row.event_id in events
            and (row.event_id, "joint", True) not in cells
        ):
            cells[row.event_id, "joint", True] = []
    place = tables.row_of
    first_day, last_day = tables.events["first_day"].array, tables.events["last_day"].array
    rows = []
    for (event, lane, joint), own in sorted(cells.items(), key=lambda item: place[item[0][0]]):
        first, last = first_day[place[event]], last_day[place[event]]
        form = min((form for _, form in own), key=lambda form: ranks.get(form, 9), default="joint-document")
        rows.append(
            (
                event,
                lane,
                ";".join(dict.fromkeys(by for by, _ in own)) or "joint",
                form,
                len(own),
                joint and cited.get(event, False),
                joint,
                first + (last - first) / 2,
                lane != "elsewhere",
            )
        )
    return pd.DataFrame(rows, columns=["event_id", "lane", "by", "form", "points", "cited", "joint", "day", "here"])
