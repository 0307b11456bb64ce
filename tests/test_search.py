"""Search: what is found stays the filter's answer, finds are ranked and marked, other readings are offered and change nothing."""

from __future__ import annotations

import re
import sqlite3
import unicodedata

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.content.search import EXAMPLES, search_page
from lib.filters.query import parse_query
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.html.search import marked
from lib.search.also import also_found, did_you_mean, meanings
from lib.search.find import find
from lib.search.index import FIELDS, search_index
from lib.search.marks import excerpt, spans
from lib.store import SHIPPED
from lib.tables.build import build_tables
from lib.text import folded
from lib.transliteration import spelling_key
from tests.oracle import Oracle
from tests.samples import TODAY, came, point, real, record, tables_of, vocabulary
from tests.test_filters import MODEST

EMPTY = build_tables((), vocabulary())
SMALL = tables_of(
    record(
        "a",
        start="2024-01-01",
        title="Meeting in Astana",
        summary="Zero tolerance of terror was\n asked for.",
        participants=[came("RUS", name="Sergei Shoigu", role="Minister of Defence")],
        themes=[point("terrorism", text="Zero tolerance of terrorism.")],
    ),
    record(
        "b",
        start="2024-02-01",
        title="Talks",
        summary="A summary without tolerance and with zero results.",
        participants=[came("IND", name="Rajnath Singh", role="Minister of Defence")],
        themes=[point("vasudhaiva-kutumbakam", text="One family.")],
    ),
    record(
        "c",
        start="2024-03-01",
        title="Zero",
        summary="Tolerance «Straße» and Ürümqi.",
        participants=[came("TUR", name="İsmail Öz")],
    ),
)
ORACLE = Oracle(SHIPPED / "events", SHIPPED / "vocabulary")

HOSTILE = [
    '"',
    '""',
    '"""',
    '" "',
    '" OR 1',
    "a AND b",
    "NEAR(a b)",
    "a*",
    "^a",
    "col:a",
    "-a",
    "(",
    ")",
    "{a b} : c",
    "a\0b",
    "\0",
    "'; DROP TABLE texts; --",
    "🇮🇳",
    "👩‍👩‍👧",
    "%",
    "_",
    "\\",
    "“",
    "”“",
    "“a b",
    "ﬁ",
    "ß",
    "İ",
    "é",
    "\u0301",
    "上合组织",
    "٣",
    "x" * 10_000,
    "a " * 5_000,
    '"a" ' * 2_500,
    "\ud7ff\ue000",
    "\u202e",
    "&amp;<mark>",
    "<script>alert(1)</script>",
    "\t\n",
    "2+2",
    "é" * 9_999,
]


def ids(tables, q: str) -> list[str]:
    return select(tables, Filters.of({"q": q})).events["event_id"].tolist()


def order(tables, q: str) -> list[str]:
    return tables.events["event_id"].to_numpy()[find(select(tables, Filters.of({"q": q}))).events].tolist()


def test_sqlite_has_the_full_text_search_that_the_ranks_come_from():
    sqlite3.connect(":memory:").execute(
        "CREATE VIRTUAL TABLE x USING fts5(a, content='', tokenize='unicode61 remove_diacritics 2')"
    )


# What is found: the contract


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("zero tolerance", "abc"),
        ('"zero tolerance"', "a"),
        ('"ZERO  tolerance"', "a"),
        ("“zero tolerance”", "a"),
        ('"tolerance zero"', ""),
        ('"terror was asked"', "a"),
        ('"zero tolerance" shoigu', "a"),
        ('shoigu"zero tolerance"', "a"),
        ('"zero tolerance" rajnath', ""),
        ('"zero" talks', "b"),
        ('"zero tolerance', ""),
        ('"" talks', ""),
        ('""', ""),
        ("   ", "abc"),
        ("ero toleranc", "abc"),
        ("strasse", "c"),
        ("straße", "c"),
        ("urumqi", "c"),
        ("ismail", "c"),
        ('"minister of defence" rajnath', "b"),
    ],
)
def test_words_and_phrases_find_these_events(q, found):
    assert ids(SMALL, q) == list(found)


