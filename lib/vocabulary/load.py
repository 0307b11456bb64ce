"""The files of the vocabularies to one value: what is wrong in them is collected."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from lib.problems import Problem, in_order
from lib.records.document import Document, compose, describe
from lib.records.reader import Reader
from lib.records.scalars import BAD
from lib.vocabulary import entries as models
from lib.vocabulary.people import without_shared_names
from lib.vocabulary.themes import with_sound_parents
from lib.vocabulary.words import Vocabulary

FILES: Mapping[str, type] = {
    "countries": models.Country,
    "organizations": models.Organization,
    "groups": models.Entry,
    "series": models.Series,
    "kinds": models.Kind,
    "statuses": models.Entry,
    "modes": models.Entry,
    "rosters": models.Entry,
    "capacities": models.Entry,
    "levels": models.Level,
    "themes": models.Theme,
    "mention-forms": models.Entry,
    "outcome-forms": models.OutcomeForm,
    "source-kinds": models.Entry,
    "places": models.City,
    "offices": models.Offices,
    "synonyms": models.Synonym,
    "publisher-seats": models.Seat,
    "people": models.Person,
    "incidents": models.Incident,
}
"""The vocabularies, each in a file of that name; one that others refer to comes before them."""

MAX_BYTES = 2 * 1024 * 1024
"""The largest file that is read, in bytes: the registry of people grows with the records."""


def load_vocabulary(folder: Path, shipped: Path | None = None) -> Vocabulary:
    """The vocabularies in ``folder``; a bad entry is left out and named in ``problems``.

    A file that ``folder`` lacks is taken from ``shipped``. Raises FileNotFoundError where that has
    none either.
    """
    entries: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    digest = hashlib.blake2b(digest_size=16)
    for name, model in FILES.items():
        path = folder / f"{name}.yaml"
        data = _bytes_of(path)
        if data is None and shipped:
            data = _bytes_of(shipped / path.name)
        if data is None:
            raise FileNotFoundError(f"{path}: this vocabulary is missing; copy it from data/vocabulary")
        digest.update(name.encode() + b"\0" + (data if isinstance(data, bytes) else b""))
        document = data if isinstance(data, Problem) else compose(f"vocabulary/{path.name}", data, MAX_BYTES)
        if isinstance(document, Problem):
            problems.append(document)
            entries[name] = MappingProxyType({})
            continue
        reader = Reader(document.file, entries)
        found = _entries(document, reader, model)
        if model is models.Person:
            found = without_shared_names(found, document, reader)
        elif model is models.Theme:
            found = with_sound_parents(found, document, reader)
        entries[name] = MappingProxyType(found)
        problems.extend(reader.problems)
    return Vocabulary(MappingProxyType(entries), in_order(problems), digest.hexdigest())


def _bytes_of(path: Path) -> bytes | Problem | None:
    """A file's bytes, None where there is no such file, or why it cannot be read: a pipe, say, is not waited for."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError("it is no regular file")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return Problem(
            "unreadable",
            f"vocabulary/{path.name}",
            1,
            "",
            "a file that can be read",
            error.strerror or str(error),
            "mend its permissions, or the link",
        )


def _entries(document: Document, reader: Reader, model: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in document.root.value:
        word = key.value
        if not isinstance(key, yaml.ScalarNode):
            reader.wrong("wrong-type", key, "a word as key", describe(key))
            continue
        if word in found:
            reader.wrong("duplicate-key", key, "each word once", f"{word} again", at=(word,))
            continue
        reader.path.append(word)
        entry = reader.mapping(_without_nulls(value), model)
        reader.path.pop()
        if entry is not BAD:
            found[word] = entry
    return found


def _without_nulls(node: yaml.Node) -> yaml.Node:
    """The entry without the keys that are written as null: in a vocabulary, null says 'not known'."""
    if isinstance(node, yaml.MappingNode):
        node.value = [
            (key, _without_nulls(value)) for key, value in node.value if value.tag != "tag:yaml.org,2002:null"
        ]
    elif isinstance(node, yaml.SequenceNode):
        node.value = [_without_nulls(value) for value in node.value]
    return node


def names(vocabulary: Vocabulary) -> Mapping[str, Iterable[str]]:
    """The words of each vocabulary, as the reader of records needs them."""
    return vocabulary.entries
