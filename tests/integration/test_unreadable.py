"""Kafka takes any bytes for a header's name, and some clients write them."""

import uuid

import pytest

from moderator.adapters.kafka_source import KafkaSource
from moderator.kafka_settings import KafkaSettings
from tests.contract.members import Member, positions
from tests.integration.raw_batches import batch_of, write_batch
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka


async def test_a_header_name_that_is_no_text_costs_only_its_batch(kafka: RealKafka) -> None:
    """Every record comes once and in order, of its partition and of the others; of those that cannot be read, the
    place.
    """
    topic = f"unreadable.{uuid.uuid4().hex[:8]}"
    kafka.create_topics({topic: 3})
    values = [b"%d" % number for number in range(60)]
    await write_batch(kafka, topic, 0, batch_of(values, set()))
    await write_batch(kafka, topic, 1, batch_of(values[:20], set()))
    await write_batch(kafka, topic, 1, batch_of(values[20:40], {12, 15}))
    await write_batch(kafka, topic, 1, batch_of(values[40:], set()))
    await write_batch(kafka, topic, 2, batch_of(values, {59}))

    settings = KafkaSettings(bootstrap_servers=kafka.bootstrap_servers, group_id=topic)
    async with Member(KafkaSource(settings, topic)) as member:
        records = await member.fetched(180, at_once=25)
        assert await member.source.commit(positions(records))

    for number, unreadable in ((0, set[int]()), (1, {*range(32, 40)}), (2, {59})):
        of_partition = [record for record in records if record.partition == number]
        assert [record.offset for record in of_partition] == list(range(60))
        assert {record.offset for record in of_partition if not record.readable} == unreadable
        assert all(record.value == values[record.offset] for record in of_partition if record.readable)
