"""The audit trail: what was done to jobs, by whom, when and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.schema import trail

PAGE = 1_000  # rows read in one transaction


class Step(StrEnum):
    """What can be done to a job."""

    DECIDED = "decided"
    UNDONE = "undone"
    SKIPPED = "skipped"
    RELEASED = "released"
    CLOSED = "closed"  # by a large model's decision
    APPEALED = "appealed"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step. `why` is a code, a reviewer's or an appellant's words."""

    job_id: str
    step: Step
    actor: str
    at: datetime
    decision_id: str | None = None
    why: str | None = None


def record(connection: sa.Connection, entries: Iterable[Entry]) -> None:
    """Append, in the transaction of what was done."""
    rows = [
        {
            "job_id": entry.job_id,
            "step": entry.step,
            "actor": entry.actor,
            "at": entry.at,
            "decision_id": entry.decision_id,
            "why": entry.why,
        }
        for entry in entries
    ]
    if rows:
        connection.execute(sa.insert(trail), rows)


def export(store: Store, job_id: str | None = None) -> Iterator[Entry]:
    """Every entry in its order, or those of one job. Raises StoreUnavailable."""
    wanted = sa.select(trail).order_by(trail.c.number).limit(PAGE)
    if job_id is not None:
        wanted = wanted.where(trail.c.job_id == job_id)
    last = 0
    while True:
        with store.reading() as connection:
            rows = connection.execute(wanted.where(trail.c.number > last)).all()
        for row in rows:
            yield Entry(row.job_id, Step(row.step), row.actor, row.at, row.decision_id, row.why)
        if len(rows) < PAGE:
            return
        last = rows[-1].number


def is_undone(decision_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether that decision was taken back."""
    return sa.exists().where(trail.c.decision_id == decision_id, trail.c.step == Step.UNDONE)
