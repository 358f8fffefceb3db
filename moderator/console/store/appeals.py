"""Final verdicts that are doubted, to a second reviewer."""

from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.job import set_waiting
from moderator.console.store.refusals import NotAppealable
from moderator.console.store.schema import barred, contents, decisions, jobs, outbox, reasons
from moderator.console.store.trail import Entry, Step, record
from moderator.contracts.verdict import VerdictSource


def appeal(store: Store, verdict_id: str, appellant: str, why: str, now: datetime, order_at: datetime) -> str:
    """Let the job wait again, in the queue's place of `order_at`, for a person who never decided it; its id.

    Raises NotAppealable, also for a second appeal while the first one waits; StoreUnavailable.
    """
    with store.writing() as connection:
        id_ = connection.execute(_appealable(verdict_id)).scalar()
        if id_ is None:
            raise NotAppealable
        _bar_who_decided(connection, id_, now)
        set_waiting(connection, [id_], waiting=True)
        reopened = sa.update(jobs).where(jobs.c.id == id_)
        connection.execute(reopened.values(appeals=jobs.c.appeals + 1, decided_at=None, order_at=order_at))
        connection.execute(sa.update(reasons).where(reasons.c.job_id == id_).values(order_at=order_at))
        record(connection, [Entry(id_, Step.APPEALED, appellant, now, why=why)])
    return id_


def _appealable(verdict_id: str) -> sa.Select[str]:
    leaving = (
        sa.exists()
        .where(outbox.c.decision_id == decisions.c.id, decisions.c.job_id == jobs.c.id)
        .where(outbox.c.published_at.is_(None), outbox.c.withdrawn_at.is_(None))
    )
    kept = sa.exists().where(contents.c.job_id == jobs.c.id)
    wanted = sa.select(jobs.c.id).where(jobs.c.standing == verdict_id, ~jobs.c.waiting, kept, ~leaving)
    return wanted.with_for_update()


def _bar_who_decided(connection: sa.Connection, id_: str, now: datetime) -> None:
    bar = sa.exists().where(barred.c.job_id == id_, barred.c.reviewer_id == decisions.c.reviewer_id)
    who = (
        sa.select(decisions.c.reviewer_id)
        .where(decisions.c.job_id == id_, decisions.c.source == VerdictSource.HUMAN, ~bar)
        .distinct()
    )
    decided_before = [
        {"job_id": id_, "reviewer_id": reviewer_id, "why": Step.DECIDED, "at": now}
        for reviewer_id in connection.execute(who).scalars()
    ]
    if decided_before:
        connection.execute(sa.insert(barred), decided_before)