words_of_the_records = st.sampled_from(
    sorted({word for row in ORACLE.tables({})["sources"][::7] for word in row["title"].split()} | {"the", "SCO", "of"})
)


@settings(MODEST, max_examples=30)
@given(
    st.lists(words_of_the_records, min_size=1, max_size=3), st.sampled_from(["{}", '"{}"', '{} "', '"{}" SCO', "“{}”"])
)
def test_the_filter_is_the_oracle_s(words, form):
    q = form.format(" ".join(words))
    assert ids(real().tables, q) == [row["event_id"] for row in ORACLE.tables({"q": [q]})["events"]]


@MODEST
@given(st.lists(words_of_the_records, min_size=1, max_size=3).map(" ".join) | st.text(max_size=12))
def test_quotes_only_add_and_without_a_closed_pair_nothing_changes(text):
    plain = [all(word in whole for word in folded(text).split()) for whole in _whole_texts()]
    passes = select(real().tables, Filters.of({"q": text})).passes
    if sum(text.count(sign) for sign in '"“”＂') < 2:
        assert passes.tolist() == plain
    else:
        assert not (np.array(plain) & ~passes).any()


def _whole_texts(cache: list[list[str]] = []) -> list[str]:  # noqa: B006 (made once)
    """Every event's searched texts as one, made from the tables in another way."""
    if not cache:
        tables = real().tables
        texts = {event: [] for event in tables.events["event_id"]}
        for field in FIELDS:
            for event, value in zip(tables[field.table]["event_id"], tables[field.table][field.column], strict=True):
                if isinstance(value, str):
                    texts[event].append(vocabulary()["countries"][value].label if field.column == "country" else value)
        cache.append(
            [
                "\n".join(
                    "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
                    for text in own
                )
                for own in texts.values()
            ]
        )
    return cache[0]


def test_a_query_is_read_as_words_and_phrases():
    query = parse_query('Astana "Zero  Tolerance" x')
    assert (query.words, query.phrases, query.loose) == (
        ("astana", '"zero', 'tolerance"', "x"),
        ("zero tolerance",),
        ("astana", "x"),
    )
    assert query.terms == ("zero tolerance", "astana", "x") and parse_query("a b a").terms == ("a", "b")
    assert parse_query("").terms == parse_query('"').phrases == ()


# Ranks and hits


@pytest.mark.parametrize("more", [{"series": "sco-dmm"}, {"country": "PAK"}, {"from": "2020"}])
@pytest.mark.parametrize("q", ["terrorism", "naval exercise"])
def test_a_rank_does_not_depend_on_the_other_filters(q, more):
    def scores(asked: dict[str, str]) -> dict[int, float]:
        found = find(select(real().tables, Filters.of(asked)))
        return dict(zip(found.events.tolist(), found.scores.round(6).tolist(), strict=True))

    alone, own = scores({"q": q}), scores({"q": q, **more})
    assert own and own == {event: alone[event] for event in own}


def test_what_does_not_pass_lends_no_rank():
    tables = tables_of(
        record(
            "weak",
            series="sco-dmm",
            start="2020-01-01",
            title="One",
            summary="A border was spoken of, among many other things that were said.",
        ),
        record("strong", series="sco-summit", start="2021-01-01", title="Border, border and border", summary="Border."),
        record("better", series="sco-dmm", start="2022-01-01", title="Two", summary="Border. Border."),
    )
    found = find(select(tables, Filters.of({"q": "border", "series": "sco-dmm"})))
    assert tables.events["event_id"].to_numpy()[found.events].tolist() == ["better", "weak"]


@pytest.mark.parametrize("q", HOSTILE, ids=lambda q: ascii(q[:12]))
def test_no_query_raises_or_leaves_the_page_unsafe(q):
    for tables in (SMALL, EMPTY):
        selection = select(tables, Filters.of({"q": q}))
        shown = search_page(selection, "1", TODAY)
        assert "<script" not in shown.html + shown.also
        assert len(find(selection).events) == len(selection)
        also_found(selection), did_you_mean(selection)


