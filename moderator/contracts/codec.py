"""Bytes to contracts and back: the only JSON of the hot path. Never puts what a user wrote into an error."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json, to_json

from moderator.contracts.cloudevents import event_headers, open_event
from moderator.contracts.dead_letter import DeadLetter
from moderator.contracts.json_pointer import ABSENT, parse_pointer, resolve
from moderator.contracts.message import MESSAGE_FIELDS, Message
from moderator.contracts.record import Headers, Publication, Record
from moderator.contracts.review import Escalation
from moderator.contracts.verdict import Verdict
from moderator.errors import ContractError, DeadLetterCode, DecodeError, OversizedMessage

EVENT_SOURCE = "/moderator/agent"


def parse_json(value: bytes) -> Any:
    """Parse strict JSON: UTF-8 without a byte order mark, no NaN, no lone surrogates, at most 200 levels, integers of
    at most 4,300 digits. Of a repeated key the last value counts. Raises DecodeError.
    """
    try:
        return from_json(value, allow_inf_nan=False)
    except ValueError:
        pass
    try:
        value.decode()
    except UnicodeDecodeError:
        raise DecodeError(DeadLetterCode.INVALID_ENCODING) from None
    raise DecodeError(DeadLetterCode.INVALID_JSON)


class MessageDecoder:
    """Reads messages of one platform's JSON shape."""

    def __init__(self, pointers: Mapping[str, str], max_text_characters: int) -> None:
        """`pointers` maps fields of Message to JSON Pointers into the payload; a field not named stays unset."""
        self._paths = {name: parse_pointer(pointers[name]) for name in MESSAGE_FIELDS if name in pointers}
        self._pointers = dict(pointers)
        self._max_text_characters = max_text_characters

    def decode(self, record: Record) -> Message:
        """The message in `record`. Raises DecodeError, ContractError or OversizedMessage, each with its code; nothing
        else, whatever the bytes are.
        """
        if not record.readable:
            raise DecodeError(DeadLetterCode.INVALID_ENCODING, "headers")
        if record.value is None:
            raise DecodeError(DeadLetterCode.TOMBSTONE)
        event = open_event(record, parse_json)
        if not isinstance(event.data, Mapping):
            raise ContractError(DeadLetterCode.NOT_AN_OBJECT)
        fields = {
            name: value
            for name, path in self._paths.items()
            if (value := resolve(event.data, path)) is not ABSENT and value is not None
        }
        if event.id is not None:
            fields.setdefault("id", event.id)
        if event.time is not None:
            fields.setdefault("created_at", event.time)
        return self.validate(fields)

    def validate(self, fields: Mapping[str, Any]) -> Message:
        """Fields by name to a message, with the same errors as `decode`."""
        for name in ("id", "text"):
            if name not in fields:
                raise ContractError(DeadLetterCode.MISSING_FIELD, self._pointers.get(name, f"/{name}"))
        text = fields["text"]
        if isinstance(text, str):
            if not text.strip():
                raise ContractError(DeadLetterCode.EMPTY_TEXT, self._pointers.get("text", "/text"))
            if len(text) > self._max_text_characters:
                raise OversizedMessage(DeadLetterCode.TEXT_TOO_LONG, self._pointers.get("text", "/text"))
        try:
            message = Message.model_validate(fields)
        except ValidationError as error:
            name = str(error.errors(include_input=False, include_context=False)[0]["loc"][0])
            raise ContractError(DeadLetterCode.INVALID_FIELD, self._pointers.get(name, f"/{name}")) from None
        if len(message.text) > self._max_text_characters:  # the digits of a number
            raise OversizedMessage(DeadLetterCode.TEXT_TOO_LONG, self._pointers.get("text", "/text"))
        return message


def to_bytes(contract: BaseModel) -> bytes:
    """A contract as compact JSON; fields that are unset are left out."""
    return to_json(contract, exclude_none=True)


def publish_verdict(verdict: Verdict, record: Record, topic: str, created_in: bytes | None = None) -> Publication:
    """The verdict's record: the key of the message's record, else the message id. See `event_headers`."""
    headers = event_headers(
        "verdict", verdict.id, EVENT_SOURCE, verdict.message_id, verdict.decided_at, record, created_in
    )
    return Publication(topic, _key(record, verdict.message_id), to_bytes(verdict), headers)


def publish_escalation(
    escalation: Escalation, record: Record, topic: str, created_in: bytes | None = None
) -> Publication:
    """The escalation's record, keyed as the verdict is."""
    headers = event_headers(
        "escalation", escalation.id, EVENT_SOURCE, escalation.message_id, escalation.escalated_at, record, created_in
    )
    return Publication(topic, _key(record, escalation.message_id), to_bytes(escalation), headers)


def publish_dead_letter(dead_letter: DeadLetter, record: Record, topic: str) -> Publication:
    """The original record, byte for byte, with the headers that say what was wrong. In a record that comes back from a
    replay they follow those of the last time, so the last header of a name counts; where there is nothing to say, an
    empty one stands against one that the record came with.
    """
    fields: dict[str, str | None] = dead_letter.model_dump(mode="json", by_alias=True)
    own = {name for name, _ in record.headers}
    headers: Headers = tuple((name, (value or "").encode()) for name, value in fields.items() if value or name in own)
    return Publication(topic, record.key, record.value, (*record.headers, *headers))


def _key(record: Record, message_id: str) -> bytes:
    return record.key if record.key is not None else message_id.encode()
