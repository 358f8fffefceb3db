"""How far a member is behind: what waits in each of its partitions, and no word of others'."""

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.record import Partition
from moderator.pipeline.lag import INTERVAL_S, Lag
from moderator.pipeline.ports import Backlog
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import TOPIC, Clock, ScriptedSource

FIRST, SECOND = Partition(TOPIC, 0), Partition(TOPIC, 1)


class Watched:
    """A member whose backlogs a test sets; the clocks go together."""

    def __init__(self) -> None:
        self.source = ScriptedSource([])
        self.clock = Clock()
        self._metrics = Metrics(CollectorRegistry())
        self._lag = Lag(self.source, self._metrics, self.clock, lambda: self.clock.now * 1000)

    def later(self, seconds: float, backlogs: dict[Partition, Backlog]) -> None:
        """So much later this is what waits."""
        self.clock.now += seconds
        self.source.backlogs = backlogs
        self._lag.tell()

    def told(self, partition: Partition) -> tuple[float | None, float | None]:
        """Records and seconds."""
        labels = {"topic": partition.topic, "partition": str(partition.number)}
        values = self._metrics.registry.get_sample_value
        return values("moderator_consumer_lag_records", labels), values("moderator_consumer_lag_seconds", labels)


@pytest.fixture
def watched() -> Watched:
    """At 1,000 seconds."""
    return Watched()


def test_what_waits_is_told_of_each_partition(watched: Watched) -> None:
    """Records by the broker's word; as old as the last one that was fetched, at the most."""
    watched.later(0, {FIRST: Backlog(7, 990_000), SECOND: Backlog(0, 400_000)})
    assert watched.told(FIRST) == (7, 10.0)
    assert watched.told(SECOND) == (0, 0.0)


def test_nobody_knows_how_long_something_waits_before_anything_was_fetched(watched: Watched) -> None:
    """Rather no figure than a wrong one."""
    watched.later(0, {FIRST: Backlog(7, None)})
    assert watched.told(FIRST) == (7, None)


def test_after_a_quiet_hour_a_new_record_is_not_an_hour_late(watched: Watched) -> None:
    """It came after the last look that found nothing."""
    watched.later(0, {FIRST: Backlog(0, 990_000)})
    watched.later(3600, {FIRST: Backlog(0, 990_000)})
    watched.later(3, {FIRST: Backlog(1, 990_000)})
    assert watched.told(FIRST) == (1, 3.0)


def test_a_partition_that_stands_still_gets_older(watched: Watched) -> None:
    """Nothing is fetched, and the alarm must go off all the same."""
    watched.later(0, {FIRST: Backlog(5, 990_000)})
    watched.later(60, {FIRST: Backlog(5, 990_000)})
    assert watched.told(FIRST) == (5, 70.0)


def test_a_partition_of_another_member_is_no_longer_told(watched: Watched) -> None:
    """Its last figure would stay for ever, and be summed with its owner's."""
    watched.later(0, {FIRST: Backlog(5, 990_000), SECOND: Backlog(1, None)})
    watched.later(INTERVAL_S, {FIRST: Backlog(4, 995_000)})
    assert watched.told(FIRST) == (4, INTERVAL_S + 5)
    assert watched.told(SECOND) == (None, None)


def test_a_partition_that_comes_back_is_not_as_late_as_its_absence_was_long(watched: Watched) -> None:
    """What others have read meanwhile did not wait."""
    watched.later(0, {FIRST: Backlog(0, 990_000)})
    watched.later(INTERVAL_S, {})
    watched.later(3600, {FIRST: Backlog(5, None)})
    assert watched.told(FIRST) == (5, None)


def test_a_record_from_the_future_is_not_late(watched: Watched) -> None:
    """Producers' clocks are their own: no lag is below nothing."""
    watched.later(0, {FIRST: Backlog(5, 1_060_000)})
    assert watched.told(FIRST) == (5, 0.0)


def test_it_looks_every_few_seconds_only(watched: Watched) -> None:
    """It is asked at every turn of the loop."""
    watched.later(0, {FIRST: Backlog(5, 990_000)})
    watched.later(INTERVAL_S / 2, {FIRST: Backlog(9, 990_000)})
    assert watched.told(FIRST) == (5, 10.0)
