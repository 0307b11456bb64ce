"""Filters one by one on small records, their logic together, and their words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.filters.selection import select
from lib.filters.table import BY_PARAMETER, FILTERS, knows
from lib.filters.value import Filters
from lib.filters.words import in_words
from lib.tables.build import build_tables
from tests.samples import came, point, real, record, stayed_away, tables_of, vocabulary

MODEST = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def tables():
    return tables_of(
        record(
            "a",
            start="2020-01-10",
            participants=[came("IND"), came("CHN", "deputy-minister"), stayed_away("PAK")],
            themes=[point("terrorism"), point("sagar", "CHN", "proposal")],
            chair="KAZ",
            summary="Türkiye sent nobody.",
        ),
        record(
            "b",
            start="2021-12-30",
            end="2022-01-02",
            series="sco-summit",
            kind="summit",
            place={"country": "IND"},
            mode="virtual",
            participants=[
                came("IND", "head-of-state", name="Zoë Žižek"),
                {"organization": "sco-rats", "capacity": "guest", "level": "unknown"},
            ],
            themes=[point("cross-border-terrorism", "joint", "joint-document")],
            outcomes=[{"form": "declaration", "title": "A declaration", "sources": ["s1"]}],
        ),
        record(
            "c",
            start="2023",
            status="scheduled",
            participants=[
                came("IND"),
                came("PAK"),
                {"organization": "sco-rats", "capacity": "guest", "level": "unknown"},
            ],
            themes=[],
        ),
    )


def passing(tables, **limits) -> list[str]:
    return (
        select(tables, Filters.of({name.rstrip("_"): value for name, value in limits.items()}))
        .events["event_id"]
        .tolist()
    )


@pytest.mark.parametrize(
    ("limits", "ids"),
    [
        ({}, "abc"),
        ({"from_": "2022"}, "bc"),
        ({"from_": "2022-01-02"}, "bc"),
        ({"from_": "2022-01-03"}, "c"),
        ({"from_": "2023-12-31"}, "c"),
        ({"from_": "2024"}, ""),
        ({"to": "2020-01-09"}, ""),
        ({"to": "2020-01"}, "a"),
        ({"to": "2021-12-30"}, "ab"),
        ({"to": "2023-01-01"}, "abc"),
        ({"from_": "2022-01-01", "to": "2022-01-01"}, "b"),
        ({"from_": "2022", "to": "2021"}, ""),
        ({"from_": "nonsense"}, "abc"),
        ({"from_": "2023-06-02", "to": "2023-06-01"}, ""),
        ({"series": ["sco-dmm"]}, "ac"),
        ({"series": ["sco-dmm", "sco-summit"]}, "abc"),
        ({"series": ["nonsense"]}, ""),
        ({"series": ["nonsense", "sco-summit"]}, "b"),
        ({"kind": ["summit"]}, "b"),
        ({"status": ["scheduled"]}, "c"),
        ({"mode": ["virtual"]}, "b"),
        ({"host": ["IND"]}, "b"),
        ({"host": ["FRA"]}, ""),
        ({"country": ["IND"]}, "ab"),
        ({"country": ["PAK"]}, ""),
        ({"country": ["CHN", "FRA"]}, "a"),
        ({"country": ["IND", "CHN"], "country_match": "all"}, "a"),
        ({"country": ["IND", "FRA"], "country_match": "all"}, ""),
        ({"country": ["IND"], "country_match": "any"}, "ab"),
        ({"level": ["minister"]}, "a"),
        ({"level": ["minister"], "country": ["CHN"]}, ""),
        ({"level": ["deputy-minister"], "country": ["CHN"]}, "a"),
        ({"level": ["minister", "deputy-minister"], "country": ["IND", "CHN"], "country_match": "all"}, "a"),
        ({"level": ["minister"], "country": ["IND", "CHN"], "country_match": "all"}, ""),
        ({"organization": ["sco-rats"]}, "b"),
        ({"organization": ["asean"]}, ""),
        ({"theme": ["terrorism"]}, "ab"),
        ({"theme": ["cross-border-terrorism"]}, "b"),
        ({"theme": ["terrorism", "sagar"], "theme_match": "all"}, "a"),
        ({"theme": ["terrorism"], "by": ["CHN"]}, ""),
        ({"theme": ["sagar"], "by": ["CHN"]}, "a"),
        ({"by": ["joint"]}, "b"),
        ({"form": ["proposal"]}, "a"),
        ({"form": ["proposal"], "by": ["IND"]}, ""),
        ({"outcome": ["declaration"]}, "b"),
        ({"outcome": ["no-joint-document"]}, ""),
        ({"person": ["Zoë Žižek"]}, "b"),
        ({"person": ["zoe zizek"]}, "b"),
        ({"person": ["Zoë"]}, ""),
        ({"person": ["A Person"]}, ""),
        ({"q": "turkiye NOBODY"}, "a"),
        ({"q": "declaration india"}, "b"),
        ({"q": "zizek"}, "b"),
        ({"q": "kazakhstan"}, "ac"),
        ({"q": "press readout"}, "abc"),
        ({"q": "   "}, "abc"),
        ({"no_such_parameter": "x"}, "abc"),
    ],
)
def test_the_events_that_pass(tables, limits, ids):
    assert passing(tables, **limits) == list(ids)


def test_the_events_that_pass_everything_asked_are_those_that_pass_each_group(tables):
    together = passing(tables, country=["IND"], theme=["terrorism"], from_="2021")
    apart = (
        set(passing(tables, country=["IND"]))
        & set(passing(tables, theme=["terrorism"]))
        & set(passing(tables, from_="2021"))
    )
    assert together == sorted(apart) == ["b"]


def test_rows_are_narrowed_for_participations_and_mentions_only(tables):
    selection = select(tables, Filters.of({"country": ["CHN"], "theme": ["terrorism"]}))
    assert selection.rows("participations")["country"].tolist() == ["CHN"]
    assert selection.all_rows("participations")["country"].tolist() == ["IND", "CHN", "PAK"]
    assert selection.rows("mentions")["theme"].tolist() == ["terrorism"] and len(selection.all_rows("mentions")) == 2
    assert len(selection.rows("sources")) == 1 and selection.rows("events")["event_id"].tolist() == ["a"]


def test_a_narrowed_parent_theme_keeps_the_rows_of_its_children(tables):
    assert select(tables, Filters.of({"theme": ["terrorism"]})).rows("mentions")["theme"].tolist() == [
        "terrorism",
        "cross-border-terrorism",
    ]


def values_of(row):
    tables = real().tables
    if row.widget == "date":
        return st.sampled_from(["2001", "2017", "2020-02", "2022-06-09", "2024-04-26", "2199"]).map(
            lambda text: (text,)
        )
    if row.widget == "text":
        return st.sampled_from(["india", "Defence minister", "сочи", "no-such-word"]).map(lambda text: (text,))
    known = sorted(word for word in row.known(tables) if "," not in word and word == word.strip())
    if row.widget == "match":
        return st.sampled_from(known).map(lambda word: (word,))
    return st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True).map(tuple)


valid_filters = (
    st.sets(st.sampled_from([row.parameter for row in FILTERS]), max_size=5)
    .flatmap(lambda names: st.fixed_dictionaries({name: values_of(BY_PARAMETER[name]) for name in sorted(names)}))
    .map(Filters.of)
)

TOGETHER = [{"from", "to"}, {"country", "country_match", "level"}, {"theme", "theme_match", "by", "form"}]


@MODEST
@given(valid_filters)
def test_all_filters_give_the_intersection_of_what_is_asked_together(filters):
    tables = real().tables
    rest = dict(filters.chosen)
    expected = set(tables.events["event_id"])
    for group in [*TOGETHER, *({name} for name in rest if not any(name in group for group in TOGETHER))]:
        part = {name: rest[name] for name in group if name in rest}
        expected &= set(select(tables, Filters.of(part)).events["event_id"])
    selection = select(tables, filters)
    assert set(selection.events["event_id"]) == expected
    assert len(selection) == len(selection.events) == int(selection.passes.sum())
    for table in ("participations", "mentions", "outcomes", "sources"):
        rows = selection.rows(table)
        assert set(rows["event_id"]) <= expected
        assert len(rows) <= len(selection.all_rows(table))


@MODEST
@given(
    valid_filters,
    st.sampled_from(
        [row.parameter for row in FILTERS if row.widget == "choice" and row.parameter not in ("country", "theme")]
    ),
)
def test_one_more_filter_never_lets_more_events_pass(filters, parameter):
    tables = real().tables
    if filters[parameter]:
        return
    more = filters.replaced(**{parameter: [next(iter(BY_PARAMETER[parameter].known(tables)))]})
    assert set(select(tables, more).events["event_id"]) <= set(select(tables, filters).events["event_id"])


@MODEST
@given(valid_filters)
def test_the_words_name_every_chosen_value(filters):
    words, vocabulary_ = in_words(filters, real().vocabulary).casefold(), real().vocabulary

    def named(vocabulary_name: str, word: str) -> bool:
        return any(
            name.casefold() in words
            for name in (vocabulary_.label(vocabulary_name, word), vocabulary_.brief(vocabulary_name, word))
        )

    vocabularies = {
        "kind": "kinds",
        "status": "statuses",
        "level": "levels",
        "theme": "themes",
        "form": "mention-forms",
        "mode": "modes",
        "outcome": "outcome-forms",
        "group": "groups",
    }
    for parameter in filters:
        for value in filters[parameter]:
            if parameter in vocabularies and not (
                parameter == "kind"
                and {vocabulary_.family(kind) for kind in filters["kind"]} in ({"exercise"}, {"transfer"})
            ):
                assert named(vocabularies[parameter], value)
            elif parameter in ("country", "host", "by", "organization") and value != "joint":
                assert vocabulary_.party(value).casefold() in words
            elif parameter in ("from", "to"):
                assert value[:4] in words
            elif parameter == "q":
                assert value.casefold() in words
            elif parameter == "person":
                meant = [vocabulary_.people.label(key) for key in vocabulary_.people.called(value)] or [value]
                assert all(name.casefold() in words for name in meant)
            elif parameter == "series":
                assert named("series", value) or named("groups", vocabulary_["series"][value].group)


@MODEST
@given(
    st.dictionaries(
        st.sampled_from([*BY_PARAMETER, "nonsense"]), st.lists(st.text(max_size=20), max_size=3), max_size=6
    )
)
def test_no_values_make_the_words_or_the_masks_raise(values):
    filters = Filters.of(values)
    words = in_words(filters, vocabulary())
    assert (words == "All events") == (not filters)
    assert 0 <= len(select(real().tables, filters)) <= len(real().tables.events)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "All events"),
        ({"from": "2017"}, "Events since 2017"),
        ({"to": "2024-04"}, "Events up to April 2024"),
        ({"from": "2024", "to": "2024"}, "Events in 2024"),
        ({"from": "2024-04-26", "to": "2024-04-26"}, "Events on 26 April 2024"),
        ({"from": "2017", "to": "2019"}, "Events from 2017 to 2019"),
        ({"group": ["sco"]}, "SCO events"),
        ({"group": ["sco", "india"], "from": "2017"}, "Events of the groups SCO or India since 2017"),
        ({"group": ["sco"], "series": ["sco-dmm"]}, "SCO events of the series SCO defence ministers"),
        ({"country": ["IND"]}, "Events attended by India"),
        ({"country": ["IND", "CHN"]}, "Events attended by India or China"),
        ({"country": ["IND", "CHN"], "country_match": "all"}, "Events attended by India and China"),
        ({"theme": ["terrorism"], "by": ["IND"]}, "Events, in which terrorism was raised by India"),
        ({"q": "x y"}, "Events, containing “x y”"),
    ],
)
def test_the_words_of_plain_selections(values, words):
    assert in_words(Filters.of(values), vocabulary()) == words


def test_filters_that_mean_the_same_are_equal():
    assert Filters.of({"to": "2024", "from": "2020"}) == Filters.of({"from": ["2020"], "to": ("2024",), "theme": []})
    assert Filters.of({"country": ["IND", "IND"]})["country"] == ("IND",) and not Filters.of({"q": ""})
    assert (
        hash(Filters.of({"q": "x"})) == hash(Filters.of({"q": ["x"]}))
        and Filters.of({"q": "x"}).replaced(q=()) == Filters()
    )
    assert Filters().replaced(from_="2017")["from"] == ("2017",)


def test_every_filter_offers_only_what_it_knows():
    tables, nothing = real().tables, build_tables((), vocabulary())
    for row in FILTERS:
        assert (row.mask is None) == (row.widget == "match") and row.label
        if row.offered:
            assert set(row.offered(tables)) <= set(row.known(tables)) and all(row.offered(tables).values())
            assert all(knows(row, tables, word) for word in row.offered(tables))
            assert set(row.offered(nothing)) <= set(row.known(nothing))


def test_an_empty_table_passes_through_every_filter():
    nothing = build_tables((), vocabulary())
    for row in FILTERS:
        assert len(select(nothing, Filters.of({row.parameter: ["2020" if row.widget == "date" else "x"]}))) == 0


def test_a_selection_cannot_be_written_to():
    with pytest.raises(ValueError):
        select(real().tables, Filters()).passes[0] = False


def test_a_further_country_that_attended_is_asked_for_beside_those_in_force():
    one = Filters.of({"country": "IND", "from": "2017"})
    assert one.attended_too("RUS") == Filters.of({"country": ["IND", "RUS"], "country_match": "all", "from": "2017"})
    assert one.attended_too("IND") == one
    assert Filters().attended_too("RUS") == Filters.of({"country": "RUS"})
    assert Filters.of({"country": ["IND", "PAK"]}).attended_too("RUS") is None
    assert Filters.of({"country": ["IND", "PAK"], "country_match": "all"}).attended_too("RUS")["country"] == (
        "IND",
        "PAK",
        "RUS",
    )
