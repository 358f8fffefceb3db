"""The flow's promises: an answer for every record, and no offset committed past an unanswered one."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.record import Partition, Publication, Record
from moderator.errors import BrokerUnavailable, ConfigError
from moderator.pipeline.account import Account
from moderator.pipeline.agent import Agent
from moderator.pipeline.batch import BATCH_BYTES, Answer
from moderator.pipeline.brake import Brake, BrakeLimits
from moderator.pipeline.flow import DEPTH, Flow
from moderator.pipeline.lag import Lag
from moderator.pipeline.lifecycle import Lifecycle, State
from moderator.pipeline.moderation import Moderation
from moderator.pipeline.ports import nothing
from moderator.pipeline.progress import Activity, Progress
from moderator.pipeline.times import Times
from moderator.telemetry.metrics import Metrics
from moderator.telemetry.tracing import UNTRACED, UNTRACING, Traced, Tracing
from tests.unit.pipeline.fakes import (
    TOPIC,
    FakeClassifier,
    ScriptedPublisher,
    ScriptedSource,
    answers,
    decoder,
    record,
)

DEADLINE_S = 20
WALL_CLOCK_MS = 900_000.0  # records are stamped 1,000


class Running:
    """A flow under Faust, with its fakes in reach."""

    def __init__(
        self,
        batches: Sequence[Sequence[Record]],
        classifier: FakeClassifier | None = None,
        publisher: ScriptedPublisher | None = None,
        *,
        owned: Sequence[int] = (0,),
        drain_timeout_s: float = DEADLINE_S,
        moderation: type[Moderation] = Moderation,
        audit_part: float = 0.0,
        tracing: Tracing = UNTRACING,
        on_answered: Callable[[Sequence[Answer]], object] = lambda _answers: None,
    ) -> None:
        self.metrics = Metrics(CollectorRegistry())
        self.source = ScriptedSource(batches, owned)
        self.publisher = publisher or ScriptedPublisher()
        self.classifier = classifier or FakeClassifier()
        self.lifecycle = Lifecycle(time.monotonic)
        self.progress = Progress(time.monotonic)
        self.resume = asyncio.Event()
        builder = answers(audit_part)
        moderating = moderation(decoder(), self.classifier, builder, self.metrics, time.monotonic)
        self.agent = Agent(moderating, self.progress)
        account = Account(self.metrics, time.monotonic, lambda: WALL_CLOCK_MS)
        flow = Flow(
            self.source,
            self.publisher,
            self.agent,
            builder,
            account,
            self.lifecycle,
            self.progress,
            Brake(BrakeLimits(60, 0.5, 4, None), time.monotonic),
            self.resume,
            Lag(self.source, self.metrics, time.monotonic, lambda: WALL_CLOCK_MS),
            self.metrics,
            time.monotonic,
            max_records=100,
            drain_timeout_s=drain_timeout_s,
            on_answered=on_answered,
            tracing=tracing,
        )
        self.agent.supervise(flow)
        self.stop = asyncio.Event()
        self.ended = asyncio.ensure_future(self.agent.run_until(self.stop))

    def sample(self, name: str, **labels: str) -> float:
        """The value of a metric."""
        return self.metrics.registry.get_sample_value(name, labels) or 0.0


@asynccontextmanager
async def running(
    batches: Sequence[Sequence[Record]],
    classifier: FakeClassifier | None = None,
    publisher: ScriptedPublisher | None = None,
    *,
    owned: Sequence[int] = (0,),
    drain_timeout_s: float = DEADLINE_S,
    moderation: type[Moderation] = Moderation,
    audit_part: float = 0.0,
    tracing: Tracing = UNTRACING,
    on_answered: Callable[[Sequence[Answer]], object] = lambda _answers: None,
) -> AsyncIterator[Running]:
    """A flow that is stopped at the end; a crash of it is the test's failure unless the test awaits `ended` itself."""
    flow = Running(
        batches,
        classifier,
        publisher,
        owned=owned,
        drain_timeout_s=drain_timeout_s,
        moderation=moderation,
        audit_part=audit_part,
        tracing=tracing,
        on_answered=on_answered,
    )
    try:
        async with asyncio.timeout(DEADLINE_S):
            yield flow
    finally:
        flow.classifier.gate.set()
        flow.publisher.gate.set()
        was_over = flow.ended.done()
        flow.stop.set()
        if not was_over:
            await asyncio.wait_for(flow.ended, DEADLINE_S)


