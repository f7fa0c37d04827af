"""Long work has a row: its request, its progress and its result."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATES = "'new', 'running', 'done', 'failed', 'given_up'"
OPEN = sa.text("state IN ('new', 'running')")


def upgrade() -> None:
    """Add the table of jobs."""
    op.create_table(
        "jobs",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="new", nullable=False),
        sa.Column("step", sa.Text(), server_default="", nullable=False),
        sa.Column("done", types.Big, server_default="0", nullable=False),
        sa.Column("total", types.Big, server_default="0", nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("asked_by", types.Big, nullable=True),
        sa.Column("epoch", types.Big, server_default="0", nullable=False),
        sa.Column("tries", types.Big, server_default="0", nullable=False),
        sa.Column("created_at", types.Instant(), nullable=False),
        sa.Column("started_at", types.Instant(), nullable=True),
        sa.Column("ended_at", types.Instant(), nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_jobs_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("reference", name=op.f("uq_jobs_reference")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_jobs_open", "jobs", ["kind", "id"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    """Drop the table of jobs."""
    op.drop_index("ix_jobs_open", table_name="jobs")
    op.drop_table("jobs")
