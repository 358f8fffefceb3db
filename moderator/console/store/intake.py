"""Escalations and large models' decisions, from the topics into the store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from moderator.console.store.authors import author_hash, author_key
from moderator.console.store.columns import storable
from moderator.console.store.database import Store
from moderator.console.store.decided import decision_row
from moderator.console.store.in_force import put_people_first
from moderator.console.store.inserting import insert, insert_new
from moderator.console.store.job import set_waiting
from moderator.console.store.looks import Look
from moderator.console.store.schema import contents, decisions, jobs, positions, reasons
from moderator.console.store.sketches import Sketch, keep_sketches
from moderator.console.store.trail import Entry, Step, record
from moderator.contracts.record import Headers, Partition
from moderator.contracts.review import Decision, Escalation, Referral
from moderator.contracts.verdict import Outcome, Reason, VerdictSource
from moderator.review.audit_sample import audited_outcome
from moderator.review.final import final_verdict

# For PostgreSQL's advisory locks: an escalation and the decision on it, taken at once by two consoles, would not see
# each other.
INTAKE_LOCK = 7_410_226_092


@dataclass(frozen=True, slots=True)
class Arrival:
    """An escalation with its record's key and headers. Jobs are offered by `order_at`, the earliest first.

    `sketch` is that of the `cluster`.
    """

    escalation: Escalation
    key: bytes | None
    headers: Headers
    order_at: datetime
    policy_id: str | None = None
    cluster: str | None = None
    severe: bool = False
    sketch: Sketch | None = None


class Position(NamedTuple):
    """Everything of a partition before `next_offset` is in the store."""

    partition: Partition
    next_offset: int


def take(store: Store, arrivals: Iterable[Arrival], said: Iterable[Decision], consumed: Iterable[Position]) -> None:
    """Keep what was consumed, and how far that was, in one transaction; what is known already changes nothing.

    A large model's decision may come before its escalation. One that decides closes the job, unless a person was
    faster or it is under appeal: then the person's final verdict is published once more, to replace the model's.
    People's decisions are this store's own and passed over. On SQLite reviewers wait in the meantime: better some
    dozens at a time than thousands. Raises StoreUnavailable.
    """
    by_id = {storable(arrival.escalation.id): arrival for arrival in arrivals}
    of_models = {storable(decision.id): decision for decision in said if decision.source is VerdictSource.LLM}
    with store.writing() as connection:
        if not store.on_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(INTAKE_LOCK)))
        new = keep_new(connection, by_id)
        keep_sketches(connection, [arrival.sketch for arrival in by_id.values() if arrival.sketch])
        heard = insert_new(connection, decisions, decisions.c.id, [decision_row(each) for each in of_models.values()])
        _settle(connection, [of_models[id_] for id_ in heard] + _said_before(connection, new, heard))
        _keep_positions(connection, consumed)


def consumed_until(store: Store) -> dict[Partition, int]:
    """The next offset of each partition that was ever consumed. Raises StoreUnavailable."""
    with store.reading() as connection:
        return {
            Partition(row.topic, row.partition): row.next_offset for row in connection.execute(sa.select(positions))
        }


def keep_new(connection: sa.Connection, arrivals: Mapping[str, Arrival]) -> list[str]:
    """Of escalations by their ids, as they are stored, those that are not known yet become jobs; their ids."""
    key = author_key(connection)
    new = insert_new(connection, jobs, jobs.c.id, [_job_row(arrival, key) for arrival in arrivals.values()])
    _keep_contents(connection, [arrivals[id_] for id_ in new])
    return new


def _job_row(arrival: Arrival, key: bytes) -> dict[str, Any]:
    escalation = arrival.escalation
    message = escalation.message
    audited = audited_outcome(escalation)
    return {
        "id": escalation.id,
        "message_id": escalation.message_id,
        "policy_id": arrival.policy_id,
        "language": message.language,
        "source": message.source,
        "tenant": message.tenant,
        "channel": message.channel,
        "reply_to": message.reply_to,
        "author": author_hash(key, message),
        "cluster": arrival.cluster,
        "escalated_at": escalation.escalated_at,
        "order_at": arrival.order_at,
        "waiting": True,
        "blinded": audited is not None,  # a check that leans on another's word is a poorer one
        "audited": audited,
        "severe": arrival.severe,
        "look": Look.FIRST,
        "appeals": 0,
        "standing": escalation.id,
    }


def _keep_contents(connection: sa.Connection, arrivals: Sequence[Arrival]) -> None:
    if not arrivals:
        return
    rows = [
        {
            "job_id": arrival.escalation.id,
            "key": arrival.key,
            "headers": arrival.headers,
            "escalation": arrival.escalation.model_dump_json(exclude_none=True),
        }
        for arrival in arrivals
    ]
    connection.execute(sa.insert(contents), rows)
    labelled = [
        {
            "job_id": arrival.escalation.id,
            "label": reason.label,
            "score": reason.score,
            "threshold": reason.threshold,
            "order_at": arrival.order_at,
            "waiting": True,
        }
        for arrival in arrivals
        for reason in {reason.label: reason for reason in _of_labels(arrival.escalation)}.values()
    ]
    if labelled:
        connection.execute(sa.insert(reasons), labelled)


def _of_labels(escalation: Escalation) -> list[Reason]:
    """Reasons that are a label's, with what the contract leaves open: its score and threshold."""
    whole = (reason for reason in escalation.reasons if reason.label)
    return [reason for reason in whole if reason.score is not None and reason.threshold is not None]


