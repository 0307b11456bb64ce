"""Narrow windows, the dark theme, and words that can be read in both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.addresses import EVENT, MORE, PAGES
from tests.browser.person import Person

_PALE = """least => {
  const luminance = c => { const [r, g, b] = c.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const parse = text => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = '#000'; canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const over = ([r, g, b, a], under) => [r, g, b].map((v, i) => v * a + under[i] * (1 - a));
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || !e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) || e.closest('pre code, svg, canvas, style, script, button:disabled, [data-testid=stIconMaterial], [aria-hidden=true]')) continue;
    if (!e.getBoundingClientRect().width) continue;
    const chain = []; for (let up = e; up; up = up.parentElement) chain.unshift(up);
    let ground = [255, 255, 255], alpha = 1;
    for (const up of chain) { const style = getComputedStyle(up); const back = parse(style.backgroundColor); if (back[3]) ground = over(back, ground); alpha *= +style.opacity; }
    const style = getComputedStyle(e), ink = parse(style.color), size = parseFloat(style.fontSize);
    const color = over([ink[0], ink[1], ink[2], ink[3] * alpha], ground);
    const [a, b] = [luminance(color), luminance(ground)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
    const large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
    if (ratio < (large ? 3 : least)) found.push(`${ratio.toFixed(2)} ${e.tagName}.${e.className}: ${text.slice(0, 40)}`);
  }
  return [...new Set(found)];
}"""

FULL = (
    "?sel=year:2024:sco&on=years",
    "timeline?page=2",
    "participants?pov=IN",
    "themes?theme=terrorism",
    f"event?id={EVENT}",
    "data?table=mentions",
    "timeline?from=1990&to=1991",
    "timeline?series=sco-dmn",
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground(people: Callable[..., Person], theme: str) -> None:
    person = people(color_scheme=theme)
    pale: set[str] = set()
    for address in (*FULL, *MORE):
        person.visit(address)
        ground = person.page.locator("[data-testid=stApp]").evaluate("e => getComputedStyle(e).backgroundColor")
        brightness = sum(int(part) for part in ground.removeprefix("rgb(").removesuffix(")").split(",")) / 3
        assert (brightness < 80) == (theme == "dark"), ground
        pale |= {f"{found} (/{address})" for found in person.page.evaluate(_PALE, 4.5)}
    assert not pale, "\n".join(sorted(pale))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_of_charts_stand_out_from_the_ground(people: Callable[..., Person], theme: str) -> None:
    person = people(color_scheme=theme)
    script = _PALE.replace("svg, canvas,", ".textpoint,")  # signs on a square have that for a ground
    script = script.replace("style.color)", "(e.closest('svg') ? style.fill : style.color))")
    for address in ("", "timeline", "participants", "themes"):
        person.visit(address)
        assert person.page.evaluate(script, 3) == [], address


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_at_the_ends_of_bars_and_cards_of_marks_are_in_full_ink(
    people: Callable[..., Person], theme: str
) -> None:
    person = people(color_scheme=theme)
    script = _PALE.replace("svg, canvas,", "").replace("style.color)", "style.fill)")
    for address, words in (
        ("themes?series=sco-dmm", ".bartext-outside"),
        ("country?c=IND&series=sco-dmm,sco-summit", ".annotation-text"),
        ("country?c=IND&series=sco-dmm,sco-summit", ".hovertext text"),
    ):
        person.open(address)
        found = person.main.locator(words)
        if words == ".hovertext text":
            person.main.locator(".bars .point path").first.scroll_into_view_if_needed()
            box = person.main.locator(".bars .point path").first.bounding_box()
            person.page.mouse.move(box["x"] + box["width"] / 2 - 3, box["y"] + box["height"] / 2)
            person.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        expect(found.first).to_be_attached()
        only = script.replace("if (!text ||", f"if (!text || !e.closest('{words}') ||")
        assert person.page.evaluate(only, 22) != [], "the words are looked at"
        assert person.page.evaluate(only, 4.5) == [], words


def test_at_375_pixels_no_page_scrolls_sideways_and_the_sidebar_is_folded_away(people: Callable[..., Person]) -> None:
    person = people(viewport={"width": 375, "height": 800}, has_touch=True, is_mobile=True)
    for address in (*PAGES, *FULL, *MORE):
        person.visit(address)
        wide = person.page.evaluate("""() => [document.scrollingElement, ...document.querySelectorAll('[data-testid=stApp], [data-testid=stMain], [data-testid=stMainBlockContainer]')]
            .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => `${e.tagName} ${e.dataset.testid} ${e.scrollWidth} > ${e.clientWidth}`)""")
        assert wide == [], address
        assert person.page.evaluate("innerWidth") == 375, address
        expect(person.sidebar).to_have_attribute("data-collapsed", "true")
        expect(person.field("Country")).not_to_be_in_viewport()
        expect(person.title).to_be_in_viewport()


def test_at_375_pixels_the_sidebar_opens_filters_and_closes(people: Callable[..., Person]) -> None:
    person = people(viewport={"width": 375, "height": 800})
    person.open("timeline")
    button, name = person.page.get_by_test_id("stExpandSidebarButton"), person.main.locator(".wordmark")
    assert button.bounding_box()["y"] + button.bounding_box()["height"] <= name.bounding_box()["y"] + 1
    button.click()
    expect(person.field("Country")).to_be_in_viewport()
    person.choose("Country", "India")
    person.address_becomes(country="IND")
    person.sidebar.get_by_role("button", name="Collapse sidebar").click()
    expect(person.field("Country")).not_to_be_in_viewport()
    expect(person.sentence).to_have_text("Events attended by India")


def test_a_chart_and_every_picture_on_it_has_words_for_those_who_do_not_see_it(person: Person) -> None:
    for address, charts in (("", 1), ("timeline", 1), ("participants", 3), ("themes", 4)):
        person.visit(address)
        figures = person.main.get_by_role("figure")
        expect(figures).to_have_count(charts)
        assert all(len(figure.get_attribute("aria-label") or "") > 30 for figure in figures.all()), address
    assert person.page.title().endswith("Samvad")
    assert person.page.locator("html").get_attribute("lang") == "en"


def test_the_days_months_and_years_above_a_chart_are_whole_and_do_not_touch(people: Callable[..., Person]) -> None:
    for width in (1280, 375):
        person = people(viewport={"width": width, "height": 800})
        for address in (
            "timeline?series=sco-dmm&from=2024-04&to=2024-05",
            "timeline?series=sco-dmm&from=2023&to=2024",
            "timeline?series=sco-dmm",
            "country?c=IND&from=2024&to=2024",
        ):
            person.visit(address)
            boxes = person.main.locator(".stPlotlyChart").first.evaluate("""chart => {
                const frame = chart.querySelector('.main-svg').getBoundingClientRect();
                return [...chart.querySelectorAll('.xtick text')].map(text => text.getBoundingClientRect()).filter(box => box.width).map(box => [box.left, box.right, box.top - frame.top, frame.bottom - box.bottom]);
            }""")
            assert len(boxes) > 1 and all(top >= 0 and bottom >= 0 for *_, top, bottom in boxes), (
                width,
                address,
                boxes,
            )
            in_order = sorted(boxes)
            assert all(one[1] < following[0] for one, following in zip(in_order, in_order[1:], strict=False)), (
                width,
                address,
                in_order,
            )
