"""A consumer group member on aiokafka."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import (
    CommitFailedError,
    GroupAuthorizationFailedError,
    IllegalStateError,
    InvalidGroupIdError,
    InvalidSessionTimeoutError,
    KafkaError,
    TopicAuthorizationFailedError,
)

from moderator.adapters.kafka import connect, connection
from moderator.adapters.kafka_credentials import Credentials
from moderator.adapters.kafka_record import NO_TIMESTAMP_MS, record_of
from moderator.adapters.kafka_topics import require_topics
from moderator.adapters.kafka_unreadable import Fetched, step_over_unreadable
from moderator.contracts.record import Partition, Record
from moderator.errors import BrokerUnavailable, ConfigError, ModeratorError
from moderator.kafka_settings import KafkaSettings
from moderator.pipeline.ports import Backlog, OnAssigned, OnRevoked
from moderator.telemetry.log import get_logger

POLL_MS = 200
# aiokafka asks for a partition's next records as soon as those before are taken, and gets what is there by then. After
# a longer pause that is old and little, and what has come since is still at the broker: it is asked once more.
STALE_S = 0.01
ROUND_TRIP_MS = 10  # at the most; it ends with what comes first
LONGEST_POLL_S = 1.0  # a poll takes longer only while a rebalance is on
# A rebalance waits this long for every member to drain and rejoin. Who takes longer is expelled, and its records come
# again elsewhere.
REBALANCE_TIMEOUT_MS = 30_000
# The request to join is answered when all members have rejoined, so it outlasts a rebalance.
REQUEST_TIMEOUT_MS = REBALANCE_TIMEOUT_MS + 10_000
# The flow keeps polling whatever happens, so a member that does not poll for this long is truly stuck.
MAX_POLL_INTERVAL_MS = 600_000
# A member hears of a rebalance with its next heartbeat, and until the last has heard everybody waits.
HEARTBEAT_MS = 500
# Every partition may have this much waiting in memory: a hundred of them 25 MiB. A record that is larger still comes.
PARTITION_FETCH_BYTES = 256 << 10
COMMIT_TIMEOUT_S = 10.0  # the next commit covers one that was given up
STOP_TIMEOUT_S = 10.0  # the broker expels a member that could not say goodbye

NO_PARTITION = -1

log = get_logger(__name__)


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is untyped here
    """aiokafka logs what a listener raises and goes on; here it is kept for the next poll to raise."""

    def __init__(self, on_revoked: OnRevoked, on_assigned: OnAssigned) -> None:
        self._on_revoked = on_revoked
        self._on_assigned = on_assigned
        self.revocations = 0
        self.positions: dict[TopicPartition, int] = {}  # of what was returned since the last revocation
        self.reached_ms: dict[TopicPartition, int] = {}  # likewise, the timestamps
        self.failure: Exception | None = None

    async def on_partitions_revoked(self, revoked: Any) -> None:
        del revoked  # the assignors in use are eager: everything is revoked
        self.revocations += 1
        self.positions.clear()
        self.reached_ms.clear()
        try:
            await self._on_revoked()
        except Exception as error:
            self.failure = error
            raise

    async def on_partitions_assigned(self, assigned: Any) -> None:
        del assigned
        try:
            await self._on_assigned()
        except Exception as error:
            self.failure = error
            raise


class KafkaSource:
    """Reads one topic; commits only when told to.

    A failed poll ends it: aiokafka may by then have moved past records of other partitions that it never returned, so
    polling on would lose them. Nothing of theirs is committed, and they come again after a new start.
    """

    def __init__(self, settings: KafkaSettings, topic: str, credentials: Credentials | None = None) -> None:
        self._settings = settings
        self._credentials = credentials
        self._topic = topic
        self._consumer: Any = None
        self._listener: Any = None
        self._poll: asyncio.Task[tuple[int, Fetched]] | None = None
        self._polled_at = time.monotonic()
        self._failure: Exception | None = None
        self._stopping: asyncio.Task[None] | None = None

    async def start(self, on_revoked: OnRevoked, on_assigned: OnAssigned) -> None:
        """Begin to join the group. Raises BrokerUnavailable, or ConfigError when the topic or a credential is wrong."""
        settings = self._settings
        await require_topics(settings, [self._topic])
        credentials = self._credentials or Credentials(settings)
        consumer = AIOKafkaConsumer(
            **connection(settings, credentials),
            group_id=settings.group_id,
            group_instance_id=settings.group_instance_id,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_poll_records=settings.max_poll_records,
            max_poll_interval_ms=MAX_POLL_INTERVAL_MS,
            rebalance_timeout_ms=REBALANCE_TIMEOUT_MS,
            request_timeout_ms=REQUEST_TIMEOUT_MS,
            session_timeout_ms=settings.session_timeout_ms,
            heartbeat_interval_ms=min(HEARTBEAT_MS, settings.session_timeout_ms // 6),
            fetch_max_wait_ms=settings.fetch_max_wait_ms,
            fetch_max_bytes=settings.max_fetch_bytes,
            max_partition_fetch_bytes=PARTITION_FETCH_BYTES,
        )
        await connect(consumer, settings)
        credentials.follow(consumer._client)  # noqa: SLF001  it has no public name
        self._consumer = consumer
        self._listener = _Listener(on_revoked, on_assigned)
        consumer.subscribe([self._topic], listener=self._listener)

    async def fetch(self, max_records: int) -> Sequence[Record]:
        """What has arrived, at most `max_records`, or what arrives first within 200 ms; during a rebalance, nothing
        within a second.

        Raises BrokerUnavailable, or ConfigError when the right to read is refused.
        """
        stale = time.monotonic() - self._polled_at > STALE_S
        records = await self._taken(timeout_ms=POLL_MS, max_records=max_records)
        if stale and 0 < len(records) < max_records:
            revocations = self._listener.revocations
            more = await self._taken(timeout_ms=ROUND_TRIP_MS, max_records=max_records - len(records))
            # What came before a revocation is for the partitions' next owner, who may be this member again.
            records = [*records, *more] if revocations == self._listener.revocations else more
        self._polled_at = time.monotonic()
        return records

    async def _taken(self, **limits: int) -> list[Record]:
        fetched = await self._polled(**limits)
        taken = {partition: [record_of(record) for record in records] for partition, records in fetched.items()}
        for partition, records in taken.items():
            last = records[-1]
            self._listener.positions[partition] = last.offset + 1
            if last.timestamp_ms != NO_TIMESTAMP_MS:
                self._listener.reached_ms[partition] = last.timestamp_ms
        return list(chain.from_iterable(taken.values()))

    async def keep_alive(self) -> None:
        """Poll for no partition: aiokafka rejoins a group only when polled, and what it has fetched stays with it.

        Raises as fetch does.
        """
        if self._poll is None:
            await self._polled(TopicPartition(self._topic, NO_PARTITION))

    async def _polled(self, *partitions: TopicPartition, **limits: int) -> Fetched:
        """The end of the poll under way, or of a new one, if it comes in time.

        aiokafka holds a poll until a rebalance is over. Cancelling it would spoil its record of who polled when, so it
        stays for the next call.
        """
        if self._failure is not None:
            raise self._failure
        if self._consumer._fetcher.error_future.done():  # noqa: SLF001  it would find nothing any more, and say nothing
            raise BrokerUnavailable(f"{self._topic}: the fetching of records has ended")
        if self._poll is None:
            self._poll = asyncio.create_task(self._getmany(*partitions, **limits))
        poll = self._poll
        await asyncio.wait({poll}, timeout=LONGEST_POLL_S)
        if self._listener.failure is not None:
            self._failure = self._listener.failure
            raise self._failure
        if not poll.done():
            return {}
        self._poll = None
        try:
            revocations, fetched = poll.result()
        except KafkaError as error:
            self._failure = self._reason(error)
            raise self._failure from error
        except Exception as error:
            self._failure = error
            raise
        # What came before a revocation is for the partitions' next owner, who may be this member again.
        return fetched if revocations == self._listener.revocations else {}

    async def _getmany(self, *partitions: TopicPartition, **limits: int) -> tuple[int, Fetched]:
        """What is fetched, and the number of revocations at that moment."""
        try:
            fetched = await self._consumer.getmany(*partitions, **limits)
        except UnicodeDecodeError:
            listener = self._listener
            return await step_over_unreadable(
                self._consumer, listener.positions, limits["max_records"], lambda: listener.revocations
            )
        return self._listener.revocations, fetched

    def _reason(self, error: KafkaError) -> ModeratorError:
        if isinstance(error, GroupAuthorizationFailedError):
            return ConfigError([f"MODERATOR_KAFKA__GROUP_ID: no right to be a member of {self._settings.group_id}"])
        if isinstance(error, TopicAuthorizationFailedError):
            return ConfigError([f"MODERATOR_TOPICS__*: no right to read {self._topic}"])
        if isinstance(error, InvalidSessionTimeoutError):
            limits = "the broker's group.min.session.timeout.ms and group.max.session.timeout.ms"
            return ConfigError([f"MODERATOR_KAFKA__SESSION_TIMEOUT_MS: outside of {limits}"])
        if isinstance(error, InvalidGroupIdError):
            return ConfigError([f"MODERATOR_KAFKA__GROUP_ID: the broker does not take {self._settings.group_id}"])
        return BrokerUnavailable(f"{self._topic}: {type(error).__name__}")

    def assignment(self) -> frozenset[Partition]:
        """The partitions owned at this moment."""
        return frozenset(Partition(owned.topic, owned.partition) for owned in self._consumer.assignment())

    def backlog(self) -> Mapping[Partition, Backlog]:
        """By the last fetch of each partition. One of which much waits in memory is not fetched; then more may wait."""
        subscription = self._consumer._subscription.subscription  # noqa: SLF001  in public, a position is waited for
        if subscription is None or subscription.assignment is None:
            return {}
        found: dict[Partition, Backlog] = {}
        for owned in self._consumer.assignment():
            state = subscription.assignment.state_value(owned)
            if state is not None and state.has_valid_position and state.highwater is not None:
                waiting = max(0, state.highwater - state.position)
                found[Partition(*owned)] = Backlog(waiting, self._listener.reached_ms.get(owned))
        return found

    async def commit(self, positions: Mapping[Partition, int]) -> bool:
        """Commit; False when the group has moved on or the broker is away: the next commit covers it, or another
        member does the records again.
        """
        offsets = {TopicPartition(*partition): offset for partition, offset in positions.items()}
        try:
            # Without a limit aiokafka tries for as long as the broker is away.
            async with asyncio.timeout(COMMIT_TIMEOUT_S):
                await self._consumer.commit(offsets)
        except (CommitFailedError, IllegalStateError) as error:
            log.warning("commit lost to a rebalance", error=type(error).__name__)
            return False
        except (KafkaError, TimeoutError) as error:
            log.warning("commit failed", error=type(error).__name__)
            return False
        return True

    async def stop(self) -> None:
        """Leave the group; the broker has ten seconds to take notice."""
        if self._consumer is None:
            return
        if self._poll is not None:
            self._poll.cancel()
            await asyncio.gather(self._poll, return_exceptions=True)
        self._stopping = asyncio.create_task(self._consumer.stop())
        await asyncio.wait({self._stopping}, timeout=STOP_TIMEOUT_S)
        if not self._stopping.done():
            log.warning("left the group without its broker's knowledge", limit_s=STOP_TIMEOUT_S)
        elif self._stopping.cancelled():  # aiokafka ends so when a fetch that it has cancelled was between two tries
            log.warning("did not leave the group", error=asyncio.CancelledError.__name__)
        elif error := self._stopping.exception():
            log.warning("did not leave the group", error=type(error).__name__)
