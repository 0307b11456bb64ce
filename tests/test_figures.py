"""Every chart on full, small, one-row and empty selections: a valid figure, with words and a table that say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from lib.analysis.overview import by_year
from lib.analysis.participants import delegations, level_matrix
from lib.analysis.themes import by_whom, how_often, in_form, over_time
from lib.content import country, pairs, person, representation, together
from lib.content.compare import compare
from lib.content.country import series
from lib.content.overview import years
from lib.content.participants import matrix, ranking, words_of_series
from lib.content.themes import themes
from lib.content.timeline import timeline
from lib.figures import theme
from lib.figures.chart import Chart
from lib.figures.matrix import matrix_chart
from lib.figures.pair_matrix import scale
from lib.figures.places import column_heads, place_of
from lib.figures.ranking import FAMILIES, ranking_chart
from lib.figures.themes import form_chart, often_chart, time_chart, whom_chart
from lib.figures.world import SCALE, world_chart
from lib.figures.years import years_chart
from lib.filters.selection import Selection, select
from lib.filters.value import Filters
from lib.geo import load_geography
from lib.html.parts import sample_list
from lib.store import SHIPPED
from lib.tables.build import build_tables
from tests.samples import TODAY, came, point, real, record, stayed_away, tables_of, vocabulary

GEOGRAPHY = load_geography(SHIPPED / "geo")
WORDS = "All events"

SELECTIONS: dict[str, Callable[[], Selection]] = {
    "full": lambda: select(real().tables, Filters()),
    "sco ministers": lambda: select(real().tables, Filters.of({"series": ["sco-dmm"]})),
    "one event": lambda: select(tables_of(record("one")), Filters()),
    "one bare event": lambda: select(
        tables_of(record("bare", start="2024", participants=[], themes=[], place={"country": "KAZ"})), Filters()
    ),
    "only announced": lambda: select(tables_of(record("soon", status="scheduled", start="2026-06")), Filters()),
    "hostile": lambda: select(
        tables_of(
            record(
                "bad",
                title="<script>x</script> %{x} $a$ <b>",
                place={"city": "<img src=x>", "country": "KAZ"},
                participants=[came("IND", name="<a href='javascript:x'>"), stayed_away("PAK")],
                themes=[point("sagar", text="</b>")],
            )
        ),
        Filters(),
    ),
    "far apart": lambda: select(
        tables_of(record("first", start="1800"), record("last", start="2199-12-31")), Filters()
    ),
    "empty": lambda: select(build_tables((), vocabulary()), Filters()),
    "nothing passes": lambda: select(real().tables, Filters.of({"from": "1900", "to": "1901"})),
}

CHARTS: dict[str, Callable[[Selection], Chart]] = {
    "years": lambda s: years(s, TODAY, None),
    "timeline": lambda s: timeline(s, TODAY, next(iter(s.events["event_id"]), None)),
    "ranking": lambda s: ranking_chart(delegations(s.all_rows("participations"), s.events), vocabulary(), WORDS, "IND"),
    "matrix": lambda s: matrix_chart(
        level_matrix(s.all_rows("participations"), s.events, vocabulary()), s.events, vocabulary(), WORDS, "IND@one"
    ),
    "map": lambda s: world_chart(
        delegations(s.all_rows("participations"), s.events),
        GEOGRAPHY,
        "/geometry.json",
        vocabulary(),
        WORDS,
        chosen="IND",
    ),
    "often": lambda s: often_chart(
        how_often(s.rows("mentions"), s.events, vocabulary()), vocabulary(), WORDS, len(s), "sagar"
    ),
    "whom": lambda s: whom_chart(
        by_whom(s.rows("mentions"), vocabulary()), vocabulary(), WORDS, "The sources report some more.", "terrorism@IND"
    ),
    "form": lambda s: form_chart(in_form(s.rows("mentions"), vocabulary()), vocabulary(), WORDS, "terrorism:statement"),
    "time": lambda s: time_chart(
        over_time(s.rows("mentions"), s.events, vocabulary()), vocabulary(), WORDS, "", "terrorism:2024"
    ),
}


@pytest.fixture(scope="module", params=SELECTIONS)
def selection(request):
    return SELECTIONS[request.param]()


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_a_valid_figure_with_words_or_says_why_it_is_none(selection, name):
    chart = CHARTS[name](selection)
    assert chart.title and isinstance(chart.table, pd.DataFrame)
    if chart.spec is None:
        assert chart.empty and chart.table.empty
        return
    figure = go.Figure(chart.spec)
    assert len(figure.data) >= 1 and figure.layout.height > 0
    assert chart.alt.endswith(".") and chart.subtitle and len(chart.table) >= 1
    assert not re.search(r"\b(nan|None|NaT)\b", " ".join([chart.title, chart.subtitle, chart.alt]))


@pytest.mark.parametrize("name", CHARTS)
def test_an_empty_selection_draws_nothing(name):
    for key in ("empty", "nothing passes"):
        chart = CHARTS[name](SELECTIONS[key]())
        assert chart.spec is None and chart.empty.endswith(".") and chart.table.empty


@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_that_can_be_chosen_says_what_it_chooses(selection, name):
    chart = CHARTS[name](selection)
    if chart.spec is None or not chart.selectable:
        return
    chosen = [row[0] for trace in chart.spec["data"] for row in trace.get("customdata", ())]
    assert chosen and all(isinstance(value, str) and value for value in chosen)
    for trace in chart.spec["data"]:
        if "customdata" in trace:
            size = len(trace["locations"] if "locations" in trace else trace["lat"] if "lat" in trace else trace["x"])
            assert len(trace["customdata"]) == size


def numbers(name: str, spec: dict[str, Any]) -> int:
    """The sum of what a chart's marks show."""
    marks = [trace for trace in spec["data"] if "customdata" in trace]
    match name:
        case "years":
            return sum(sum(trace["y"]) for trace in marks)
        case "ranking" | "often":
            return sum(sum(trace["x"]) for trace in marks)
        case "form":
            return sum(row[1] for trace in marks for row in trace["customdata"])
        case "map":
            return sum(next(trace for trace in marks if trace["type"] == "choropleth")["z"])
        case _:
            return sum(len(trace["customdata"]) for trace in marks)


