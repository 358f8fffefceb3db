"""A policy on trial judges what was answered, and holds nobody up."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from prometheus_client import CollectorRegistry

from moderator.contracts.codec import MessageDecoder
from moderator.contracts.dead_letter import Stage
from moderator.contracts.labels import LABELS
from moderator.contracts.message import Message
from moderator.contracts.record import Publication
from moderator.contracts.scores import NOT_SCORED, Scores, Tokens
from moderator.contracts.verdict import Outcome, ReasonCode, Timings, Verdict
from moderator.errors import BrokerUnavailable, DeadLetterCode, PoisonRecord
from moderator.pipeline.answer import Answers
from moderator.pipeline.batch import Answer
from moderator.policy.thresholds import parse_policy
from moderator.shadow.policy_shadow import BATCHES_WAITING, PolicyShadow
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import DECIDED_AT, TOPICS, VERSIONS, ScriptedPublisher, answers, record
from tests.unit.pipeline.test_flow import running

SHADOW = "shadow"
DEADLINE_S = 20
TIMINGS = Timings(queue_ms=0, decode_ms=0, tokenize_ms=0, infer_ms=0)
TRIED = parse_policy(
    {
        "version": "stricter",
        "unsupported_language": "block",
        "labels": {label.value: {"escalate_at": 0.2, "block_at": 0.6} for label in LABELS},
        "overrides": [{"tenant": "kids", "labels": {"toxic": {"escalate_at": 0.05, "block_at": 0.1}}}],
    },
    "test",
    "n" * 16,
)


@pytest.fixture
def metrics() -> Metrics:
    """Nothing counted yet."""
    return Metrics(CollectorRegistry())


def shadow(publisher: ScriptedPublisher, metrics: Metrics) -> PolicyShadow:
    """That tries the stricter policy."""
    versions = VERSIONS.model_copy(update={"policy": TRIED.hash})
    decoder = MessageDecoder({"id": "/id", "text": "/text", "tenant": "/tenant"}, max_text_characters=1000)
    return PolicyShadow(
        decoder, Answers(TRIED, versions, TOPICS, "group", lambda: DECIDED_AT), SHADOW, publisher, metrics
    )


def answer(offset: int, toxic: float, tokens: Tokens | None = None, tenant: str = "") -> Answer:
    """What an agent has answered to a message of that score."""
    value = json.dumps({"id": f"m{offset}", "text": "hello", **({"tenant": tenant} if tenant else {})}).encode()
    scores = Scores((toxic, *[0.0] * (len(LABELS) - 1)), (0.2, 0.3, 0.5))
    read = tokens or Tokens(([0],))
    scored = NOT_SCORED if read.unsupported_language else scores
    return answers().answer(record(offset, value=value), Message(id=f"m{offset}", text="hello"), scored, read, TIMINGS)


def verdicts(publications: Sequence[Publication]) -> list[Verdict]:
    """What was published."""
    return [Verdict.model_validate_json(publication.value or b"") for publication in publications]


def counted(metrics: Metrics, first: Outcome, tried: Outcome) -> float:
    """Messages of that pair."""
    labels = {"outcome": first.value, "shadow": tried.value}
    return metrics.registry.get_sample_value("moderator_shadow_messages_total", labels) or 0


def skipped(metrics: Metrics) -> float:
    """Messages."""
    return metrics.registry.get_sample_value("moderator_shadow_skipped_total") or 0


async def until_skipped(metrics: Metrics, messages: int) -> None:
    """Wait for it."""
    while skipped(metrics) < messages:  # noqa: ASYNC110  a metric has no event
        await asyncio.sleep(0.005)


async def test_what_it_would_have_answered(metrics: Metrics) -> None:
    """The same scores and origin under the other policy, and an id of its own; the metrics tell the pairs."""
    publisher = ScriptedPublisher()
    first = [answer(0, 0.1), answer(1, 0.3), answer(2, 0.95)]
    trial = shadow(publisher, metrics)
    async with asyncio.timeout(DEADLINE_S), trial.running():
        trial.offer(first)
        await publisher.until_published(SHADOW, 3)
    tried = verdicts(publisher.on(SHADOW))
    assert [verdict.outcome for verdict in tried] == [Outcome.ALLOW, Outcome.ESCALATE, Outcome.BLOCK]
    for verdict, before in zip(tried, first, strict=True):
        assert before.verdict is not None
        assert (verdict.origin, verdict.scores) == (before.verdict.origin, before.verdict.scores)
        assert verdict.id != before.verdict.id
        assert verdict.versions.policy == TRIED.hash
    assert counted(metrics, Outcome.ALLOW, Outcome.ESCALATE) == 1
    assert skipped(metrics) == 0
    assert publisher.stopped


async def test_what_scores_do_not_decide(metrics: Metrics) -> None:
    """Overrides, and what was seen of the text, count as they would in an agent."""
    publisher = ScriptedPublisher()
    trial = shadow(publisher, metrics)
    async with asyncio.timeout(DEADLINE_S), trial.running():
        trial.offer(
            [
                answer(0, 0.15, tenant="kids"),
                answer(1, 0.0, Tokens(([0],), truncated=True)),
                answer(2, 0.0, Tokens(([0],), unreadable=True)),
                answer(3, 0.0, Tokens(([0],), unsupported_language=True)),
            ]
        )
        await publisher.until_published(SHADOW, 4)
    kids, truncated, unreadable, foreign = verdicts(publisher.on(SHADOW))
    assert kids.outcome is Outcome.BLOCK
    assert (truncated.truncated, truncated.reasons[-1].code) == (True, ReasonCode.TRUNCATED)
    assert unreadable.reasons[0].code is ReasonCode.UNREADABLE
    assert (foreign.outcome, foreign.reasons[0].code) == (Outcome.BLOCK, ReasonCode.UNSUPPORTED_LANGUAGE)


async def test_one_that_hangs_skips_and_is_bounded(metrics: Metrics) -> None:
    """Offers return at once, however long the broker takes; what is over the bound is counted, what waits is kept."""
    publisher = ScriptedPublisher()
    publisher.gate.clear()
    trial = shadow(publisher, metrics)
    async with asyncio.timeout(DEADLINE_S), trial.running():
        trial.offer([answer(0, 0.1)])
        await publisher.waiting.wait()  # in its hands
        for offset in range(1, BATCHES_WAITING + 3):
            trial.offer([answer(offset, 0.1)])
        assert skipped(metrics) == 2
        publisher.gate.set()
        await publisher.until_published(SHADOW, BATCHES_WAITING + 1)


async def test_a_flow_goes_on_beside_one_that_hangs(metrics: Metrics) -> None:
    """Every message is answered and committed, however long the shadow's broker takes."""
    publisher = ScriptedPublisher()
    publisher.gate.clear()
    trial = shadow(publisher, metrics)
    batches = [[record(offset)] for offset in range(2 * BATCHES_WAITING)]
    async with asyncio.timeout(DEADLINE_S), trial.running(), running(batches, on_answered=trial.offer) as flow:
        await flow.source.until_committed(len(batches))
        await publisher.waiting.wait()
    assert publisher.published == []


