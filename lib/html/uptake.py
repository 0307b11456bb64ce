"""What can be said of a path from the records, and the table of all paths of a forum."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from lib.analysis.uptake import Path, Step
from lib.figures.places import place_of
from lib.figures.uptake import STANDINGS, who
from lib.filters.masks import is_one_of
from lib.html.lists import event_days
from lib.html.parts import Href, Row, link, plain_table
from lib.html.sources import cited
from lib.tables.build import Tables
from lib.text import counted, listed

CANNOT = (
    "A text that comes after a statement does not come because of it: the records show order, not cause. Who else pressed for it, in which drafts, is not in them. "
    "A theme is a heading; two points under it may say different things."
)
"""What a path cannot show: every page that draws one says so."""


_CONDITIONS = {
    "statement": "A statement comes first",
    "cited": "The joint text itself is cited",
    "founding": "The forum is covered since its founding",
    "earlier": "Its earlier joint texts are coded",
}


def conditions(path: Path, tables: Tables, href: Href) -> str:
    """The four conditions of a path that is shown, each with what the records hold."""
    if path.text is None or path.statement is None:
        return ""
    vocabulary = tables.vocabulary
    forum, text = (
        vocabulary.brief("organizations", path.forum),
        link(href(path.text.event), place_of(tables, path.text.event)),
    )
    said = link(href(path.statement.event), place_of(tables, path.statement.event))
    founded = vocabulary["organizations"][path.forum].founded
    since = f"its founding ({founded})" if founded else "its founding, of which the day is not known"
    reported = _publishers(path, tables)
    sentences = {
        "statement": (
            f"{escape(who(path.statement, tables))} said so at {said}, before {text}.",
            f"The first statement of a state in our records is that of {escape(who(path.statement, tables))} at {said}, not before {text}.",
        ),
        "cited": (
            f"Of the joint text of {text} an official source is cited whose title names a text.",
            f"The joint text of {text} itself is not cited: our records have it from {escape(reported)}.",
        ),
        "founding": (
            f"Every {escape(forum)} series in the records is covered since {escape(since)}.",
            f"Not covered since {escape(since)}: {escape(_late(path, tables))}. An older text may have the theme.",
        ),
        "earlier": (
            f"Every earlier joint text on record ({path.earlier}) is cited itself and has points.",
            f"Of {counted(path.earlier, 'earlier joint text')} on record, {path.earlier_cited} {'is' if path.earlier_cited == 1 else 'are'} cited themselves and have points; the others may have the theme.",
        ),
    }
    rows = []
    for name, met in path.conditions.items():
        mark = '<span class="tag">met</span>' if met else '<span class="tag warn">not met</span>'
        rows.append(Row((_CONDITIONS[name], mark, sentences[name][0 if met else 1])))
    return plain_table("Conditions of an uptake", ("To be shown as an uptake", "Met", "What the records hold"), rows)


def _late(path: Path, tables: Tables) -> str:
    series = tables.vocabulary["series"]
    return listed(
        [
            f"{series[word].brief} ({f'since {series[word].covered_from}' if series[word].covered_from else 'a selection'})"
            for word in path.uncovered
        ]
    )


def _publishers(path: Path, tables: Tables) -> str:
    """Who reports the first joint text: the publishers that its joint points on the theme cite, else those of its outcomes."""
    assert path.text is not None
    below = tables.vocabulary.below(path.theme)
    mentions = tables.mentions[is_one_of(tables.mentions["event_id"], [path.text.event])]
    points = mentions[
        is_one_of(mentions["by"], ["joint"])
        & is_one_of(mentions["form"], ["joint-document"])
        & is_one_of(mentions["theme"], below)
    ]
    rows = points if len(points) else tables.outcomes[is_one_of(tables.outcomes["event_id"], [path.text.event])]
    return (
        listed(
            list(
                dict.fromkeys(
                    source.publisher for ids in rows["source_ids"] for source in cited(tables, path.text.event, ids)
                )
            )
        )
        or "no source of its own"
    )


def paths_table(
    paths: Iterable[Path], tables: Tables, href: Href, path_href: Callable[[Path], str], chosen: Path
) -> str:
    """One row for each theme of a forum: first statement, first joint text, standing, what is not met."""
    vocabulary = tables.vocabulary
    rows = []
    for path in paths:
        label = link(path_href(path), vocabulary.label("themes", path.theme))
        rows.append(
            Row(
                (
                    f"<strong>▸ {label}</strong>" if path == chosen else label,
                    _step(path.statement, tables, href, True),
                    _step(path.text, tables, href),
                    str(path.statements),
                    str(path.texts),
                    escape(STANDINGS[path.standing]),
                )
            )
        )
    return plain_table(
        "The themes of this forum",
        (
            "Theme",
            "First statement of a state",
            "First joint text",
            "Events with statements",
            "Joint texts",
            "Standing",
        ),
        rows,
    )


def _step(step: Step | None, tables: Tables, href: Href, said: bool = False) -> str:
    if step is None:
        return "–"
    more = escape(who(step, tables)) if said else "" if step.cited else "reported, not cited itself"
    return f'{link(href(step.event), place_of(tables, step.event))}<span class="facts">{f"{more}, " if more else ""}{event_days(step.event, tables)}</span>'
