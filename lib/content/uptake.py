"""What the page on uptake shows: the chart of a path, what may be said of it, its points, and the table of paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from lib.analysis.rows import rows_of
from lib.analysis.uptake import Path, covered_since, forums, path_marks, paths
from lib.content.lists import PAGE_LENGTH
from lib.figures.chart import Chart
from lib.figures.uptake import STANDINGS, uptake_chart
from lib.filters.masks import is_one_of
from lib.filters.selection import Selection
from lib.html.lists import points_list
from lib.html.parts import link
from lib.html.uptake import conditions, paths_table
from lib.keep import kept
from lib.links import event_href, page_href
from lib.text import counted

FIRST = "vasudhaiva-kutumbakam@sco"
"""The path that is shown where none is asked for and the selection holds it."""


@dataclass(frozen=True, eq=False)
class Uptake:
    """Texts are HTML; ``checks`` is empty where there is nothing to check."""

    chart: Chart
    checks: str
    points: str
    listed: str
    table: str
    table_words: str


@kept
def choices(selection: Selection) -> Mapping[str, str]:
    """The paths of which the selection holds points, ``<theme>@<forum>``, with their names."""
    mentions, vocabulary = selection.rows("mentions"), selection.tables.vocabulary
    forum_of = forums(selection.tables)
    there = {
        (theme, forum_of[series]) for series, theme in set(rows_of(mentions, "series", "theme")) if series in forum_of
    }
    return {
        f"{path.theme}@{path.forum}": f"{vocabulary.label('themes', path.theme)} · {vocabulary.brief('organizations', path.forum)}"
        for path in paths(selection.tables).values()
        if any((below, path.forum) in there for below in vocabulary.below(path.theme))
    }


def default(selection: Selection) -> str | None:
    """The path that a view begins with: of the only theme that it asks for, else ``FIRST``, else the first there is; None without any."""
    options, themes = choices(selection), selection.filters["theme"]
    own = next((name for name in options if len(themes) == 1 and name.startswith(f"{themes[0]}@")), None)
    return own or (FIRST if FIRST in options else next(iter(options), None))


def shown_path(selection: Selection, wanted: str | None) -> str | None:
    """The path that an address asks for, the default where the selection has no such path."""
    return wanted if wanted in choices(selection) else default(selection)


@kept
def rows(selection: Selection, name: str) -> pd.DataFrame:
    """The points of the selection on the path's theme, at whatever meeting: what the chart draws."""
    mentions = selection.rows("mentions")
    return mentions[is_one_of(mentions["theme"], selection.tables.vocabulary.below(name.partition("@")[0]))]


@kept
def uptake(selection: Selection, name: str, ringed: str | None) -> Uptake:
    """The path ``name``, which is ``<theme>@<forum>``, one of :func:`choices`."""
    tables, vocabulary = selection.tables, selection.tables.vocabulary
    found = paths(tables)
    theme, _, forum = name.partition("@")
    path = found[theme, forum]
    own = rows(selection, name)
    since, late = covered_since(tables, forum)
    # An outcome has neither an actor nor a form of a point, so a filter of these passes none.
    texts = (
        set() if selection.filters["by"] or selection.filters["form"] else set(selection.events["event_id"].tolist())
    )
    everything = int(is_one_of(tables.mentions["theme"], vocabulary.below(theme)).sum())
    chart = uptake_chart(
        path_marks(own, tables, theme, forum, texts),
        path,
        tables,
        selection.words,
        since if late else None,
        everything - len(own),
        ringed,
    )
    here = own[is_one_of(own["series"], [word for word, one in forums(tables).items() if one == forum])]

    def href(event: str) -> str:
        return event_href(event, selection.filters)

    def path_href(other: Path) -> str:
        return page_href("uptake", selection.filters, {"path": f"{other.theme}@{other.forum}"})

    more = ""
    if len(here) > PAGE_LENGTH:
        series = [word for word, one in forums(tables).items() if one == forum]
        more = link(
            page_href("themes", selection.filters.replaced(theme=theme, theme_match=(), series=series)),
            "all of them on the page Themes",
        )
        more = f'<p class="footer">The first {PAGE_LENGTH} of {len(here)}; {more}.</p>'
    options = choices(selection)
    siblings = [one for one in found.values() if one.forum == forum and f"{one.theme}@{one.forum}" in options]
    return Uptake(
        chart=chart,
        checks=conditions(path, tables, href),
        points=points_list(here.head(PAGE_LENGTH), tables, href) + more,
        listed=f"{counted(len(here), 'point')} at {vocabulary.brief('organizations', forum)} meetings, the oldest first.",
        table=paths_table(siblings, tables, href, path_href, path)
        + _others(options, found, forum, selection, path_href),
        table_words=_standings(siblings, found.values()),
    )


def _standings(own: list[Path], every: Iterable[Path]) -> str:
    counts, whole = Counter(path.standing for path in own), Counter(path.standing for path in every)
    words = ", ".join(f"{counts[standing]} {label}" for standing, label in STANDINGS.items() if counts[standing])
    return f"{words}. In all forums {whole['shown']} of {whole.total()} paths can be shown as an uptake. The standing is of all records, whatever the filters."


def _others(
    options: Mapping[str, str],
    found: Mapping[tuple[str, str], Path],
    forum: str,
    selection: Selection,
    path_href: Callable[[Path], str],
) -> str:
    """Links to a path of each other forum: the one with the most joint texts."""
    best: dict[str, Path] = {}
    for name in options:
        theme, _, other = name.partition("@")
        path = found[theme, other]
        if other != forum and (other not in best or path.texts > best[other].texts):
            best[other] = path
    links = " · ".join(
        link(path_href(path), selection.tables.vocabulary.brief("organizations", other)) for other, path in best.items()
    )
    return f'<div class="pointlist"><h4>Other forums: {links}</h4></div>' if links else ""
