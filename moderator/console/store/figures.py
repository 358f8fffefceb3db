"""What leads look at."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.schema import decisions, exposures, jobs, reasons
from moderator.console.store.trail import is_undone
from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome, VerdictSource


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs that wait for a person, claimed ones too, and when the oldest was escalated."""

    depth: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Overturns:
    """Of one label at one threshold: jobs escalated for it and decided, and those where people did not find it."""

    label: Label
    threshold: float
    decided: int
    overturned: int


@dataclass(frozen=True, slots=True)
class Pair:
    """What a large model would have decided and what a person did who had not seen that."""

    policy_id: str | None
    suggested: Outcome
    decided: Outcome


def queue(store: Store) -> Queue:
    """As it is. Raises StoreUnavailable."""
    with store.reading() as connection:
        depth = connection.execute(sa.select(sa.func.count()).select_from(jobs).where(jobs.c.waiting)).scalar_one()
        earliest = sa.select(jobs.c.escalated_at).where(jobs.c.waiting).order_by(jobs.c.escalated_at).limit(1)
        return Queue(depth, connection.execute(earliest).scalar())


def throughput(store: Store, since: datetime) -> dict[str, int]:
    """Decisions that stand, by reviewer. Raises StoreUnavailable."""
    counted = sa.select(decisions.c.reviewer_id, sa.func.count()).where(_by_people(since))
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
        .where(_by_people(since))
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


def blind_pairs(store: Store, since: datetime) -> list[Pair]:
    """Of jobs that both a large model and a person judged, each without the other. Raises StoreUnavailable."""
    model = decisions.alias("model")
    wanted = (
        sa.select(decisions.c.policy_id, model.c.suggested, decisions.c.outcome)
        .join(model, model.c.job_id == decisions.c.job_id)
        .where(_by_people(since), ~decisions.c.suggestion_seen)
        .where(model.c.source == VerdictSource.LLM, model.c.suggested.is_not(None))
        .order_by(decisions.c.decided_at)
    )
    with store.reading() as connection:
        rows = connection.execute(wanted).all()
    return [Pair(policy, Outcome(suggested), Outcome(decided)) for policy, suggested, decided in rows]


def _by_people(since: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        decisions.c.source == VerdictSource.HUMAN, decisions.c.decided_at >= since, ~is_undone(decisions.c.id)
    )
