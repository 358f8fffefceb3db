"""Topics read from outside of any group: by offsets or times, to an end that was fixed at the start."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import GroupAuthorizationFailedError, KafkaError, TopicAuthorizationFailedError

from moderator.adapters.kafka import connect, connection
from moderator.adapters.kafka_record import record_of
from moderator.adapters.kafka_topics import require_topics
from moderator.adapters.kafka_unreadable import Fetched, step_over_unreadable
from moderator.contracts.record import Partition, Record
from moderator.errors import BrokerUnavailable, ConfigError
from moderator.kafka_settings import KafkaSettings

POLL_MS = 500
POLL_RECORDS = 5000
STALLED_S = 60.0  # without a record, though some are left
REQUEST_TIMEOUT_MS = 40_000


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets of one partition, from `start` up to and without `end`."""

    start: int
    end: int


class KafkaReader:
    """Connected within `async with`, which raises BrokerUnavailable, or ConfigError when a credential is refused."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._consumer: Any = None

    async def __aenter__(self) -> Self:
        consumer = AIOKafkaConsumer(
            **connection(self._settings),
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            request_timeout_ms=REQUEST_TIMEOUT_MS,
            fetch_max_bytes=self._settings.max_fetch_bytes,
        )
        await connect(consumer, self._settings)
        self._consumer = consumer
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._consumer.stop()

    async def partitions(self, topic: str) -> list[Partition]:
        """Those of `topic`. Raises ConfigError when it does not exist."""
        await require_topics(self._settings, [topic])
        numbers: set[int] | None = self._consumer.partitions_for_topic(topic)
        if numbers is None:
            await self._consumer._client.force_metadata_update()  # noqa: SLF001  made after this client had asked
            numbers = self._consumer.partitions_for_topic(topic)
        return [Partition(topic, number) for number in sorted(numbers or ())]

    async def spans(self, topic: str, since_ms: int | None = None) -> dict[Partition, Span]:
        """What `topic` holds at this moment; with `since_ms`, from the first record that is not older."""
        partitions = [TopicPartition(*partition) for partition in await self.partitions(topic)]
        try:
            starts = await self._consumer.beginning_offsets(partitions)
            ends = await self._consumer.end_offsets(partitions)
            if since_ms is not None:
                found = await self._consumer.offsets_for_times(dict.fromkeys(partitions, since_ms))
                starts = {part: found[part].offset if found[part] else ends[part] for part in partitions}
        except KafkaError as error:
            raise BrokerUnavailable(f"{topic}: {type(error).__name__}") from error
        return {Partition(part.topic, part.partition): Span(starts[part], ends[part]) for part in partitions}

    async def read(self, spans: Mapping[Partition, Span]) -> AsyncIterator[Sequence[Record]]:
        """The records of `spans` in the order of their offsets, some at a time; sees what compaction has left of them.

        Raises BrokerUnavailable when none comes any more.
        """
        left = {TopicPartition(*part): span for part, span in spans.items() if span.start < span.end}
        self._consumer.assign(list(left))
        positions = {part: span.start for part, span in left.items()}
        for part, span in left.items():
            self._consumer.seek(part, span.start)
        moved = time.monotonic()
        while left:
            fetched = await self._fetched(positions)
            for part, records in fetched.items():
                positions[part] = records[-1].offset + 1
            chunk = [
                record_of(record) for part, records in fetched.items() for record in records if _within(left, record)
            ]
            if chunk:
                yield chunk
            before = len(left)
            for part in [part for part in left if await self._consumer.position(part) >= left[part].end]:
                del left[part]
                self._consumer.pause(part)
            if fetched or len(left) < before:
                moved = time.monotonic()
            elif time.monotonic() - moved > STALLED_S:
                raise BrokerUnavailable(f"{next(iter(left)).topic}: no record within {STALLED_S:.0f} s")

    async def _fetched(self, positions: Mapping[TopicPartition, int]) -> Fetched:
        try:
            fetched: Fetched = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=POLL_RECORDS)
        except UnicodeDecodeError:
            _, fetched = await step_over_unreadable(self._consumer, positions, POLL_RECORDS, lambda: 0)
        except TopicAuthorizationFailedError as error:
            raise ConfigError([f"MODERATOR_TOPICS__*: no right to read {error.args[0]}"]) from None
        except KafkaError as error:
            raise BrokerUnavailable(f"{type(error).__name__} while reading") from error
        return fetched


def _within(left: Mapping[TopicPartition, Span], record: Any) -> bool:
    span = left.get(TopicPartition(record.topic, record.partition))
    return span is not None and record.offset < span.end


async def committed(settings: KafkaSettings, topic: str) -> dict[Partition, int]:
    """The next offset of each partition of `topic` that the group of `settings` will read, where it has committed one.

    Raises BrokerUnavailable, or ConfigError when the topic does not exist or the group may not be looked at.
    """
    async with KafkaReader(settings) as reader:
        partitions = [TopicPartition(*partition) for partition in await reader.partitions(topic)]
    member = AIOKafkaConsumer(
        **connection(settings),
        group_id=settings.group_id,
        enable_auto_commit=False,
        request_timeout_ms=REQUEST_TIMEOUT_MS,
    )  # of the group by name alone: it subscribes to nothing, so it never joins
    await connect(member, settings)
    try:
        async with asyncio.timeout(REQUEST_TIMEOUT_MS / 1000):
            offsets = {partition: await member.committed(partition) for partition in partitions}
    except GroupAuthorizationFailedError:
        raise ConfigError([f"MODERATOR_KAFKA__GROUP_ID: no right to look at {settings.group_id}"]) from None
    except (KafkaError, TimeoutError) as error:
        raise BrokerUnavailable(f"group {settings.group_id}: {type(error).__name__}") from error
    finally:
        await member.stop()
    return {Partition(part.topic, part.partition): offset for part, offset in offsets.items() if offset is not None}
