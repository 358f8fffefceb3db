"""What was published, in figures: each answer counted once, under the right name, and one log line a batch."""

import asyncio
from collections.abc import Sequence

import pytest
import structlog
from prometheus_client import CollectorRegistry

from moderator.contracts.dead_letter import Stage
from moderator.contracts.scores import NOT_SCORED, Scores, Tokens
from moderator.contracts.verdict import Timings
from moderator.errors import DeadLetterCode, PoisonRecord
from moderator.pipeline.account import Account
from moderator.pipeline.batch import Answer, Batch
from moderator.pipeline.times import Times
from moderator.telemetry.log import LOG_KEYS
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.fakes import answers, decoder, record

TIMINGS = Timings(queue_ms=0, decode_ms=0, tokenize_ms=0, infer_ms=0)
TIMES = Times(10.0, started=10.01, answered=10.05, turned_to=10.05, published=10.2, committed=10.25)
NOW_MS = 3_500.0  # records are stamped 1,000


def verdict(offset: int, *scores: float) -> Answer:
    """On a record with these scores for the first labels."""
    labels = (*scores, *[0.0] * (8 - len(scores)))
    origin = record(offset)
    message = decoder().decode(origin)
    return answers().answer(origin, message, Scores(labels, (0.2, 0.3, 0.5)), Tokens(([],)), TIMINGS)


def foreign(offset: int) -> Answer:
    """On a record whose text is in an unsupported language."""
    origin = record(offset)
    tokens = Tokens(([],), unsupported_language=True)
    return answers().answer(origin, decoder().decode(origin), NOT_SCORED, tokens, TIMINGS)


def dead_letter(offset: int, code: DeadLetterCode) -> Answer:
    """On a record that is no message."""
    return answers().dead_letter(record(offset), Stage.DECODE, PoisonRecord(code))


BATCH = (
    verdict(0),
    verdict(1, 0.95, 0.6),
    verdict(2, 0.7),
    verdict(3),
    dead_letter(4, DeadLetterCode.INVALID_JSON),
    dead_letter(5, DeadLetterCode.INVALID_JSON),
    dead_letter(6, DeadLetterCode.EMPTY_TEXT),
)


@pytest.fixture
def metrics() -> Metrics:
    """After BATCH was published, two seconds and a half after its records were stamped."""
    metrics = Metrics(CollectorRegistry())
    publish(metrics, BATCH)
    return metrics


def publish(metrics: Metrics, given: Sequence[Answer], now_ms: float = NOW_MS) -> None:
    """Tell the account."""

    async def fetched() -> Batch:
        return Batch([answer.record for answer in given], TIMES)

    Account(metrics, lambda: 10.25, lambda: now_ms).published(asyncio.run(fetched()), given)


def latency(metrics: Metrics, stage: str) -> float | None:
    """The sum over all messages."""
    return metrics.registry.get_sample_value("moderator_end_to_end_latency_seconds_sum", {"stage": stage})


@pytest.mark.parametrize(
    ("name", "labels", "count"),
    [
        ("messages_total", {"outcome": "allow"}, 2),
        ("messages_total", {"outcome": "block"}, 1),
        ("messages_total", {"outcome": "escalate"}, 1),
        ("dead_letters_total", {"code": "invalid_json"}, 2),
        ("dead_letters_total", {"code": "empty_text"}, 1),
        ("verdict_labels_total", {"label": "toxic"}, 2),
        ("verdict_labels_total", {"label": "obscene"}, 1),
        ("verdict_reasons_total", {"reason": "block_threshold"}, 1),
        ("verdict_reasons_total", {"reason": "escalate_threshold"}, 2),
        ("escalations_total", {"reason": "escalate_threshold"}, 1),
        ("verdicts_total", {"label": "none", "outcome": "allow", "source": "model"}, 2),
        ("verdicts_total", {"label": "toxic", "outcome": "block", "source": "model"}, 1),
        ("verdicts_total", {"label": "toxic", "outcome": "escalate", "source": "model"}, 1),
        ("end_to_end_latency_seconds_count", {"stage": "total"}, 4),
        ("end_to_end_latency_seconds_sum", {"stage": "total"}, 10.0),
    ],
)
def test_every_answer_is_counted_once(metrics: Metrics, name: str, labels: dict[str, str], count: float) -> None:
    """Verdicts by outcome and label, escalations by reason, dead letters by code; latency of the verdicts."""
    assert metrics.registry.get_sample_value(f"moderator_{name}", labels) == count


def test_texts_in_an_unsupported_language_are_counted() -> None:
    """An operator sees how much of the traffic the model was not asked about."""
    metrics = Metrics(CollectorRegistry())
    publish(metrics, [verdict(0), foreign(1), foreign(2)])
    assert metrics.registry.get_sample_value("moderator_verdict_reasons_total", {"reason": "unsupported_language"}) == 2


def test_verdicts_and_dead_letters_add_up(metrics: Metrics) -> None:
    """Records in = first verdicts + dead letters out, as an alert would compute it."""
    out = sum(
        sample.value
        for family in metrics.registry.collect()
        for sample in family.samples
        if sample.name in ("moderator_messages_total", "moderator_dead_letters_total")
    )
    assert out == len(BATCH)


def test_a_record_from_the_future_has_taken_as_long_as_it_was_here() -> None:
    """Producers' clocks are their own: nothing is negative."""
    metrics = Metrics(CollectorRegistry())
    publish(metrics, [verdict(0)], now_ms=0.0)
    sums = [latency(metrics, stage) for stage in ("poll", "total")]
    assert sums == [0.0, pytest.approx(0.25)]


def test_a_batch_is_one_log_line() -> None:
    """With its figures, under keys that the allow-list lets through, and nothing of what was written."""
    with structlog.testing.capture_logs() as lines:
        publish(Metrics(CollectorRegistry()), BATCH)
    (line,) = lines
    assert line == {
        "event": "batch",
        "log_level": "info",
        "records": 7,
        "allowed": 2,
        "blocked": 1,
        "escalated": 1,
        "dead_letters": 3,
        "codes": {"invalid_json": 2, "empty_text": 1},
        "attempts": 1,
        "duration_ms": 250.0,
    }
    assert line.keys() - {"log_level"} <= LOG_KEYS


def test_an_empty_batch_moves_nothing() -> None:
    """Nothing published, nothing counted."""
    metrics = Metrics(CollectorRegistry())
    publish(metrics, [])
    counted = {
        (sample.name, *sample.labels.values()): sample.value
        for family in metrics.registry.collect()
        for sample in family.samples
        if sample.name.startswith("moderator_") and not sample.name.endswith("_created")
    }
    assert counted
    assert not any(counted.values())
