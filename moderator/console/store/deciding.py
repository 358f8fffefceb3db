"""People's decisions, and taking them back while nobody has heard of them."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.decided import decision_row
from moderator.console.store.job import Job, read_jobs, set_waiting
from moderator.console.store.leases import Lease, free, held, why_not_held
from moderator.console.store.queue import Claim, is_barred
from moderator.console.store.refusals import NothingToUndo, UndoTooLate
from moderator.console.store.schema import decisions, jobs, outbox
from moderator.console.store.trail import Entry, Step, is_undone, record
from moderator.contracts.record import Publication
from moderator.contracts.review import Decision
from moderator.contracts.verdict import VerdictSource

MOST_AT_ONCE = (
    500  # near-duplicates in one transaction; those that are left wait for the next decision on their cluster
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's decision on one job, the id of its final verdict, and both as they are to be published, in order."""

    decision: Decision
    verdict_id: str
    publications: Sequence[Publication]


@dataclass(frozen=True, slots=True)
class Act:
    """One or more decisions that a reviewer made, and can undo, together."""

    id: str
    decided: int
    undo_until: datetime


def decide(
    store: Store,
    lease: Lease,
    answer: Callable[[Job], Answer],
    now: datetime,
    grace: timedelta,
    *,
    whole_cluster: bool = False,
) -> Act:
    """Decide the job under `lease` and, for the `whole_cluster`, each of its near-duplicates that nobody else holds.

    What `answer` says to each job is kept, and published after `grace`; all of it or, if anything raises, none.
    Raises LeaseExpired, AlreadyDecided, StoreUnavailable.
    """
    with store.writing() as connection:
        mine = sa.select(jobs.c.id, jobs.c.cluster).where(held(lease, now)).with_for_update()
        first = connection.execute(mine).one_or_none()
        if first is None:
            raise why_not_held(connection, lease)
        ids = [first.id]
        if whole_cluster and first.cluster is not None:
            ids += connection.execute(_others(first.cluster, lease, now)).scalars()
        answers = [answer(job) for job in read_jobs(connection, ids)]
        set_waiting(connection, ids, waiting=False)
        _keep(connection, answers, now, now + grace)
    return Act(answers[0].decision.id, len(answers), now + grace)


def undo(store: Store, act_id: str, reviewer_id: str, now: datetime, lease_for: timedelta) -> Claim:
    """Take an act of this reviewer back: its jobs wait again, the first of them in the reviewer's hands.

    Decisions stay in the store, with an entry of the trail that says they are undone; what was to be published is
    withdrawn. Raises UndoTooLate, NothingToUndo, StoreUnavailable.
    """
    with store.writing() as connection:
        made = _made(connection, act_id, reviewer_id)
        _withdraw(connection, [decision.id for decision in made], now)
        ids = [decision.escalation_id for decision in made]
        set_waiting(connection, ids, waiting=True)
        before = sa.update(jobs).where(jobs.c.id == sa.bindparam("job")).values(decided_at=None)
        connection.execute(
            before.values(standing=sa.bindparam("verdict")),
            [{"job": decision.escalation_id, "verdict": decision.replaces} for decision in made],
        )
        record(connection, [Entry(each.escalation_id, Step.UNDONE, reviewer_id, now, each.id) for each in made])
        lease = Lease(uuid.uuid4().hex, ids[0], reviewer_id)
        again = sa.update(jobs).where(jobs.c.id == lease.job_id)
        connection.execute(
            again.values(lease_id=lease.id, leased_to=reviewer_id, claimed_at=now, leased_until=now + lease_for)
        )
        return Claim(lease, now + lease_for, read_jobs(connection, ids[:1])[0])


def _others(cluster: str, lease: Lease, now: datetime) -> sa.Select[str]:
    return (
        sa.select(jobs.c.id)
        .where(jobs.c.cluster == cluster, jobs.c.waiting, jobs.c.id != lease.job_id)
        .where(free(now), ~is_barred(lease.reviewer_id))
        .order_by(jobs.c.order_at, jobs.c.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )


def _keep(connection: sa.Connection, answers: Sequence[Answer], now: datetime, publish_after: datetime) -> None:
    act_id = answers[0].decision.id
    connection.execute(sa.insert(decisions), [decision_row(each.decision, act_id) for each in answers])
    decided = sa.update(jobs).where(jobs.c.id == sa.bindparam("job")).values(decided_at=now)
    connection.execute(
        decided.values(standing=sa.bindparam("verdict")),
        [{"job": each.decision.escalation_id, "verdict": each.verdict_id} for each in answers],
    )
    leaving = [_outgoing(each, publication, publish_after) for each in answers for publication in each.publications]
    connection.execute(sa.insert(outbox), leaving)
    made = [each.decision for each in answers]
    record(connection, [Entry(each.escalation_id, Step.DECIDED, each.reviewer_id, now, each.id) for each in made])


def _outgoing(answer: Answer, publication: Publication, publish_after: datetime) -> dict[str, Any]:
    return {
        "decision_id": answer.decision.id,
        "topic": publication.topic,
        "key": publication.key,
        "value": publication.value,
        "headers": publication.headers,
        "publish_after": publish_after,
    }


def _made(connection: sa.Connection, act_id: str, reviewer_id: str) -> list[Decision]:
    """The decisions of an act, the first one first."""
    wanted = sa.select(decisions.c.document).where(
        decisions.c.act_id == act_id,
        decisions.c.reviewer_id == reviewer_id,
        decisions.c.source == VerdictSource.HUMAN,
        ~is_undone(decisions.c.id),
    )
    documents = connection.execute(wanted).scalars()
    made = [Decision.model_validate_json(document) for document in documents]
    if not made:
        raise NothingToUndo
    return sorted(made, key=lambda decision: decision.id != act_id)


def _withdraw(connection: sa.Connection, ids: Sequence[str], now: datetime) -> None:
    """Raises UndoTooLate if anything of it may have been published; the caller's transaction then changes nothing."""
    still = sa.and_(outbox.c.withdrawn_at.is_(None), outbox.c.picked_until.is_(None), outbox.c.publish_after > now)
    of_these = outbox.c.decision_id.in_(ids)
    withdrawn = connection.execute(sa.update(outbox).where(of_these, still).values(withdrawn_at=now))
    if withdrawn.rowcount != connection.scalar(sa.select(sa.func.count()).select_from(outbox).where(of_these)):
        raise UndoTooLate
