"""The tables. The migrations make them; a test holds the two together."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Index, MetaData, Table, text

from moderator.console.store.columns import HeaderPairs, Instant, Word

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s",
    }
)

# SQLite counts up an INTEGER primary key only.
Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _index_of_waiting(*columns: Column[Any]) -> None:
    """Of the rows that are asked for over and over, however many others are kept."""
    Index(None, *columns, postgresql_where=text("waiting"), sqlite_where=text("waiting = 1"))


# One for each escalation. `waiting` for people's decision, claimed or not. `standing` is the verdict now in force.
# `look` is what a person's decision on it would be, or was.
jobs = Table(
    "jobs",
    METADATA,
    Column("id", Word, primary_key=True),  # the escalation's
    Column("message_id", Word, nullable=False),
    Column("policy_id", Word),
    Column("language", Word),
    Column("source", Word, nullable=False),
    Column("tenant", Word),
    Column("channel", Word),
    Column("reply_to", Word),  # the message that this one answers
    Column("author", Word),  # a keyed hash
    Column("cluster", Word),  # of near-duplicates
    Column("escalated_at", Instant, nullable=False),
    Column("order_at", Instant, nullable=False),  # the earliest is next
    Column("waiting", sa.Boolean, nullable=False),
    Column("blinded", sa.Boolean, nullable=False),  # no reviewer sees what the large model says
    Column("audited", Word),  # the outcome of the confident verdict that is checked
    Column("severe", sa.Boolean, nullable=False),
    Column("look", Word, nullable=False),
    Column("known", Word),  # a canary's right outcome
    Column("appeals", sa.Integer, nullable=False),
    Column("standing", Word, nullable=False),
    Column("decided_at", Instant),
    Column("last_act", Word),  # the latest decision of a person, which can be undone until then
    Column("undo_until", Instant),
    Column("suggestion_seen_by", Word),  # the reviewer who saw last what a large model says
    Column("lease_id", Word),
    Column("leased_to", Word),
    Column("claimed_at", Instant),
    Column("leased_until", Instant),
)
_index_of_waiting(jobs.c.order_at, jobs.c.id)
for _chosen in (jobs.c.policy_id, jobs.c.language, jobs.c.source, jobs.c.tenant, jobs.c.severe):
    _index_of_waiting(_chosen, jobs.c.order_at, jobs.c.id)
_index_of_waiting(jobs.c.cluster, jobs.c.order_at, jobs.c.id)
_index_of_waiting(jobs.c.look, jobs.c.escalated_at)
_index_of_waiting(jobs.c.policy_id, jobs.c.escalated_at)
CLAIMED = text("leased_to IS NOT NULL")
Index("ix_jobs_claimed", jobs.c.leased_to, postgresql_where=CLAIMED, sqlite_where=CLAIMED)
Index(None, jobs.c.standing)
Index(None, jobs.c.decided_at)
Index(None, jobs.c.message_id)
Index(None, jobs.c.reply_to, jobs.c.escalated_at)
Index(None, jobs.c.author, jobs.c.escalated_at)

# What may be forgotten: the escalation with its text, and the record that brought it.
contents = Table(
    "contents",
    METADATA,
    Column("job_id", Word, primary_key=True),
    Column("key", sa.LargeBinary),
    Column("headers", HeaderPairs, nullable=False),
    Column("escalation", sa.Text, nullable=False),
)

# The labels for which a job was escalated, with the threshold that the score reached. `order_at` and `waiting` are the
# job's, so that one label's queue is read in order however rare the label is.
reasons = Table(
    "reasons",
    METADATA,
    Column("job_id", Word, primary_key=True),
    Column("label", Word, primary_key=True),
    Column("score", sa.Double, nullable=False),
    Column("threshold", sa.Double, nullable=False),
    Column("order_at", Instant, nullable=False),
    Column("waiting", sa.Boolean, nullable=False),
)
_index_of_waiting(reasons.c.label, reasons.c.order_at, reasons.c.job_id)

# Who is not offered a job again, since they skipped it, or decided it before an appeal or another person's look.
barred = Table(
    "barred",
    METADATA,
    Column("job_id", Word, primary_key=True),
    Column("reviewer_id", Word, primary_key=True),
    Column("why", Word, nullable=False),
    Column("at", Instant, nullable=False),
)

# Append-only: people's decisions, and large models' decisions and referrals, which may come before their escalation.
# Those of one `act` were made and are undone together.
decisions = Table(
    "decisions",
    METADATA,
    Column("id", Word, primary_key=True),
    Column("act_id", Word, nullable=False),
    Column("job_id", Word, nullable=False),
    Column("source", Word, nullable=False),
    Column("reviewer_id", Word, nullable=False),
    Column("look", Word),  # the job's, where a person decided; a large model's if it was a canary
    Column("outcome", Word, nullable=False),
    Column("labels", Word, nullable=False),  # with spaces between them
    Column("policy_id", Word),
    Column("suggested", Word),  # the outcome that a large model suggests and may not decide
    Column("suggestion_seen", sa.Boolean, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("document", sa.Text, nullable=False),
)
Index(None, decisions.c.act_id)
Index(None, decisions.c.job_id, decisions.c.source)  # by the source alone, SQLite would read all of a model's
Index(None, decisions.c.source, decisions.c.decided_at)

# Append-only: what was done to jobs, in its order.
trail = Table(
    "trail",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("job_id", Word, nullable=False),
    Column("actor", Word, nullable=False),
    Column("step", Word, nullable=False),
    Column("decision_id", Word),
    Column("why", Word),
)
Index(None, trail.c.job_id, trail.c.step)
Index(None, trail.c.decision_id, trail.c.step)  # likewise
Index(None, trail.c.actor, trail.c.at)
Index(None, trail.c.step, trail.c.number)

# What is published once its time to be undone is over, in the order of its numbers.
outbox = Table(
    "outbox",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("decision_id", Word, nullable=False),
    Column("topic", Word, nullable=False),
    Column("key", sa.LargeBinary),
    Column("value", sa.LargeBinary),
    Column("headers", HeaderPairs, nullable=False),
    Column("publish_after", Instant, nullable=False),
    Column("picked_until", Instant),  # a publisher has it in hand; from then on nothing is undone
    Column("published_at", Instant),
    Column("withdrawn_at", Instant),
)
Index(None, outbox.c.decision_id)
PENDING = text("published_at IS NULL AND withdrawn_at IS NULL")
Index("ix_outbox_pending", outbox.c.number, postgresql_where=PENDING, sqlite_where=PENDING)

notes = Table(
    "notes",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("job_id", Word, nullable=False),
    Column("reviewer_id", Word, nullable=False),
    Column("at", Instant, nullable=False),
    Column("note", Word, nullable=False),
)
Index(None, notes.c.job_id)

# Whose eyes a text has met, and when.
exposures = Table(
    "exposures",
    METADATA,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("job_id", Word, nullable=False),
    Column("reviewer_id", Word, nullable=False),
    Column("at", Instant, nullable=False),
)
Index(None, exposures.c.reviewer_id, exposures.c.at)

# How far each consumed partition is in this store: the next offset.
positions = Table(
    "positions",
    METADATA,
    Column("topic", Word, primary_key=True),
    Column("partition", sa.Integer, primary_key=True, autoincrement=False),
    Column("next_offset", sa.BigInteger, nullable=False),
)

# The first text of each cluster of near-duplicates, as its MinHash: no word of it can be read from that.
sketches = Table(
    "sketches",
    METADATA,
    Column("cluster", Word, primary_key=True),
    Column("scope", Word, nullable=False),  # a hash of what its texts have in common
    Column("minhash", sa.LargeBinary, nullable=False),
    Column("last_used_at", Instant, nullable=False),
)
Index(None, sketches.c.last_used_at)

# Random, made when they are first needed. They never leave the store.
keys = Table(
    "keys",
    METADATA,
    Column("name", Word, primary_key=True),
    Column("key", sa.LargeBinary, nullable=False),
)
