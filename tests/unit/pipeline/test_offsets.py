"""Nothing is committed past a record that is not done, in whatever order records are finished."""

from hypothesis import given
from hypothesis import strategies as st

from moderator.contracts.record import Partition
from moderator.pipeline.offsets import Offsets
from tests.unit.pipeline.fakes import TOPIC, record


@given(st.permutations(range(8)), st.integers(0, 8))
def test_a_position_is_the_first_that_is_not_done(order: list[int], finished: int) -> None:
    """Whatever was finished before it or after it."""
    offsets = Offsets()
    for number in range(8):
        offsets.take(record(number * 3))  # compaction leaves gaps
    offsets.done(record(number * 3) for number in order[:finished])
    left = [number * 3 for number in order[finished:]]
    assert offsets.positions()[Partition(TOPIC, 0)] == min(left, default=22)
    assert offsets.unfinished == len(left)


def test_only_what_has_moved_is_committed_again() -> None:
    """Of two partitions the one where something was done."""
    offsets = Offsets()
    for partition in (0, 1):
        offsets.take(record(5, partition=partition))
        offsets.take(record(6, partition=partition))
    offsets.committed(offsets.positions())
    offsets.done([record(5, partition=1)])
    assert offsets.positions() == {Partition(TOPIC, 1): 6}


def test_what_is_done_after_its_partition_was_given_up_moves_nothing() -> None:
    """Another member reads it again."""
    offsets = Offsets()
    offsets.take(record(5))
    offsets.give_up()
    offsets.done([record(5)])
    assert offsets.positions() == {}
    assert offsets.unfinished == 0
