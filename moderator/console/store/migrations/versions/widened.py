"""Severe texts, context, canaries, second looks, and clusters that outlive a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)
WAITING = sa.text("waiting")
WAITING_IN_SQLITE = sa.text("waiting = 1")
CLAIMED = sa.text("leased_to IS NOT NULL")


def upgrade() -> None:
    """What is there already is a first look, or an appeal's, at texts that nobody has called severe."""
    _add_columns()
    _add_indexes()
    op.create_table(
        "sketches",
        sa.Column("cluster", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("minhash", sa.LargeBinary(), nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("cluster", name="pk_sketches"),
    )
    op.create_index("ix_sketches_last_used_at", "sketches", ["last_used_at"])
    op.create_table(
        "keys",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_keys"),
    )


def _add_columns() -> None:
    for column in (
        sa.Column("channel", sa.Text()),
        sa.Column("reply_to", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("severe", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("look", sa.Text(), nullable=False, server_default="first"),
        sa.Column("audited", sa.Text()),
        sa.Column("known", sa.Text()),
        sa.Column("last_act", sa.Text()),
        sa.Column("undo_until", INSTANT),
        sa.Column("suggestion_seen_by", sa.Text()),
    ):
        op.add_column("jobs", column)
    op.execute("UPDATE jobs SET look = 'appeal' WHERE appeals > 0")
    op.add_column("decisions", sa.Column("look", sa.Text()))


def _add_indexes() -> None:
    for name in ("ix_jobs_cluster", "ix_jobs_escalated_at"):  # their successors say more
        op.drop_index(name, "jobs")
    for columns in (
        ["cluster", "order_at", "id"],
        ["look", "escalated_at"],
        ["policy_id", "escalated_at"],
        ["severe", "order_at", "id"],
    ):
        name = f"ix_jobs_{'_'.join(columns)}"
        op.create_index(name, "jobs", columns, postgresql_where=WAITING, sqlite_where=WAITING_IN_SQLITE)
    op.create_index("ix_jobs_claimed", "jobs", ["leased_to"], postgresql_where=CLAIMED, sqlite_where=CLAIMED)
    op.create_index("ix_jobs_message_id", "jobs", ["message_id"])
    for column in ("reply_to", "author"):
        op.create_index(f"ix_jobs_{column}_escalated_at", "jobs", [column, "escalated_at"])
    for table, column, further in (
        ("decisions", "job_id", "source"),
        ("trail", "job_id", "step"),
        ("trail", "decision_id", "step"),
    ):
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}_{further}", table, [column, further])
    op.create_index("ix_trail_actor_at", "trail", ["actor", "at"])
    op.create_index("ix_trail_step_number", "trail", ["step", "number"])
