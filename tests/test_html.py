"""Nothing from a record becomes markup: lists and the whole record, with hostile text in every field."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from lib.analysis.coverage import coverage
from lib.analysis.overview import headline
from lib.catalog import build_catalog, read_record, record_reader
from lib.content.event import event_page
from lib.content.lists import chosen, list_page
from lib.content.overview import overview
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.html import record as html_record
from lib.html.lists import brief_list, coverage_table, events_list, points_list, ranked_list, who_came
from lib.html.overview import headline_figures, who_is_reported
from lib.html.parts import Html, Row, contents, link, outside, pager, plain_table, source_links
from lib.html.sources import Source
from lib.links import event_href
from lib.store import SHIPPED, Snapshot
from lib.tables.build import build_tables
from tests.samples import TODAY, came, point, real, record, stayed_away, tables_of, text_of, vocabulary

EVIL = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"
ALLOWED_TAGS = {
    "a",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h3",
    "h4",
    "li",
    "ol",
    "p",
    "section",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "details",
    "summary",
    "button",
    "code",
    "time",
    "small",
}

HOSTILE = record(
    "hostile",
    title=f"T {EVIL}",
    summary=f"S {EVIL}",
    place={"country": "KAZ", "city": f"C {EVIL}", "venue": f"V {EVIL}"},
    note=f"N {EVIL}",
    chair="KAZ",
    status="scheduled",
    reviewed={"date": "2024-05", "by": f"R {EVIL}"},
    participants=[came("IND", name=f"P {EVIL}", role=f"O {EVIL}", mode="virtual"), stayed_away("PAK")],
    themes=[point("terrorism", text=f"M {EVIL}"), point("sagar", "joint", "joint-document", f"J {EVIL}")],
    outcomes=[
        {"form": "declaration", "title": f"D {EVIL}", "point": f"Q {EVIL}", "themes": ["sagar"], "sources": ["s1"]}
    ],
    sources=[
        {
            "id": "s1",
            "kind": "official",
            "publisher": f"B {EVIL}",
            "title": f"U {EVIL}",
            "url": f"https://example.org/?{EVIL.replace(' ', '')}",
            "published": "2024-05",
        }
    ],
)


class Page(HTMLParser):
    """What a browser would make of a text: its tags, attributes and visible text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        self.text += data


def checked(html: str) -> Page:
    """The page; asserts that it is closed, has only our tags, and leads nowhere but to the web or to us."""
    page = Page(html)
    assert page.open == []
    assert set(page.tags) <= ALLOWED_TAGS
    for name, value in page.attributes:
        assert not name.startswith("on"), name
        if name in ("href", "src"):
            assert urlsplit(value).scheme in ("", "http", "https") and not value.startswith("//")
        if name == "style":
            assert "url(" not in value and "<" not in value
    return page


@pytest.fixture(scope="module")
def snapshot():
    words = vocabulary()
    files = {
        f"{values['id']}.yaml": read_record(f"{values['id']}.yaml", text_of(values).encode(), record_reader(words))
        for values in (HOSTILE, record("plain", start="2023-05", related=["hostile"]))
    }
    catalog = build_catalog(files, words)
    assert catalog.problems == () and len(catalog.events) == 2
    return Snapshot(catalog, build_tables(catalog.events, words, "x"), words, SHIPPED)


def test_the_whole_record_shows_every_text_as_text(snapshot):
    event = snapshot.catalog.by_id["hostile"]
    page = event_page(snapshot, event, Filters.of({"q": EVIL}), TODAY)
    text = checked(page.record).text
    for letter in "VCNPOMJDQBUR":
        assert f"{letter} {EVIL}" in text, letter
    assert page.earlier.id == "plain" and page.later is None
    checked(page.related)
    assert "Related" in page.related


def test_lists_show_every_text_as_text(snapshot):
    tables = snapshot.tables

    def href(event_id):
        return event_href(event_id, Filters.of({"q": EVIL}))

    text = checked(events_list(tables.events, tables, href, TODAY, summaries=True)).text
    assert f"T {EVIL}" in text and f"S {EVIL}" in text and f"C {EVIL}" in text
    text = checked(brief_list(tables.events, tables, href, TODAY)).text
    assert f"T {EVIL}" in text and "Announced, no report" in text
    text = checked(points_list(tables.mentions, tables, href)).text
    assert f"M {EVIL}" in text and f"B {EVIL}" in text and f"T {EVIL}" in text


def test_what_an_address_chooses_is_shown_as_text(snapshot):
    selection = select(snapshot.tables, Filters.of({"q": "script"}))
    for sel in ("event:hostile", "theme:sagar", "country:IND", f"event:{EVIL}", f"said:{EVIL}@{EVIL}"):
        panel = chosen(selection, sel, TODAY)
        checked(panel.html)
    assert EVIL in checked(chosen(selection, "event:hostile", TODAY).html).text


