"""Answers as the demo reads them from its topics."""

from dataclasses import replace
from typing import Any

from moderator.contracts.dead_letter import Stage
from moderator.contracts.message import Message
from moderator.contracts.record import Publication, Record
from moderator.contracts.review import Escalation
from moderator.contracts.scores import Scores, Tokens
from moderator.contracts.verdict import Timings
from moderator.errors import DeadLetterCode, PoisonRecord
from moderator.review.publications import publications
from tests.unit.pipeline.fakes import answers, record
from tests.unit.review.reviewed import decision

TIMINGS = Timings(queue_ms=0, decode_ms=0, tokenize_ms=0, infer_ms=0)
SENT_MS = 1_000  # the timestamp of the fakes' records


def on_topic(publication: Publication, offset: int = 0) -> Record:
    """As an observer fetches it."""
    topic, key, value, headers = publication.topic, publication.key, publication.value, publication.headers
    return Record(topic, 0, offset, SENT_MS, key, value, headers)


def verdict(offset: int, toxic: float = 0.0, key: bytes | None = None, *, partition: int = 0) -> Record:
    """The verdict on the record at this place."""
    origin = replace(record(offset, partition=partition), key=key)
    scores = Scores((toxic, *[0.0] * 7), (0.2, 0.3, 0.5))
    message = Message(id=f"m-{offset}", text="hello")
    answer = answers().answer(origin, message, scores, Tokens(([],)), TIMINGS)
    return on_topic(answer.publications[-1])


def dead_letter(offset: int, code: DeadLetterCode = DeadLetterCode.INVALID_JSON, key: bytes | None = None) -> Record:
    """The dead letter of the record at this place, whose own headers are odd ones."""
    origin = replace(record(offset), key=key, headers=(("odd", b"\xff"), ("empty", None)))
    return on_topic(answers().dead_letter(origin, Stage.DECODE, PoisonRecord(code)).publications[0])


def escalation(offset: int, key: bytes | None = None) -> tuple[Record, Record]:
    """The first verdict on the record at this place, which is uncertain, and its escalation."""
    first = verdict(offset, 0.7, key)
    origin = replace(record(offset), key=key)
    scores = Scores((0.7, *[0.0] * 7), (0.2, 0.3, 0.5))
    answer = answers().answer(origin, Message(id=f"m-{offset}", text="hello"), scores, Tokens(([],)), TIMINGS)
    return first, on_topic(answer.publications[0])


def decided(offset: int, key: bytes | None = None, **fields: Any) -> tuple[Record, ...]:
    """A person's decision on the escalation of the record at this place and, if it is one, its final verdict."""
    escalated = escalation(offset, key)[1]
    asked = Escalation.model_validate_json(escalated.value or b"")
    about = {"id": f"d-{offset}", "escalation_id": asked.id, "message_id": asked.message_id, "replaces": asked.id}
    said = decision(**about | fields)
    return tuple(map(on_topic, publications(asked, said, escalated, "decisions", "verdicts", "/tests")))
