"""The record format as a JSON Schema for editors and as a table for people, both from the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lib.records.fields import Field, ListOf, Nested, fields_of
from lib.records.model import Event

_INTRODUCTION = {
    "Event": "The record",
    "Place": "`place`",
    "Participation": "An entry of `participants`",
    "Mention": "An entry of `themes`",
    "Outcome": "An entry of `outcomes`",
    "Source": "An entry of `sources`",
    "Review": "`reviewed`",
}

_ANY_PLACE = [{"required": ["place"]}, {"required": ["places"]}, {"properties": {"mode": {"const": "virtual"}}}]
"""A record has a place or several; only a virtual event may have none."""


def models() -> list[type]:
    """The models of a record, the record itself first, each once."""
    found: list[type] = [Event]
    for model in found:
        for field in fields_of(model).values():
            kind = field.kind.item if isinstance(field.kind, ListOf) else field.kind
            if isinstance(kind, Nested) and kind.model not in found:
                found.append(kind.model)
    return found


def json_schema(words: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record; ``words`` are the entries of each vocabulary."""
    definitions = {model.__name__: _object(model, words) for model in models()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Samvad event record",
        **definitions.pop("Event"),
        "$defs": definitions,
    }


def _object(model: type, words: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    fields = fields_of(model)
    return {
        **({"anyOf": _ANY_PLACE} if model is Event else {}),
        "type": "object",
        "additionalProperties": False,
        "required": [key for key, field in fields.items() if field.required],
        "properties": {
            key: {**_closed(field.kind.schema(), words), "description": field.meaning} for key, field in fields.items()
        },
    }


def _closed(schema: dict[str, Any], words: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The schema with the names of vocabularies replaced by their words."""
    if "vocabularies" in schema:
        names = schema.pop("vocabularies")
        schema["enum"] = [word for name in names for word in words.get(name, [name])]
    if "items" in schema:
        schema["items"] = _closed(schema["items"], words)
    return schema


def markdown_table() -> str:
    """Every key of the record, by mapping: what it holds, whether it must be there, what it means."""
    parts = []
    for model in models():
        rows = [_row(field) for field in fields_of(model).values()]
        parts.append(
            f"**{_INTRODUCTION[model.__name__]}**\n\n| key | holds | | meaning |\n|---|---|---|---|\n" + "\n".join(rows)
        )
    return "\n\n".join(parts) + "\n"


def _row(field: Field) -> str:
    return f"| `{field.key}` | {field.kind.words} | {'required' if field.required else ''} | {field.meaning} |"
