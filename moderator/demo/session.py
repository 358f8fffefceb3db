"""One demo: broker, agent, feeder and observer in one process."""

import asyncio
import itertools
import time
from collections.abc import Callable, Sequence

from prometheus_client import CollectorRegistry

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.adapters.kafka_source import KafkaSource
from moderator.bootstrap import build_agent, load_judgement
from moderator.config import Settings
from moderator.contracts.record import Record
from moderator.demo.samples import Sample
from moderator.demo.screen import Screen
from moderator.demo.tally import Answered, Tally
from moderator.errors import BrokerUnavailable
from moderator.pipeline.lifecycle import Lifecycle
from moderator.telemetry import Metrics

PARTITIONS = 3
REFRESH_S = 0.25
FEED_S = 0.05  # the feeder publishes what is due this often
SILENCE_S = 30.0  # with records outstanding and no answer for this long, something is wrong


def for_demo(settings: Settings, broker: EmbeddedBroker) -> Settings:
    """`settings` on the embedded broker."""
    kafka = settings.kafka.model_copy(update={"bootstrap_servers": broker.bootstrap_servers})
    return settings.model_copy(update={"kafka": kafka})


class DemoSession:
    """Sends samples, shows answers. `rate` is messages a second."""

    def __init__(
        self, settings: Settings, samples: Sequence[Sample], screen: Screen, tally: Tally, rate: float
    ) -> None:
        """`settings` as `for_demo` returns them."""
        self._settings = settings
        self._samples = samples
        self._screen = screen
        self._tally = tally
        self._rate = rate
        self._answers = asyncio.Event()
        self._fed = asyncio.Event()

    async def run(self, stop: asyncio.Event, *, once: bool) -> None:
        """Until `stop` is set or, with `once`, every sample is answered. Raises BrokerUnavailable on silence."""
        metrics = Metrics(CollectorRegistry())
        judgement = await asyncio.to_thread(load_judgement, self._settings, metrics)
        agent_stop = asyncio.Event()
        agent = build_agent(self._settings, judgement, metrics, Lifecycle(time.monotonic))
        topics = self._settings.topics
        try:
            async with asyncio.TaskGroup() as group:
                moderating = group.create_task(agent.run_until(agent_stop))
                tasks = [
                    group.create_task(self._feed(metrics, once=once)),
                    group.create_task(self._observe(topics.verdicts)),
                    group.create_task(self._observe(topics.dead_letters)),
                    group.create_task(self._refresh()),
                ]
                await self._until_done(stop, once=once)
                for task in tasks:
                    task.cancel()
                agent_stop.set()
                await moderating
        finally:
            self._screen.close(self._tally)
            judgement.classifier.close()

    async def _until_done(self, stop: asyncio.Event, *, once: bool) -> None:
        stopped = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set() and not (once and self._fed.is_set() and self._tally.complete):
                self._answers.clear()
                answered = asyncio.ensure_future(self._answers.wait())
                done, _ = await asyncio.wait(
                    {stopped, answered}, timeout=SILENCE_S, return_when=asyncio.FIRST_COMPLETED
                )
                answered.cancel()
                if not done:
                    raise BrokerUnavailable(f"no answer for {SILENCE_S:.0f} s")
        finally:
            stopped.cancel()

    async def _feed(self, metrics: Metrics, *, once: bool) -> None:
        publisher = KafkaPublisher(self._settings.kafka, metrics)
        await publisher.start()
        try:
            pending = iter(self._samples if once else itertools.cycle(self._samples))
            due = 0.0
            while True:
                due += self._rate * FEED_S
                batch = list(itertools.islice(pending, int(due)))
                due -= len(batch)
                if not batch and due >= 1:
                    break
                self._tally.sent += len(batch)
                await publisher.publish([sample.to(self._settings.topics.messages) for sample in batch])
                await asyncio.sleep(FEED_S)
            self._fed.set()
            self._answers.set()
        finally:
            await publisher.stop()

    async def _observe(self, topic: str) -> None:
        kafka = self._settings.kafka.model_copy(update={"group_id": f"moderator-demo-{topic}"})
        count = self._tally.verdict if topic == self._settings.topics.verdicts else self._tally.dead_letter
        source = KafkaSource(kafka, topic)
        await source.start(_nothing, _nothing)
        try:
            while True:
                for record in await source.fetch(kafka.max_poll_records):
                    self._answered(count, record)
        finally:
            await source.stop()

    def _answered(self, count: Callable[[Record], Answered | None], record: Record) -> None:
        if answered := count(record):
            self._screen.show(answered)
            self._answers.set()

    async def _refresh(self) -> None:
        while True:
            self._screen.refresh(self._tally)
            await asyncio.sleep(REFRESH_S)


async def _nothing() -> None:
    """An observer commits nothing, so a rebalance asks nothing of it."""
