"""Escalations are reviewed side by side, and none is committed before what follows from it is published."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.record import Partition, Publication, Record
from moderator.errors import ConfigError
from moderator.pipeline import reviewing
from moderator.pipeline.lag import Lag
from moderator.pipeline.lifecycle import Lifecycle
from moderator.pipeline.reviewing import Reviewing
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import TOPIC, ScriptedPublisher, ScriptedSource, record

DEADLINE_S = 20
MOMENT_S = 0.2  # one that does not wait has ended long before


class Desk:
    """Reviews by hand: a record is answered when a test says so."""

    def __init__(self) -> None:
        self.waiting: dict[int, asyncio.Future[None]] = {}
        self.asked: list[int] = []
        self.came = asyncio.Event()

    async def review(self, of: Record) -> Sequence[Publication]:
        """A decision, then a verdict."""
        self.asked.append(of.offset)
        self.waiting[of.offset] = asyncio.get_running_loop().create_future()
        self.came.set()
        await self.waiting[of.offset]
        name = b"%d" % of.offset
        return [Publication("decisions", name, b"decision"), Publication("verdicts", name, b"verdict")]

    async def until_asked(self, number: int) -> None:
        """So many reviews have begun."""
        while len(self.asked) < number:
            self.came.clear()
            await self.came.wait()


class Beside:
    """After the record of an offset in `due`, something else is published once a test says so."""

    def __init__(self) -> None:
        self.due: set[int] = set()
        self.begun = asyncio.Event()
        self.answered = asyncio.Event()

    async def aside(self, after: Record) -> Sequence[Publication]:
        """Nothing, most often."""
        if after.offset not in self.due:
            return ()
        self.begun.set()
        await self.answered.wait()
        return [Publication("decisions", b"aside", b"decision")]


class Others:
    """Other members: what they have published is known once a test says so."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.known = asyncio.Event()
        self.known.set()
        self.failure: Exception | None = None

    async def catch_up(self) -> None:
        """See the type."""
        self.asked.set()
        await self.known.wait()
        if self.failure:
            raise self.failure


class Running:
    """A reviewer with its fakes in reach."""

    def __init__(self, records: Sequence[Record], concurrency: int = 4, drain_timeout_s: float = DEADLINE_S) -> None:
        self.desk = Desk()
        self.source = ScriptedSource([[one] for one in records])
        self.publisher = ScriptedPublisher()
        self.stop = asyncio.Event()
        self.beside = Beside()
        self.others = Others()
        self.published: list[tuple[int, int]] = []
        self.bug: Exception | None = None
        metrics = Metrics(CollectorRegistry())
        reviewing = Reviewing(
            self.source,
            self.publisher,
            self.desk.review,
            Lifecycle(time.monotonic),
            Lag(self.source, metrics, time.monotonic, lambda: 0.0),
            metrics,
            concurrency=concurrency,
            drain_timeout_s=drain_timeout_s,
            catch_up=self.others.catch_up,
            published=self._told,
            aside=self.beside.aside,
        )
        self.ended = asyncio.ensure_future(reviewing.run_until(self.stop))

    def _told(self, of: Record, acknowledged: Sequence[Publication]) -> None:
        self.published.append((of.offset, len(acknowledged)))
        if self.bug:
            raise self.bug


@asynccontextmanager
async def running(
    records: Sequence[Record], concurrency: int = 4, drain_timeout_s: float = 20
) -> AsyncIterator[Running]:
    """Stopped at the end."""
    async with asyncio.timeout(DEADLINE_S):
        started = Running(records, concurrency, drain_timeout_s)
        try:
            yield started
        finally:
            started.stop.set()
            await asyncio.wait({started.ended})


async def test_a_slow_answer_holds_back_its_commit_but_no_other_review() -> None:
    """What came after it is asked, answered and published; the position waits."""
    async with running([record(0), record(1), record(2)]) as reviewer:
        await reviewer.desk.until_asked(3)
        reviewer.desk.waiting[1].set_result(None)
        await reviewer.source.until_committed(0)
        assert [p.value for p in reviewer.publisher.published] == [b"decision", b"verdict"]
        reviewer.desk.waiting[0].set_result(None)
        await reviewer.source.until_committed(2)
        reviewer.desk.waiting[2].set_result(None)
        await reviewer.source.until_committed(3)


