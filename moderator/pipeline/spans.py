"""What spans say of records, by OpenTelemetry's semantic conventions for messaging: places and numbers, no content."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from opentelemetry.trace import SpanKind

from moderator.contracts.record import Headers, Partition, Publication, Record
from moderator.contracts.trace_context import CREATED_IN, trace_context
from moderator.contracts.verdict import Outcome
from moderator.pipeline.batch import Answer
from moderator.review.reply import Reply
from moderator.telemetry.tracing import UNTRACED, Attributes, Traced, Tracing

KAFKA = {"messaging.system": "kafka"}


def begin_batch(tracing: Tracing, operation: str, records: Sequence[Record], ago_s: float = 0.0) -> Traced:
    """A span of a batch of one topic, fetched `ago_s` seconds ago: in a trace of its own, with a link to each message
    that is in a trace.
    """
    if not tracing.on:
        return UNTRACED
    topic = records[0].topic
    span = tracing.begin(f"{operation} {topic}", SpanKind.CONSUMER, _consumer(operation, topic), ago_s=ago_s)
    if span.recording:  # or the work would be for nothing
        span.link(_traceparents(record.headers for record in records))
        span.note(
            {
                "messaging.batch.message_count": len(records),
                "moderator.batch.bytes": sum(len(record.value or b"") for record in records),
                "moderator.batch.positions": _positions(records),
            }
        )
    return span


def begin_record(tracing: Tracing, operation: str, record: Record) -> Traced:
    """A span of the work on one record, in the record's trace, with a link to the span in which the record was made."""
    if not tracing.on:
        return UNTRACED
    attributes: Attributes = {
        **_consumer(operation, record.topic),
        "messaging.destination.partition.id": str(record.partition),
        "messaging.kafka.offset": record.offset,
    }
    context, made = trace_context(record.headers), trace_context(record.headers, CREATED_IN)
    parent = context.traceparent if context else None
    span = tracing.begin(f"{operation} {record.topic}", SpanKind.CONSUMER, attributes, parent=parent)
    if made and made.traceparent != parent:
        span.link([made.traceparent])
    return span


@contextmanager
def sending(tracing: Tracing, publications: Iterable[Publication]) -> Iterator[None]:
    """While these few records are sent, a span of each in its own trace."""
    with ExitStack() as spans:
        for publication in publications if tracing.on else ():
            spans.enter_context(_begin_sending(tracing, publication))
        yield


def _begin_sending(tracing: Tracing, publication: Publication) -> Traced:
    topic, context = publication.topic, trace_context(publication.headers)
    attributes: Attributes = {
        **KAFKA,
        "messaging.operation.name": "send",
        "messaging.operation.type": "send",
        "messaging.destination.name": topic,
    }
    parent = context.traceparent if context else None
    return tracing.begin(f"send {topic}", SpanKind.PRODUCER, attributes, parent=parent)


def note_answers(span: Traced, attempts: int, answers: Sequence[Answer]) -> None:
    """What became of a batch."""
    if not span.recording:
        return
    outcomes = [answer.verdict.outcome for answer in answers if answer.verdict]
    span.note(
        {
            "moderator.batch.attempts": attempts,
            **{f"moderator.batch.{outcome.value}": outcomes.count(outcome) for outcome in Outcome},
            "moderator.batch.dead_letters": len(answers) - len(outcomes),
        }
    )


def chat(model: str) -> tuple[str, SpanKind, Attributes]:
    """Name, kind and attributes of the request to a large model."""
    return f"chat {model}", SpanKind.CLIENT, {"gen_ai.operation.name": "chat", "gen_ai.request.model": model}


def note_reply(span: Traced, reply: Reply) -> None:
    """How a large model's answer ended, and what it took; not what it says."""
    span.note(
        {
            "gen_ai.usage.input_tokens": reply.input_tokens,
            "gen_ai.usage.output_tokens": reply.output_tokens,
            "moderator.reply.ending": reply.ending,
        }
    )


def _consumer(operation: str, topic: str) -> dict[str, str]:
    return {
        **KAFKA,
        "messaging.operation.name": operation,
        "messaging.operation.type": "process",
        "messaging.destination.name": topic,
    }


def _positions(records: Iterable[Record]) -> list[str]:
    """Of each partition its number and the first and last offset, as 3:120-140."""
    offsets: dict[Partition, list[int]] = {}
    for record in records:
        offsets.setdefault(Partition(record.topic, record.partition), []).append(record.offset)
    return [f"{partition.number}:{min(of)}-{max(of)}" for partition, of in sorted(offsets.items())]


def _traceparents(headers: Iterable[Headers]) -> list[bytes]:
    """Those that are valid, each once: several messages may come from one span."""
    contexts = (trace_context(each) for each in headers)
    return list(dict.fromkeys(context.traceparent for context in contexts if context))
