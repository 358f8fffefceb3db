"""Forgetting what users wrote, once it has been decided long enough."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.job import set_waiting
from moderator.console.store.leases import free
from moderator.console.store.looks import AGAIN
from moderator.console.store.schema import contents, jobs, notes, outbox
from moderator.console.store.schema import decisions as made
from moderator.console.store.sketches import forget_sketches
from moderator.console.store.trail import Entry, Step, record

AT_ONCE = 500  # jobs in one transaction, so that reviewers wait for milliseconds only
FORGETTER = "retention"


def forget(store: Store, decided_before: datetime, now: datetime) -> int:
    """Delete text, notes and published records of jobs that were decided before; return how many jobs. Those that have
    waited for another person's look ever since wait no longer. Clusters are forgotten that got no text since then.

    Decisions and the trail stay, and with them reviewers' rationales. Raises StoreUnavailable.
    """
    with store.writing() as connection:
        forget_sketches(connection, decided_before)
    forgotten = 0
    while ids := _forget_some(store, decided_before, now):
        forgotten += len(ids)
    return forgotten


def _forget_some(store: Store, decided_before: datetime, now: datetime) -> Sequence[str]:
    leaving = (
        sa.exists()
        .where(made.c.job_id == jobs.c.id, outbox.c.decision_id == made.c.id)
        .where(outbox.c.published_at.is_(None), outbox.c.withdrawn_at.is_(None))
    )
    done = (
        sa.select(jobs.c.id)
        .join(contents, contents.c.job_id == jobs.c.id)
        .where(jobs.c.decided_at < decided_before, ~leaving)
        .where(sa.or_(~jobs.c.waiting, sa.and_(jobs.c.look.in_(AGAIN), free(now))))
        .limit(AT_ONCE)
        .with_for_update(of=jobs, skip_locked=True)
    )
    with store.writing() as connection:
        ids = connection.execute(done).scalars().all()
        set_waiting(connection, ids, waiting=False)
        connection.execute(sa.delete(contents).where(contents.c.job_id.in_(ids)))
        connection.execute(sa.delete(notes).where(notes.c.job_id.in_(ids)))
        on_these = sa.select(made.c.id).where(made.c.job_id.in_(ids))
        connection.execute(sa.delete(outbox).where(outbox.c.decision_id.in_(on_these)))
        record(connection, [Entry(id_, Step.FORGOTTEN, FORGETTER, now) for id_ in ids])
    return ids
