"""Answers tell which record they are about; anything else on their topics tells nothing."""

import json
from dataclasses import replace

import pytest

from moderator.audit.answers import found_dead_letter, found_verdict
from moderator.audit.books import Kind
from moderator.contracts.dead_letter import Stage
from moderator.contracts.message import Message
from moderator.contracts.record import Publication, Record
from moderator.contracts.scores import Tokens
from moderator.contracts.verdict import Timings
from moderator.errors import DeadLetterCode, PoisonRecord
from tests.unit.pipeline.fakes import TOPIC, FakeClassifier, answers, record

TIMINGS = Timings(queue_ms=0, decode_ms=0, tokenize_ms=0, infer_ms=0)


def published(publication: Publication) -> Record:
    """As it is read again."""
    return Record(publication.topic, 0, 0, 0, publication.key, publication.value, publication.headers)


def verdict(offset: int, text: str = "hello") -> Record:
    """The record of a verdict on the message at `offset` of partition 3."""
    classifier = FakeClassifier()
    (tokens,) = classifier.tokenize([text])
    (scores,) = classifier.classify([tokens])
    message = Message(id="m", text=text)
    answer = answers().answer(
        record(offset, text, partition=3), message, scores, Tokens(([0],), truncated=False), TIMINGS
    )
    return published(answer.publications[-1])


def test_a_verdict_names_its_record() -> None:
    """And the same verdict told twice is the same answer."""
    found = found_verdict(verdict(7), TOPIC)
    assert found is not None
    assert (found.kind, found.partition, found.offset) == (Kind.VERDICT, 3, 7)
    assert found == found_verdict(verdict(7), TOPIC)


def test_another_outcome_is_another_answer() -> None:
    """Under the same versions."""
    one, other = found_verdict(verdict(7), TOPIC), found_verdict(verdict(7, "score .99"), TOPIC)
    assert one is not None
    assert other is not None
    assert one.versions == other.versions
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize("change", [{"source": "human"}, {"origin": None}, {"versions": {}}, {"labels": None}])
def test_what_is_no_verdict_of_the_model_tells_nothing(change: dict[str, object]) -> None:
    """A reviewer's final verdict comes beside the model's."""
    sound = verdict(7)
    value = json.dumps(json.loads(sound.value or b"") | change).encode()
    assert found_verdict(replace(sound, value=value), TOPIC) is None
    assert found_verdict(sound, "another") is None
    assert found_verdict(replace(sound, value=None), TOPIC) is None


def test_a_dead_letter_names_its_record() -> None:
    """By the last header of a name: one that was replayed carries those of its first failure too."""
    failed = record(7, partition=3)
    error = PoisonRecord(DeadLetterCode.INVALID_JSON)
    first = published(answers().dead_letter(failed, Stage.DECODE, error).publications[0])
    again = replace(failed, offset=9, headers=first.headers)
    second = published(answers().dead_letter(again, Stage.DECODE, error).publications[0])
    found = [found_dead_letter(letter, TOPIC) for letter in (first, second)]
    assert [(each.kind, each.partition, each.offset) for each in found if each] == [
        (Kind.DEAD_LETTER, 3, 7),
        (Kind.DEAD_LETTER, 3, 9),
    ]
    assert found_dead_letter(first, "another") is None
    assert found_dead_letter(replace(first, headers=()), TOPIC) is None