@pytest.mark.parametrize("key", ["full", "sco ministers", "one event", "hostile"])
def test_the_table_twin_has_the_numbers_of_the_marks(key):
    selection = SELECTIONS[key]()
    charts = {name: make(selection) for name, make in CHARTS.items()}
    shown = {name: numbers(name, chart.spec) for name, chart in charts.items()}
    tables = {name: chart.table for name, chart in charts.items()}
    assert shown["years"] == len(selection) == int(tables["years"].drop(columns="year").to_numpy().sum())
    assert shown["timeline"] == len(tables["timeline"]) == len(selection)
    assert shown["ranking"] == int(tables["ranking"]["events"].head(18).sum())
    assert shown["matrix"] == len(tables["matrix"])
    assert shown["often"] == int(tables["often"]["events"].head(16).sum())
    assert shown["whom"] == len(tables["whom"]) and shown["time"] == len(tables["time"])
    assert shown["form"] == int(tables["form"]["points"].sum())
    without_area = [
        vocabulary().label("countries", code) for code in vocabulary()["countries"] if code not in GEOGRAPHY.countries
    ]
    assert shown["map"] == int(tables["map"].loc[~tables["map"]["country"].isin(without_area), "events"].sum())


def test_no_chart_takes_the_wheel_or_the_finger_from_the_page(selection):
    for name, make in CHARTS.items():
        chart = make(selection)
        if chart.spec is not None:
            assert chart.spec["layout"]["dragmode"] is False and not chart.config.get("scrollZoom"), name


def strong(chart: Chart) -> set[str]:
    """What the marks stand for that are drawn at full strength or ringed."""
    found = set()
    for trace in chart.spec["data"]:
        marker = trace["marker"]
        weights = marker["opacity"] if isinstance(marker["opacity"], list) else marker["line"]["width"]
        found |= {row[0] for row, weight in zip(trace["customdata"], weights, strict=True) if weight >= 1}
    return found