def test_the_contents_of_a_record_lead_to_its_sections_and_to_each_actor():
    event = real().catalog.by_id["2024-04-26-sco-dmm-astana"]
    page = checked(event_page(real(), event, Filters(), TODAY).record)
    anchors = [value.removeprefix("#") for name, value in page.attributes if name == "href" and value.startswith("#")]
    ids = [value for name, value in page.attributes if name == "id"]
    actors = {mention.by for mention in event.mentions}
    assert len(set(ids)) == len(ids) and set(anchors) == set(ids) == {
        "came",
        "said",
        "outcomes",
        "sources",
        *(f"said-{actor}" for actor in actors),
    }
    assert EVIL in checked(contents([(EVIL, EVIL, EVIL)])).text


def test_a_table_that_may_be_wider_than_the_window_takes_the_focus_and_has_a_name():
    html = plain_table(
        EVIL, ("One", EVIL), [Row(("x", "y"), css="odd"), Row(("x", "z"), None), Row(("of both",))], narrowest="40rem"
    )
    page = checked(html)
    assert page.tags[:2] == ["div", "table"] and page.text == f"One{EVIL}xyxzof both"
    assert page.attributes[:4] == [("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", EVIL)]
    assert (
        "<tr role=row class='odd'><th scope=row role=rowheader data-label=\"One\">x</th><td role=cell" in html
        and "colspan=2>of both</th>" in html
    )
    assert [value for name, value in page.attributes if name == "data-label"] == ["One", EVIL] * 2
    assert 'style="min-width:40rem"' in html and "style" not in plain_table("A", ("One",), [])


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ({"theme": "terrorism"}, {1, 3}),
        ({"theme": "terrorism", "by": "IND"}, {1}),
        ({"by": "joint"}, {2}),
        ({"form": "statement"}, {0, 1, 3}),
        ({"theme": ["terrorism", "sagar"], "theme_match": "all"}, {0, 1, 3}),
        ({"theme": "terrorism", "country": "USA"}, {1, 3}),
        ({"theme": "cyber", "by": "IND"}, set()),
        ({"country": "IND"}, set()),
        ({}, set()),
    ],
)
def test_points_of_a_record_that_the_filters_ask_for_are_marked_counted_and_linked(asked, places):
    words, texts = vocabulary(), ["Sagar first.", "India on terrorism.", "Joint text.", "Russia, below terrorism."]
    points = [
        point("sagar", text=texts[0]),
        point("terrorism", text=texts[1]),
        point("economy", "joint", "joint-document", texts[2]),
        point("cross-border-terrorism", "RUS", text=texts[3]),
    ]
    files = {
        f"{name}.yaml": read_record(
            f"{name}.yaml", text_of(record(name, start=day, themes=themes)).encode(), record_reader(words)
        )
        for name, day, themes in (
            ("before", "2024-01-02", [point("terrorism")]),
            ("one", "2024-04-25", points),
            ("after", "2024-06-01", [point("cyber")]),
        )
    }
    catalog = build_catalog(files, words)
    assert catalog.problems == ()
    some = Snapshot(catalog, build_tables(catalog.events, words, "x"), words, SHIPPED)
    html = event_page(some, catalog.by_id["one"], Filters.of(asked), TODAY).record
    page = checked(html)
    marked = re.findall(r'<li class="asked"( id="first-asked")?>(.*?)</li>', html)
    assert {place for place, text in enumerate(texts) for _, item in marked if text in item} == places and len(
        marked
    ) == len(places)
    assert [bool(anchor) for anchor, _ in marked] == [True, False, False][: len(places)]
    verb = "passes" if len(places) == 1 else "pass"
    assert (
        (f"{len(places)} of 4 points {verb} the filters" in page.text)
        == bool(places)
        == (("href", "#first-asked") in page.attributes)
    )
    assert places or "the filters" not in page.text


def test_few_actors_have_no_contents_of_their_own(snapshot):
    assert "rail" not in event_page(snapshot, snapshot.catalog.by_id["hostile"], Filters(), TODAY).record


def test_small_parts_escape_text_and_address():
    assert (
        EVIL in checked(link(f"./x?{EVIL}", EVIL)).text
        and EVIL in checked(outside("https://example.org/'\"<", EVIL)).text
    )
    page = checked(source_links([Source(EVIL, EVIL, 'https://example.org/"><script>', "2024")]))
    assert EVIL in page.text and ("title", EVIL) in page.attributes
    assert source_links([]) == ""
    assert EVIL in checked(ranked_list([(EVIL, 3, f"./x?{EVIL}")], 5, "events")).text
    checked(ranked_list([], 0, "events"))


@pytest.mark.parametrize(
    "limits", [{}, {"series": ["sco-dmm"]}, {"country": ["IND"], "theme": ["sagar"]}, {"status": ["scheduled"]}]
)
def test_the_real_records_make_well_formed_html(limits):
    tables = real().tables
    selection = select(tables, Filters.of(limits))
    assert len(selection)
    shown = overview(selection, TODAY)
    for html in (shown.figures, shown.coming, shown.newest, shown.themes, shown.countries, shown.coverage):
        checked(html)
    for what in ("events", "mentions"):
        checked(list_page(selection, what, None, TODAY).html)
    checked(coverage_table(coverage(selection.events, real().vocabulary, TODAY), tables))


