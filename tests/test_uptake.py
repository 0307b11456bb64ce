"""Paths from statements to joint texts: the rule on small records, the traps in the real ones, and a second count from the YAML."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import plotly.graph_objects as go
import pytest

from lib.analysis.chosen import chosen_rows
from lib.analysis.uptake import STATEMENTS, covered_since, forums, names_a_text, path_marks, paths
from lib.content.uptake import FIRST, choices, default, rows, shown_path, uptake
from lib.figures.uptake import STANDINGS
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.html.uptake import CANNOT
from lib.records.dates import parse_date
from lib.store import SHIPPED, Store
from lib.tables.build import Tables, build_tables
from lib.vocabulary import Vocabulary
from tests.oracle import Oracle, first_day, last_day
from tests.samples import event_of, point, real, record, tables_of, vocabulary
from tests.test_html import checked

SIX = Path(__file__).parent / "fixtures" / "six"
EMPTY = build_tables((), vocabulary())
VK, SCO = "vasudhaiva-kutumbakam", "sco"

TEXT = [
    {
        "id": "s1",
        "kind": "official",
        "publisher": "SCO Secretariat",
        "title": "Joint Communique",
        "url": "https://example.org/a",
    }
]
REPORT = [{**TEXT[0], "kind": "news", "title": "What the communique says"}]


def said(event_id: str, start: str, theme: str = VK, by: str = "IND", form: str = "statement", **more):
    return record(event_id, start=start, themes=[point(theme, by, form)], **more)


def text(event_id: str, start: str, theme: str = VK, sources=TEXT, **more):
    return record(event_id, start=start, themes=[point(theme, "joint", "joint-document")], sources=sources, **more)


def covered(*records, since: str = "2001-06-15") -> Tables:
    """Tables under a vocabulary in which the defence ministers' series is covered since the founding of the organization."""
    entries = {
        **vocabulary().entries,
        "series": {
            **vocabulary()["series"],
            "sco-dmm": replace(vocabulary()["series"]["sco-dmm"], covered_from=parse_date(since)),
        },
    }
    events = sorted(map(event_of, records), key=lambda event: (event.start.first, event.id))
    return build_tables(events, Vocabulary(entries))


def path_of(tables: Tables, theme: str = VK, forum: str = SCO):
    return paths(tables)[theme, forum]


def test_a_path_is_shown_where_all_four_conditions_are_met():
    path = path_of(
        covered(text("older", "2019-05-01", "climate"), said("raised", "2023-04-27"), text("taken", "2024-04-26"))
    )
    assert path.standing == "shown" and all(path.conditions.values())
    assert (path.statement.event, path.statement.by, path.text.event, path.text.cited) == (
        "raised",
        ("IND",),
        "taken",
        True,
    )
    assert (path.earlier, path.earlier_cited, path.uncovered) == (1, 1, ())


@pytest.mark.parametrize(
    ("records", "unmet"),
    [
        ([said("raised", "2023"), text("taken", "2024", sources=REPORT)], "cited"),
        (
            [
                said("raised", "2023"),
                text("taken", "2024", sources=[{**TEXT[0], "title": "Press release on the meeting"}]),
            ],
            "cited",
        ),
        (
            [
                said("raised", "2023"),
                text("taken", "2024", sources=[{**TEXT[0], "title": "Press statement: Joint Communique adopted"}]),
            ],
            "cited",
        ),
        ([text("older", "2019", "climate", sources=REPORT), said("raised", "2023"), text("taken", "2024")], "earlier"),
        (
            [
                record(
                    "older",
                    start="2019",
                    themes=[],
                    outcomes=[{"form": "declaration", "title": "D", "themes": ["climate"], "sources": ["s1"]}],
                    sources=TEXT,
                ),
                said("raised", "2023"),
                text("taken", "2024"),
            ],
            "earlier",
        ),
        ([said("raised", "2023"), text("taken", "2024"), record("other", start="2025", series="sco-cfm")], "founding"),
    ],
)
def test_one_condition_that_is_not_met_makes_it_first_in_our_records(records, unmet):
    path = path_of(covered(*records))
    assert path.standing == "first-in-records" and [name for name, met in path.conditions.items() if not met] == [unmet]


