"""The kinds of single value that a record's keys may hold: texts, ids, dates, numbers, terms of a vocabulary.

A kind reads a YAML node: it either returns the value, or reports a problem to the reader and returns ``BAD``.
It also describes itself in words and in a JSON Schema.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import yaml

from lib.problems import shown
from lib.records.dates import parse_date
from lib.records.document import describe

if TYPE_CHECKING:
    from lib.records.reader import Reader

BAD: Final = object()
"""Marks a value that was reported and must not be used."""

EARLIEST, LATEST = 1800, 2199
"""The years that a record may name: one outside of them is a typing mistake."""

_STR = "tag:yaml.org,2002:str"
_BOOL = "tag:yaml.org,2002:bool"
_NULL = "tag:yaml.org,2002:null"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no page and no table can show, or that reverse the text around them."""
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _scalar(node: yaml.Node, reader: Reader, expected: str) -> str | object:
    """The text of a scalar node as written; lists, mappings, nothing and yes/no words are reported."""
    if not isinstance(node, yaml.ScalarNode):
        return reader.wrong("wrong-type", node, expected, describe(node))
    if node.tag == _BOOL:
        return reader.wrong(
            "bool-word",
            node,
            expected,
            f"{shown(node.value)}, which YAML reads as true or false",
            f'put it in quotes: "{node.value}"',
        )
    if node.tag == _NULL:
        return reader.wrong("wrong-type", node, expected, "nothing", "leave the key out where a fact is not known")
    return node.value


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one's own words."""

    words = "text"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        if node.tag == _STR and isinstance(node, yaml.ScalarNode):
            value = node.value
            control = _CONTROL.search(value)
            if control:
                return reader.wrong(
                    "wrong-type",
                    node,
                    "text",
                    f"the control character U+{ord(control[0]):04X}",
                    "take it out: no page and no table can show it",
                )
            if value.strip(_UNSEEN).strip():
                return value
            return reader.wrong("wrong-type", node, "text", "an empty text", "leave the key out where nothing is known")
        value = _scalar(node, reader, "text")
        if value is BAD:
            return BAD
        return reader.wrong(
            "wrong-type",
            node,
            "text",
            f"{shown(value)}, which YAML reads as a number or a date",
            f'put it in quotes: "{value}"',
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Url(Text):
    """An address on the web."""

    words = "address"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        value = Text.read(self, node, reader)
        if value is not BAD and not _is_web_address(value):
            return reader.wrong("bad-url", node, "an address that begins with http:// or https://", shown(value))
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "pattern": "^https?://"}


def _is_web_address(value: str) -> bool:
    if not value.startswith(("https://", "http://")) or any(c.isspace() for c in value):
        return False
    try:
        return bool(urlsplit(value).hostname)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Identifier(Text):
    """An id: lower case letters, digits and hyphens."""

    words = "id"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        value = _scalar(node, reader, "an id")
        if value is not BAD and not _ID.fullmatch(value):
            return reader.wrong("bad-id", node, "an id of a-z, 0-9 and '-'", shown(value))
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_ID.pattern}$"}


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year of the calendar."""

    words = "date"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        value = _scalar(node, reader, "a date")
        if value is BAD:
            return BAD
        try:
            date = parse_date(value)
        except ValueError as error:
            return reader.wrong("bad-date", node, "YYYY-MM-DD, YYYY-MM or YYYY", shown(value), str(error))
        if not EARLIEST <= date.first.year <= LATEST:
            return reader.wrong("bad-date", node, f"a year from {EARLIEST} to {LATEST}", shown(value))
        return date

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


@dataclass(frozen=True, slots=True)
class YesNo:
    """True or false, written plainly: in quotes it is text, as in the JSON Schema."""

    words = "true or false"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        written = isinstance(node, yaml.ScalarNode) and node.value in ("true", "false")
        if written and node.tag == _BOOL:
            return node.value == "true"
        found = f"{describe(node)} as a text" if written else describe(node)
        return reader.wrong(
            "wrong-type",
            node,
            "true or false",
            found,
            f"write {node.value} without quotes" if written else "write true or false, without quotes",
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds."""

    low: float
    high: float
    words = "number"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        expected = f"a number from {self.low:g} to {self.high:g}"
        value = _scalar(node, reader, expected)
        if value is BAD:
            return BAD
        try:
            number = float(value)
        except ValueError:
            return reader.wrong("wrong-type", node, expected, shown(value))
        if not self.low <= number <= self.high:
            return reader.wrong("out-of-range", node, expected, shown(value))
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Term:
    """A value of closed vocabularies, such as a level or a country."""

    vocabularies: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return " or ".join((*self.vocabularies, *(f"`{word}`" for word in self.also)))

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        allowed = reader.allowed(self)
        if node.tag == _STR and isinstance(node, yaml.ScalarNode) and node.value in allowed:
            # One object per term: the tables compare and count these millions of times.
            return allowed[node.value]
        value = _scalar(node, reader, f"one of {self.words}")
        if value is BAD:
            return BAD
        near = reader.near(value, allowed)
        hint = f"did you mean {near}?" if near else f"see data/vocabulary for {self.words}"
        return reader.wrong("unknown-value", node, f"one of {self.words}", shown(value), hint)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "vocabularies": [*self.vocabularies, *self.also]}
