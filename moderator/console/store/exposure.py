"""What reviewers have had to read."""

from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.leases import Lease, held
from moderator.console.store.schema import exposures, jobs, trail


def expose(store: Store, job_id: str, reviewer_id: str, now: datetime) -> None:
    """This reviewer is shown the text of this job. Raises StoreUnavailable."""
    with store.writing() as connection:
        connection.execute(sa.insert(exposures), {"job_id": job_id, "reviewer_id": reviewer_id, "at": now})


def severe_exposed_since(store: Store, reviewer_id: str, since: datetime) -> int:
    """How many severe texts this reviewer has been shown; the same one twice counts once. Raises StoreUnavailable."""
    seen = sa.select(sa.func.count(exposures.c.job_id.distinct())).join(jobs, jobs.c.id == exposures.c.job_id)
    with store.reading() as connection:
        return connection.execute(
            seen.where(exposures.c.reviewer_id == reviewer_id, exposures.c.at >= since, jobs.c.severe)
        ).scalar_one()


def activity_since(store: Store, reviewer_id: str, since: datetime) -> list[datetime]:
    """When this reviewer was shown a text, or did anything to a job; the earliest first. Raises StoreUnavailable."""
    shown = sa.select(exposures.c.at).where(exposures.c.reviewer_id == reviewer_id, exposures.c.at >= since)
    done = sa.select(trail.c.at).where(trail.c.actor == reviewer_id, trail.c.at >= since)
    with store.reading() as connection:
        return sorted({at for wanted in (shown, done) for at in connection.execute(wanted).scalars()})


def shown(store: Store, lease: Lease, now: datetime) -> bool:
    """Whether this reviewer was shown the text since they claimed the job. Raises StoreUnavailable."""
    seen = sa.select(exposures.c.number).join(jobs, jobs.c.id == exposures.c.job_id)
    theirs = seen.where(exposures.c.reviewer_id == lease.reviewer_id, exposures.c.at >= jobs.c.claimed_at)
    with store.reading() as connection:
        return connection.execute(theirs.where(held(lease, now)).limit(1)).scalar() is not None
