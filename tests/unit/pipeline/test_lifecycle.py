"""What the probes are told: forward only, and a loop that stands still is found out."""

import pytest

from moderator.pipeline.lifecycle import LIVE_WITHIN_S, Lifecycle, State
from tests.unit.pipeline.fakes import Clock


@pytest.mark.parametrize(
    ("state", "started", "ready"),
    [
        (State.STARTING, False, False),
        (State.JOINING, True, False),
        (State.RUNNING, True, True),
        (State.DRAINING, True, False),
        (State.STOPPED, True, False),
    ],
)
def test_each_state_has_its_answers(state: State, *, started: bool, ready: bool) -> None:
    """Started once the model is ready; ready only between joining the group and draining."""
    lifecycle = Lifecycle(Clock())
    lifecycle.advance(state)
    assert (lifecycle.state, lifecycle.started, lifecycle.ready, lifecycle.live) == (state, started, ready, True)


@pytest.mark.parametrize("late", list(State)[:-1])
def test_a_late_step_back_is_ignored(late: State) -> None:
    """A start that completes during the stop must not make the program ready again."""
    lifecycle = Lifecycle(Clock())
    lifecycle.advance(State.STOPPED)
    lifecycle.advance(late)
    assert lifecycle.state is State.STOPPED


def test_the_ready_metric_follows() -> None:
    """Each step tells whether it is ready now."""
    told: list[bool] = []
    lifecycle = Lifecycle(Clock(), told.append)
    for state in (State.JOINING, State.RUNNING, State.DRAINING, State.RUNNING):
        lifecycle.advance(state)
    assert told == [False, True, False, False]


def test_a_running_loop_that_stands_still_is_dead() -> None:
    """And alive again when it turns."""
    clock = Clock()
    lifecycle = Lifecycle(clock)
    lifecycle.advance(State.RUNNING)
    seen = []
    for step in (LIVE_WITHIN_S - 0.001, 0.001):
        clock.now += step
        seen.append((lifecycle.live, lifecycle.ready))
    lifecycle.turned()
    assert [*seen, (lifecycle.live, lifecycle.ready)] == [(True, True), (False, True), (True, True)]


@pytest.mark.parametrize("state", [State.STARTING, State.JOINING, State.DRAINING, State.STOPPED])
def test_only_a_running_loop_must_turn(state: State) -> None:
    """A slow start and a long drain have limits of their own; a restart would cut them off."""
    clock = Clock()
    lifecycle = Lifecycle(clock)
    lifecycle.advance(state)
    clock.now += 10 * LIVE_WITHIN_S
    assert lifecycle.live


def test_a_step_that_hangs_is_death() -> None:
    """The loop turns on beside it."""
    lifecycle = Lifecycle(Clock())
    lifecycle.advance(State.RUNNING)
    lifecycle.hang()
    lifecycle.turned()
    assert not lifecycle.live


def test_a_lost_record_makes_unready() -> None:
    """For as long as the program runs, and not dead: a restart at once might only lose the next one."""
    told: list[bool] = []
    lifecycle = Lifecycle(Clock(), told.append)
    lifecycle.advance(State.RUNNING)
    lifecycle.lost_count()
    lifecycle.turned()
    assert (lifecycle.ready, lifecycle.accounted, lifecycle.live, told) == (False, False, True, [True, False])
