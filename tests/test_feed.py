"""The feed of new and changed records, and the history that its times come from."""

from __future__ import annotations

import datetime as dt
import os
import re
import uuid
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from lib.export.feed import MOST, build_feed, entry_id
from lib.filters.selection import select
from lib.history import (
    FILE,
    Correction,
    History,
    Seen,
    Stamp,
    brought_up,
    digests,
    in_words,
    load_history,
    since_it_began,
    stamps,
    written,
)
from lib.links import read_query
from lib.store import Store
from scripts.history import behind
from tests.api_fixture import REAL, client, tiny
from tests.samples import Folder, event_of, real, record, tables_of, text_of

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ASTANA = "2024-04-26-sco-dmm-astana"
NOW, LATER = "2026-01-01T00:00:00Z", "2026-02-01T10:00:00Z"


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    return client(tiny(tmp_path_factory.mktemp("feed") / "data"))


def parsed(body: bytes):
    root = ElementTree.fromstring(body)
    assert root.tag == f"{ATOM}feed"
    return root


def check_rules(root: ElementTree.Element) -> None:
    """What RFC 4287 demands of every feed, by section."""

    def only(parent, name, least=1):
        found = parent.findall(ATOM + name)
        assert least <= len(found) <= 1, (parent.tag, name, len(found))
        return found[0] if found else None

    def links(parent, rel):
        return [one for one in parent.findall(f"{ATOM}link") if one.get("rel", "alternate") == rel]

    ids = []
    for holder in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):  # 4.1.1 and 4.1.2: exactly one of each
            assert only(holder, name).text.strip()
        for name in ("generator", "icon", "logo", "rights", "subtitle", "published", "summary", "content", "source"):
            only(holder, name, least=0)
        for name in ("updated", "published"):  # 3.3: RFC 3339
            found = holder.find(ATOM + name)
            assert found is None or TIME.fullmatch(found.text)
        ids.append(holder.find(f"{ATOM}id").text)
        assert urlsplit(ids[-1]).scheme  # 4.2.6: an absolute IRI
        alternates = [(one.get("type"), one.get("hreflang")) for one in links(holder, "alternate")]
        assert len(alternates) == len(set(alternates))  # 4.1.1, 4.1.2: no two alternates of one type and language
        for one in holder.findall(f"{ATOM}link"):
            assert urlsplit(one.get("href")).scheme in ("http", "https") and not (one.text or "").strip()
        for one in holder.findall(f"{ATOM}category"):
            assert one.get("term")  # 4.2.2.1
    assert len(ids) == len(set(ids))  # 4.2.6: ids differ
    assert len(links(root, "self")) == 1  # 4.1.1: should have one
    authors = root.findall(f"{ATOM}author")
    assert authors and all(only(one, "name").text for one in authors)  # 4.1.1: an author of the feed serves every entry
    for entry in root.findall(f"{ATOM}entry"):
        assert links(entry, "alternate")  # 4.1.2: needed where there is no content


@pytest.mark.parametrize(
    "query", ["", "theme=terrorism", "status=scheduled", "q=unheard-of", "q=%3Cb%3E%26%22", "q=%00%1b"]
)
def test_every_feed_keeps_the_rules_of_atom(api, query):
    answer = api.get(f"/api/feed.atom?{query}")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    check_rules(parsed(answer.content))
    read = feedparser.parse(answer.content)
    assert not read.bozo and read.version == "atom10"
    assert len(read.entries) == api.get(f"/api/events.json?{query}").json()["count"]


@pytest.mark.parametrize("query", ["", "series=sco-dmm", "country=IND,PAK&country_match=all"])
def test_the_real_records_make_a_valid_feed(query):
    data = real()
    link = read_query(query, data.tables)
    selection = select(data.tables, link.filters)
    body = build_feed(selection, stamps(data, load_history(data.folder)), "https://samvad.example/x")
    check_rules(parsed(body))
    read = feedparser.parse(body)
    assert not read.bozo and len(read.entries) == min(MOST, len(selection))
    assert {entry.link.partition("id=")[2] for entry in read.entries} <= set(selection.events["event_id"])
    assert ("100 latest" in read.feed.subtitle) == (len(selection) > MOST)


