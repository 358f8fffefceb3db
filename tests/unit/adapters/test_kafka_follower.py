"""A topic that is followed: every record once, whatever the broker says in between."""

import asyncio
from collections.abc import Iterator

import pytest

from moderator.adapters import kafka_follower
from moderator.adapters.embedded_broker import EmbeddedBroker, Request
from moderator.adapters.kafka_follower import KafkaFollower
from moderator.contracts.record import Record
from moderator.errors import ConfigError
from tests.contract.members import numbered
from tests.unit.adapters.brokers import TOPIC, publisher, settings

TOPIC_AUTHORIZATION_FAILED = 29


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    """One topic of two partitions."""
    with EmbeddedBroker({TOPIC: 2}) as broker:
        yield broker


async def test_every_record_is_taken_once_though_a_right_was_missing_for_a_while(broker: EmbeddedBroker) -> None:
    """What is new waits on the topic, and nothing is taken twice."""
    taken: list[Record] = []
    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, 10))
    follower = KafkaFollower(settings(broker.bootstrap_servers), TOPIC, None, taken.append)
    await follower.catch_up()
    assert len(taken) == 10
    await publishing.publish(numbered(TOPIC, 15))
    await publishing.stop()
    broker.push_errors(Request.FETCH, [TOPIC_AUTHORIZATION_FAILED])
    with pytest.raises(ConfigError, match="no right to read topic"):
        await follower.catch_up()
    await follower.catch_up()
    await follower.catch_up()
    assert len({(record.partition, record.offset) for record in taken}) == len(taken) == 25


async def test_those_who_catch_up_at_once_take_nothing_twice(broker: EmbeddedBroker) -> None:
    """Whoever asks knows all that the topic held then."""
    taken: list[Record] = []
    follower = KafkaFollower(settings(broker.bootstrap_servers), TOPIC, None, taken.append)
    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, 10))
    await publishing.stop()
    await asyncio.gather(*(follower.caught_up() for _ in range(3)))
    assert len(taken) == 10


async def test_catching_up_outlasts_a_right_that_is_missing_for_a_while(
    broker: EmbeddedBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others have decided must be known, and a reviewer that ended would ask the same again."""
    monkeypatch.setattr(kafka_follower, "INTERVAL_S", 0.01)
    taken: list[Record] = []
    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, 10))
    await publishing.stop()
    broker.push_errors(Request.FETCH, [TOPIC_AUTHORIZATION_FAILED])
    await KafkaFollower(settings(broker.bootstrap_servers), TOPIC, None, taken.append).caught_up()
    assert len({(record.partition, record.offset) for record in taken}) == len(taken) == 10
