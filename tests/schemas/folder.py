"""The schemas folder as the tests read it."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from moderator.config import InputSettings
from moderator.contracts.codec import MessageDecoder
from moderator.contracts.record import Record
from moderator.contracts.schemas import CONTRACTS

SCHEMAS = Path(__file__).parents[2] / "schemas"
EXAMPLES = SCHEMAS / "examples"


def schema_path(noun: str) -> Path:
    """The committed schema of a contract."""
    return SCHEMAS / f"{noun}.v1.schema.json"


def validator(noun: str) -> Draft202012Validator:
    """The committed schema of a contract, as a consumer would use it."""
    return Draft202012Validator(json.loads(schema_path(noun).read_bytes()), format_checker=FormatChecker())


def examples(kind: str, noun: str = "*") -> list[Path]:
    """The example files of a kind, "valid" or "invalid"."""
    return sorted(EXAMPLES.glob(f"{noun}/v1/{kind}/*.json"))


def noun_of(example: Path) -> str:
    """The contract that an example is of."""
    return example.relative_to(EXAMPLES).parts[0]


def read(noun: str, document: Any) -> object:
    """`document` as this program reads it: a message through the decoder, since that is its door."""
    if noun == "message":
        decoder = MessageDecoder(InputSettings().pointers(), InputSettings().max_text_characters)
        return decoder.decode(Record("messages", 0, 0, 0, None, json.dumps(document).encode()))
    return CONTRACTS[noun][0].model_validate_json(json.dumps(document))
