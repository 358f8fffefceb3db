"""People's decisions, and taking them back while nobody has heard of them."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.decided import decision_row
from moderator.console.store.in_force import put_people_first
from moderator.console.store.job import Job, read_jobs, set_waiting
from moderator.console.store.leases import Lease, free, held, why_not_held
from moderator.console.store.looks import AGAIN, LOOK_BEFORE, PUBLISHED, Look, first_outcomes, next_look
from moderator.console.store.outbox import outgoing
from moderator.console.store.queue import Claim, is_barred
from moderator.console.store.refusals import NothingToUndo, UndoTooLate
from moderator.console.store.schema import barred, decisions, jobs, outbox
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
    second_looks: float = 0.0,
) -> Act:
    """Decide the job under `lease` and, for the `whole_cluster`, each of its near-duplicates that nobody else holds.

    What `answer` says to each job is kept, and published after `grace`, unless the job's look says otherwise; all of it
    or, if anything raises, none. The part `second_looks` of all jobs waits again, for a different person. Raises
    LeaseExpired, AlreadyDecided, StoreUnavailable.
    """
    with store.writing() as connection:
        mine = sa.select(jobs.c.id, jobs.c.cluster).where(held(lease, now)).with_for_update()
        first = connection.execute(mine).one_or_none()
        if first is None:
            raise why_not_held(connection, lease)
        ids = [first.id]
        if whole_cluster and first.cluster is not None:
            ids += connection.execute(_others(first.cluster, lease, now)).scalars()
        looks = _looks(connection, ids)
        answers = [answer(job) for job in read_jobs(connection, ids)]
        set_waiting(connection, ids, waiting=False)
        _keep(connection, answers, looks, now, now + grace)
        _wait_again(connection, _looks_to_come(connection, answers, looks, second_looks), lease.reviewer_id, now, grace)
    return Act(answers[0].decision.id, len(answers), now + grace)


def near_duplicates(store: Store, lease: Lease, now: datetime) -> int:
    """How many other jobs a decision on the whole cluster would decide. Raises StoreUnavailable."""
    with store.reading() as connection:
        cluster = connection.execute(sa.select(jobs.c.cluster).where(held(lease, now))).scalar()
        if cluster is None:
            return 0
        return connection.execute(
            sa.select(sa.func.count()).select_from(_others(cluster, lease, now).subquery())
        ).scalar_one()


def undo(store: Store, act_id: str, reviewer_id: str, now: datetime, lease_for: timedelta) -> Claim:
    """Take an act of this reviewer back: its jobs wait again, the first of them in the reviewer's hands.

    Decisions stay in the store, with an entry of the trail that says they are undone; what was to be published is
    withdrawn. What a large model decided in the meantime is in force until the next decision replaces it.

    Raises UndoTooLate, NothingToUndo, StoreUnavailable.
    """
    with store.writing() as connection:
        made = _made(connection, act_id, reviewer_id)
        ids = [decision.escalation_id for decision in made]
        looks = _looks_before(connection, ids, act_id, now)
        if len(looks) < len(made):
            raise UndoTooLate
        _withdraw(connection, [decision.id for decision in made], now)
        set_waiting(connection, ids, waiting=True)
        _stand_as_before(connection, made, looks)
        _has_seen_the_opinion(connection, ids[0], reviewer_id)
        undecided = sa.and_(jobs.c.id.in_(ids), jobs.c.look.not_in(AGAIN))
        connection.execute(sa.update(jobs).where(undecided).values(decided_at=None))
        connection.execute(sa.delete(barred).where(barred.c.job_id.in_(ids), _for_deciding(reviewer_id)))
        record(connection, [Entry(each.escalation_id, Step.UNDONE, reviewer_id, now, each.id) for each in made])
        put_people_first(connection, ids)
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
        .where(jobs.c.look == Look.FIRST)  # what is doubted, or checked, is looked at by itself
        .where(free(now), ~is_barred(lease.reviewer_id))
        .order_by(jobs.c.order_at, jobs.c.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )


def _looks(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Look]:
    found = connection.execute(sa.select(jobs.c.id, jobs.c.look).where(jobs.c.id.in_(ids)))
    return {id_: Look(look) for id_, look in found}


def _keep(
    connection: sa.Connection,
    answers: Sequence[Answer],
    looks: Mapping[str, Look],
    now: datetime,
    publish_after: datetime,
) -> None:
    act_id = answers[0].decision.id
    made = [each.decision for each in answers]
    connection.execute(sa.insert(decisions), [decision_row(each, act_id, looks[each.escalation_id]) for each in made])
    decided = sa.update(jobs).where(jobs.c.id.in_([each.escalation_id for each in made]))
    connection.execute(decided.values(decided_at=now, last_act=act_id, undo_until=publish_after))
    published = [each for each in answers if looks[each.decision.escalation_id] in PUBLISHED]
    if published:
        in_force = sa.update(jobs).where(jobs.c.id == sa.bindparam("job")).values(standing=sa.bindparam("verdict"))
        verdicts = [{"job": each.decision.escalation_id, "verdict": each.verdict_id} for each in published]
        connection.execute(in_force, verdicts)
        leaving = [
            outgoing(each.decision.id, publication, publish_after)
            for each in published
            for publication in each.publications
        ]
        connection.execute(sa.insert(outbox), leaving)
        put_people_first(connection, [each.decision.escalation_id for each in published])
    record(connection, [Entry(each.escalation_id, Step.DECIDED, each.reviewer_id, now, each.id) for each in made])


def _looks_to_come(
    connection: sa.Connection, answers: Sequence[Answer], looks: Mapping[str, Look], part: float
) -> dict[str, Look]:
    """By job, where another person is to look at it."""
    seconds = [id_ for id_, look in looks.items() if look is Look.SECOND]
    firsts = first_outcomes(connection, seconds)
    found = {}
    for decision in (answer.decision for answer in answers):
        id_ = decision.escalation_id
        look = next_look(looks[id_], id_, part, differs=firsts.get(id_) != decision.outcome)
        if look is not None:
            found[id_] = look
    return found


def _wait_again(
    connection: sa.Connection, looks: Mapping[str, Look], reviewer_id: str, now: datetime, grace: timedelta
) -> None:
    """Not for this reviewer, and not before they can undo it no more: it would be taken out of another's hands."""
    if not looks:
        return
    set_waiting(connection, list(looks), waiting=True)
    again = sa.update(jobs).where(jobs.c.id == sa.bindparam("job")).values(leased_until=now + grace)
    connection.execute(
        again.values(look=sa.bindparam("its_look")), [{"job": id_, "its_look": look} for id_, look in looks.items()]
    )
    bars = [{"job_id": id_, "reviewer_id": reviewer_id, "why": Step.DECIDED, "at": now} for id_ in looks]
    connection.execute(sa.insert(barred), bars)


