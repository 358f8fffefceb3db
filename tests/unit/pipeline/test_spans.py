"""Spans name places, numbers and kinds of failure: never what a user wrote, who wrote it, or an exception's message."""

from dataclasses import replace

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from prometheus_client import CollectorRegistry

from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Headers, Publication, Record
from moderator.errors import ReviewerUnavailable
from moderator.pipeline.reviewer import Reviewer, ReviewTopics
from moderator.pipeline.spans import begin_batch, begin_record, note_answers, sending
from moderator.telemetry.metrics import Metrics
from moderator.telemetry.tracing import UNTRACED, UNTRACING
from tests.unit.pipeline.collected import Collected
from tests.unit.pipeline.fakes import record
from tests.unit.pipeline.test_asking import AT, Scene, ScriptedModel
from tests.unit.review.reviewed import escalation

CANARY = "do-not-quote-me"
TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
OWN = f"00-{TRACE}-{SPAN}-01".encode()
BATCH = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TOPICS = ReviewTopics("decisions", "verdicts", "dead letters")


def marked(offset: int, partition: int = 0, headers: Headers = ()) -> Record:
    """A record with the canary wherever something can be written."""
    plain = record(offset, CANARY, partition)
    return replace(plain, key=CANARY.encode(), headers=(("note", CANARY.encode()), *headers))


def ids(span: ReadableSpan) -> tuple[str, str]:
    """Of the trace and of the span that it hangs under."""
    assert span.context is not None
    return f"{span.context.trace_id:032x}", f"{span.parent.span_id:016x}" if span.parent else ""


def test_a_batch_tells_places_and_numbers_and_nothing_else() -> None:
    """Records of two partitions, two of one trace, and one whose traceparent is what somebody wrote."""
    collected = Collected()
    of_a_trace: Headers = (("traceparent", OWN),)
    hostile: Headers = (("traceparent", CANARY.encode()), ("tracestate", CANARY.encode()))
    records = [marked(3, 1, of_a_trace), marked(7, 1, of_a_trace), marked(5, 0, hostile), marked(6, 0)]
    with begin_batch(collected.tracing, "moderate", records) as span:
        note_answers(span, 2, [])
    made = collected.one("moderate messages")
    assert CANARY not in made.to_json()
    assert made.attributes == {
        "messaging.system": "kafka",
        "messaging.operation.name": "moderate",
        "messaging.operation.type": "process",
        "messaging.destination.name": "messages",
        "messaging.batch.message_count": 4,
        "moderator.batch.bytes": sum(len(each.value or b"") for each in records),
        "moderator.batch.positions": ("0:5-6", "1:3-7"),
        "moderator.batch.attempts": 2,
        "moderator.batch.allow": 0,
        "moderator.batch.block": 0,
        "moderator.batch.escalate": 0,
        "moderator.batch.dead_letters": 0,
    }
    assert [f"{link.context.trace_id:032x}" for link in made.links] == [TRACE]


def test_a_batch_begins_when_it_was_fetched() -> None:
    """What it waits before the work on it begins is in its span."""
    collected = Collected()
    with begin_batch(collected.tracing, "moderate", [marked(0)], ago_s=60.0):
        pass
    made = collected.one("moderate messages")
    assert made.start_time is not None
    assert made.end_time is not None
    assert made.end_time - made.start_time > 59e9


def test_a_failure_is_told_by_its_kind() -> None:
    """Of the stage that failed and of the batch, if it was given up; the words of the exception may quote a user."""
    collected = Collected()
    span = begin_batch(collected.tracing, "moderate", [marked(0)])
    with pytest.raises(ValueError), span.stage("infer"):
        raise ValueError(CANARY)
    with pytest.raises(RuntimeError), span:
        raise RuntimeError(CANARY)
    stage, batch = collected.one("infer"), collected.one("moderate messages")
    assert [(each.attributes or {})["error.type"] for each in (stage, batch)] == ["ValueError", "RuntimeError"]
    assert not any(each.status.is_ok for each in (stage, batch))
    assert CANARY not in stage.to_json() + batch.to_json()


def test_where_nobody_collects_nothing_is_made() -> None:
    """Not even an object: the same nothing serves every batch and every stage."""
    span = begin_batch(UNTRACING, "moderate", [marked(0)])
    assert span is UNTRACED
    assert span.stage("infer") is UNTRACED
    assert begin_record(UNTRACING, "review", marked(0)) is UNTRACED


