"""Escalations in, decisions out: many asked at a time, each committed after what follows from it is published."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from moderator.contracts.record import Partition, Publication, Record
from moderator.errors import ConfigError
from moderator.pipeline.lag import Lag
from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.offsets import Offsets
from moderator.pipeline.ports import Publisher, Source
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics

KEEP_ALIVE_S = 0.5  # a full reviewer still polls, so that the group keeps it

Review = Callable[[Record], Awaitable[Sequence[Publication]]]
"""What one record leads to, in the order in which it must be published. Raises nothing that may pass: whatever goes
wrong with a large model is something to publish."""

Aside = Callable[[Record], Awaitable[Sequence[Publication]]]
"""What is published after a record's review that no record leads to; most often nothing. No commit waits for it, and a
stop or a crash forgets it. Raises nothing that may pass."""

Published = Callable[[Record, Sequence[Publication]], None]
"""Is told what a record led to, once that is acknowledged and its commit was tried; returns at once."""

CatchUp = Callable[[], Awaitable[None]]
"""Learns what other members have published by now. Waits for a broker that is away."""

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record and what it led to; no record led to an aside."""

    record: Record | None
    publications: Sequence[Publication]


async def nothing_aside(_record: Record) -> Sequence[Publication]:
    """No aside."""
    return ()


class Reviewing:
    """Runs on one event loop. A crash, or a stop that does not wait, repeats a request and loses nothing."""

    def __init__(
        self,
        source: Source,
        publisher: Publisher,
        review: Review,
        lifecycle: Lifecycle,
        lag: Lag,
        metrics: Metrics,
        *,
        concurrency: int,
        drain_timeout_s: float,
        catch_up: CatchUp,
        published: Published,
        aside: Aside = nothing_aside,
    ) -> None:
        """`catch_up` comes before the first review of partitions that another member may have had."""
        self._source = source
        self._publisher = publisher
        self._review = review
        self._catch_up = catch_up
        self._published = published
        self._aside = aside
        self._lifecycle = lifecycle
        self._lag = lag
        self._metrics = metrics
        self._concurrency = concurrency
        self._drain_timeout_s = drain_timeout_s
        self._offsets = Offsets()
        self._asking: set[asyncio.Task[None]] = set()
        self._reviewed: asyncio.Queue[Reviewed] = asyncio.Queue()
        self._failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._moved = asyncio.Event()
        self._committed = asyncio.Event()
        self._committed.set()
        self._paused = True
        self._resuming: asyncio.Task[None] | None = None

    async def run_until(self, stop: asyncio.Event) -> None:
        """Review until `stop` is set, then finish what is in hand, within the drain timeout.

        Raises BrokerUnavailable, ConfigError, or a bug's error; nothing unpublished is committed.
        """
        await self._publisher.start()
        await self._source.start(self._on_revoked, self._on_assigned)
        publishing = asyncio.create_task(self._publish())
        fetching = asyncio.create_task(self._fetch())
        stopping = asyncio.create_task(stop.wait())
        try:
            endings: set[asyncio.Future[Any]] = {publishing, fetching, stopping, self._failure}
            ended, _ = await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
            self._lifecycle.advance(State.DRAINING)
            await _cancelled(fetching)
            for ending in ended - {stopping}:
                ending.result()  # raises why it ended
            await self._drain()
        finally:
            for task in (stopping, fetching, publishing, *self._asking):
                await _cancelled(task)
            await self._pause()
            await self._source.stop()
            await self._publisher.stop()
            self._lifecycle.advance(State.STOPPED)

    async def _fetch(self) -> None:
        while True:
            self._lifecycle.turned()
            self._lag.tell()
            self._moved.clear()  # before the look: a place that gets free while the source is polled is not missed
            free = self._concurrency - len(self._asking)
            if self._paused or free <= 0:
                await self._source.keep_alive()
                await self._next_move()
                continue
            records = await self._source.fetch(free)
            owned = frozenset[Partition]() if self._paused else self._source.assignment()
            for record in records:
                if Partition(record.topic, record.partition) in owned:
                    self._metrics.records.inc()
                    self._take(record)

    def _take(self, record: Record) -> None:
        self._offsets.take(record)
        self._metrics.in_flight.set(self._offsets.unfinished)
        task = asyncio.create_task(self._ask(record))
        self._asking.add(task)
        task.add_done_callback(self._asked)

    async def _ask(self, record: Record) -> None:
        """In one task, so that an aside counts among the requests in flight."""
        self._reviewed.put_nowait(Reviewed(record, await self._review(record)))
        if publications := await self._aside(record):
            self._reviewed.put_nowait(Reviewed(None, publications))

    def _asked(self, task: asyncio.Task[None]) -> None:
        self._asking.discard(task)
        self._moved.set()
        self._fail_with(task)

    def _fail_with(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) and not self._failure.done():
            self._failure.set_exception(error)

    async def _publish(self) -> None:
        """Publish what has gathered while the last round was on its way."""
        while True:
            reviewed = [await self._reviewed.get()]
            while not self._reviewed.empty():
                reviewed.append(self._reviewed.get_nowait())
            await self._publish_all(reviewed)

    async def _publish_all(self, reviewed: Sequence[Reviewed]) -> None:
        for step in range(max(len(one.publications) for one in reviewed)):
            due = [one.publications[step] for one in reviewed if step < len(one.publications)]
            if refused := await self._publisher.publish(due):
                topic = refused[0].topic
                raise ConfigError([f"topic {topic}: refuses a record for its size; raise its max.message.bytes"])
        self._offsets.done(one.record for one in reviewed if one.record is not None)
        self._metrics.in_flight.set(self._offsets.unfinished)
        await self._commit()
        for one in reviewed:  # after the commit, which no bug of the count may prevent
            if one.record is not None:
                self._published(one.record, one.publications)
        self._moved.set()

    async def _commit(self) -> None:
        positions = self._offsets.positions()
        if not positions:
            return
        self._committed.clear()
        try:
            if await self._source.commit(positions):
                self._offsets.committed(positions)
            else:
                self._metrics.commit_failures.inc()
        finally:
            self._committed.set()

    async def _on_revoked(self) -> None:
        await self._pause()
        await self._drain()
        for task in list(self._asking):
            await _cancelled(task)
        self._offsets.give_up()

    async def _on_assigned(self) -> None:
        self._metrics.assigned_partitions.set(len(self._source.assignment()))
        log.info("assigned", partitions=len(self._source.assignment()))
        # Not here: the group takes a member for dead that is long about it.
        self._resuming = asyncio.create_task(self._resume())
        self._resuming.add_done_callback(self._fail_with)

    async def _resume(self) -> None:
        await self._catch_up()
        self._paused = False
        self._moved.set()
        self._lifecycle.turned()
        self._lifecycle.advance(State.RUNNING)

    async def _pause(self) -> None:
        self._paused = True
        if self._resuming is not None:
            await _cancelled(self._resuming)

    async def _drain(self) -> None:
        """Wait, within the drain timeout, until all that was taken is published, and its commit was tried."""
        try:
            async with asyncio.timeout(self._drain_timeout_s):
                while self._offsets.unfinished:
                    self._moved.clear()
                    await self._moved.wait()
                await self._committed.wait()
        except TimeoutError:
            log.warning("drain timed out", in_flight=self._offsets.unfinished, limit_s=self._drain_timeout_s)

    async def _next_move(self) -> None:
        try:
            async with asyncio.timeout(KEEP_ALIVE_S):
                await self._moved.wait()
        except TimeoutError:
            return


async def _cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.wait({task})
