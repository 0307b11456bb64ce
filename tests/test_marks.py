"""The number that a mark shows is the number of records that choosing it opens: on every chart, in many selections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import pytest

from lib.analysis.chosen import Chosen, chosen_rows
from lib.analysis.compare import counted_of
from lib.content import country, overview, pairs, participants, person, representation, themes, together
from lib.content.compare import compare
from lib.figures.chart import Chart
from lib.filters.selection import Selection, select
from lib.geo import load_geography
from lib.links import read_query
from lib.store import SHIPPED
from lib.ui.pages import PAGES
from tests.samples import TODAY, real

GEOGRAPHY = load_geography(SHIPPED / "geo")
SELECTIONS = (
    "",
    "country=IND",
    "series=sco-dmm,sco-summit",
    "kind=exercise",
    "theme=terrorism",
    "by=PAK,joint",
    "level=minister",
    "from=2017&to=2020",
    "group=sco&status=held",
    "q=terrorism&country=CHN",
    "theme=sagar&by=IND",
)


def selected(link: str) -> Selection:
    tables = real().tables
    return select(tables, read_query(link, tables).filters)


Mark = tuple[str, int]
"""What a mark chooses, and the number that it shows."""


def _along(axis: str) -> Callable[[Chart], Iterator[Mark]]:
    """Marks whose number is their place on an axis."""
    return lambda chart: (
        (key, number)
        for trace in _traces(chart)
        for (key, *_), number in zip(trace["customdata"], trace[axis], strict=True)
    )


def _beside(chart: Chart) -> Iterator[Mark]:
    """Marks that carry their number beside what they choose."""
    return ((row[0], row[1]) for trace in _traces(chart) for row in trace["customdata"])


def _said(pattern: str, text: str = "hovertext") -> Callable[[Chart], Iterator[Mark]]:
    """Marks that say their number in a sentence."""
    return lambda chart: (
        (key, int(re.search(pattern, words)[1].replace(",", "")))
        for trace in _traces(chart)
        for (key, *_), words in zip(trace["customdata"], trace[text], strict=True)
    )


def _shares(chart: Chart) -> Iterator[Mark]:
    return _said(r" (\d+) of ")(chart)


def _traces(chart: Chart) -> list[dict[str, Any]]:
    return [trace for trace in chart.spec["data"] if "customdata" in trace]


def _summed(marks: Callable[[Chart], Iterator[Mark]]) -> Callable[[Chart], Iterator[Mark]]:
    """Parts of one bar that choose the whole bar."""

    def read(chart: Chart) -> Iterator[Mark]:
        found: Counter[str] = Counter()
        for key, number in marks(chart):
            found[key] += number
        return iter(found.items())

    return read


def _charts(chosen: Selection) -> Iterator[tuple[str, str, Chart, Callable[[Chart], Iterator[Mark]]]]:
    """Page and name of each chart whose marks stand for several records, the chart, and how its numbers are read."""
    yield "overview", "years", overview.years(chosen, TODAY, None), _along("y")
    yield "participants", "ranking", participants.ranking(chosen, None), _summed(_along("x"))
    yield (
        "participants",
        "map",
        participants.world(chosen, GEOGRAPHY, None, "default", None),
        lambda chart: (
            mark
            for trace in _traces(chart)
            for mark in (
                ((row[0], z) for row, z in zip(trace["customdata"], trace["z"], strict=True))
                if "z" in trace
                else ((row[0], row[1]) for row in trace["customdata"])
            )
        ),
    )
    for series in islice(participants.series_with_meetings(chosen), 5):
        yield "representation", "rates", representation.rates(chosen, series, None), _said(r"came to (\d+) of", "text")
    for code in ("IND", "CHN", "BLR", "USA"):
        yield "country", "series", country.series(chosen, code, None), _summed(_along("x"))
    found = themes.themes(chosen, TODAY)
    yield "themes", "often", found.often, _along("x")
    yield "themes", "form", found.form, _beside
    yield "themes", "said", found.said, _said(r" at ([\d,]+) events?$")
    yield "themes", "when", found.when, _said(r"raised at ([\d,]+) of")
    yield "pairs", "met", pairs.met(chosen, "count", None), _along("text")
    yield "pairs", "shared", pairs.together(chosen, "count", None), _along("text")
    yield "co-occurrence", "together", together.together(chosen, "event", None), _along("text")


def _number(kind: str, found: Chosen) -> int:
    """How many records of the kind that the mark counts are behind it; of a pair at larger meetings, those with a complete roster."""
    if kind == "form":
        return len(found.mentions)
    return int((found.events["roster"] == "complete").sum()) if kind == "shared" else len(found.events)


@pytest.mark.parametrize("link", SELECTIONS)
def test_a_marks_number_is_that_of_the_records_behind_it(link):
    chosen, seen, wrong = selected(link), Counter(), []
    for page, name, chart, marks in _charts(chosen):
        if chart.spec is None:
            continue
        kind = PAGES[page].charts[name][0]
        for key, number in set(marks(chart)):
            behind = chosen_rows(chosen, f"{kind}:{key}")
            seen[page] += 1
            if behind.doubt or _number(kind, behind) != int(number):
                wrong.append((page, name, key, number, _number(kind, behind)))
    assert not wrong and seen, wrong[:10]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("from=2021", "from=2016&to=2020"),
        ("from=2021&group=sco", "from=2016&to=2020&group=sco"),
        ("series=two-plus-two", "series=quad"),
    ],
)
def test_a_number_of_either_side_is_that_of_the_records_behind_it(left, right):
    tables = real().tables
    sides = {"left": selected(left), "right": selected(right)}
    charts, seen = compare(tables, sides["left"].filters, sides["right"].filters).charts, 0
    for name, read in (("years", _along("y")), ("themes", _shares), ("countries", _shares)):
        for key, number in read(charts[name]) if name in charts else ():
            side, _, choice = key.partition(":")
            found = chosen_rows(counted_of(sides[side], choice), choice)
            assert len(found.events) == number or (not number and found.doubt), (name, key, number, len(found.events))
            seen += 1
    assert seen, (left, right)


def linked(html: str) -> Iterator[tuple[str, int]]:
    """The links of a ranked list, each with its number."""
    for address, number in re.findall(r'<li><a [^>]*href="([^"]+)".*?<span class="number"[^>]*>([\d,]+)<', html, re.S):
        yield unescape(address), int(number.replace(",", ""))


@pytest.mark.parametrize(
    "link", ["", "series=sco-dmm,sco-summit", "from=2017&to=2020", "group=sco", "kind=ministerial"]
)
def test_a_number_of_a_ranked_list_is_that_of_the_page_that_it_leads_to(link):
    chosen, wrong, seen = selected(link), [], 0
    lists = [
        text
        for code in ("IND", "CHN", "PAK", "UZB")
        for part in (country.country_profile(chosen, code, TODAY),)
        for text in (part.themes, part.hosts, part.partners)
    ]
    lists += [person.person_part(chosen, key).themes for key in ("rajnath-singh", "sergei-shoigu", "khawaja-asif")]
    lists += [overview.overview(chosen, TODAY).themes, overview.overview(chosen, TODAY).countries]
    for address, number in (found for text in lists for found in linked(text)):
        count = len(selected(urlsplit(address).query))
        seen += 1
        if count != number:
            wrong.append((address, number, count))
    for address, number in linked(themes.themes(chosen, TODAY).where):  # of these events, those with a point
        assert selected(urlsplit(address).query).rows("mentions")["event_id"].nunique() == number, address
    assert seen > 20 and not wrong, wrong[:10]
