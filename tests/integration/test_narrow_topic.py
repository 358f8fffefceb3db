"""A topic that takes less than a producer's batch: what is refused whole goes in parts, in its order."""

import uuid

import pytest
from prometheus_client import CollectorRegistry

from moderator.adapters.kafka_publisher import KafkaPublisher
from moderator.contracts.record import Publication
from moderator.kafka_settings import KafkaSettings
from moderator.telemetry.metrics import Metrics
from tests.integration.topic import records_of
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

RECORDS = 512  # of a kilobyte: several of the producer's batches
UNEVEN = 400  # bytes, so that halves of a batch differ in whether they are taken


@pytest.mark.parametrize("limit", [20_000, 100_000, 200_000])
async def test_records_of_a_key_stay_in_order(kafka: RealKafka, limit: int) -> None:
    """Each once."""
    topic = f"narrow.{uuid.uuid4().hex[:8]}"
    kafka.create_topics({topic: 1}, {"max.message.bytes": str(limit)})
    publisher = KafkaPublisher(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers), Metrics(CollectorRegistry()))
    await publisher.start()
    values = [b"%d " % number + bytes(1000 + number * 7 % UNEVEN) for number in range(RECORDS)]
    assert await publisher.publish([Publication(topic, b"author", value) for value in values]) == []
    await publisher.stop()
    assert [record.value() for record in records_of(kafka, topic)] == values
