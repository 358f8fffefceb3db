"""What is published: keys, headers and values as consumers are promised them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.codec import publish_dead_letter, publish_escalation, publish_verdict, to_bytes
from moderator.contracts.dead_letter import DeadLetter, Stage
from moderator.contracts.labels import LABELS, SENTIMENTS, Label
from moderator.contracts.message import Message
from moderator.contracts.record import Headers, Publication
from moderator.contracts.review import Escalation
from moderator.contracts.verdict import (
    LabelScores,
    Origin,
    Outcome,
    Reason,
    ReasonCode,
    Sentiment,
    SentimentScores,
    Verdict,
    VerdictSource,
    Versions,
)
from moderator.errors import DeadLetterCode, PoisonRecord
from tests.schemas.folder import validator
from tests.unit.contracts.records import NOW, as_json, decode, record

TRACE: Headers = (
    ("traceparent", b"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
    ("tracestate", b"vendor=1"),
)
OWN: Headers = (("tenant-secret", b"\xff\x00"), ("empty", b""), ("null", None))
CANARY = "do-not-quote-me"

VERSIONS = Versions(
    model="m", tokenizer="t", calibration="c", policy="p", software="0", provider="CPUExecutionProvider"
)
ORIGIN = Origin(topic="messages", partition=3, offset=41, timestamp_ms=1_772_357_400_000)
SENTIMENT = Sentiment(label=SENTIMENTS[1], scores=SentimentScores(negative=0.1, neutral=0.7, positive=0.2))


def scores(**others: float) -> LabelScores:
    """Low scores but for `others`."""
    return LabelScores.model_validate({**dict.fromkeys(LABELS, 0.01), **others})


def verdict(**others: Any) -> Verdict:
    """An allow but for `others`."""
    fields = {
        "id": "v-1", "message_id": "m-ü", "outcome": Outcome.ALLOW, "labels": (), "scores": scores(), "reasons": (),
        "sentiment": SENTIMENT, "source": VerdictSource.MODEL, "truncated": False, "versions": VERSIONS,
        "decided_at": NOW, "origin": ORIGIN,
    }  # fmt: skip
    return Verdict.model_validate({**fields, **others})


def escalation(**others: Any) -> Escalation:
    """Of a truncated message but for `others`."""
    fields = {
        "id": "v-1", "message_id": "m-ü", "message": Message(id="m-ü", text="Good morning!"), "scores": scores(),
        "reasons": (Reason(code=ReasonCode.TRUNCATED),), "sentiment": SENTIMENT, "truncated": True,
        "versions": VERSIONS, "origin": ORIGIN, "escalated_at": NOW,
    }  # fmt: skip
    return Escalation.model_validate({**fields, **others})


def dead_letter(**others: Any) -> DeadLetter:
    """Of a message without text but for `others`."""
    fields = {
        "stage": Stage.DECODE, "code": DeadLetterCode.MISSING_FIELD, "where": "/payload/body", "attempts": 1,
        "first_failed_at": NOW, "consumer_group": "moderator", "version": "0.1.0", "topic": "messages", "partition": 3,
        "offset": 41,
    }  # fmt: skip
    return DeadLetter.model_validate({**fields, **others})


def headers_of(publication: Publication) -> dict[str, bytes | None]:
    """The headers by name, none of which comes twice."""
    assert len(dict(publication.headers)) == len(publication.headers)
    return dict(publication.headers)


@pytest.mark.parametrize("publish", ["verdict", "escalation"])
@pytest.mark.parametrize(("key", "published"), [(b"\xff\x01", b"\xff\x01"), (b"", b""), (None, "m-ü".encode())])
def test_key(publish: str, key: bytes | None, published: bytes) -> None:
    """Answers have the key of the record, whatever bytes it is, so that they land where the platform partitions them;
    only a record without one is keyed by its message.
    """
    source = record(b"{}", key)
    if publish == "verdict":
        publication = publish_verdict(verdict(), source, "out")
    else:
        publication = publish_escalation(escalation(), source, "out")
    assert (publication.topic, publication.key) == ("out", published)


def test_headers_of_a_verdict() -> None:
    """A CloudEvent in binary form; trace context goes on, the platform's own headers do not."""
    publication = publish_verdict(verdict(), record(b"{}", headers=(*TRACE, *OWN)), "out")
    assert headers_of(publication) == {
        "ce_specversion": b"1.0",
        "ce_id": b"v-1",
        "ce_source": b"/moderator/agent",
        "ce_type": b"moderator.verdict.v1",
        "ce_subject": "m-ü".encode(),
        "ce_time": b"2026-03-01T09:30:00+00:00",
        "content-type": b"application/json",
        **dict(TRACE),
    }


def test_headers_of_an_escalation() -> None:
    """Likewise, under its own type."""
    headers = headers_of(publish_escalation(escalation(), record(b"{}", headers=TRACE), "out"))
    assert headers["ce_type"] == b"moderator.escalation.v1"
    assert headers["ce_id"] == b"v-1"
    assert headers["traceparent"] == TRACE[0][1]


def test_values_hold_no_null() -> None:
    """What is unset is left out: a reader need not know two ways to say nothing."""
    assert b"null" not in to_bytes(verdict(origin=None, reasons=(Reason(code=ReasonCode.TRUNCATED),)))
    assert json.loads(to_bytes(escalation()))["message"] == {"id": "m-ü", "text": "Good morning!", "source": "user"}