MARKED: dict[str, tuple[str, Callable[[Selection, str | None], Chart]]] = {
    "often": ("terrorism", lambda s, what: themes(s, TODAY, often=what).often),
    "form": ("terrorism:statement", lambda s, what: themes(s, TODAY, form=what).form),
    "said": ("terrorism@IND", lambda s, what: themes(s, TODAY, said=what).said),
    "when": ("terrorism:2024", lambda s, what: themes(s, TODAY, when=what).when),
    "ranking": ("IND", ranking),
    "years": ("2024:sco", lambda s, what: years(s, TODAY, what)),
    "series": ("IND@sco-summit", lambda s, what: series(s, "IND", what)),
}


@pytest.mark.parametrize("name", MARKED)
def test_the_choice_of_the_address_is_marked_and_one_that_is_not_drawn_leaves_the_chart_as_it_is(name):
    what, draw = MARKED[name]
    selection = SELECTIONS["full"]()
    plain, marked = draw(selection, None), draw(selection, what)
    assert strong(marked) == {what}
    assert draw(selection, "nothing").spec == plain.spec
    for one, other in zip(plain.spec["data"], marked.spec["data"], strict=True):
        assert {**one, "marker": None} == {**other, "marker": None}
    assert plain.table.equals(marked.table) and (plain.title, plain.alt) == (marked.title, marked.alt)


def test_a_crowded_lane_is_drawn_in_smaller_marks_and_the_subtitle_says_so():
    chart = CHARTS["timeline"](SELECTIONS["full"]())
    assert "in a smaller scale where many stand together: India bilateral meetings" in chart.subtitle
    assert chart.spec["layout"]["height"] < 52 * real().tables.events["series"].nunique()
    assert "smaller scale" not in CHARTS["timeline"](SELECTIONS["sco ministers"]()).subtitle


def test_long_labels_are_wrapped_between_words():
    assert (
        theme.wrapped("Terrorism") == "Terrorism"
        and theme.wrapped("Membership and enlargement") == "Membership and enlargement"
    )
    assert theme.wrapped("Multipolar order and the UN Charter") == "Multipolar order and<br>the UN Charter"


@pytest.mark.parametrize("word", list(vocabulary()["themes"]))
def test_no_label_takes_more_than_two_lines_or_loses_a_word(word):
    label = vocabulary().label("themes", word)
    assert theme.wrapped(label).count("<br>") <= 1 and theme.wrapped(label).replace("<br>", " ") == label


def test_an_axis_that_counts_names_each_number_once():
    assert theme.counting(1) == {"tickformat": "d", "dtick": 1} and theme.counting(60) == {
        "tickformat": "d",
        "nticks": 5,
    }


@pytest.mark.parametrize("name", ["years", "ranking", "form"])
def test_the_colours_of_a_chart_with_parts_are_named_above_it(name):
    chart = CHARTS[name](SELECTIONS["full"]())
    named = [(one.name, one.color, one.shape) for one in chart.key]
    assert len(named) > 1
    assert named == [(trace["name"], trace["marker"]["color"], "square") for trace in chart.spec["data"]]


def test_a_chart_of_one_colour_needs_no_key():
    for name in ("years", "ranking"):
        chart = CHARTS[name](SELECTIONS["sco ministers"]())
        assert len(chart.spec["data"]) == 1 and chart.key == ()


def wide_charts() -> Iterator[Chart]:
    """The charts that scroll sideways on a phone and have marks of several kinds."""
    every, own = SELECTIONS["full"](), SELECTIONS["sco ministers"]()
    yield from (
        matrix(own, "sco-dmm", None),
        representation.matrix(own, "sco-dmm", None),
        representation.levels(own, "sco-dmm", None),
    )
    yield from (
        chart(every, measure, None)
        for chart in (pairs.met, pairs.together)
        for measure in ("ratio", "jaccard", "count")
    )
    yield from (together.together(every, unit, None) for unit in ("event", "actor"))


