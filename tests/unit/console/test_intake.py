"""Nothing is committed that the store has not kept, and nothing is kept that the group has lost for good."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from prometheus_client import CollectorRegistry

from moderator.console import intake as module
from moderator.console.arriving import said
from moderator.console.intake import DeadLetters, Intake, require_whole
from moderator.console.store.intake import Arrival, Position
from moderator.console.store_access import StoreAccess
from moderator.contracts.record import Partition, Record
from moderator.contracts.review import Decision
from moderator.errors import BrokerUnavailable, ConfigError, StoreUnavailable
from moderator.pipeline.lag import INTERVAL_S, Lag
from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.ports import Backlog
from moderator.telemetry.metrics import Metrics
from tests.unit.console.arrived import of_decision
from tests.unit.pipeline.fakes import TOPIC, ScriptedPublisher, ScriptedSource

DEADLINE_S = 20
AT = datetime(2026, 3, 1, tzinfo=UTC)


class Shelf:
    """A store that is away when a test says so."""

    def __init__(self) -> None:
        self.away = False
        self.refused = 0
        self.said: list[str] = []
        self.positions: dict[Partition, int] = {}
        self.error: Exception | None = None

    def take(self, arrivals: Iterable[Arrival], said: Iterable[Decision], consumed: Iterable[Position]) -> None:
        """All of it or, when it is away, none."""
        if self.error:
            raise self.error
        if self.away:
            self.refused += 1
            raise StoreUnavailable("the store does not answer: 57P01")
        self.said += [decision.id for decision in said]
        self.positions |= dict(consumed)


class Running:
    """An intake of decisions with its fakes in reach."""

    def __init__(self, batches: Sequence[Sequence[Record]], drain_timeout_s: float) -> None:
        self.shelf = Shelf()
        self._now_s = 0.0
        self.source = ScriptedSource(batches)
        self.publisher = ScriptedPublisher()
        self.stop = asyncio.Event()
        self.metrics = Metrics(CollectorRegistry())
        self.lifecycle = Lifecycle(time.monotonic)
        self.intake = Intake(
            self.source,
            self.publisher,
            said,
            self.shelf.take,
            StoreAccess(self.lifecycle, self.metrics),
            DeadLetters("dead-letters", "console", lambda: AT),
            self.metrics,
            self.lifecycle,
            Lag(self.source, self.metrics, self._later, lambda: 1000 * self._now_s),
            drain_timeout_s,
        )
        self.lifecycle.advance(State.RUNNING)
        self.ended = asyncio.ensure_future(self.intake.run_until(self.stop))

    def _later(self) -> float:
        """Whenever the lag's clock is looked at it is time to tell it."""
        self._now_s += INTERVAL_S
        return self._now_s

    def waiting(self) -> float | None:
        """Records, as the metric has them."""
        labels = {"topic": TOPIC, "partition": "0"}
        return self.metrics.registry.get_sample_value("moderator_consumer_lag_records", labels)

    async def until_refused(self, times: int) -> None:
        """The store has been asked so often in vain."""
        while self.shelf.refused < times:  # noqa: ASYNC110  it is asked in another thread
            await asyncio.sleep(0.01)

    def ready(self) -> bool:
        """What the probe says."""
        return self.lifecycle.ready


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """It polls, and asks the store, more often than in service."""
    monkeypatch.setattr(module, "KEEP_ALIVE_S", 0.01)


@asynccontextmanager
async def running(batches: Sequence[Sequence[Record]], drain_timeout_s: float = DEADLINE_S) -> AsyncIterator[Running]:
    """Stopped at the end."""
    async with asyncio.timeout(DEADLINE_S):
        started = Running(batches, drain_timeout_s)
        try:
            yield started
        finally:
            started.stop.set()
            await asyncio.wait({started.ended})


async def test_what_is_kept_is_committed() -> None:
    """With the store's own position, the same."""
    async with running([[of_decision(0), of_decision(1)], [of_decision(2)]]) as console:
        await console.source.until_committed(3)
        assert console.shelf.said == ["llm-0", "llm-1", "llm-2"]
        assert console.shelf.positions == {Partition(TOPIC, 0): 3}
        assert console.intake.joined.is_set()


