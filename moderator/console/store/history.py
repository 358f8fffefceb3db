"""What leads look at to see how the queue got where it is, and where a threshold might move."""

from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.figures import Queue, by_people, is_first, is_settled
from moderator.console.store.looks import Look
from moderator.console.store.schema import decisions, jobs, reasons
from moderator.contracts.labels import Label
from moderator.contracts.review import Decision
from moderator.contracts.verdict import Outcome, VerdictSource

HOUR_OF_SQLITE, HOUR_OF_POSTGRESQL, HOUR = "%Y-%m-%d %H", "YYYY-MM-DD HH24", "%Y-%m-%d %H"


@dataclass(frozen=True, slots=True)
class Depths:
    """All that waits, as a filter by policy or by label would find it."""

    by_policy: dict[str | None, Queue]
    by_label: dict[Label, Queue]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One label for which a job was escalated, its score, whether a person found it in the text, and what they decided
    by all of it.
    """

    job_id: str
    label: Label
    score: float
    threshold: float
    outcome: Outcome
    found: bool


def depths(store: Store) -> Depths:
    """As they are. Raises StoreUnavailable."""
    of_policies = sa.select(jobs.c.policy_id, sa.func.count(), sa.func.min(jobs.c.escalated_at))
    of_labels = sa.select(reasons.c.label, sa.func.count(), sa.func.min(jobs.c.escalated_at))
    of_labels = of_labels.join(jobs, jobs.c.id == reasons.c.job_id).where(reasons.c.waiting).group_by(reasons.c.label)
    with store.reading() as connection:
        policies = connection.execute(of_policies.where(jobs.c.waiting).group_by(jobs.c.policy_id)).all()
        labels = connection.execute(of_labels).all()
    return Depths(
        {policy_id: Queue(depth, oldest) for policy_id, depth, oldest in policies},
        {Label(label): Queue(depth, oldest) for label, depth, oldest in labels},
    )


def decided_per_hour(store: Store, since: datetime) -> dict[datetime, int]:
    """People's decisions that stand, of whatever look, by the hour (UTC) in order; hours without any are left out.

    Raises StoreUnavailable.
    """
    at = decisions.c.decided_at
    hour: sa.ColumnElement[str] = (
        sa.func.strftime(HOUR_OF_SQLITE, at)
        if store.on_sqlite
        else sa.func.to_char(sa.func.timezone("UTC", at), HOUR_OF_POSTGRESQL)
    )
    hour = hour.label("hour")
    counted = sa.select(hour, sa.func.count()).where(by_people(since)).group_by(hour).order_by(hour)
    with store.reading() as connection:
        rows = connection.execute(counted).all()
    return {datetime.strptime(begins, HOUR).replace(tzinfo=UTC): count for begins, count in rows}


def threshold_evidence(store: Store, since: datetime) -> list[Evidence]:
    """Of every label of every job that people decided, by their latest word; near-duplicates that were decided together
    are one piece of evidence. Raises StoreUnavailable.
    """
    wanted = (
        sa.select(
            *(reasons.c[name] for name in ("job_id", "label", "score", "threshold")),
            *(decisions.c[name] for name in ("id", "act_id", "outcome", "labels")),
        )
        .join(decisions, decisions.c.job_id == reasons.c.job_id)
        .where(by_people(since), is_settled(decisions))
        .order_by(decisions.c.decided_at)
    )
    with store.reading() as connection:
        latest = {(row.label, row.score, row.job_id): row for row in connection.execute(wanted)}
    return [
        Evidence(
            row.job_id,
            Label(row.label),
            row.score,
            row.threshold,
            Outcome(row.outcome),
            row.outcome == Outcome.BLOCK and row.label in row.labels.split(),
        )
        for _, row in sorted(latest.items(), key=itemgetter(0))
        if row.act_id == row.id
    ]


def judged_twice(store: Store, since: datetime) -> list[tuple[Decision, Decision]]:
    """A large model's word, with its suggestion, and that of the first person who decided, without having seen it, in
    the order of the latter. Audit samples are left out. Raises StoreUnavailable.
    """
    model = decisions.alias("model")
    wanted = (
        sa.select(model.c.document, decisions.c.document)
        .join(model, model.c.job_id == decisions.c.job_id)
        .join(jobs, jobs.c.id == decisions.c.job_id)
        .where(by_people(since), is_first(decisions), ~decisions.c.suggestion_seen)
        .where(jobs.c.audited.is_(None))  # on what is plain all agree
        .where(model.c.suggested.is_not(None))  # as of large models only
        .order_by(decisions.c.decided_at, model.c.decided_at)
    )
    with store.reading() as connection:
        rows = connection.execute(wanted).all()
    return [(Decision.model_validate_json(one), Decision.model_validate_json(other)) for one, other in rows]


def model_canaries(store: Store, since: datetime) -> list[Decision]:
    """What large models said of canaries, in its order. Raises StoreUnavailable."""
    wanted = (
        sa.select(decisions.c.document)
        .where(decisions.c.source == VerdictSource.LLM, decisions.c.decided_at >= since)
        .where(decisions.c.look == Look.CANARY)
        .order_by(decisions.c.decided_at)
    )
    with store.reading() as connection:
        return [Decision.model_validate_json(document) for document in connection.execute(wanted).scalars()]
