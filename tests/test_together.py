"""Themes that come up together: numbers worked out by hand, the examples of docs/methods.md, and the records counted a second time."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from lib.analysis.association import FEW
from lib.analysis.chosen import chosen_rows
from lib.analysis.together import COLUMNS, UNITS, every_theme, first_and_latest
from lib.analysis.together import together as pairs_of
from lib.content.together import first_latest, together
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.store import SHIPPED, Store
from lib.tables.build import build_tables
from tests.oracle import Oracle
from tests.samples import point, real, record, tables_of, vocabulary
from tests.test_html import checked

SIX = Path(__file__).parent / "fixtures" / "six"
EMPTY = build_tables((), vocabulary())
SMALL = tables_of(
    record("a", start="2020-03-01", themes=[point("terrorism"), point("sagar"), point("sagar", "CHN")]),
    record("b", start="2021-03-01", themes=[point("ccit"), point("sagar", "CHN")]),
    record("c", start="2022-03-01", themes=[point("climate", "joint", "joint-document")]),
    record("d", start="2030-03-01", status="scheduled", themes=[point("climate"), point("health")]),
)


def cells(pairs: pd.DataFrame) -> dict[frozenset[str], tuple]:
    return {
        frozenset((row.first, row.second)): (row.together, row.first_total, row.second_total, row.of)
        for row in pairs.itertuples(index=False)
    }


def test_two_themes_are_together_at_an_event_or_in_one_actors_mouth():
    found = cells(pairs_of(SMALL.mentions, vocabulary()))
    assert found[frozenset(("terrorism", "sagar"))] == (2, 2, 2, 4) and found[frozenset(("ccit", "sagar"))][0] == 1
    assert frozenset(("terrorism", "ccit")) not in found, "one lies below the other"
    by_actor = cells(pairs_of(SMALL.mentions, vocabulary(), "actor"))
    assert by_actor[frozenset(("terrorism", "sagar"))][0] == 1 and by_actor[frozenset(("terrorism", "sagar"))][3] == 6


@pytest.mark.parametrize("unit", UNITS)
def test_without_two_themes_there_is_no_pair(unit):
    for tables in (EMPTY, tables_of(record("one"))):
        frame = pairs_of(tables.mentions, vocabulary(), unit)
        assert frame.empty and list(frame.columns) == COLUMNS
        chart = together(select(tables, Filters()), unit, None)
        assert chart.spec is None and chart.empty.endswith(".")


def test_the_examples_of_the_methods():
    tables = Store(SIX).current().tables
    key = frozenset(("terrorism", "vasudhaiva-kutumbakam"))
    pairs = pairs_of(tables.mentions, vocabulary())
    assert cells(pairs)[key] == (3, 4, 3, 6) and pairs["lift"].isna().all()
    assert pairs.set_index(["first", "second"]).loc[("terrorism", "vasudhaiva-kutumbakam"), "expected"] == 2.0
    row = (
        pairs_of(tables.mentions, vocabulary(), "actor")
        .set_index(["first", "second"])
        .loc[("terrorism", "vasudhaiva-kutumbakam")]
    )
    assert (
        row["together"],
        row["first_total"],
        row["second_total"],
        row["of"],
        round(row["expected"], 2),
        round(row["jaccard"], 3),
    ) == (2, 6, 3, 11, 1.64, 0.286)
    themes = first_and_latest(tables.mentions, tables.events, vocabulary()).set_index("theme")
    assert themes.loc["vasudhaiva-kutumbakam"].tolist() == [
        3,
        "2018-04-24-sco-dmm-beijing-six",
        "IND",
        "2024-04-26-sco-dmm-astana-six",
        "joint",
    ]
    assert themes.loc["terrorism", "latest_by"] == "joint;IND"


def test_first_and_latest_are_of_held_events_and_include_the_themes_below():
    themes = first_and_latest(SMALL.mentions, SMALL.events, vocabulary()).set_index("theme")
    assert (
        themes.loc["terrorism"].tolist() == [2, "a", "IND", "b", "IND"]
        and themes.loc["climate", "latest_event"] == "c"
        and "health" not in themes.index
    )
    assert (
        first_and_latest(EMPTY.mentions, EMPTY.events, vocabulary()).empty
        and first_latest(select(EMPTY, Filters())) == ""
    )
    checked(first_latest(select(real().tables, Filters())))


@pytest.mark.parametrize("unit", UNITS)
def test_the_records_are_counted_as_in_the_yaml(unit):
    oracle = Oracle(SHIPPED / "events", SHIPPED / "vocabulary")
    raised: dict[str, set] = {}
    for event in oracle.events:
        for mention in event["themes"]:
            raised.setdefault(mention["theme"], set()).add((event["id"], mention["by"] if unit == "actor" else None))
    whole = {
        theme: set().union(*(raised.get(word, set()) for word in oracle.with_children(theme)))
        for theme in oracle.words["themes"]
    }
    of = len(set().union(*raised.values()))
    pairs = pairs_of(real().tables.mentions, vocabulary(), unit)
    assert len(pairs) > 80
    for row in pairs.itertuples(index=False):
        first, second = whole[row.first], whole[row.second]
        assert (row.together, row.first_total, row.second_total, row.of) == (
            len(first & second),
            len(first),
            len(second),
            of,
        )
        expected = len(first) * len(second) / of
        assert row.expected == pytest.approx(expected)
        assert (
            pd.isna(row.lift)
            if max(row.together, expected) < FEW
            else row.lift == pytest.approx(row.together / expected)
        )


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("filters", [{}, {"series": ["sco-dmm"]}, {"by": ["IND"]}, {"theme": ["terrorism"]}])
def test_the_chart_is_a_valid_figure_and_its_squares_lead_to_their_events(unit, filters):
    selection = select(real().tables, Filters.of(filters))
    chart = together(selection, unit, None)
    go.Figure(chart.spec)
    assert chart.alt.endswith(".") and len(chart.table) and "fewer than 5" in chart.subtitle
    keys = [
        (row[0], int(text))
        for trace in chart.spec["data"]
        for row, text in zip(trace.get("customdata", ()), trace["text"], strict=False)
    ]
    kind = {"event": "both", "actor": "voiced"}[unit]
    for key, number in keys[::23]:
        chosen = chosen_rows(selection, f"{kind}:{key}")
        units = (
            set(zip(chosen.mentions["event_id"], chosen.mentions["by"], strict=True))
            if unit == "actor"
            else set(chosen.mentions["event_id"])
        )
        assert len(units) == number
        if chosen.filters is not None:
            assert (
                select(real().tables, chosen.filters).events["event_id"].tolist() == chosen.events["event_id"].tolist()
            )


def test_a_cell_with_few_cases_has_no_ratio_and_says_why():
    chart = together(select(real().tables, Filters.of({"series": "sco-dmm"})), "event", None)
    few = chart.table[chart.table["observed over expected"].isna()]
    assert len(few) and (few["ratio left out because"] == "fewer than 5 observed and expected").all()


@pytest.mark.parametrize(
    "sel", ["both:", "both:terrorism", "both:terrorism@zzz", "both:@", "voiced:climate@terrorism", "voiced:<b>@x"]
)
def test_a_pair_of_themes_that_is_none_is_said(sel):
    for tables in (SMALL, EMPTY):
        assert chosen_rows(select(tables, Filters()), sel).doubt


def test_a_filter_of_themes_does_not_hide_what_came_up_with_them():
    selection = select(real().tables, Filters.of({"theme": ["sagar"], "by": ["IND"]}))
    assert every_theme(selection)["theme"].nunique() > 5 and set(every_theme(selection)["by"]) == {"IND"}
