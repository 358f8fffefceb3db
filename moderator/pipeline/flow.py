"""Fetch, hand to the agent, publish, commit: at most a few batches between fetch and commit, finished in order."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from mode import Service

from moderator.contracts.record import Partition
from moderator.pipeline.account import Account
from moderator.pipeline.agent import Agent
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer, Batch, cut
from moderator.pipeline.brake import Brake
from moderator.pipeline.lag import Lag
from moderator.pipeline.ledger import Ledger
from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.ports import Clock, Publisher, Source
from moderator.pipeline.progress import Activity, Progress
from moderator.pipeline.publish import publish_answers
from moderator.pipeline.spans import begin_batch, note_answers
from moderator.telemetry.log import get_logger
from moderator.telemetry.metrics import Metrics, from_zero
from moderator.telemetry.tracing import UNTRACING, Tracing

# Batches on their way to a commit: one being published, one running, one prefetched. When publishing is slow, all are
# there because of it, and one more waits for room.
DEPTH = 3
ATTEMPTS_BEFORE_BISECTING = 3
RETRY_DELAY_S = 0.2  # doubled at each attempt
INFER = "infer"  # what is retried
KEEP_ALIVE_S = 1.0  # how long a busy pipeline may keep the member from polling

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
        progress: Progress,
        brake: Brake,
        resume: asyncio.Event,
        lag: Lag,
        metrics: Metrics,
        clock: Clock,
        *,
        max_records: int,
        drain_timeout_s: float,
        on_answered: Callable[[Sequence[Answer]], object] = lambda _answers: None,
        tracing: Tracing = UNTRACING,
    ) -> None:
        """`on_answered` is told of answers that are published and committed; it returns at once."""
        super().__init__()
        self._source = source
        self._publisher = publisher
        self._agent = agent
        self._answers = answers
        self._lifecycle = lifecycle
        self._progress = progress
        self._brake = brake
        self._resume = resume
        self._lag = lag
        self._metrics = metrics
        from_zero(metrics.retries, INFER)
        self._clock = clock
        self._account = account
        self._max_records = max_records
        self._drain_timeout_s = drain_timeout_s
        self._on_answered = on_answered
        self._tracing = tracing
        self._paused = False
        self._revocations = 0
        self._ledger = Ledger()
        self._idle = asyncio.Event()
        self._idle.set()
        self._queue: asyncio.Queue[Batch] = asyncio.Queue(DEPTH - 1)
        self._wants_more = asyncio.Event()  # of the latest batch: earlier ones are further on
        self._wants_more.set()

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
            log.warning("drain timed out", in_flight=self._ledger.in_flight, limit_s=self._drain_timeout_s)

    @Service.task
    async def _fetch(self) -> None:
        while not self.should_stop:
            self._turned()
            if self._braked():
                await self._source.keep_alive()
                await self.sleep(KEEP_ALIVE_S)
                continue
            if not self._wants_more.is_set():
                # Fetched late, a batch holds more, and waits less.
                with self._metrics.stage_seconds.labels("backpressure").time():
                    await self._while_polling(self._wants_more.wait())
            with self._metrics.stage_seconds.labels("poll").time():
                records = await self._source.fetch(self._max_records)
            # Fetched while partitions are on their way to somebody else: their next owner will fetch them again.
            owned = frozenset[Partition]() if self._paused else self._source.assignment()
            kept = [record for record in records if Partition(record.topic, record.partition) in owned]
            batches = deque(cut(kept, self._clock()))
            self._metrics.records.inc(len(records))
            self._ledger.fetched(len(records), batches)
            self._ledger.handed_back(len(records) - len(kept))
            revocations = self._revocations
            while batches:
                batch = batches.popleft()
                if self._revocations != revocations:
                    self._ledger.returned(batch)  # it belongs to its next owner, too
                    self._moved()
                    continue
                self._metrics.batch_size.observe(len(batch.records))
                self._moved()
                batch.span = begin_batch(self._tracing, "moderate", batch.records, self._clock() - batch.times.fetched)
                await self._agent.submit(batch)
                self._wants_more = batch.nearly_done
                with self._metrics.stage_seconds.labels("backpressure").time():
                    await self._while_polling(self._queue.put(batch))

    async def _while_polling(self, waited_for: Coroutine[Any, Any, object]) -> None:
        """Wait while the pipeline is busy; poll for nothing meanwhile, or the group would expel the member."""
        waiting = asyncio.ensure_future(waited_for)
        try:
            while not (await asyncio.wait({waiting}, timeout=KEEP_ALIVE_S))[0]:
                await self._source.keep_alive()
                self._turned()
            await waiting
        finally:
            waiting.cancel()  # if the flow ends meanwhile, nothing is queued after its end

    @Service.task
    async def _publish(self) -> None:
        while True:
            batch = await self._queue.get()
            with batch.span as span:
                answers = await self._hold_and_retry(batch)
                batch.times.turned_to = self._clock()
                timed = self._metrics.stage_seconds.labels("publish").time()
                with self._progress.doing(Activity.PUBLISH), span.stage("publish"), timed:
                    answers = await publish_answers(self._publisher, self._answers, answers)
                batch.times.published = self._clock()
                self._ledger.answered(batch, answers)
                if self._accounted():
                    await self._commit(batch)
                batch.times.committed = self._clock()
                note_answers(span, batch.attempt, answers)
            self._account.published(batch, answers)
            self._on_answered(answers)
            self._brake.answered(len(answers), sum(answer.dead_letter is not None for answer in answers))
            self._moved()

    async def _commit(self, batch: Batch) -> None:
        timed = self._metrics.stage_seconds.labels("commit").time()
        with self._progress.doing(Activity.COMMIT), batch.span.stage("commit"), timed:
            committed = await self._source.commit(batch.positions())
        if not committed:
            self._metrics.commit_failures.inc()

    async def _hold_and_retry(self, batch: Batch) -> list[Answer]:
        """The answers of the attempt that succeeded; never gives a batch up."""
        while True:
            try:
                return await batch.answers
            except Exception as error:
                if batch.attempt > ATTEMPTS_BEFORE_BISECTING:
                    raise
                log.warning("inference failed", attempt=batch.attempt, error=type(error).__name__)
                self._metrics.retries.labels(INFER).inc()
                await asyncio.sleep(RETRY_DELAY_S * 2 ** (batch.attempt - 1))
                batch.retry()
                await self._agent.submit(batch, bisect=batch.attempt > ATTEMPTS_BEFORE_BISECTING)

    def _turned(self) -> None:
        self._lifecycle.turned()
        self._accounted()
        self._lag.tell()

    def _accounted(self) -> bool:
        """Whether the ledger adds up. If not, nothing is committed any more: a new start fetches the records again."""
        unaccounted = self._ledger.unaccounted
        self._metrics.unaccounted.set(unaccounted)
        if unaccounted and self._lifecycle.accounted:
            log.error("records are unaccounted for; nothing is committed any more", records=unaccounted)
            self._lifecycle.lost_count()
        return self._lifecycle.accounted

    def _braked(self) -> bool:
        """Whether nothing may be fetched, as too much of it became dead letters."""
        if self._resume.is_set():
            self._resume.clear()
            self._brake.release()
        braked = self._brake.engaged()
        if braked != self._lifecycle.held:
            if braked:
                log.error("too many dead letters; nothing more is fetched for now")
            else:
                log.info("fetching again after too many dead letters")
            self._metrics.braked.set(braked)
            self._lifecycle.hold(held=braked)
        return braked

    def _moved(self) -> None:
        """Records have entered or left the pipeline."""
        in_flight = self._ledger.in_flight
        self._metrics.in_flight.set(in_flight)
        self._progress.in_flight(any_records=in_flight > 0)
        if in_flight:
            self._idle.clear()
        else:
            self._idle.set()
