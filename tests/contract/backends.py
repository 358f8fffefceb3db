"""The brokers that the contract is held to, each with the adapters that reach it."""

import asyncio
import uuid
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from prometheus_client import CollectorRegistry

from moderator.adapters.embedded_broker import EmbeddedBroker, Request
from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.adapters.kafka_source import KafkaSource
from moderator.adapters.memory import MemoryBroker, MemoryPublisher, MemorySource
from moderator.contracts.record import Partition
from moderator.kafka_settings import KafkaSettings
from moderator.pipeline.ports import Publisher, Source
from moderator.telemetry.metrics import Metrics
from tests.support.real_kafka import RealKafka

PARTITIONS = 3
NOT_LEADER, REQUEST_TIMED_OUT, OUT_OF_ORDER_SEQUENCE = 6, 7, 45
LARGEST_BYTES = (
    100_000  # of the topics on the real Kafka: below the publisher's batches, so that whole batches are refused
)


class Backend(ABC):
    """A broker, and what a test wants from it besides the ports."""

    too_large: int
    """Size in bytes of a value that is refused."""

    @abstractmethod
    def topic(self) -> str:
        """A fresh topic of three partitions."""

    @abstractmethod
    def source(self, topic: str, group: str) -> Source:
        """A member of `group`, not yet started."""

    @abstractmethod
    def publisher(self) -> Publisher:
        """A publisher, not yet started."""

    @abstractmethod
    async def committed(self, topic: str, group: str) -> dict[Partition, int]:
        """The group's committed offsets."""

    @abstractmethod
    def disturbed(self) -> AbstractAsyncContextManager[None]:
        """A time in which publishing fails at first, and works in the end."""


class MemoryBackend(Backend):
    too_large = LARGEST_BYTES + 1

    def __init__(self) -> None:
        self._topic = f"topic-{uuid.uuid4().hex[:8]}"
        self.broker = MemoryBroker({self._topic: PARTITIONS}, max_record_bytes=LARGEST_BYTES)

    def topic(self) -> str:
        return self._topic

    def source(self, topic: str, group: str) -> Source:
        return MemorySource(self.broker, topic, group)

    def publisher(self) -> Publisher:
        return MemoryPublisher(self.broker)

    async def committed(self, topic: str, group: str) -> dict[Partition, int]:
        return self.broker.group(group).committed

    @asynccontextmanager
    async def disturbed(self) -> AsyncIterator[None]:
        self.broker.fail_publishes(3)
        yield


class _KafkaProtocol(Backend):
    """Any broker that aiokafka reaches."""

    def __init__(self, bootstrap_servers: str) -> None:
        self.settings = KafkaSettings(
            bootstrap_servers=bootstrap_servers, session_timeout_ms=3_000, max_request_bytes=1 << 20
        )

    def source(self, topic: str, group: str) -> Source:
        return KafkaSource(self.settings.model_copy(update={"group_id": group}), topic)

    def publisher(self) -> Publisher:
        return KafkaPublisher(self.settings, Metrics(CollectorRegistry()))

    async def committed(self, topic: str, group: str) -> dict[Partition, int]:
        consumer = AIOKafkaConsumer(bootstrap_servers=self.settings.bootstrap_servers, group_id=group)
        await consumer.start()
        try:
            offsets = {number: await consumer.committed(TopicPartition(topic, number)) for number in range(PARTITIONS)}
        finally:
            await consumer.stop()
        return {Partition(topic, number): offset for number, offset in offsets.items() if offset is not None}


class EmbeddedBackend(_KafkaProtocol):
    too_large = (1 << 20) + 1  # this broker takes any size: it is the publisher that refuses

    def __init__(self, broker: EmbeddedBroker) -> None:
        super().__init__(broker.bootstrap_servers)
        self.broker = broker

    def topic(self) -> str:
        name = f"topic-{uuid.uuid4().hex[:8]}"
        self.broker.create_topic(name, PARTITIONS)
        return name

    @asynccontextmanager
    async def disturbed(self) -> AsyncIterator[None]:
        self.broker.push_errors(Request.PRODUCE, [NOT_LEADER, REQUEST_TIMED_OUT, OUT_OF_ORDER_SEQUENCE])
        yield


class RealBackend(_KafkaProtocol):
    too_large = LARGEST_BYTES + 1

    def __init__(self, kafka: RealKafka) -> None:
        super().__init__(kafka.bootstrap_servers)
        self._kafka = kafka

    def topic(self) -> str:
        name = f"topic-{uuid.uuid4().hex[:8]}"
        self._kafka.create_topics({name: PARTITIONS}, {"max.message.bytes": str(LARGEST_BYTES)})
        return name

    @asynccontextmanager
    async def disturbed(self) -> AsyncIterator[None]:
        await asyncio.to_thread(self._kafka.kill)
        starting = asyncio.create_task(asyncio.to_thread(self._kafka.start))
        try:
            yield
        finally:
            await starting