def test_a_series_that_is_covered_later_than_the_founding_hides_older_texts():
    path = path_of(covered(said("raised", "2023"), text("taken", "2024"), since="2015"))
    assert path.uncovered == ("sco-dmm",) and path.standing == "first-in-records"


@pytest.mark.parametrize(
    ("statement", "taken", "before"),
    [
        ("2024-04-25", "2024-04-26", True),
        ("2024-04-26", "2024-04-26", False),
        ("2024-04", "2024-04-26", False),
        ("2024-03", "2024-04-26", True),
        ("2024-05", "2024-04", False),
    ],
)
def test_a_statement_comes_first_only_where_its_last_day_lies_before_the_text(statement, taken, before):
    path = path_of(covered(said("a", statement), text("b", taken)))
    assert path.before == before and path.standing == ("shown" if before else "text-first")


def test_any_statement_that_surely_lies_before_the_text_begins_the_path():
    path = path_of(
        covered(
            said("month", "2024-04", by="CHN"),
            said("day", "2024-04-10"),
            said("later", "2024-04-12", by="RUS"),
            text("taken", "2024-04-20"),
        )
    )
    assert (
        path.before
        and path.standing == "shown"
        and (path.statement.event, path.statement.by, path.statements) == ("day", ("IND",), 3)
    )
    path = path_of(covered(said("month", "2024-04", by="CHN"), said("day", "2024-04-20"), text("taken", "2024-04-20")))
    assert path.standing == "text-first" and path.statement.event == "month", (
        "where none does, the first of all is named"
    )


def test_what_is_no_statement_of_a_state_starts_no_path():
    tables = covered(
        said("agenda", "2020", form="agenda"),
        said("some", "2021", form="joint-document"),
        said("secretariat", "2021-06", by="sco-secretariat"),
        said("announced", "2022", status="scheduled"),
        said("elsewhere", "2022-06", series="quad"),
        text("taken", "2024"),
    )
    path = path_of(tables)
    assert path.statement is None and path.standing == "text-first" and path.statements == 0


def test_an_outcome_that_names_the_theme_is_a_joint_text_and_an_agreement_is_none():
    outcome = {"form": "declaration", "title": "D", "themes": [VK], "sources": ["s1"]}
    tables = covered(
        said("raised", "2020"),
        record("named", start="2021", themes=[], outcomes=[outcome], sources=TEXT),
        text("later", "2024"),
    )
    assert path_of(tables).text.event == "named" and path_of(tables).texts == 2
    assert path_marks(tables.mentions, tables, VK, SCO)["event_id"].tolist() == ["raised", "later"]
    marks = path_marks(tables.mentions, tables, VK, SCO, {"named", "later"})
    assert list(zip(marks["event_id"], marks["points"], strict=True)) == [("raised", 1), ("named", 0), ("later", 1)]
    tables = covered(
        said("raised", "2020"),
        record("bound", start="2021", themes=[], outcomes=[{**outcome, "form": "agreement"}], sources=TEXT),
    )
    assert path_of(tables).standing == "no-text"


def test_a_theme_includes_those_below_it():
    tables = covered(said("raised", "2020", "ccit"), text("taken", "2024", "cross-border-terrorism"))
    assert path_of(tables, "terrorism").standing == "shown" and path_of(tables, "ccit").standing == "no-text"
    assert path_of(tables, "cross-border-terrorism").standing == "text-first"


def test_the_forum_of_a_series_is_the_body_whose_members_it_calls_together():
    found = forums(real().tables)
    assert (found["sco-dmm"], found["sco-rats-council"], found["admm-plus"], found["asean-india-dmm"]) == (
        "sco",
        "sco",
        "admm-plus",
        "asean",
    ) and "india-bilateral" not in found
    day, late = covered_since(real().tables, "admm-plus")
    assert str(day.date()) == "2010-10-12" and late == ()
    assert (
        "sco-cfm" in covered_since(real().tables, "sco")[1]
        and "sco-exercise" not in covered_since(real().tables, "sco")[1]
    )


