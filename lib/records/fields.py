"""The kinds of value that a record's keys may hold: how each is read, described and put in a schema.

A kind reads a YAML node. It either returns the value or reports a problem to the reader and
returns ``BAD``.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
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
        if node.tag == _STR and isinstance(node, yaml.ScalarNode) and node.value in reader.allowed(self):
            # One object per term: the tables compare and count these millions of times.
            return reader.allowed(self)[node.value]
        allowed = reader.allowed(self)
        value = _scalar(node, reader, f"one of {self.words}")
        if value is BAD:
            return BAD
        near = reader.near(value, allowed)
        hint = f"did you mean {near}?" if near else f"see data/vocabulary for {self.words}"
        return reader.wrong("unknown-value", node, f"one of {self.words}", shown(value), hint)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "vocabularies": [*self.vocabularies, *self.also]}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose items are all of one kind; an empty one is allowed unless ``filled``.

    Terms and identifiers occur at most once each. One bad item makes the list bad, unless ``lenient``: then the good ones are kept.
    """

    item: Any
    filled: bool = False
    lenient: bool = False

    @property
    def words(self) -> str:
        return f"list of {self.item.words}"

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return reader.wrong("wrong-type", node, f"a {self.words}", describe(node), "begin each item with '- '")
        if self.filled and not node.value:
            return reader.wrong("missing-key", node, f"a {self.words}", "an empty list")
        items, read = [], self.item.read
        for index, child in enumerate(node.value):
            reader.path.append(index)
            value = read(child, reader)
            reader.path.pop()
            if value is not BAD:
                items.append(value)
        if self.distinct and len(set(items)) < len(items):
            return self._twice(items, node, reader)
        return tuple(items) if self.lenient or len(items) == len(node.value) else BAD

    @property
    def distinct(self) -> bool:
        """Whether no item may occur twice."""
        return isinstance(self.item, (Term, Identifier))

    @staticmethod
    def _twice(items: list[str], node: yaml.SequenceNode, reader: Reader) -> Any:
        if len(items) < len(node.value):
            return BAD  # The bad items were reported; what is left has other places than the items in the text.
        seen: set[str] = set()
        told: set[str] = set()
        for index, item in enumerate(items):
            if item in seen and item not in told:
                told.add(item)
                reader.path.append(index)
                reader.wrong(
                    "duplicate-value",
                    node.value[index],
                    "each value of the list once",
                    f"{shown(item)} again",
                    "take one of them out",
                )
                reader.path.pop()
            seen.add(item)
        return BAD

    def schema(self) -> dict[str, Any]:
        return {
            "type": "array",
            "items": self.item.schema(),
            **({"minItems": 1} if self.filled else {}),
            **({"uniqueItems": True} if self.distinct else {}),
        }


@dataclass(frozen=True, slots=True)
class Nested:
    """A mapping with keys of its own, read into ``model``."""

    model: type

    @property
    def words(self) -> str:
        return self.model.__name__.lower()

    def read(self, node: yaml.Node, reader: Reader) -> Any:
        return reader.mapping(node, self.model)

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/$defs/{self.model.__name__}"}


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a mapping: what it holds, whether it must be there, what it means."""

    key: str
    attribute: str
    kind: Any
    required: bool
    meaning: str


def described(kind: Any, meaning: str, *, required: bool = False, default: Any = None, key: str | None = None) -> Any:
    """A dataclass field that is read from YAML by ``kind`` and explained by ``meaning``."""
    metadata = {"kind": kind, "meaning": meaning, "required": required, "key": key}
    if required:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def fields_of(model: type) -> Mapping[str, Field]:
    """The keys of a model, in the order in which they are declared."""
    found = {}
    for field in dataclasses.fields(model):
        if "kind" in field.metadata:
            key = field.metadata["key"] or field.name
            found[key] = Field(
                key, field.name, field.metadata["kind"], field.metadata["required"], field.metadata["meaning"]
            )
    return found
