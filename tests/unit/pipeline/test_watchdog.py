"""A pipeline that hangs is found by what it does not finish, whoever goes on polling."""

import threading

import pytest

from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.progress import Activity, Progress
from moderator.pipeline.watchdog import Watchdog, stacks
from tests.unit.pipeline.fakes import Clock

LIMIT_S = 10.0
LIMITS = {Activity.MODERATE: LIMIT_S, Activity.PUBLISH: 3 * LIMIT_S, Activity.COMMIT: LIMIT_S}
DEADLINE_S = 20.0


class Pipeline:
    """A running pipeline on a clock of its own; its loop turns whenever the clock moves."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.lifecycle = Lifecycle(self.clock)
        self.progress = Progress(self.clock)
        self.lifecycle.advance(State.RUNNING)
        self.watchdog = Watchdog(self.lifecycle, self.progress, LIMITS, LIMIT_S, lambda: None)

    def passes(self, seconds: float) -> tuple[str, float] | None:
        """So much time goes by, with polls; what hangs then."""
        self.clock.now += seconds
        self.lifecycle.turned()
        return self.watchdog.hung()


@pytest.fixture
def pipeline() -> Pipeline:
    """One that has something to do."""
    running = Pipeline()
    running.progress.in_flight(any_records=True)
    return running


@pytest.mark.parametrize(("activity", "limit_s"), LIMITS.items())
def test_a_step_that_takes_too_long_hangs(pipeline: Pipeline, activity: Activity, limit_s: float) -> None:
    """Though the loop turns all the while."""
    with pipeline.progress.doing(activity):
        assert pipeline.passes(limit_s) is None
        assert pipeline.passes(1.0) == (activity.value, limit_s)
    assert pipeline.passes(0.0) is None


def test_a_quick_step_hides_no_slow_one_of_its_kind(pipeline: Pipeline) -> None:
    """Two batches are moderated side by side."""
    with pipeline.progress.doing(Activity.MODERATE):
        assert pipeline.passes(LIMIT_S) is None
        with pipeline.progress.doing(Activity.MODERATE):
            assert pipeline.passes(1.0) == ("moderate", LIMIT_S)


def test_work_that_nobody_is_at_hangs(pipeline: Pipeline) -> None:
    """A worker that died in silence leaves records in flight and no step under way."""
    assert pipeline.passes(LIMIT_S) is None
    assert pipeline.passes(1.0) == ("pipeline", LIMIT_S)


def test_rest_is_no_hang(pipeline: Pipeline) -> None:
    """Without messages nothing moves; the first one after a long rest has its full time."""
    pipeline.progress.in_flight(any_records=False)
    assert pipeline.passes(100 * LIMIT_S) is None
    pipeline.progress.in_flight(any_records=True)
    assert pipeline.passes(LIMIT_S) is None


def test_a_loop_that_stands_still_hangs(pipeline: Pipeline) -> None:
    """It could not even answer a probe."""
    pipeline.progress.in_flight(any_records=False)
    pipeline.clock.now += LIMIT_S + 1
    assert pipeline.watchdog.hung() == ("event loop", LIMIT_S)


@pytest.mark.parametrize("state", [State.DRAINING, State.STOPPED])
def test_a_stop_has_limits_of_its_own(pipeline: Pipeline, state: State) -> None:
    """The drain timeout ends it."""
    pipeline.lifecycle.advance(state)
    with pipeline.progress.doing(Activity.PUBLISH):
        assert pipeline.passes(100 * LIMIT_S) is None


def test_the_program_is_ended_once_the_probes_have_said_so(swallowed_errors: list[str]) -> None:
    """The log tells what hangs and where every thread is, as files and functions; then `end` is called."""
    pipeline, ended, alive = Pipeline(), threading.Event(), list[bool]()

    def end() -> None:
        alive.append(pipeline.lifecycle.live)
        ended.set()

    pipeline.progress.in_flight(any_records=True)
    pipeline.clock.now += LIMIT_S + 1
    pipeline.lifecycle.turned()
    with Watchdog(pipeline.lifecycle, pipeline.progress, LIMITS, LIMIT_S, end, 0.001, 0.001):
        assert ended.wait(DEADLINE_S)
    assert alive == [False]
    (error,) = swallowed_errors
    assert "'stage': 'pipeline'" in error
    swallowed_errors.clear()


def test_stacks_name_places_and_no_values() -> None:
    """A value may be what a user wrote."""
    text = "what a user wrote"
    found = stacks()["MainThread"]
    assert any(place.endswith("test_stacks_name_places_and_no_values") for place in found)
    assert not any(text in place for place in found)
