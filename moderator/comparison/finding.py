"""A verdict by its id, and the record that it is about. What cannot be found is a ConfigError that says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from moderator.adapters.kafka_reader import KafkaReader, Span
from moderator.config import Settings
from moderator.contracts.record import Partition, Record
from moderator.contracts.verdict import Origin, Verdict, VerdictSource
from moderator.errors import ConfigError

Progress = Callable[[int, int], None]
"""Told records read and records to read."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Where a verdict's record stands on its topic."""

    partition: int
    offset: int


async def find(
    settings: Settings, verdict_id: str, since_ms: int | None, hint: Hint | None, progress: Progress
) -> tuple[Verdict, Record]:
    """The model's verdict of that id, and the record of its message.

    Looks through the verdicts' topic from `since_ms` (milliseconds since the epoch) on, or at the `hint` alone. Raises
    ConfigError when there is no such verdict, when it is a reviewer's, or when its record is gone; BrokerUnavailable.
    """
    async with KafkaReader(settings.kafka) as reader:
        spans = await reader.spans(settings.topics.verdicts, since_ms)
        looked_at = spans if hint is None else _at(spans, settings.topics.verdicts, hint)

        def wanted(verdict: Verdict) -> bool:
            return verdict.id == verdict_id

        verdict = await _first(reader, looked_at, verdict_id.encode(), wanted, progress)
        if verdict is None:
            where = "there" if hint else "in what the topic holds" if since_ms is None else "since then"
            raise ConfigError([f"--verdict {verdict_id}: not on {settings.topics.verdicts}, {where}"])
        if verdict.source is not VerdictSource.MODEL:
            raise ConfigError([await _decided_by_others(reader, spans, verdict, progress)])
        if verdict.origin is None:
            raise ConfigError([f"verdict {verdict_id} names no record"])
    async with KafkaReader(settings.kafka) as reader:  # another: one that reads a topic knows no other any more
        return verdict, await _record(reader, verdict.origin)


def _at(spans: Mapping[Partition, Span], topic: str, hint: Hint) -> dict[Partition, Span]:
    part = Partition(topic, hint.partition)
    if part not in spans or not spans[part].start <= hint.offset < spans[part].end:
        raise ConfigError([f"--at {hint.partition}:{hint.offset}: {topic} holds no such record"])
    return {part: Span(hint.offset, hint.offset + 1)}


async def _first(
    reader: KafkaReader,
    spans: Mapping[Partition, Span],
    part_of_it: bytes,
    wanted: Callable[[Verdict], bool],
    progress: Progress,
) -> Verdict | None:
    """The first verdict that is `wanted`, of those whose bytes hold `part_of_it`: to parse all would take minutes."""
    total, done = sum(span.end - span.start for span in spans.values()), 0
    async for records in reader.read(spans):
        for record in records:
            if part_of_it not in (record.value or b""):
                continue
            try:
                verdict = Verdict.model_validate_json(record.value or b"")
            except ValidationError:
                continue
            if wanted(verdict):
                return verdict
        done += len(records)
        progress(done, total)
    return None


async def _decided_by_others(
    reader: KafkaReader, spans: Mapping[Partition, Span], final: Verdict, progress: Progress
) -> str:
    """Why a final verdict cannot be recomputed, and what the model had said."""

    def wanted(verdict: Verdict) -> bool:
        return verdict.source is VerdictSource.MODEL and verdict.origin == final.origin

    first = await _first(reader, spans, final.message_id.encode(), wanted, progress)
    who = "a person" if final.source is VerdictSource.HUMAN else "a large model"
    said = f"the first was {first.id}, {first.outcome}" if first else "the first is not found there"
    return f"verdict {final.id} ({final.outcome}) is final, by {who}, and follows from no model here; {said}"


async def _record(reader: KafkaReader, origin: Origin) -> Record:
    """The record at `origin`, if that is still the same."""
    where = f"{origin.topic} partition {origin.partition} offset {origin.offset}"
    part = Partition(origin.topic, origin.partition)
    span = (await reader.spans(origin.topic)).get(part)
    if span is None or origin.offset >= span.end:
        raise ConfigError([f"{where}: not there, so the topic has been made anew"])
    if origin.offset < span.start:
        raise ConfigError([f"{where}: deleted by retention; the oldest that is left is {span.start}"])
    async for records in reader.read({part: Span(origin.offset, origin.offset + 1)}):
        for record in records:
            if record.timestamp_ms != origin.timestamp_ms:
                raise ConfigError([f"{where}: another record stands there, so the topic has been made anew"])
            return record
    raise ConfigError([f"{where}: deleted by compaction"])
