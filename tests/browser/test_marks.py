"""Every mark leads to its records, every record to its sources."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from playwright.sync_api import expect

from lib.content.lists import NEWEST
from tests.browser.conftest import SHIPPED
from tests.browser.person import Person
from tests.oracle import Oracle

ASTANA = "2024-04-26-sco-dmm-astana"
TITLE = "SCO Defence Ministers' Meeting, Astana 2024"
ONLY_THESE = re.compile("^Show only these$|: show all$")
"""The links that lead from a panel to all that it stands for."""


def test_a_mark_on_the_timeline_leads_to_its_event_then_to_its_sources_and_back(people: Callable[..., Person]) -> None:
    person = people()
    person.open("timeline?series=sco-dmm")
    person.click_mark("timeline", ASTANA)
    person.address_becomes(series="sco-dmm", sel=f"event:{ASTANA}", on="timeline")
    expect(person.chosen).to_contain_text(TITLE)
    person.page.reload()
    person.settle()
    expect(person.chosen).to_contain_text(TITLE)
    other = people()
    other.open(person.page.url)
    expect(other.chosen).to_contain_text(TITLE)

    person.chosen.get_by_role("link", name="Read the record").click()
    person.address_becomes(series="sco-dmm", id=ASTANA)
    expect(person.title).to_have_text(TITLE)
    record = yaml.safe_load((SHIPPED / "events" / f"{ASTANA}.yaml").read_text("utf-8"))
    assert person.main.locator("ol.sourcelist a").evaluate_all("all => all.map(a => a.getAttribute('href'))") == [
        s["url"] for s in record["sources"]
    ]
    urls = {source["id"]: source["url"] for source in record["sources"]}
    said = person.main.locator("ul.points.own li").evaluate_all(
        "all => all.map(li => [li.innerText, [...li.querySelectorAll('.sources a')].map(a => a.getAttribute('href'))])"
    )
    claims = {mention["point"]: mention["sources"] for mention in record["themes"]} | {
        o["title"]: o["sources"] for o in record["outcomes"]
    }
    assert len(said) == len(record["themes"]) + len(record["outcomes"])
    for text, links in said:
        sources = next(sources for claim, sources in claims.items() if claim in text)
        assert links == [urls[key] for key in sources]
    person.page.go_back()
    person.address_becomes(series="sco-dmm", sel=f"event:{ASTANA}", on="timeline")
    expect(person.chosen).to_contain_text(TITLE)
    person.page.go_back()
    person.address_becomes(series="sco-dmm")
    expect(person.chosen).to_have_count(0)


@pytest.mark.parametrize(
    "address",
    [
        "participants?sel=country:IND",
        f"participants?sel=cell:IND@{ASTANA}",
        "themes?sel=theme:terrorism",
        f"timeline?sel=event:{ASTANA}",
        f"representation?sel=cell:IND@{ASTANA}",
        "?sel=year:2024:sco",
    ],
)
def test_a_choice_without_the_chart_on_which_it_was_made_is_shown_once(person: Person, address: str) -> None:
    person.open(address)
    expect(person.chosen).to_have_count(1)


def test_the_choice_can_be_closed(person: Person) -> None:
    person.open(f"timeline?sel=event:{ASTANA}&on=timeline")
    person.chosen.get_by_role("button", name="Close").click()
    person.address_becomes()
    expect(person.chosen).to_have_count(0)
    person.click_mark("timeline", ASTANA)
    person.address_becomes(sel=f"event:{ASTANA}", on="timeline")
    person.chosen.get_by_role("button", name="Close").click()
    person.address_becomes()
    expect(person.chosen).to_have_count(0)


def test_a_record_reached_with_filters_of_points_leads_to_the_first_that_passes_them(
    person: Person, oracle: Oracle
) -> None:
    person.open(f"event?theme=terrorism&id={ASTANA}")
    passing = [row for row in oracle.tables({"theme": ["terrorism"]})["mentions"] if row["event_id"] == ASTANA]
    marked = person.main.locator("ul.points li.asked")
    expect(marked).to_have_count(len(passing))
    assert marked.first.evaluate("e => getComputedStyle(e).borderLeftWidth") == "5px"
    person.main.get_by_role("link", name=re.compile(rf"^{len(passing)} of \d+ points pass the filters$")).click()
    expect(marked.first).to_be_in_viewport()
    assert person.page.url.endswith("#first-asked") and person.query["theme"] == "terrorism"
    person.open(f"event?id={ASTANA}")
    expect(marked).to_have_count(0)


def drawn(person: Person, chart: str) -> list[object]:
    """How the marks of a chart are drawn, trace by trace."""
    return person.page.locator(f".st-key-chart-{chart} .js-plotly-plot").evaluate(
        "plot => plot.data.map(trace => trace.marker ?? {})"
    )


@pytest.mark.parametrize(
    ("page", "kind", "mark", "other", "charts"),
    [
        ("themes", "theme", "terrorism", "military-cooperation", ("often",)),
        ("participants", "country", "IND", "PAK", ("ranking", "map")),
    ],
)
def test_the_choice_of_an_address_is_marked_and_one_made_here_changes_no_figure(
    person: Person, page: str, kind: str, mark: str, other: str, charts: tuple[str, ...]
) -> None:
    first = charts[0]
    person.open(page)
    plain = [drawn(person, chart) for chart in charts]
    person.click_mark(first, mark)
    person.address_becomes(sel=f"{kind}:{mark}", on=first)
    assert [drawn(person, chart) for chart in charts] == plain
    person.open(f"{page}?sel={kind}:{mark}&on={first}")
    marked = [drawn(person, chart) for chart in charts]
    assert all(one != before for one, before in zip(marked, plain, strict=True))
    assert {row for marker in marked[0] for row in marker["opacity"]} == {1, 0.4}  # type: ignore[index]
    person.click_mark(first, other)
    person.address_becomes(sel=f"{kind}:{other}", on=first)
    assert [drawn(person, chart) for chart in charts] == plain
    expect(person.chosen).to_have_count(1)


def test_a_long_choice_shows_the_newest_and_leads_to_the_others_and_is_closed_at_its_head(
    person: Person, oracle: Oracle
) -> None:
    person.open("themes?sel=theme:terrorism&on=often")
    events = len(oracle.tables({"theme": ["terrorism"]})["events"])
    expect(person.chosen.locator(".pointlist h4")).to_have_count(NEWEST)
    title, close = (
        person.chosen.locator("h4").first.bounding_box(),
        person.chosen.get_by_role("button", name="Close").bounding_box(),
    )
    assert title and close and close["y"] < title["y"] + title["height"] and close["x"] > title["x"]
    person.chosen.get_by_role("button", name="Close").focus()
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.matches('.st-key-chosen .pointlist h4 a')"), (
        "after Close comes the content"
    )
    person.chosen.get_by_role("link", name=f"and {events - NEWEST} more events: show all").click()
    person.address_becomes(theme="terrorism")
    person.open("participants?sel=country:IND&on=ranking")
    expect(person.way("Show only these")).to_have_count(1)
    person.chosen.get_by_role("link", name=re.compile("more events: show all$")).click()
    person.address_becomes(country="IND")
    assert person.path.endswith("/timeline")


def test_one_choice_after_another_each_make_an_entry_in_the_history(person: Person) -> None:
    person.open("participants")
    person.click_mark("ranking", "KAZ")
    person.address_becomes(sel="country:KAZ", on="ranking")
    expect(person.chosen).to_contain_text("Kazakhstan attended")
    person.click_mark("map", "IND")
    person.address_becomes(sel="country:IND", on="map")
    expect(person.chosen).to_contain_text("India attended")
    expect(person.chosen).to_have_count(1)
    person.page.go_back()
    person.address_becomes(sel="country:KAZ", on="ranking")
    expect(person.chosen).to_contain_text("Kazakhstan attended")
    person.page.go_back()
    person.address_becomes()


@pytest.mark.parametrize(
    ("address", "chart", "mark", "sel", "filters"),
    [
        ("", "years", "2024:sco", "year:2024:sco", {}),
        ("participants", "map", "IND", "country:IND", {"country": ["IND"]}),
        ("participants", "map", "MDV", "country:MDV", {"country": ["MDV"]}),
        ("participants", "ranking", "PAK", "country:PAK", {"country": ["PAK"]}),
        ("participants", "matrix", f"IND@{ASTANA}", f"cell:IND@{ASTANA}", {}),
        ("themes", "often", "terrorism", "theme:terrorism", {"theme": ["terrorism"]}),
        (
            "themes",
            "form",
            "terrorism:statement",
            "form:terrorism:statement",
            {"theme": ["terrorism"], "form": ["statement"]},
        ),
        ("themes", "said", "terrorism@IND", "said:terrorism@IND", {"theme": ["terrorism"], "by": ["IND"]}),
        (
            "themes",
            "when",
            "terrorism:2024",
            "when:terrorism:2024",
            {"theme": ["terrorism"], "from": ["2024"], "to": ["2024"]},
        ),
    ],
)
def test_a_mark_of_every_chart_leads_to_as_many_events_as_the_records_have(
    person: Person, oracle: Oracle, address: str, chart: str, mark: str, sel: str, filters: dict[str, list[str]]
) -> None:
    person.open(address)
    person.click_mark(chart, mark)
    person.address_becomes(sel=sel, on=chart)
    expect(person.chosen.locator("ol.events a, .pointlist h4 a").first).to_be_visible()
    if filters:
        tables = oracle.tables(filters)
        if "theme" in filters:
            expect(person.chosen).to_contain_text(
                f"{len(tables['mentions']):,} points at {len(tables['events']):,} events"
            )
        else:
            expect(person.chosen).to_contain_text(f"attended {len(tables['events'])} events")
        person.way(ONLY_THESE).first.click()
        person.address_becomes(
            **{{"from": "from_"}.get(name, name): ",".join(words) for name, words in filters.items()}
        )
    else:
        person.chosen.locator("ol.events a").first.click()
        expect(person.title).not_to_have_text(re.compile("^(Participants|Themes|Who met.*)$"))
        assert person.path.endswith("/event")


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("participants?country=IND&sel=country:KAZ&on=map", "attended"),
        ("participants?level=minister&sel=country:IND&on=map", "attended"),
        ("themes?theme=ccit&sel=theme:terrorism&on=often", "points at"),
        ("themes?theme=terrorism,cyber&theme_match=all&sel=theme:cyber&on=often", "points at"),
    ],
)
def test_where_only_these_are_offered_exactly_these_are_shown(person: Person, address: str, count: str) -> None:
    person.open(address)
    events = int(re.search(r"(\d+) events?\b", person.chosen.locator("h4").first.inner_text())[1])
    assert count in person.chosen.inner_text()
    link = person.way(ONLY_THESE)
    if link.count():
        link.first.click()
        expect(person.chosen).to_have_count(0)
        person.settle()
        person.main.get_by_role("link", name="Timeline", exact=True).click()
        expect(person.main.get_by_role("heading", name=re.compile(rf"^{events} events? in "))).to_be_visible()


def test_the_overviews_numbers_are_those_of_the_views_that_they_lead_to(person: Person, oracle: Oracle) -> None:
    for limits in ({}, {"country": ["IND"]}):
        person.visit("?" + "&".join(f"{name}={','.join(words)}" for name, words in limits.items()))
        rows = person.main.locator("ol.ranked li").evaluate_all(
            "all => all.map(li => [li.querySelector('a').getAttribute('href'), li.querySelector('.number').textContent])"
        )
        assert rows
        for href, number in rows:
            asked = dict(part.split("=") for part in href.split("?")[1].split("&"))
            found = oracle.tables({name: words.split(",") for name, words in asked.items()})["events"]
            assert int(number.replace(",", "")) == len(found), href


def test_every_mark_of_the_timeline_is_an_event_of_the_selection(person: Person, oracle: Oracle) -> None:
    person.open("timeline?country=IND&from=2020")
    wanted = {row["event_id"] for row in oracle.tables({"country": ["IND"], "from": ["2020"]})["events"]}
    assert set(person.marks("timeline")) == wanted


def test_earlier_and_later_lead_through_a_series_and_the_address_follows(person: Person) -> None:
    person.open(f"event?id={ASTANA}")
    person.way(re.compile("^Later")).click()
    person.address_becomes(id="2025-06-26-sco-dmm-qingdao")
    expect(person.title).to_have_text("SCO Defence Ministers' Meeting, Qingdao 2025")
    person.page.reload()
    person.settle()
    expect(person.title).to_have_text("SCO Defence Ministers' Meeting, Qingdao 2025")
    person.page.go_back()
    person.address_becomes(id=ASTANA)
    expect(person.title).to_have_text(TITLE)


def test_show_everything_takes_the_filters_out_of_the_address(person: Person) -> None:
    for address in ("", "timeline"):
        person.visit(f"{address}?from=1990&to=1991")
        person.way("Show everything").first.click()
        person.address_becomes()
        expect(person.sentence).to_have_text("All events")


@pytest.mark.parametrize(("address", "twins"), [("", 1), ("timeline", 1), ("participants", 3), ("themes", 4)])
def test_every_chart_has_a_twin_that_opens_as_a_table_with_its_rows(person: Person, address: str, twins: int) -> None:
    person.open(f"{address}?series=sco-dmm")
    boxes = person.main.locator("details").filter(has_text="Show as table")
    expect(boxes).to_have_count(twins)
    for place in range(twins):
        box = boxes.nth(place)
        rows = int(re.search(r"\(([\d,]+) rows?\)", box.locator("summary").inner_text())[1].replace(",", ""))
        box.locator("summary").click()
        grid = box.locator("[role=grid]")  # inside the canvas, for screen readers
        expect(grid).to_have_attribute("aria-rowcount", str(rows + 1))
        person.settle()