async def test_one_that_fails_skips_and_goes_on(metrics: Metrics) -> None:
    """A broker that takes nothing, and a bug that a message finds."""
    publisher = ScriptedPublisher()
    publisher.error = BrokerUnavailable("away")
    trial = shadow(publisher, metrics)
    async with asyncio.timeout(DEADLINE_S), trial.running():
        trial.offer([answer(0, 0.1), answer(1, 0.1)])
        await until_skipped(metrics, 2)
        publisher.error = None
        poison = answer(2, 0.1)
        trial.offer([replace(poison, record=replace(poison.record, value=b"no JSON"))])
        await until_skipped(metrics, 3)
        trial.offer([answer(3, 0.1)])
        await publisher.until_published(SHADOW, 1)


async def test_dead_letters_are_not_judged(metrics: Metrics) -> None:
    """Nor skipped: there is no verdict to compare with."""
    publisher = ScriptedPublisher()
    trial = shadow(publisher, metrics)
    letter = answers().dead_letter(record(0), Stage.DECODE, PoisonRecord(DeadLetterCode.INVALID_JSON))
    async with asyncio.timeout(DEADLINE_S), trial.running():
        trial.offer([letter])
        trial.offer([letter, answer(1, 0.1)])
        await publisher.until_published(SHADOW, 1)
    assert skipped(metrics) == 0


async def test_a_broker_that_refuses_one_for_its_size(metrics: Metrics) -> None:
    """That one is skipped."""
    publisher = ScriptedPublisher(lambda publication: b'"m1"' in (publication.value or b""))
    trial = shadow(publisher, metrics)
    async with asyncio.timeout(DEADLINE_S), trial.running():
        trial.offer([answer(0, 0.1), answer(1, 0.1)])
        await publisher.until_published(SHADOW, 1)
    assert (skipped(metrics), counted(metrics, Outcome.ALLOW, Outcome.ALLOW)) == (1, 1)