def narrow_charts() -> Iterator[Chart]:
    """The other charts whose colours or shapes stand for something."""
    every = SELECTIONS["full"]()
    yield from (CHARTS[name](every) for name in ("years", "ranking", "form"))
    yield from (country.people(every, "CHN", None), country.series(every, "CHN", None))
    yield person.where(every, "sergei-shoigu", None)
    beside = compare(every.tables, Filters.of({"from": ["2021"]}), Filters.of({"from": ["2016"], "to": ["2020"]}))
    yield from (beside.charts[name] for name in ("themes", "levels"))


def test_the_kinds_of_mark_of_a_chart_are_named_above_it_each_with_its_look():
    style = (SHIPPED.parent / "static" / "samvad.css").read_text("utf-8")
    for chart in (*wide_charts(), *narrow_charts()):
        assert not chart.spec["layout"]["showlegend"] and len(chart.key) > 1, chart.title
        assert len({sample.name for sample in chart.key}) == len(chart.key), chart.title
        assert {sample.name for sample in chart.key} == {
            trace["name"] for trace in chart.spec["data"] if trace.get("showlegend", True)
        }
        html = sample_list(chart.key)
        assert all(
            f'<i class="{sample.shape}" style="color:{sample.color}"></i>{escape(sample.name)}</li>' in html
            for sample in chart.key
        )
        assert all(f"ul.samples i.{sample.shape}" in style for sample in chart.key), "a shape without a look"


def test_every_country_that_came_is_on_the_map():
    counts = delegations(real().tables.participations, real().tables.events)
    chart = world_chart(counts, GEOGRAPHY, "/geometry.json", vocabulary(), WORDS)
    drawn = {row[0] for trace in chart.spec["data"] for row in trace.get("customdata", ())}
    assert drawn == set(counts["country"])


@pytest.mark.parametrize("view", GEOGRAPHY.views)
def test_every_point_of_view_is_a_valid_map_that_names_itself(view):
    counts = delegations(real().tables.participations, real().tables.events)
    chart = world_chart(counts, GEOGRAPHY, GEOGRAPHY.geometry, vocabulary(), WORDS, view, chosen="MDV")
    go.Figure(chart.spec)
    assert (GEOGRAPHY.view_name(view) in chart.subtitle) == (view != "default") and chart.footer == GEOGRAPHY.disclaimer
    ids = set(GEOGRAPHY.features)
    for trace in chart.spec["data"]:
        assert set(trace.get("locations", ())) <= ids
    located = [area for trace in chart.spec["data"] for area in trace.get("locations", ())]
    assert len(located) == len(set(located)), "an area is drawn once"


def colors_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from colors_in(item)


@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"map"}))
def test_marks_have_the_colours_of_the_theme(name):
    known = {
        *theme.GROUPS.values(),
        *theme.LEVELS.values(),
        *theme.FORMS.values(),
        *(color for _, color in FAMILIES.values()),
        theme.ACCENT,
        theme.MUTED,
    }
    chart = CHARTS[name](SELECTIONS["full"]())
    for trace in chart.spec["data"]:
        marker = trace.get("marker", {})
        for color in [
            *colors_in(marker.get("color")),
            *colors_in(marker.get("line", {}).get("color")),
            *colors_in(trace.get("line", {}).get("color")),
        ]:
            assert color in known, (name, color)


def test_every_group_level_and_form_has_a_colour_of_its_own():
    for colors, words in ((theme.GROUPS, "groups"), (theme.LEVELS, "levels"), (theme.FORMS, "mention-forms")):
        assert set(colors) == set(vocabulary()[words])
        assert len(set(colors.values())) == len(colors)
    assert {color for _, color in FAMILIES.values()} <= {*theme.GROUPS.values()}


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["#fbfaf6", "#15181b"])
def test_colours_stand_on_paper_and_on_ink(ground):
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    for color in [
        theme.MAIN,
        theme.OPPOSITE,
        *theme.GROUPS.values(),
        *theme.FORMS.values(),
        *(color for _, color in FAMILIES.values()),
        theme.ACCENT,
        theme.MUTED,
    ]:
        assert contrast(color, ground) >= 3, color


