"""What the Kafka adapters do when the broker refuses, is away, or a rebalance takes its time."""

import asyncio
from collections.abc import Iterator

import pytest

from moderator.adapters import kafka_publisher, kafka_source
from moderator.adapters.embedded_broker import EmbeddedBroker, Request
from moderator.contracts.record import Partition, Publication
from moderator.errors import BrokerUnavailable, ConfigError
from tests.contract.members import LIMIT_S, Member, numbered
from tests.support.real_kafka import RealKafka
from tests.unit.adapters.brokers import NOBODY_LISTENS, TOPIC, publisher, source

TOPIC_UNAUTHORISED, GROUP_UNAUTHORISED = 29, 30


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    """One topic of two partitions."""
    with EmbeddedBroker({TOPIC: 2}) as broker:
        yield broker


async def test_no_broker_at_start_is_named() -> None:
    """Who gave the wrong address reads which it was and what happened there."""
    with pytest.raises(BrokerUnavailable, match=r"127\.0\.0\.1:1: Connection refused"):
        await publisher(NOBODY_LISTENS).start()
    with pytest.raises(BrokerUnavailable, match=r"127\.0\.0\.1:1: Connection refused"):
        await Member(source(NOBODY_LISTENS)).__aenter__()


async def test_publishing_gives_up_when_the_broker_stays_away(
    broker: EmbeddedBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An idempotent producer would try for ever. What it still holds does not keep the program from ending."""
    monkeypatch.setattr(kafka_publisher, "STOP_TIMEOUT_S", 2.0)
    monkeypatch.setattr(kafka_publisher, "REQUEST_TIMEOUT_MS", 500)
    publishing = publisher(broker.bootstrap_servers, delivery_timeout_s=0.5)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, 10))
    broker.go_down()
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(BrokerUnavailable, match=r"topic: not confirmed within 0\.5 s"):
            await publishing.publish(numbered(TOPIC, 10))
        await publishing.stop()
    broker.come_up()


async def test_publishing_goes_on_when_the_broker_comes_back(
    broker: EmbeddedBroker, caplog: pytest.LogCaptureFixture
) -> None:
    """Within the delivery timeout nobody notices."""
    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, 10))
    broker.go_down()
    published = asyncio.create_task(publishing.publish(numbered(TOPIC, 10)))
    async with asyncio.timeout(LIMIT_S):
        while "Connect call failed" not in caplog.text:  # noqa: ASYNC110  only the client's log tells
            await asyncio.sleep(0.05)
        broker.come_up()
        assert not await published
    await publishing.stop()


@pytest.mark.kafka  # the embedded broker creates any topic that it is asked for
async def test_one_unknown_topic_costs_one_wait(kafka: RealKafka, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for a topic takes seconds; a batch of five hundred must not take five hundred times as long."""
    monkeypatch.setattr(kafka_publisher, "REQUEST_TIMEOUT_MS", 200)
    publishing = publisher(kafka.bootstrap_servers, delivery_timeout_s=0.1)
    await publishing.start()
    looked_up = 0
    look_up = publishing._producer.client.force_metadata_update

    def counted() -> asyncio.Future[bool]:
        nonlocal looked_up
        looked_up += 1
        return look_up()  # type: ignore[no-any-return]

    monkeypatch.setattr(publishing._producer.client, "force_metadata_update", counted)
    with pytest.raises(BrokerUnavailable, match="unknown"):
        await publishing.publish([Publication("unknown", None, b"value")] * 500)
    assert looked_up < 10
    await publishing.stop()


async def test_a_commit_gives_up_when_the_broker_is_away(
    broker: EmbeddedBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A drain waits for commits, and must end; the records will come again."""
    monkeypatch.setattr(kafka_source, "COMMIT_TIMEOUT_S", 0.2)
    monkeypatch.setattr(kafka_source, "STOP_TIMEOUT_S", 0.2)
    async with Member(source(broker.bootstrap_servers)) as member:
        await member.owns(2)
        broker.go_down()
        async with asyncio.timeout(LIMIT_S):
            assert not await member.source.commit({Partition(TOPIC, 0): 1})
        broker.come_up()


async def test_polling_goes_on_through_a_rebalance(broker: EmbeddedBroker) -> None:
    """However long a member takes to finish what it has, its loop turns, and then it gets its records."""
    finished = asyncio.Event()
    publishing = publisher(broker.bootstrap_servers)
    await publishing.start()
    await publishing.publish(numbered(TOPIC, 10))

    async def finish() -> None:
        await finished.wait()

    async with Member(source(broker.bootstrap_servers), finish) as member:
        async with asyncio.timeout(LIMIT_S):
            assert await member.source.fetch(100) == []
            await member.source.keep_alive()
            assert await member.source.fetch(100) == []
        finished.set()
        assert len(await member.fetched(10)) == 10
    await publishing.stop()


@pytest.mark.parametrize(
    ("request_kind", "code", "named"),
    [
        (Request.JOIN_GROUP, GROUP_UNAUTHORISED, "MODERATOR_KAFKA__GROUP_ID"),
        (Request.FETCH, TOPIC_UNAUTHORISED, "no right to read topic"),
    ],
)
async def test_a_missing_right_ends_it_with_its_name(
    broker: EmbeddedBroker, request_kind: Request, code: int, named: str
) -> None:
    """It would not come by waiting. And once a poll has failed, the source delivers nothing more."""
    broker.push_errors(request_kind, [code])
    async with Member(source(broker.bootstrap_servers)) as member:
        with pytest.raises(ConfigError, match=named):
            await member.fetched(1)
        for _ in range(5):
            with pytest.raises(ConfigError, match=named):
                await member.source.fetch(1)


async def test_what_a_callback_raises_is_not_swallowed(broker: EmbeddedBroker) -> None:
    """The library logs it and goes on; a pipeline that believes itself paused would then stand still for ever."""

    async def failing() -> None:
        raise ZeroDivisionError

    async with Member(source(broker.bootstrap_servers), failing) as member:
        with pytest.raises(ZeroDivisionError):
            await member.fetched(1)
