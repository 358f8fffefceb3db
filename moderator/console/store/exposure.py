"""What reviewers have had to read."""

from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.schema import exposures


def expose(store: Store, job_id: str, reviewer_id: str, now: datetime) -> None:
    """This reviewer is shown the text of this job. Raises StoreUnavailable."""
    with store.writing() as connection:
        connection.execute(sa.insert(exposures), {"job_id": job_id, "reviewer_id": reviewer_id, "at": now})


def exposed_since(store: Store, reviewer_id: str, since: datetime) -> int:
    """How many texts this reviewer has been shown; the same one twice counts once. Raises StoreUnavailable."""
    seen = sa.select(sa.func.count(exposures.c.job_id.distinct()))
    with store.reading() as connection:
        return connection.execute(
            seen.where(exposures.c.reviewer_id == reviewer_id, exposures.c.at >= since)
        ).scalar_one()
