"""A started source and what it has been told."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Self

from moderator.contracts.record import Partition, Publication, Record
from moderator.pipeline.ports import Source

LIMIT_S = 60.0  # a broker that has to start again takes seconds; only a hanging test takes this long


async def _nothing() -> None:
    """By default a member has nothing to finish."""


class Member:
    """A source in its group from `async with` until its end or `stop`."""

    def __init__(self, source: Source, finish: Callable[[], Awaitable[None]] = _nothing) -> None:
        self.source = source
        self.assigned = asyncio.Event()
        self.revocations = 0
        self._finish = finish
        self._stopped = False

    async def __aenter__(self) -> Self:
        await self.source.start(self._on_revoked, self._on_assigned)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Leave."""
        if not self._stopped:
            self._stopped = True
            await self.source.stop()

    async def _on_revoked(self) -> None:
        self.revocations += 1
        self.assigned.clear()
        await self._finish()

    async def _on_assigned(self) -> None:
        self.assigned.set()

    async def owns(self, partitions: int) -> None:
        """Poll until the member owns that many."""
        async with asyncio.timeout(LIMIT_S):
            while not (self.assigned.is_set() and len(self.source.assignment()) == partitions):
                await self.source.keep_alive()
                await asyncio.sleep(0.01)

    async def fetched(self, number: int, at_once: int = 100) -> list[Record]:
        """The next records, at least that many."""
        records: list[Record] = []
        async with asyncio.timeout(LIMIT_S):
            while len(records) < number:
                fetched = await self.source.fetch(at_once)
                assert len(fetched) <= at_once
                records += fetched
        return records


def positions(records: Sequence[Record]) -> dict[Partition, int]:
    """The next offset of each partition after `records`."""
    following: dict[Partition, int] = {}
    for record in records:
        partition = Partition(record.topic, record.partition)
        following[partition] = max(following.get(partition, 0), record.offset + 1)
    return following


def numbered(topic: str, count: int, key: bytes | None = None) -> list[Publication]:
    """Publications whose values are their numbers, on all partitions unless there is a key."""
    return [Publication(topic, key or b"key %d" % number, b"%d" % number) for number in range(count)]
