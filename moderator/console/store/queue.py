"""Who decides what next: claims with a lease, each job in one pair of hands."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from moderator.console.store.columns import Word
from moderator.console.store.database import Store
from moderator.console.store.exposure import note_exposure
from moderator.console.store.job import Job, read_jobs
from moderator.console.store.leases import Lease, free, held, why_not_held
from moderator.console.store.schema import barred, jobs, reasons
from moderator.console.store.trail import Entry, Step, record
from moderator.contracts.labels import Label
from moderator.contracts.message import TextSource


@dataclass(frozen=True, slots=True)
class Filter:
    """Which jobs a reviewer wants; None: any."""

    label: Label | None = None
    policy_id: str | None = None
    language: str | None = None
    source: TextSource | None = None
    tenant: str | None = None
    severe: bool | None = None
    among: frozenset[str] | None = None  # policy documents; a job without one is among none


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in a reviewer's hands."""

    lease: Lease
    until: datetime
    job: Job


ANY = Filter()

# Made once: a reviewer's turn asks three times.
IN_HAND = (
    sa.select(jobs.c.id, jobs.c.lease_id, jobs.c.leased_until)
    .where(jobs.c.leased_to == sa.bindparam("reviewer"), jobs.c.waiting, jobs.c.leased_until > sa.bindparam("now"))
    .order_by(jobs.c.claimed_at.desc())
    .limit(1)
)

# For PostgreSQL's advisory locks. One of two numbers, this and a reviewer's, is never the intake's, which is of one.
CLAIM_LOCK = 1_602_214


def claim_next(
    store: Store,
    reviewer_id: str,
    now: datetime,
    lease_for: timedelta,
    wanted: Filter = ANY,
    *,
    shows: bool = False,
) -> Claim | None:
    """What is in this reviewer's hands, whatever is `wanted`: nobody gets more by asking again, or often at a time.

    If that is nothing, the earliest job by `order_at` that nobody holds and that they are not barred from; None: no
    such job. A lease that has run out counts no more. What is claimed counts as read from now on where the page `shows`
    it at once, which it never does with severe texts. Raises StoreUnavailable.
    """
    with store.writing() as connection:
        if not store.on_sqlite:  # there, writers take turns anyway
            connection.execute(_turn_of(reviewer_id))
        in_hand = _in_hand(connection, reviewer_id, now)
        if in_hand is not None:
            return in_hand
        claim = _claim(connection, reviewer_id, now, now + lease_for, wanted)
        if claim is not None and shows and not claim.job.severe:
            note_exposure(connection, claim.job.id, reviewer_id, now)
        return claim


def held_by(store: Store, reviewer_id: str, now: datetime) -> Claim | None:
    """What is in this reviewer's hands; of several jobs, as after an undo, the one that they got last.

    Raises StoreUnavailable.
    """
    with store.reading() as connection:
        return _in_hand(connection, reviewer_id, now)


def resume(store: Store, lease: Lease, now: datetime) -> Claim:
    """What `lease` holds, once more. Raises LeaseExpired, AlreadyDecided, StoreUnavailable."""
    with store.reading() as connection:
        until = connection.execute(sa.select(jobs.c.leased_until).where(held(lease, now))).scalar()
        if until is None:
            raise why_not_held(connection, lease)
        return Claim(lease, until, read_jobs(connection, [lease.job_id])[0])


def renew(store: Store, lease: Lease, now: datetime, lease_for: timedelta) -> datetime:
    """Let the lease last from now on; until when. Raises LeaseExpired, AlreadyDecided, StoreUnavailable."""
    until = now + lease_for
    with store.writing() as connection:
        _change(connection, lease, now, {"leased_until": until})
    return until


def release(store: Store, lease: Lease, now: datetime) -> None:
    """Give the job back to the queue. Raises LeaseExpired, AlreadyDecided, StoreUnavailable."""
    with store.writing() as connection:
        _let_go(connection, lease, now)
        record(connection, [Entry(lease.job_id, Step.RELEASED, lease.reviewer_id, now)])


