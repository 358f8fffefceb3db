"""The books tell what each record of a partition got, and forget none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.audit.books import SHOWN, Books, Found, Kind, PartitionReport, Range, ranges


def verdict(offset: int, outcome: str = "allow", versions: str = "v1") -> Found:
    """The model's."""
    return Found(Kind.VERDICT, 0, offset, versions, outcome)


def dead_letter(offset: int, code: str = "invalid_json") -> Found:
    """Of the same partition."""
    return Found(Kind.DEAD_LETTER, 0, offset, "", code)


def report(
    *answers: Found, start: int = 10, end: int = 14, committed: int = 14, gaps: tuple[int, ...] = ()
) -> PartitionReport:
    """Of messages at every offset but `gaps`."""
    books = Books(0, start, end)
    for offset in range(start, end):
        if offset not in gaps:
            books.message(offset)
    for answer in answers:
        books.answer(answer)
    return books.report(committed)


def test_every_message_answered_is_sound() -> None:
    """By a verdict or a dead letter; offsets that compaction has emptied owe nothing."""
    found = report(verdict(10), dead_letter(11), verdict(13), gaps=(12,))
    assert (found.messages, found.answered, found.missing_records, found.orphan_answers) == (3, 3, 0, 0)


def test_a_committed_message_without_answer_is_missing_one_ahead_of_the_group_pending() -> None:
    """The group's position divides them."""
    found = report(verdict(10), committed=13)
    assert (found.missing, found.missing_records, found.pending) == ((Range(11, 12),), 2, 1)


def test_an_answer_to_nothing_is_an_orphan() -> None:
    """Within the span; what lies outside belongs to other messages."""
    found = report(verdict(9), verdict(10), verdict(11), verdict(12), verdict(13), verdict(14), gaps=(12,))
    assert (found.orphans, found.orphan_answers) == ((Range(12, 12),), 1)


@pytest.mark.parametrize(
    ("second", "disagrees"),
    [
        (verdict(10), False),
        (verdict(10, "block"), True),
        (verdict(10, "block", "v2"), False),  # decided anew
        (dead_letter(10), True),
    ],
)
def test_duplicates_are_counted_and_must_agree(second: Found, *, disagrees: bool) -> None:
    """Two verdicts under the same versions are one verdict told twice."""
    found = report(verdict(10), second, verdict(11), verdict(12), verdict(13))
    assert found.duplicates == 1
    assert found.disagreements == ((Range(10, 10),) if disagrees else ())
    assert found.disagreeing_records == int(disagrees)


def test_dead_letters_of_one_code_agree() -> None:
    """Of another code they do not."""
    assert report(dead_letter(10), dead_letter(10)).disagreeing_records == 0
    assert report(dead_letter(10), dead_letter(10, "empty_text")).disagreeing_records == 1


def test_a_report_stays_short_and_counts_all() -> None:
    """Of a million missing messages a hundred runs are listed."""
    found = report(*(verdict(offset) for offset in range(0, 1000, 2)), start=0, end=1000, committed=1000)
    assert (len(found.missing), found.missing_records) == (SHOWN, 500)


@given(st.sets(st.integers(0, 300)))
def test_ranges_hold_exactly_the_offsets(offsets: set[int]) -> None:
    """Unbroken, in order, apart."""
    runs = list(ranges(sorted(offsets)))
    assert {offset for run in runs for offset in range(run.first, run.last + 1)} == offsets
    assert all(one.last + 1 < other.first for one, other in pairwise(runs))
