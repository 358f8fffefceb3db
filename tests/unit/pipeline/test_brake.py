"""The brake goes on at a rate, not at a number, and comes off by its time or by command."""

import pytest

from moderator.pipeline.brake import Brake, BrakeLimits
from tests.unit.pipeline.fakes import Clock

LIMITS = BrakeLimits(window_s=60, part=0.5, fewest=100, pause_s=30)


def test_a_rate_above_the_limit_stops() -> None:
    """The limit itself is still allowed."""
    brake = Brake(LIMITS, Clock())
    brake.answered(100, 50)
    assert not brake.engaged()
    brake.answered(2, 2)
    assert brake.engaged()


def test_few_records_tell_nothing() -> None:
    """One poison record after a quiet night is no alarm."""
    brake = Brake(LIMITS, Clock())
    brake.answered(99, 99)
    assert not brake.engaged()


def test_only_the_window_counts() -> None:
    """Good records of an hour ago do not hide that everything fails now, nor old failures stop a healthy flow."""
    clock = Clock()
    brake = Brake(LIMITS, clock)
    brake.answered(10_000, 0)
    clock.now += 61
    brake.answered(100, 60)
    assert brake.engaged()
    brake.release()
    brake.answered(99, 99)
    clock.now += 61
    brake.answered(100, 0)
    assert not brake.engaged()


def test_it_comes_off_when_its_time_is_over() -> None:
    """And looks afresh: only if things are still wrong does it go on again."""
    clock = Clock()
    brake = Brake(LIMITS, clock)
    brake.answered(100, 100)
    clock.now += 29
    assert brake.engaged()
    clock.now += 1
    assert not brake.engaged()
    brake.answered(50, 50)
    assert not brake.engaged()
    brake.answered(50, 50)
    assert brake.engaged()


@pytest.mark.parametrize("days", [1, 100])
def test_without_a_time_only_a_command_takes_it_off(days: int) -> None:
    """For those who want to look first."""
    clock = Clock()
    brake = Brake(BrakeLimits(60, 0.5, 100, None), clock)
    brake.answered(100, 100)
    clock.now += days * 86_400
    assert brake.engaged()
    brake.release()
    assert not brake.engaged()
