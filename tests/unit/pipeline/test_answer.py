"""What is published for one record: recognisable when it comes twice, and enough for whoever reads on."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.dead_letter import Stage
from moderator.contracts.labels import LABELS, Label
from moderator.contracts.message import Message
from moderator.contracts.record import Headers, Record
from moderator.contracts.scores import Scores, Tokens
from moderator.contracts.verdict import Outcome, Timings, VerdictSource
from moderator.errors import DeadLetterCode, PoisonRecord
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer
from tests.unit.pipeline.fakes import DECIDED_AT, TOPIC, TOPICS, VERSIONS, answers, policy, record

TIMINGS = Timings(queue_ms=1, decode_ms=2, tokenize_ms=3, infer_ms=4)
MESSAGE = Message(id="m-1", text="You forgot the salt.", author_id="a-1", channel="kitchen", tenant="t-1")
MOODS = (0.6, 0.3, 0.1)
TRACE: Headers = (
    ("traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
    ("tracestate", b"vendor=1"),
)


def scores(toxic: float) -> Scores:
    """All other labels at 0."""
    return Scores((toxic, *[0.0] * (len(LABELS) - 1)), MOODS)


def answer(toxic: float, *, to: Record | None = None, by: Answers | None = None, message: Message = MESSAGE) -> Answer:
    """The answer to a record with `message`."""
    return (by or answers()).answer(to or record(5), message, scores(toxic), Tokens(([],)), TIMINGS)


def verdict_id(given: Answer) -> str:
    """Of its verdict."""
    assert given.verdict
    return given.verdict.id


def test_a_verdict_tells_all_that_decided() -> None:
    """Outcome, labels, scores, mood and reasons; what decided, and the record that it is about."""
    verdict = answer(0.95).verdict
    assert verdict
    assert (verdict.message_id, verdict.outcome, verdict.labels) == ("m-1", Outcome.BLOCK, (Label.TOXIC,))
    assert verdict.scores.toxic == 0.95
    assert (verdict.sentiment.label, verdict.sentiment.scores.negative) == ("negative", 0.6)
    assert [(reason.label, reason.score, reason.threshold) for reason in verdict.reasons] == [(Label.TOXIC, 0.95, 0.9)]
    assert (verdict.source, verdict.versions, verdict.decided_at) == (VerdictSource.MODEL, VERSIONS, DECIDED_AT)
    assert verdict.origin
    assert verdict.origin.model_dump() == {"topic": TOPIC, "partition": 0, "offset": 5, "timestamp_ms": 1_000}
    assert verdict.timings == TIMINGS


def test_the_same_record_gets_the_same_id() -> None:
    """Delivery is at least once: a consumer knows a duplicate by it, however its scores or its time differ."""
    assert verdict_id(answer(0.1)) == verdict_id(answer(0.95))
    assert len(verdict_id(answer(0.1))) == 32


@pytest.mark.parametrize(
    "other",
    [replace(record(5), topic="other"), record(5, partition=1), record(6)],
    ids=["topic", "partition", "offset"],
)
def test_another_record_gets_another_id(other: Record) -> None:
    """The place in Kafka is the identity, not what is in it: two people may write the same."""
    assert verdict_id(answer(0.1, to=other)) != verdict_id(answer(0.1))


@pytest.mark.parametrize("field", ["model", "tokenizer", "calibration", "policy"])
def test_another_version_gets_another_id(field: str) -> None:
    """A record that is decided anew by something else is no duplicate."""
    changed = Answers(policy(), VERSIONS.model_copy(update={field: "x" * 16}), TOPICS, "group", lambda: DECIDED_AT)
    assert verdict_id(answer(0.1, by=changed)) != verdict_id(answer(0.1))


@pytest.mark.parametrize("field", ["software", "provider"])
def test_a_restart_elsewhere_keeps_the_id(field: str) -> None:
    """A new release, or a machine with another provider, that reads a record again makes a duplicate of its verdict."""
    changed = Answers(policy(), VERSIONS.model_copy(update={field: "x"}), TOPICS, "group", lambda: DECIDED_AT)
    assert verdict_id(answer(0.1, by=changed)) == verdict_id(answer(0.1))


def test_without_a_record_the_message_is_the_identity() -> None:
    """Of `moderator classify`: the same line gives the same id, another text or id another one."""
    ids = {
        answers().verdict(message, scores(0.1), truncated=False).id
        for message in (MESSAGE, MESSAGE, Message(id="m-1", text="Other."), Message(id="m-2", text=MESSAGE.text))
    }
    assert len(ids) == 3


def test_what_is_published_explains_the_outcome() -> None:
    """Scores are rounded before the policy sees them: one that is published as .9 has blocked."""
    verdict = answer(0.8999999).verdict
    assert verdict
    assert (verdict.scores.toxic, verdict.outcome) == (0.9, Outcome.BLOCK)


def test_only_an_uncertain_message_is_escalated() -> None:
    """An allow or a block is one record; an escalation comes before its verdict."""
    assert [publication.topic for publication in answer(0.1).publications] == [TOPICS.verdicts]
    assert [publication.topic for publication in answer(0.95).publications] == [TOPICS.verdicts]
    assert [publication.topic for publication in answer(0.7).publications] == [TOPICS.escalations, TOPICS.verdicts]


@pytest.mark.parametrize(
    ("toxic", "reasons"),
    [
        (0.1, [{"code": "audit_sample"}]),
        (
            0.95,
            [{"code": "audit_sample"}, {"code": "block_threshold", "label": "toxic", "score": 0.95, "threshold": 0.9}],
        ),
    ],
)
def test_an_audit_sample_adds_an_escalation_and_changes_nothing_else(toxic: float, reasons: list[object]) -> None:
    """The platform gets the very verdict that it would have got; the reviewer is told why they are asked."""
    plain, sampled = answer(toxic), answer(toxic, by=answers(audit_part=1.0))
    assert sampled.publications[1:] == plain.publications
    escalation = json.loads(sampled.publications[0].value or b"")
    assert sampled.publications[0].topic == TOPICS.escalations
    assert (escalation["id"], escalation["reasons"]) == (verdict_id(plain), reasons)
    assert escalation["message"]["text"] == MESSAGE.text


def test_what_is_uncertain_is_escalated_for_what_it_is() -> None:
    """It is no sample, however large a part is checked."""
    assert answer(0.7, by=answers(audit_part=1.0)) == answer(0.7)


@given(offset=st.integers(0, 1 << 40), part=st.floats(0, 1), again=st.sampled_from([0.1, 0.4, 0.95]))
def test_a_record_that_comes_again_is_drawn_again_or_left_out_again(offset: int, part: float, again: float) -> None:
    """By another process, in another release, with other scores: the sample depends on the verdict's id alone."""
    elsewhere = Answers(
        policy(), VERSIONS.model_copy(update={"software": "x"}), TOPICS, "group", lambda: DECIDED_AT, part
    )
    first = answer(0.1, to=record(offset), by=answers(part))
    second = answer(again, to=record(offset), by=elsewhere)
    assert (first.escalation is None) == (second.escalation is None)
    assert first.escalation is None or first.escalation.id == verdict_id(second)