@MODEST
@given(
    st.text(max_size=60) | st.lists(st.sampled_from(HOSTILE[:40]), max_size=4).map(" ".join),
    st.none() | st.text(max_size=5),
)
@example("\x00", "0")
def test_any_query_is_answered_with_the_events_of_the_filter(q, page):
    selection = select(SMALL, Filters.of({"q": q}))
    assert sorted(find(selection).events.tolist()) == np.flatnonzero(selection.passes).tolist()
    assert search_page(selection, page, TODAY).number >= 1


@MODEST
@given(st.lists(words_of_the_records, min_size=1, max_size=2).map(" ".join))
def test_every_event_that_is_found_shows_where(q):
    selection = select(real().tables, Filters.of({"q": q}))
    found = find(selection)
    for event in found.events[:5].tolist():
        hits = found.hits(event)
        assert hits and all(
            real().tables[hit.field.table]["event_id"].iloc[hit.row] == real().tables.events["event_id"].iloc[event]
            for hit in hits
        )
        texts = [
            folded(str(real().tables[hit.field.table][hit.field.column].iloc[hit.row]))
            for hit in hits
            if hit.field.column != "country"
        ]
        assert not texts or any(term in " ".join(text.split()) for term in found.query.terms for text in texts)


def test_a_title_outranks_a_point_and_of_a_tie_the_later_event_comes_first():
    assert order(SMALL, "zero") == ["c", "a", "b"]
    assert order(SMALL, '"minister of defence"') == ["b", "a"]
    assert order(SMALL, "kazakhstan") == ["c", "b", "a"]
    assert order(EMPTY, "zero") == []


def test_a_whole_word_outranks_a_part_of_one():
    tables = tables_of(
        record("whole", start="2020-01-01", title="The dmm meets"),
        record("part", start="2021-01-01", title="The admmx meets"),
    )
    assert order(tables, "dmm") == ["whole", "part"]


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("astana 2024 defence ministers", "2024-04-26-sco-dmm-astana"),
        ("qingdao defence ministers meeting", "2025-06-26-sco-dmm-qingdao"),
        ("aero india conclave", "dm-conclave"),
        ("sagar mauritius 2015", "2015-03-12-sagar-launch-port-louis"),
        ("pahalgam", ""),
        ("bishkek summit 2019", "sco-summit-bishkek"),
    ],
)
def test_what_a_reader_means_comes_first_on_the_real_records(q, first):
    assert any(first in event for event in order(real().tables, q)[:3])


def test_the_page_has_the_finds_marked_with_their_fields_and_sources():
    shown = search_page(select(real().tables, Filters.of({"q": '"zero tolerance" astana'})), None, TODAY)
    assert "<mark>Zero Tolerance</mark>" in shown.html or "<mark>zero tolerance</mark>" in shown.html
    assert (
        {"Phrase", "Place", "Summary", "Source"} <= set(re.findall('class="tag">([^<]+)<', shown.html))
        and 'rel="noopener noreferrer"' in shown.html
        and "/event?q=" in shown.html.replace("&quot;", "")
    )
    assert shown.html.startswith('<p class="lede"><b>Best match first</b> · <a href=')
    one = search_page(select(real().tables, Filters.of({"q": "sagar mauritius 2015"})), None, TODAY)
    assert ("Best match" in one.html) == (one.html.count('<span class="when">') > 1)
    nothing = search_page(select(real().tables, Filters()), None, TODAY)
    assert "Best match" not in nothing.html
    assert all(f">{text}</a>" in nothing.html.replace("&quot;", '"') for text in EXAMPLES)


