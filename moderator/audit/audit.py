"""The audit: every message of a span has its verdict or its dead letter, and nothing else is on their topics."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain

from moderator.adapters.kafka_reader import KafkaReader, Span, committed
from moderator.audit.answers import found_dead_letter, found_verdict
from moderator.audit.books import Books, Found, PartitionReport
from moderator.config import Settings
from moderator.contracts.record import Partition, Record
from moderator.errors import ConfigError

# How much older than its message's an answer's timestamp may be: it is given by another machine's clock.
CLOCKS_APART_MS = 10 * 60 * 1000

Progress = Callable[[int, int], None]
"""Told records read and records to read."""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What was found on the topic `messages`, by partition. `unattributed` are records on the answers' topics that name
    no record of it: foreign ones, and reviewers' final verdicts.
    """

    messages: str
    group: str
    partitions: tuple[PartitionReport, ...]
    unattributed: int

    @property
    def sound(self) -> bool:
        """Nothing missing, no answer without a message, no two that contradict each other."""
        return not any(
            part.missing_records or part.orphan_answers or part.disagreeing_records for part in self.partitions
        )


async def audit(
    settings: Settings, since_ms: int | None, offsets: Mapping[int, int] | None, progress: Progress
) -> AuditReport:
    """Read the messages from `since_ms` on (milliseconds since the epoch), or from `offsets` by partition on, or all;
    then every answer that there can be to them.

    What the group has not committed yet is pending. The ends are fixed at the start, so a busy topic is no race.
    Raises ConfigError for a topic or partition that does not exist and for a group that has committed nothing, of which
    nothing could be missing; BrokerUnavailable.
    """
    topics = settings.topics
    positions = await committed(settings.kafka, topics.messages)  # first: what is committed by now is answered by now
    if not positions:
        raise ConfigError([nothing_to_audit(settings.kafka.group_id, topics.messages)])
    async with KafkaReader(settings.kafka) as reader:
        spans = await reader.spans(topics.messages, since_ms)
        if offsets is not None:
            spans = from_offsets(spans, offsets)
        answers_since_ms = None if since_ms is None else max(0, since_ms - CLOCKS_APART_MS)
        verdicts = await reader.spans(topics.verdicts, answers_since_ms)
        dead_letters = await reader.spans(topics.dead_letters, answers_since_ms)
        books = {part: Books(part.number, span.start, span.end) for part, span in spans.items()}
        every = list(chain(spans.values(), verdicts.values(), dead_letters.values()))
        total, done, unattributed = sum(max(0, span.end - span.start) for span in every), 0, 0
        async for records in reader.read(spans):
            for record in records:
                books[Partition(record.topic, record.partition)].message(record.offset)
            done += len(records)
            progress(done, total)
        readers: tuple[tuple[Mapping[Partition, Span], Callable[[Record, str], Found | None]], ...] = (
            (verdicts, found_verdict),
            (dead_letters, found_dead_letter),
        )
        for where, found_in in readers:
            async for records in reader.read(where):
                for record in records:
                    found = found_in(record, topics.messages)
                    if found is None or (part := Partition(topics.messages, found.partition)) not in books:
                        unattributed += 1
                    else:
                        books[part].answer(found)
                done += len(records)
                progress(done, total)
    reports = tuple(books[part].report(positions.get(part, 0)) for part in sorted(books))
    return AuditReport(topics.messages, settings.kafka.group_id, reports, unattributed)


def nothing_to_audit(group: str, messages: str) -> str:
    """Of a group that was mistyped, is new, or was away for longer than the broker keeps offsets."""
    return (
        f"MODERATOR_KAFKA__GROUP_ID: group {group} has committed nothing on {messages}, so nothing was audited; is it"
        " that of the agents?"
    )


def from_offsets(spans: Mapping[Partition, Span], offsets: Mapping[int, int]) -> dict[Partition, Span]:
    """`spans` of the partitions that `offsets` names, from there on. Raises ConfigError for one that is not there."""
    numbers = {part.number for part in spans}
    if unknown := sorted(set(offsets) - numbers):
        topic = next(iter(spans)).topic if spans else ""
        raise ConfigError([f"--from-offsets: topic {topic} has no partition {number}" for number in unknown])
    return {
        part: Span(max(span.start, offsets[part.number]), span.end)
        for part, span in spans.items()
        if part.number in offsets
    }