@pytest.mark.parametrize(
    ("kind", "title", "named"),
    [
        ("official", "Dushanbe Declaration by the Heads of the Member States", True),
        ("official", "Joint Communiqué following the 21st Meeting", True),
        ("official", "Joint Statement by The ADMM-Plus Defence Ministers", True),
        ("official", "Press release on the meeting", False),
        ("official", "Press Statement: Joko Widodo on the Jakarta Concord", False),
        ("official", "Transcript of Special Briefing", False),
        ("official", "Kremlin report on the SCO summit", False),
        ("official", "Statement of President Karimov after the Tashkent summit", False),
        ("news", "Full text of the Declaration", False),
        ("wire", "Joint Statement", False),
    ],
)
def test_a_source_names_a_text_where_it_is_official_and_its_title_does(kind, title, named):
    assert names_a_text(kind, title) is named


def test_the_examples_of_the_methods():
    tables = Store(SIX).current().tables
    path = path_of(tables)
    assert (path.statement.event, path.statement.by, path.statements) == ("2018-04-24-sco-dmm-beijing-six", ("IND",), 2)
    assert (path.text.event, path.text.cited, path.texts, path.earlier, path.earlier_cited) == (
        "2024-04-26-sco-dmm-astana-six",
        True,
        1,
        2,
        2,
    )
    assert (
        path.conditions == {"statement": True, "cited": True, "founding": False, "earlier": True}
        and path.standing == "first-in-records"
    )
    assert (
        path_of(tables, "terrorism").standing == "text-first" and path_of(tables, "afghanistan").standing == "no-text"
    )


@lru_cache(maxsize=1)
def oracle() -> Oracle:
    return Oracle(SHIPPED / "events", SHIPPED / "vocabulary")


def firsts(theme: str, forum: str) -> tuple[dict | None, dict | None]:
    """The events of the first statement of a state - that surely lies before the text, where one does - and of the first joint text, straight from the records."""
    below, joint_forms = (
        oracle().with_children(theme),
        {word for word, form in oracle().words["outcome-forms"].items() if form.get("joint_text")},
    )
    statements, text_ = [], None
    for event in oracle().events:
        series = oracle().words["series"][event["series"]]
        if event["status"] != "held" or (series.get("eligibility") or series.get("organization")) != forum:
            continue
        for mention in event["themes"]:
            if mention["theme"] in below:
                if mention["form"] in STATEMENTS and mention["by"] in oracle().words["countries"]:
                    statements.append(event)
                if mention["by"] == "joint" and mention["form"] == "joint-document":
                    text_ = text_ or event
        if any(o["form"] in joint_forms and below & set(o.get("themes", [])) for o in event["outcomes"]):
            text_ = text_ or event
    sure = [event for event in statements if text_ and last_day(event["end"]) < first_day(text_["start"])]
    return next(iter([*sure, *statements]), None), text_


def test_every_path_begins_and_arrives_where_the_yaml_says():
    found = paths(real().tables)
    assert len(found) > 100
    for (theme, forum), path in found.items():
        statement, text_ = firsts(theme, forum)
        assert (path.statement.event if path.statement else None) == (statement and statement["id"])
        assert (path.text.event if path.text else None) == (text_ and text_["id"])
        assert path.before == bool(statement and text_ and last_day(statement["end"]) < first_day(text_["start"]))


def test_when_cross_border_terrorism_entered_sco_joint_texts():
    path = path_of(real().tables, "cross-border-terrorism")
    assert (
        path.text.event == firsts("cross-border-terrorism", SCO)[1]["id"] == "2018-06-10-sco-summit-qingdao"
        and path.before
    )
    assert path.standing == "first-in-records", "the foreign ministers' older texts are not covered"


def test_the_comprehensive_convention_is_not_taken_for_an_uptake_of_2018():
    """The foreign ministers had urged it in November 2002, long before any statement that the records have."""
    path = path_of(real().tables, "ccit")
    assert path.text.event == "2002-11-23-sco-cfm-moscow" and not path.before and path.standing == "text-first"


def test_vasudhaiva_kutumbakam_is_told_as_the_records_have_it():
    path = path_of(real().tables)
    assert (path.statement.event, path.statement.by, path.text.event) == (
        "2023-04-28-sco-dmm-new-delhi",
        ("IND",),
        "2024-04-26-sco-dmm-astana",
    )
    page = uptake(select(real().tables, Filters()), FIRST, None)
    kinds = {
        source["kind"]
        for event in oracle().events
        if event["id"] == path.text.event
        for mention in event["themes"]
        if mention["theme"] == VK
        for source in event["sources"]
        if source["id"] in mention["sources"]
    }
    if "official" not in kinds:
        assert (
            not path.text.cited
            and "first in our records" in page.chart.title
            and "itself is not cited: our records have it from" in page.checks
        )
    assert "because of" in CANNOT and not re.search(r"\b\d+ (days|months|years)\b", page.chart.title + page.checks)


