"""What the keys of a record are declared with: a kind of value, or lists and mappings of them, and what it means.

Lists and mappings read a YAML node as the kinds of ``lib.records.scalars`` do.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from lib.problems import shown
from lib.records.document import describe
from lib.records.scalars import BAD, Identifier, Term

if TYPE_CHECKING:
    from lib.records.reader import Reader


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