def ids(publications: Sequence[Publication]) -> list[str]:
    """Keys, which are the message ids here."""
    return [(publication.key or b"").decode() for publication in publications]


async def test_every_record_is_answered_and_committed() -> None:
    """Verdicts come in the order of the records, and the commit is the next offset to read."""
    async with running([[record(0), record(1)], [record(2)]]) as flow:
        await flow.source.until_committed(3)
        assert ids(flow.publisher.on("verdicts")) == ["m0-0", "m0-1", "m0-2"]
        assert flow.sample("moderator_records_total") == 3
        assert flow.sample("moderator_messages_total", outcome="allow") == 3
        assert flow.sample("moderator_in_flight_records") == 0


async def test_answers_are_shown_once_they_are_committed() -> None:
    """Whoever looks on, a shadow say, comes after what is promised."""
    shown: list[tuple[int, int]] = []

    def look(answered: Sequence[Answer]) -> None:
        shown.append((len(answered), len(flow.source.commits)))

    async with running([[record(0), record(1)], [record(2)]], on_answered=look) as flow:
        await flow.source.until_committed(3)
    assert shown == [(2, 1), (1, 2)]


async def test_a_step_that_hangs_shows_in_the_progress() -> None:
    """Which one, and for as long as it hangs."""
    classifier, publisher = FakeClassifier(), ScriptedPublisher()
    classifier.gate.clear()
    publisher.gate.clear()
    async with running([[record(0)]], classifier, publisher) as flow:
        await asyncio.to_thread(classifier.entered.wait)
        assert set(flow.progress.ages()) == {Activity.MODERATE}
        classifier.gate.set()
        await publisher.waiting.wait()
        assert set(flow.progress.ages()) == {Activity.PUBLISH}
        publisher.gate.set()
        await flow.source.until_committed(1)
        assert flow.progress.standing_still() == 0.0


async def test_too_many_dead_letters_stop_fetching_until_told_to_go_on(swallowed_errors: list[str]) -> None:
    """Not ready, alarmed; what was fetched is answered, the rest waits and comes when fetching goes on."""
    poison = [record(offset, value=b"no JSON") for offset in range(4)]
    async with running([poison]) as flow:
        await flow.source.until_committed(4)
        await flow.source.kept_alive.wait()
        flow.source.add([record(4)])
        braked, ready = [flow.sample("moderator_dead_letter_brake")], [flow.lifecycle.ready]
        assert flow.publisher.on("verdicts") == []
        flow.resume.set()  # the next turn sees it
        await flow.source.until_committed(5)
        assert [*braked, flow.sample("moderator_dead_letter_brake")] == [1, 0]
        assert [*ready, flow.lifecycle.ready] == [False, True]
    (error,) = swallowed_errors
    assert "too many dead letters" in error
    swallowed_errors.clear()


class _Forgetful(Moderation):
    """A bug: the answer to the second record of the topic is lost."""

    def moderate(
        self,
        records: Sequence[Record],
        times: Times,
        *,
        bisect: bool = False,
        attempts: int = 1,
        span: Traced = UNTRACED,
        nearly_done: Callable[[], object] = nothing,
    ) -> list[Answer]:
        found = super().moderate(records, times, bisect=bisect, attempts=attempts, span=span, nearly_done=nearly_done)
        return [answer for answer in found if answer.record.offset != 1]


async def test_a_bug_that_loses_a_record_is_seen_and_nothing_is_committed_over_it(swallowed_errors: list[str]) -> None:
    """Not ready any more, an alarm in the metrics; a new start fetches the record again."""
    async with running([[record(0)], [record(1), record(2)], [record(3)]], moderation=_Forgetful) as flow:
        await flow.source.exhausted.wait()
        await flow.publisher.until_published("verdicts", 3)
        assert flow.sample("moderator_unaccounted_records") == 1
        assert not flow.lifecycle.ready
        assert [positions[Partition(TOPIC, 0)] for positions in flow.source.commits] == [1]
    assert [positions[Partition(TOPIC, 0)] for positions in flow.source.commits] == [1]
    (error,) = swallowed_errors
    assert "unaccounted" in error
    swallowed_errors.clear()


async def test_nothing_is_committed_before_it_is_acknowledged() -> None:
    """A crash between fetch and acknowledgement must find the offset where it was."""
    publisher = ScriptedPublisher()
    publisher.gate.clear()
    async with running([[record(0)]], publisher=publisher) as flow:
        await publisher.waiting.wait()
        await flow.source.exhausted.wait()
        assert flow.source.commits == []
        publisher.gate.set()
        await flow.source.until_committed(1)


