"""What a link asks for and the data does not have is said to the reader, and stays in the address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

CASES = {
    "series=sco-dmn": "Series: 'sco-dmn' is not known and matches nothing; did you mean sco-dmm",
    "country=INDD": "Country: 'INDD' is not known and matches nothing; did you mean IND (India)?",
    "country=India": "did you mean IND (India)?",
    "theme=terorism": "Theme: 'terorism' is not known and matches nothing; did you mean terrorism",
    "by=IDN,IMD": "Raised by: 'IMD' is not known",
    "level=ministr": "did you mean minister",
    "kind=Summit": "did you mean summit",
    "status=planned": "'planned' is not known",
    "outcome=communique": "Outcome: 'communique' is not known",
    "person=Rajnath%20Sing": "did you mean Rajnath Singh?",
    "country_match=both": "'both' is not known",
    "from=2024-13": "From: '2024-13' is no date and does not limit the view",
    "to=yesterday": "To: 'yesterday' is no date",
    "from=2024&to=2020": "The period ends (2020) before it begins (2024), so no event lies in it.",
    "from=2020&from=2021": "The link gives From 2 times; the last, '2021', counts.",
    "contry=IND": "The link has the parameter 'contry', which is not known here; did you mean country?",
}


def test_each_doubtful_value_is_named_with_the_nearest_and_stays_in_the_address(person: Person) -> None:
    person.open("timeline")
    for query, sentence in CASES.items():
        person.go(f"?{query}")
        expect(person.main.get_by_role("alert").filter(has_text=sentence), query).to_have_count(1)
        assert person.page.evaluate("location.search") == f"?{query}"


def test_several_doubts_are_all_named_and_the_address_survives_loading_anew(person: Person) -> None:
    query = "series=sco-dmn&country=XXZ,IND&theme=sagr&from=32&colour=red"
    person.open(f"themes?{query}")
    for word in ("sco-dmn", "XXZ", "sagr", "32", "colour"):
        expect(person.main.get_by_role("alert")).to_contain_text(f"'{word}'")
    assert person.page.evaluate("location.search") == f"?{query}"
    assert person.chips("Series") == ["sco-dmn (not known)"]
    assert person.chips("Country") == ["XXZ (not known)", "India"]
    assert person.field("From").input_value() == "32"
    person.page.reload()
    person.settle()
    assert person.page.evaluate("location.search") == f"?{query}"
    person.sidebar.get_by_role("button", name="Clear filters").click()
    expect(person.main.get_by_role("alert")).to_have_count(0)
    expect(person.sentence).to_have_text("All events")


def test_a_known_country_without_rows_is_no_doubt_and_shows_nothing(person: Person) -> None:
    person.open("timeline?country=ISL")
    expect(person.main.get_by_text("No event passes these filters").first).to_be_visible()
    assert person.main.get_by_role("alert").count() == 0
    assert person.chips("Country") == ["Iceland"]


def test_the_parameters_of_others_are_passed_over_in_silence(person: Person) -> None:
    person.open("?utm_source=letter&utm_campaign=x&country=IND")
    assert person.main.get_by_role("alert").count() == 0
    person.visit("timeline?embed=true&country=IND")
    assert person.main.get_by_role("alert").count() == 0


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "timeline?sel=event:2024-04-26-sco-dmm-astanna&on=timeline",
            "'2024-04-26-sco-dmm-astanna', which is not in this selection",
        ),
        (
            "timeline?sel=event:2024-04-26-sco-dmm-astana&on=timeline&country=USA",
            "'2024-04-26-sco-dmm-astana', which is not in this selection",
        ),
        ("participants?sel=country:XYZ&on=map", "'XYZ', which is not in this selection"),
        ("themes?sel=theme:no-such-theme&on=often", "'no-such-theme', which is not in this selection"),
        ("timeline?sel=nonsense", "nonsense"),
        ("timeline?sel=event:2024-04-26-sco-dmm-astana&on=no-such-chart", "no-such-chart"),
        ("participants?pov=XX", "'XX' is not known here"),
        ("participants?meetings=sco-dmn", "'sco-dmn' is not known here; did you mean sco-dmm?"),
        ("data?table=event", "'event' is not known here; did you mean events?"),
        ("timeline?page=abc", "abc"),
        ("timeline?page=9999", "9999"),
    ],
)
def test_a_page_setting_that_cannot_be_had_is_named(people: Callable[..., Person], address: str, sentence: str) -> None:
    person = people()
    person.open(address)
    expect(person.main.get_by_role("alert").filter(has_text=sentence).first).to_be_visible(timeout=5000)


def test_did_you_mean_leads_to_the_view_that_was_meant_and_an_empty_page_says_so_once(person: Person) -> None:
    person.open("themes?theme=terorism&country=XX")
    expect(person.main.locator(".nothing")).to_have_count(1)
    expect(person.way("Show everything")).to_have_count(1)
    person.main.get_by_role("link", name="did you mean terrorism").click()
    person.page.wait_for_function("() => location.search.includes('theme=terrorism')")
    assert person.page.evaluate("location.search") == "?country=XX&theme=terrorism"
    expect(person.main.get_by_role("alert")).not_to_contain_text("terorism")
    person.open("compare?country=IND&vs_country=CHNN&vs_from=2020")
    assert (
        person.main.get_by_role("alert").get_by_role("link").first.get_attribute("href")
        == "./compare?country=IND&vs_country=CHN&vs_from=2020"
    )


def test_a_value_that_asks_did_you_mean_itself_stays_text(person: Person) -> None:
    person.open("timeline?series=did%20you%20mean%20%3Cb%3Ex%3C%2Fb%3E%3F,sco-dmn")
    alert = person.main.get_by_role("alert")
    expect(alert).to_contain_text("did you mean <b>x</b>?")
    expect(alert.get_by_role("link")).to_have_count(1)
    assert alert.locator("b").count() == 0


def test_hostile_values_are_shown_as_plain_text(person: Person) -> None:
    person.open(
        "timeline?series=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&q=%3Cscript%3Ealert(2)%3C%2Fscript%3E&theme=**bold**%20%5Blink%5D(http%3A%2F%2Fevil.example)"
    )
    alert = person.main.get_by_role("alert")
    expect(alert).to_contain_text("<img src=x onerror=alert(1)>")
    expect(alert).to_contain_text("**bold** [link](http://evil.example)")
    assert person.main.locator("img[src=x], a[href^='http://evil']").count() == 0
    expect(person.sentence).to_contain_text("<script>")


@pytest.mark.parametrize(
    "address",
    [
        "data?table={}",
        "participants?pov={}",
        "participants?meetings={}",
        "timeline?sel=event:{}&on=timeline",
        "event?id={}",
        "timeline?{}=1",
    ],
)
def test_markdown_in_a_page_setting_is_shown_as_plain_text_and_fetches_nothing(person: Person, address: str) -> None:
    person.open(
        address.format(
            "%21%5Bx%5D(http%3A%2F%2Fevil.example%2Fa.png)%20%5By%5D(http%3A%2F%2Fevil.example%2Fb)%20%3Ared%5Bz%5D"
        )
    )
    alert = person.main.get_by_role("alert").first
    expect(alert).to_contain_text("![x](http://evil.example/a.png)")
    assert alert.locator("img, a[href^='http://evil']").count() == 0
