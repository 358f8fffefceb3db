"""What people decided leaves the store once, in its order, and again only if nobody knows whether it did."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from prometheus_client import CollectorRegistry

from moderator.console.outbox import Outbox
from moderator.console.store.outbox import Outgoing
from moderator.console.store_access import StoreAccess
from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Publication
from moderator.errors import BrokerUnavailable, ConfigError, StoreUnavailable
from moderator.pipeline.lifecycle import Lifecycle
from moderator.review.final import final_verdict
from moderator.review.publications import published_again
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import ScriptedPublisher
from tests.unit.review.reviewed import decision, escalation

DEADLINE_S = 20
AT = datetime(2026, 3, 1, tzinfo=UTC)
WAITS_SINCE = AT - timedelta(seconds=90)


def value(topic: str, number: int) -> bytes:
    """What is published there of the decision of that number: to allow what the model took for a threat."""
    made = decision(id=f"d{number}", outcome="allow", labels=[])
    published = made if topic == "decisions" else final_verdict(escalation(), made)
    assert published is not None
    return to_bytes(published)


class Shelf:
    """An outbox of decisions, each with its verdict, that can be out of reach."""

    def __init__(self, decided: int) -> None:
        self.left = [
            Outgoing(2 * number + step, Publication(topic, b"key", value(topic, number)), f"d{number}", WAITS_SINCE)
            for number in range(decided)
            for step, topic in enumerate(("decisions", "verdicts"))
        ]
        self.held_for: list[timedelta] = []
        self.marked: list[int] = []
        self.unmarkable = 0

    def pick(self, now: datetime, hold_for: timedelta, most: int) -> Sequence[Outgoing]:
        """What is left; nobody gets it a second time."""
        self.held_for.append(hold_for)
        picked, self.left = self.left[:most], self.left[most:]
        return picked

    def mark(self, numbers: Sequence[int], now: datetime) -> None:
        """Remember them, unless out of reach."""
        if self.unmarkable:
            self.unmarkable -= 1
            raise StoreUnavailable("the store does not answer")
        self.marked += numbers


class Running:
    """An outbox with its fakes in reach."""

    def __init__(self, decided: int, publisher: ScriptedPublisher) -> None:
        self.shelf, self.publisher = Shelf(decided), publisher
        self.stop = asyncio.Event()
        self.metrics = Metrics(CollectorRegistry())
        access = StoreAccess(Lifecycle(time.monotonic), self.metrics)
        outbox = Outbox(
            self.shelf.pick, self.shelf.mark, publisher, access, "decisions", self.metrics, lambda: AT, 30.0
        )
        self.ended = asyncio.ensure_future(outbox.run_until(self.stop))

    async def until_marked(self, count: int) -> None:
        """So many are marked as published."""
        while len(self.shelf.marked) < count:  # noqa: ASYNC110  it is asked in another thread
            await asyncio.sleep(0.01)


@asynccontextmanager
async def running(decided: int, publisher: ScriptedPublisher) -> AsyncIterator[Running]:
    """Stopped at the end."""
    async with asyncio.timeout(DEADLINE_S):
        started = Running(decided, publisher)
        try:
            yield started
        finally:
            started.stop.set()
            await asyncio.wait({started.ended})


async def test_no_verdict_goes_before_its_decision() -> None:
    """Both are marked when they are acknowledged; nobody else takes them while that may last."""
    async with running(2, ScriptedPublisher()) as console:
        await console.until_marked(4)
        values = [publication.value for publication in console.publisher.published]
        assert values == [value(topic, number) for topic in ("decisions", "verdicts") for number in (0, 1)]
        assert console.shelf.marked == [0, 2, 1, 3]
        assert console.shelf.held_for[0] > timedelta(seconds=2 * 30)


async def test_what_is_not_acknowledged_is_not_marked() -> None:
    """It ends, and the next start picks it again."""
    publisher = ScriptedPublisher()
    publisher.error = BrokerUnavailable("away")
    async with running(1, publisher) as console:
        await asyncio.wait({console.ended})
        assert isinstance(console.ended.exception(), BrokerUnavailable)
        assert console.shelf.marked == []
        assert publisher.stopped


async def test_what_is_published_is_marked_however_long_the_store_is_away() -> None:
    """Not published once more for that."""
    async with running(1, ScriptedPublisher()) as console:
        console.shelf.unmarkable = 2
        await console.until_marked(2)
        assert len(console.publisher.published) == 2


async def test_a_topic_too_narrow_for_a_decision_is_named() -> None:
    """It stays in the store until an operator has widened it."""
    async with running(1, ScriptedPublisher(lambda publication: publication.topic == "verdicts")) as console:
        await asyncio.wait({console.ended})
        error = console.ended.exception()
        assert isinstance(error, ConfigError)
        assert "verdicts" in str(error)
        assert console.shelf.marked == [0]


async def test_more_than_fits_in_one_round_goes_in_several() -> None:
    """In the order of the outbox."""
    async with running(130, ScriptedPublisher()) as console:
        await console.until_marked(260)
        values = [one.value for one in console.publisher.on("verdicts")]
        assert values == [value("verdicts", number) for number in range(130)]


async def test_what_people_decided_is_counted_once_it_is_published() -> None:
    """By what the model had said, and whether it is contradicted, and how long the escalation has waited. A verdict
    that goes once more, in the place of another, is no second decision.
    """
    publisher = ScriptedPublisher()
    publisher.gate.clear()
    async with running(1, publisher) as console:
        first = console.shelf.left[1]
        again = published_again(first.publication, "another")
        console.shelf.left.append(Outgoing(2, again, first.decision_id, None))
        await publisher.waiting.wait()
        sample = console.metrics.registry.get_sample_value
        assert sample("moderator_review_turnaround_seconds_count", {"source": "human"}) is None
        publisher.gate.set()
        await console.until_marked(3)
        console.stop.set()
        await console.ended
        assert sample("moderator_review_turnaround_seconds_count", {"source": "human"}) == 1
        assert sample("moderator_review_turnaround_seconds_sum", {"source": "human"}) == 90.0
        assert sample("moderator_review_overturns_total", {"source": "human"}) == 1
        labels = {"label": "threat", "outcome": "allow", "source": "human"}
        assert sample("moderator_verdicts_total", labels) == 2


async def test_what_cannot_be_counted_is_not_published_again() -> None:
    """A bug in a metric ends the program once, and not after every start, each time with one more copy."""
    async with running(1, ScriptedPublisher()) as console:
        console.shelf.left[1] = replace(console.shelf.left[1], publication=Publication("verdicts", b"key", b"none"))
        await asyncio.wait({console.ended})
        assert isinstance(console.ended.exception(), ValueError)
        assert console.shelf.marked == [0, 1]
