"""The breaker opens at a share of failures, looks again after a pause, and cannot get stuck."""

import pytest

from moderator.review.breaker import Breaker, BreakerLimits, BreakerState
from tests.unit.pipeline.fakes import Clock

LIMITS = BreakerLimits(window_s=60, part=0.5, fewest=4, pause_s=30, probes=2)


def broken(clock: Clock) -> Breaker:
    """A breaker that failures have just opened."""
    breaker = Breaker(LIMITS, clock)
    fail(breaker, 4)
    return breaker


def fail(breaker: Breaker, times: int) -> None:
    """So many requests, one after the other."""
    for _ in range(times):
        assert breaker.allow()
        breaker.record(ok=False)


def test_it_opens_at_a_share_of_failures() -> None:
    """And holds requests back from then on."""
    breaker = Breaker(LIMITS, Clock())
    for ok in (True, True, True, False, False):
        breaker.record(ok=ok)
    assert breaker.state() is BreakerState.CLOSED
    assert breaker.allow()
    breaker.record(ok=False)
    assert breaker.state() is BreakerState.OPEN
    assert not breaker.allow()


def test_few_requests_tell_nothing() -> None:
    """One failure after a quiet night is no outage."""
    breaker = Breaker(LIMITS, Clock())
    fail(breaker, 3)
    assert breaker.allow()


def test_only_the_window_counts() -> None:
    """Successes of an hour ago do not hide that everything fails now, nor old failures stop what works."""
    clock = Clock()
    breaker = Breaker(LIMITS, clock)
    for _ in range(100):
        breaker.record(ok=True)
    clock.now += 61
    fail(breaker, 3)
    clock.now += 61
    fail(breaker, 3)
    assert breaker.state() is BreakerState.CLOSED
    fail(breaker, 1)
    assert breaker.state() is BreakerState.OPEN


def test_after_the_pause_a_few_go_through_and_close_it() -> None:
    """All of them must succeed; what failed before no longer counts."""
    clock = Clock()
    breaker = broken(clock)
    clock.now += 29
    assert breaker.state() is BreakerState.OPEN
    assert not breaker.allow()
    clock.now += 1
    assert breaker.state() is BreakerState.HALF_OPEN
    assert [breaker.allow() for _ in range(4)] == [True, True, False, False]
    breaker.record(ok=True)
    assert not breaker.allow()
    breaker.record(ok=True)
    assert breaker.state() is BreakerState.CLOSED
    fail(breaker, 3)
    assert breaker.allow()


def test_a_probe_that_fails_opens_it_for_another_pause() -> None:
    """After which it takes all probes again."""
    clock = Clock()
    breaker = broken(clock)
    clock.now += 30
    assert breaker.allow()
    breaker.record(ok=True)
    fail(breaker, 1)
    assert breaker.state() is BreakerState.OPEN
    clock.now += 30
    assert [breaker.allow() for _ in range(3)] == [True, True, False]
    breaker.record(ok=True)
    assert breaker.state() is BreakerState.HALF_OPEN


def test_probes_that_nobody_reports_on_do_not_block_it_for_ever() -> None:
    """Those of tasks that were cancelled."""
    clock = Clock()
    breaker = broken(clock)
    clock.now += 30
    assert [breaker.allow() for _ in range(3)] == [True, True, False]
    clock.now += 30
    assert [breaker.allow() for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("ok", [True, False])
def test_what_was_sent_before_it_opened_changes_nothing(*, ok: bool) -> None:
    """Late successes do not close it, late failures do not prolong the pause."""
    clock = Clock()
    breaker = broken(clock)
    clock.now += 20
    for _ in range(5):
        breaker.record(ok=ok)
    assert breaker.state() is BreakerState.OPEN
    clock.now += 10
    assert breaker.state() is BreakerState.HALF_OPEN
