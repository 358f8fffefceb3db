"""A review topic into the store: what was fetched is kept, then committed.

Where to go on is what the group has committed. The store's own position is written with the rows, and so is never
behind it: a store that is, was put in the other's place and lacks rows (see `require_whole`). What comes again after a
crash is known by its id and changes nothing. Offsets of the store alone would not do: a topic that was made anew counts
from 0 again.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from moderator.console.arriving import Arriving
from moderator.console.store.intake import Arrival, Position
from moderator.console.store_access import StoreAccess
from moderator.contracts.codec import publish_dead_letter
from moderator.contracts.dead_letter import Stage
from moderator.contracts.record import Partition, Publication, Record
from moderator.contracts.review import Decision
from moderator.errors import ConfigError, PoisonRecord
from moderator.pipeline.dead_letter import dead_letter
from moderator.pipeline.lag import Lag
from moderator.pipeline.lifecycle import Lifecycle
from moderator.pipeline.ports import Publisher, Source
from moderator.pipeline.spans import begin_batch
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics
from moderator.telemetry.tracing import UNTRACING, Tracing

MOST_AT_ONCE = 50  # records in one transaction, for which reviewers may have to wait
KEEP_ALIVE_S = 0.5  # while a batch is on its way into the store, the member still polls, so that the group keeps it

Keep = Callable[[Iterable[Arrival], Iterable[Decision], Iterable[Position]], None]
"""The store's `take`. Raises StoreUnavailable."""

log = get_logger(__name__)


@dataclass(slots=True)
class Batch:
    """What records hold, and the offsets after them."""

    arrivals: list[Arrival] = field(default_factory=list)
    said: list[Decision] = field(default_factory=list)
    dead_letters: list[Publication] = field(default_factory=list)
    positions: dict[Partition, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """Where they go, and whose they are."""

    topic: str
    group: str
    now: Callable[[], datetime]


class Intake:
    """One topic's; runs on one event loop."""

    def __init__(
        self,
        source: Source,
        publisher: Publisher,
        arriving: Arriving,
        keep: Keep,
        access: StoreAccess,
        dead_letters: DeadLetters,
        metrics: Metrics,
        lifecycle: Lifecycle,
        lag: Lag,
        drain_timeout_s: float,
        tracing: Tracing = UNTRACING,
    ) -> None:
        self._source = source
        self._publisher = publisher
        self._arriving = arriving
        self._keep = keep
        self._access = access
        self._dead_letters = dead_letters
        self._metrics = metrics
        self._lifecycle = lifecycle
        self._lag = lag
        self._drain_timeout_s = drain_timeout_s
        self._tracing = tracing
        self._owned = 0
        self._keeping: asyncio.Task[dict[Partition, int]] | None = None
        self.joined = asyncio.Event()

    async def run_until(self, stop: asyncio.Event) -> None:
        """Take in until `stop` is set, then finish what is in hand, within the drain timeout.

        Raises BrokerUnavailable, ConfigError, or a bug's error; nothing that is not kept is committed.
        """
        try:
            await self._publisher.start()
            await self._source.start(self._drain, self._on_assigned)
            while not stop.is_set():
                self._lifecycle.turned()
                self._lag.tell()
                records = await self._source.fetch(MOST_AT_ONCE)
                if records:
                    await self._take(records, stop)
        finally:
            if self._keeping is not None:
                self._keeping.cancel()
                await asyncio.wait({self._keeping})
            await self._source.stop()
            await self._publisher.stop()

    def _sorted(self, records: Sequence[Record]) -> Batch:
        batch = Batch()
        for record in records:
            batch.positions[Partition(record.topic, record.partition)] = record.offset + 1
            try:
                arrived = self._arriving(record)
            except PoisonRecord as error:
                batch.dead_letters.append(self._dead_letter(record, error))
                continue
            if isinstance(arrived, Arrival):
                batch.arrivals.append(arrived)
            else:
                batch.said.append(arrived)
        self._metrics.records.inc(len(records))
        return batch

    def _dead_letter(self, record: Record, error: PoisonRecord) -> Publication:
        to = self._dead_letters
        letter = dead_letter(record, Stage.DECODE, error, to.group, to.now())
        self._metrics.dead_letters.labels(error.code).inc()
        return publish_dead_letter(letter, record, to.topic)

    async def _take(self, records: Sequence[Record], stop: asyncio.Event) -> None:
        """Keep and commit; what was not kept before its partitions were given up comes again to their next owner."""
        self._keeping = keeping = asyncio.create_task(self._kept(records))
        while not keeping.done():
            await asyncio.wait({keeping}, timeout=KEEP_ALIVE_S)
            self._lifecycle.turned()
            self._lag.tell()
            if stop.is_set():
                await self._drain()
            elif not keeping.done():
                await self._source.keep_alive()
        self._keeping = None
        if not keeping.cancelled() and not await self._source.commit(keeping.result()):
            self._metrics.commit_failures.inc()

    async def _kept(self, records: Sequence[Record]) -> dict[Partition, int]:
        """The positions after `records`, once all that they hold is kept."""
        with begin_batch(self._tracing, "take", records):
            batch = await asyncio.to_thread(self._sorted, records)
            if refused := await self._publisher.publish(batch.dead_letters):
                topic = refused[0].topic
                raise ConfigError([f"topic {topic}: refuses a record for its size; raise its max.message.bytes"])
            positions = [Position(partition, offset) for partition, offset in batch.positions.items()]
            await self._access.done(lambda: self._keep(batch.arrivals, batch.said, positions))
            return batch.positions

    async def _drain(self) -> None:
        """Wait, within the drain timeout, for what is in hand."""
        keeping = self._keeping
        if keeping is not None:
            await asyncio.wait({keeping}, timeout=self._drain_timeout_s)
            keeping.cancel()
            await asyncio.wait({keeping})

    async def _on_assigned(self) -> None:
        owned = len(self._source.assignment())
        self._metrics.assigned_partitions.inc(owned - self._owned)
        self._owned = owned
        log.info("assigned", partitions=owned)
        self.joined.set()


def require_whole(kept: Mapping[Partition, int], committed: Mapping[Partition, int], group: str) -> None:
    """Raises ConfigError where the group has `committed` what is not `kept`: it was put in another store."""
    lacking = [f"{part.topic} {part.number}" for part, offset in committed.items() if kept.get(part, 0) < offset]
    if lacking:
        problem = f"lacks what the group {group} has read of {', '.join(lacking)}: another store, or an old copy"
        cure = "under another MODERATOR_CONSOLE__GROUP_ID all is read again, and what is known stays as it is"
        raise ConfigError([f"MODERATOR_CONSOLE__STORE_URL: {problem}; {cure}"])
