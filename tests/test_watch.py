"""What is watched each week: what comes next, who stayed away or stood aside, what was checked, saved filters, the correction log."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.analysis.coverage import coverage
from lib.analysis.watch import (
    absent_or_by_video,
    announced,
    checked,
    held_by_video,
    of_unknown_roster,
    passages_of_some,
    since_day,
    stood_aside,
    watched,
    without_joint_text,
)
from lib.content.overview import overview
from lib.content.watch import watch_page
from lib.filters.selection import select
from lib.filters.table import FILTERS
from lib.filters.value import Filters
from lib.html.lists import brief_list, events_list
from lib.html.record import facts
from lib.html.watch import away, correction_log
from lib.links import address, read_link, read_query
from lib.watchlist import ALL, MOST, read_watch, write_watch
from tests.api_fixture import REAL
from tests.oracle import Oracle
from tests.samples import Folder, came, event_of, point, real, record, stayed_away, tables_of

TODAY = dt.date(2026, 6, 1)
CHOICES = {
    "country": ["IND", "CHN", "a;b", "ü&=%"],
    "theme": ["sagar", "terrorism"],
    "q": ["two words; and more", "x=y&z", "all"],
    "from": ["2017", "2024-04"],
}


def selected(*records, query: str = ""):
    tables = tables_of(*records)
    return select(tables, read_query(query, tables).filters)


@pytest.fixture(scope="module")
def oracle():
    return Oracle(REAL / "events", REAL / "vocabulary")


_FILTERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=1 if name in ("q", "from") else 3, unique=True)
        for name, values in CHOICES.items()
    },
).map(Filters.of)


@settings(deadline=None)
@given(st.lists(_FILTERS, max_size=MOST, unique=True))
def test_a_watch_list_is_read_as_it_was_written(saved):
    found, more = read_watch(write_watch(saved), real().tables)
    assert [filters for filters, _ in found] == saved and more == 0


@settings(deadline=None)
@given(st.lists(_FILTERS, min_size=1, max_size=4, unique=True))
def test_a_watch_list_survives_an_address(saved):
    link = read_query(address("./watch", Filters(), {"watch": write_watch(saved)}).partition("?")[2], real().tables)
    assert [filters for filters, _ in read_watch(link.setting("watch") or "", real().tables)[0]] == saved


def test_what_stands_in_a_watch_list_and_is_not_known_is_said():
    found, more = read_watch("country=XX;;series=sco-dmm;contry=IND;series=sco-dmm;" + ALL, real().tables)
    assert [bool(doubts) for _, doubts in found] == [True, False, True] and more == 0
    assert found[2][0] == Filters()  # an unknown parameter limits nothing; "all" after it is the same
    found, more = read_watch(";".join(f"q=word{number}" for number in range(MOST + 3)), real().tables)
    assert len(found) == MOST and more == 3


def test_a_saved_filter_counts_what_is_new_since_the_day(oracle):
    query = "theme=terrorism&by=IND"
    tables = real().tables
    filters = read_query(query, tables).filters
    rows = [
        event for event in oracle.tables({"theme": ["terrorism"], "by": ["IND"]})["events"] if event["status"] == "held"
    ]
    since = dt.date(2025, 9, 1)
    before, after = "2025-08-31T23:59:59Z", "2025-10-01T00:00:00Z"
    stamps = {
        row["event_id"]: times
        for row, times in zip(rows, ((before, after), (before, before), (after, after), (after, after)), strict=False)
    }
    one = watched(filters, (), tables, stamps, since, TODAY)
    past = [event for event in rows if event["first_day"] <= TODAY.isoformat()]
    assert one.since == sum(event["last_day"] >= since.isoformat() for event in past) > 0
    assert (
        one.newest == past[-1]["event_id"]
        and (one.new, one.changed) == (2, 1)
        and one.events == len(oracle.tables({"theme": ["terrorism"], "by": ["IND"]})["events"])
    )


def test_a_selection_without_events_has_no_newest_one():
    one = watched(Filters.of({"q": "no-such-word-anywhere"}), (), real().tables, {}, TODAY, TODAY)
    assert (one.events, one.since, one.new, one.changed, one.newest) == (0, 0, 0, 0, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02", dt.date(2026, 3, 2)),
        ("2026-03", dt.date(2026, 3, 1)),
        ("2025", dt.date(2025, 1, 1)),
        (None, dt.date(2026, 5, 2)),
    ],
)
def test_the_day_of_news_takes_the_three_forms_of_a_date(text, day):
    assert since_day(text, TODAY) == (day, "")


def test_a_day_of_news_that_is_no_date_is_said():
    day, doubt = since_day("soon", TODAY)
    assert day == dt.date(2026, 5, 2) and "'soon' is no date" in doubt


def test_absences_and_delegations_by_video_are_those_of_the_records(oracle):
    tables = real().tables
    rows = absent_or_by_video(select(tables, Filters()))
    expected = sorted(
        (event["id"], p.get("country") or p.get("organization"))
        for event in oracle.events
        for p in event["participants"]
        if not p.get("attended", True)
        or (p.get("mode") == "virtual" and event["mode"] != "virtual" and event["status"] == "held")
    )
    assert (
        sorted(
            (row.event_id, row.country if isinstance(row.country, str) else row.organization)
            for row in rows.itertuples()
        )
        == expected
    )


def test_at_a_meeting_by_video_nobody_is_by_video_apart():
    selection = selected(
        record(
            "2020-01-01-sco-dmm-a",
            start="2020-01-01",
            mode="virtual",
            participants=[came("IND", mode="virtual"), stayed_away("PAK")],
        ),
        record(
            "2021-01-01-sco-dmm-b",
            start="2021-01-01",
            mode="hybrid",
            roster="partial",
            participants=[came("IND", mode="virtual"), came("CHN")],
        ),
    )
    assert [(row.event_id, row.country) for row in absent_or_by_video(selection).itertuples()] == [
        ("2020-01-01-sco-dmm-a", "PAK"),
        ("2021-01-01-sco-dmm-b", "IND"),
    ]
    assert held_by_video(selection) == 1 and of_unknown_roster(selection) == 1


def test_at_the_events_that_one_country_attended_the_absences_of_others_are_listed():
    selection = selected(
        record(
            "2020-01-01-sco-dmm-a",
            start="2020-01-01",
            mode="hybrid",
            participants=[came("IND"), came("CHN", mode="virtual"), stayed_away("PAK")],
        ),
        record("2021-01-01-sco-dmm-b", start="2021-01-01", participants=[came("CHN"), stayed_away("PAK")]),
        query="country=IND",
    )
    assert list(absent_or_by_video(selection)["country"]) == ["CHN", "PAK"]


@pytest.mark.parametrize(
    ("number", "fold"),
    [(1, ""), (3, ""), (4, "<details><summary>4 sources</summary>"), (18, "<details><summary>18 sources</summary>")],
)
def test_the_sources_of_an_entry_stand_open_up_to_three_and_more_are_in_a_fold(number, fold):
    sources = [
        {
            "id": f"s{one}",
            "kind": "official",
            "publisher": f"Office {one}",
            "title": "Readout",
            "url": f"https://example.org/{one}",
        }
        for one in range(1, number + 1)
    ]
    selection = selected(
        record(
            "2020-01-01-sco-dmm-a", start="2020-01-01", participants=[came("IND"), stayed_away("PAK")], sources=sources
        )
    )
    absent = away(absent_or_by_video(selection), selection.tables, str)[0]
    assert f'{fold}<span class="sources">' in absent and absent.count("<details>") == absent.count(
        "</details>"
    ) == bool(fold)
    assert absent.count('href="https://example.org/') == number


def test_passages_that_only_some_supported_are_those_coded_by_country(oracle):
    rows = passages_of_some(select(real().tables, Filters()))
    expected: dict[tuple, dict] = {}
    for event in oracle.events:
        for mention in event["themes"]:
            if mention["form"] == "joint-document" and mention["by"] != "joint":
                expected.setdefault((event["id"], mention["theme"]), {})[mention["by"]] = None
    assert {(row.event_id, row.theme): row.supporters for row in rows.itertuples()} == {
        key: list(own) for key, own in expected.items()
    } and expected


def test_meetings_without_a_joint_text_are_those_of_which_a_source_says_so(oracle):
    rows = without_joint_text(select(real().tables, Filters()))
    said = [
        event["id"]
        for event in oracle.events
        if any(outcome["form"] == "no-joint-document" for outcome in event["outcomes"])
    ]
    wanted = [
        event["id"]
        for event in oracle.events
        if event["status"] == "held"
        and (event["id"] in said or oracle.rows(event)["events"][0]["joint_document"] == "no")
    ]
    assert list(rows["event_id"]) == wanted and said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("India did not sign the text. It met.", ["India did not sign the text."]),
        ("Did not endorse it; said more.", ["Did not endorse it;"]),
        ("Dissociated itself from one passage.", ["Dissociated itself from one passage."]),
        ("Asked for cooperation without reservation.", []),
        ("Signed the text.", []),
        ("It names eight members, without India.", ["It names eight members, without India."]),
    ],
)
def test_sentences_that_may_say_that_somebody_stood_aside_are_found(text, found):
    selection = selected(
        record("2024-04-25-sco-dmm-a", themes=[point("terrorism", text=text), point("sovereignty", text=text)])
    )
    assert list(stood_aside(selection)["sentence"]) == found


def test_what_is_announced_and_what_was_never_reported_are_told_apart():
    selection = selected(
        *(
            record(f"{day}-sco-dmm-a", start=day, status=status)
            for day, status in (
                ("2026-05-31", "scheduled"),
                ("2026-06-01", "scheduled"),
                ("2026-09-01", "scheduled"),
                ("2026-06-02", "held"),
            )
        )
    )
    ahead, past = announced(selection, TODAY)
    assert [list(frame["start"]) for frame in (ahead, past)] == [["2026-06-01", "2026-09-01"], ["2026-05-31"]]


@pytest.mark.parametrize(("today", "ahead"), [("2026-05-02", True), ("2026-07-01", True), ("2026-07-02", False)])
def test_every_page_reads_alike_whether_an_event_of_uncertain_days_is_ahead(today, ahead):
    values = record("2026-05-01-sco-dmm-a", start="2026-05-01", latest="2026-07-01", status="scheduled")
    selection, day, words = (
        selected(values),
        dt.date.fromisoformat(today),
        "Scheduled" if ahead else "Announced, no report",
    )
    assert [len(frame) for frame in announced(selection, day)] == ([1, 0] if ahead else [0, 1])
    following = values["id"] if ahead else None
    assert checked([event_of(values)], selection, real().vocabulary, day)["next"].tolist() == [following]
    assert coverage(selection.events, real().vocabulary, day)["next"].tolist() == ["2026-05-01" if ahead else None]
    assert bool(overview(selection, day).coming) == ahead
    for html in (
        facts(event_of(values), real().vocabulary, day),
        brief_list(selection.events, selection.tables, str, day),
        events_list(selection.events, selection.tables, str, day),
    ):
        assert words in html


def test_what_was_checked_last_is_told_by_series():
    records = [
        record("2024-04-25-sco-dmm-a", reviewed={"date": "2026-02-01", "by": "x"}),
        record("2025-04-25-sco-dmm-b", start="2025-04-25", reviewed={"date": "2026-01-01", "by": "x"}),
        record("2027-04-25-sco-dmm-c", start="2027-04-25", status="scheduled"),
        record("2024-07-04-sco-summit-d", series="sco-summit", start="2024-07-04"),
    ]
    rows = checked([event_of(one) for one in records], selected(*records), real().vocabulary, TODAY)
    assert rows.to_dict("records") == [
        {
            "series": "sco-dmm",
            "label": "SCO Defence Ministers' Meeting",
            "records": 3,
            "latest": "2025-04-25-sco-dmm-b",
            "next": "2027-04-25-sco-dmm-c",
            "reviewed": 2,
            "checked": "2026-02-01",
        },
        {
            "series": "sco-summit",
            "label": "SCO Council of Heads of State",
            "records": 1,
            "latest": "2024-07-04-sco-summit-d",
            "next": None,
            "reviewed": 0,
            "checked": None,
        },
    ]


@pytest.mark.parametrize("query", ["", "country=IND", "q=unheard-of", "series=sco-dmm"])
def test_the_page_stands_for_any_selection(query):
    data = real()
    shown = watch_page(select(data.tables, read_query(query, data.tables).filters), data.catalog, TODAY)
    for html in (shown.coming, shown.absent, shown.video, shown.no_text, shown.passages, shown.aside, shown.checked):
        assert html.count("<ul") == html.count("</ul") and html


def test_texts_of_records_are_escaped_and_entries_lead_to_their_sources(tmp_path):
    bad = "<script>x</script> did not sign it"
    folder = Folder(
        tmp_path / "data",
        [
            record(
                "2024-04-25-sco-dmm-a",
                title=bad,
                summary=f"{bad}.",
                mode="hybrid",
                participants=[came("IND", name=bad, mode="virtual"), stayed_away("PAK")],
                themes=[point("terrorism", form="joint-document", text=f"{bad}.")],
                outcomes=[{"form": "no-joint-document", "title": bad, "themes": [], "sources": ["s1"]}],
            )
        ],
    )
    data = folder.look()
    shown = watch_page(select(data.tables, Filters()), data.catalog, TODAY)
    for html in (shown.absent, shown.video, shown.no_text, shown.passages, shown.aside):
        assert "<script" not in html and "&lt;script&gt;" in html and "https://example.org/a" in html
    log = correction_log(
        [("2026-01-01T00:00:00Z", "2024-04-25-sco-dmm-a", bad), ("2026-01-01T00:00:00Z", "gone", "Taken out.")],
        data.tables,
        lambda event: f"./event?id={event}",
    )
    assert "<script" not in log and log.count("<a ") == 1 and "gone: Taken out." in log


def test_the_settings_of_the_page_are_known_to_every_link():
    link = read_link([("watch", "country=IND;all"), ("since", "2026-03")], real().tables)
    assert link.doubts == () and link.settings == {"watch": "country=IND;all", "since": "2026-03"}
    assert {"watch", "since"}.isdisjoint(row.parameter for row in FILTERS)
