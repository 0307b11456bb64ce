"""A Markdown document of the project as HTML: headings and numbered rules can be linked to, ids of records are links.

The Markdown is CommonMark with tables, read by markdown-it-py; HTML in it is shown as text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lib.html.parts import Html, link, link_start, outside_start

Address = Callable[[str], str | None]
"""Gives the address that a word or a link in a document stands for; None if it stands for none."""

_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_RULE = re.compile(r"\*\*(\d{1,2}\.\d{1,2})\b")
_NUMBER = re.compile(r"(?<![\w.–-])\d{1,2}\.\d{1,2}(?![\w%–-]|\.\d)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a document: its text, its anchor, and how deep it is (2 for a section)."""

    title: str
    anchor: str
    level: int


@dataclass(frozen=True, eq=False)
class Document:
    """A document that has been read: its title, its headings, the anchors of its numbered rules, and the rest of its text."""

    title: str
    sections: tuple[Section, ...]
    rules: frozenset[str]
    tokens: Sequence[Token]

    def html(self, link: Address, record: Address) -> str:
        """The text below the title.

        ``link`` gives the address for a relative link, ``record`` the one for a word set as code; where they give none, there is no link.
        """
        found: str = _READER.renderer.render(
            self.tokens, _READER.options, {"link": link, "record": record, "rules": self.rules, "open": []}
        )
        return found


def anchor_of(heading: str) -> str:
    """The anchor of a heading, as code hosts make it: lower case, a hyphen for each space. To those of headings that repeat they add -1, -2, which this does not."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def read_document(text: str) -> Document:
    """Read a document; IndexError for one that does not begin with its title."""
    tokens = _READER.parse(_COMMENT.sub("", text))
    sections: list[Section] = []
    rules: set[str] = set()
    times: Counter[str] = Counter()
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            title = tokens[place + 1].content.replace("`", "").replace("*", "")
            anchor = anchor_of(title)
            times[anchor] += 1
            sections.append(
                Section(title, f"{anchor}-{times[anchor] - 1}" if times[anchor] > 1 else anchor, int(token.tag[1]))
            )
            token.meta["anchor"] = sections[-1].anchor
        elif token.type == "paragraph_open" and (rule := _RULE.match(tokens[place + 1].content)):
            rules.add(rule[1])
            token.meta["anchor"] = rule[1]
        elif token.type == "table_open":
            token.meta["name"] = sections[-1].title if sections else ""
    return Document(sections[0].title, tuple(sections[1:]), frozenset(rules), tokens[3:])


def _heading(self: Any, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]) -> str:
    # The page's title is the only heading of the first level, and those of its parts are of the third.
    token = tokens[place]
    tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    return f"</{tag}>\n" if token.nesting < 0 else f'<{tag} id="{escape(token.meta["anchor"])}">'


def _paragraph(self: Any, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]) -> str:
    token = tokens[place]
    if token.hidden:
        return ""
    return f'<p id="{escape(token.meta["anchor"])}">' if "anchor" in token.meta else "<p>"


def _text(self: Any, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]) -> str:
    def rule(found: re.Match[str]) -> str:
        return f'<a href="#{found[0]}">{found[0]}</a>' if found[0] in env["rules"] else found[0]

    text = escape(tokens[place].content, quote=False)
    return _NUMBER.sub(rule, text) if env["rules"] and not env["open"] else text


def _code(self: Any, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]) -> str:
    content = tokens[place].content
    code = f"<code>{escape(content)}</code>"
    address = env["record"](content)
    return link(address, Html(code)) if address and not env["open"] else code


def _link_open(self: Any, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]) -> str:
    wanted = str(tokens[place].attrs.get("href", ""))
    outside = wanted.startswith(("https://", "http://"))
    address = wanted if outside or wanted.startswith("#") else env["link"](wanted)
    env["open"].append("</a>" if address else "")
    if not address:
        return ""
    if outside:
        return outside_start(address)
    return f'<a href="{escape(address)}">' if wanted.startswith("#") else link_start(address)


def _link_close(self: Any, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]) -> str:
    closing: str = env["open"].pop()
    return closing


def _strong_open(self: Any, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]) -> str:
    env["open"].append("</strong>")  # A rule's own number leads nowhere.
    return "<strong>"


def _table(self: Any, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]) -> str:
    token = tokens[place]
    if token.nesting < 0:
        return "</table></div>\n"
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(token.meta["name"])}"><table class="plain text">'


def _head(self: Any, tokens: Sequence[Token], place: int, options: Any, env: dict[str, Any]) -> str:
    # A head without words is the head of nothing.
    words = tokens[place + 1 if tokens[place].nesting > 0 else place - 1].content
    tag = "th" if words else "td"
    align = f' style="{escape(str(tokens[place].attrs["style"]))}"' if "style" in tokens[place].attrs else ""
    return f"<{tag}{' scope=col' if words else ''}{align}>" if tokens[place].nesting > 0 else f"</{tag}>\n"


_READER = MarkdownIt("commonmark", {"html": False}).enable("table")
for _name, _rule in {
    "heading_open": _heading,
    "heading_close": _heading,
    "paragraph_open": _paragraph,
    "text": _text,
    "code_inline": _code,
    "link_open": _link_open,
    "link_close": _link_close,
    "strong_open": _strong_open,
    "strong_close": _link_close,
    "table_open": _table,
    "table_close": _table,
    "th_open": _head,
    "th_close": _head,
}.items():
    _READER.add_render_rule(_name, _rule)
