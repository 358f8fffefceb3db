"""What leads look at."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.looks import AGAIN, OF_THE_QUEUE, Look
from moderator.console.store.schema import decisions, exposures, jobs, reasons
from moderator.console.store.trail import is_undone
from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome, VerdictSource


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs that wait for a person, claimed ones too, and when the oldest was escalated. Apart from these, decided ones
    that wait for another person's look. Canaries are in neither.
    """

    depth: int
    oldest: datetime | None
    second_looks: int = 0


@dataclass(frozen=True, slots=True)
class Overturns:
    """Of one label at one threshold: jobs escalated for it and decided, and those where people did not find it."""

    label: Label
    threshold: float
    decided: int
    overturned: int


def queue(store: Store) -> Queue:
    """As it is. Raises StoreUnavailable."""
    counted = sa.select(jobs.c.look, sa.func.count(), sa.func.min(jobs.c.escalated_at)).where(jobs.c.waiting)
    with store.reading() as connection:
        rows = connection.execute(counted.group_by(jobs.c.look)).all()
    waiting = [(count, oldest) for look, count, oldest in rows if look in OF_THE_QUEUE]
    second_looks = sum(count for look, count, _ in rows if look in AGAIN)
    return Queue(sum(count for count, _ in waiting), min((oldest for _, oldest in waiting), default=None), second_looks)


def throughput(store: Store, since: datetime) -> dict[str, int]:
    """Decisions that stand, of whatever look, by reviewer. Raises StoreUnavailable."""
    counted = sa.select(decisions.c.reviewer_id, sa.func.count()).where(by_people(since))
    with store.reading() as connection:
        return dict(connection.execute(counted.group_by(decisions.c.reviewer_id)).all())


def exposure(store: Store, since: datetime) -> dict[str, int]:
    """Texts that were shown, by reviewer; the same one twice counts once. Raises StoreUnavailable."""
    counted = sa.select(exposures.c.reviewer_id, sa.func.count(exposures.c.job_id.distinct()))
    with store.reading() as connection:
        seen = connection.execute(counted.where(exposures.c.at >= since).group_by(exposures.c.reviewer_id))
        return dict(seen.all())


def overturns(store: Store, since: datetime) -> list[Overturns]:
    """By label and the threshold that its score reached. Raises StoreUnavailable."""
    grouped = (
        sa.select(reasons.c.label, reasons.c.threshold, decisions.c.outcome, decisions.c.labels, sa.func.count())
        .join(decisions, decisions.c.job_id == reasons.c.job_id)
        .where(by_people(since), is_settled(decisions))
        .group_by(reasons.c.label, reasons.c.threshold, decisions.c.outcome, decisions.c.labels)
    )
    decided: Counter[tuple[str, float]] = Counter()
    overturned: Counter[tuple[str, float]] = Counter()
    with store.reading() as connection:
        for label, threshold, outcome, found, count in connection.execute(grouped):
            decided[label, threshold] += count
            if outcome == Outcome.ALLOW or label not in found.split():
                overturned[label, threshold] += count
    return [Overturns(Label(label), at, count, overturned[label, at]) for (label, at), count in sorted(decided.items())]


def by_people(since: datetime) -> sa.ColumnElement[bool]:
    """Decisions that a person made since then, and that stand."""
    return sa.and_(
        decisions.c.source == VerdictSource.HUMAN, decisions.c.decided_at >= since, ~is_undone(decisions.c.id)
    )


def is_settled(made: sa.FromClause) -> sa.ColumnElement[bool]:
    """Decisions that say what is so: neither on a canary, nor a second look, which would count a job twice."""
    return _look(made).not_in((Look.SECOND, Look.CANARY))


def is_first(made: sa.FromClause) -> sa.ColumnElement[bool]:
    """The first decision on a job, of a person who knew of no other."""
    return _look(made) == Look.FIRST


def _look(made: sa.FromClause) -> sa.ColumnElement[str]:
    return sa.func.coalesce(made.c.look, Look.FIRST)  # unknown before there were others