def test_pages_of_finds_hold_every_event_once():
    selection = select(real().tables, Filters.of({"q": "terrorism"}))
    pages = search_page(selection, None, TODAY).pages
    assert pages == -(-len(selection) // 20)
    counted = sum(
        search_page(selection, str(page), TODAY).html.count('<span class="when">') for page in range(1, pages + 1)
    )
    assert counted == len(selection)
    assert search_page(selection, "999", TODAY).number == pages and search_page(selection, "x", TODAY).number == 1


def test_finds_stand_in_the_order_that_the_address_asks_for():
    selection = select(real().tables, Filters.of({"q": "vasudhaiva"}))
    events = real().tables.events
    days = [
        [events["start"].iloc[row] for row in order_of_page(selection, order)]
        for order in (None, "best", "newest", "newst")
    ]
    assert days[0] == days[1] == days[3] != days[2] == sorted(days[2], reverse=True) and sorted(days[0]) == sorted(
        days[2]
    )
    assert search_page(selection, None, TODAY, "newest").html.startswith(
        '<p class="lede"><a href="./search?q=vasudhaiva" target="_self">Best match first</a> · <b>Newest first</b>'
    )
    assert 'href="./search?q=vasudhaiva&amp;order=newest"' in search_page(selection, None, TODAY).html
    assert "did you mean newest" in search_page(selection, None, TODAY, "newst").doubts[0]


def order_of_page(selection, order):
    """The events of all pages of finds, as rows of the table, in their order."""
    pages = search_page(selection, None, TODAY, order).pages
    html = "".join(search_page(selection, str(page), TODAY, order).html for page in range(1, pages + 1))
    ids = list(dict.fromkeys(re.findall(r'/event\?[^"]*id=([^"&]+)"', html)))
    return [selection.tables.events["event_id"].tolist().index(event) for event in ids]


# Marks


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("Zero tolerance", ["zero tolerance"], [(0, 14)]),
        ("aXa", ["a"], [(0, 1), (2, 3)]),
        ("abcd", ["abc", "bcd"], [(0, 4)]),
        ("Türkiye", ["turkiye"], [(0, 7)]),
        ("Straße", ["ss"], [(4, 5)]),
        ("ﬁn", ["fi"], [(0, 1)]),
        ("e\u0301a", ["ea"], [(0, 3)]),
        ("", ["a"], []),
        ("a", [""], []),
        ("a", [], []),
    ],
)
def test_spans_are_those_of_the_text_as_written(text, terms, expected):
    assert spans(text, terms) == expected


@MODEST
@given(st.text(max_size=400), st.text(min_size=1, max_size=4).map(folded))
def test_an_excerpt_holds_its_spans_and_no_more_than_it_says(text, term):
    found = spans(text, [term])
    assert bool(found) == (term in folded(text)) or not term
    shown, inside = excerpt(text, found, 80)
    assert all(0 <= start < end <= len(shown) for start, end in inside)
    if found and len(text) > 80:
        assert inside and shown[slice(*inside[0])] == text[slice(*found[0])]


def test_marked_text_is_escaped():
    assert marked("<b> & zero", ["zero"]) == "&lt;b&gt; &amp; <mark>zero</mark>"


# Other readings


@pytest.mark.parametrize(
    "spellings",
    [
        ("Shoygu", "Shoigu", "Šojgu", "Schoigu", "Шойгу"),
        ("Sergey", "Sergei", "Сергей"),
        ("Zhaksylykov", "Jaqsylyqov", "Жаксылыков"),
        ("Yermekbayev", "Ermekbaev", "Ермекбаев"),
        ("Makhmudov", "Mahmudov", "Махмудов"),
        ("Lavrov", "Lawrow", "Лавров"),
        ("Mirziyoyev", "Mirziyoev", "Мирзиёев"),
        ("Watanzoda", "Vatanzoda"),
        ("Victor", "Viktor", "Виктор"),
        ("Zhaparov", "Japarov", "Жапаров"),
        ("Sirodjidin", "Sirojiddin"),
        ("Qurbonov", "Kurbonov", "Курбонов"),
    ],
)
def test_transliterations_of_one_name_have_one_key(spellings):
    assert len({spelling_key(word) for word in spellings}) == 1 and spelling_key(spellings[0])


def test_no_two_names_of_the_records_are_taken_for_one():
    """Every group of names that share a key was read through; a new one has to be."""
    groups = {frozenset(words) for words in search_index(real().tables).names.values() if len(words) > 1}
    assert groups <= {
        frozenset(words.split())
        for words in (
            "sergei sergey",
            "mirzaev mirzayev",
            "adilbek adylbek",
            "mohamed mohammed",
            "mohamad mohammad",
            "hasan hassan",
            "abdurahim abdurakhim",
            "victor viktor",
            "mahmudov makhmudov",
            "sysoev sysoyev",
            "sirodjidin sirojiddin",
            "andrei andrey",
            "sagynbaev sagynbayev",
            "vatanzoda watanzoda",
            "muhriddin mukhriddin",
            "bhat bhatt",
            "seyed seyyed",
            "sharsheev sharsheyev",
            "nikolai nikolay",
            "ahmetov akhmetov",
            "masoud massoud",
            "kadir kadyr",
        )
    }


