"""Topics read from outside of any group, on the embedded broker."""

from collections.abc import Iterator

import pytest

from moderator.adapters.embedded_broker import EmbeddedBroker
from moderator.adapters.kafka_reader import KafkaReader, Span, committed
from moderator.contracts.record import Partition
from moderator.kafka_settings import KafkaSettings
from tests.contract.members import Member, numbered
from tests.unit.adapters.brokers import TOPIC, publisher, settings, source

RECORDS = 20


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    """One topic of two partitions."""
    with EmbeddedBroker({TOPIC: 2}) as broker:
        yield broker


@pytest.fixture
async def filled(broker: EmbeddedBroker) -> KafkaSettings:
    """With some records in it."""
    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, RECORDS))
    await publishing.stop()
    return settings(broker.bootstrap_servers)


async def test_all_that_a_topic_holds_is_read_once(filled: KafkaSettings) -> None:
    """In the order of the offsets of each partition, up to the end as it was."""
    async with KafkaReader(filled) as reader:
        spans = await reader.spans(TOPIC)
        read = [record async for records in reader.read(spans) for record in records]
    assert sorted(record.value or b"" for record in read) == sorted(
        publication.value or b"" for publication in numbered(TOPIC, RECORDS)
    )
    for partition, span in spans.items():
        offsets = [record.offset for record in read if record.partition == partition.number]
        assert offsets == list(range(span.start, span.end))


async def test_a_span_is_read_and_no_more(filled: KafkaSettings) -> None:
    """From its start, up to and without its end; an empty one costs nothing."""
    async with KafkaReader(filled) as reader:
        whole = await reader.spans(TOPIC)
        part, other = sorted(whole)
        wanted = {part: Span(1, whole[part].end - 1), other: Span(3, 3)}
        read = [record async for records in reader.read(wanted) for record in records]
    assert [(record.partition, record.offset) for record in read] == [
        (part.number, offset) for offset in range(1, whole[part].end - 1)
    ]


async def test_a_group_that_has_committed_nothing_has_no_positions(filled: KafkaSettings) -> None:
    """A new one, or one of another name."""
    assert await committed(filled, TOPIC) == {}


async def test_the_positions_of_a_group_are_found_without_joining_it(filled: KafkaSettings) -> None:
    """Its members notice nothing."""
    async with Member(source(filled.bootstrap_servers)) as member:
        await member.owns(2)
        before = member.revocations
        assert await member.source.commit({Partition(TOPIC, 1): 3})
        assert await committed(filled, TOPIC) == {Partition(TOPIC, 1): 3}
        assert member.revocations == before
