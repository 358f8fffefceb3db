"""What a reviewer knows of the topic of decisions: its memory over restarts."""

from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from moderator import bootstrap_reviewer
from moderator.bootstrap_reviewer import BREAKER_FEWEST, Standing, build_asking
from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Record
from moderator.contracts.review import Decision
from moderator.errors import ReviewerUnavailable
from moderator.review.documents import load_policies
from moderator.reviewer_settings import ReviewerSettings
from moderator.telemetry.metrics import Metrics
from tests.unit.pipeline.test_asking import ScriptedModel
from tests.unit.review.reviewed import AT, decision, escalation

USAGE = {"requests": 1, "input_tokens": 100, "output_tokens": 20}


def said(**fields: Any) -> Decision:
    """By the large model."""
    return decision(**({"source": "llm", "reviewer_id": "m", "usage": USAGE} | fields))


def on_topic(made: Decision, offset: int = 0) -> Record:
    """As it is read."""
    return Record("decisions", 0, offset, offset, None, to_bytes(made))


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Standing:
    """Of a model called m, of which nothing is known, on the day of the decisions."""
    monkeypatch.setattr(bootstrap_reviewer, "_now", lambda: AT)
    return Standing(ReviewerSettings(model="m"), [])


def test_a_decision_that_was_published_again_was_paid_for_once(memory: Standing) -> None:
    """Of whichever model: after a crash what is known is published again, and nobody is asked."""
    for made in (said(), said(reviewer_id="another", id="d-2")):
        for offset in range(2):
            memory.take(on_topic(made, offset))
    assert memory.budget.spent().tokens == 2 * 120


def test_what_this_process_has_paid_for_is_not_counted_off_the_topic(memory: Standing) -> None:
    """However often it comes."""
    memory.expect(said())
    for offset in range(2):
        memory.take(on_topic(said(), offset))
    assert memory.budget.spent().tokens == 0


async def test_an_endpoint_that_is_left_alone_is_seen_so(memory: Standing) -> None:
    """By whoever watches the metrics: closed, and open once enough requests have failed."""
    metrics = Metrics(CollectorRegistry())
    failing = ScriptedModel(script=[ReviewerUnavailable("away") for _ in range(BREAKER_FEWEST)])
    asking = build_asking(ReviewerSettings(model="m"), load_policies(), failing, memory, metrics)
    states = [metrics.registry.get_sample_value("moderator_circuit_state")]
    for _ in range(BREAKER_FEWEST):
        await asking.decision(escalation())
    states.append(metrics.registry.get_sample_value("moderator_circuit_state"))
    assert states == [0, 2]


def test_what_is_on_its_way_to_the_topic_is_known(memory: Standing) -> None:
    """Partitions can be lost and won back before it is there."""
    memory.expect(said())
    assert memory.recollection.of("m", said().escalation_id) == said()


def test_what_was_said_before_the_start_is_known(memory: Standing) -> None:
    """The decision as it was published; records that hold none are passed over."""
    memory.take(Record("decisions", 0, 0, 0, None, b"no JSON"))
    memory.take(on_topic(said(), 1))
    assert memory.recollection.of("m", said().escalation_id) == said()
