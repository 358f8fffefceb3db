"""Decisions on their way out of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.looks import Look
from moderator.console.store.schema import decisions, jobs, outbox
from moderator.contracts.codec import parse_json
from moderator.contracts.record import Publication
from moderator.review.publications import published_again


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One record to publish, with its number in the outbox, the decision that it tells or follows from, and since when
    its escalation waits for that, unless another decision was published before.
    """

    number: int
    publication: Publication
    decision_id: str
    waits_since: datetime | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A decision or a final verdict of people's, by its id, that was not withdrawn."""

    id: str
    replaces: str
    decision_id: str
    publication: Publication
    publish_after: datetime


def pick(store: Store, now: datetime, hold_for: timedelta, most: int) -> list[Outgoing]:
    """What is due and in nobody's hands, in its order. From now on it is not undone, and for `hold_for` it is this
    caller's alone; then whoever asks gets what was not marked as published, for its publisher may have crashed.

    So a record can be published twice, with the same id. Raises StoreUnavailable.
    """
    due = (
        sa.select(outbox.c.number)
        .where(outbox.c.published_at.is_(None), outbox.c.withdrawn_at.is_(None), outbox.c.publish_after <= now)
        .where(sa.or_(outbox.c.picked_until.is_(None), outbox.c.picked_until <= now))
        .order_by(outbox.c.number)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    with store.writing() as connection:
        numbers = connection.execute(due).scalars().all()
        connection.execute(sa.update(outbox).where(outbox.c.number.in_(numbers)).values(picked_until=now + hold_for))
        picked = connection.execute(
            sa.select(outbox, decisions.c.look, jobs.c.escalated_at)
            .join(decisions, decisions.c.id == outbox.c.decision_id)
            .join(jobs, jobs.c.id == decisions.c.job_id)
            .where(outbox.c.number.in_(numbers))
            .order_by(outbox.c.number)
        ).all()
    return [_outgoing(row) for row in picked]


def mark_published(store: Store, numbers: Sequence[int], now: datetime) -> None:
    """The broker has acknowledged these; to say so again changes nothing. Raises StoreUnavailable."""
    unmarked = sa.and_(outbox.c.number.in_(numbers), outbox.c.published_at.is_(None))
    with store.writing() as connection:
        connection.execute(sa.update(outbox).where(unmarked).values(published_at=now))


def leaving(connection: sa.Connection, job_id: str) -> list[Sent]:
    """What has left or will leave of a job, in its order."""
    wanted = (
        sa.select(outbox)
        .join(decisions, decisions.c.id == outbox.c.decision_id)
        .where(decisions.c.job_id == job_id, outbox.c.withdrawn_at.is_(None))
        .order_by(outbox.c.number)
    )
    return [_sent(row) for row in connection.execute(wanted)]


def send_again(connection: sa.Connection, verdict: Sent, replaced: str) -> str:
    """Let a final verdict follow itself as one that replaces another verdict, `replaced`; the new one's id. It leaves,
    or is withdrawn, with the first.
    """
    again = published_again(verdict.publication, replaced)
    row = outgoing(verdict.decision_id, again, verdict.publish_after)
    connection.execute(sa.insert(outbox), [row])
    return str(parse_json(again.value or b"")["id"])


def outgoing(decision_id: str, publication: Publication, publish_after: datetime) -> dict[str, Any]:
    """A row of the outbox."""
    return {
        "decision_id": decision_id,
        "topic": publication.topic,
        "key": publication.key,
        "value": publication.value,
        "headers": publication.headers,
        "publish_after": publish_after,
    }


def _outgoing(row: sa.Row[Any]) -> Outgoing:
    publication = Publication(row.topic, row.key, row.value, row.headers)
    return Outgoing(row.number, publication, row.decision_id, row.escalated_at if row.look == Look.FIRST else None)


def _sent(row: sa.Row[Any]) -> Sent:
    document = parse_json(row.value)
    publication = Publication(row.topic, row.key, row.value, row.headers)
    return Sent(document["id"], document["replaces"], row.decision_id, publication, row.publish_after)
