"""The project's documents as the Methods page shows them: what leads where."""

from __future__ import annotations

import re
from html import unescape

import pytest

from lib.content.methods import BEHIND, DOCUMENTS, behind, document, methods_page
from lib.filters.selection import select
from lib.filters.value import Filters
from lib.html.document import anchor_of, read_document
from lib.ui.pages import PAGES
from tests.samples import real

TEXT = """# The book

<!-- generated: by a script -->
See [the other](other.md#part), [outside](https://example.org/a?b=1&c=2), [nowhere](missing.py) and `2024-01-01-a`.

## Part *one*: `key`

**1.1 A rule** that 1.2 and **1.2** and 9.9 and 0.93 and 2026.1.2 speak of; <b>bold</b> & `a < b`.

**1.2** Another; [see 1.1](#11).

| | b |
|---|--:|
| 1 | `2024-01-01-a` |

### Part one

### Part one
"""


def shown(text: str = TEXT) -> str:
    return read_document(text).html(
        lambda wanted: "./x?doc=o#part" if wanted == "other.md#part" else None,
        lambda code: "./event?id=2024-01-01-a" if code == "2024-01-01-a" else None,
    )


def test_headings_are_one_level_lower_than_the_title_and_have_anchors_of_their_own():
    book = read_document(TEXT)
    assert book.title == "The book" and [
        (section.title, section.anchor, section.level) for section in book.sections
    ] == [("Part one: key", "part-one-key", 2), ("Part one", "part-one", 3), ("Part one", "part-one-1", 3)]
    html = shown()
    assert (
        "The book" not in html
        and '<h3 id="part-one-key">' in html
        and html.count('<h4 id="part-one">') == 1
        and '<h4 id="part-one-1">' in html
    )
    assert (
        anchor_of("7 Themes: actor and form") == "7-themes-actor-and-form"
        and anchor_of("One country's profile") == "one-countrys-profile"
    )


def test_two_headings_alike_have_two_anchors():
    book = read_document("# T\n\n## Pairs – who\n\n## Pairs – who\n\n## Pairs\n")
    assert [section.anchor for section in book.sections] == ["pairs--who", "pairs--who-1", "pairs"]


def test_a_rule_is_an_anchor_and_its_number_elsewhere_a_link_to_it():
    html = shown()
    assert '<p id="1.1"><strong>1.1 A rule</strong>' in html and '<p id="1.2"><strong>1.2</strong>' in html
    assert html.count('<a href="#1.2">1.2</a>') == 1, "not the one in bold, nor in a link, nor within another number"
    assert "9.9 and 0.93 and 2026.1.2" in html


def test_links_lead_within_the_dashboard_or_out_of_it_or_are_words():
    html = shown()
    assert '<a href="./x?doc=o#part" target="_self">the other</a>' in html
    assert '<a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">outside</a>' in html
    assert "nowhere" in html and "missing.py" not in html and "generated" not in html
    assert html.count('<a href="./event?id=2024-01-01-a" target="_self"><code>2024-01-01-a</code></a>') == 2


def test_markup_in_a_document_is_text_and_a_table_scrolls():
    html = shown()
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; <code>a &lt; b</code>" in html
    assert (
        '<div class="scroll" tabindex="0" role="group" aria-label="Part one: key"><table class="plain text">' in html
        and html.count("</table></div>") == 1
    )
    assert '<td></td>\n<th scope=col style="text-align:right">b</th>' in html
    assert shown("# A\n\n[x](javascript:alert(1)) ![y](http://example.org/z.png)").count("<a ") == 0


@pytest.mark.parametrize("word", DOCUMENTS)
def test_every_way_in_the_shipped_documents_leads_somewhere(word):
    selection = select(real().tables, Filters.of({"country": "IND"}))
    page = methods_page(selection, word)
    anchors = set(re.findall(r' id="([^"]+)"', page.html))
    assert {unescape(found) for found in re.findall(r'href="#([^"]+)"', page.html)} <= anchors
    for other, anchor in re.findall(r'href="\./methods\?country=IND(?:&amp;doc=(\w+))?#([^"]+)"', page.html):
        target = document(other or "measures")
        assert anchor in {section.anchor for section in target.sections} | target.rules, (other, anchor)
    assert f'href="./methods?country=IND{"&amp;doc=" + word if word != "measures" else ""}"' not in page.html, (
        "what has no anchor leads to another document"
    )
    assert (
        page.title
        and len(page.html) > 3000
        and page.names.count("<a ") == len(DOCUMENTS)
        and page.names.count("aria-current") == 1
    )


@pytest.mark.parametrize("word", DOCUMENTS)
def test_every_record_that_a_document_cites_is_one(word):
    cited = {
        token.content
        for block in document(word).tokens
        for token in block.children or ()
        if token.type == "code_inline"
    }
    ids = {code for code in cited if re.fullmatch(r"(19|20)\d\d(-\d\d){0,2}-[a-z][a-z0-9-]+", code)}
    assert ids - set(real().catalog.by_id) == set() and (word != "codebook" or len(ids) > 50)


def test_every_page_has_a_way_to_what_is_behind_it():
    assert set(BEHIND) == set(PAGES) - {"methods"} and behind("methods", Filters()) == ""
    for page, (word, anchor) in BEHIND.items():
        assert not anchor or anchor in {section.anchor for section in document(word).sections}, page
        assert DOCUMENTS[word].way in behind(page, Filters()) and "country=IND" in behind(
            page, Filters.of({"country": "IND"})
        )
