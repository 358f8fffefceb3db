"""The memory broker's scripted trouble is what a test of the pipeline would meet on Kafka."""

import pytest

from moderator.adapters.memory import PUBLISH_ATTEMPTS, MemoryBroker, MemoryPublisher, MemorySource
from moderator.contracts.record import Publication
from moderator.errors import BrokerUnavailable, ConfigError
from tests.contract.members import Member, numbered, positions

TOPIC = "topic"


@pytest.fixture
def broker() -> MemoryBroker:
    """One topic of two partitions, at a fixed time."""
    return MemoryBroker({TOPIC: 2}, now_ms=lambda: 1_000)


async def test_an_expelled_member_commits_nothing_and_joins_again(broker: MemoryBroker) -> None:
    """Its records go to the others at once; it learns that it is out when it polls, and then gives up what it holds."""
    await MemoryPublisher(broker).publish(numbered(TOPIC, 10))
    group = broker.group("group")
    async with (
        Member(MemorySource(broker, TOPIC, "group")) as silent,
        Member(MemorySource(broker, TOPIC, "group")) as other,
    ):
        records = await silent.fetched(1)
        assert isinstance(silent.source, MemorySource)
        await group.expel(silent.source)

        assert len(other.source.assignment()) == 2
        assert not await silent.source.commit(positions(records))
        assert group.committed == {}

        revocations = silent.revocations
        await silent.source.keep_alive()
        assert silent.revocations == revocations + 1
        assert len(silent.source.assignment()) == len(other.source.assignment()) == 1


async def test_refused_commits(broker: MemoryBroker) -> None:
    """A refused commit changes nothing; the one after it is taken."""
    await MemoryPublisher(broker).publish(numbered(TOPIC, 10))
    async with Member(MemorySource(broker, TOPIC, "group")) as member:
        records = await member.fetched(10)
        broker.group("group").refuse_commits(1)
        assert not await member.source.commit(positions(records))
        assert broker.group("group").committed == {}
        assert await member.source.commit(positions(records))
        assert broker.group("group").committed == positions(records)


async def test_publishing_gives_up(broker: MemoryBroker) -> None:
    """As on Kafka: after a time it is an error, and some may have been stored."""
    broker.fail_publishes(PUBLISH_ATTEMPTS)
    with pytest.raises(BrokerUnavailable):
        await MemoryPublisher(broker).publish(numbered(TOPIC, 4))
    assert len(broker.records(TOPIC)) == 2 * PUBLISH_ATTEMPTS


async def test_an_unknown_topic_is_named(broker: MemoryBroker) -> None:
    """A misspelt topic in a test is not an empty one."""
    with pytest.raises(ConfigError, match="other"):
        await MemoryPublisher(broker).publish([Publication("other", None, b"value")])