def skip(store: Store, lease: Lease, why: str, now: datetime) -> None:
    """Give the job back; this reviewer is not offered it again.

    Raises LeaseExpired, AlreadyDecided, StoreUnavailable.
    """
    with store.writing() as connection:
        _let_go(connection, lease, now)
        skipped = {"job_id": lease.job_id, "reviewer_id": lease.reviewer_id, "why": Step.SKIPPED, "at": now}
        connection.execute(sa.insert(barred), skipped)
        record(connection, [Entry(lease.job_id, Step.SKIPPED, lease.reviewer_id, now, why=why)])


def is_barred(reviewer_id: str) -> sa.ColumnElement[bool]:
    """From the job of the query's row."""
    return sa.exists().where(barred.c.job_id == jobs.c.id, barred.c.reviewer_id == reviewer_id)


def _turn_of(reviewer_id: str) -> sa.Select[Any]:
    """Waits for the end of this reviewer's other claims of this moment: each then sees what the one before it got."""
    return sa.select(sa.func.pg_advisory_xact_lock(CLAIM_LOCK, sa.func.hashtext(sa.literal(reviewer_id, Word))))


def _in_hand(connection: sa.Connection, reviewer_id: str, now: datetime) -> Claim | None:
    found = connection.execute(IN_HAND, {"reviewer": reviewer_id, "now": now}).one_or_none()
    if found is None:
        return None
    id_, lease_id, until = found
    return Claim(Lease(lease_id, id_, reviewer_id), until, read_jobs(connection, [id_])[0])


def _claim(connection: sa.Connection, reviewer_id: str, now: datetime, until: datetime, wanted: Filter) -> Claim | None:
    id_ = connection.execute(_next(reviewer_id, now, wanted)).scalar()
    if id_ is None:
        return None
    lease = Lease(uuid.uuid4().hex, id_, reviewer_id)
    claimed = sa.update(jobs).where(jobs.c.id == id_)
    connection.execute(claimed.values(lease_id=lease.id, leased_to=reviewer_id, claimed_at=now, leased_until=until))
    return Claim(lease, until, read_jobs(connection, [id_])[0])


def _next(reviewer_id: str, now: datetime, wanted: Filter) -> sa.Select[str]:
    found = sa.select(jobs.c.id).where(jobs.c.waiting, free(now), ~is_barred(reviewer_id))
    chosen: dict[sa.Column[Any], str | bool | None] = {
        jobs.c.policy_id: wanted.policy_id,
        jobs.c.language: wanted.language,
        jobs.c.source: wanted.source,
        jobs.c.tenant: wanted.tenant,
        jobs.c.severe: wanted.severe,
    }
    found = found.where(*(column == value for column, value in chosen.items() if value is not None))
    if wanted.among is not None:
        found = found.where(jobs.c.policy_id.in_(sorted(wanted.among)))
    if wanted.label is None:
        found = found.order_by(jobs.c.order_at, jobs.c.id)
    else:
        found = found.join(reasons, reasons.c.job_id == jobs.c.id).where(
            reasons.c.waiting, reasons.c.label == wanted.label
        )
        found = found.order_by(reasons.c.order_at, reasons.c.job_id)
    # Others' claims of this moment are passed over; SQLite, where writers take turns, leaves this out.
    return found.limit(1).with_for_update(of=jobs, skip_locked=True)


def _let_go(connection: sa.Connection, lease: Lease, now: datetime) -> None:
    _change(connection, lease, now, {"lease_id": None, "leased_to": None, "leased_until": None})


def _change(connection: sa.Connection, lease: Lease, now: datetime, values: dict[str, object]) -> None:
    changed = connection.execute(sa.update(jobs).where(held(lease, now)).values(**values))
    if not changed.rowcount:
        raise why_not_held(connection, lease)