async def test_batches_are_committed_in_order_though_a_later_one_is_done_first() -> None:
    """Two batches run at once; committing the later one first would skip the earlier one after a crash."""
    first_refused = True

    def refuse(text: str) -> bool:
        nonlocal first_refused
        if text == "slow" and first_refused:
            first_refused = False
            return True
        return False

    async with running([[record(0, "slow")], [record(1, "quick")]], FakeClassifier(refuse)) as flow:
        await flow.source.until_committed(2)
        assert [positions[Partition(TOPIC, 0)] for positions in flow.source.commits] == [1, 2]
        assert ids(flow.publisher.on("verdicts")) == ["m0-0", "m0-1"]


async def test_a_passing_failure_of_the_model_is_retried() -> None:
    """A batch that fails once gets its verdicts at the second attempt; nobody is dead-lettered."""
    failures = iter([True])
    async with running([[record(0), record(1)]], FakeClassifier(lambda _text: next(failures, False))) as flow:
        await flow.source.until_committed(2)
        assert ids(flow.publisher.on("verdicts")) == ["m0-0", "m0-1"]
        assert flow.publisher.on("dead-letters") == []
        assert flow.sample("moderator_retries_total", stage="infer") == 1


async def test_a_record_that_breaks_the_model_harms_no_neighbour() -> None:
    """Only the guilty record becomes a dead letter, with its value untouched and no word of the exception."""
    batch = [record(offset, "poison" if offset == 3 else "fine") for offset in range(8)]
    async with running([batch], FakeClassifier(lambda text: text == "poison")) as flow:
        await flow.source.until_committed(8)
        (letter,) = flow.publisher.on("dead-letters")
        assert letter.value == batch[3].value
        headers = dict(letter.headers)
        assert headers["moderator.error.code"] == b"inference_failed"
        assert headers["__connect.errors.offset"] == b"3"
        assert not any(b"quoting" in (value or b"") for value in headers.values())
        assert len(flow.publisher.on("verdicts")) == 7
        assert flow.sample("moderator_dead_letters_total", code="inference_failed") == 1


async def test_a_model_that_fails_on_everything_stops_the_agent_uncommitted() -> None:
    """A broken model must not turn every message into a dead letter."""
    async with running([[record(0), record(1)]], FakeClassifier(lambda _text: True)) as flow:
        with pytest.raises(RuntimeError):
            await flow.ended
        assert flow.publisher.published == []
        assert flow.source.commits == []
        assert flow.source.stopped


async def test_an_undecodable_record_harms_no_neighbour() -> None:
    """Decoding comes before batching: the neighbours get verdicts in the same batch, without a retry."""
    batch = [record(0), record(1, value=b"\xff\xfe"), record(2)]
    async with running([batch]) as flow:
        await flow.source.until_committed(3)
        assert ids(flow.publisher.on("verdicts")) == ["m0-0", "m0-2"]
        (letter,) = flow.publisher.on("dead-letters")
        assert letter.value == b"\xff\xfe"
        assert dict(letter.headers)["moderator.error.code"] == b"invalid_encoding"
        assert flow.classifier.calls == [2]


async def test_an_uncertain_message_goes_to_review_before_its_verdict() -> None:
    """Escalation and verdict both exist before the commit; both carry the same id."""
    async with running([[record(0, "score 0.7"), record(1, "score 0.95")]]) as flow:
        await flow.source.until_committed(2)
        assert [publication.topic for publication in flow.publisher.published] == [
            "escalations",
            "verdicts",
            "verdicts",
        ]
        escalation, uncertain, blocked = flow.publisher.published
        assert b'"outcome":"escalate"' in (uncertain.value or b"")
        assert b'"outcome":"block"' in (blocked.value or b"")
        assert dict(escalation.headers)["ce_id"] == dict(uncertain.headers)["ce_id"]


