"""Every record fetched is answered, handed back or in flight; what is lost on the way is counted, and stops commits."""

from collections.abc import Sequence

from moderator.contracts.dead_letter import Stage
from moderator.contracts.record import Record
from moderator.errors import DeadLetterCode, PoisonRecord
from moderator.pipeline.batch import Answer, Batch, cut
from moderator.pipeline.ledger import Ledger
from tests.unit.pipeline.fakes import answers, record


def answered(records: Sequence[Record]) -> list[Answer]:
    """An answer to each."""
    error = PoisonRecord(DeadLetterCode.INVALID_JSON)
    return [answers().dead_letter(each, Stage.DECODE, error) for each in records]


async def opened(ledger: Ledger, count: int) -> Batch:
    """A batch of so many fetched records."""
    (batch,) = cut([record(offset) for offset in range(count)], fetched_at=0.0)
    ledger.fetched(count, [batch])
    return batch


async def test_records_in_flight_are_accounted_for() -> None:
    """As long as somebody holds their batch, and after their answers."""
    ledger = Ledger()
    batch = await opened(ledger, 3)
    assert (ledger.in_flight, ledger.unaccounted) == (3, 0)
    ledger.answered(batch, answered(batch.records))
    assert (ledger.in_flight, ledger.unaccounted) == (0, 0)


async def test_an_answer_that_is_missing_is_seen() -> None:
    """Though there are as many answers as records: one answers the same record twice."""
    ledger = Ledger()
    batch = await opened(ledger, 3)
    ledger.answered(batch, answered([batch.records[0], batch.records[1], batch.records[1]]))
    assert (ledger.in_flight, ledger.unaccounted) == (0, 1)


async def test_a_batch_that_nobody_holds_any_more_is_seen() -> None:
    """The ledger itself does not keep it alive."""
    ledger = Ledger()
    batch = await opened(ledger, 3)
    del batch
    assert (ledger.in_flight, ledger.unaccounted) == (0, 3)


async def test_records_that_never_reach_a_batch_are_seen_unless_they_are_handed_back() -> None:
    """Those of partitions that have left are their next owner's."""
    ledger = Ledger()
    ledger.fetched(2, [])
    assert ledger.unaccounted == 2
    ledger.handed_back(2)
    ledger.returned(await opened(ledger, 3))
    assert (ledger.in_flight, ledger.unaccounted) == (0, 0)
