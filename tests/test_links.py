"""Addresses: what is written is read again, and what a link asks for in vain is said."""

from __future__ import annotations

import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.filters.table import BY_PARAMETER, FILTERS
from lib.filters.value import Filters
from lib.links import (
    IGNORED,
    SETTINGS,
    address,
    event_href,
    mended,
    page_href,
    read_link,
    read_query,
    read_versus,
    write_query,
)
from lib.tables.build import build_tables
from tests.samples import came, real, record, tables_of, vocabulary
from tests.test_filters import MODEST, valid_filters


def read(query: str):
    return read_query(query, real().tables)


@MODEST
@given(valid_filters)
def test_what_is_written_is_read_again(filters):
    link = read_link(write_query(filters).items(), real().tables)
    assert link.filters == filters
    reversed_period = {"from", "to"} <= set(filters) and [doubt.parameter for doubt in link.doubts] == ["to"]
    assert link.doubts == () or reversed_period


@MODEST
@given(
    valid_filters,
    st.dictionaries(st.sampled_from(list(SETTINGS)), st.text(min_size=1, max_size=20).filter(str.strip), max_size=3),
)
def test_an_address_holds_the_whole_view(filters, settings):
    link = read_query(urlsplit(address("/timeline", filters, settings)).query, real().tables)
    assert link.filters == filters and link.settings == settings


@MODEST
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*BY_PARAMETER, *SETTINGS, "x", "", "utm_source", "embed"]) | st.text(max_size=8),
            st.text(max_size=30) | st.sampled_from(["IND,CHN", "2017", "2024-13", ",,,", "IND,", "all", "x" * 3000]),
        ),
        max_size=8,
    )
)
def test_no_link_raises_and_what_it_keeps_comes_from_the_link(pairs):
    link = read_link(pairs, real().tables)
    given_ = {key for key, _ in pairs}
    assert set(link.filters) <= given_ and set(link.settings) <= given_
    for doubt in link.doubts:
        assert doubt.parameter in given_ and doubt.sentence and "\n" not in doubt.sentence
    again = read_link(write_query(link.filters).items(), real().tables)
    assert again.filters == link.filters, "a link that was read is stable"


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("theme=terorism&country=IND", "theme=terrorism&country=IND"),
        ("country=CHN,INDD,RUS", "country=CHN,IND,RUS"),
        ("country=IND,India", "country=IND"),
        ("person=Rajnath%20Sing&from=2020", "person=Rajnath%20Singh&from=2020"),
        ("level=ministr", "level=minister"),
    ],
)
def test_the_nearest_value_takes_the_place_of_the_unknown_one(query, meant):
    link = read(query)
    assert [mended(link.filters, doubt) for doubt in link.doubts] == [read(meant).filters] and not read(meant).doubts
    versus = read("country=JPN&" + "&".join(f"vs_{part}" for part in query.split("&")))
    right = read_versus(versus, real().tables)
    assert [mended(right.filters, doubt) for doubt in right.doubts] == [read(meant).filters]


@pytest.mark.parametrize(
    "query", ["from=2024&to=2020", "from=2020&from=2021", "from=2024-13", "contry=IND", "country=XX1234567", "q=x&q=y"]
)
def test_a_doubt_of_another_kind_has_nothing_to_put_in_its_place(query):
    link = read(query)
    assert [
        mended(link.filters, doubt)
        for doubt in link.doubts
        if doubt.nearest is None or doubt.parameter in ("from", "to", "contry")
    ] == [None] * len(link.doubts)


@MODEST
@given(st.text(max_size=80))
def test_no_query_string_raises(query):
    assert read(query).filters is not None


@pytest.mark.parametrize(
    ("query", "parameter", "value", "nearest"),
    [
        ("country=INDD", "country", "INDD", "IND"),
        ("country=Belarus", "country", "Belarus", "BLR"),
        ("country=IN", "country", "IN", "IND"),
        ("by=Bharat", "by", "Bharat", "IND"),
        ("host=uk", "host", "uk", "GBR"),
        ("theme=terorism", "theme", "terorism", "terrorism"),
        ("series=SCO_DMM", "series", "SCO_DMM", "sco-dmm"),
        ("level=ministr", "level", "ministr", "minister"),
        ("by=Joint", "by", "Joint", "joint"),
        ("country_match=every", "country_match", "every", None),
        ("person=Nobody Nowhere Qqq", "person", "Nobody Nowhere Qqq", None),
        ("contry=IND", "contry", "IND", "country"),
        ("zzzzzz=1", "zzzzzz", "1", None),
        ("host=qqqqqqqqqqqqqq", "host", "qqqqqqqqqqqqqq", None),
    ],
)
def test_an_unknown_value_or_parameter_is_named_with_the_nearest(query, parameter, value, nearest):
    (doubt,) = read(query).doubts
    assert (doubt.parameter, doubt.value, doubt.nearest) == (parameter, value, nearest)
    assert (value if parameter in BY_PARAMETER else parameter) in doubt.sentence


def test_an_unknown_id_stays_in_the_address_and_matches_nothing():
    link = read("country=INDD,CHN&series=nonsense")
    assert link.filters["country"] == ("INDD", "CHN") and len(link.doubts) == 2
    assert write_query(link.filters) == {"series": "nonsense", "country": "INDD,CHN"}


