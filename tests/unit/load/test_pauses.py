"""Pauses of partitions around events."""

import pytest

from load.pauses import Event, Kind, longest_gap, pauses

JOIN = Event(Kind.JOIN, 1_000, 2_000)


def test_the_longest_gap_is_one_between_neighbours() -> None:
    """Not the sum of several, nor the time of the event itself."""
    assert longest_gap([900, 1_100, 1_500, 1_600, 2_100], JOIN) == 500


def test_a_gap_that_began_before_the_event_or_ended_after_it_counts_whole() -> None:
    """A partition that stands still over the edge has stood still for all that time."""
    assert longest_gap([300, 1_100, 2_050], JOIN) == 950
    assert longest_gap([950, 1_100, 5_000], JOIN) == 3_900
    assert longest_gap([500, 4_000], JOIN) == 3_500


def test_gaps_outside_the_event_do_not_count() -> None:
    """Another event's pause is no part of this one's."""
    assert longest_gap([0, 800, 1_000, 1_400, 1_800, 2_000, 9_000], JOIN) == 400


def test_a_partition_without_verdicts_on_both_sides_has_no_pause() -> None:
    """It is not taken for one without a gap: a load that had not begun, or had ended, measures nothing."""
    with pytest.raises(ValueError, match="both sides"):
        longest_gap([1_100, 2_500], JOIN)
    with pytest.raises(ValueError, match="both sides"):
        longest_gap([900, 1_100], JOIN)


def test_every_partition_counts_at_every_event() -> None:
    """Seconds, by kind of event: a partition that its owner kept shows a short pause, not none."""
    times = {0: [900.0, 1_500.0, 2_100.0, 4_000.0], 1: [800.0, 2_000.0, 3_000.0, 4_500.0]}
    found = pauses(times, [JOIN, Event(Kind.KILL, 2_200, 3_500), Event(Kind.JOIN, 2_100, 2_500)])
    assert found == {Kind.JOIN: [0.6, 1.2, 1.9, 1.0], Kind.KILL: [1.9, 1.5]}
