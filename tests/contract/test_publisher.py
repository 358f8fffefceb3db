"""What every Publisher promises."""

import uuid

from moderator.contracts.record import Publication
from moderator.pipeline.ports import Publisher
from tests.contract.backends import Backend
from tests.contract.members import Member, numbered


async def _values(backend: Backend, topic: str, number: int) -> list[bytes | None]:
    async with Member(backend.source(topic, f"reader-{uuid.uuid4().hex[:8]}")) as member:
        return [record.value for record in await member.fetched(number)]


async def test_nothing_to_publish(publisher: Publisher) -> None:
    """An empty batch is no error."""
    assert not await publisher.publish([])


async def test_what_is_too_large_is_returned_and_its_neighbours_are_published(
    backend: Backend, publisher: Publisher
) -> None:
    """The broker refuses whole batches; only the record that is to blame becomes the caller's trouble."""
    topic = backend.topic()
    small = numbered(topic, 40, key=b"same partition, same batch")
    large = [
        Publication(topic, b"same partition, same batch", b"x" * backend.too_large),
        Publication(topic, None, b"y" * backend.too_large),
    ]
    refused = await publisher.publish([*small[:20], large[0], *small[20:30], large[1], *small[30:]])

    assert sorted(refused, key=repr) == sorted(large, key=repr)
    assert sorted(await _values(backend, topic, 40), key=repr) == sorted((p.value for p in small), key=repr)


async def test_a_publisher_goes_on_after_a_refusal(backend: Backend, publisher: Publisher) -> None:
    """What is published after a refused record arrives as ever."""
    topic = backend.topic()
    await publisher.publish([Publication(topic, b"key", b"x" * backend.too_large)])
    assert not await publisher.publish([Publication(topic, b"key", b"fine")])
    assert await _values(backend, topic, 1) == [b"fine"]


async def test_a_batch_larger_than_the_topic_takes_is_published_in_parts(
    backend: Backend, publisher: Publisher
) -> None:
    """Many records that fit one by one are not refused for travelling together."""
    topic = backend.topic()
    published = [Publication(topic, b"key", b"%03d" % number + bytes(900)) for number in range(200)]
    assert not await publisher.publish(published)
    assert {value[:3] for value in await _values(backend, topic, 200) if value} == {b"%03d" % n for n in range(200)}


async def test_everything_arrives_through_trouble(backend: Backend, publisher: Publisher) -> None:
    """It returns only when the broker has everything, however it fails in between; then it may have it twice."""
    topic = backend.topic()
    published = numbered(topic, 200)
    async with backend.disturbed():
        assert not await publisher.publish(published)
    assert not await publisher.publish([Publication(topic, b"key", b"afterwards")])

    wanted = {publication.value for publication in published} | {b"afterwards"}
    seen: set[bytes | None] = set()
    async with Member(backend.source(topic, "reader")) as member:
        while not wanted <= seen:
            seen |= {record.value for record in await member.fetched(1)}
    assert seen == wanted
