"""A reviewer's hold on a job, for a time."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.refusals import AlreadyDecided, LeaseExpired, Refused
from moderator.console.store.schema import jobs


@dataclass(frozen=True, slots=True)
class Lease:
    """Of one claim; another claim of the same job, by whomever, has another id."""

    id: str
    job_id: str
    reviewer_id: str


def held(lease: Lease, now: datetime) -> sa.ColumnElement[bool]:
    """The job under `lease`, while it lasts. Clocks of several consoles must agree to well within a lease's length."""
    return sa.and_(
        jobs.c.id == lease.job_id,
        jobs.c.waiting,
        jobs.c.lease_id == lease.id,
        jobs.c.leased_to == lease.reviewer_id,
        jobs.c.leased_until > now,
    )


def free(now: datetime) -> sa.ColumnElement[bool]:
    """Jobs that nobody holds."""
    return sa.or_(jobs.c.leased_until.is_(None), jobs.c.leased_until <= now)


def why_not_held(connection: sa.Connection, lease: Lease) -> Refused:
    """What to tell a reviewer whose lease does not hold."""
    waiting = connection.scalar(sa.select(jobs.c.waiting).where(jobs.c.id == lease.job_id))
    return LeaseExpired() if waiting else AlreadyDecided()
