"""CloudEvents 1.0 in each of its forms, and bare JSON beside them."""

import base64
from typing import Any

import pytest

from moderator.contracts.record import Headers
from moderator.errors import ContractError, DeadLetterCode, DecodeError
from tests.unit.contracts.records import as_json, decode

DATA = {"id": "m-1", "text": "Good morning!"}
ENVELOPE = {"specversion": "1.0", "id": "e-1", "source": "/game", "type": "chat.message"}
STRUCTURED: Headers = (("content-type", b"application/cloudevents+json; charset=UTF-8"),)
BINARY: Headers = (("ce_specversion", b"1.0"), ("ce_id", b"e-1"), ("ce_source", b"/game"), ("ce_type", b"chat.message"))


@pytest.mark.parametrize(
    ("document", "headers"),
    [
        pytest.param(DATA, (), id="bare"),
        pytest.param(DATA, (("content-type", b"application/json"),), id="bare with a content type"),
        pytest.param(DATA, BINARY, id="binary"),
        pytest.param(DATA, (*BINARY, ("ce_dataschema", None)), id="binary with a null header"),
        pytest.param(DATA, tuple((name.upper(), value) for name, value in BINARY), id="binary, names in capitals"),
        pytest.param({**ENVELOPE, "data": DATA}, STRUCTURED, id="structured"),
        pytest.param({**ENVELOPE, "data": DATA}, (), id="structured without a content type"),
        pytest.param({**ENVELOPE, "data": DATA, "mood": 3}, STRUCTURED, id="structured with an extension"),
        pytest.param({**ENVELOPE, "data_base64": base64.b64encode(as_json(DATA)).decode()}, STRUCTURED, id="base64"),
    ],
)
def test_every_form_holds_the_same_message(document: Any, headers: Headers) -> None:
    """A platform need not change how it publishes; the payload's own id wins over the event's."""
    message = decode(as_json(document), headers)
    assert (message.id, message.text) == ("m-1", "Good morning!")


@pytest.mark.parametrize("data", [{"text": "Good morning!"}, {"text": "Good morning!", "id": None, "created_at": None}])
def test_the_events_id_and_time_stand_in(data: dict[str, Any]) -> None:
    """A payload without them, or with nulls, has those of its event, in either form."""
    in_binary = decode(as_json(data), (*BINARY, ("ce_time", b"2026-03-01T09:30:00Z")))
    in_structured = decode(as_json({**ENVELOPE, "time": "2026-03-01T09:30:00Z", "data": data}), STRUCTURED)
    assert in_binary == in_structured
    assert in_binary.id == "e-1"
    assert in_binary.created_at is not None


def test_a_message_that_resembles_an_envelope_is_bare() -> None:
    """Without all four required attributes it is a platform's own JSON."""
    assert decode(as_json({**DATA, "specversion": "1.0", "type": "chat"})).id == "m-1"


def test_the_envelopes_source_is_not_the_messages() -> None:
    """A CloudEvent's source is a URI, and no word on who wrote the text."""
    assert decode(as_json({**ENVELOPE, "source": "/ai", "data": DATA}), STRUCTURED).source == "user"


@pytest.mark.parametrize(
    ("document", "headers", "where"),
    [
        pytest.param(DATA, (("ce_specversion", b"0.3"),), "ce_specversion", id="binary, old version"),
        pytest.param(DATA, (("ce_specversion", None),), "ce_specversion", id="binary, null version"),
        pytest.param(DATA, (*BINARY, ("ce_id", b"\xff")), "ce_id", id="binary, id of no text"),
        pytest.param(DATA, (*BINARY, ("ce_time", b"\xff")), "ce_time", id="binary, time of no text"),
        pytest.param([DATA], (("content-type", b"application/cloudevents-batch+json"),), "content-type", id="batch"),
        pytest.param(DATA, STRUCTURED, "", id="structured without an envelope"),
        pytest.param([ENVELOPE], STRUCTURED, "", id="structured in an array"),
        pytest.param(
            {**ENVELOPE, "specversion": "0.3", "data": DATA}, (), "/specversion", id="structured, old version"
        ),
        pytest.param({**ENVELOPE, "specversion": 1.0, "data": DATA}, (), "/specversion", id="structured, no text"),
        pytest.param({**ENVELOPE, "id": "", "data": DATA}, (), "/id", id="structured, empty id"),
        pytest.param({**ENVELOPE, "id": 7, "data": DATA}, (), "/id", id="structured, numeric id"),
        pytest.param({**ENVELOPE, "time": 7, "data": DATA}, (), "/time", id="structured, numeric time"),
        pytest.param(ENVELOPE, (), "/data", id="structured without data"),
        pytest.param({**ENVELOPE, "data_base64": "%%%"}, (), "/data_base64", id="no base64"),
        pytest.param({**ENVELOPE, "data_base64": "ä"}, (), "/data_base64", id="base64 beyond ASCII"),
        pytest.param({**ENVELOPE, "data_base64": 7}, (), "/data_base64", id="base64 of a number"),
        pytest.param({**ENVELOPE, "data_base64": None}, (), "/data_base64", id="base64 of nothing"),
    ],
)
def test_broken_envelopes(document: Any, headers: Headers, where: str) -> None:
    """What breaks the specification is a dead letter that names the attribute."""
    with pytest.raises(ContractError) as refusal:
        decode(as_json(document), headers)
    assert (refusal.value.code, refusal.value.where) == (DeadLetterCode.INVALID_CLOUDEVENT, where)


def test_base64_of_no_json() -> None:
    """What is wrong inside the envelope has its own code."""
    with pytest.raises(DecodeError) as refusal:
        decode(as_json({**ENVELOPE, "data_base64": base64.b64encode(b"\xff").decode()}), STRUCTURED)
    assert refusal.value.code is DeadLetterCode.INVALID_ENCODING


@pytest.mark.parametrize("data", ["Good morning!", None, 7, [DATA]])
def test_data_that_is_no_object(data: Any) -> None:
    """The payload of an envelope is held to the same form as a bare one."""
    with pytest.raises(ContractError) as refusal:
        decode(as_json({**ENVELOPE, "data": data}), STRUCTURED)
    assert refusal.value.code is DeadLetterCode.NOT_AN_OBJECT
