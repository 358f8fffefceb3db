"""One gets from a message to every span of the work on it, and from the spans to the message, over a real Kafka."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest
from confluent_kafka import Message

from moderator.config import TopicSettings
from tests.e2e.program import COMMAND, Running
from tests.integration.conftest import StartAgent
from tests.integration.platform import Answer, Headers, Platform, Sent, message
from tests.integration.review_desk import ReviewDesk
from tests.integration.test_console import until
from tests.integration.topic import headers_of
from tests.support.chat_server import ChatServer
from tests.support.otlp_receiver import OtlpReceiver, Received
from tests.support.real_kafka import RealKafka
from tests.unit.review.answers import answering

pytestmark = pytest.mark.kafka

SOME = 120  # messages of one trace each
STAGES = {"decode", "tokenize", "infer", "publish", "commit"}
TRACE_ID, SPAN_ID = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
TRACEPARENT = f"00-{TRACE_ID}-{SPAN_ID}-01".encode()


@pytest.fixture
def receiver() -> Iterator[OtlpReceiver]:
    """A collector."""
    with OtlpReceiver() as started:
        yield started


def context(number: int) -> tuple[str, str]:
    """Trace and span in which a message was sent."""
    return f"{number + 1:032x}", f"{number + 1:016x}"


def traced(sent: Sent, number: int) -> Sent:
    """As a platform sends it that traces."""
    return Sent(sent.key, sent.value, [("traceparent", "00-{}-{}-01".format(*context(number)).encode())])


def place(traceparent: str | bytes | None) -> tuple[str, str]:
    """Trace and span that a header names."""
    assert isinstance(traceparent, bytes)
    _, trace, span, flags = traceparent.decode().split("-")
    assert int(flags, 16) & 1  # it is sampled; another bit says how its id came about
    return trace, span


def headers(answer: Answer) -> dict[str, str | bytes | None]:
    """Of the answer's record."""
    return dict(answer.headers)


def named(spans: Sequence[Received], name: str) -> list[Received]:
    """Those of the name."""
    return [span for span in spans if span.name == name]


def test_a_batch_is_a_span_with_links_to_its_messages(
    platform: Platform, agent: StartAgent, receiver: OtlpReceiver
) -> None:
    """A verdict stays in its message's trace and names the batch's span; what comes in no trace goes on in the batch's,
    and what is no trace context counts as none. A dead letter is its record.
    """
    hostile: Headers = [("traceparent", b"what somebody wrote"), ("tracestate", b"x" * 10_000)]
    alone = [Sent(None, b'{"id": "alone", "text": "hello"}'), Sent(None, b'{"id": "other", "text": "hi"}', hostile)]
    dead = traced(Sent(None, b"no JSON"), SOME)
    platform.send([*(traced(message(number), number) for number in range(SOME)), *alone, dead])
    with agent("group", TRACING__ENDPOINT=receiver.endpoint) as process:
        platform.all_answered()
        assert process.stop() == 0

    batches = named(receiver.spans, f"moderate {platform.topics.messages}")
    assert sorted(link for span in batches for link in span.links) == [context(number) for number in range(SOME + 1)]
    by_place = {(span.trace_id, span.span_id): span for span in batches}
    for origin, sent in platform.sent.items():
        (answer,) = platform.answers[origin]
        trace = dict(sent.headers).get("traceparent")
        if not answer.is_verdict:
            assert (sent, headers(answer)["traceparent"]) == (dead, trace)
            continue
        batch = by_place[place(headers(answer)["ce_traceparent"])]
        partition, offset = origin
        assert any(within(offset, partition, positions) for positions in batch.attributes["moderator.batch.positions"])
        if sent in alone:
            assert headers(answer)["traceparent"] == headers(answer)["ce_traceparent"]
            assert "tracestate" not in headers(answer)
        else:
            assert headers(answer)["traceparent"] == trace
            assert place(trace) in batch.links
    told = [span.attributes for span in batches]
    assert sum(each["messaging.batch.message_count"] for each in told) == len(platform.sent)
    assert sum(each["moderator.batch.dead_letters"] for each in told) == 1
    for batch in batches:
        stages = [span for span in receiver.spans if span.parent_id == batch.span_id]
        assert {span.name for span in stages} == STAGES
        assert all(batch.nanoseconds[0] <= span.nanoseconds[0] <= span.nanoseconds[1] for span in stages)
        assert (batch.service, batch.kind, batch.parent_id, batch.failed) == ("moderator-agent", "CONSUMER", "", False)


