"""A record as plain values: the inverse of reading it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from lib.records.dates import PartialDate
from lib.records.fields import fields_of
from lib.records.model import Event


def record(event: Event) -> dict[str, Any]:
    """A record with the keys of the record format, as its file has it: keys without a value are left out."""
    return _plain(event)


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    defaults: Mapping[str, Any] = {field.name: field.default for field in dataclasses.fields(value)}
    found = {}
    for key, field in fields_of(type(value)).items():
        held = getattr(value, field.attribute)
        if field.required or held != defaults[field.attribute]:
            found[key] = _plain(held)
    return found
