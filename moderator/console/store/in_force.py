"""What was decided on jobs and is in force."""

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

import sqlalchemy as sa

from moderator.console.store.looks import PUBLISHED, Look
from moderator.console.store.outbox import leaving, send_again
from moderator.console.store.schema import decisions, jobs, trail
from moderator.console.store.trail import Step, is_undone
from moderator.contracts.labels import Label
from moderator.contracts.verdict import Outcome, VerdictSource
from moderator.review.final import final_id


class Ruling(NamedTuple):
    """A decision in short."""

    outcome: Outcome
    labels: tuple[Label, ...]


def in_force(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Ruling]:
    """By job, where anything was decided. A second look changed nothing, and a canary has no user behind it."""
    if not ids:
        return {}
    wanted = (
        sa.select(decisions.c.job_id, decisions.c.outcome, decisions.c.labels)
        .where(decisions.c.job_id.in_(ids), decisions.c.outcome != Outcome.ESCALATE, ~is_undone(decisions.c.id))
        .where(sa.func.coalesce(decisions.c.look, Look.FIRST).not_in((Look.SECOND, Look.CANARY)))
        .order_by(decisions.c.source == VerdictSource.HUMAN, decisions.c.decided_at)  # a person's word is the last one
    )
    return {
        job_id: Ruling(Outcome(outcome), tuple(map(Label, labels.split())))
        for job_id, outcome, labels in connection.execute(wanted)
    }


def put_people_first(connection: sa.Connection, job_ids: Sequence[str]) -> None:
    """Where a large model and a person decided the same job, neither knowing of the other, both final verdicts get on
    the topic: let the person's follow once more, as one that replaces the model's. Where no person's word stands, the
    model's is in force, unless another model was first; whoever decides next replaces it.

    The jobs are locked by the caller. One whose text is forgotten stays as it is: what was published is, too.
    """
    for decision_id, job_id in _overlooked(connection, job_ids):
        replaced = final_id(decision_id)
        sent = leaving(connection, job_id)
        if any(each.replaces == replaced for each in sent):
            continue
        this = sa.update(jobs).where(jobs.c.id == job_id)
        persons = _last_of_people(connection, job_id)
        if persons is None:
            connection.execute(this.where(jobs.c.standing == jobs.c.id).values(standing=replaced))
            continue
        for verdict in sent:
            if verdict.id == final_id(persons):
                connection.execute(this.values(standing=send_again(connection, verdict, replaced)))


def _overlooked(connection: sa.Connection, job_ids: Sequence[str]) -> list[tuple[str, str]]:
    """Large models' decisions that closed nothing, though they decide, with their jobs; the earliest first."""
    closed = sa.exists().where(trail.c.decision_id == decisions.c.id, trail.c.step == Step.CLOSED)
    wanted = (
        sa.select(decisions.c.decided_at, decisions.c.id, decisions.c.job_id)
        .where(decisions.c.job_id.in_(job_ids), decisions.c.source == VerdictSource.LLM)
        .where(decisions.c.outcome != Outcome.ESCALATE, ~closed)
    )
    # Sorted here: asked to, SQLite reads all that large models ever said in the order of an index.
    found = sorted(connection.execute(wanted).all(), key=itemgetter(0, 1))
    return [(id_, job_id) for _, id_, job_id in found]


def _last_of_people(connection: sa.Connection, job_id: str) -> str | None:
    """The latest decision that stands of those that are published."""
    wanted = (
        sa.select(decisions.c.decided_at, decisions.c.id)
        .where(decisions.c.job_id == job_id, decisions.c.source == VerdictSource.HUMAN, ~is_undone(decisions.c.id))
        .where(sa.func.coalesce(decisions.c.look, Look.FIRST).in_(PUBLISHED))
    )
    _, latest = max(connection.execute(wanted).all(), key=itemgetter(0), default=(None, None))  # likewise
    return latest
