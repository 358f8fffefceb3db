"""Escalations, a clock's hours, and reviewers' answers for the tests of the store."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from moderator.console.store.database import Store
from moderator.console.store.deciding import Answer
from moderator.console.store.intake import Arrival, Position, take
from moderator.console.store.job import Job
from moderator.console.store.queue import ANY, Claim, Filter, claim_next
from moderator.contracts.codec import to_bytes
from moderator.contracts.record import Partition, Publication
from moderator.contracts.review import Decision
from moderator.review.final import final_verdict
from tests.unit.review.reviewed import decision, escalation

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LEASE = timedelta(minutes=10)
GRACE = timedelta(seconds=30)
MOMENT = timedelta(microseconds=1)
HEADERS = (("traceparent", b"00-1"), ("empty", None))


def arrival(number: int, *, cluster: str | None = None, policy_id: str | None = None, **message: Any) -> Arrival:
    """Escalation `number`, ordered by it; `message` changes its message's fields. A score is given by `scores`."""
    scores: dict[str, float] = message.pop("scores", {})
    plain = escalation(f"text {number}", **scores)
    changed = plain.message.model_copy(update=message)
    numbered = plain.model_copy(update={"id": f"e-{number}", "message_id": f"m-{number}", "message": changed})
    order_at = NOW - timedelta(days=1) + timedelta(seconds=number)
    return Arrival(numbered, b"key %d" % number, HEADERS, order_at, policy_id=policy_id, cluster=cluster)


def filled(store: Store, numbers: Sequence[int]) -> None:
    """Take escalations of these numbers."""
    take(store, map(arrival, numbers), [], [Position(Partition("moderation.escalations", 0), len(numbers))])


def claimed(store: Store, reviewer_id: str = "r-1", now: datetime = NOW, wanted: Filter = ANY) -> Claim:
    """The reviewer's next job; there must be one."""
    claim = claim_next(store, reviewer_id, now, LEASE, wanted)
    assert claim is not None
    return claim


def model_says(number: int, **fields: Any) -> Decision:
    """A large model's decision on that escalation, to block unless fields say otherwise."""
    of_model = {"id": f"llm-{number}", "source": "llm", "reviewer_id": "a-model"}
    return decision(**of_model, escalation_id=f"e-{number}", replaces=f"e-{number}", **fields)


def blocks(reviewer_id: str = "r-1", **fields: Any) -> "Answering":
    """Answers every job with a decision to block, unless fields say otherwise."""
    return Answering(reviewer_id, fields)


class Answering:
    """A reviewer who says the same to every job."""

    def __init__(self, reviewer_id: str, fields: dict[str, Any]) -> None:
        self._reviewer_id = reviewer_id
        self._fields = fields

    def __call__(self, job: Job) -> Answer:
        made = decision(
            id=uuid.uuid4().hex,
            escalation_id=job.id,
            replaces=job.standing,
            reviewer_id=self._reviewer_id,
            **self._fields,
        )
        final = final_verdict(job.escalation, made)
        assert final is not None
        records = [Publication("decisions", job.key, to_bytes(made), job.headers)]
        records += [Publication("verdicts", job.key, to_bytes(final), job.headers)]
        return Answer(made, final.id, records)
