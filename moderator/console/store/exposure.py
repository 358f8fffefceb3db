"""What reviewers have had to read."""

from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.leases import Lease, held
from moderator.console.store.schema import exposures, jobs, trail


def _ends_of_minutes(at: sa.Column[datetime], whose: sa.Column[str]) -> sa.Select[datetime, datetime]:
    """Put together in the database: an hour's work is hundreds of rows."""
    minute = sa.cast(sa.extract("epoch", at) / 60, sa.Integer)
    theirs = sa.select(sa.func.min(at), sa.func.max(at)).where(whose == REVIEWER, at >= SINCE)
    return theirs.group_by(minute)


# Made once: every page asks.
REVIEWER: sa.BindParameter[str] = sa.bindparam("reviewer")
SINCE: sa.BindParameter[datetime] = sa.bindparam("since")
SHOWN = _ends_of_minutes(exposures.c.at, exposures.c.reviewer_id)
DONE = _ends_of_minutes(trail.c.at, trail.c.actor)
SEVERE = (
    sa.select(sa.func.count(exposures.c.job_id.distinct()))
    .join(jobs, jobs.c.id == exposures.c.job_id)
    .where(exposures.c.reviewer_id == REVIEWER, exposures.c.at >= SINCE, jobs.c.severe)
)


def expose(store: Store, job_id: str, reviewer_id: str, now: datetime) -> None:
    """This reviewer is shown the text of this job. Raises StoreUnavailable."""
    with store.writing() as connection:
        note_exposure(connection, job_id, reviewer_id, now)


def note_exposure(connection: sa.Connection, job_id: str, reviewer_id: str, now: datetime) -> None:
    """The same, in the caller's transaction."""
    connection.execute(sa.insert(exposures), {"job_id": job_id, "reviewer_id": reviewer_id, "at": now})


def severe_exposed_since(store: Store, reviewer_id: str, since: datetime) -> int:
    """How many severe texts this reviewer has been shown; the same one twice counts once. Raises StoreUnavailable."""
    with store.reading() as connection:
        return connection.execute(SEVERE, {"reviewer": reviewer_id, "since": since}).scalar_one()


def activity_since(store: Store, reviewer_id: str, since: datetime) -> list[datetime]:
    """When this reviewer was shown a text, or did anything to a job: of each minute the first and the last time; the
    earliest first. Raises StoreUnavailable.
    """
    of_whom = {"reviewer": reviewer_id, "since": since}
    with store.reading() as connection:
        found = [connection.execute(wanted, of_whom).all() for wanted in (SHOWN, DONE)]
    return sorted({at for rows in found for ends in rows for at in ends})


def shown(store: Store, lease: Lease, now: datetime) -> bool:
    """Whether this reviewer was shown the text since they claimed the job. Raises StoreUnavailable."""
    seen = sa.select(exposures.c.number).join(jobs, jobs.c.id == exposures.c.job_id)
    theirs = seen.where(exposures.c.reviewer_id == lease.reviewer_id, exposures.c.at >= jobs.c.claimed_at)
    with store.reading() as connection:
        return connection.execute(theirs.where(held(lease, now)).limit(1)).scalar() is not None
