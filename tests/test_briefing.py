"""The briefing: one file, every claim with a note that exists, numbers as an independent reading has them, nothing from outside."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import sync_playwright

from bench.server import serve
from lib.analysis.coverage import coverage
from lib.analysis.themes import how_often
from lib.export.briefing import build_briefing
from lib.export.briefing.meetings import EVENTS, POINTS
from lib.export.briefing.pictures import themes_picture, years_picture
from lib.export.briefing.style import in_css
from lib.filters.selection import select
from lib.links import address, read_query
from scripts.shots import chromium, settled
from tests.api_fixture import REAL, client, tiny
from tests.oracle import Oracle
from tests.samples import came, point, real, record, stayed_away, tables_of

DAY = dt.date(2026, 6, 1)
BASE = "https://samvad.example"
QUERIES = [
    "",
    "series=sco-dmm&from=2017",
    "theme=sagar",
    "country=IND,PAK&country_match=all",
    "status=scheduled",
    "q=unheard-of",
    "from=2024-06",
]
VOID = {"meta", "link", "br", "rect", "line", "img"}


class Reader(HTMLParser):
    """Elements with their attributes and text, in order; fails where a tag is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[list] = []
        self.stack: list[list] = []
        self.feed(text)
        assert not self.stack, [one[0] for one in self.stack]

    def handle_starttag(self, tag, attributes):
        element = [tag, dict(attributes), ""]
        self.elements.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag, attributes):
        self.elements.append([tag, dict(attributes), ""])

    def handle_endtag(self, tag):
        assert tag in VOID or self.stack.pop()[0] == tag, tag

    def handle_data(self, data):
        for element in self.stack:
            element[2] += data

    def of(self, tag: str, css: str = "") -> list[list]:
        return [
            one for one in self.elements if one[0] == tag and (not css or css in (one[1].get("class") or "").split())
        ]


def made(tables, query: str = "") -> tuple[str, Reader]:
    filters = read_query(query, tables).filters
    text = build_briefing(select(tables, filters), address(f"{BASE}/", filters), DAY).decode()
    return text, Reader(text)


@pytest.fixture(scope="module")
def oracle():
    return Oracle(REAL / "events", REAL / "vocabulary")


@pytest.mark.parametrize("query", QUERIES)
def test_every_reference_has_its_note_and_every_note_a_reference(query):
    text, read = made(real().tables, query)
    notes = {one[1]["id"] for one in read.of("li") if one[1].get("id", "").startswith("n")}
    assert notes == {f"n{number}" for number in range(1, len(notes) + 1)}
    cited = set()
    for sup in re.findall(r"<sup>(.*?)</sup>", text):
        for first, last in re.findall(r'#n(\d+)">\d+</a>(?:–<a href="#n(\d+)">)?', sup):
            cited |= {f"n{number}" for number in range(int(first), int(last or first) + 1)}
    assert cited <= notes and (
        cited == notes or not len(select(real().tables, read_query(query, real().tables).filters))
    )
    assert {one[1]["href"][1:] for one in read.of("a") if one[1]["href"].startswith("#")} <= notes


@pytest.mark.parametrize("query", QUERIES)
def test_every_claim_has_a_reference(query):
    text, read = made(real().tables, query)
    for block in [*re.findall(r"<article.*?</article>", text, re.DOTALL)]:
        for claim in re.findall(
            r"<li>(.*?)</li>|<p(?: class=\"(?:facts|who|uncertain)\")?>(.*?)</p>", block, re.DOTALL
        ):
            assert "".join(claim).endswith("</sup>"), claim
    for figure in re.findall(r"<figure>.*?</figure>", text, re.DOTALL):
        assert "</sup></h2>" in figure
    for number in re.findall(r"<dt>.*?</dt>", text):
        assert "</sup>" in number


def test_a_note_names_publisher_title_date_and_address(tmp_path):
    api = client(tiny(tmp_path / "data"))
    text = api.get("/api/briefing.html").text
    assert 'Press Office, “Readout”, May 2024. <a href="https://example.org/a;=b"' in text
    assert "Daily, “TAB\tin it”, no date of publication known." in text
    assert text.count("Press Office, “Readout”") == 1  # two records cite it


