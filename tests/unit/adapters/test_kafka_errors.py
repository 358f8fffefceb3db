"""Every error that a broker can answer with, and what becomes of the messages: on the embedded broker, one at a time.

Kafka's numbers: https://kafka.apache.org/protocol#protocol_error_codes
"""

import asyncio
from collections.abc import Iterator
from enum import IntEnum

import pytest

from moderator.adapters.embedded_broker import EmbeddedBroker, Request
from moderator.contracts.record import Partition
from moderator.errors import BrokerUnavailable, ConfigError
from tests.contract.members import LIMIT_S, Member, numbered
from tests.unit.adapters.brokers import TOPIC, publisher, source

RECORDS = 10


class Code(IntEnum):
    """Those that a client of this program can meet."""

    UNKNOWN_SERVER_ERROR = -1
    OFFSET_OUT_OF_RANGE = 1
    CORRUPT_MESSAGE = 2
    UNKNOWN_TOPIC_OR_PARTITION = 3
    LEADER_NOT_AVAILABLE = 5
    NOT_LEADER_OR_FOLLOWER = 6
    REQUEST_TIMED_OUT = 7
    BROKER_NOT_AVAILABLE = 8
    REPLICA_NOT_AVAILABLE = 9
    NETWORK_EXCEPTION = 13
    COORDINATOR_LOAD_IN_PROGRESS = 14
    COORDINATOR_NOT_AVAILABLE = 15
    NOT_COORDINATOR = 16
    NOT_ENOUGH_REPLICAS = 19
    NOT_ENOUGH_REPLICAS_AFTER_APPEND = 20
    ILLEGAL_GENERATION = 22
    INVALID_GROUP_ID = 24
    UNKNOWN_MEMBER_ID = 25
    INVALID_SESSION_TIMEOUT = 26
    REBALANCE_IN_PROGRESS = 27
    TOPIC_AUTHORIZATION_FAILED = 29
    GROUP_AUTHORIZATION_FAILED = 30
    CLUSTER_AUTHORIZATION_FAILED = 31
    POLICY_VIOLATION = 44
    OUT_OF_ORDER_SEQUENCE_NUMBER = 45
    INVALID_PRODUCER_EPOCH = 47
    KAFKA_STORAGE_ERROR = 56
    UNKNOWN_PRODUCER_ID = 59
    FENCED_LEADER_EPOCH = 74
    MEMBER_ID_REQUIRED = 79
    GROUP_MAX_SIZE_REACHED = 81
    INVALID_RECORD = 87


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    """One topic of two partitions."""
    with EmbeddedBroker({TOPIC: 2}) as broker:
        yield broker


PRODUCE = [
    Code.UNKNOWN_SERVER_ERROR,
    Code.CORRUPT_MESSAGE,
    Code.UNKNOWN_TOPIC_OR_PARTITION,
    Code.LEADER_NOT_AVAILABLE,
    Code.NOT_LEADER_OR_FOLLOWER,
    Code.REQUEST_TIMED_OUT,
    Code.BROKER_NOT_AVAILABLE,
    Code.NETWORK_EXCEPTION,
    Code.NOT_ENOUGH_REPLICAS,
    Code.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
    Code.TOPIC_AUTHORIZATION_FAILED,
    Code.CLUSTER_AUTHORIZATION_FAILED,
    Code.POLICY_VIOLATION,
    Code.OUT_OF_ORDER_SEQUENCE_NUMBER,
    Code.INVALID_PRODUCER_EPOCH,
    Code.KAFKA_STORAGE_ERROR,
    Code.UNKNOWN_PRODUCER_ID,
    Code.INVALID_RECORD,
]


