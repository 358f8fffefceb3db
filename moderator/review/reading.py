"""Records of the review topics to what they hold."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from moderator.contracts.codec import parse_json
from moderator.contracts.record import Record
from moderator.contracts.review import Decision, Escalation
from moderator.errors import ContractError, DeadLetterCode, DecodeError

Contract = TypeVar("Contract", bound=BaseModel)


def read_escalation(record: Record) -> Escalation:
    """Raises DecodeError or ContractError, each with its code and the field, and nothing of what a user wrote."""
    return _read(record, Escalation)


def read_decision(record: Record) -> Decision:
    """Likewise."""
    return _read(record, Decision)


def _read(record: Record, contract: type[Contract]) -> Contract:
    if not record.readable:
        raise DecodeError(DeadLetterCode.INVALID_ENCODING, "headers")
    if record.value is None:
        raise DecodeError(DeadLetterCode.TOMBSTONE)
    document = parse_json(record.value)
    if not isinstance(document, dict):
        raise ContractError(DeadLetterCode.NOT_AN_OBJECT)
    try:
        return contract.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        code = DeadLetterCode.MISSING_FIELD if first["type"] == "missing" else DeadLetterCode.INVALID_FIELD
        raise ContractError(code, "".join(f"/{part}" for part in first["loc"])) from None
