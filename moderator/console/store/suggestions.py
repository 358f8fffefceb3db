"""Who has seen what a large model says."""

from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.leases import Lease, held, why_not_held
from moderator.console.store.schema import jobs


def show_suggestion(store: Store, lease: Lease, now: datetime) -> None:
    """This reviewer does from now on, and `Job.suggestion_seen` says so. Raises LeaseExpired, AlreadyDecided,
    StoreUnavailable.
    """
    with store.writing() as connection:
        seen = sa.update(jobs).where(held(lease, now)).values(suggestion_seen_by=lease.reviewer_id)
        if not connection.execute(seen).rowcount:
            raise why_not_held(connection, lease)


def suggestion_seen(store: Store, lease: Lease, now: datetime) -> bool:
    """Whether whoever holds it has. Raises LeaseExpired, AlreadyDecided, StoreUnavailable."""
    with store.reading() as connection:
        seen = connection.execute(sa.select(jobs.c.suggestion_seen_by).where(held(lease, now))).one_or_none()
        if seen is None:
            raise why_not_held(connection, lease)
        return bool(seen.suggestion_seen_by == lease.reviewer_id)