@pytest.mark.parametrize("code", PRODUCE, ids=lambda code: code.name)
async def test_whatever_a_produce_request_meets_once_everything_arrives(broker: EmbeddedBroker, code: Code) -> None:
    """Retried by the client, or by us on a fresh producer; never given up before the delivery timeout."""
    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, 2))
    broker.push_errors(Request.PRODUCE, [code])
    async with asyncio.timeout(LIMIT_S):
        assert await publishing.publish(numbered(TOPIC, RECORDS)) == []
    await publishing.stop()
    async with Member(source(broker.bootstrap_servers)) as member:
        values = [record.value for record in await member.fetched(RECORDS + 2)]
    assert {publication.value for publication in numbered(TOPIC, RECORDS)} <= set(values)


@pytest.mark.parametrize("code", [Code.POLICY_VIOLATION, Code.INVALID_RECORD], ids=str)
async def test_what_never_gets_better_ends_with_the_delivery_timeout(broker: EmbeddedBroker, code: Code) -> None:
    """Uncommitted, with the topic and the error's name."""
    publishing = publisher(broker.bootstrap_servers, delivery_timeout_s=0.5)
    await publishing.start()
    broker.push_errors(Request.PRODUCE, [code] * 200)
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(BrokerUnavailable, match=r"topic: not confirmed within 0\.5 s"):
            await publishing.publish(numbered(TOPIC, 1))
    await publishing.stop()


@pytest.mark.parametrize("code", [Code.TOPIC_AUTHORIZATION_FAILED, Code.CLUSTER_AUTHORIZATION_FAILED], ids=str)
async def test_a_missing_right_to_write_is_named_after_the_delivery_timeout(broker: EmbeddedBroker, code: Code) -> None:
    """Not at once: whoever replaces rights may take one away for a moment."""
    publishing = publisher(broker.bootstrap_servers, delivery_timeout_s=0.5)
    await publishing.start()
    broker.push_errors(Request.PRODUCE, [code] * 200)
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(ConfigError, match="no right to write topic"):
            await publishing.publish(numbered(TOPIC, 1))
    await publishing.stop()


FETCH_AND_GO_ON = [
    Code.UNKNOWN_TOPIC_OR_PARTITION,
    Code.LEADER_NOT_AVAILABLE,
    Code.NOT_LEADER_OR_FOLLOWER,
    Code.REQUEST_TIMED_OUT,
    Code.BROKER_NOT_AVAILABLE,
    Code.REPLICA_NOT_AVAILABLE,
    Code.KAFKA_STORAGE_ERROR,
    Code.FENCED_LEADER_EPOCH,
    Code.OFFSET_OUT_OF_RANGE,
    Code.UNKNOWN_SERVER_ERROR,
]


@pytest.mark.parametrize("code", FETCH_AND_GO_ON, ids=lambda code: code.name)
async def test_a_fetch_that_fails_once_is_repeated(broker: EmbeddedBroker, code: Code) -> None:
    """And skips nothing."""
    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, RECORDS))
    await publishing.stop()
    async with Member(source(broker.bootstrap_servers)) as member:
        await member.owns(2)
        broker.push_errors(Request.FETCH, [code])
        found = await member.fetched(RECORDS)
    assert sorted(record.value or b"" for record in found) == sorted(
        publication.value or b"" for publication in numbered(TOPIC, RECORDS)
    )


COMMIT_REFUSED = [
    Code.ILLEGAL_GENERATION,
    Code.UNKNOWN_MEMBER_ID,
    Code.REBALANCE_IN_PROGRESS,
]
COMMIT_REPEATED = [
    Code.COORDINATOR_LOAD_IN_PROGRESS,
    Code.COORDINATOR_NOT_AVAILABLE,
    Code.NOT_COORDINATOR,
    Code.REQUEST_TIMED_OUT,
]


@pytest.mark.parametrize("code", COMMIT_REFUSED, ids=lambda code: code.name)
async def test_a_commit_that_the_group_has_overtaken_is_told(broker: EmbeddedBroker, code: Code) -> None:
    """Somebody else does the records again; the member rejoins and its next commit holds."""
    async with Member(source(broker.bootstrap_servers)) as member:
        await member.owns(2)
        broker.push_errors(Request.OFFSET_COMMIT, [code])
        async with asyncio.timeout(LIMIT_S):
            assert not await member.source.commit({Partition(TOPIC, 0): 1})
            while not await member.source.commit({Partition(TOPIC, 0): 1}):
                await member.owns(2)