unit = st.floats(0, 1)
reasons = st.builds(
    Reason,
    code=st.sampled_from(ReasonCode),
    label=st.none() | st.sampled_from(Label),
    score=st.none() | unit,
    threshold=st.none() | unit,
)
messages = st.builds(
    Message,
    id=st.text(min_size=1, max_size=20),
    text=st.text(min_size=1).filter(str.strip),
    author_id=st.none() | st.text(max_size=20),
    created_at=st.none() | st.datetimes(),
    source=st.sampled_from(["user", "ai"]),
)


@given(
    message=messages,
    outcome=st.sampled_from(Outcome),
    labels=st.lists(st.sampled_from(Label), unique=True).map(tuple),
    found=st.lists(reasons, min_size=1, max_size=4).map(tuple),
    values=st.fixed_dictionaries(dict.fromkeys(LABELS, unit)),
    truncated=st.booleans(),
    origin=st.none() | st.just(ORIGIN),
)
def test_whatever_is_published_holds_to_its_schema(
    *,
    message: Message,
    outcome: Outcome,
    labels: tuple[Label, ...],
    found: tuple[Reason, ...],
    values: dict[str, float],
    truncated: bool,
    origin: Origin | None,
) -> None:
    """A consumer that validates never refuses what this program writes, and reads back what was meant."""
    answer = verdict(
        message_id=message.id, outcome=outcome, labels=labels, reasons=found, scores=values, truncated=truncated,
        origin=origin,
    )  # fmt: skip
    value = publish_verdict(answer, record(b"{}"), "out").value
    assert value is not None
    validator("verdict").validate(json.loads(value))
    assert Verdict.model_validate_json(value) == answer
    uncertain = escalation(message=message, message_id=message.id, reasons=found, scores=values, truncated=truncated)
    value = publish_escalation(uncertain, record(b"{}"), "out").value
    assert value is not None
    validator("escalation").validate(json.loads(value))
    assert Escalation.model_validate_json(value) == uncertain


@pytest.mark.parametrize("key", [None, b"", b"\xff"])
@pytest.mark.parametrize("value", [None, b"", b"\xff\x00", as_json({"text": CANARY})])
def test_a_dead_letter_is_the_record(key: bytes | None, value: bytes | None) -> None:
    """Key, value and headers stay byte for byte, in their order, null header values too: it can be replayed."""
    publication = publish_dead_letter(dead_letter(), record(value, key, (*TRACE, *OWN, *OWN)), "dead")
    assert (publication.topic, publication.key, publication.value) == ("dead", key, value)
    assert publication.headers[: len(TRACE) + 2 * len(OWN)] == (*TRACE, *OWN, *OWN)


def test_headers_of_a_dead_letter() -> None:
    """What was wrong, by our names, and where the record was, by Kafka Connect's."""
    assert headers_of(publish_dead_letter(dead_letter(), record(b""), "dead")) == {
        "moderator.error.stage": b"decode",
        "moderator.error.code": b"missing_field",
        "moderator.error.where": b"/payload/body",
        "moderator.error.attempts": b"1",
        "moderator.error.first_failed_at": b"2026-03-01T09:30:00Z",
        "moderator.error.consumer_group": b"moderator",
        "moderator.error.version": b"0.1.0",
        "__connect.errors.topic": b"messages",
        "__connect.errors.partition": b"3",
        "__connect.errors.offset": b"41",
    }


@pytest.mark.parametrize("where", ["", None])
def test_no_place_no_header(where: str | None) -> None:
    """A fault of the whole record names no field."""
    assert "moderator.error.where" not in headers_of(publish_dead_letter(dead_letter(where=where), record(b""), "dead"))


@pytest.mark.parametrize("code", DeadLetterCode)
@pytest.mark.parametrize("stage", Stage)
def test_dead_letters_hold_to_their_schema(code: DeadLetterCode, stage: Stage) -> None:
    """The headers as sent validate, and a tool that reads them gets the same dead letter."""
    letter = dead_letter(code=code, stage=stage)
    headers = {
        name: value.decode()
        for name, value in headers_of(publish_dead_letter(letter, record(b""), "dead")).items()
        if value is not None
    }
    validator("dead_letter").validate(headers)
    assert DeadLetter.model_validate(headers) == letter


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(CANARY.encode(), id="no JSON"),
        pytest.param(CANARY.encode() + b"\xff", id="no UTF-8"),
        pytest.param(as_json([CANARY]), id="no object"),
        pytest.param(as_json({"text": CANARY}), id="no id"),
        pytest.param(as_json({"id": "1", "text": [CANARY]}), id="text of another type"),
        pytest.param(as_json({"id": CANARY * 100, "text": CANARY}), id="id too long"),
        pytest.param(as_json({"id": "1", "text": "Hello", "source": CANARY}), id="unknown source"),
        pytest.param(as_json({"id": "1", "text": "Hello", "created_at": CANARY}), id="no time"),
        pytest.param(as_json({"id": "1", "text": CANARY * 10_000}), id="text too long"),
    ],
)
def test_headers_quote_nothing(value: bytes) -> None:
    """The headers that are added hold no word of the record: tools show headers where they would not show texts."""
    with pytest.raises(PoisonRecord) as error:
        decode(value)
    letter = dead_letter(code=error.value.code, where=error.value.where)
    added = publish_dead_letter(letter, record(value), "dead").headers
    assert len(added) >= 9
    assert not [name for name, text in added if CANARY.encode() in (text or b"") or CANARY in name]


def test_a_replayed_record_that_fails_again() -> None:
    """The headers of the last failure come last, so the last of a name counts; nothing of the record is edited."""
    first = publish_dead_letter(dead_letter(), record(b"x"), "dead")
    again = publish_dead_letter(dead_letter(attempts=2), record(b"x", headers=first.headers), "dead")
    assert again.headers[: len(first.headers)] == first.headers
    assert dict(again.headers)["moderator.error.attempts"] == b"2"