def test_an_entry_leads_to_its_record_and_names_series_and_themes(api):
    read = feedparser.parse(api.get("/api/feed.atom?country=IND&theme=sovereignty").content)
    [entry] = read.entries
    assert entry.title == '=HYPERLINK("http://evil.example","Defence Ministers")'
    assert entry.link == f"http://testserver/event?id={ASTANA}"
    assert {(tag.scheme.rpartition("#")[2], tag.term) for tag in entry.tags} == {
        ("series", "sco-dmm"),
        ("theme", "cross-border-terrorism"),
        ("theme", "sovereignty"),
    }
    assert entry.summary.startswith("25–26 April 2024, Astana, Kazakhstan. Türkiye's guest")
    assert read.feed.links[0].href == "http://testserver/api/feed.atom?country=IND&theme=sovereignty"
    assert read.feed.link == "http://testserver/?country=IND&theme=sovereignty"


def test_texts_of_records_are_escaped_and_lose_what_no_xml_may_hold():
    tables = tables_of(
        record("2024-04-26-sco-dmm-astana", title='A <b> & "c" ]]> \u2028', summary="One\ttwo</summary><entry>")
    )
    name = str(tables.events["event_id"].iloc[0])
    body = build_feed(
        select(tables, read_query("", tables).filters), {name: Stamp(name, NOW, LATER)}, "https://samvad.example"
    )
    root = parsed(body)
    check_rules(root)
    assert root.find(f"{ATOM}entry/{ATOM}title").text == 'A <b> & "c" ]]> \u2028'
    assert root.find(f"{ATOM}entry/{ATOM}summary").text.endswith("One\ttwo</summary><entry>")


def test_the_id_of_an_entry_stays_on_every_server_and_after_a_renaming(tmp_path, api):
    one = feedparser.parse(api.get("/api/feed.atom?status=scheduled").content).entries[0]
    other = feedparser.parse(
        client(tiny(tmp_path / "data"), "x").get("/x/api/feed.atom?status=scheduled").content
    ).entries[0]
    assert one.id == other.id and uuid.UUID(one.id.removeprefix("urn:uuid:")).version == 5
    before = brought_up(History(), [event_of(record("2024-04-sco-dmm-astana"))], NOW)
    renamed = event_of(record(ASTANA, former_ids=["2024-04-sco-dmm-astana"]))
    after = brought_up(before, [renamed], LATER)
    assert after.records[ASTANA].known_as == "2024-04-sco-dmm-astana" and after.records[ASTANA].first == NOW
    again = brought_up(after, [event_of(record("2024-sco-dmm-astana", former_ids=[ASTANA]))], LATER)
    assert again.records["2024-sco-dmm-astana"].known_as == "2024-04-sco-dmm-astana"