async def test_a_store_that_is_away_is_waited_for() -> None:
    """Unready, nothing committed, in the group all the same; it goes on when the store is back."""
    async with running([]) as console:
        await console.source.exhausted.wait()
        console.shelf.away = True
        console.source.add([of_decision(0)])
        await console.until_refused(2)
        await console.source.kept_alive.wait()
        assert not console.ready()
        assert console.lifecycle.live
        assert console.source.commits == []
        console.shelf.away = False
        await console.source.until_committed(1)
        assert console.ready()
        assert console.shelf.said == ["llm-0"]


async def test_what_waits_is_told_while_the_store_is_away_too() -> None:
    """Else an intake that takes nothing would look like one that has nothing to take."""
    async with running([]) as console:
        await console.source.exhausted.wait()
        console.shelf.away = True
        console.source.add([of_decision(0)])
        await console.until_refused(1)
        console.source.backlogs = {Partition(TOPIC, 0): Backlog(7, 0)}
        while console.waiting() != 7:  # noqa: ASYNC110  a figure has no event
            await asyncio.sleep(0.01)
        console.shelf.away = False


async def test_a_stop_while_the_store_is_away_leaves_the_rest_to_the_next_start() -> None:
    """Uncommitted."""
    async with running([], drain_timeout_s=0.01) as console:
        console.shelf.away = True
        console.source.add([of_decision(0)])
        await console.until_refused(1)
        console.stop.set()
        await console.ended
        assert console.source.commits == []
        assert console.source.stopped
        assert console.publisher.stopped


async def test_partitions_that_are_given_up_while_the_store_is_away_come_again() -> None:
    """To whoever owns them next: here it is the same member."""
    async with running([], drain_timeout_s=0.01) as console:
        console.shelf.away = True
        console.source.add([of_decision(0)])
        await console.until_refused(1)
        await console.source.on_revoked()
        console.shelf.away = False
        await console.source.on_assigned()
        console.source.add([of_decision(0)])
        await console.source.until_committed(1)
        assert console.shelf.said == ["llm-0"]
        assert len(console.source.commits) == 1


async def test_what_is_no_decision_is_a_dead_letter_and_its_neighbours_go_on() -> None:
    """Its bytes as they came; committed with the rest once the broker has it."""
    broken = replace(of_decision(1), value=b"no JSON")
    async with running([]) as console:
        console.publisher.gate.clear()
        console.source.add([of_decision(0), broken, of_decision(2)])
        await console.publisher.waiting.wait()
        assert console.shelf.said == []
        console.publisher.gate.set()
        await console.source.until_committed(3)
        assert console.shelf.said == ["llm-0", "llm-2"]
        (letter,) = console.publisher.on("dead-letters")
        assert (letter.key, letter.value) == (broken.key, broken.value)
        headers = dict(letter.headers)
        assert headers["moderator.error.code"] == b"invalid_json"
        assert headers["moderator.error.consumer_group"] == b"console"
        assert headers["__connect.errors.offset"] == b"1"


@pytest.mark.parametrize("error", [ValueError("a bug"), ConfigError(["no right"])])
async def test_another_error_ends_it_uncommitted(error: Exception) -> None:
    """Loudly: whoever starts it again finds the records where they were."""
    async with running([]) as console:
        console.shelf.error = error
        console.source.add([of_decision(0)])
        await asyncio.wait({console.ended})
        assert console.ended.exception() is error
        assert console.source.commits == []
        assert console.source.stopped


async def test_a_dead_letter_that_cannot_be_published_is_not_passed_over() -> None:
    """Neither kept nor committed."""
    async with running([]) as console:
        console.publisher.error = BrokerUnavailable("away")
        console.source.add([of_decision(0), replace(of_decision(1), value=b"no JSON")])
        await asyncio.wait({console.ended})
        assert isinstance(console.ended.exception(), BrokerUnavailable)
        assert (console.shelf.said, console.source.commits) == ([], [])


def test_a_store_that_lacks_what_the_group_has_read_is_refused() -> None:
    """An old copy, or an empty one: else its messages would wait for nobody."""
    first, second = Partition("escalations", 0), Partition("escalations", 1)
    require_whole({first: 7, second: 3}, {first: 5}, "console")
    require_whole({}, {}, "console")
    with pytest.raises(ConfigError, match="escalations 1"):
        require_whole({first: 7}, {first: 7, second: 1}, "console")
    with pytest.raises(ConfigError, match="escalations 0"):
        require_whole({first: 4}, {first: 5}, "console")