async def test_an_audit_sample_goes_to_review_before_its_verdict_which_stays_as_it_is() -> None:
    """Escalations are acknowledged first, all are counted by why they were made, and nothing says escalate that was
    sure.
    """
    records = [record(0), record(1, "score 0.95"), record(2, "score 0.7")]
    async with running([records], audit_part=1.0) as flow:
        await flow.source.until_committed(3)
        assert [p.topic for p in flow.publisher.published] == ["escalations"] * 3 + ["verdicts"] * 3
        escalated, decided = flow.publisher.on("escalations"), flow.publisher.on("verdicts")
        assert [dict(p.headers)["ce_id"] for p in escalated] == [dict(p.headers)["ce_id"] for p in decided]
        outcomes = [json.loads(p.value or b"")["outcome"] for p in decided]
        assert outcomes == ["allow", "block", "escalate"]
        assert flow.sample("moderator_escalations_total", reason="audit_sample") == 2
        assert flow.sample("moderator_escalations_total", reason="escalate_threshold") == 1
        assert flow.sample("moderator_messages_total", outcome="escalate") == 1
        assert flow.sample("moderator_verdict_reasons_total", reason="audit_sample") == 0


async def test_an_audit_sample_that_is_too_large_costs_no_message_its_verdict() -> None:
    """The check falls away; what the model was sure of is told all the same, and counted as it was published."""
    publisher = ScriptedPublisher(lambda publication: publication.topic == "escalations")
    async with running([[record(0), record(1, "score 0.7")]], publisher=publisher, audit_part=1.0) as flow:
        await flow.source.until_committed(2)
        assert ids(publisher.on("verdicts")) == ["m0-0"]
        assert ids(publisher.on("dead-letters")) == [""]
        assert flow.sample("moderator_escalations_total", reason="audit_sample") == 0
        assert flow.sample("moderator_messages_total", outcome="allow") == 1


async def test_a_broker_that_stays_away_stops_the_agent_uncommitted() -> None:
    """After the delivery timeout the agent ends; what was not acknowledged will be read again."""
    publisher = ScriptedPublisher()
    publisher.error = BrokerUnavailable("nothing confirmed")
    async with running([[record(0)]], publisher=publisher) as flow:
        with pytest.raises(BrokerUnavailable):
            await flow.ended
        assert flow.source.commits == []


async def test_a_stop_finishes_and_commits_what_is_in_flight_then_leaves() -> None:
    """SIGTERM in mid-batch loses nothing and repeats nothing."""
    publisher = ScriptedPublisher()
    publisher.gate.clear()
    async with running([[record(0)], [record(1)]], publisher=publisher) as flow:
        await publisher.waiting.wait()
        await flow.source.exhausted.wait()
        flow.stop.set()
        while flow.lifecycle.state is not State.DRAINING:  # noqa: ASYNC110  no event tells
            await asyncio.sleep(0)
        assert not flow.lifecycle.ready
        assert not flow.ended.done()
        publisher.gate.set()
        await flow.ended
        assert ids(publisher.on("verdicts")) == ["m0-0", "m0-1"]
        assert flow.source.commits[-1] == {Partition(TOPIC, 0): 2}
        assert flow.source.stopped
        assert publisher.stopped


async def test_a_stop_does_not_wait_for_ever() -> None:
    """A batch that does not finish within the drain timeout is left uncommitted for somebody else."""
    classifier = FakeClassifier()
    classifier.gate.clear()
    async with running([[record(0)]], classifier, drain_timeout_s=0.05) as flow:
        await asyncio.to_thread(classifier.entered.wait)
        flow.stop.set()
        await flow.ended
        assert flow.source.commits == []
        assert flow.source.stopped


async def test_a_revocation_waits_for_what_is_in_flight() -> None:
    """Partitions are given up after the commit, so their next owner repeats nothing."""
    publisher = ScriptedPublisher()
    publisher.gate.clear()
    async with running([[record(0)]], publisher=publisher) as flow:
        await publisher.waiting.wait()
        revoked = asyncio.ensure_future(flow.source.on_revoked())
        await flow.source.exhausted.wait()
        assert not revoked.done()
        publisher.gate.set()
        await revoked
        assert flow.source.commits == [{Partition(TOPIC, 0): 1}]


async def test_records_of_partitions_that_are_not_owned_are_left_to_their_owner() -> None:
    """What was fetched before a rebalance took its partition away is neither answered nor committed."""
    batch = [record(0, partition=0), record(5, partition=1)]
    async with running([batch], owned=(1,)) as flow:
        await flow.source.until_committed(6, partition=1)
        assert ids(flow.publisher.on("verdicts")) == ["m1-5"]
        assert all(Partition(TOPIC, 0) not in positions for positions in flow.source.commits)


