"""Fetch, hand to the agent, publish, commit: at most a few batches between fetch and commit, finished in order."""

import asyncio
import logging
from collections.abc import Sequence

from mode import Service

from moderator.contracts.record import Partition
from moderator.pipeline.account import Account
from moderator.pipeline.agent import Agent
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer, Batch, cut
from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.ports import Clock, Publisher, Source
from moderator.pipeline.publish import publish_answers
from moderator.telemetry import Metrics, get_logger

DEPTH = 3  # batches between fetch and commit: one being published, one running, one prefetched
ATTEMPTS_BEFORE_BISECTING = 3
RETRY_DELAY_S = 0.2  # doubled at each attempt
KEEP_ALIVE_S = 1.0  # how long a full pipeline may keep the member from polling

log = get_logger(__name__)


class Flow(Service):
    """The only place that commits. A record's offset is committed after its answer is acknowledged, never before."""

    logger = logging.getLogger("mode")  # what Mode says of this service is filtered as all of Mode's words

    def __init__(
        self,
        source: Source,
        publisher: Publisher,
        agent: Agent,
        answers: Answers,
        account: Account,
        lifecycle: Lifecycle,
        metrics: Metrics,
        clock: Clock,
        *,
        max_records: int,
        drain_timeout_s: float,
    ) -> None:
        super().__init__()
        self._source = source
        self._publisher = publisher
        self._agent = agent
        self._answers = answers
        self._lifecycle = lifecycle
        self._metrics = metrics
        self._clock = clock
        self._account = account
        self._max_records = max_records
        self._drain_timeout_s = drain_timeout_s
        self._paused = False
        self._revocations = 0
        self._in_flight = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._queue: asyncio.Queue[Batch] = asyncio.Queue(DEPTH - 1)

    async def on_start(self) -> None:
        """Connect, begin to join the group."""
        await self._publisher.start()
        await self._source.start(self._on_revoked, self._on_assigned)

    async def on_stop(self) -> None:
        """Take nothing more, finish and commit what is in flight, leave the group."""
        self._paused = True
        self._lifecycle.advance(State.DRAINING)
        if not self.crashed:
            await self._drain()

    async def on_shutdown(self) -> None:
        """Leave the group and disconnect, when no task runs any more."""
        await self._source.stop()
        await self._publisher.stop()
        self._lifecycle.advance(State.STOPPED)

    async def _on_revoked(self) -> None:
        self._revocations += 1
        self._paused = True
        await self._drain()

    async def _on_assigned(self) -> None:
        self._metrics.assigned_partitions.set(len(self._source.assignment()))
        log.info("assigned", partitions=len(self._source.assignment()))
        self._paused = False
        self._lifecycle.turned()
        self._lifecycle.advance(State.RUNNING)

    async def _drain(self) -> None:
        """Wait, within the drain timeout, until nothing is in flight. What is not finished will come again."""
        try:
            async with asyncio.timeout(self._drain_timeout_s):  # unlike wait_for, it never swallows a cancellation
                await self._idle.wait()
        except TimeoutError:
            log.warning("drain timed out", in_flight=self._in_flight, limit_s=self._drain_timeout_s)

    @Service.task
    async def _fetch(self) -> None:
        while not self.should_stop:
            self._lifecycle.turned()
            with self._metrics.stage_seconds.labels("poll").time():
                records = await self._source.fetch(self._max_records)
            # Fetched while partitions are on their way to somebody else: their next owner will fetch them again.
            owned = frozenset[Partition]() if self._paused else self._source.assignment()
            records = [record for record in records if Partition(record.topic, record.partition) in owned]
            revocations = self._revocations
            for batch in cut(records, self._clock()):
                if self._revocations != revocations:
                    break  # the rest belongs to its next owner, too
                self._entered(len(batch.records))
                await self._agent.submit(batch)
                with self._metrics.stage_seconds.labels("backpressure").time():
                    await self._enqueue(batch)

    async def _enqueue(self, batch: Batch) -> None:
        """Queue `batch` for publishing; poll while the pipeline is full, or the group would expel the member."""
        queued = asyncio.ensure_future(self._queue.put(batch))
        while not (await asyncio.wait({queued}, timeout=KEEP_ALIVE_S))[0]:
            await self._source.keep_alive()
            self._lifecycle.turned()
        await queued

    @Service.task
    async def _publish(self) -> None:
        while True:
            batch = await self._queue.get()
            batch, answers = await self._hold_and_retry(batch)
            with self._metrics.stage_seconds.labels("publish").time():
                answers = await publish_answers(self._publisher, self._answers, answers)
            with self._metrics.stage_seconds.labels("commit").time():
                committed = await self._source.commit(batch.positions())
            if not committed:
                self._metrics.commit_failures.inc()
            self._left(batch, answers)

    async def _hold_and_retry(self, batch: Batch) -> tuple[Batch, list[Answer]]:
        """The attempt that succeeded and its answers; never gives a batch up."""
        while True:
            try:
                return batch, await batch.answers
            except Exception as error:
                if batch.attempt > ATTEMPTS_BEFORE_BISECTING:
                    raise
                log.warning("inference failed", attempt=batch.attempt, error=type(error).__name__)
                self._metrics.retries.labels("infer").inc()
                await asyncio.sleep(RETRY_DELAY_S * 2 ** (batch.attempt - 1))
                batch = batch.again()
                await self._agent.submit(batch, bisect=batch.attempt > ATTEMPTS_BEFORE_BISECTING)

    def _entered(self, records: int) -> None:
        self._metrics.records.inc(records)
        self._metrics.batch_size.observe(records)
        self._in_flight += records
        self._metrics.in_flight.set(self._in_flight)
        self._idle.clear()

    def _left(self, batch: Batch, answers: Sequence[Answer]) -> None:
        self._account.published(batch, answers)
        self._in_flight -= len(answers)
        self._metrics.in_flight.set(self._in_flight)
        if not self._in_flight:
            self._idle.set()
