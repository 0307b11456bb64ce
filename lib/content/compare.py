"""What the compare page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from lib.analysis.basis import basis, refusals
from lib.analysis.compare import beside, country_counts, furthest_first, level_counts, theme_counts
from lib.analysis.overview import by_year, headline
from lib.figures.chart import Chart
from lib.figures.compare import dots_pair, levels_pair, years_pair
from lib.filters.masks import period_bounds
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.filters.words import in_words
from lib.html.compare import (
    differences,
    differences_list,
    presets_list,
    refused_list,
    sides_lede,
    sides_table,
    sizes_in_words,
)
from lib.keep import kept
from lib.links import page_href, write_versus
from lib.tables.build import Tables
from lib.vocabulary import Vocabulary

COUNTRIES = ("IND", "CHN")
"""The countries that presets compare, where the vocabulary has both: the two with the most points in the records."""

GROUP = "sco"
"""The group of series that a preset compares with all others, where the vocabulary has it."""

SPAN = 5
"""Length in years of the periods that a preset compares where the view has no period."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """``numbers`` and ``words`` as HTML; ``charts`` by name, without those that are refused."""

    title: str
    sides: str
    numbers: str
    words: str
    charts: Mapping[str, Chart]


@kept
def compare(tables: Tables, left: Filters, right: Filters) -> Comparison:
    """Two selections side by side; at least one of them holds an event."""
    vocabulary, sides = tables.vocabulary, (select(tables, left), select(tables, right))
    one, other = basis(sides[0]), basis(sides[1])
    refused = refusals(one, other, vocabulary)
    about = frozenset(word for refusal in refused for word in refusal.about)
    words = sides[0].words, sides[1].words
    said = f"Left: {words[0]}. Right: {words[1]}"
    meetings, rosters = (one.meetings, other.meetings), (one.complete, other.complete)
    themes = furthest_first(beside(*map(theme_counts, sides), "theme", "events", meetings))
    countries = furthest_first(beside(*map(country_counts, sides), "country", "events", rosters))
    levels = beside(
        *(frame[(frame["level"] != "unknown").to_numpy()] for frame in map(level_counts, sides)),
        "level",
        "delegations",
        (one.known_levels, other.known_levels),
    )
    charts: dict[str, Chart] = {}
    if "events" not in about:
        charts["years"] = years_pair(by_year(sides[0].events), by_year(sides[1].events), words)
    if "themes" not in about and len(themes):
        charts["themes"] = dots_pair(
            themes,
            "theme",
            "theme",
            lambda word: vocabulary.label("themes", word),
            meetings,
            f"Held meetings at which each theme was raised, themes below it included; the largest difference first. {said}",
            "raised at",
        )
    if "levels" not in about and len(levels):
        charts["levels"] = levels_pair(
            levels, vocabulary, (one.known_levels, other.known_levels), (one.unknown_levels, other.unknown_levels), said
        )
    if "countries" not in about and len(countries):
        charts["countries"] = dots_pair(
            countries,
            "country",
            "roster",
            lambda word: vocabulary.label("countries", word),
            rosters,
            f"Held meetings with a complete roster that each country attended, whether or not a member then; the largest difference first. {said}",
            "at",
        )
    stated = differences(
        themes if "themes" in charts else themes.iloc[:0],
        countries if "countries" in charts else countries.iloc[:0],
        meetings,
        rosters,
        vocabulary,
    )
    heads = tuple(
        headline(side.events, side.all_rows("participations"), side.rows("mentions"), side.all_rows("sources"))
        for side in sides
    )
    return Comparison(
        sizes_in_words(one, other),
        sides_lede(words),
        sides_table(heads, (one, other), about, vocabulary),
        refused_list(refused) + differences_list(stated, bool({"themes", "countries"} & charts.keys())),
        charts,
    )


def presets(filters: Filters, right: Filters, vocabulary: Vocabulary, today: dt.date) -> str:
    """Ready comparisons as links; they keep the filters of the view that they do not set themselves."""
    found = [
        (label, page_href("compare", one, write_versus(other)))
        for label, one, other in _presets(filters, vocabulary, today)
    ]
    if right:
        found.append(("Swap the sides", page_href("compare", right, write_versus(filters))))
    return presets_list(found, in_words(filters, vocabulary) if filters else "")


def _presets(filters: Filters, vocabulary: Vocabulary, today: dt.date) -> list[tuple[str, Filters, Filters]]:
    first, last, label = _years(filters, today)
    span = last - first + 1
    found = [
        (
            label,
            filters.replaced(from_=str(first), to=str(last)),
            filters.replaced(from_=str(first - span), to=str(first - 1)),
        )
    ]
    one, other = COUNTRIES
    if {one, other} <= vocabulary["countries"].keys():
        names, anybody = (vocabulary.party(one), vocabulary.party(other)), filters.replaced(country_match=())
        found.append((f"{names[0]} beside {names[1]}", anybody.replaced(country=one), anybody.replaced(country=other)))
        found.append(
            (f"Points by {names[0]} beside points by {names[1]}", filters.replaced(by=one), filters.replaced(by=other))
        )
    others = [word for word in vocabulary["groups"] if word != GROUP]
    if others and GROUP in vocabulary["groups"]:
        found.append(
            (
                f"{vocabulary.brief('groups', GROUP)} beside the other series",
                filters.replaced(group=GROUP, series=()),
                filters.replaced(group=others, series=()),
            )
        )
    return found


def _years(filters: Filters, today: dt.date) -> tuple[int, int, str]:
    """First and last year of the period of a view, whole years; without a period the last ones."""
    start, end = period_bounds(filters)
    last = end.last.year if end else today.year
    first = start.first.year if start and start.first.year <= last else last - SPAN + 1
    if first <= 1000:
        first = last - SPAN + 1
    label = "This period beside the one before" if start or end else f"The last {SPAN} years beside the {SPAN} before"
    return first, last, label