def _looks_before(connection: sa.Connection, ids: Sequence[str], act_id: str, now: datetime) -> dict[str, Look]:
    """What the jobs of an act waited for before it, as long as it can be undone and nobody has gone on from there."""
    theirs = sa.and_(jobs.c.id.in_(ids), jobs.c.last_act == act_id, jobs.c.undo_until > now)
    wanted = sa.select(jobs.c.id, jobs.c.look, jobs.c.waiting).where(theirs).order_by(jobs.c.id)  # as the intake locks
    found = connection.execute(wanted.with_for_update())
    return {id_: LOOK_BEFORE[Look(look)] if waits else Look(look) for id_, look, waits in found}


def _stand_as_before(connection: sa.Connection, made: Sequence[Decision], looks: Mapping[str, Look]) -> None:
    before = sa.update(jobs).where(jobs.c.id == sa.bindparam("job")).values(last_act=None, undo_until=None)
    its_look = [{"job": id_, "its_look": look} for id_, look in looks.items()]
    connection.execute(before.values(look=sa.bindparam("its_look")), its_look)
    replaced = [
        {"job": each.escalation_id, "verdict": each.replaces} for each in made if looks[each.escalation_id] in PUBLISHED
    ]
    if replaced:
        stood = sa.update(jobs).where(jobs.c.id == sa.bindparam("job")).values(standing=sa.bindparam("verdict"))
        connection.execute(stood, replaced)


def _has_seen_the_opinion(connection: sa.Connection, id_: str, reviewer_id: str) -> None:
    """If there is one: it is shown to whoever has decided."""
    opinion = sa.exists().where(decisions.c.job_id == id_, decisions.c.source == VerdictSource.LLM)
    connection.execute(sa.update(jobs).where(jobs.c.id == id_, opinion).values(suggestion_seen_by=reviewer_id))


def _for_deciding(reviewer_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(barred.c.reviewer_id == reviewer_id, barred.c.why == Step.DECIDED)


def _made(connection: sa.Connection, act_id: str, reviewer_id: str) -> list[Decision]:
    """The decisions of an act, the first one first."""
    wanted = sa.select(decisions.c.document).where(
        decisions.c.act_id == act_id, decisions.c.reviewer_id == reviewer_id, ~is_undone(decisions.c.id)
    )
    found = map(Decision.model_validate_json, connection.execute(wanted).scalars())
    made = [decision for decision in found if decision.source is VerdictSource.HUMAN]
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