def test_the_sources_of_each_point_are_those_of_the_record(oracle):
    text, read = made(real().tables, "series=sco-dmm&from=2022")
    notes = {int(found[0]): found[1] for found in re.findall(r'<li id="n(\d+)">.*?<a href="([^"]*)"', text)}
    by_id = {event["id"]: event for event in oracle.events}
    articles = re.findall(r'<article id="([^"]*)">(.*?)</article>', text, re.DOTALL)
    assert articles
    checked = 0
    for name, block in articles:
        urls = {source["id"]: source["url"] for source in by_id[name]["sources"]}
        listed = re.search(r'<ul class="points">(.*?)</ul>', block, re.DOTALL)[1]
        items = re.findall(r"<li>(.*?)</li>", listed, re.DOTALL)
        assert len(items) == len(by_id[name]["themes"])
        for item, mention in zip(items, by_id[name]["themes"], strict=True):
            numbers = set()
            for first, last in re.findall(r'#n(\d+)">\d+</a>(?:–<a href="#n(\d+)">)?', item):
                numbers |= set(range(int(first), int(last or first) + 1))
            assert {notes[number].replace("&amp;", "&").replace("&#x27;", "'") for number in numbers} == {
                urls[source] for source in mention["sources"]
            }
            checked += 1
    assert checked > 50


@pytest.mark.parametrize("query", ["", "series=sco-dmm&from=2017", "theme=sagar", "country=IND,PAK&country_match=all"])
def test_the_headline_figures_are_those_of_an_independent_reading(oracle, query):
    asked = {name: value.split(",") for name, _, value in (part.partition("=") for part in query.split("&") if part)}
    rows = oracle.tables(asked)
    every = oracle.tables(asked, every=True)
    _, read = made(real().tables, query)
    figures = dict(
        zip(
            (re.sub(r"\d+$", "", one[2]) for one in read.of("dt")),
            (int(one[2].replace(",", "")) for one in read.of("dd")),
            strict=True,
        )
    )
    families = [event["family"] for event in rows["events"]]
    expected = {
        "meetings": families.count("meeting"),
        "exercises": families.count("exercise"),
        "transfers": families.count("transfer"),
        "countries present": len(
            {row["country"] for row in every["participations"] if row["attended"] and row["country"]}
        ),
        "points made": len(rows["mentions"]),
        "sources cited": len(every["sources"]),
    }
    assert figures == {name: number for name, number in expected.items() if number}


@pytest.mark.parametrize(
    "text",
    [
        '"><script>alert(1)</script>',
        "</style><b>x</b>",
        "</title>",
        "\\a } @import url(https://evil.example)",
        "</article></svg>",
        "a\nb",
    ],
)
def test_whatever_stands_in_filters_and_records_stays_text(text):
    tables = tables_of(
        record(
            "2024-04-25-sco-dmm-a",
            title=f"Title {text}",
            summary=f"Sum {text}",
            note=f"As s1, s9: {text}",
            themes=[point("terrorism", text=f"Point {text}")],
            participants=[came("IND", name=f"N {text}"), stayed_away("PAK")],
            outcomes=[{"form": "decision", "title": f"O {text}", "themes": [], "sources": ["s1"]}],
            sources=[
                {
                    "id": "s1",
                    "kind": "official",
                    "publisher": f"P {text}",
                    "title": f"T {text}",
                    "url": "https://example.org/?a=1&b='\"<",
                }
            ],
        )
    )
    _, plain = made(tables)
    for query in ("", f"q={text.replace('&', '%26').replace('#', '%23')}"):
        html, read = made(tables, query)
        assert read.of("script") == [] and len(read.of("style")) == len(read.of("title")) == 1
        assert {one[0] for one in read.elements} <= {one[0] for one in plain.elements} | {"ul", "li"}
        sheet = read.of("style")[0][2]
        assert "@import" not in sheet and sheet == sheet.replace("<", "") and sheet.count("@page") == 2
    for word in (f"Title {text}", f"Sum {text}", f"Point {text}", f"N {text}", f"O {text}"):
        assert " ".join(word.split()) in " ".join(plain.of("body")[0][2].split())
    # An id of a source becomes the number of its note; what only looks like one stays.
    assert plain.of("p", "uncertain")[0][2].startswith("Uncertain. As note 2, s9:")


def test_a_string_of_css_cannot_be_left():
    assert in_css('a"b\\c\n</style>') == '"a\\22 b\\5c c \\3c \\2f style\\3e "'
    assert set(re.sub(r"\\[0-9a-f]+ ", "", in_css('"}@;é日'))) <= {'"'}


