"""A topic that is followed: every record once, whatever the broker says in between."""

import asyncio
from collections.abc import Iterator

import pytest

from moderator.adapters import kafka_follower
from moderator.adapters.embedded_broker import EmbeddedBroker, Request
from moderator.adapters.kafka_follower import KafkaFollower
from moderator.contracts.record import Record
from tests.contract.members import numbered
from tests.unit.adapters.brokers import TOPIC, publisher, settings

LIMIT_S = 30.0
TOPIC_AUTHORIZATION_FAILED = 29


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    """One topic of two partitions."""
    with EmbeddedBroker({TOPIC: 2}) as broker:
        yield broker


async def test_every_record_is_taken_once_though_a_right_was_missing_for_a_while(
    broker: EmbeddedBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal may pass, as while credentials are replaced: whoever follows goes on, and nothing is taken twice."""
    monkeypatch.setattr(kafka_follower, "INTERVAL_S", 0.05)
    taken: list[Record] = []
    more = asyncio.Event()

    def take(record: Record) -> None:
        taken.append(record)
        more.set()

    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, 10))
    follower = KafkaFollower(settings(broker.bootstrap_servers), TOPIC, 0, take)
    await follower.catch_up()
    assert len(taken) == 10
    broker.push_errors(Request.FETCH, [TOPIC_AUTHORIZATION_FAILED] * 4)
    await publishing.publish(numbered(TOPIC, 15))
    following = asyncio.create_task(follower.follow())
    async with asyncio.timeout(LIMIT_S):
        while len(taken) < 25:
            more.clear()
            await more.wait()
    following.cancel()
    await asyncio.wait({following})
    await publishing.stop()
    assert len({(record.partition, record.offset) for record in taken}) == 25
