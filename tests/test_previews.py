"""Link previews: what the server writes into the pages' document, for each address its own."""

from __future__ import annotations

import urllib.error
import urllib.request
from html.parser import HTMLParser

import pytest
from playwright.sync_api import sync_playwright
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from bench.server import serve
from lib.api.previews import DESCRIPTION_LENGTH, TITLE_LENGTH, Preview, filled, preview
from lib.api.routes import routes
from lib.filters.value import Filters
from lib.store import Store
from scripts.shots import chromium, settled
from tests.api_fixture import REAL, tiny
from tests.oracle import Oracle
from tests.samples import real

SHELL = (
    '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title><script src="./static/js/index.js"></script></head>'
    '<body><noscript>Switch it on.</noscript><div id="root"></div></body></html>'
)
PAGES = {"overview": "Overview", "timeline": "Timeline", "event": "Event", "data": "Data"}
ASTANA = "2024-04-26-sco-dmm-astana"
BASE = "https://samvad.example"


class Reader(HTMLParser):
    """A reader of previews: title, meta tags by name or property, links by type, the words without JavaScript."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title, self.meta, self.links, self.tags, self.words = "", {}, {}, [], ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.tags.append(tag)
        if tag == "meta" and ("name" in named or "property" in named):
            self.meta[named.get("name") or named["property"]] = named.get("content")
        elif tag == "link" and named.get("rel") == "alternate":
            self.links[named["type"]] = named["href"]
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            del self.open[self.open.index(tag) :]

    def handle_data(self, data):
        if "title" in self.open:
            self.title += data
        if "noscript" in self.open:
            self.words += data


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tiny(tmp_path_factory.mktemp("previews") / "data")
    rest = Mount(
        "/",
        app=Starlette(
            routes=[
                Route(
                    "/{path:path}", lambda request: PlainTextResponse("the pages' server", 404), methods=["GET", "POST"]
                )
            ]
        ),
    )
    return TestClient(Starlette(routes=[*routes(Store(folder), "", PAGES, SHELL), rest]), follow_redirects=False)


def test_two_links_have_two_descriptions_that_say_what_each_shows(pages):
    one, other = (
        Reader(pages.get(address).text) for address in ("/timeline?series=sco-dmm", "/timeline?theme=terrorism&by=PAK")
    )
    assert one.meta["description"] != other.meta["description"]
    assert one.title == "Timeline: Events of the series SCO defence ministers · Samvad"
    assert (
        one.meta["description"]
        == "Events of the series SCO defence ministers: 2 events from 2023 to 2024, 5 points, 2 sources."
    )
    assert "by Pakistan: 1 event in 2023, 1 point, 1 source." in other.meta["description"]


def test_the_tags_of_previews_say_the_same_as_title_and_description(pages):
    read = Reader(pages.get("/?country=IND").text)
    assert read.meta["og:title"] == read.meta["twitter:title"] == read.title
    assert read.meta["og:description"] == read.meta["twitter:description"] == read.meta["description"]
    assert read.meta["og:url"] == "http://testserver/?country=IND" and read.meta["og:site_name"] == "Samvad"
    assert read.meta["og:type"] == "website" and read.meta["twitter:card"] == "summary"


def test_the_preview_of_a_record_is_its_title_days_place_and_summary(pages):
    read = Reader(pages.get(f"/event?id={ASTANA}").text)
    assert (
        read.title == '=HYPERLINK("http://evil.example","Defence Ministers") · Samvad'
        and read.meta["og:type"] == "article"
    )
    assert read.meta["description"].startswith("25–26 April 2024, Astana, Kazakhstan. Türkiye's guest")
    assert read.links["application/json"] == f"./api/events/{ASTANA}.json"
    former = Reader(pages.get("/event?id=2024-04-sco-dmm-astana").text)
    assert former.title == read.title


def test_the_counts_of_a_description_are_those_of_an_independent_reading():
    oracle = Oracle(REAL / "events", REAL / "vocabulary")
    rows = oracle.tables({"theme": ["sagar"], "from": ["2019"]})
    shown = preview(real(), "timeline", "Timeline", "theme=sagar&from=2019", BASE)
    years = [event["start"][:4] for event in rows["events"]], [event["end"][:4] for event in rows["events"]]
    assert (
        f"{len(rows['events'])} events from {min(years[0])} to {max(years[1])}, {len(rows['mentions'])} points, "
        in shown.description
    )


@pytest.mark.parametrize(
    "text", ['"><script>alert(1)</script>', "</title><h1>x", "</noscript><img src=x>", "\\1 \\g<0> & co", "x\ny"]
)
def test_whatever_stands_in_a_link_stays_text(text):
    shown = Preview(f"Title {text}", f"Description {text}", f"{BASE}/?q={text}", Filters.of({"q": text}))
    read = Reader(filled(SHELL, shown))
    assert read.title == shown.title and read.meta["description"] == shown.description
    assert (
        "h1" in read.tags and read.tags.count("h1") == 1 and "img" not in read.tags and read.tags.count("script") == 1
    )
    assert f"Description {text}" in read.words


def test_hostile_links_give_a_page_all_the_same(pages):
    for query in (
        "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "country=%ff%00",
        "q=%ed%a0%80",
        f"country={'X,' * 4000}",
        "from=2020&to=2019",
        "sel=cell:x",
        "watch=;;%00",
        "id=1&id=2",
    ):
        for page in ("/", "/timeline", "/event"):
            answer = pages.get(f"{page}?{query}")
            read = Reader(answer.text)
            assert answer.status_code == 200 and read.tags.count("script") == 1 and 'id="root"' in answer.text
            assert 0 < len(read.title) <= TITLE_LENGTH and 0 < len(read.meta["description"]) <= DESCRIPTION_LENGTH


def test_what_a_link_asks_for_and_cannot_have_is_said(pages):
    assert (
        "Part of what this link asks for is not known here."
        in Reader(pages.get("/?country=INX").text).meta["description"]
    )
    assert Reader(pages.get("/?q=unheard-of").text).meta["description"].endswith("no event in the records.")


def test_what_is_chosen_on_the_page_comes_first(pages):
    read = Reader(pages.get(f"/timeline?sel=event:{ASTANA}").text)
    assert read.title.startswith("=HYPERLINK") and read.meta["description"].startswith("=HYPERLINK")


def test_without_javascript_the_page_says_what_it_is_and_leads_to_the_api(pages):
    text = pages.get("/timeline?theme=terrorism").text
    assert "Switch it on." not in text and "need JavaScript" in Reader(text).words
    for href in (
        "./api/briefing.html?theme=terrorism",
        "./api/events.csv?theme=terrorism",
        "./api/feed.atom?theme=terrorism",
        "./api/",
    ):
        assert f'<a href="{href}"' in text
        assert pages.get(href.removeprefix(".")).status_code == 200


def test_the_feed_of_the_view_can_be_discovered(pages):
    assert (
        Reader(pages.get("/?country=IND&theme=terrorism").text).links["application/atom+xml"]
        == "./api/feed.atom?country=IND&theme=terrorism"
    )


def test_the_document_is_asked_for_again_and_not_sent_twice(pages):
    got = pages.get("/timeline")
    assert got.headers["cache-control"] == "no-cache" and got.headers["content-type"] == "text/html; charset=utf-8"
    again = pages.get("/timeline", headers={"If-None-Match": got.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    assert pages.get("/timeline?country=IND", headers={"If-None-Match": got.headers["etag"]}).status_code == 200
    head = pages.head("/timeline")
    assert head.status_code == 200 and head.content == b"" and head.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/timeline/", "/timeline/x", "/static/js/index.js", "/_stcore/health", "/timelines", "/favicon.png"],
)
def test_other_paths_are_left_to_the_pages_server(pages, path):
    assert pages.get(path).text == "the pages' server"


def test_other_methods_are_left_to_the_pages_server(pages):
    assert pages.post("/timeline").text == "the pages' server"


def test_an_error_leaves_the_page_as_it_was(pages, monkeypatch, caplog):
    monkeypatch.setattr("lib.api.previews.preview", lambda *_: 1 / 0)
    answer = pages.get("/timeline")
    assert answer.status_code == 200 and answer.text == SHELL and "ZeroDivisionError" in caplog.text


def test_a_document_without_the_usual_places_still_gets_its_tags():
    shown = Preview("A", "B", BASE)
    read = Reader(filled('<html><head></head><body class="x"></body></html>', shown))
    assert read.title == "A" and read.meta["description"] == "B" and "noscript" in read.tags


def _get(address: str, **headers: str):
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, dict(answer.headers.items()), answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, dict(answer.headers.items()), answer.read()


@pytest.mark.parametrize("prefix", ["", "/samvad"])
def test_a_real_server_fills_in_the_tags_and_the_page_still_opens(prefix, tmp_path):
    with serve(REAL.parent / "app.py", prefix=prefix) as server, sync_playwright() as playwright:
        one, other = (
            Reader(_get(f"{server.base}/{view}")[2].decode())
            for view in ("timeline?series=sco-dmm", "themes?theme=sagar")
        )
        assert (
            one.meta["description"] != other.meta["description"]
            and one.meta["og:url"] == f"{server.base}/timeline?series=sco-dmm"
        )
        # Streamlit's own document, its files and its health are as before.
        assert b"<title>Streamlit</title>" in _get(f"{server.base}/no-such-page")[2]
        assert _get(f"{server.base}/_stcore/health")[2] == b"ok"
        script = next(
            part for part in _get(f"{server.base}/")[2].decode().split('"') if part.startswith("./static/js/")
        )
        status, headers, body = _get(f"{server.base}/{script}")
        assert status == 200 and len(body) > 1000 and "javascript" in headers["content-type"]
        status, headers, body = _get(f"{server.base}/timeline", **{"Accept-Encoding": "gzip"})
        assert (
            status == 200
            and headers["content-encoding"] == "gzip"
            and headers["cache-control"] == "no-cache"
            and body[:2] == b"\x1f\x8b"
        )
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{server.base}/timeline?series=sco-dmm")
        settled(page)
        assert page.locator("h1").inner_text() == "Timeline"
        browser.close()
        assert "Traceback" not in server.written()


@pytest.mark.parametrize(
    ("page", "query", "title"),
    [
        ("person", "p=Sergey%20Shoygu", "Sergei Shoigu"),
        ("person", "p=nobody-of-that-name", "Person"),
        ("person", "", "Person"),
        ("country", "c=UZB", "Uzbekistan"),
        ("country", "c=ZZZ", "Country profile"),
        ("timeline", "p=sergei-shoigu&c=UZB", "Timeline"),
    ],
)
def test_a_shared_page_of_a_person_or_a_country_says_whose_it_is(page, query, title):
    names = {"person": "Person", "country": "Country profile", "timeline": "Timeline"}
    assert preview(real(), page, names[page], query, BASE).title.split(" · ")[0] == title
