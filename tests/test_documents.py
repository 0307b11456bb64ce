"""The documents say what the code says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from lib.catalog import read_record, record_reader
from lib.links import SETTINGS
from scripts.document import generated
from tests.samples import came, record, text_of, vocabulary

ROOT = Path(__file__).resolve().parents[1]


def test_the_generated_parts_of_the_documents_are_up_to_date() -> None:
    stale = [str(path) for path, text in generated().items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run make docs"


def test_every_shipped_record_fits_the_schema_for_editors() -> None:
    schema = json.loads((ROOT / "data" / "event.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for path in sorted((ROOT / "data" / "events").glob("*.yaml")):
        # BaseLoader keeps dates as texts, as an editor's schema check sees them.
        record = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        errors = [error.message for error in validator.iter_errors(_typed(record))]
        assert not errors, f"{path.name}: {errors[:2]}"


def test_the_schema_for_editors_refuses_an_unknown_key_and_an_unknown_word() -> None:
    schema = json.loads((ROOT / "data" / "event.schema.json").read_text(encoding="utf-8"))
    path = next((ROOT / "data" / "events").glob("2024-04-26-sco-dmm*.yaml"))
    record = _typed(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))
    record["sumary"] = "x"
    record["kind"] = "party"
    found = {tuple(error.path) for error in jsonschema.Draft202012Validator(schema).iter_errors(record)}
    assert found == {(), ("kind",)}


@pytest.mark.parametrize(
    ("keys", "fits"),
    [
        ({"place": {"country": "KAZ"}, "mode": "in-person"}, True),
        ({"places": [{"country": "KAZ"}, {"country": "KGZ"}], "mode": "in-person"}, True),
        ({"mode": "virtual"}, True),
        ({"mode": "in-person"}, False),
        ({"mode": "hybrid"}, False),
    ],
)
def test_the_schema_asks_for_a_place_but_of_a_virtual_event(keys: dict[str, object], fits: bool) -> None:
    schema = json.loads((ROOT / "data" / "event.schema.json").read_text(encoding="utf-8"))
    values = {
        key: value for key, value in record("one", start="2024-04-25").items() if key not in ("place", "mode")
    } | keys
    assert jsonschema.Draft202012Validator(schema).is_valid(values) == fits


@pytest.mark.parametrize(
    ("written", "fits"),
    [("false", True), ("true", True), ('"false"', False), ("'true'", False), ("!!str false", False)],
)
def test_true_and_false_are_written_plainly_for_the_schema_and_for_the_reader(written: str, fits: bool) -> None:
    text = text_of(record("one", participants=[came("IND", attended="HERE")])).replace("HERE", written)
    read = read_record("one.yaml", text.encode(), record_reader(vocabulary()))
    values = yaml.safe_load(text)
    schema = json.loads((ROOT / "data" / "event.schema.json").read_text(encoding="utf-8"))
    refused = [list(error.path) for error in jsonschema.Draft202012Validator(schema).iter_errors(values)]
    assert (refused, [problem.field for problem in read.problems if problem.kind == "wrong-type"]) == (
        ([], []) if fits else ([["participants", 0, "attended"]], ["participants[0].attended"])
    )
    assert fits or f"write {'false' if 'false' in written else 'true'} without quotes" in str(read.problems[0])


def test_the_document_of_filters_names_every_page_setting() -> None:
    text = (ROOT / "docs" / "filters.md").read_text(encoding="utf-8")
    assert [name for name in SETTINGS if f"`{name}`" not in text] == []


def test_the_readme_names_every_target_of_the_makefile_that_a_newcomer_needs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in ("run", "test", "check", "bench", "docs", "pictures"):
        assert f"make {target}" in readme


def _typed(value: object) -> object:
    """The booleans of the format as booleans again."""
    if isinstance(value, dict):
        return {
            key: item == "true" if key in ("attended", "title_reconstructed", "joint_document") else _typed(item)
            for key, item in value.items()
        }
    return [_typed(item) for item in value] if isinstance(value, list) else value
