"""Jobs, decisions, what is to be published, and what reviewers did."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("waiting")
WAITING_IN_SQLITE = sa.text("waiting = 1")
PENDING = sa.text("published_at IS NULL AND withdrawn_at IS NULL")
APPEND_ONLY = ("decisions", "trail")


def upgrade() -> None:
    """From nothing."""
    _create_tables()
    for table in APPEND_ONLY:
        if op.get_bind().dialect.name == "sqlite":
            _refuse_changes_on_sqlite(table)
        else:
            _refuse_changes_on_postgresql(table)


def _refuse_changes_on_sqlite(table: str) -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _refuse_changes_on_postgresql(table: str) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )


def _create_tables() -> None:

    op.create_table(
        "barred",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("job_id", "reviewer_id", name="pk_barred"),
    )
    op.create_table(
        "contents",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary()),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("escalation", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name="pk_contents"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("policy_id", sa.Text()),
        sa.Column("suggested", sa.Text()),
        sa.Column("suggestion_seen", sa.Boolean(), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_act_id", "decisions", ["act_id"])
    op.create_index("ix_decisions_job_id", "decisions", ["job_id"])
    op.create_index("ix_decisions_source_decided_at", "decisions", ["source", "decided_at"])
    op.create_table(
        "exposures",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_exposures"),
    )
    op.create_index("ix_exposures_reviewer_id_at", "exposures", ["reviewer_id", "at"])
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("policy_id", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text()),
        sa.Column("cluster", sa.Text()),
        sa.Column("escalated_at", INSTANT, nullable=False),
        sa.Column("order_at", INSTANT, nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("blinded", sa.Boolean(), nullable=False),
        sa.Column("appeals", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("decided_at", INSTANT),
        sa.Column("lease_id", sa.Text()),
        sa.Column("leased_to", sa.Text()),
        sa.Column("claimed_at", INSTANT),
        sa.Column("leased_until", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_cluster", "jobs", ["cluster"], postgresql_where=WAITING, sqlite_where=WAITING_IN_SQLITE)
    op.create_index("ix_jobs_decided_at", "jobs", ["decided_at"])
    op.create_index(
        "ix_jobs_escalated_at", "jobs", ["escalated_at"], postgresql_where=WAITING, sqlite_where=WAITING_IN_SQLITE
    )
    op.create_index(
        "ix_jobs_language_order_at_id",
        "jobs",
        ["language", "order_at", "id"],
        postgresql_where=WAITING,
        sqlite_where=WAITING_IN_SQLITE,
    )
    op.create_index(
        "ix_jobs_order_at_id", "jobs", ["order_at", "id"], postgresql_where=WAITING, sqlite_where=WAITING_IN_SQLITE
    )
    op.create_index(
        "ix_jobs_policy_id_order_at_id",
        "jobs",
        ["policy_id", "order_at", "id"],
        postgresql_where=WAITING,
        sqlite_where=WAITING_IN_SQLITE,
    )
    op.create_index(
        "ix_jobs_source_order_at_id",
        "jobs",
        ["source", "order_at", "id"],
        postgresql_where=WAITING,
        sqlite_where=WAITING_IN_SQLITE,
    )
    op.create_index("ix_jobs_standing", "jobs", ["standing"])
    op.create_index(
        "ix_jobs_tenant_order_at_id",
        "jobs",
        ["tenant", "order_at", "id"],
        postgresql_where=WAITING,
        sqlite_where=WAITING_IN_SQLITE,
    )
    op.create_table(
        "notes",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("reviewer_id", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_notes"),
    )
    op.create_index("ix_notes_job_id", "notes", ["job_id"])
    op.create_table(
        "outbox",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary()),
        sa.Column("value", sa.LargeBinary()),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("publish_after", INSTANT, nullable=False),
        sa.Column("picked_until", INSTANT),
        sa.Column("published_at", INSTANT),
        sa.Column("withdrawn_at", INSTANT),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
    )
    op.create_index("ix_outbox_decision_id", "outbox", ["decision_id"])
    op.create_index("ix_outbox_pending", "outbox", ["number"], postgresql_where=PENDING, sqlite_where=PENDING)
    op.create_table(
        "positions",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("partition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("next_offset", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "partition", name="pk_positions"),
    )
    op.create_table(
        "reasons",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("threshold", sa.Double(), nullable=False),
        sa.Column("order_at", INSTANT, nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "label", name="pk_reasons"),
    )
    op.create_index(
        "ix_reasons_label_order_at_job_id",
        "reasons",
        ["label", "order_at", "job_id"],
        postgresql_where=WAITING,
        sqlite_where=WAITING_IN_SQLITE,
    )
    op.create_table(
        "trail",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_trail"),
    )
    op.create_index("ix_trail_decision_id", "trail", ["decision_id"])
    op.create_index("ix_trail_job_id", "trail", ["job_id"])