def test_what_is_sent_is_told_in_its_own_trace() -> None:
    """Whatever others are sent with it."""
    collected = Collected()
    publications = [Publication("verdicts", b"k", b"v", (("traceparent", OWN),)), Publication("verdicts", b"k", b"v")]
    with sending(collected.tracing, publications):
        ended_before = len(collected.spans)
    assert ended_before == 0
    assert {ids(span) for span in collected.spans} > {(TRACE, SPAN)}
    assert len(collected.spans) == 2


def reviewer(model: ScriptedModel, collected: Collected) -> Reviewer:
    """Who asks it."""
    scene = Scene(model)
    metrics = Metrics(CollectorRegistry())
    return Reviewer(
        scene.asking,
        TOPICS,
        "reviewers",
        lambda _id: None,
        lambda _decision: None,
        metrics,
        lambda: AT,
        scene.clock,
        collected.tracing,
    )


def escalated(*headers: tuple[str, bytes | None]) -> Record:
    """An escalation's record."""
    return replace(record(0), key=CANARY.encode(), value=to_bytes(escalation(CANARY, insult=0.4)), headers=headers)


async def test_a_review_is_in_its_messages_trace_and_what_follows_is_in_the_review() -> None:
    """With a link to the batch that the escalation came from, and the request to the model as a child."""
    collected = Collected()
    read = escalated(("traceparent", OWN), ("ce_traceparent", BATCH))
    published = await reviewer(ScriptedModel("block"), collected).review(read)
    review, chat = collected.one("review messages"), collected.one("chat a-model")
    assert review.context is not None
    assert ids(review) == (TRACE, SPAN)
    assert [f"{link.context.trace_id:032x}".encode() for link in review.links] == [BATCH.split(b"-")[1]]
    assert ids(chat) == (TRACE, f"{review.context.span_id:016x}")
    here = f"00-{TRACE}-{review.context.span_id:016x}-01".encode()
    assert [dict(each.headers)["traceparent"] for each in published] == [here, here]
    assert (review.attributes or {})["moderator.outcome"] == "block"
    used = [(chat.attributes or {})[f"gen_ai.usage.{way}_tokens"] for way in ("input", "output")]
    assert used == [100, 20]
    assert CANARY not in review.to_json() + chat.to_json()


async def test_a_record_that_was_made_where_it_stands_links_to_nothing() -> None:
    """Its trace leads there already."""
    collected = Collected()
    await reviewer(ScriptedModel("block"), collected).review(
        escalated(("traceparent", BATCH), ("ce_traceparent", BATCH))
    )
    review = collected.one("review messages")
    assert review.parent is not None
    assert not review.links


@pytest.mark.parametrize("headers", [[], [("traceparent", CANARY.encode()), ("ce_traceparent", b"\xff" * 1000)]])
async def test_an_escalation_in_no_trace_gets_one(headers: list[tuple[str, bytes | None]]) -> None:
    """Of its own, and its decision goes on in it."""
    collected = Collected()
    published = await reviewer(ScriptedModel("block"), collected).review(escalated(*headers))
    review = collected.one("review messages")
    assert review.parent is None
    assert not review.links
    assert dict(published[0].headers)["traceparent"].split(b"-")[1].decode() == ids(review)[0]  # type: ignore[union-attr]


async def test_a_large_model_that_fails_is_told_by_the_kind() -> None:
    """And the review says that it is left to people."""
    collected = Collected()
    await reviewer(ScriptedModel("", [ReviewerUnavailable(CANARY)]), collected).review(escalated())
    review, chat = collected.one("review messages"), collected.one("chat a-model")
    assert (chat.attributes or {})["error.type"] == "ReviewerUnavailable"
    assert (review.attributes or {})["moderator.referral"] == "unavailable"
    assert review.status.is_ok
    assert CANARY not in review.to_json() + chat.to_json()


async def test_what_is_no_escalation_is_told_by_its_code() -> None:
    """As its dead letter is."""
    collected = Collected()
    await reviewer(ScriptedModel(), collected).review(marked(0))
    review = collected.one("review messages")
    assert (review.attributes or {})["moderator.dead_letter.code"] == "missing_field"
    assert CANARY not in review.to_json()
