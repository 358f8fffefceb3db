"""What stands round a message: its thread, and what its author wrote before, as far as it came to this store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.in_force import Ruling, in_force
from moderator.console.store.schema import contents, jobs
from moderator.contracts.labels import Label
from moderator.contracts.review import Escalation
from moderator.contracts.verdict import Outcome

MOST = 10


class Relation(StrEnum):
    """What another message is to the job's."""

    ANSWERED = "answered"  # the job's message answers it
    SIBLING = "sibling"  # both answer the same one
    REPLY = "reply"
    HISTORY = "history"  # by the same author


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another job. Its text is None when it was forgotten, its outcome when it is undecided."""

    job_id: str
    relation: Relation
    at: datetime
    text: str | None
    outcome: Outcome | None
    labels: tuple[Label, ...]
    same_author: bool
    severe: bool


@dataclass(frozen=True, slots=True)
class Context:
    """The thread with the oldest first, the author's history with the latest first."""

    thread: list[Earlier]
    history: list[Earlier]


def context(store: Store, job_id: str, most: int = MOST) -> Context:
    """Of the job, `most` messages of each kind: the latest, and always the one that it answers. Raises
    StoreUnavailable.
    """
    with store.reading() as connection:
        row = connection.execute(sa.select(jobs).where(jobs.c.id == job_id)).one_or_none()
        if row is None:
            return Context([], [])
        related = {relation: _found(connection, row, where, most) for relation, where in _related(row).items()}
        rulings = in_force(connection, [each.id for rows in related.values() for each in rows])
    told = {relation: [_told(each, relation, row, rulings) for each in rows] for relation, rows in related.items()}
    answered = told.get(Relation.ANSWERED, [])[:most]
    others = sorted(told.get(Relation.SIBLING, []) + told[Relation.REPLY], key=_when, reverse=True)
    thread = answered + others[: most - len(answered)]
    return Context(sorted(thread, key=_when), told.get(Relation.HISTORY, []))


def _when(earlier: Earlier) -> datetime:
    return earlier.at


def _related(job: sa.Row[Any]) -> dict[Relation, sa.ColumnElement[bool]]:
    """Which jobs are what to this one."""
    here = sa.and_(jobs.c.tenant.is_not_distinct_from(job.tenant), jobs.c.channel.is_not_distinct_from(job.channel))
    related = {Relation.REPLY: sa.and_(jobs.c.reply_to == job.message_id, here)}
    if job.reply_to is not None:
        related[Relation.ANSWERED] = sa.and_(jobs.c.message_id == job.reply_to, here)
        related[Relation.SIBLING] = sa.and_(jobs.c.reply_to == job.reply_to, here)
    if job.author is not None:
        related[Relation.HISTORY] = sa.and_(jobs.c.author == job.author, jobs.c.escalated_at <= job.escalated_at)
    return related


def _found(connection: sa.Connection, job: sa.Row[Any], where: sa.ColumnElement[bool], most: int) -> Sequence[Any]:
    wanted = (
        sa.select(jobs.c.id, jobs.c.author, jobs.c.severe, jobs.c.escalated_at, contents.c.escalation)
        .outerjoin(contents, contents.c.job_id == jobs.c.id)
        .where(where, jobs.c.id != job.id)
        .order_by(jobs.c.escalated_at.desc())
        .limit(most)
    )
    return connection.execute(wanted).all()


def _told(row: sa.Row[Any], relation: Relation, job: sa.Row[Any], rulings: Mapping[str, Ruling]) -> Earlier:
    text = Escalation.model_validate_json(row.escalation).message.text if row.escalation is not None else None
    outcome, labels = rulings.get(row.id, (None, ()))
    same_author = job.author is not None and row.author == job.author
    return Earlier(row.id, relation, row.escalated_at, text, outcome, labels, same_author, row.severe)
