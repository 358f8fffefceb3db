"""Examples are promises: every schema and its contract take the valid ones and refuse the invalid ones, for the reason
in the file's name.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError as SchemaError
from pydantic import BaseModel, ValidationError

from moderator.contracts.codec import to_bytes
from moderator.contracts.schemas import CONTRACTS
from moderator.errors import PoisonRecord
from tests.schemas.folder import EXAMPLES, examples, noun_of, read, validator

WHOLE_DOCUMENT = "document"


def name(path: Path) -> str:
    """How a test names an example."""
    return f"{noun_of(path)}: {path.stem}"


@pytest.mark.parametrize("path", examples("valid"), ids=name)
def test_valid(path: Path) -> None:
    """What the schema promises to take, the program takes. These files are never changed: they are what older
    producers send and older versions have published.
    """
    document = json.loads(path.read_bytes())
    validator(noun_of(path)).validate(document)
    contract = read(noun_of(path), document)
    assert isinstance(contract, BaseModel)


@pytest.mark.parametrize("path", [path for path in examples("valid") if noun_of(path) != "message"], ids=name)
def test_published_again(path: Path) -> None:
    """An output that was read and is published again is still what its schema promises, and loses nothing known."""
    noun, document = noun_of(path), json.loads(path.read_bytes())
    contract = CONTRACTS[noun][0].model_validate(document)
    published = json.loads(contract.model_dump_json(by_alias=True, exclude_none=True))
    validator(noun).validate(published)
    if "unknown_fields" not in path.stem and "own_headers" not in path.stem:
        assert published == document
    if noun != "dead_letter":  # its fields are headers, not a value
        assert json.loads(to_bytes(contract)) == published


@pytest.mark.parametrize("path", examples("invalid"), ids=name)
def test_invalid(path: Path) -> None:
    """Both refuse it, and for the field before the `--` in the file's name: not for a slip elsewhere in the example."""
    document = json.loads(path.read_bytes())
    expected = path.stem.split("--")[0]
    assert {offender(error) for error in validator(noun_of(path)).iter_errors(document)} == {expected}
    with pytest.raises((ValidationError, PoisonRecord)) as refusal:
        read(noun_of(path), document)
    error = refusal.value
    if isinstance(error, PoisonRecord):
        assert (error.where.removeprefix("/") or WHOLE_DOCUMENT) == expected
    elif isinstance(error, ValidationError):
        assert {part["loc"][0] for part in error.errors()} == {expected}


def offender(error: SchemaError) -> str:
    """The top-level field that a schema refuses."""
    if error.absolute_path:
        return str(error.absolute_path[0])
    if error.validator == "required":
        required: Any = error.validator_value
        given: Any = error.instance
        missing = [field for field in required if field not in given]
        assert len(missing) == 1
        return str(missing[0])
    return WHOLE_DOCUMENT


@pytest.mark.parametrize("noun", CONTRACTS)
@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_every_schema_has_examples(noun: str, kind: str) -> None:
    """A guard that nobody has seen refuse something may be none."""
    assert len(examples(kind, noun)) >= 2


def test_no_orphans() -> None:
    """Every file under examples/ is where the tests look."""
    known = {path for noun in CONTRACTS for kind in ("valid", "invalid") for path in examples(kind, noun)}
    assert {path for path in EXAMPLES.rglob("*") if path.is_file()} == known
