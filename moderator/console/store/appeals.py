"""Final verdicts that are doubted, to a second reviewer."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.in_force import in_force
from moderator.console.store.job import set_waiting
from moderator.console.store.looks import AGAIN, Look
from moderator.console.store.refusals import NotAppealable
from moderator.console.store.schema import barred, contents, decisions, jobs, outbox, reasons, trail
from moderator.console.store.trail import Entry, Step, is_undone, record
from moderator.contracts.review import Decision
from moderator.contracts.verdict import Outcome, VerdictSource


@dataclass(frozen=True, slots=True)
class Appealed:
    """Who doubts a verdict and why, and the decisions that stood before, the earliest first."""

    appellant: str
    why: str
    at: datetime
    before: list[Decision]


@dataclass(frozen=True, slots=True)
class Appeal:
    """One, with what is in force now and whether it still waits."""

    job_id: str
    verdict_id: str
    appellant: str
    why: str
    at: datetime
    waiting: bool
    outcome: Outcome | None


def appeal(store: Store, verdict_id: str, appellant: str, why: str, now: datetime, order_at: datetime) -> str:
    """Let the job wait again, in the queue's place of `order_at`, for a person who never decided it; its id. If it
    waited for a second look, this is one.

    Raises NotAppealable, also for a second appeal while the first one waits; StoreUnavailable.
    """
    with store.writing() as connection:
        id_ = connection.execute(_appealable(verdict_id)).scalar()
        if id_ is None:
            raise NotAppealable
        _bar_who_decided(connection, id_, now)
        set_waiting(connection, [id_], waiting=True)
        reopened = sa.update(jobs).where(jobs.c.id == id_)
        values = {"appeals": jobs.c.appeals + 1, "look": Look.APPEAL, "decided_at": None, "order_at": order_at}
        connection.execute(reopened.values(**values))
        connection.execute(sa.update(reasons).where(reasons.c.job_id == id_).values(order_at=order_at))
        record(connection, [Entry(id_, Step.APPEALED, appellant, now, why=why)])
    return id_


def appealed(store: Store, job_id: str) -> Appealed | None:
    """The job's latest appeal; None if there was none. Raises StoreUnavailable."""
    latest = (
        sa.select(trail)
        .where(trail.c.job_id == job_id, trail.c.step == Step.APPEALED)
        .order_by(trail.c.number.desc())
        .limit(1)
    )
    with store.reading() as connection:
        row = connection.execute(latest).one_or_none()
        if row is None:
            return None
        return Appealed(row.actor, row.why, row.at, decided_before(connection, job_id))


def decided_before(connection: sa.Connection, job_id: str) -> list[Decision]:
    """Decisions that decided the job before its latest appeal and stand, the earliest first."""
    appealed_at = sa.select(sa.func.max(trail.c.number)).where(trail.c.job_id == job_id, trail.c.step == Step.APPEALED)
    deciding = sa.select(trail.c.decision_id).where(
        trail.c.job_id == job_id,
        trail.c.step.in_((Step.DECIDED, Step.CLOSED)),
        trail.c.number < appealed_at.scalar_subquery(),
    )
    made = sa.select(decisions.c.document).where(decisions.c.id.in_(deciding), ~is_undone(decisions.c.id))
    documents = connection.execute(made.order_by(decisions.c.decided_at)).scalars()
    return [Decision.model_validate_json(document) for document in documents]


def recent_appeals(store: Store, most: int) -> list[Appeal]:
    """The latest appeals, the latest first. Raises StoreUnavailable."""
    wanted = (
        sa.select(trail, jobs.c.standing, jobs.c.waiting)
        .join(jobs, jobs.c.id == trail.c.job_id)
        .where(trail.c.step == Step.APPEALED)
        .order_by(trail.c.number.desc())
        .limit(most)
    )
    with store.reading() as connection:
        rows = connection.execute(wanted).all()
        rulings = in_force(connection, [row.job_id for row in rows])
    return [
        Appeal(
            row.job_id,
            row.standing,
            row.actor,
            row.why,
            row.at,
            row.waiting,
            rulings[row.job_id].outcome if row.job_id in rulings else None,
        )
        for row in rows
    ]


def _appealable(verdict_id: str) -> sa.Select[str]:
    leaving = (
        sa.exists()
        .where(outbox.c.decision_id == decisions.c.id, decisions.c.job_id == jobs.c.id)
        .where(outbox.c.published_at.is_(None), outbox.c.withdrawn_at.is_(None))
    )
    kept = sa.exists().where(contents.c.job_id == jobs.c.id)
    decided = sa.or_(~jobs.c.waiting, jobs.c.look.in_(AGAIN))
    wanted = sa.select(jobs.c.id).where(
        jobs.c.standing == verdict_id, jobs.c.look != Look.CANARY, decided, kept, ~leaving
    )
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
