"""The Faust app: an agent that moderates one batch an event, and the flow that feeds it, under one supervision."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import faust
from faust.app.base import BootStrategy
from mode import Service

from moderator.pipeline.batch import Batch
from moderator.pipeline.moderation import Moderation
from moderator.pipeline.progress import Activity, Progress

CONCURRENCY = 2  # one batch running, one prefetched: it is decoded and tokenized while the other's inference ends


@dataclass(slots=True)
class Job:
    """A batch for the agent, and whether to trace a failure to the guilty record."""

    batch: Batch
    bisect: bool = False


class _NoKafka(BootStrategy):
    """Faust's own consumer commits what it has lost (docs/decisions/0001): its Kafka side stays off."""

    enable_kafka = False
    enable_web = False


class _App(faust.App):
    BootStrategy = _NoKafka
    logger = logging.getLogger("mode")  # what Mode says of this service is filtered as all of Mode's words

    def _new_consumer(self) -> Any:
        """Streams ask for a consumer though none is started; its thread's event loop would never be closed."""
        consumer: Any = super()._new_consumer()
        consumer._thread.thread_loop.close()  # noqa: SLF001  Faust has no other way to it
        return consumer

    def _create_directories(self) -> None:
        """No tables, so no folders: the root file system may be read-only."""


class Agent:
    """Runs Moderation in worker threads, so that the event loop never blocks."""

    def __init__(self, moderation: Moderation, progress: Progress) -> None:
        self.app: Any = _App(
            "moderator", broker="kafka://", store="memory://", topic_allow_declare=False, topic_disable_leader=True
        )
        self._moderation = moderation
        self._progress = progress
        self._jobs = self.app.channel(maxsize=CONCURRENCY)
        self._threads = ThreadPoolExecutor(CONCURRENCY, thread_name_prefix="moderate")
        self.app.agent(self._jobs, name="moderate", concurrency=CONCURRENCY)(self._moderate)

    def supervise(self, service: Service) -> None:
        """Start and stop `service` with the app; its crash is the app's."""
        self.app.service(service)

    async def submit(self, batch: Batch, *, bisect: bool = False) -> None:
        """Hand `batch` to the agent; its `answers` tell how it went."""
        await self._jobs.send(value=Job(batch, bisect))

    async def run_until(self, stop: asyncio.Event) -> None:
        """Start everything, run until `stop` is set or something crashes, then drain and stop. Raises the crash."""
        ended = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(self.app.wait_until_stopped())]
        try:
            await self.app.start()
            self.app.flow_control.resume()  # Faust waits for an assignment of its own, which never comes
            await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for future in ended:
                future.cancel()
            await self.app.stop()
            self._threads.shutdown(wait=False, cancel_futures=True)  # a hung call must not hold up the stop
        if self.app.crash_reason is not None:
            raise self.app.crash_reason

    async def _moderate(self, jobs: Any) -> None:
        loop = asyncio.get_running_loop()
        async for job in jobs:
            batch = job.batch
            try:
                with self._progress.doing(Activity.MODERATE):
                    answers = await loop.run_in_executor(self._threads, self._answer, job, loop)
            except Exception as error:  # noqa: BLE001  the flow decides what becomes of the batch
                batch.answers.set_exception(error)
            except asyncio.CancelledError:
                batch.answers.cancel()
                raise
            else:
                batch.answers.set_result(answers)
            finally:
                batch.nearly_done.set()

    def _answer(self, job: Job, loop: asyncio.AbstractEventLoop) -> Any:
        batch = job.batch
        return self._moderation.moderate(
            batch.records,
            batch.times,
            bisect=job.bisect,
            attempts=batch.attempt,
            span=batch.span,
            nearly_done=lambda: loop.call_soon_threadsafe(batch.nearly_done.set),
        )
