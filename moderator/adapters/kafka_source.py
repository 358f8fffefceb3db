"""A consumer group member on aiokafka."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from moderator.adapters.kafka import connection
from moderator.config import KafkaSettings
from moderator.contracts.record import Partition, Record
from moderator.errors import BrokerUnavailable
from moderator.pipeline.ports import OnAssigned, OnRevoked
from moderator.telemetry import get_logger

POLL_MS = 200
# A rebalance waits this long for every member to drain and rejoin; the drain timeout is below it.
REBALANCE_TIMEOUT_MS = 60_000
# The flow keeps polling whatever happens, so a member that does not poll for this long is truly stuck.
MAX_POLL_INTERVAL_MS = 600_000

log = get_logger(__name__)


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is untyped here
    def __init__(self, on_revoked: OnRevoked, on_assigned: OnAssigned) -> None:
        self._on_revoked = on_revoked
        self._on_assigned = on_assigned

    async def on_partitions_revoked(self, revoked: Any) -> None:
        del revoked  # the assignors in use are eager: everything is revoked
        await self._on_revoked()

    async def on_partitions_assigned(self, assigned: Any) -> None:
        del assigned
        await self._on_assigned()


class KafkaSource:
    """Reads one topic; commits only when told to."""

    def __init__(self, settings: KafkaSettings, topic: str) -> None:
        self._settings = settings
        self._topic = topic
        self._consumer: Any = None

    async def start(self, on_revoked: OnRevoked, on_assigned: OnAssigned) -> None:
        """Join the group. Raises BrokerUnavailable."""
        settings = self._settings
        self._consumer = AIOKafkaConsumer(
            **connection(settings),
            group_id=settings.group_id,
            group_instance_id=settings.group_instance_id,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_poll_records=settings.max_poll_records,
            max_poll_interval_ms=MAX_POLL_INTERVAL_MS,
            rebalance_timeout_ms=REBALANCE_TIMEOUT_MS,
            session_timeout_ms=settings.session_timeout_ms,
            heartbeat_interval_ms=settings.session_timeout_ms // 6,
            fetch_max_bytes=settings.max_fetch_bytes,
        )
        try:
            await self._consumer.start()
        except KafkaError as error:
            raise BrokerUnavailable(f"{settings.bootstrap_servers}: {type(error).__name__}") from error
        self._consumer.subscribe([self._topic], listener=_Listener(on_revoked, on_assigned))

    async def fetch(self, max_records: int) -> Sequence[Record]:
        """What has arrived within 200 ms, at most `max_records`."""
        try:
            fetched = await self._consumer.getmany(timeout_ms=POLL_MS, max_records=max_records)
        except KafkaError as error:
            raise BrokerUnavailable(f"{self._topic}: {type(error).__name__}") from error
        return [
            Record(
                record.topic,
                record.partition,
                record.offset,
                record.timestamp,
                record.key,
                record.value,
                tuple(record.headers),
            )
            for records in fetched.values()
            for record in records
        ]

    async def keep_alive(self) -> None:
        """Poll with every partition paused: aiokafka rejoins a group only when polled."""
        partitions = self._consumer.assignment()
        self._consumer.pause(*partitions)
        fetched = await self._consumer.getmany(timeout_ms=0)
        owned = self._consumer.assignment()
        for partition, records in fetched.items():
            if partition in owned:
                self._consumer.seek(partition, records[0].offset)
        self._consumer.resume(*(partition for partition in partitions if partition in owned))

    def assignment(self) -> frozenset[Partition]:
        """The partitions owned at this moment."""
        return frozenset(Partition(owned.topic, owned.partition) for owned in self._consumer.assignment())

    async def commit(self, positions: Mapping[Partition, int]) -> bool:
        """Commit; False when the group has moved on or the broker is away: the next commit covers it, or another
        member does the records again.
        """
        offsets = {TopicPartition(*partition): offset for partition, offset in positions.items()}
        try:
            await self._consumer.commit(offsets)
        except (CommitFailedError, IllegalStateError) as error:
            log.warning("commit lost to a rebalance", error=type(error).__name__)
            return False
        except KafkaError as error:
            log.warning("commit failed", error=type(error).__name__)
            return False
        return True

    async def stop(self) -> None:
        """Leave the group."""
        if self._consumer is not None:
            await self._consumer.stop()