def within(offset: int, partition: int, positions: str) -> bool:
    """Whether positions, as a span names them, hold it."""
    number, _, offsets = positions.partition(":")
    first, last = map(int, offsets.split("-"))
    return int(number) == partition and first <= offset <= last


@pytest.fixture
async def model() -> AsyncIterator[ChatServer]:
    """A large model, which has earned nothing yet."""
    async with ChatServer(lambda request: answering(request["messages"], "allow")) as server:
        yield server


def trace_of(record: Message) -> tuple[str, str]:
    """Trace and span in which the record says it is."""
    return place(dict(headers_of(record))["traceparent"])


async def test_the_trace_of_a_message_reaches_its_final_verdict(
    kafka: RealKafka,
    topics: TopicSettings,
    platform: Platform,
    model: ChatServer,
    receiver: OtlpReceiver,
    tmp_path: Path,
) -> None:
    """Through verdict, escalation, the large model's word, a person's decision and what that makes of it."""
    desk = ReviewDesk(kafka, topics, f"sqlite:///{tmp_path / 'console.db'}")
    settings = desk.settings | {
        "TRACING__ENDPOINT": receiver.endpoint,
        "POLICY__AUDIT_PART": "1",  # whatever the agent decides is looked at
        "MODEL__THREADS": "1",
        "KAFKA__GROUP_ID": topics.messages,
        "REVIEWER__GROUP_ID": f"{topics.escalations}-reviewer",
        "REVIEWER__BASE_URL": model.base_url,
        "REVIEWER__MODEL": "a-model",
        "REVIEWER__CANARY_EVERY": "0",
    }
    platform.send([Sent(b"an author", b'{"id": "m", "text": "The tea is ready."}', [("traceparent", TRACEPARENT)])])
    with (
        Running([*COMMAND, "agent"], settings) as agent,
        Running([*COMMAND, "reviewer"], settings) as reviewer,
        Running([*COMMAND, "console"], settings) as console,
    ):
        await until(desk.holds(topics.decisions, 1))
        await until(lambda: desk.waiting() == 1)
        await asyncio.to_thread(lambda: desk.block(desk.claim()))
        await until(desk.holds(topics.verdicts, 2))
        for program in (agent, reviewer, console):
            assert await asyncio.to_thread(program.stop) == 0

    first, final = await asyncio.to_thread(desk.records, topics.verdicts)
    (escalation,) = await asyncio.to_thread(desk.records, topics.escalations)
    by_model, by_person = await asyncio.to_thread(desk.records, topics.decisions)
    desk.close()
    assert json.loads(final.value() or b"")["source"] == "human"
    (batch,) = named(receiver.spans, f"moderate {topics.messages}")
    (review,) = named(receiver.spans, f"review {topics.escalations}")
    (chat,) = named(receiver.spans, "chat a-model")
    taken = named(receiver.spans, f"take {topics.escalations}")
    sent = [*named(receiver.spans, f"send {topics.decisions}"), *named(receiver.spans, f"send {topics.verdicts}")]

    for record in (first, escalation, by_person, final):
        assert trace_of(record) == (TRACE_ID, SPAN_ID)
    assert trace_of(by_model) == (TRACE_ID, review.span_id)
    for record in (first, escalation):
        assert place(dict(headers_of(record))["ce_traceparent"]) == (batch.trace_id, batch.span_id)
    assert batch.links == ((TRACE_ID, SPAN_ID),)
    assert (review.trace_id, review.parent_id) == (TRACE_ID, SPAN_ID)
    assert review.links == ((batch.trace_id, batch.span_id),)
    assert (chat.trace_id, chat.parent_id, chat.kind) == (TRACE_ID, review.span_id, "CLIENT")
    assert chat.attributes["gen_ai.usage.input_tokens"] == 100
    assert [span.links for span in taken] == [((TRACE_ID, SPAN_ID),)]
    assert [(span.trace_id, span.parent_id, span.kind) for span in sent] == [(TRACE_ID, SPAN_ID, "PRODUCER")] * 2
    assert {span.service for span in sent} == {"moderator-console"}