@pytest.mark.parametrize("query", ["from=2024-13", "to=yesterday", "from=24-04-26", "to=2024-02-30", "from=2024-4"])
def test_a_bad_date_is_named(query):
    (doubt,) = read(query).doubts
    assert (doubt.parameter, doubt.value) == tuple(query.split("="))


def test_a_reversed_period_is_named():
    assert [doubt.parameter for doubt in read("from=2024&to=2023").doubts] == ["to"]
    assert read("from=2024&to=2024-01").doubts == ()


def test_repeated_keys_and_commas_add_up_and_a_single_value_given_twice_is_named():
    assert read("country=IND&country=CHN,IND&country=").filters["country"] == ("IND", "CHN")
    link = read("from=2017&from=2018")
    assert link.filters["from"] == ("2018",) and [doubt.parameter for doubt in link.doubts] == ["from"]
    assert read("from=2017&from=2017").doubts == ()
    assert read("q=one&q=two").filters["q"] == ("one two",)


def test_parameters_of_the_frame_and_of_campaigns_are_ignored():
    link = read("&".join([*(f"{name}=true" for name in IGNORED), "utm_source=x", "utm_whatever=y"]))
    assert link.doubts == () and not link.filters and link.settings == {}


def test_a_country_of_iso_3166_without_rows_is_known():
    assert read("country=TUV&host=TUV&by=TUV").doubts == ()
    assert read_query("country=IND&series=sco-dmm", build_tables((), vocabulary())).doubts == ()


def test_the_api_may_refuse_page_settings():
    assert [doubt.parameter for doubt in read_query("sel=x&country=IND", real().tables, ()).doubts] == ["sel"]


def test_a_link_with_thousands_of_unknown_values_is_answered():
    link = read("country=" + ",".join(f"X{n}" for n in range(3000)))
    assert len(link.doubts) == 3000 and len(link.filters["country"]) == 3000


def test_the_order_of_an_address_is_that_of_the_filters():
    filters = Filters.of({"q": "x", "theme": ["sagar"], "from": "2017", "series": ["sco-dmm", "sco-summit"]})
    assert list(write_query(filters)) == [row.parameter for row in FILTERS if filters[row.parameter]]
    assert address("/", filters) == "/?from=2017&series=sco-dmm,sco-summit&theme=sagar&q=x"
    assert address("/", Filters(), {"sel": None, "page": ""}) == "/"


def test_pages_are_named_relative_to_one_another():
    assert page_href("overview", Filters()) == "./" and page_href("timeline", Filters()) == "./timeline"
    query = dict(parse_qsl(urlsplit(event_href("a&b=c", Filters.of({"q": "<&>"}))).query))
    assert query == {"q": "<&>", "id": "a&b=c"}


def test_a_link_with_thousands_of_unknown_parameters_is_answered_at_once():
    start = time.perf_counter()
    assert len(read("&".join(f"country_match{n}=1" for n in range(5000))).doubts) == 5000
    assert time.perf_counter() - start < 2


def test_a_setting_that_is_given_again_without_a_value_keeps_its_value():
    assert (
        read("id=one&id=").setting("id") == "one"
        and read("id=&id=one").setting("id") == "one"
        and read("id=a&id=b").setting("id") == "b"
    )


def test_repeated_keys_add_up_on_the_right_side_of_a_comparison_too():
    other = read_versus(read("vs_q=one&vs_q=two&vs_country=IND&vs_country=&vs_country=CHN,PAK"), real().tables)
    assert other.doubts == () and other.filters == Filters.of({"q": "one two", "country": ["IND", "CHN", "PAK"]})


def test_a_name_that_holds_a_comma_is_one_value():
    tables = tables_of(
        record(
            "one",
            participants=[came("IND", name="Doe, Jr., Jane"), came("IND", name="Smith, Ann"), came("IND", name="Ann")],
        )
    )
    link = read_query("person=Smith, Ann,Ann,Doe, Jr., Jane&person=smith, ann", tables)
    assert link.doubts == () and link.filters["person"] == ("Smith, Ann", "Ann", "Doe, Jr., Jane", "smith, ann")
    assert read_link(write_query(link.filters).items(), tables).filters == link.filters
    assert [doubt.value for doubt in read_query("person=Smith, Bob,Ann", tables).doubts] == ["Smith", "Bob"]
    start = time.perf_counter()
    assert len(read_query(f"person={'Smith,' * 5000}", tables).doubts) == 1 and time.perf_counter() - start < 2


def test_of_a_page_setting_that_is_given_twice_the_last_counts_and_that_is_said():
    link = read_query(
        "id=a&id=b&vs_from=2017&vs_from=2018&watch=country%3DIND&watch=theme%3Dsagar&doc=x&doc=x", real().tables
    )
    assert link.settings == {"id": "b", "vs_from": "2018", "watch": "country=IND;theme=sagar", "doc": "x"}
    assert [doubt.sentence for doubt in link.doubts] == [
        "The link gives id 2 times; the last, 'b', counts.",
        "The link gives vs_from 2 times; the last, '2018', counts.",
    ]


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("person=Shoygu", "sergei-shoigu"),
        ("person=Шойгу", "sergei-shoigu"),
        ("person=Modi", "narendra-modi"),
        ("theme=indus", "indus-waters"),
        ("person=Li", None),
    ],
)
def test_a_surname_or_one_word_of_a_name_is_enough_to_say_what_was_meant(query, near):
    (doubt,) = read_query(query, real().tables).doubts
    assert doubt.nearest == near and ("did you mean" in doubt.sentence) == bool(near)
