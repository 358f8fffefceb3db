"""A console's store after a long time: most of it is decided and published, a tenth waits. Written in bulk."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import sqlalchemy as sa

from moderator.console.store.database import Store
from moderator.console.store.deciding import Answer, decide
from moderator.console.store.intake import Arrival, take
from moderator.console.store.job import Job
from moderator.console.store.outbox import mark_published, pick
from moderator.console.store.queue import Filter, claim_next
from moderator.console.store.schema import METADATA, decisions, jobs
from moderator.contracts.codec import to_bytes
from moderator.contracts.labels import Label
from moderator.contracts.record import Publication
from moderator.contracts.review import Escalation
from moderator.review.documents import load_policies
from moderator.review.final import final_verdict
from tests.unit.review.reviewed import decision, escalation

PATTERN = 500  # jobs that come and are decided by the product's own ways; all others are copies of theirs
WAITING_PART = 0.1
AT_ONCE = 100  # copies of each row in one transaction
LEASE = timedelta(minutes=10)
TEXT_CHARACTERS = 400

# What is common and what is rare: a filter for the rare finds little among much.
COMMON, RARE = (0.95, 0.05), (0.99, 0.01)
WISHES = (
    Filter(),
    Filter(),
    Filter(label=Label.THREAT),
    Filter(label=Label.SELF_HARM),
    Filter(language="fi"),
    Filter(tenant="small", language="en"),
)

# Columns that tell one row from another, and documents that quote them.
NAMES = frozenset({"id", "act_id", "decision_id", "job_id", "message_id", "standing", "last_act", "cluster"})
DOCUMENTS = frozenset({"escalation", "document"})


def fill(store: Store, count: int, pattern: int = PATTERN) -> None:
    """Keep `count` jobs, a multiple of `pattern`, the newest tenth of which waits."""
    now = datetime.now(UTC)
    take(store, _arrivals(now, pattern), [], [])
    for _ in range(int(pattern * (1 - WAITING_PART))):
        claim = claim_next(store, "of the past", now, LEASE)
        if claim is None:
            raise RuntimeError("less waits than came")
        decide(store, claim.lease, lambda job: block("of the past", job), now, timedelta())
    while picked := pick(store, now, LEASE, PATTERN):
        mark_published(store, [each.number for each in picked], now)
    _copy(store, count // pattern - 1)
    with store.writing() as connection:
        connection.execute(sa.text("ANALYZE"))  # as PostgreSQL does by itself before long


def block(reviewer_id: str, job: Job) -> Answer:
    """This reviewer's decision to block, with all that is published for it."""
    made = decision(id=uuid.uuid4().hex, escalation_id=job.id, replaces=job.standing, reviewer_id=reviewer_id)
    final = final_verdict(job.escalation, made)
    if final is None:
        raise ValueError("a person decides")
    records = [Publication("decisions", job.key, to_bytes(made)), Publication("verdicts", job.key, to_bytes(final))]
    return Answer(made, final.id, records)


def _arrivals(now: datetime, count: int) -> Iterator[Arrival]:
    """Escalations like those of a day, the same at every run."""
    random = Random(1)
    policies = load_policies()
    plain = {label: escalation("x" * TEXT_CHARACTERS, **{label: 0.4}) for label in (Label.THREAT, Label.SELF_HARM)}
    for number in range(count):
        (label,) = random.choices((Label.THREAT, Label.SELF_HARM), RARE)
        (language,) = random.choices(("en", "fi"), RARE)
        (tenant,) = random.choices(("large", "small"), COMMON)
        message = plain[label].message.model_copy(update={"language": language, "tenant": tenant})
        changes = {"id": f"{random.getrandbits(128):032x}", "message_id": f"m-{number}", "message": message}
        ready: Escalation = plain[label].model_copy(update=changes)
        policy = policies.covering(ready)
        came = now - timedelta(seconds=86_400 * (1 - number / count))
        yield Arrival(ready, b"key %d" % number, (), came, policy_id=policy.reference.id if policy else None)


def _copy(store: Store, copies: int) -> None:
    """Each row of a job, as often, under names of its own."""
    with store.reading() as connection:
        of_job = connection.execute(sa.select(jobs.c.id)).scalars().all()
        of_decision = connection.execute(sa.select(decisions.c.id)).scalars().all()
    pattern = {jobs.c.id: of_job}
    for each in METADATA.sorted_tables:
        if "job_id" in each.c:
            pattern[each.c.job_id] = of_job
        elif "decision_id" in each.c:
            pattern[each.c.decision_id] = of_decision
    for first in range(1, copies + 1, AT_ONCE):
        for of, ids in pattern.items():
            with store.writing() as connection:
                connection.execute(_copies(of, ids, first, min(first + AT_ONCE - 1, copies)))


def _copies(of: sa.Column[str], ids: Sequence[str], first: int, last: int) -> sa.Insert:
    """Those of these numbers, of the rows whose column `of` is one of `ids`."""
    start = sa.select(sa.literal(first).label("number")).cte("numbers", recursive=True)
    numbers = start.union_all(sa.select(start.c.number + 1).where(start.c.number < last))
    suffix = sa.literal(".", sa.Text) + sa.cast(numbers.c.number, sa.Text)
    kept = [column for column in of.table.c if column.autoincrement is not True]
    rows = sa.select(*(_copied(column, suffix) for column in kept)).join_from(of.table, numbers, sa.true())
    return sa.insert(of.table).from_select([column.name for column in kept], rows.where(of.in_(ids)))


def _copied(column: sa.Column[str], suffix: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    if column.name in NAMES:
        return sa.type_coerce(column, sa.Text) + suffix
    if column.name in DOCUMENTS:
        of = sa.type_coerce(column.table.c.job_id, sa.Text)
        return sa.func.replace(sa.type_coerce(column, sa.Text), of, of + suffix)
    return column
