"""The committed schemas are what the contracts say, and say only what is on the wire."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from moderator.contracts.labels import LABELS, SENTIMENTS
from moderator.contracts.schemas import CONTRACTS, main, schema_files
from tests.schemas.folder import SCHEMAS, schema_path

PUBLISHED = [noun for noun in CONTRACTS if noun != "message"]


def committed(noun: str) -> Any:
    """A schema file's document."""
    return json.loads(schema_path(noun).read_bytes())


def test_no_drift(capsys: pytest.CaptureFixture[str]) -> None:
    """A contract cannot change without its public schema; `make schemas` writes them anew."""
    assert main([str(SCHEMAS), "--check"]) == 0, capsys.readouterr().err


def test_no_orphans() -> None:
    """Every schema file is that of a contract."""
    assert {path.name for path in SCHEMAS.glob("*.json")} == set(schema_files())


def test_writes_then_agrees_then_names_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check sees a missing file and an altered one, and names them."""
    assert main([str(tmp_path), "--check"]) == 1
    assert main([str(tmp_path)]) == 0
    assert main([str(tmp_path), "--check"]) == 0
    capsys.readouterr()
    altered = tmp_path / "verdict.v1.schema.json"
    altered.write_text(altered.read_text().replace("escalate", "defer"))
    assert main([str(tmp_path), "--check"]) == 1
    assert capsys.readouterr().err == f"{altered}: not as generated from the contracts\n"


@pytest.mark.parametrize("noun", CONTRACTS)
def test_form(noun: str) -> None:
    """Each is valid JSON Schema 2020-12, names itself, says what each field means, and is open to unknown fields."""
    schema = committed(noun)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:moderator:{noun}:v1"
    assert schema["title"]
    assert schema["description"]
    assert all(part.get("description") for part in schema["properties"].values())
    assert "additionalProperties" not in json.dumps(schema)


@pytest.mark.parametrize("noun", PUBLISHED)
def test_published_fields_are_absent_never_null(noun: str) -> None:
    """A reader need not expect null where the program leaves a field out."""
    assert '"null"' not in schema_path(noun).read_text()
    assert '"default"' not in schema_path(noun).read_text()


def test_a_verdict_always_holds_its_fields() -> None:
    """Only what a verdict without a Kafka record lacks is optional, and what a final one alone has."""
    schema = committed("verdict")
    assert set(schema["properties"]) - set(schema["required"]) == {"origin", "timings", "replaces", "statement"}


def test_shapes_of_scores_and_sentiment() -> None:
    """`scores` is an object, label to number, with every label; `sentiment` its likeliest label and all its scores."""
    definitions = committed("verdict")["$defs"]
    assert definitions["LabelScores"]["required"] == list(LABELS)
    assert definitions["Sentiment"]["required"] == ["label", "scores"]
    assert definitions["SentimentScores"]["required"] == list(SENTIMENTS)
