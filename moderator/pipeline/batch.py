"""A fetched batch on its way through the pipeline."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from moderator.contracts.dead_letter import DeadLetter
from moderator.contracts.record import Partition, Publication, Record
from moderator.contracts.review import Escalation
from moderator.contracts.verdict import Verdict
from moderator.pipeline.ports import Clock


@dataclass(frozen=True, slots=True)
class Answer:
    """What one record became: a verdict, perhaps with an escalation, or a dead letter."""

    record: Record
    verdict: Verdict | None
    escalation: Escalation | None
    dead_letter: DeadLetter | None
    publications: tuple[Publication, ...]


@dataclass(slots=True)
class Batch:
    """Records that are moderated, published and committed together. `answers` holds one a record, in order."""

    records: Sequence[Record]
    fetched_at: float
    answers: asyncio.Future[list[Answer]] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    attempt: int = 1

    def again(self, clock: Clock) -> "Batch":
        """The same records for another attempt."""
        return Batch(self.records, clock(), attempt=self.attempt + 1)

    def positions(self) -> dict[Partition, int]:
        """The next offset to read of each partition once this batch is done."""
        positions: dict[Partition, int] = {}
        for record in self.records:
            partition = Partition(record.topic, record.partition)
            positions[partition] = max(positions.get(partition, 0), record.offset + 1)
        return positions
