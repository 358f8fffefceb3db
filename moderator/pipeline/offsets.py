"""What may be committed when records are finished in another order than they came."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from moderator.contracts.record import Partition, Record


@dataclass(slots=True)
class _Taken:
    """Of one partition: offsets that are not done, and the one after the last that was taken."""

    unfinished: set[int] = field(default_factory=set)
    next: int = 0
    committed: int = -1

    @property
    def position(self) -> int:
        return min(self.unfinished, default=self.next)


class Offsets:
    """A position never passes a record that is taken and not done."""

    def __init__(self) -> None:
        self._partitions: dict[Partition, _Taken] = {}

    @property
    def unfinished(self) -> int:
        """Records taken and not done."""
        return sum(len(taken.unfinished) for taken in self._partitions.values())

    def take(self, record: Record) -> None:
        """`record` is being worked on. Those of a partition are taken in the order of their offsets."""
        taken = self._partitions.setdefault(Partition(record.topic, record.partition), _Taken())
        taken.unfinished.add(record.offset)
        taken.next = record.offset + 1

    def done(self, records: Iterable[Record]) -> None:
        """Nothing is left to do for `records`; one whose partition was given up meanwhile is another member's now."""
        for record in records:
            if taken := self._partitions.get(Partition(record.topic, record.partition)):
                taken.unfinished.discard(record.offset)

    def positions(self) -> dict[Partition, int]:
        """The next offset of each partition that has moved since it was last `committed`."""
        return {part: taken.position for part, taken in self._partitions.items() if taken.position > taken.committed}

    def committed(self, positions: dict[Partition, int]) -> None:
        """The broker has taken `positions`."""
        for partition, position in positions.items():
            if taken := self._partitions.get(partition):
                taken.committed = position

    def give_up(self) -> None:
        """All partitions belong to somebody else from now on."""
        self._partitions.clear()
