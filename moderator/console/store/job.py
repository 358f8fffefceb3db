"""A job as a reviewer gets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

import sqlalchemy as sa

from moderator.console.store.schema import contents, decisions, jobs, reasons
from moderator.contracts.record import Headers
from moderator.contracts.review import Decision, Escalation
from moderator.contracts.verdict import VerdictSource


@dataclass(frozen=True, slots=True)
class Job:
    """An escalation, and what a decision on it needs."""

    id: str
    escalation: Escalation
    key: bytes | None  # of the escalation's record, as its headers; a decision and its verdict are published with them
    headers: Headers
    standing: str  # id of the verdict in force, which a decision replaces
    cluster: str | None
    appeals: int
    severe: bool
    blinded: bool
    opinion: Decision | None  # the large model's latest word, unless the job is blinded
    suggestion_seen: bool  # by whoever holds the job
    claimed_at: datetime | None


# Made once: these are asked four times in a reviewer's turn, and to put so many columns together takes longer than to
# read them.
IDS: sa.BindParameter[str] = sa.bindparam("ids", expanding=True)
JOBS = sa.select(jobs, contents).join(contents, contents.c.job_id == jobs.c.id).where(jobs.c.id.in_(IDS))
SAID_BY_MODELS = sa.select(decisions.c.decided_at, decisions.c.id, decisions.c.job_id, decisions.c.document).where(
    decisions.c.job_id.in_(IDS), decisions.c.source == VerdictSource.LLM
)


def read_jobs(connection: sa.Connection, ids: Sequence[str]) -> list[Job]:
    """The jobs of `ids`, in that order; each still has its content."""
    found = {row.id: row for row in connection.execute(JOBS, {"ids": ids})}
    # Sorted here: asked to, SQLite reads all that large models ever said in the order of an index.
    said = sorted(connection.execute(SAID_BY_MODELS, {"ids": ids}).all(), key=itemgetter(0, 1))
    opinions = {row.job_id: row.document for row in said}
    return [_job(found[id_], opinions.get(id_)) for id_ in ids]


def set_waiting(connection: sa.Connection, ids: Sequence[str], *, waiting: bool) -> None:
    """Into the queue, or out of it; nobody holds them after that."""
    connection.execute(
        sa.update(jobs)
        .where(jobs.c.id.in_(ids))
        .values(waiting=waiting, lease_id=None, leased_to=None, leased_until=None)
    )
    connection.execute(sa.update(reasons).where(reasons.c.job_id.in_(ids)).values(waiting=waiting))


def _job(row: sa.Row[tuple[object, ...]], opinion: str | None) -> Job:
    return Job(
        id=row.id,
        escalation=Escalation.model_validate_json(row.escalation),
        key=row.key,
        headers=row.headers,
        standing=row.standing,
        cluster=row.cluster,
        appeals=row.appeals,
        severe=row.severe,
        blinded=row.blinded,
        opinion=Decision.model_validate_json(opinion) if opinion and not row.blinded else None,
        suggestion_seen=row.leased_to is not None and row.suggestion_seen_by == row.leased_to,
        claimed_at=row.claimed_at,
    )