@pytest.mark.parametrize("code", COMMIT_REPEATED, ids=lambda code: code.name)
async def test_a_commit_is_repeated_while_the_coordinator_moves(broker: EmbeddedBroker, code: Code) -> None:
    """Without a word to the pipeline."""
    async with Member(source(broker.bootstrap_servers)) as member:
        await member.owns(2)
        broker.push_errors(Request.OFFSET_COMMIT, [code])
        async with asyncio.timeout(LIMIT_S):
            assert await member.source.commit({Partition(TOPIC, 0): 1})


JOIN = [
    Code.COORDINATOR_LOAD_IN_PROGRESS,
    Code.COORDINATOR_NOT_AVAILABLE,
    Code.NOT_COORDINATOR,
    Code.UNKNOWN_MEMBER_ID,
    Code.MEMBER_ID_REQUIRED,
]


@pytest.mark.parametrize("code", JOIN, ids=lambda code: code.name)
async def test_joining_is_repeated(broker: EmbeddedBroker, code: Code) -> None:
    """Until the member has its partitions."""
    broker.push_errors(Request.JOIN_GROUP, [code])
    async with Member(source(broker.bootstrap_servers)) as member:
        await member.owns(2)


HEARTBEAT = [
    Code.ILLEGAL_GENERATION,
    Code.UNKNOWN_MEMBER_ID,
    Code.REBALANCE_IN_PROGRESS,
]


@pytest.mark.parametrize("code", HEARTBEAT, ids=lambda code: code.name)
async def test_a_member_that_is_sent_away_comes_back(broker: EmbeddedBroker, code: Code) -> None:
    """It gives up what it has, joins again and gets every record."""
    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    async with Member(source(broker.bootstrap_servers)) as member:
        await member.owns(2)
        before = member.revocations
        broker.push_errors(Request.HEARTBEAT, [code])
        async with asyncio.timeout(LIMIT_S):
            while member.revocations == before:  # it hears of it with a heartbeat, and gives its partitions up
                await member.source.keep_alive()
        await publishing.publish(numbered(TOPIC, RECORDS))
        found = await member.fetched(RECORDS)
        await member.owns(2)
    await publishing.stop()
    assert {record.value for record in found} == {publication.value for publication in numbered(TOPIC, RECORDS)}


@pytest.mark.parametrize(
    ("request_kind", "code", "named"),
    [
        (Request.JOIN_GROUP, Code.GROUP_AUTHORIZATION_FAILED, "MODERATOR_KAFKA__GROUP_ID"),
        (Request.JOIN_GROUP, Code.INVALID_GROUP_ID, "MODERATOR_KAFKA__GROUP_ID"),
        (Request.JOIN_GROUP, Code.INVALID_SESSION_TIMEOUT, "MODERATOR_KAFKA__SESSION_TIMEOUT_MS"),
        (Request.FETCH, Code.TOPIC_AUTHORIZATION_FAILED, "no right to read topic"),
    ],
)
async def test_a_missing_right_is_named(broker: EmbeddedBroker, request_kind: Request, code: Code, named: str) -> None:
    """It would not come by waiting."""
    broker.push_errors(request_kind, [code])
    async with Member(source(broker.bootstrap_servers)) as member:
        with pytest.raises(ConfigError, match=named):
            await member.fetched(1)


@pytest.mark.parametrize("code", [Code.GROUP_MAX_SIZE_REACHED, Code.REBALANCE_IN_PROGRESS], ids=lambda code: code.name)
async def test_a_join_that_the_client_cannot_repeat_ends_it(broker: EmbeddedBroker, code: Code) -> None:
    """As if the broker were away: exit 4, uncommitted; a supervisor starts it anew."""
    broker.push_errors(Request.JOIN_GROUP, [code])
    async with Member(source(broker.bootstrap_servers)) as member:
        with pytest.raises(BrokerUnavailable, match="topic"):
            await member.fetched(1)
