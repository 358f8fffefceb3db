"""A broker in a few dictionaries, for tests: nothing outlasts the process, and trouble comes when a test says so."""

import asyncio
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from itertools import count

from moderator.contracts.record import Partition, Publication, Record
from moderator.errors import BrokerUnavailable, ConfigError
from moderator.pipeline.ports import Backlog, OnAssigned, OnRevoked

POLL_S = 0.2
MAX_RECORD_BYTES = 1 << 20  # Kafka's default
PUBLISH_ATTEMPTS = 5


class MemoryBroker:
    """Topics (name to number of partitions) of records, and consumer groups."""

    def __init__(
        self,
        topics: Mapping[str, int],
        *,
        max_record_bytes: int = MAX_RECORD_BYTES,
        now_ms: Callable[[], int] = lambda: int(time.time() * 1000),
    ) -> None:
        self._max_record_bytes = max_record_bytes
        self._now_ms = now_ms
        self._topics = {topic: [Partition(topic, number) for number in range(n)] for topic, n in topics.items()}
        self._logs: dict[Partition, list[Record]] = {p: [] for ps in self._topics.values() for p in ps}
        self._groups: dict[str, Group] = {}
        self._keyless = count()
        self._failing_appends = 0
        self._arrival = asyncio.Event()

    def fail_publishes(self, times: int) -> None:
        """The next attempts to publish store the first half of what they are given, confirm nothing, and fail."""
        self._failing_appends = times

    def partitions(self, topic: str) -> Sequence[Partition]:
        """The partitions of `topic`. Raises ConfigError if there is no such topic."""
        if topic not in self._topics:
            raise ConfigError([f"topic {topic} does not exist"])
        return self._topics[topic]

    def records(self, topic: str) -> list[Record]:
        """Everything in `topic`, partition by partition."""
        return [record for partition in self.partitions(topic) for record in self._logs[partition]]

    def read(self, partition: Partition, offset: int, limit: int) -> Sequence[Record]:
        """At most `limit` records of `partition` from `offset` on."""
        return self._logs[partition][offset : offset + limit]

    def end(self, partition: Partition) -> int:
        """The offset of the next record."""
        return len(self._logs[partition])

    def group(self, name: str) -> "Group":
        """The consumer group of that name."""
        if name not in self._groups:
            self._groups[name] = Group(self)
        return self._groups[name]

    def takes(self, publication: Publication) -> bool:
        """Whether it is small enough."""
        return len(publication.key or b"") + len(publication.value or b"") <= self._max_record_bytes

    def append(self, publications: Sequence[Publication]) -> bool:
        """Store each in the partition of its key. False when told to fail."""
        failing = self._failing_appends > 0
        self._failing_appends -= failing
        for publication in publications[: len(publications) // 2] if failing else publications:
            partition = self._partition(publication)
            log = self._logs[partition]
            key, value, headers = publication.key, publication.value, publication.headers
            log.append(Record(*partition, len(log), self._now_ms(), key, value, headers))
        self.wake()
        return not failing

    def wake(self) -> None:
        """End every member's waiting for news."""
        self._arrival.set()
        self._arrival = asyncio.Event()

    async def news(self) -> None:
        """Wait until records have arrived or a group has changed, a fraction of a second at the most."""
        try:
            async with asyncio.timeout(POLL_S):
                await self._arrival.wait()
        except TimeoutError:
            return

    def _partition(self, publication: Publication) -> Partition:
        partitions = self.partitions(publication.topic)
        number = next(self._keyless) if publication.key is None else zlib.crc32(publication.key)
        return partitions[number % len(partitions)]


class Group:
    """Members and committed offsets. Rebalances eagerly, as aiokafka does: revoke everything, then assign anew."""

    def __init__(self, broker: MemoryBroker) -> None:
        self.committed: dict[Partition, int] = {}
        self.rebalancing = False
        self._broker = broker
        self._members: list[MemorySource] = []
        self._expelled: list[MemorySource] = []
        self._refused_commits = 0
        self._one_at_a_time = asyncio.Lock()

    def refuse_commits(self, times: int) -> None:
        """The next commits are refused, whoever makes them."""
        self._refused_commits = times

    async def expel(self, member: "MemorySource") -> None:
        """Throw out a member that was silent for too long; it learns of it when it polls."""
        self._expelled.append(member)
        await self.leave(member)

    async def readmit(self, member: "MemorySource") -> None:
        """If `member` was expelled, let it give up what it held and join again."""
        if member in self._expelled:
            self._expelled.remove(member)
            await member.revoke()
            await self.join(member)

    async def join(self, member: "MemorySource") -> None:
        """Give `member` its part of the partitions."""
        await self._rebalance(lambda: self._members.append(member))

    async def leave(self, member: "MemorySource") -> None:
        """Give the partitions of `member` to the others."""
        self._members.remove(member)
        await self._rebalance(lambda: None)

    def has(self, member: "MemorySource") -> bool:
        """Whether the broker still counts on it."""
        return member in self._members

    def commit(self, positions: Mapping[Partition, int]) -> bool:
        """False when told to refuse."""
        refused = self._refused_commits > 0
        self._refused_commits -= refused
        if not refused:
            self.committed.update(positions)
        return not refused

    async def _rebalance(self, change: Callable[[], None]) -> None:
        async with self._one_at_a_time:
            self.rebalancing = True
            await asyncio.gather(*(member.revoke() for member in self._members))
            change()
            for topic in {member.topic for member in self._members}:
                readers = [member for member in self._members if member.topic == topic]
                for place, member in enumerate(readers):
                    mine = self._broker.partitions(topic)[place :: len(readers)]
                    member.positions = {partition: self.committed.get(partition, 0) for partition in mine}
            self.rebalancing = False
            self._broker.wake()
            await asyncio.gather(*(member.on_assigned() for member in self._members))


class MemorySource:
    """A member of `group` that reads `topic`."""

    def __init__(self, broker: MemoryBroker, topic: str, group: str) -> None:
        self.topic = topic
        self.positions: dict[Partition, int] = {}
        self.on_assigned: OnAssigned
        self._on_revoked: OnRevoked
        self._broker = broker
        self._group = broker.group(group)

    async def start(self, on_revoked: OnRevoked, on_assigned: OnAssigned) -> None:
        """Join the group. Raises ConfigError if there is no such topic."""
        self._broker.partitions(self.topic)
        self._on_revoked, self.on_assigned = on_revoked, on_assigned
        await self._group.join(self)

    async def revoke(self) -> None:
        """Finish what was fetched, then own nothing."""
        if self.positions:
            await self._on_revoked()
        self.positions = {}

    async def fetch(self, max_records: int) -> Sequence[Record]:
        """What there is, at most `max_records`; waits a fraction of a second for something to come."""
        await self.keep_alive()
        return self._take(max_records) or await self._take_what_comes(max_records)

    async def keep_alive(self) -> None:
        """Join again if the group has expelled this member."""
        await self._group.readmit(self)

    async def _take_what_comes(self, max_records: int) -> Sequence[Record]:
        await self._broker.news()
        return self._take(max_records)

    def _take(self, max_records: int) -> list[Record]:
        taken: list[Record] = []
        if self._group.rebalancing:
            return taken
        for partition, position in list(self.positions.items()):
            records = self._broker.read(partition, position, max_records - len(taken))
            if records:
                # To the end: a full partition must not keep the others waiting for ever.
                del self.positions[partition]
                self.positions[partition] = records[-1].offset + 1
                taken += records
        return taken

    def assignment(self) -> frozenset[Partition]:
        """The partitions owned at this moment, as far as this member knows."""
        return frozenset(self.positions)

    def backlog(self) -> Mapping[Partition, Backlog]:
        """As it is."""
        return {partition: self._backlog(partition, at) for partition, at in self.positions.items()}

    def _backlog(self, partition: Partition, position: int) -> Backlog:
        reached = self._broker.read(partition, position - 1, 1) if position else ()
        return Backlog(self._broker.end(partition) - position, reached[0].timestamp_ms if reached else None)

    async def commit(self, positions: Mapping[Partition, int]) -> bool:
        """False when the member is expelled, does not own a partition, or the group was told to refuse."""
        mine = self._group.has(self) and positions.keys() <= self.positions.keys()
        return mine and self._group.commit(positions)

    async def stop(self) -> None:
        """Leave the group."""
        if self._group.has(self):
            self.positions = {}
            await self._group.leave(self)


class MemoryPublisher:
    """Stores what it is given; tries a failing broker five times."""

    def __init__(self, broker: MemoryBroker) -> None:
        self._broker = broker

    async def start(self) -> None:
        """Nothing to connect to."""

    async def publish(self, publications: Sequence[Publication]) -> Sequence[Publication]:
        """See the port."""
        fitting = [publication for publication in publications if self._broker.takes(publication)]
        for _attempt in range(PUBLISH_ATTEMPTS):
            if self._broker.append(fitting):
                return [publication for publication in publications if not self._broker.takes(publication)]
        raise BrokerUnavailable(f"nothing confirmed in {PUBLISH_ATTEMPTS} attempts")

    async def stop(self) -> None:
        """Nothing to disconnect from."""
