"""Kafka takes any bytes for a header's name, and some clients write them."""

import uuid

import pytest
from aiokafka.client import AIOKafkaClient
from aiokafka.protocol.produce import ProduceRequest
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from aiokafka.record.util import calc_crc32c

from moderator.adapters.kafka_source import KafkaSource
from moderator.kafka_settings import KafkaSettings
from tests.contract.members import Member, positions
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

NAME, NOT_UTF_8 = "name", b"\xff\xfe\xfd\xfc"
ALL_REPLICAS = -1
CHECKSUM = slice(17, 21)  # in a batch; of everything after it


def _batch(values: list[bytes], unreadable: set[int]) -> bytes:
    """A record batch; in those at the places `unreadable` the header's name is no text."""
    builder = DefaultRecordBatchBuilder(
        2, 0, is_transactional=0, producer_id=-1, producer_epoch=-1, base_sequence=-1, batch_size=1 << 20
    )
    for place, value in enumerate(values):
        builder.append(place, None, None, value, [(NAME, b"")] if place in unreadable else [])
    batch = bytearray(builder.build().replace(NAME.encode(), NOT_UTF_8))
    batch[CHECKSUM] = calc_crc32c(batch[CHECKSUM.stop :]).to_bytes(4, "big")
    return bytes(batch)


async def _write(kafka: RealKafka, topic: str, partition: int, batch: bytes) -> None:
    client = AIOKafkaClient(bootstrap_servers=kafka.bootstrap_servers)
    await client.bootstrap()
    request = ProduceRequest(None, ALL_REPLICAS, 10_000, [(topic, [(partition, batch)])])
    answer = await client.send(client.get_random_node(), request)
    await client.close()
    assert answer.topics[0][1][0][1] == 0


async def test_a_header_name_that_is_no_text_costs_only_its_batch(kafka: RealKafka) -> None:
    """Every record comes once and in order, of its partition and of the others; of those that cannot be read, the
    place.
    """
    topic = f"unreadable.{uuid.uuid4().hex[:8]}"
    kafka.create_topics({topic: 3})
    values = [b"%d" % number for number in range(60)]
    await _write(kafka, topic, 0, _batch(values, set()))
    await _write(kafka, topic, 1, _batch(values[:20], set()))
    await _write(kafka, topic, 1, _batch(values[20:40], {12, 15}))
    await _write(kafka, topic, 1, _batch(values[40:], set()))
    await _write(kafka, topic, 2, _batch(values, {59}))

    settings = KafkaSettings(bootstrap_servers=kafka.bootstrap_servers, group_id=topic)
    async with Member(KafkaSource(settings, topic)) as member:
        records = await member.fetched(180, at_once=25)
        assert await member.source.commit(positions(records))

    for number, unreadable in ((0, set[int]()), (1, {*range(32, 40)}), (2, {59})):
        of_partition = [record for record in records if record.partition == number]
        assert [record.offset for record in of_partition] == list(range(60))
        assert {record.offset for record in of_partition if not record.readable} == unreadable
        assert all(record.value == values[record.offset] for record in of_partition if record.readable)
