"""Write the generated parts of the documents: ``python -m scripts.document`` (``--check`` only compares)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lib.filters.table import FILTERS
from lib.records.schema import json_schema, markdown_table
from lib.vocabulary import load_vocabulary
from scripts.generated import filled

ROOT = Path(__file__).resolve().parents[1]
BEGIN = "<!-- generated: make docs -->"


_VALUES = {
    "date": "YYYY, YYYY-MM or YYYY-MM-DD",
    "choice": "ids, several joined by commas",
    "text": "words",
    "match": "`any` or `all`",
}


def filters_table() -> str:
    """Each filter's parameter, its name on the page, its values, which events pass."""
    rows = [f"| `{row.parameter}` | {row.label} | {_VALUES[row.widget]} | {row.help} |" for row in FILTERS]
    return "| parameter | on the page | values | an event passes if |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def generated() -> dict[Path, str]:
    """Each generated file with the text that it ought to have."""
    readme, filters = ROOT / "data" / "README.md", ROOT / "docs" / "filters.md"
    schema = json_schema(load_vocabulary(ROOT / "data" / "vocabulary").entries)
    return {
        readme: filled(readme.name, readme.read_text(encoding="utf-8"), BEGIN, markdown_table()),
        filters: filled(filters.name, filters.read_text(encoding="utf-8"), BEGIN, filters_table()),
        ROOT / "data" / "event.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n",
    }


def main(arguments: list[str]) -> int:
    """Write what differs; with ``--check`` say what differs and return 1."""
    stale = [
        path for path, text in generated().items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        print(f"{path.relative_to(ROOT)} {'is not up to date: run make docs' if '--check' in arguments else 'written'}")
        if "--check" not in arguments:
            path.write_text(generated()[path], encoding="utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
