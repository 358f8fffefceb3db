"""After a pause a source asks the broker once more, and hands out nothing that a revocation amid it takes away."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from moderator.adapters.kafka_source import ROUND_TRIP_MS, STALE_S, KafkaSource
from moderator.contracts.record import Record
from moderator.kafka_settings import KafkaSettings
from tests.contract.backends import RealBackend
from tests.contract.members import LIMIT_S, Member, numbered
from tests.support.real_kafka import RealKafka

pytestmark = pytest.mark.kafka

ROUNDS = 30  # the broker may take longer than a second look waits
LATER = 4
RECORDS = 30


async def test_a_fetch_after_a_pause_holds_what_came_meanwhile(kafka: RealKafka) -> None:
    """Not only the little that was there when aiokafka last asked; in order, and all of it."""
    backend = RealBackend(kafka)
    topic, publisher = backend.topic(), backend.publisher()
    await publisher.start()
    values: list[bytes | None] = []
    held_all = False
    async with Member(backend.source(topic, uuid.uuid4().hex)) as member, asyncio.timeout(LIMIT_S):
        while not held_all and len(values) < ROUNDS * (1 + LATER):
            await publisher.publish(numbered(topic, 1, key=b"one author"))
            while not sum(backlog.records for backlog in member.source.backlog().values()):
                await member.source.keep_alive()  # until aiokafka has it
                await asyncio.sleep(2 * STALE_S)
            await publisher.publish(numbered(topic, 1 + LATER, key=b"one author")[1:])
            first = await member.fetched(1)
            rest = await member.fetched(1 + LATER - len(first)) if len(first) <= LATER else []
            values += [record.value for record in (*first, *rest)]
            held_all = len(first) == 1 + LATER
    await publisher.stop()
    assert held_all
    expected = [b"%d" % number for number in range(1 + LATER)]
    assert values == expected * (len(values) // len(expected))


class _Interrupted(KafkaSource):
    """Something happens before a second look."""

    between: Callable[[], Awaitable[object]] | None = None

    async def _taken(self, **limits: int) -> list[Record]:
        if limits["timeout_ms"] == ROUND_TRIP_MS and self.between:
            between, self.between = self.between, None
            await between()
        return await super()._taken(**limits)


async def test_what_was_taken_before_a_revocation_is_not_handed_out_after_it(kafka: RealKafka) -> None:
    """A member joins between the two looks: nothing is committed, so all comes again, to whoever owns it then."""
    backend = RealBackend(kafka)
    topic, group, publisher = backend.topic(), uuid.uuid4().hex, backend.publisher()
    await publisher.start()
    earlier, later = numbered(topic, 2 * RECORDS)[:RECORDS], numbered(topic, 2 * RECORDS)[RECORDS:]
    await publisher.publish(earlier)
    settings: KafkaSettings = backend.settings.model_copy(update={"group_id": group})
    source = _Interrupted(settings, topic)
    interrupted = False
    async with AsyncExitStack() as members, asyncio.timeout(LIMIT_S):
        first = await members.enter_async_context(Member(source))
        second = Member(backend.source(topic, group))

        async def rebalance() -> None:
            nonlocal interrupted
            before = first.revocations
            await members.enter_async_context(second)
            while first.revocations == before:
                await first.source.keep_alive()
            interrupted = True

        source.between = rebalance
        records: list[Record] = []
        while not interrupted:
            await asyncio.sleep(2 * STALE_S)
            records += await first.source.fetch(2 * RECORDS)  # room for more, so it looks again
        await publisher.publish(later)
        while not {publication.value for publication in later} <= {record.value for record in records}:
            records += await first.source.fetch(2 * RECORDS)
            records += await second.source.fetch(2 * RECORDS)
    await publisher.stop()
    came = sorted(record.value or b"" for record in records)
    assert came == sorted(publication.value or b"" for publication in (*earlier, *later))
