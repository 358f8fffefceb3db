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
from moderator.config import InputSettings, Settings
from moderator.contracts.record import Record
from moderator.demo.samples import Sample
from moderator.demo.screen import Screen
from moderator.demo.tally import Answered, Tally
from moderator.errors import BrokerUnavailable
from moderator.kafka_settings import SecurityProtocol
from moderator.pipeline.agent import Agent
from moderator.pipeline.lifecycle import Lifecycle
from moderator.pipeline.progress import Progress
from moderator.telemetry import Metrics

PARTITIONS = 3
REFRESH_S = 0.25
FETCH_WAIT_MS = 5  # the embedded broker answers an empty fetch only when its time is up, whatever arrives meanwhile
FEED_S = 0.05  # the feeder publishes what is due this often
SILENCE_S = 30.0  # with records outstanding and no answer for this long, something is wrong
LAST_ANSWERS_S = 5.0  # who has asked for the end waits no longer than this for each of the last answers


def for_demo(settings: Settings, broker: EmbeddedBroker) -> Settings:
    """`settings` for the embedded broker, which knows neither TLS nor credentials nor static members, and for the
    samples, which have their fields in the usual places.
    """
    kafka = settings.kafka.model_copy(
        update={
            "bootstrap_servers": broker.bootstrap_servers,
            "security_protocol": SecurityProtocol.PLAINTEXT,
            "sasl_username": None,
            "group_instance_id": None,
            "fetch_max_wait_ms": FETCH_WAIT_MS,
        }
    )
    return settings.model_copy(update={"kafka": kafka, "input": InputSettings()})


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
        self._enough = asyncio.Event()
        self._news = asyncio.Event()  # an answer has come, or the word to stop

    async def run(self, stop: asyncio.Event, *, once: bool) -> None:
        """Until `stop` is set or, with `once`, every sample is answered. Raises what the agent raises, and
        BrokerUnavailable when the last answers do not come.
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
            group.create_task(self._observe(topics.verdicts)),
            group.create_task(self._observe(topics.dead_letters)),
            group.create_task(self._refresh()),
        ]
        await asyncio.wait({stopped, feeding}, return_when=asyncio.FIRST_COMPLETED)
        self._enough.set()
        await feeding
        await self._until_answered(stop)
        for task in (stopped, *watching):
            task.cancel()
        agent_stop.set()
        await moderating

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
                self._tally.sent += len(batch)
                await publisher.publish([sample.to(self._settings.topics.messages) for sample in batch])
                await asyncio.sleep(FEED_S)
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
            self._news.set()

    async def _refresh(self) -> None:
        while True:
            self._screen.refresh(self._tally)
            await asyncio.sleep(REFRESH_S)


async def _nothing() -> None:
    """An observer commits nothing, so a rebalance asks nothing of it."""
