"""What the agent publishes of a verdict that it was sure of, taken by the people's queue."""

from datetime import timedelta

import pytest

from moderator.console.arriving import Escalations
from moderator.console.near_duplicates import NearDuplicates
from moderator.contracts.labels import LABELS
from moderator.contracts.message import Message
from moderator.contracts.record import Record
from moderator.contracts.scores import Scores, Tokens
from moderator.contracts.verdict import Timings
from moderator.review.documents import load_policies
from tests.unit.pipeline.fakes import DECIDED_AT, answers, record


@pytest.mark.parametrize(("label", "policy"), [("spam", "spam"), ("threat", "abuse"), (None, "abuse")])
def test_a_checked_verdict_is_a_job_without_a_head_start(label: str | None, policy: str) -> None:
    """In the place of its time, under the policy that it was blocked by or the default."""
    blocked = Scores(tuple(0.95 if name == label else 0.0 for name in LABELS), (0.2, 0.3, 0.5))
    timings = Timings(queue_ms=0, decode_ms=0, tokenize_ms=0, infer_ms=0)
    given = answers(audit_part=1.0).answer(record(0), Message(id="m", text="words"), blocked, Tokens(([],)), timings)
    published = given.publications[0]
    arrived = Record("escalations", 0, 0, 1_000, published.key, published.value, published.headers)
    arrival = Escalations(load_policies(), timedelta(hours=2), NearDuplicates())(arrived)
    assert given.verdict
    assert (arrival.escalation.id, arrival.order_at, arrival.policy_id) == (given.verdict.id, DECIDED_AT, policy)