@pytest.mark.parametrize("event", real().catalog.events[::9], ids=lambda event: event.id)
def test_the_page_of_a_real_record_is_well_formed_and_links_every_source(event):
    page = checked(event_page(real(), event, Filters(), TODAY).record)
    links = {value for name, value in page.attributes if name == "href"}
    assert {source.url for source in event.sources} <= links


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (None, 1),
        ("", 1),
        ("2", 2),
        ("0", 1),
        ("-1", 1),
        ("99999", 10**6),
        ("999999999999", 1),
        ("٢", 1),
        ("1.5", 1),
        ("<b>", 1),
    ],
)
def test_a_page_of_a_list_is_the_nearest_there_is(wanted, number):
    page = list_page(select(real().tables, Filters()), "events", wanted, TODAY)
    assert page.number == min(number, page.pages) and page.pages == -(-len(real().tables.events) // 40)


def test_lists_of_nothing_are_empty_and_well_formed():
    nothing = select(build_tables((), vocabulary()), Filters())
    for what in ("events", "mentions"):
        page = list_page(nothing, what, "3", TODAY)
        assert (page.number, page.pages) == (1, 1) and "<li" not in page.html
        checked(page.html)
    checked(
        headline_figures(
            headline(nothing.events, nothing.rows("participations"), nothing.rows("mentions"), nothing.rows("sources"))
        )
    )
    assert who_is_reported(nothing.rows("mentions"), nothing.rows("sources"), vocabulary()) == ""


def test_a_record_without_anything_said_is_whole():
    tables = build_tables((), vocabulary())
    event = read_record(
        "bare.yaml", text_of(record("bare", participants=[], themes=[])).encode(), record_reader(vocabulary())
    ).event
    for html in (
        html_record.facts(event, vocabulary(), TODAY),
        html_record.participants(event, vocabulary()),
        html_record.said(event, tables),
        html_record.outcomes(event, vocabulary()),
        html_record.source_list(event, vocabulary()),
        html_record.uncertain(event),
    ):
        checked(html)


@pytest.mark.parametrize(
    ("number", "pages", "words"),
    [
        (1, 1, ""),
        (1, 2, "1 2 Next page"),
        (2, 2, "Previous page 1 2"),
        (1, 17, "1 2 … 17 Next page"),
        (5, 17, "Previous page 1 … 4 5 6 … 17 Next page"),
        (3, 17, "Previous page 1 2 3 4 … 17 Next page"),
        (17, 17, "Previous page 1 … 16 17"),
    ],
)
def test_the_pages_of_a_list_are_links_but_for_the_one_that_is_shown(number, pages, words):
    html = pager(number, pages, lambda page: f"./themes?a=1&page={page}")
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip() == words
    linked = [int(page) for page in re.findall(r'href="\./themes\?a=1&amp;page=(\d+)"', html)]
    assert number not in linked and (not pages > 1 or f"<b aria-current=page>{number}</b>" in html)
    assert {number - 1, number + 1} & set(range(1, pages + 1)) <= set(linked)


def test_the_panel_of_a_cell_says_who_came():
    tables = tables_of(
        record(
            "2024-04-25-a",
            participants=[
                came("IND", level="senior-official", name="Giridhar Aramane", role="Defence <Secretary>"),
                came("CHN", level="unknown", mode="virtual"),
                stayed_away("PAK"),
            ],
        )
    )
    assert who_came(tables, "IND", "2024-04-25-a") == (
        '<p class="lede"><b>Senior official</b>: <a href="./person?p=giridhar-aramane" target="_self">Giridhar Aramane</a>, Defence &lt;Secretary&gt; '
        '<span class="facts in">member</span>.</p>'
    )
    assert "<b>Level not stated</b>, not named" in who_came(tables, "CHN", "2024-04-25-a")
    assert "By video." in who_came(tables, "CHN", "2024-04-25-a")
    assert (
        who_came(tables, "PAK", "2024-04-25-a") == '<p class="lede">Did not come, as a source states.</p>'
        and who_came(tables, "RUS", "2024-04-25-a") == ""
    )


def test_a_link_escapes_a_text_and_takes_html_as_it_is():
    assert link("./?q=a&b", "<b>", "way", '"hint"', current=True) == (
        '<a href="./?q=a&amp;b" target="_self" class="way" title="&quot;hint&quot;" aria-current=page>&lt;b&gt;</a>'
    )
    assert link(".", Html("<mark>a</mark>")) == '<a href="." target="_self"><mark>a</mark></a>'
    assert (
        outside("https://example.org", Html("<b>a</b>"), "A & B")
        == '<a href="https://example.org" target="_blank" rel="noopener noreferrer" title="A &amp; B"><b>a</b></a>'
    )
