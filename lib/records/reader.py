"""A tree of YAML nodes to a model, along the model's described fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import yaml

from lib.problems import Problem, Severity, nearest, shown
from lib.records.document import describe, line_of
from lib.records.fields import Field, fields_of
from lib.records.scalars import BAD, Term

MOST_GUESSES = 100
"""Mistakes in one file for which the nearest allowed word is looked up: thousands would take seconds."""

_LONGEST_KEY = 60
"""Characters of an unknown key that its problem shows: a key can be as long as the file."""

_MERGE = "tag:yaml.org,2002:merge"


@cache
def _plan(model: type) -> tuple[Mapping[str, Field], frozenset[str]]:
    fields = fields_of(model)
    return fields, frozenset(key for key, field in fields.items() if field.required)


class Reader:
    """Reads one file; collects its problems in ``problems``.

    ``terms`` gives the allowed words of each vocabulary. ``path`` is where the reader is, so
    that a problem can name ``participants[3].level``.
    """

    def __init__(self, file: str, terms: Mapping[str, Iterable[str]]) -> None:
        self.file = file
        self.terms = terms
        self.path: list[str | int] = []
        self.problems: list[Problem] = []
        self._allowed: dict[Term, dict[str, str]] = {}
        self._guesses = MOST_GUESSES

    def allowed(self, term: Term) -> dict[str, str]:
        """The words that ``term`` takes, each with itself."""
        known = self._allowed.get(term)
        if known is None:
            words = [*term.also, *(word for name in term.vocabularies for word in self.terms.get(name, ()))]
            known = self._allowed[term] = {word: word for word in words}
        return known

    def near(self, value: str, allowed: Iterable[str]) -> str | None:
        """The allowed word nearest to ``value``; None after ``MOST_GUESSES`` of them."""
        self._guesses -= 1
        return nearest(value, allowed) if self._guesses >= 0 else None

    def for_file(self, file: str) -> Reader:
        """A reader of another file that knows the same words."""
        other = Reader(file, self.terms)
        other._allowed = self._allowed
        return other

    def where(self, *more: str | int) -> str:
        """The field where the reader is, such as ``participants[3].level``."""
        text = ""
        for step in (*self.path, *more):
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text

    def wrong(
        self,
        kind: str,
        node: yaml.Node,
        expected: str,
        found: str,
        hint: str = "",
        *,
        at: tuple[str | int, ...] = (),
        severity: Severity = "error",
    ) -> object:
        """Report a problem at ``node`` and return ``BAD``."""
        self.problems.append(Problem(kind, self.file, line_of(node), self.where(*at), expected, found, hint, severity))
        return BAD

    def mapping(self, node: yaml.Node, model: type) -> Any:
        """The model that the mapping ``node`` writes, or ``BAD`` with every problem in it reported."""
        if not isinstance(node, yaml.MappingNode):
            return self.wrong(
                "wrong-type", node, f"a mapping with the keys of a {model.__name__.lower()}", describe(node)
            )
        fields, required = _plan(model)
        values: dict[str, Any] = {}
        seen: set[str] = set()
        path, whole = self.path, True
        for key_node, value_node in node.value:
            key = key_node.value
            field = fields.get(key) if key.__class__ is str else None
            if field is None:
                self._unknown_key(key_node, fields)
                whole = False
                continue
            if key in seen:
                self.wrong(
                    "duplicate-key",
                    key_node,
                    "each key once",
                    f"{key} again",
                    "keep one of the two: YAML would take the last without a word",
                    at=(key,),
                )
                whole = False
                continue
            seen.add(key)
            path.append(key)
            value = field.kind.read(value_node, self)
            path.pop()
            if value is BAD:
                whole = False
            else:
                values[field.attribute] = value
        if not required <= seen:
            for key in fields:
                if key in required and key not in seen:
                    self.wrong("missing-key", node, f"the key {key} ({fields[key].meaning})", "no such key", at=(key,))
            whole = False
        if not whole:
            return BAD
        record = model(**values)
        check = getattr(record, "check", None)
        return record if check is None or check(node, self) else BAD

    def _unknown_key(self, key_node: yaml.Node, fields: Mapping[str, Field]) -> None:
        if not isinstance(key_node, yaml.ScalarNode):
            self.wrong("wrong-type", key_node, "a word as key", describe(key_node))
            return
        near = self.near(key_node.value, fields)
        hint = f"did you mean {near}?" if near else f"allowed here: {', '.join(fields)}"
        if key_node.tag == _MERGE:
            hint = "write the values out: merging is not used in records"
        self.wrong(
            "unknown-key",
            key_node,
            "a key of the record format",
            shown(key_node.value),
            hint,
            at=(key_node.value[:_LONGEST_KEY],),
        )


def child(node: yaml.Node, *steps: str | int) -> yaml.Node:
    """The node below ``node`` along keys and positions; the nearest one above where a step is missing."""
    for step in steps:
        if isinstance(step, int) and isinstance(node, yaml.SequenceNode) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
    return node
