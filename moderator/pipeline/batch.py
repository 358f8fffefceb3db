"""A fetched batch on its way through the pipeline."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from moderator.contracts.dead_letter import DeadLetter
from moderator.contracts.record import Partition, Publication, Record
from moderator.contracts.review import Escalation
from moderator.contracts.verdict import Verdict
from moderator.pipeline.times import Times
from moderator.telemetry.tracing import UNTRACED, Traced

# Values in one batch, in bytes: some seconds of work at the most, so that a flood of long texts does not outlast the
# drain timeout with the few batches that are in flight. 512 messages of usual length are half of it.
BATCH_BYTES = 256 << 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What one record became: a verdict, perhaps with an escalation, or a dead letter."""

    record: Record
    verdict: Verdict | None
    escalation: Escalation | None
    dead_letter: DeadLetter | None
    publications: tuple[Publication, ...]


@dataclass(slots=True, weakref_slot=True, eq=False)
class Batch:
    """Records that are moderated, published and committed together. `answers` holds one a record, in order."""

    records: Sequence[Record]
    times: Times
    answers: asyncio.Future[list[Answer]] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    attempt: int = 1
    span: Traced = UNTRACED
    nearly_done: asyncio.Event = field(default_factory=asyncio.Event)  # the model has little left to do, or nothing

    def retry(self) -> None:
        """Ask for answers once more."""
        self.answers = asyncio.get_running_loop().create_future()
        self.attempt += 1

    def positions(self) -> dict[Partition, int]:
        """The next offset to read of each partition once this batch is done."""
        positions: dict[Partition, int] = {}
        for record in self.records:
            partition = Partition(record.topic, record.partition)
            positions[partition] = max(positions.get(partition, 0), record.offset + 1)
        return positions


def cut(records: Sequence[Record], fetched_at: float) -> Iterator[Batch]:
    """`records` in order, in batches of at most BATCH_BYTES; a larger record has a batch of its own."""
    batch: list[Record] = []
    size = 0
    for record in records:
        length = len(record.value or b"")
        if batch and size + length > BATCH_BYTES:
            yield Batch(batch, Times(fetched_at))
            batch, size = [], 0
        batch.append(record)
        size += length
    if batch:
        yield Batch(batch, Times(fetched_at))
