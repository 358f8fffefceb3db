"""Platforms compress what they write; every codec of Kafka's is read."""

import uuid

import pytest
from confluent_kafka import Producer

from moderator.adapters.kafka_source import KafkaSource
from moderator.kafka_settings import KafkaSettings
from tests.contract.members import Member
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

VALUE = b"the tea is ready, " * 100


@pytest.mark.parametrize("codec", ["gzip", "snappy", "lz4", "zstd"])
async def test_compressed_records_are_read(kafka: RealKafka, codec: str) -> None:
    """A codec that is not installed would end the agent at the first record."""
    topic = f"{codec}.{uuid.uuid4().hex[:8]}"
    kafka.create_topics({topic: 1})
    producer = Producer({"bootstrap.servers": kafka.bootstrap_servers, "compression.type": codec, "log_level": 0})
    producer.produce(topic, VALUE)
    producer.flush()

    settings = KafkaSettings(bootstrap_servers=kafka.bootstrap_servers, group_id=topic)
    async with Member(KafkaSource(settings, topic)) as member:
        assert [record.value for record in await member.fetched(1)] == [VALUE]