async def test_what_is_acknowledged_is_told() -> None:
    """Not before, and nothing of what was asked aside."""
    async with running([record(0)]) as reviewer:
        reviewer.beside.due.add(0)
        reviewer.beside.answered.set()
        reviewer.publisher.gate.clear()
        await reviewer.desk.until_asked(1)
        reviewer.desk.waiting[0].set_result(None)
        await reviewer.publisher.waiting.wait()
        assert reviewer.published == []
        reviewer.publisher.gate.set()
        await reviewer.source.until_committed(1)
        await reviewer.publisher.until_published("decisions", 2)
        assert reviewer.published == [(0, 2)]


async def test_a_bug_in_what_is_told_keeps_nothing_uncommitted() -> None:
    """Or each new start would publish the same once more, and end."""
    async with running([record(0)]) as reviewer:
        reviewer.bug = RuntimeError()
        await reviewer.desk.until_asked(1)
        reviewer.desk.waiting[0].set_result(None)
        await asyncio.wait({reviewer.ended})
        assert reviewer.ended.exception() is reviewer.bug
        assert reviewer.source.commits


async def test_no_more_are_asked_at_a_time_than_the_endpoint_takes() -> None:
    """The group keeps the member while it waits."""
    async with running([record(number) for number in range(3)], concurrency=2) as reviewer:
        await reviewer.desk.until_asked(2)
        await reviewer.source.kept_alive.wait()
        assert reviewer.desk.asked == [0, 1]
        reviewer.desk.waiting[1].set_result(None)
        await reviewer.desk.until_asked(3)
        reviewer.desk.waiting[0].set_result(None)
        reviewer.desk.waiting[2].set_result(None)


async def test_a_place_that_gets_free_during_a_poll_is_taken_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though nothing else moves for long: what was answered cannot be published yet."""
    monkeypatch.setattr(reviewing, "KEEP_ALIVE_S", 2 * DEADLINE_S)
    async with running([record(0), record(1)], concurrency=1) as reviewer:
        reviewer.publisher.gate.clear()

        async def answered_meanwhile() -> None:
            await reviewer.desk.until_asked(1)
            if not reviewer.desk.waiting[0].done():
                reviewer.desk.waiting[0].set_result(None)
            await reviewer.publisher.waiting.wait()

        monkeypatch.setattr(reviewer.source, "keep_alive", answered_meanwhile)
        await reviewer.desk.until_asked(2)
        reviewer.publisher.gate.set()
        reviewer.desk.waiting[1].set_result(None)


async def test_a_stop_finishes_what_was_asked() -> None:
    """And commits it."""
    async with running([record(0)]) as reviewer:
        await reviewer.desk.until_asked(1)
        reviewer.stop.set()
        reviewer.desk.waiting[0].set_result(None)
        await reviewer.ended
        assert reviewer.source.commits[-1] == {(record(0).topic, 0): 1}
        assert reviewer.source.stopped


async def test_a_stop_waits_for_the_commit_that_is_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or what is published already comes again, and is published once more."""
    async with running([record(0)]) as reviewer:
        begun, answered = asyncio.Event(), asyncio.Event()
        commit = reviewer.source.commit

        async def slow(positions: Mapping[Partition, int]) -> bool:
            begun.set()
            await answered.wait()
            return await commit(positions)

        monkeypatch.setattr(reviewer.source, "commit", slow)
        await reviewer.desk.until_asked(1)
        reviewer.desk.waiting[0].set_result(None)
        await begun.wait()
        reviewer.stop.set()
        await asyncio.wait({reviewer.ended}, timeout=MOMENT_S)
        answered.set()
        await reviewer.ended
        assert reviewer.source.commits == [{Partition(TOPIC, 0): 1}]
        assert reviewer.published == [(0, 2)]


async def test_what_is_not_answered_in_time_stays_uncommitted() -> None:
    """It comes again after a new start."""
    async with running([record(0)], drain_timeout_s=0.01) as reviewer:
        await reviewer.desk.until_asked(1)
        reviewer.stop.set()
        await reviewer.ended
        assert reviewer.source.commits == []
        assert reviewer.publisher.published == []


async def test_partitions_that_are_given_up_are_forgotten() -> None:
    """What was in hand is drained first; what was not done is asked again by whoever owns them next."""
    async with running([record(0)], drain_timeout_s=0.01) as reviewer:
        await reviewer.desk.until_asked(1)
        await reviewer.source.on_revoked()
        assert reviewer.desk.waiting[0].cancelled()
        await reviewer.source.on_assigned()
        reviewer.source.add([record(0)])
        await reviewer.desk.until_asked(2)
        reviewer.desk.waiting[0].set_result(None)
        await reviewer.source.until_committed(1)


