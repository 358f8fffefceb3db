"""A plan is tried or done step by step, and done means that the cluster shows it."""

import itertools
from collections.abc import Collection
from dataclasses import dataclass, field

from moderator.topics.carrying_out import Wish, carry_out
from moderator.topics.following import FoundTopic
from moderator.topics.granting import Rule
from moderator.topics.plan import Allowed
from moderator.topics.rights import Operation, Resource, Right
from moderator.topics.steps import CreateTopic, State, Step
from moderator.topics.wanted import DAY_MS, WantedTopic

VERDICTS = WantedTopic("verdicts", "moderation.verdicts", 12, 3, 30 * DAY_MS, 2, 1_048_588)
WISH = Wish([VERDICTS], [], Allowed())


@dataclass
class FakeCluster:
    """Shows what was created after so many looks more; refuses everything with `refusal`."""

    late_by: int = 0
    refusal: str | None = None
    tried: list[Step] = field(default_factory=list)
    done: list[Step] = field(default_factory=list)
    asked_for_rules: int = 0

    async def topics(self, names: Collection[str]) -> dict[str, FoundTopic | None]:
        shown: FoundTopic | None = None
        if self.done:
            self.late_by -= 1
            shown = FoundTopic(12, 3, VERDICTS.configs) if self.late_by < 0 else None
        return dict.fromkeys(names, shown)

    async def rules(self) -> list[Rule]:
        self.asked_for_rules += 1
        return []

    async def perform(self, step: Step, *, dry_run: bool) -> str | None:
        (self.tried if dry_run else self.done).append(step)
        return self.refusal


def still() -> float:
    """A clock that stands."""
    return 0.0


async def test_a_plan_is_only_tried() -> None:
    """The broker is asked whether it would, and nothing is done."""
    cluster = FakeCluster()
    (line,) = await carry_out(cluster, WISH, still, applied=False)
    assert line.state is State.TO_DO
    assert (cluster.tried, cluster.done) == ([CreateTopic(VERDICTS)], [])


async def test_done_is_what_shows() -> None:
    """A broker that hears of it late is asked again, so that the next plan finds nothing to do."""
    cluster = FakeCluster(late_by=2)
    (line,) = await carry_out(cluster, WISH, still, applied=True)
    assert (line.state, cluster.done) == (State.DONE, [CreateTopic(VERDICTS)])
    assert cluster.late_by < 0


async def test_what_never_shows_is_told() -> None:
    """In place of waiting for ever."""
    ticks = itertools.count(0.0, 6.0)
    lines = await carry_out(FakeCluster(late_by=1_000), WISH, lambda: next(ticks), applied=True)
    assert [line.state for line in lines] == [State.DONE, State.FAILED]
    assert lines[1].detail.startswith("not seen yet: create")


async def test_a_refusal_is_told_with_its_reason() -> None:
    """In a plan and when it is applied."""
    for applied in (False, True):
        (line,) = await carry_out(FakeCluster(refusal="too few brokers"), WISH, still, applied=applied)
        assert line.state is State.FAILED
        assert line.detail.endswith(": too few brokers")


async def test_rights_are_looked_at_only_where_they_were_asked_for() -> None:
    """Looking takes a right of its own."""
    cluster = FakeCluster()
    await carry_out(cluster, WISH, still, applied=False)
    assert cluster.asked_for_rules == 0
    right = Right("User:moderator", Operation.WRITE, Resource.TOPIC, VERDICTS.name)
    lines = await carry_out(cluster, Wish([VERDICTS], [right], Allowed()), still, applied=False)
    assert [line.name for line in lines] == [VERDICTS.name, "User:moderator"]