@pytest.mark.parametrize("ground", ["#fbfaf6", "#15181b"])
def test_more_stands_out_more_on_paper_and_on_ink(ground):
    def seen(tint: str) -> str:
        *color, strength = (float(part) for part in tint.removeprefix("rgba(").removesuffix(")").split(","))
        under = [int(ground[at : at + 2], 16) for at in (1, 3, 5)]
        return "#" + "".join(
            f"{round(one * strength + other * (1 - strength)):02x}" for one, other in zip(color, under, strict=True)
        )

    steps = [contrast(seen(tint), ground) for tint in theme.TINTS]
    assert steps == sorted(steps) and min(after / before for before, after in zip(steps, steps[1:], strict=False)) > 1.2
    assert [step.color for step in scale("a", "b", "c", "d")] == [tint for _, tint in SCALE] == list(theme.TINTS)
    ink = {"#fbfaf6": "#262730", "#15181b": "#fafafa"}[ground]  # what the framework puts in the place of theme.INK
    for step in scale("a", "b", "c", "d"):
        assert contrast(ink if step.ink == theme.INK else step.ink, seen(step.color)) > 4, step


def test_bars_of_years_are_as_wide_as_a_year_where_years_between_have_none():
    spec = years_chart(
        by_year(tables_of(record("one", start="2010"), record("two", start="2015")).events), [], vocabulary(), WORDS
    ).spec
    first, last = spec["layout"]["xaxis"]["range"]
    for trace in spec["data"]:
        assert first <= min(trace["x"]) - trace["width"] / 2 and max(trace["x"]) + trace["width"] / 2 <= last


def test_levels_stand_on_both_grounds_by_the_outline_of_their_squares():
    chart = CHARTS["matrix"](SELECTIONS["sco ministers"]())
    for trace in chart.spec["data"]:
        assert min(trace["marker"]["line"]["width"]) > 0
        assert set(trace["marker"]["line"]["color"]) <= {theme.MUTED, theme.ACCENT}


def test_texts_of_records_cannot_be_markup_in_a_chart():
    for name, make in CHARTS.items():
        chart = make(SELECTIONS["hostile"]())
        texts = [
            text
            for trace in chart.spec["data"]
            for key in ("text", "hovertext", "name")
            for text in colors_in(trace.get(key))
        ]
        ticks = list(chart.spec["layout"].get("xaxis", {}).get("ticktext", ())) + list(
            chart.spec["layout"].get("yaxis", {}).get("ticktext", ())
        )
        assert not any(re.search(r"<(script|img|a)\b", text) for text in [*texts, *ticks]), name


def test_a_place_is_its_city_or_its_country_in_full_or_online_wherever_it_stands():
    tables = tables_of(
        record("city"),
        record("country", start="2024-05-01", place={"country": "KAZ"}),
        record("online", start="2024-06-01", mode="virtual", place=None),
    )
    assert column_heads(tables.events, vocabulary()) == [
        "Astana <b>2024</b>",
        "Kazakhstan <b>2024</b>",
        "online <b>2024</b>",
    ]
    assert [place_of(tables, event) for event in ("city", "country", "online")] == [
        "Astana 2024",
        "Kazakhstan 2024",
        "online 2024",
    ]


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({}, "SCO Defence Ministers' Meeting"),
        ({"series": ["sco-dmm"]}, ""),
        ({"from": ["2017"]}, "SCO Defence Ministers' Meeting, of: Events since 2017"),
    ],
)
def test_the_part_of_a_selection_in_one_series_is_named_by_its_label_and_by_the_filters_there_are(filters, words):
    selection = select(real().tables, Filters.of(filters))
    assert words_of_series(selection, "sco-dmm") == (words or selection.words)
    assert words_of_series(selection, None) == selection.words