@pytest.mark.parametrize("query", QUERIES)
def test_nothing_is_fetched_and_nothing_runs(query):
    text, read = made(real().tables, query)
    assert not [
        one
        for one in read.elements
        if one[0] in ("script", "img", "iframe", "object", "embed", "form", "base")
        or "src" in one[1]
        or "style" in one[1]
    ]
    assert [one[1]["rel"] for one in read.of("link")] == ["canonical"]
    assert "url(" not in read.of("style")[0][2] and "@import" not in read.of("style")[0][2]
    assert not [name for one in read.elements for name in one[1] if name.startswith("on")]
    for link in read.of("a"):
        assert urlsplit(link[1]["href"]).scheme in ("http", "https", "") and (
            link[1]["href"].startswith("#") or "://" in link[1]["href"]
        )


def test_the_pictures_are_well_formed_and_say_in_words_what_they_show():
    for query in QUERIES:
        text, _ = made(real().tables, query)
        pictures = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
        assert len(pictures) <= 3
        for picture in pictures:
            root = ElementTree.fromstring(picture)
            width, height = (float(part) for part in root.get("viewBox").split()[2:])
            assert root.get("role") == "img" and len(root.get("aria-label")) > 20
            for shape in root.iter("{http://www.w3.org/2000/svg}rect"):
                x, y, w, h = (float(shape.get(name)) for name in ("x", "y", "width", "height"))
                assert x >= 0 and y >= 0 and w >= 0 and h >= 0 and x + w <= width + 0.1 and y + h <= height + 0.1
            for word in root.iter("{http://www.w3.org/2000/svg}text"):
                if word.get("y"):
                    assert 0 < float(word.get("y")) <= height and 0 <= float(word.get("x")) <= width


def test_the_bars_are_as_high_as_the_numbers(oracle):
    tables = real().tables
    selection = select(tables, read_query("series=sco-summit,sco-exercise,quad", tables).filters)
    picture = years_picture(selection.events, coverage(selection.events, tables.vocabulary, DAY), tables.vocabulary)
    years: dict[str, int] = {}
    for event in oracle.events:
        if event["series"] in ("sco-summit", "sco-exercise", "quad"):
            years[event["start"][:4]] = years.get(event["start"][:4], 0) + 1
    label = ElementTree.fromstring(picture.svg).get("aria-label")
    assert label.endswith(": " + ", ".join(f"{year} {years[year]}" for year in sorted(years)) + ".")
    bars = [
        one
        for one in ElementTree.fromstring(picture.svg)
        if one.tag.endswith("rect") and one.get("fill") != "#e9e6df" and float(one.get("width")) != 9.0
    ]
    unit = (196 - 34) / max(years.values())
    assert sum(float(one.get("height")) for one in bars) == pytest.approx(unit * sum(years.values()), rel=0.01)


def test_a_chart_that_would_say_nothing_is_not_drawn():
    one = tables_of(record("2024-04-25-sco-dmm-a"))
    text, read = made(one)
    assert len(read.of("svg")) == 1  # the themes
    none = tables_of(record("2024-04-25-sco-dmm-a", themes=[]))
    assert made(none)[1].of("svg") == [] and "pictures" not in made(none)[0].split("</style>")[1]
    vocabulary = one.vocabulary
    assert themes_picture(how_often(none.mentions, none.events, vocabulary), 1, vocabulary) is None


