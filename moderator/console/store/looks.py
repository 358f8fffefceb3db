"""What a person's decision on a job is: the first one, another person's check, an appeal's, or an answer to a canary.

A part of all jobs waits again, for a second person, after it was decided. Where the two differ, a third settles it.
Nobody is told that they are not the first.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.schema import decisions
from moderator.console.store.trail import is_undone
from moderator.contracts.verdict import Outcome, VerdictSource
from moderator.review.sampling import sampled

SALT = "second look"


class Look(StrEnum):
    """Which one."""

    FIRST = "first"
    SECOND = "second"  # kept, and never published
    THIRD = "third"  # published; it replaces the first one's
    APPEAL = "appeal"
    CANARY = "canary"  # never published: no user is behind it


OF_THE_QUEUE = frozenset({Look.FIRST, Look.APPEAL})  # somebody waits for the answer
AGAIN = frozenset({Look.SECOND, Look.THIRD})  # there is an answer, and it is in force
PUBLISHED = frozenset({Look.FIRST, Look.THIRD, Look.APPEAL})
LOOK_BEFORE = {Look.SECOND: Look.FIRST, Look.THIRD: Look.SECOND}


def next_look(look: Look, job_id: str, part: float, *, differs: bool) -> Look | None:
    """For what a job waits once it was decided at `look`; None: for nothing. `part` of all jobs get a second look, and
    a third one settles it where the second `differs`.
    """
    if look is Look.FIRST and sampled(job_id, part, SALT):
        return Look.SECOND
    return Look.THIRD if look is Look.SECOND and differs else None


def ratings(store: Store, since: datetime) -> list[tuple[Outcome, ...]]:
    """What the first and the second person said of each job, where the second one's word came since then and stands.

    The third one's is left out: asked only where two differ, it says nothing of how often people do. Raises
    StoreUnavailable.
    """
    first, second = decisions.alias("first"), decisions.alias("second")
    wanted = (
        sa.select(first.c.outcome, second.c.outcome)
        .join(second, second.c.job_id == first.c.job_id)
        .where(first.c.look == Look.FIRST, ~is_undone(first.c.id))
        .where(second.c.source == VerdictSource.HUMAN, second.c.decided_at >= since)
        .where(second.c.look == Look.SECOND, ~is_undone(second.c.id))
        .order_by(second.c.decided_at)
    )
    with store.reading() as connection:
        return [(Outcome(one), Outcome(other)) for one, other in connection.execute(wanted)]


def first_outcomes(connection: sa.Connection, job_ids: Sequence[str]) -> dict[str, Outcome]:
    """What the first person decided, by job."""
    if not job_ids:
        return {}
    wanted = sa.select(decisions.c.job_id, decisions.c.outcome).where(
        decisions.c.job_id.in_(job_ids), decisions.c.look == Look.FIRST, ~is_undone(decisions.c.id)
    )
    return {job_id: Outcome(outcome) for job_id, outcome in connection.execute(wanted)}
