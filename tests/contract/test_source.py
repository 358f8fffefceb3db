"""What every Source promises."""

import time
import uuid

import pytest

from moderator.contracts.record import Partition, Publication
from moderator.errors import ConfigError
from moderator.pipeline.ports import Publisher
from tests.contract.backends import PARTITIONS, Backend
from tests.contract.members import Member, numbered, positions

CLOCKS_DIFFER_MS = 5_000  # a container's clock


@pytest.fixture
def group() -> str:
    """A group that nobody has been in."""
    return f"group-{uuid.uuid4().hex[:8]}"


async def test_records_come_back_as_they_were_published(backend: Backend, publisher: Publisher, group: str) -> None:
    """A null key, a null value and a null header are none of them lost or made empty; nor is the time."""
    topic = backend.topic()
    headers = (("twice", b"1"), ("twice", b"2"), ("null", None), ("empty", b""))
    published = [
        Publication(topic, b"key", b"value", headers),
        Publication(topic, b"key", None),
        Publication(topic, None, b"value"),
        Publication(topic, None, None, headers),
        Publication(topic, b"", b""),
    ]
    before = time.time() * 1000
    assert not await publisher.publish(published)

    async with Member(backend.source(topic, group)) as member:
        records = await member.fetched(len(published))

    came = [Publication(record.topic, record.key, record.value, record.headers) for record in records]
    assert sorted(came, key=repr) == sorted(published, key=repr)
    after = time.time() * 1000
    assert all(before - CLOCKS_DIFFER_MS <= record.timestamp_ms <= after + CLOCKS_DIFFER_MS for record in records)


async def test_a_partition_keeps_its_order(backend: Backend, publisher: Publisher, group: str) -> None:
    """Messages of one key are moderated in the order in which they were written."""
    topic = backend.topic()
    await publisher.publish(numbered(topic, 300, key=b"one author"))

    async with Member(backend.source(topic, group)) as member:
        records = await member.fetched(300, at_once=7)

    assert [record.value for record in records] == [b"%d" % number for number in range(300)]
    assert [record.offset for record in records] == list(range(300))


async def test_what_waits_is_known(backend: Backend, publisher: Publisher, group: str) -> None:
    """Once the broker has told; nothing waits when all is fetched, and the last record's time is known."""
    topic = backend.topic()
    await publisher.publish(numbered(topic, 30))
    async with Member(backend.source(topic, group)) as member:
        first = await member.fetched(1, at_once=1)
        assert sum(backlog.records for backlog in member.source.backlog().values()) > 0
        records = first + await member.fetched(29)
        backlogs = member.source.backlog()
        assert {partition: backlog.records for partition, backlog in backlogs.items()} == dict.fromkeys(
            positions(records), 0
        )
        for partition, backlog in backlogs.items():
            stamps = [each.timestamp_ms for each in records if each.partition == partition.number]
            assert backlog.reached_ms == stamps[-1]


async def test_what_is_committed_does_not_come_again(backend: Backend, publisher: Publisher, group: str) -> None:
    """A restarted member goes on where the last one committed."""
    topic = backend.topic()
    await publisher.publish(numbered(topic, 30))
    async with Member(backend.source(topic, group)) as member:
        records = await member.fetched(30)
        assert await member.source.commit(positions(records))
    assert await backend.committed(topic, group) == positions(records)

    await publisher.publish([Publication(topic, None, b"the next")])

    async with Member(backend.source(topic, group)) as member:
        assert [record.value for record in await member.fetched(1)] == [b"the next"]


async def test_what_is_not_committed_comes_again(backend: Backend, publisher: Publisher, group: str) -> None:
    """Neither fetching nor leaving the group commits; of two batches only the committed one is done."""
    topic = backend.topic()
    await publisher.publish(numbered(topic, 30))
    async with Member(backend.source(topic, group)) as member:
        done = await member.fetched(10, at_once=10)
        rest = await member.fetched(20)
        assert await member.source.commit(positions(done))
    assert await backend.committed(topic, group) == positions(done)

    async with Member(backend.source(topic, group)) as member:
        again = await member.fetched(20)

    assert {record.value for record in again} == {record.value for record in rest}


async def test_keeping_alive_takes_no_records(backend: Backend, publisher: Publisher, group: str) -> None:
    """A full pipeline stays in the group, and loses nothing of what has been fetched for it meanwhile."""
    topic = backend.topic()
    async with Member(backend.source(topic, group)) as member:
        await member.owns(PARTITIONS)
        assignment = member.source.assignment()
        await publisher.publish(numbered(topic, 10))
        first = await member.fetched(1, at_once=1)  # the others have been fetched with it, or are on their way
        await publisher.publish(numbered(topic, 10))
        for _ in range(5):
            await member.source.keep_alive()
        records = first + await member.fetched(19)

        assert member.source.assignment() == assignment
        assert member.revocations <= 1  # aiokafka announces a revocation of nothing before it joins
        assert len({(record.partition, record.offset) for record in records}) == len(records) == 20


async def test_a_partition_of_another_is_not_committed(backend: Backend, publisher: Publisher, group: str) -> None:
    """A member that has lost a partition must not move its offset."""
    topic = backend.topic()
    await publisher.publish(numbered(topic, 10))
    async with Member(backend.source(topic, group)) as member:
        records = await member.fetched(10)
        assert not await member.source.commit({**positions(records), Partition(topic, PARTITIONS): 1})
    assert await backend.committed(topic, group) == {}


async def test_a_missing_topic_is_refused_at_start(backend: Backend, group: str) -> None:
    """A misspelt topic is named, instead of being waited for or created."""
    source = backend.source("no.such.topic", group)
    with pytest.raises(ConfigError, match=r"topic no\.such\.topic does not exist"):
        await Member(source).__aenter__()
    await source.stop()


async def test_members_share_and_hand_over(group_backend: Backend, group: str) -> None:
    """Who gives up a partition first finishes and commits what it has of it; so the next owner starts after that."""
    topic = group_backend.topic()
    publisher = group_backend.publisher()
    await publisher.start()
    await publisher.publish(numbered(topic, 30))
    unfinished: dict[Partition, int] = {}
    commits: list[bool] = []

    async def finish() -> None:
        if unfinished:
            commits.append(await first.source.commit(unfinished))
            unfinished.clear()

    async with Member(group_backend.source(topic, group), finish) as first:
        unfinished.update(positions(await first.fetched(30)))
        async with Member(group_backend.source(topic, group)) as second:
            await _both_own_some(first, second)
            assert commits == [True]
            assert first.source.assignment().isdisjoint(second.source.assignment())
            await second.stop()
        await first.owns(PARTITIONS)
        await publisher.publish([Publication(topic, b"key", b"the next")])
        assert [record.value for record in await first.fetched(1)] == [b"the next"]
    await publisher.stop()


async def _both_own_some(first: Member, second: Member) -> None:
    while not (
        second.assigned.is_set() and first.assigned.is_set() and 0 < len(first.source.assignment()) < PARTITIONS
    ):
        await second.source.keep_alive()
        await first.source.keep_alive()
