"""Both topics of verdicts, read off Kafka."""

from collections.abc import Callable

from moderator.adapters.kafka_reader import KafkaReader
from moderator.comparison.judged import Side
from moderator.config import Settings

# How much older than its message's a verdict's timestamp may be: it is given by another machine's clock.
CLOCKS_APART_MS = 10 * 60 * 1000

Progress = Callable[[int, int], None]
"""Told records read and records to read."""


async def read_sides(settings: Settings, since_ms: int | None, progress: Progress) -> tuple[Side, Side]:
    """What was answered and what a shadow would have answered to messages since `since_ms` (milliseconds since the
    epoch), or to all.

    The ends are fixed at the start, the shadow's first: it follows the first verdicts. Raises ConfigError for a topic
    that does not exist, BrokerUnavailable.
    """
    first, shadow = Side(settings.topics.messages, since_ms), Side(settings.topics.messages, since_ms)
    written_since_ms = None if since_ms is None else max(0, since_ms - CLOCKS_APART_MS)
    async with KafkaReader(settings.kafka) as reader:
        tried = await reader.spans(settings.topics.shadow, written_since_ms)
        answered = await reader.spans(settings.topics.verdicts, written_since_ms)
        total = sum(max(0, span.end - span.start) for spans in (tried, answered) for span in spans.values())
        done = 0
        for spans, side in ((tried, shadow), (answered, first)):
            async for records in reader.read(spans):
                for record in records:
                    side.add(record)
                done += len(records)
                progress(done, total)
    return first, shadow
