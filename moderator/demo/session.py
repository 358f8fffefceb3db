"""One demo: broker, agent, feeder, observers and, if they are wanted, reviewers in one process."""

import asyncio
import itertools
import time
from collections.abc import Callable, Sequence

from prometheus_client import CollectorRegistry

from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.adapters.kafka_source import KafkaSource
from moderator.bootstrap import build_agent
from moderator.config import Settings
from moderator.contracts.record import Record
from moderator.demo.reviewing import Reviewers
from moderator.demo.samples import Sample
from moderator.demo.screen import Screen
from moderator.demo.tally import Answered, Final, Tally
from moderator.errors import BrokerUnavailable
from moderator.judgement import load_judgement
from moderator.pipeline.agent import Agent
from moderator.pipeline.lifecycle import Lifecycle
from moderator.pipeline.progress import Progress
from moderator.telemetry.metrics import Metrics

PARTITIONS = 3
REFRESH_S = 0.25
FEED_S = 0.05  # the feeder publishes what is due this often
SILENCE_S = 30.0  # with records outstanding and no answer for this long, something is wrong
LAST_ANSWERS_S = 5.0  # who has asked for the end waits no longer than this for each of the last answers
GOODBYE_S = 5.0  # nor than this for the reviewers; what they keep is thrown away with the demo

Count = Callable[[Record], Answered | Final | None]


class DemoSession:
    """Sends samples, shows answers. `rate` is messages a second."""

    def __init__(
        self,
        settings: Settings,
        samples: Sequence[Sample],
        screen: Screen,
        tally: Tally,
        rate: float,
        reviewers: Reviewers | None = None,
    ) -> None:
        """`settings` as `for_demo` returns them."""
        self._settings = settings
        self._samples = samples
        self._screen = screen
        self._tally = tally
        self._rate = rate
        self._reviewers = reviewers
        self._enough = asyncio.Event()
        self._news = asyncio.Event()  # an answer has come, or the word to stop

    async def run(self, stop: asyncio.Event, *, once: bool) -> None:
        """Until `stop` is set or, with `once`, every sample is answered and none waits for a reviewer. Raises what the
        agent and the reviewers raise, and BrokerUnavailable when the last answers do not come.
        """
        metrics = Metrics(CollectorRegistry())
        judgement = await asyncio.to_thread(load_judgement, self._settings, metrics)
        lifecycle, progress = Lifecycle(time.monotonic), Progress(time.monotonic)
        agent = build_agent(self._settings, judgement, metrics, lifecycle, progress, asyncio.Event())
        try:
            async with asyncio.TaskGroup() as group:
                await self._play(group, agent, metrics, stop, once=once)
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None  # the others are what came of it
        finally:
            self._screen.close(self._tally)
            judgement.classifier.close()

    async def _play(
        self, group: asyncio.TaskGroup, agent: Agent, metrics: Metrics, stop: asyncio.Event, *, once: bool
    ) -> None:
        topics = self._settings.topics
        agent_stop = asyncio.Event()
        moderating = group.create_task(agent.run_until(agent_stop))
        feeding = group.create_task(self._feed(metrics, once=once))
        stopped = group.create_task(stop.wait())
        stopped.add_done_callback(lambda _stopped: self._news.set())
        watching = [
            group.create_task(self._observe(topics.verdicts, self._tally.verdict)),
            group.create_task(self._observe(topics.dead_letters, self._tally.dead_letter)),
            group.create_task(self._observe(topics.decisions, self._tally.decision)),
            group.create_task(self._refresh()),
        ]
        reviewing = group.create_task(self._review(stop))
        await asyncio.wait({stopped, feeding}, return_when=asyncio.FIRST_COMPLETED)
        self._enough.set()
        await feeding
        await self._until_answered(stop)
        self._news.set()  # with which the review may be over
        await reviewing
        for task in (stopped, *watching):
            task.cancel()
        agent_stop.set()
        await moderating

    async def _review(self, stop: asyncio.Event) -> None:
        """Begins after the first answer, which so comes no later; ends when nothing is left to decide, or at `stop`."""
        if self._reviewers is None:
            return
        while not (self._tally.outcomes or stop.is_set()):
            await self._next_news()
        if stop.is_set():
            return
        enough = asyncio.Event()
        running = asyncio.create_task(self._reviewers.run_until(enough, self._settings, self._screen.tell))
        running.add_done_callback(lambda _running: self._news.set())
        try:
            while not (running.done() or stop.is_set() or self._all_is_decided()):
                await self._next_news()
        finally:
            if not stop.is_set():
                self._reviewers = None  # nobody decides any more, so all samples are sent again
            enough.set()
            await asyncio.wait({running}, timeout=GOODBYE_S)
            running.cancel()
        await asyncio.wait({running})
        if not running.cancelled():
            running.result()

    def _all_is_decided(self) -> bool:
        """Nothing more is sent, and nothing waits."""
        return self._enough.is_set() and self._tally.complete and not self._tally.waiting

    async def _until_answered(self, stop: asyncio.Event) -> None:
        while not self._tally.complete:
            self._news.clear()
            try:
                async with asyncio.timeout(LAST_ANSWERS_S if stop.is_set() else SILENCE_S):
                    await self._news.wait()
            except TimeoutError:
                if stop.is_set():
                    return
                raise BrokerUnavailable(f"no answer for {SILENCE_S:.0f} s") from None

    async def _next_news(self) -> None:
        self._news.clear()
        await self._news.wait()

    async def _feed(self, metrics: Metrics, *, once: bool) -> None:
        publisher = KafkaPublisher(self._settings.kafka, metrics)
        await publisher.start()
        try:
            pending = iter(self._samples if once else itertools.cycle(self._samples))
            due = 0.0
            while not self._enough.is_set():
                due += self._rate * FEED_S
                batch = list(itertools.islice(pending, int(due)))
                due -= len(batch)
                if not batch and due >= 1:
                    break
                # What waits for people is not sent once more: nobody would ever see the end of it.
                waiting = self._tally.waiting_keys if self._reviewers else frozenset[bytes]()
                batch = [sample for sample in batch if sample.key not in waiting]
                self._tally.sent += len(batch)
                await publisher.publish([sample.to(self._settings.topics.messages) for sample in batch])
                await asyncio.sleep(FEED_S)
        finally:
            await publisher.stop()

    async def _observe(self, topic: str, count: Count) -> None:
        kafka = self._settings.kafka.model_copy(update={"group_id": f"moderator-demo-{topic}"})
        source = KafkaSource(kafka, topic)
        await source.start(_nothing, _nothing)
        try:
            while True:
                for record in await source.fetch(kafka.max_poll_records):
                    if answered := count(record):
                        self._screen.show(answered)
                    self._news.set()
        finally:
            await source.stop()

    async def _refresh(self) -> None:
        while True:
            self._screen.refresh(self._tally)
            await asyncio.sleep(REFRESH_S)


async def _nothing() -> None:
    """An observer commits nothing, so a rebalance asks nothing of it."""
