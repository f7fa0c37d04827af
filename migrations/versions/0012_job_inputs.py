"""The input of a job, where it is long or holds personal data: stored until the job ends."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of inputs."""
    op.create_table(
        "job_inputs",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("part", types.Big, autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sent_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("reference", "part", name=op.f("pk_job_inputs")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop the table of inputs."""
    op.drop_table("job_inputs")
