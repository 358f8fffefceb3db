"""The ledger: every record fetched is answered, handed back, or in the hands of a batch; no other place is allowed."""

from collections.abc import Sequence
from weakref import WeakSet

from moderator.contracts.record import Record
from moderator.pipeline.batch import Answer, Batch


class Ledger:
    """Counts records by where they are. It does not hold a batch: one that the pipeline loses is gone from here too,
    and its records are unaccounted for.
    """

    def __init__(self) -> None:
        self._fetched = 0
        self._handed_back = 0
        self._answered = 0
        self._open: WeakSet[Batch] = WeakSet()

    @property
    def in_flight(self) -> int:
        """Records of the batches that somebody still works on."""
        return sum(len(batch.records) for batch in self._open)

    @property
    def unaccounted(self) -> int:
        """Records fetched that nobody will answer: 0, or there is a bug."""
        return self._fetched - self._handed_back - self._answered - self.in_flight

    def fetched(self, records: int, batches: Sequence[Batch]) -> None:
        """So many `records` came, and `batches` are made of them."""
        self._fetched += records
        self._open.update(batches)

    def handed_back(self, records: int) -> None:
        """So many fetched records are their next owner's, who fetches them again."""
        self._handed_back += records

    def returned(self, batch: Batch) -> None:
        """`batch` is handed back whole."""
        self._open.discard(batch)
        self._handed_back += len(batch.records)

    def answered(self, batch: Batch, answers: Sequence[Answer]) -> None:
        """`batch` is done: each of its records that `answers` are about is answered."""
        self._open.discard(batch)
        self._answered += len(set(map(_place, batch.records)) & {_place(answer.record) for answer in answers})


def _place(record: Record) -> tuple[str, int, int]:
    return record.topic, record.partition, record.offset