def _said_before(connection: sa.Connection, new: Sequence[str], heard: Sequence[str]) -> list[Decision]:
    """Decisions on new jobs that came before them."""
    wanted = sa.select(decisions.c.document).where(decisions.c.job_id.in_(new), decisions.c.id.not_in(heard))
    return [Decision.model_validate_json(document) for document in connection.execute(wanted).scalars()]


def _settle(connection: sa.Connection, said: Sequence[Decision]) -> None:
    """Do what large models' words mean for their jobs."""
    ids = [decision.escalation_id for decision in said]
    connection.execute(sa.select(jobs.c.id).where(jobs.c.id.in_(ids)).order_by(jobs.c.id).with_for_update())
    for decision in said:
        undecided = sa.and_(jobs.c.id == decision.escalation_id, jobs.c.waiting, jobs.c.look == Look.FIRST)
        if decision.outcome is Outcome.ESCALATE:
            if decision.referral is Referral.SAMPLED:
                connection.execute(sa.update(jobs).where(undecided).values(blinded=True))
            continue
        wanted = sa.select(contents.c.escalation).join(jobs, jobs.c.id == contents.c.job_id)
        content = connection.scalar(wanted.where(undecided))
        if content is not None:
            _close(connection, Escalation.model_validate_json(content), decision)
        else:
            put_people_first(connection, [decision.escalation_id])


def _close(connection: sa.Connection, escalation: Escalation, decision: Decision) -> None:
    final = final_verdict(escalation, decision)
    if final is None:
        raise ValueError("a decision that leaves it to people closes nothing")
    set_waiting(connection, [escalation.id], waiting=False)
    closed = sa.update(jobs).where(jobs.c.id == escalation.id)
    connection.execute(closed.values(standing=final.id, decided_at=decision.decided_at))
    closing = Entry(escalation.id, Step.CLOSED, decision.reviewer_id, decision.decided_at, decision.id)
    record(connection, [closing])


def _keep_positions(connection: sa.Connection, consumed: Iterable[Position]) -> None:
    rows = [
        {"topic": partition.topic, "partition": partition.number, "next_offset": offset}
        for partition, offset in consumed
    ]
    if not rows:
        return
    inserted = insert(connection, positions)
    further = inserted.on_conflict_do_update(
        index_elements=["topic", "partition"],
        set_={"next_offset": inserted.excluded.next_offset},
        where=positions.c.next_offset < inserted.excluded.next_offset,  # a member that was expelled may write late
    )
    connection.execute(further, rows)