def offers(q: str, **more: str) -> dict[str, Filters]:
    return {offer.reason: offer.filters for offer in also_found(select(real().tables, Filters.of({"q": q, **more})))}


@pytest.mark.parametrize(
    ("q", "filters"),
    [
        ("Shoygu", {"q": "Shoigu"}),
        ("Шойгу", {"q": "Shoigu"}),
        ("VK", {"theme": "vasudhaiva-kutumbakam"}),
        ("vk astana", {"theme": "vasudhaiva-kutumbakam", "q": "astana"}),
        ("Bangalore", {"q": "Bengaluru"}),
        ("Turkish", {"country": "TUR"}),
        ("DMM", {"q": '"Defence Ministers\' Meeting"'}),
        ("Lukashenka", {"q": "Lukashenko"}),
        ('"One Earth, One Family, One Future"', {"theme": "vasudhaiva-kutumbakam"}),
        ("defense minister", {"q": "defence minister"}),
    ],
)
def test_another_name_is_offered_and_finds_more(q, filters):
    assert Filters.of(filters) in offers(q).values()


def test_an_office_stands_for_those_who_are_named_in_it():
    found = next(
        filters
        for reason, filters in offers("raksha mantri terrorism").items()
        if "Minister of Defence of India" in reason
    )
    assert {"Rajnath Singh", "Nirmala Sitharaman", "Manohar Parrikar"} <= set(found["person"]) and found["q"] == (
        "terrorism",
    )
    assert "S. Jaishankar" not in found["person"]


def test_what_an_offer_counts_is_what_its_link_shows_and_the_filter_stays_as_it_is():
    for q in ("VK", "Indian", "raksha mantri", "shoygu", "terorism"):
        selection = select(real().tables, Filters.of({"q": q}))
        for offer in also_found(selection):
            other = select(real().tables, offer.filters)
            assert (len(other), int((other.passes & ~selection.passes).sum())) == (
                offer.events,
                offer.new,
            ) and offer.new
        assert ids(real().tables, q) == [row["event_id"] for row in ORACLE.tables({"q": [q]})["events"]]


def test_an_offer_keeps_the_other_filters_and_does_not_widen_one():
    assert all(filters["series"] == ("sco-dmm",) for filters in offers("VK", series="sco-dmm").values())
    assert not any(filters["country"] == ("TUR",) for filters in offers("Turkish", country="IND").values())


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("rajnaht", "rajnath"),
        ("shoigoo astana", "shoigu astana"),
        ("terorism", "terrorism"),
        ("qxzqxz", None),
        ("astana", None),
        ("", None),
        ("🇮🇳", None),
    ],
)
def test_a_slip_is_named_with_the_nearest_word(q, meant):
    offer = did_you_mean(select(real().tables, Filters.of({"q": q})))
    assert (offer.filters["q"] if offer else None) == ((meant,) if meant else None)


def test_every_name_of_the_synonyms_is_read_and_offices_name_somebody():
    known = meanings(real().tables)
    for word, synonym in vocabulary()["synonyms"].items():
        assert len(synonym.words) > 1 or synonym.country, word
        assert bool(synonym.country) == bool(synonym.offices), word
        assert all(any(folded(part) in key for key in known for part in [name.split()[0]]) for name in synonym.words), (
            word
        )
    assert meanings(EMPTY)["vk"] and not any(
        "office" in meaning.reason for found in meanings(EMPTY).values() for meaning in found
    )


def test_an_offer_of_one_person_leads_to_the_person_and_keeps_the_other_filters():
    one = search_page(select(real().tables, Filters.of({"q": "Sergey Shoygu", "from": "2020"})), None, TODAY)
    assert '<a href="./person?from=2020&amp;p=sergei-shoigu" target="_self">' in one.also + one.html
    several = search_page(select(real().tables, Filters.of({"q": "Raksha Mantri"})), None, TODAY)
    assert "./timeline?person=" in several.also + several.html