def test_the_etag_of_a_feed_brings_304_until_a_record_changes(tmp_path):
    folder = tiny(tmp_path / "data")
    got = client(folder).get("/api/feed.atom")
    again = client(folder).get("/api/feed.atom", headers={"If-None-Match": got.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    head = client(folder).head("/api/feed.atom")
    assert (
        head.content == b""
        and head.headers["etag"] == got.headers["etag"]
        and int(head.headers["content-length"]) == len(got.content)
    )
    file = folder / "events" / "2023-04-sco-dmm-new-delhi.yaml"
    file.write_text(file.read_text().replace("A month, not a day.", "Another summary."))
    changed = client(folder).get("/api/feed.atom", headers={"If-None-Match": got.headers["etag"]})
    assert changed.status_code == 200 and b"Another summary." in changed.content


def test_a_filter_that_is_not_known_is_refused(api):
    assert api.get("/api/feed.atom?theme=terorism").json()["nearest"] == "terrorism"
    assert api.get("/api/feed.atom?rows=all").status_code == 400


def test_the_latest_changed_come_first(tmp_path):
    names = ["2020-01-01-sco-dmm-a", "2021-01-01-sco-dmm-b", "2022-01-01-sco-dmm-c"]
    tables = tables_of(*(record(name, start=name[:10]) for name in names))
    times = {
        names[0]: Stamp(names[0], NOW, LATER, "Corrected."),
        names[1]: Stamp(names[1], NOW, NOW),
        names[2]: Stamp(names[2], NOW, NOW),
    }
    read = feedparser.parse(build_feed(select(tables, read_query("", tables).filters), times, "https://samvad.example"))
    assert [entry.id for entry in read.entries] == [entry_id(times[name]) for name in (names[0], names[2], names[1])]
    assert (
        read.feed.updated == LATER
        and read.entries[0].summary.startswith("Corrected. ")
        and read.entries[0].published == NOW
    )


def test_a_record_that_the_history_knows_as_it_stands_has_its_times(tmp_path):
    folder = Folder(tmp_path / "data", [record(ASTANA), record("2023-04-28-sco-dmm-delhi", start="2023-04-28")])
    history = brought_up(History(), folder.look().catalog.events, NOW)
    (folder.path / FILE).write_text(written(history))
    assert {stamp.changed for stamp in stamps(folder.look(), load_history(folder.path)).values()} == {NOW}
    os.utime(folder.write(record(ASTANA, summary="They met again.")), (1_900_000_000, 1_900_000_000))
    found = stamps(folder.look(), load_history(folder.path))
    assert found[ASTANA].changed == dt.datetime.fromtimestamp(1_900_000_000, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert found[ASTANA].first == NOW and found["2023-04-28-sco-dmm-delhi"].changed == NOW


def test_of_two_files_with_one_id_the_one_shown_says_whether_the_record_changed(tmp_path):
    folder = Folder(tmp_path / "data")
    for name, summary in ((f"{ASTANA}.yaml", "They met."), (f"copies/{ASTANA}.yaml", "A copy that is set aside.")):
        os.utime(folder.put(name, text_of(record(ASTANA, summary=summary))), (1_700_000_000, 1_700_000_000))
    (folder.path / FILE).write_text(written(brought_up(History(), folder.look().catalog.events, NOW)), "utf-8")
    assert folder.kinds() == [(f"copies/{ASTANA}.yaml", "duplicate-id")] and folder.look().catalog.set_aside == (
        f"copies/{ASTANA}.yaml",
    )
    assert stamps(folder.look(), load_history(folder.path))[ASTANA].changed == NOW
    os.utime(folder.write(record(ASTANA, summary="They met again.")), (1_900_000_000, 1_900_000_000))
    assert stamps(folder.look(), load_history(folder.path))[ASTANA].changed == "2030-03-17T17:46:40Z"


def test_what_was_there_when_the_history_began_is_not_new_but_can_change():
    history = History({name: Seen(NOW, LATER) for name in ("old", "changed")} | {"new": Seen(LATER, LATER)})
    known = {"old": Stamp("old", NOW, NOW), "changed": Stamp("changed", NOW, LATER), "new": Stamp("new", LATER, LATER)}
    assert since_it_began(known, history) == {"changed": ("", LATER), "new": (LATER, LATER)}


def test_without_a_history_the_time_of_the_file_serves(tmp_path):
    folder = Folder(tmp_path / "data", [record(ASTANA)])
    os.utime(folder.events / f"{ASTANA}.yaml", (1_700_000_000, 1_700_000_000))
    assert stamps(folder.look(), load_history(folder.path))[ASTANA] == Stamp(
        ASTANA, "2023-11-14T22:13:20Z", "2023-11-14T22:13:20Z"
    )


def test_without_a_history_the_times_are_made_once(tmp_path):
    snapshot = Store(tiny(tmp_path / "data")).current()
    assert stamps(snapshot, load_history(tmp_path / "data")) is stamps(snapshot, load_history(tmp_path / "data"))


def test_after_an_edit_only_the_edited_record_is_digested_again(tmp_path, monkeypatch):
    folder = tiny(tmp_path / "data")
    store = Store(folder, clock=iter(range(0, 1000, 10)).__next__)
    (folder / "history.yaml").write_text(written(brought_up(History(), store.current().catalog.events, NOW)), "utf-8")
    stamps(store.current(), load_history(folder))
    file = next((folder / "events").glob("*.yaml"))
    file.write_text(file.read_text("utf-8") + "\n# a note\n", "utf-8")
    done = []
    monkeypatch.setattr("lib.history.digests", lambda event: done.append(event.id) or digests(event))
    stamps(store.current(), load_history(folder))
    assert done == [file.stem]


@pytest.mark.parametrize(
    "text",
    ["records: [", "- a", "records: {x: {first: yesterday, changed: today}}", "corrections: [{when: x}]", "\x00", ""],
)
def test_a_history_that_cannot_be_read_is_an_empty_one(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    assert load_history(tmp_path).records == {}


def test_the_history_is_read_as_it_is_written(tmp_path):
    history = brought_up(
        brought_up(History(), real().catalog.events, NOW),
        real().catalog.events[3:],
        LATER,
        'Said "so": {once}, #twice.',
    )
    (tmp_path / FILE).write_text(written(history), encoding="utf-8")
    again = load_history(tmp_path)
    assert (
        again.records == history.records and again.corrections == history.corrections and len(history.corrections) == 3
    )


def test_only_a_change_of_facts_is_a_change():
    plain = event_of(record(ASTANA))
    read_twice = event_of(record(ASTANA, reviewed={"date": "2026-01-01", "by": "a second reader"}))
    assert digests(plain) == digests(read_twice)
    point = {"theme": "sovereignty", "by": "IND", "form": "statement", "point": "Said more.", "sources": ["s1"]}
    changed = event_of(record(ASTANA, themes=[point]))
    history = brought_up(brought_up(History(), [plain], NOW), [changed], LATER)
    assert history.corrections == (Correction(LATER, ASTANA, ("themes",), "Changed: what was said."),)
    assert history.records[ASTANA] == Seen(NOW, LATER, digests(changed))
    assert brought_up(history, [changed], "2026-03-01T00:00:00Z").corrections == history.corrections


def test_the_log_says_what_was_renamed_merged_and_taken_out():
    one, other, third = (
        event_of(record(name, start=name[:10]))
        for name in ("2020-01-01-sco-dmm-a", "2021-01-01-sco-dmm-b", "2022-01-01-sco-dmm-c")
    )
    history = brought_up(History(), [one, other, third], NOW)
    merged = event_of(record("2020-01-01-sco-dmm-a", start="2020-01-01", former_ids=["2021-01-01-sco-dmm-b"]))
    after = brought_up(history, [merged], LATER)
    assert [(entry.record, entry.sentence) for entry in after.corrections] == [
        ("2021-01-01-sco-dmm-b", "Now part of 2020-01-01-sco-dmm-a."),
        ("2022-01-01-sco-dmm-c", "Taken out of the records."),
    ]
    assert in_words(["participants", "sources"]) == "Changed: who came and the sources."


def test_the_shipped_history_is_up_to_date():
    assert behind(load_history(REAL), Store(REAL).current().catalog.events) == [], "run: python -m scripts.history"


def test_an_entry_says_every_place_and_of_none_that_it_was_online(tmp_path):
    places = [{"city": "Osh", "country": "KGZ"}, {"city": "Khujand", "country": "TJK"}]
    texts = {
        name: text_of(record(name, place=None, **more))
        for name, more in (("nowhere", {"mode": "virtual"}), ("two-places", {"places": places}))
    }
    read = feedparser.parse(client(tiny(tmp_path / "data", texts)).get("/api/feed.atom").content)
    assert sorted(entry.summary for entry in read.entries) == [
        "25 April 2024, Osh, Kyrgyzstan and Khujand, Tajikistan. They met.",
        "25 April 2024, online. They met.",
    ]


def test_no_history_stops_a_feed(tmp_path):
    folder = tiny(tmp_path / "data")
    for text in (
        "corrections: [{when: '2024-01-01T00:00:00Z', record: [a], sentence: {b: c}}]",
        "records: " + "[" * 100_000,
        "records: {a: &a {a: *a}}",
    ):
        (folder / "history.yaml").write_text(text)
        assert client(folder).get("/api/feed.atom").status_code == 200
