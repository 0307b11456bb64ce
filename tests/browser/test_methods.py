"""The Methods page: from what is shown to what is behind it, to the rule, to a record, and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person

AT_THE_HEAD = "part => { const top = part.getBoundingClientRect().top; return top >= 0 && top < 100; }"


def stands_at_the_head(person: Person, anchor: str) -> None:
    """Wait until the part of the page that an anchor names has been scrolled to."""
    person.page.wait_for_function(
        f"anchor => {{ const part = document.getElementById(anchor); return part && ({AT_THE_HEAD})(part); }}",
        arg=anchor,
    )


def test_a_page_leads_to_how_it_is_counted_and_back_with_its_filters(person: Person) -> None:
    person.open("representation?series=sco-dmm")
    person.way("How this is counted").click()
    expect(person.title).to_have_text("Methods")
    person.address_becomes(series="sco-dmm")
    stands_at_the_head(person, "representation")
    person.main.get_by_role("link", name="Rules of coding", exact=True).click()
    person.address_becomes(series="sco-dmm", doc="codebook")
    expect(person.title).to_have_text("Codebook")
    person.page.go_back()
    person.page.go_back()
    expect(person.title).to_have_text("Representation")
    person.address_becomes(series="sco-dmm")


def test_a_link_to_a_rule_opens_at_the_rule_and_leads_from_rule_to_rule_and_to_a_record(person: Person) -> None:
    person.open("methods?doc=codebook#7.10")
    stands_at_the_head(person, "7.10")
    person.main.locator(".document a[href='#7.6']").first.click()
    stands_at_the_head(person, "7.6")
    person.main.get_by_role("link", name="2019-11-06-india-bilateral-moscow-russia").first.click()
    person.address_becomes(id="2019-11-06-india-bilateral-moscow-russia")
    person.page.go_back()
    expect(person.title).to_have_text("Codebook")
    stands_at_the_head(person, "7.6")


def test_an_unknown_document_is_said(person: Person) -> None:
    person.open("methods?doc=codebok")
    expect(person.main.get_by_role("alert")).to_have_text(
        "Document: 'codebok' is not known here; did you mean codebook? Shown: Measures."
    )
    assert person.download_rows()[0]["table"] == "events"


@pytest.mark.parametrize("width", [375, 1100])
def test_what_passes_below_the_button_for_the_filters_does_not_show_through_it(
    people: Callable[..., Person], width: int
) -> None:
    person = people(viewport={"width": width, "height": 800})
    person.open("methods?doc=codebook")
    if width > 375:
        person.sidebar.hover()
        person.sidebar.get_by_role("button", name="Collapse sidebar").click()
    expect(person.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    grounds = person.page.evaluate(
        "() => ['stHeader', 'stApp'].map(name => getComputedStyle(document.querySelector(`[data-testid=${name}]`)).backgroundColor)"
    )
    assert grounds[0] == grounds[1]