def test_a_long_selection_is_cut_at_the_newest_and_says_so():
    tables = real().tables
    text, read = made(tables)
    shown = [one[1]["id"] for one in read.of("article")]
    assert shown == list(tables.events["event_id"])[::-1][: len(shown)] and len(shown) <= EVENTS
    assert (
        f"The latest {len(shown)} of {len(tables.events)} events are told here" in text
        and f"{BASE}/api/package.zip" in text
    )
    assert len(re.findall('<ul class="points">', text)) <= EVENTS
    many = tables_of(
        *(
            record(
                f"2024-01-{day:02d}-sco-dmm-a{day}",
                start=f"2024-01-{day:02d}",
                themes=[point("terrorism", text=f"Point {n}.") for n in range(60)],
            )
            for day in range(1, 12)
        )
    )
    assert len(made(many)[1].of("article")) == -(-POINTS // 60)
    assert "are told here" not in made(tables, "series=sco-dmm&from=2020")[0]


def test_the_briefing_names_day_version_live_view_citation_licence_and_what_is_not_covered():
    tables = real().tables
    text, read = made(tables, "theme=sagar")
    body = read.of("body")[0][2]
    for part in (
        "1 June 2026",
        tables.digest,
        f"{BASE}/?theme=sagar",
        "Creative Commons Attribution 4.0",
        "Read on 1 June 2026",
        "What is covered, and what is not",
        "No map is in this briefing",
        "this is not who speaks most",
    ):
        assert part in body, part
    assert read.of("h1")[0][2] == "Events, in which SAGAR was raised"


def test_absent_expected_and_unknown_are_told_apart():
    tables = tables_of(
        record(
            "2024-04-25-sco-dmm-a",
            roster="partial",
            participants=[came("IND", "minister", name="A Person"), came("CHN", "unknown"), stayed_away("PAK")],
        ),
        record(
            "2027-01-01-sco-dmm-b",
            start="2027-01-01",
            status="scheduled",
            participants=[came("IND"), stayed_away("PAK")],
        ),
    )
    text, read = made(tables)
    coming, held = read.of("article")
    assert "Expected" in coming[2] and "Who came" not in coming[2] and "scheduled" in coming[2]
    assert (
        "Who came (2 countries) Minister India (A Person). Level not stated China. The roster is partial: others may have come."
        in " ".join(held[2].split())
    )
    assert "Absent Pakistan, as a source states." in held[2]
    assert "The level is not known of 1 of 2 entries" in read.of("body")[0][2]


def test_the_same_data_give_the_same_bytes_and_the_api_gives_them(tmp_path):
    api = client(tiny(tmp_path / "data"), "samvad")
    one = api.get("/samvad/api/briefing.html?country=IND")
    assert one.status_code == 200 and one.headers["content-type"] == "text/html; charset=utf-8"
    assert (
        one.headers["content-disposition"] == 'inline; filename="samvad-briefing-ind.html"'
        and "default-src 'none'" in one.headers["content-security-policy"]
    )
    assert one.content == api.get("/samvad/api/briefing.html?country=IND").content
    assert "http://testserver/samvad/?country=IND" in one.text and "http://testserver/samvad/event?id=" in one.text
    assert (
        api.get("/samvad/api/briefing.html?country=IND", headers={"If-None-Match": one.headers["etag"]}).status_code
        == 304
    )
    assert api.head("/samvad/api/briefing.html").content == b""
    assert api.get("/samvad/api/briefing.html?theme=terorism").json()["nearest"] == "terrorism"
    assert api.get("/samvad/api/briefing.html?rows=all").status_code == 400


def test_the_briefing_of_the_api_is_of_the_day_on_which_it_is_asked(tmp_path):
    days = iter([dt.date(2027, 1, 1), dt.date(2028, 1, 1)])
    api = client(tiny(tmp_path / "data"), today=lambda: next(days))
    texts = [api.get("/api/briefing.html").text for _ in range(2)]
    assert "1 January 2027" in texts[0] and "1 January 2028" in texts[1] and "1 January 2027" not in texts[1]


def test_the_button_of_the_overview_gives_the_briefing_of_the_api():
    with serve(REAL.parent / "app.py") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{server.base}/?series=sco-dmm&from=2020")
        settled(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Briefing").click()
        name, clicked = download.value.suggested_filename, download.value.path().read_bytes()
        answered = page.request.get(f"{server.base}/api/briefing.html?series=sco-dmm&from=2020").body()
        browser.close()
    assert name == "samvad-briefing-2020-sco-dmm.html" and clicked == answered
    assert f'href="{server.base}/?from=2020&amp;series=sco-dmm"'.encode() in clicked


def test_it_prints_on_a4_with_a_running_title_and_page_numbers(tmp_path):
    text, _ = made(real().tables, "series=sco-dmm&from=2022")
    (tmp_path / "briefing.html").write_text(text, encoding="utf-8")
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"file://{tmp_path}/briefing.html")
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": 375, "height": 800})
        narrow = page.evaluate("document.documentElement.scrollWidth")
        page.pdf(path=tmp_path / "briefing.pdf", prefer_css_page_size=True)
        browser.close()
    assert asked == [f"file://{tmp_path}/briefing.html"] and wide <= 1280 and narrow <= 375
    data = (tmp_path / "briefing.pdf").read_bytes()
    sizes = {
        tuple(round(float(side)) for side in box) for box in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", data)
    }
    assert sizes <= {(595, 842), (596, 842), (595, 841)} and data.count(b"/Type /Page\n") > 3
    if shutil.which("pdftotext"):  # The words can only be read with it; the rest is checked everywhere.
        words = subprocess.run(
            ["pdftotext", "-layout", tmp_path / "briefing.pdf", "-"], capture_output=True, text=True, check=True
        ).stdout
        pages = words.rstrip("\f").split("\f")
        assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1))
        assert all(
            "Samvad briefing: Events of the series SCO defence ministers since 2022" in page for page in pages[1:]
        )
