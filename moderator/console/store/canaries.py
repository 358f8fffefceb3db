"""Jobs whose answer is known, among the others: whoever errs on them needs help, or a break."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.columns import storable
from moderator.console.store.database import Store
from moderator.console.store.intake import Arrival, keep_new
from moderator.console.store.looks import Look
from moderator.console.store.schema import decisions, jobs
from moderator.console.store.trail import is_undone
from moderator.contracts.verdict import Outcome, VerdictSource


@dataclass(frozen=True, slots=True)
class CanaryResults:
    """Of one reviewer, by outcome."""

    right: int
    wrong: int


def add_canary(store: Store, canary: Arrival, known: Outcome) -> bool:
    """Let it wait like any other job; whether it is new. What is decided on it is kept, and goes nowhere.

    Raises StoreUnavailable.
    """
    id_ = storable(canary.escalation.id)
    with store.writing() as connection:
        new = keep_new(connection, {id_: canary})
        connection.execute(sa.update(jobs).where(jobs.c.id.in_(new)).values(look=Look.CANARY, known=known))
    return bool(new)


def canaries_waiting(store: Store) -> int:
    """In somebody's hands or not. Raises StoreUnavailable."""
    counted = sa.select(sa.func.count()).select_from(jobs).where(jobs.c.waiting, jobs.c.look == Look.CANARY)
    with store.reading() as connection:
        return connection.execute(counted).scalar_one()


def canary_results(store: Store, since: datetime) -> dict[str, CanaryResults]:
    """By reviewer, of answers that stand. Raises StoreUnavailable."""
    right = sa.func.sum(sa.case((decisions.c.outcome == jobs.c.known, 1), else_=0))
    counted = (
        sa.select(decisions.c.reviewer_id, right, sa.func.count())
        .join(jobs, jobs.c.id == decisions.c.job_id)
        .where(decisions.c.source == VerdictSource.HUMAN, decisions.c.decided_at >= since)
        .where(decisions.c.look == Look.CANARY, ~is_undone(decisions.c.id))
        .group_by(decisions.c.reviewer_id)
    )
    with store.reading() as connection:
        rows = connection.execute(counted).all()
    return {reviewer_id: CanaryResults(right, answered - right) for reviewer_id, right, answered in rows}
