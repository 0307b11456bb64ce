"""The data package: the five tables of a selection with all that is needed to use and to cite them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from lib.export.citation import LICENCE, LICENCE_ADDRESS, LICENCE_NOTICE, LICENCE_TITLE, TITLE, Citation
from lib.export.csv import to_csv
from lib.export.dictionary import allowed, markdown
from lib.export.json import chosen
from lib.filters.selection import Selection
from lib.tables.columns import TABLES, Column
from lib.text import counted
from lib.vocabulary import Vocabulary

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The time of every file: the earliest that a zip can say, so that the same data give the same bytes."""

_SOURCE_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"


def build_package(selection: Selection, view: str, citation: Citation, all_rows: bool = False) -> bytes:
    """A zip file with the tables as CSV, a Frictionless ``datapackage.json``, README, citation, licence and SHA256SUMS.

    ``view`` is the absolute address that shows the selection, ``citation`` says how to cite it; ``all_rows`` keeps every row of the
    events that pass, as ``rows=all`` does. The same data, filters, address and citation give the same bytes.
    """
    tables, counts = {}, {}
    for table in TABLES:
        frame = selection.all_rows(table) if all_rows else selection.rows(table)
        tables[f"{table}.csv"] = to_csv(frame, table)
        counts[table] = len(frame)
    files = {
        "README.md": _readme(selection, view, citation, counts, all_rows).encode(),
        "datapackage.json": _json(_descriptor(selection, view, tables, all_rows)),
        **tables,
        "CITATION.cff": citation.cff.encode(),
        "citation.bib": citation.bibtex.encode(),
        "LICENSE.txt": LICENCE_NOTICE.encode(),
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return _zip({**files, "SHA256SUMS": sums.encode()})


def table_schema(table: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The Frictionless Table Schema of a table: every column with type, meaning and what limits its values."""
    declared = TABLES[table]
    schema: dict[str, Any] = {
        "fields": [
            _field(column, vocabulary, required=column.name in (*declared.key, "event_id"))
            for column in declared.columns
        ],
        "missingValues": [""],
    }
    if declared.key:
        schema["primaryKey"] = list(declared.key)
    if table != "events":
        schema["foreignKeys"] = [{"fields": ["event_id"], "reference": {"resource": "events", "fields": ["event_id"]}}]
    return schema


def _field(column: Column, vocabulary: Vocabulary, required: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": "string", "description": column.meaning}
    limits: dict[str, Any] = {"required": True} if required else {}
    words = allowed(column, vocabulary)
    match column.type:
        case "term":
            limits["enum"] = list(words)
        case "list":
            # As a text with a pattern every version of the standard reads it; a list type came with the second.
            item = f"(?:{'|'.join(re.escape(word) for word in words)})" if words else _SOURCE_ID
            limits["pattern"] = f"{item}(?:;{item})*"
        case "date":
            limits["pattern"] = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
        case "id":
            limits["pattern"] = _SOURCE_ID
        case "url":
            limits["pattern"] = r"https?://\S+"
        case "day":
            field["type"] = "date"
        case "count":
            field["type"] = "integer"
            limits["minimum"] = 0
        case "yes-no":
            field |= {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]}
    if column.unit:
        field["unit"] = column.unit
    return {**field, "constraints": limits} if limits else field


def _descriptor(selection: Selection, view: str, tables: Mapping[str, bytes], all_rows: bool) -> dict[str, Any]:
    vocabulary = selection.tables.vocabulary
    return {
        "profile": "tabular-data-package",
        "name": "samvad",
        "title": TITLE,
        "description": f"{selection.words}.",
        "homepage": view,
        "version": selection.tables.digest,
        "data_version": selection.tables.digest,
        "filters": chosen(selection.filters),
        "rows": "all" if all_rows else "narrowed",
        "licenses": [{"name": LICENCE, "title": LICENCE_TITLE, "path": LICENCE_ADDRESS}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name.removesuffix(".csv"),
                "path": name,
                "description": f"One row is {TABLES[name.removesuffix('.csv')].row}.",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(data),
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "schema": table_schema(name.removesuffix(".csv"), vocabulary),
            }
            for name, data in tables.items()
        ],
    }


def _readme(selection: Selection, view: str, citation: Citation, counts: Mapping[str, int], all_rows: bool) -> str:
    rows = "Every row of the events that pass is here."
    if not all_rows and any(selection.filters[name] for name in ("country", "level", "theme", "by", "form")):
        rows = "Of the events that pass, participations are narrowed to the countries and levels chosen, mentions to the themes, actors and forms."
    filters = "\n".join(
        f"- `{parameter}`: {_line(', '.join(values))}" for parameter, values in chosen(selection.filters).items()
    )
    files = "\n".join(
        f"- `{table}.csv`: {counted(count, 'row')}, each {TABLES[table].row}" for table, count in counts.items()
    )
    return f"""\
# {TITLE}

Selection: {_line(selection.words)}.

- The view: {view}
- Data version: {selection.tables.digest}
- Licence: {LICENCE_TITLE}, {LICENCE_ADDRESS}

## Filters

{filters or "None: these are all records."}

{rows}

## Files

{files}
- `datapackage.json`: every column described, for Frictionless tools (`frictionless validate datapackage.json`)
- `CITATION.cff`, `citation.bib`: how to cite; `LICENSE.txt`: the licence
- `SHA256SUMS`: checksums (`sha256sum --check SHA256SUMS`)

## To cite

{citation.text}

Add the day on which you fetched it.

{markdown(selection.tables.vocabulary)}"""


def _line(text: str) -> str:
    """``text`` on one line: what was searched for may hold line breaks."""
    return " ".join(text.split())


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()