def test_an_escalation_has_what_a_reviewer_needs() -> None:
    """The message itself, why it came, every score, and the verdict that it will be answered to."""
    given = answer(0.7)
    assert given.verdict
    escalation = json.loads(given.publications[0].value or b"")
    assert escalation["message"] == {
        "id": "m-1",
        "text": "You forgot the salt.",
        "author_id": "a-1",
        "channel": "kitchen",
        "tenant": "t-1",
        "source": "user",
    }
    assert escalation["id"] == given.verdict.id
    assert escalation["reasons"] == [{"code": "escalate_threshold", "label": "toxic", "score": 0.7, "threshold": 0.5}]
    assert escalation["scores"].keys() == {label.value for label in LABELS}
    assert escalation["sentiment"]["label"] == "negative"
    assert (escalation["truncated"], escalation["origin"]["offset"]) == (False, 5)
    assert given.escalation
    assert given.escalation.versions == VERSIONS


def test_a_verdict_does_not_repeat_the_text() -> None:
    """Who reads verdicts need not be allowed to read messages."""
    for publication in answer(0.95).publications:
        assert MESSAGE.text.encode() not in (publication.value or b"")
        assert b"a-1" not in (publication.value or b"")


def test_the_trace_goes_on() -> None:
    """Through every topic: verdict, escalation and dead letter."""
    traced = replace(record(5), headers=(*TRACE, ("other", b"1")))
    letter = answers().dead_letter(traced, Stage.DECODE, PoisonRecord(DeadLetterCode.INVALID_JSON))
    for publication in (*answer(0.7, to=traced).publications, *letter.publications):
        assert set(TRACE) <= set(publication.headers)


def test_the_key_is_the_records_own() -> None:
    """So that a user's verdicts stay in order; without one it is the message's id."""
    keyed = replace(record(5), key=b"user-7")
    assert {publication.key for publication in answer(0.7, to=keyed).publications} == {b"user-7"}
    assert {publication.key for publication in answer(0.7).publications} == {b"m-1"}


def test_a_dead_letter_is_the_record_itself() -> None:
    """Byte for byte, with the reason in headers beside its own."""
    broken = Record(TOPIC, 2, 9, 1_000, b"k", b"\xff", (("shop", b"north"),))
    error = PoisonRecord(DeadLetterCode.INVALID_ENCODING)
    given = answers().dead_letter(broken, Stage.DECODE, error, attempts=2)
    (publication,) = given.publications
    assert (publication.topic, publication.key, publication.value) == (TOPICS.dead_letters, b"k", b"\xff")
    headers = dict(publication.headers)
    assert publication.headers[0] == ("shop", b"north")
    assert headers["moderator.error.code"] == b"invalid_encoding"
    assert headers["moderator.error.attempts"] == b"2"
    assert headers["moderator.error.consumer_group"] == b"group"
    assert headers["__connect.errors.offset"] == b"9"
    assert (given.verdict, given.escalation) == (None, None)


def test_an_answer_that_no_broker_takes_becomes_a_small_dead_letter() -> None:
    """Without the value, which stays readable at its origin."""
    large = answer(0.7)
    given = answers().too_large(large)
    (publication,) = given.publications
    assert (publication.topic, publication.value) == (TOPICS.dead_letters, None)
    assert given.dead_letter
    assert (given.dead_letter.code, given.dead_letter.stage) == (DeadLetterCode.OUTPUT_TOO_LARGE, Stage.PUBLISH)
    assert (given.dead_letter.topic, given.dead_letter.offset) == (TOPIC, 5)
    assert replace(given.record, value=large.record.value) == large.record