async def test_a_full_pipeline_keeps_the_member_in_its_group() -> None:
    """When publishing hangs, the source is still polled, and no more is fetched than the pipeline holds: what may be on
    its way to a commit, and one batch that waits for room.
    """
    publisher = ScriptedPublisher()
    publisher.gate.clear()
    batches = [[record(offset)] for offset in range(20)]
    async with running(batches, publisher=publisher) as flow:
        await flow.source.kept_alive.wait()
        assert flow.sample("moderator_records_total") == DEPTH + 1
        publisher.gate.set()
        await flow.source.until_committed(20)


async def test_an_answer_the_broker_finds_too_large_becomes_a_dead_letter() -> None:
    """A record whose answer can never be published must not stop the topic; its origin says where it stays readable."""
    publisher = ScriptedPublisher(lambda publication: publication.topic == "verdicts" and publication.key == b"m0-1")
    async with running([[record(0), record(1), record(2)]], publisher=publisher) as flow:
        await flow.source.until_committed(3)
        assert ids(publisher.on("verdicts")) == ["m0-0", "m0-2"]
        (letter,) = publisher.on("dead-letters")
        assert letter.value is None
        assert dict(letter.headers)["moderator.error.code"] == b"output_too_large"
        assert dict(letter.headers)["__connect.errors.offset"] == b"1"


async def test_a_refused_commit_is_counted_and_covered_by_the_next() -> None:
    """The group has moved on: nothing breaks, the metric shows it, the next commit holds both."""
    flow = Running([[record(0)], [record(1)]])
    flow.source.refuse_commits = 1
    async with asyncio.timeout(DEADLINE_S):
        await flow.source.until_committed(2)
        flow.stop.set()
        await flow.ended
    assert flow.sample("moderator_commit_failures_total") == 1
    assert flow.source.commits == [{Partition(TOPIC, 0): 2}]


async def test_a_refused_escalation_leaves_no_verdict_that_promises_one() -> None:
    """Nobody waits for a decision on a message that no reviewer will ever see."""
    publisher = ScriptedPublisher(lambda publication: publication.topic == "escalations")
    async with running([[record(0, "score 0.7"), record(1)]], publisher=publisher) as flow:
        await flow.source.until_committed(2)
        assert ids(publisher.on("verdicts")) == ["m0-1"]
        (letter,) = publisher.on("dead-letters")
        assert dict(letter.headers)["moderator.error.code"] == b"output_too_large"


async def test_a_topic_that_refuses_every_dead_letter_stops_the_agent_uncommitted() -> None:
    """A record without any answer must not be committed over."""
    publisher = ScriptedPublisher(lambda _publication: True)
    async with running([[record(0)]], publisher=publisher) as flow:
        with pytest.raises(ConfigError, match="dead-letters"):
            await flow.ended
        assert flow.source.commits == []


async def test_a_long_key_is_left_out_of_the_dead_letter_in_place_of_an_answer() -> None:
    """The key may be what made the answer too large."""
    huge = Record(TOPIC, 0, 0, 1_000, b"k" * 2_000, record(0).value)
    publisher = ScriptedPublisher(lambda publication: len(publication.key or b"") > 1_500)
    async with running([[huge]], publisher=publisher) as flow:
        await flow.source.until_committed(1)
        (letter,) = publisher.on("dead-letters")
        assert letter.key is None


async def test_a_flood_of_long_texts_comes_in_small_batches() -> None:
    """A drain waits for the few batches in flight, so none may hold minutes of work."""
    texts = [record(offset, "word " * 199) for offset in range(600)]
    async with running([texts]) as flow:
        await flow.source.until_committed(600)
        assert sum(flow.classifier.calls) == 600
        sizes = [len(record.value or b"") * count for record, count in zip(texts, flow.classifier.calls, strict=False)]
        assert max(sizes) <= BATCH_BYTES


async def test_what_was_fetched_before_a_revocation_is_left_to_its_next_owner() -> None:
    """The rest of a cut batch, not yet begun when the partition is given up, is not moderated twice."""
    publisher = ScriptedPublisher()
    publisher.gate.clear()
    texts = [record(offset, "word " * 199) for offset in range(4_000)]
    async with running([texts], publisher=publisher) as flow:
        await flow.source.kept_alive.wait()
        revoked = asyncio.ensure_future(flow.source.on_revoked())
        publisher.gate.set()
        await revoked
        await flow.source.exhausted.wait()
        answered = len(publisher.on("verdicts"))
        assert 0 < answered < 4_000
        assert flow.source.commits[-1] == {Partition(TOPIC, 0): answered}
