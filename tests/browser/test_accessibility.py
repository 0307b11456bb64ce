"""No page breaks a rule of axe-core that the project could keep: names, contrast, landmarks, headings, tables, targets; in light, in dark, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import EVENT, MORE, PAGES
from tests.browser.person import Person

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
"""axe-core as its package ships it; nothing is fetched."""

RUN = """async more => {
  // What is still fading in is paler than it will be.
  const passing = document.getAnimations().filter(one => one.effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(passing.map(one => one.finished));
  return (await axe.run(document, {resultTypes: ['violations'], ...more})).violations.flatMap(
    rule => rule.nodes.map(node => ({rule: rule.id, impact: rule.impact, help: rule.help, target: node.target.join(' '), html: node.html.slice(0, 200)})));
}"""

FRAMEWORK = {
    # An open popover hangs at the end of the body, outside every landmark: where the framework's library puts it.
    ("region", r"data-floating-ui-portal|data-testid=\"stPopoverBody\""),
    # The field in which one types beside chosen values is as narrow as what is typed; a click anywhere in the box around it reaches it.
    ("target-size", r"<input[^>]* aria-autocomplete=\"list\""),
}
"""What the framework causes and the project cannot mend: rule, and what marks the element."""

ALL = {"rules": {"target-size": {"enabled": True}}}
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""All that the dark theme changes."""

PHONE = {"width": 375, "height": 800}
ADDRESSES = tuple(
    f"{address}{'&' if '?' in address else '?'}series=sco-dmm,india-bilateral&from=2020" for address in (*PAGES, *MORE)
)
"""Every page on a selection that fills it: of all records each chart would only hold more of the same."""


def violations(page: Page, rules: dict[str, Any] = ALL) -> list[dict[str, Any]]:
    """What axe finds on the current page, apart from what the framework causes."""
    page.evaluate(AXE)
    return [
        found
        for found in page.evaluate(RUN, rules)
        if not any(found["rule"] == rule and re.search(mark, found["html"]) for rule, mark in FRAMEWORK)
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_breaks_no_rule_in_light_nor_on_a_phone_and_its_headings_go_down_level_by_level(
    person: Person, address: str
) -> None:
    person.open(address)
    assert violations(person.page) == []
    levels = person.main.locator("h1, h2, h3, h4, h5").evaluate_all(
        "all => all.map(one => Number(one.ariaLevel ?? one.tagName[1]))"
    )
    assert (
        levels[0] == 1
        and levels.count(1) == 1
        and all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    ), levels
    snapshot = person.page.locator("[data-testid=stApp]").aria_snapshot()
    charts = person.main.locator("[data-testid=stPlotlyChart]").count()
    assert len(re.findall(r"- '?(figure|img) \"[^\"]{20,}", snapshot)) >= charts
    unnamed = [
        line.strip()
        for line in snapshot.splitlines()
        if re.fullmatch(r"\s*- (button|link|combobox|textbox|searchbox|switch|checkbox|figure)( \[[^]]*\])*:?", line)
    ]
    assert unnamed == []
    person.page.set_viewport_size(PHONE)
    person.settle()
    assert violations(person.page) == []


def test_no_page_breaks_a_rule_of_colour_in_dark(people: Callable[..., Person]) -> None:
    person = people(color_scheme="dark")
    for address in ADDRESSES:
        person.visit(address)
        assert violations(person.page, OF_COLOUR) == [], address


def test_what_opens_on_a_click_breaks_no_rule_either(person: Person) -> None:
    person.open("?series=sco-dmm")
    person.sidebar.get_by_text("More filters").click()
    expect(person.field("Held in")).to_be_visible()
    assert violations(person.page) == []
    person.page.get_by_role("button", name="Share this view", exact=True).click()
    expect(person.page.locator("[data-testid=stPopoverBody] code")).to_contain_text("http")
    assert violations(person.page) == []
    person.open(f"timeline?series=sco-dmm&sel=event:{EVENT}&on=timeline")
    person.main.get_by_text(re.compile("^Show as table")).first.click()
    expect(person.main.locator("[data-testid=stDataFrame]")).to_be_visible()
    assert violations(person.page) == []
    person.open(f"event?id={EVENT}")
    person.main.get_by_text("Cite in BibTeX").click()
    expect(person.main.get_by_text(re.compile("^@"))).to_be_visible()
    assert violations(person.page) == []


@pytest.mark.parametrize(
    "address",
    [
        "timeline?from=x&country=IND&theme=nonsense",
        "timeline?from=1990&to=1991",
        "event?id=nowhere",
        "search?q=terorism",
        "watch?watch=country%3DIND",
    ],
)
def test_doubts_empty_pages_and_lists_of_ones_own_break_no_rule(person: Person, address: str) -> None:
    person.open(address)
    assert violations(person.page) == []


def test_the_keyboard_goes_through_the_page_in_the_order_in_which_it_is_read(person: Person) -> None:
    person.open("timeline?series=sco-dmm")
    person.main.get_by_role("link", name="Overview", exact=True).focus()
    places = []
    for _ in range(9):
        places.append(
            person.page.evaluate(
                "() => { const box = document.activeElement.getBoundingClientRect(); return [document.activeElement.innerText.trim(), Math.round(box.top)]; }"
            )
        )
        person.page.keyboard.press("Tab")
    names = [name.replace("\n", " ") for name, _ in places]
    assert [
        name
        for name in ("Overview", "Timeline", "Participants", "Themes", "Compare", "Data")
        if any(name in one for one in names)
    ] == ["Overview", "Timeline", "Participants", "Themes", "Compare", "Data"]
    tops = [top for _, top in places]
    # The page that stands is a few pixels lower in its row.
    assert all(later >= earlier - 12 for earlier, later in zip(tops, tops[1:], strict=False)), tops


def test_a_table_that_is_wider_than_a_phone_scrolls_by_the_keyboard_and_shows_that_more_lies_to_the_right(
    people: Callable[..., Person],
) -> None:
    for scheme, ground in (("light", "251, 250, 246"), ("dark", "21, 24, 27")):
        person = people(viewport=PHONE, color_scheme=scheme)
        person.open("methods?doc=record")
        box = person.main.locator(".scroll").first
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
        # The shade is covered at the table's ends by the ground of the page, which has to be the same.
        assert ground in box.evaluate("box => getComputedStyle(box).backgroundImage") and ground in person.page.locator(
            "[data-testid=stApp]"
        ).evaluate("app => getComputedStyle(app).backgroundColor")
        box.focus()
        for _ in range(4):
            person.page.keyboard.press("ArrowRight")
        person.page.wait_for_function("() => document.querySelector('.scroll').scrollLeft > 0")


def test_on_a_phone_each_row_of_a_table_stands_as_a_paragraph_and_is_heard_as_a_row(
    people: Callable[..., Person],
) -> None:
    person = people(viewport=PHONE)
    person.open(f"event?id={EVENT}")
    table = person.main.get_by_role("table").first
    assert (
        table.evaluate(
            "table => table.scrollWidth <= table.parentElement.clientWidth && getComputedStyle(table.rows[1]).display"
        )
        == "block"
    )
    assert table.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Level: "'
    expect(table.get_by_role("columnheader")).to_have_count(5)
    expect(table.get_by_role("row", name=re.compile("Belarus.*Viktor Khrenin"))).to_have_count(1)
    person.page.set_viewport_size({"width": 1280, "height": 800})
    assert table.evaluate("table => getComputedStyle(table.rows[1]).display") == "table-row"


def test_many_sources_of_an_entry_open_by_the_keyboard(person: Person) -> None:
    person.open("watch?series=sco-dmm")
    fold = person.main.locator("details").filter(has_text="sources").first
    expect(fold.locator("a").first).to_be_hidden()
    fold.locator("summary").focus()
    person.page.keyboard.press("Enter")
    expect(fold.locator("a").first).to_be_visible()
    assert violations(person.page) == []


AT_ITS_END = "() => (box => box.scrollLeft > 0 && box.scrollLeft >= box.scrollWidth - box.clientWidth - 1)(document.querySelector('.st-key-wide-matrix'))"


def test_a_matrix_of_meetings_opens_on_a_phone_at_the_newest_and_stays_where_it_was_scrolled_to(
    people: Callable[..., Person],
) -> None:
    person = people(viewport=PHONE)
    person.open("participants?series=sco-dmm")
    person.page.wait_for_function(AT_ITS_END)
    person.main.locator(".st-key-wide-matrix").evaluate("box => box.scrollTo(0, 0)")
    person.main.get_by_text("Show as table").last.click()
    person.settle()
    assert person.main.locator(".st-key-wide-matrix").evaluate("box => box.scrollLeft") == 0


def test_a_chart_that_scrolls_sideways_on_a_phone_does_so_by_the_keyboard(people: Callable[..., Person]) -> None:
    person = people(viewport=PHONE)
    person.open("participants?series=sco-dmm")
    box = person.main.locator(".st-key-wide-matrix")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    person.page.wait_for_function(AT_ITS_END)
    box.locator(".sideways").focus()
    for _ in range(4):
        person.page.keyboard.press("ArrowLeft")
    person.page.wait_for_function(f"() => !({AT_ITS_END})()")
    wide = people()
    wide.open("participants?series=sco-dmm")
    expect(wide.main.locator(".sideways").first).to_be_hidden()


def test_a_chart_scrolled_sideways_on_a_phone_keeps_the_names_of_its_rows_in_sight(
    people: Callable[..., Person],
) -> None:
    person = people(viewport=PHONE)
    person.open("participants?series=sco-dmm")
    box = person.main.locator(".st-key-wide-matrix")
    person.page.wait_for_function(AT_ITS_END)
    name = box.locator(".yaxislayer-above text").first
    before = name.evaluate("name => name.getBoundingClientRect().left")
    box.evaluate("box => box.scrollTo(200, 0)")
    person.page.wait_for_function(
        "() => document.querySelector('.st-key-wide-matrix .yaxislayer-above').style.transform.includes('200')"
    )
    assert abs(name.evaluate("name => name.getBoundingClientRect().left") - before) < 3