def test_no_filter_changes_what_is_claimed():
    for filters in ({}, {"from": "2020"}, {"by": ["IND"]}, {"series": ["sco-summit"]}, {"theme": ["terrorism"]}):
        selection = select(real().tables, Filters.of(filters))
        page = uptake(selection, "terrorism@sco", None)
        assert page.chart.title == uptake(select(real().tables, Filters()), "terrorism@sco", None).chart.title
        left = len(rows(select(real().tables, Filters()), "terrorism@sco")) - len(rows(selection, "terrorism@sco"))
        assert ("not pass the filters" in page.chart.subtitle) == bool(left)


def joint_here(name: str) -> set[str]:
    """The events of the path's forum with a joint text on its theme."""
    theme, forum = name.split("@")
    marks = path_marks(real().tables.mentions, real().tables, theme, forum, set(real().tables.events["event_id"]))
    return set(marks["event_id"][marks["joint"] & marks["here"]])


@pytest.mark.parametrize(
    "name",
    [
        FIRST,
        "terrorism@sco",
        "missile-defence@sco",
        "secure@sco",
        "maritime-security@admm-plus",
        "indo-pacific@quad",
        "vasudhaiva-kutumbakam@g20",
    ],
)
def test_the_chart_of_a_path_is_a_valid_figure_whose_marks_lead_to_their_points(name):
    selection = select(real().tables, Filters())
    page = uptake(selection, name, None)
    go.Figure(page.chart.spec)
    for html in (page.checks, page.points, page.table):
        checked(html)
    keys = [row[0] for trace in page.chart.spec["data"] for row in trace.get("customdata", ())]
    assert len(keys) == len(page.chart.table) and page.chart.alt.endswith(".")
    for key in keys[::7]:
        chosen = chosen_rows(selection, f"point:{key}")
        assert chosen.events["event_id"].tolist() == [key.split("@")[2]] and not chosen.doubt
    theme, forum = name.split("@")
    drawn = page.chart.table.query("lane == 'Joint texts'")
    assert len(drawn) == paths(real().tables)[theme, forum].texts and set(drawn["event"]) == joint_here(name)
    pointed = int(page.chart.table["points"].sum())
    assert pointed == len(rows(selection, name)), "every point of the rows is in one mark"


@pytest.mark.parametrize(
    "tables",
    [EMPTY, tables_of(record("bare", themes=[])), tables_of(record("free", series="other"))],
    ids=["empty", "no points", "no forum"],
)
def test_without_a_path_there_is_none_to_choose(tables):
    selection = select(tables, Filters())
    assert choices(selection) == {} and default(selection) is None and shown_path(selection, "x@y") is None


def test_one_point_is_a_path_of_one_mark():
    selection = select(tables_of(record("one")), Filters())
    assert list(choices(selection)) == ["terrorism@sco"]
    page = uptake(selection, "terrorism@sco", None)
    go.Figure(page.chart.spec)
    assert len(page.chart.table) == 1 and "in no joint text in our records" in page.chart.title and page.checks == ""


def test_the_path_of_an_address_is_shown_and_else_that_of_the_theme_filter():
    selection = select(real().tables, Filters())
    assert shown_path(selection, "ccit@sco") == "ccit@sco" and shown_path(selection, "zzz@sco") == FIRST == default(
        selection
    )
    assert default(select(real().tables, Filters.of({"theme": ["ccit"]}))).startswith("ccit@")


@pytest.mark.parametrize(
    "sel",
    [
        "point:",
        "point:ccit",
        "point:ccit@IND",
        "point:ccit@IND@nothing",
        "point:zzz@IND@2018-04-24-sco-cfm-beijing",
        "point:ccit@zzz@2018-04-24-sco-cfm-beijing",
    ],
)
def test_a_mark_that_is_none_is_said(sel):
    assert chosen_rows(select(real().tables, Filters()), sel).doubt


def test_every_standing_has_words():
    assert set(STANDINGS) == {path.standing for path in paths(real().tables).values()} | {"shown"}
