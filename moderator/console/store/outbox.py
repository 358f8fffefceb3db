"""Decisions on their way out of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.schema import outbox
from moderator.contracts.record import Publication


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One record to publish, with its number in the outbox."""

    number: int
    publication: Publication


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
            sa.select(outbox).where(outbox.c.number.in_(numbers)).order_by(outbox.c.number)
        ).all()
    return [Outgoing(row.number, Publication(row.topic, row.key, row.value, row.headers)) for row in picked]


def mark_published(store: Store, numbers: Sequence[int], now: datetime) -> None:
    """The broker has acknowledged these; to say so again changes nothing. Raises StoreUnavailable."""
    unmarked = sa.and_(outbox.c.number.in_(numbers), outbox.c.published_at.is_(None))
    with store.writing() as connection:
        connection.execute(sa.update(outbox).where(unmarked).values(published_at=now))
