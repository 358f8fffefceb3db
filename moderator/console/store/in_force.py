"""What was decided on jobs and is in force."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from moderator.console.store.looks import Look
from moderator.console.store.schema import decisions
from moderator.console.store.trail import is_undone
from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome, VerdictSource


class Ruling(NamedTuple):
    """A decision in short."""

    outcome: Outcome
    labels: tuple[Label, ...]


def in_force(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Ruling]:
    """By job, where anything was decided. A second look changed nothing, and a canary has no user behind it."""
    wanted = (
        sa.select(decisions.c.job_id, decisions.c.outcome, decisions.c.labels)
        .where(decisions.c.job_id.in_(ids), decisions.c.outcome != Outcome.ESCALATE, ~is_undone(decisions.c.id))
        .where(sa.func.coalesce(decisions.c.look, Look.FIRST).not_in((Look.SECOND, Look.CANARY)))
        .order_by(decisions.c.source == VerdictSource.HUMAN, decisions.c.decided_at)  # a person's word is the last one
    )
    return {
        job_id: Ruling(Outcome(outcome), tuple(map(Label, labels.split())))
        for job_id, outcome, labels in connection.execute(wanted)
    }