async def test_nothing_is_asked_before_it_is_known_what_others_were_answered() -> None:
    """Partitions come from a member who may have died between its decisions and its commit. The group keeps this one
    meanwhile, and partitions that go on to yet another are that one's to catch up with.
    """
    async with running([record(0)], drain_timeout_s=0.01) as reviewer:
        await reviewer.desk.until_asked(1)
        await reviewer.source.on_revoked()
        reviewer.others.asked.clear()
        reviewer.others.known.clear()
        reviewer.source.add([record(0)])
        await reviewer.source.on_assigned()
        await reviewer.others.asked.wait()
        reviewer.source.kept_alive.clear()
        await reviewer.source.kept_alive.wait()
        await reviewer.source.on_revoked()
        reviewer.others.known.set()
        reviewer.source.kept_alive.clear()
        await reviewer.source.kept_alive.wait()
        assert reviewer.desk.asked == [0]
        await reviewer.source.on_assigned()
        await reviewer.desk.until_asked(2)
        reviewer.desk.waiting[0].set_result(None)
        await reviewer.source.until_committed(1)


async def test_a_bug_in_catching_up_ends_it() -> None:
    """Or it would wait for ever, and look well."""
    async with running([record(0)]) as reviewer:
        reviewer.others.failure = RuntimeError("a bug")
        await reviewer.source.on_revoked()
        await reviewer.source.on_assigned()
        with pytest.raises(RuntimeError, match="a bug"):
            await reviewer.ended


async def test_a_bug_ends_it_uncommitted() -> None:
    """Loudly: whoever starts it again finds the record where it was."""
    async with running([record(0), record(1)]) as reviewer:
        await reviewer.desk.until_asked(2)
        reviewer.desk.waiting[0].set_exception(RuntimeError("a bug"))
        with pytest.raises(RuntimeError, match="a bug"):
            await reviewer.ended
        assert reviewer.source.commits == []


async def test_a_topic_that_takes_no_decision_is_named() -> None:
    """A decision that the broker refuses for its size is a matter of settings."""
    async with running([record(0)]) as reviewer:
        reviewer.publisher.refuse = lambda publication: publication.topic == "decisions"
        await reviewer.desk.until_asked(1)
        reviewer.desk.waiting[0].set_result(None)
        with pytest.raises(ConfigError, match=r"decisions.*max\.message\.bytes"):
            await reviewer.ended


async def test_no_record_waits_for_what_is_asked_aside() -> None:
    """Neither its commit nor those after it; what comes of it is published in its time, and commits nothing."""
    async with running([record(0), record(1)]) as reviewer:
        reviewer.beside.due = {0}
        await reviewer.desk.until_asked(2)
        for answer in reviewer.desk.waiting.values():
            answer.set_result(None)
        await reviewer.source.until_committed(2)
        assert not [p for p in reviewer.publisher.published if p.key == b"aside"]
        commits = list(reviewer.source.commits)
        reviewer.beside.answered.set()
        while not [p for p in reviewer.publisher.published if p.key == b"aside"]:
            reviewer.publisher.more.clear()
            await reviewer.publisher.more.wait()
    assert reviewer.source.commits == commits


async def test_what_is_asked_aside_counts_among_what_the_endpoint_takes() -> None:
    """Or its limit would be passed."""
    async with running([record(0), record(1)], concurrency=1) as reviewer:
        reviewer.beside.due = {0}
        await reviewer.desk.until_asked(1)
        reviewer.desk.waiting[0].set_result(None)
        await reviewer.source.until_committed(1)
        await reviewer.beside.begun.wait()
        await reviewer.source.kept_alive.wait()
        assert reviewer.desk.asked == [0]
        reviewer.beside.answered.set()
        await reviewer.desk.until_asked(2)
        reviewer.desk.waiting[1].set_result(None)


async def test_a_stop_waits_for_nothing_that_was_asked_aside() -> None:
    """Nobody needs it."""
    async with running([record(0)]) as reviewer:
        reviewer.beside.due = {0}
        await reviewer.desk.until_asked(1)
        reviewer.desk.waiting[0].set_result(None)
        await reviewer.beside.begun.wait()
        reviewer.stop.set()
        await reviewer.ended
        assert reviewer.source.commits[-1] == {(record(0).topic, 0): 1}
