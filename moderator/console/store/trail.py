"""The audit trail: what was done to jobs, by whom, when and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.schema import jobs, trail

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
    """One step. `why` is a code, a reviewer's or an appellant's words; the last three are known once it is kept, of the
    message and of the verdict that is in force now where there is such a job.
    """

    job_id: str
    step: Step
    actor: str
    at: datetime
    decision_id: str | None = None
    why: str | None = None
    number: int | None = None
    message_id: str | None = None
    verdict_id: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; None: any. `verdict_id` is that of the verdict which is in force."""

    job_id: str | None = None
    message_id: str | None = None
    actor: str | None = None
    step: Step | None = None
    verdict_id: str | None = None


ALL = Wanted()


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


def export(store: Store, wanted: Wanted = ALL) -> Iterator[Entry]:
    """Entries in their order, the earliest first. Raises StoreUnavailable."""
    found = _found(wanted).order_by(trail.c.number).limit(PAGE)
    last = 0
    while True:
        with store.reading() as connection:
            rows = connection.execute(found.where(trail.c.number > last)).all()
        yield from map(_entry, rows)
        if len(rows) < PAGE:
            return
        last = rows[-1].number


def search(store: Store, wanted: Wanted = ALL, *, before: int | None = None, limit: int = 100) -> list[Entry]:
    """The latest entries, with numbers `before` that one if given, the latest first. Raises StoreUnavailable."""
    found = _found(wanted).order_by(trail.c.number.desc()).limit(limit)
    if before is not None:
        found = found.where(trail.c.number < before)
    with store.reading() as connection:
        return [_entry(row) for row in connection.execute(found)]


def _found(wanted: Wanted) -> sa.Select[Any]:
    chosen: dict[sa.Column[Any], str | None] = {
        trail.c.job_id: wanted.job_id,
        trail.c.actor: wanted.actor,
        trail.c.step: wanted.step,
        jobs.c.message_id: wanted.message_id,
        jobs.c.standing: wanted.verdict_id,
    }
    found = sa.select(trail, jobs.c.message_id, jobs.c.standing).outerjoin(jobs, jobs.c.id == trail.c.job_id)
    return found.where(*(column == value for column, value in chosen.items() if value is not None))


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(
        row.job_id,
        Step(row.step),
        row.actor,
        row.at,
        row.decision_id,
        row.why,
        row.number,
        row.message_id,
        row.standing,
    )


def is_undone(decision_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Whether that decision was taken back."""
    return sa.exists().where(trail.c.decision_id == decision_id, trail.c.step == Step.UNDONE)
