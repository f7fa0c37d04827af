"""What a job works on, where it is long or tells of people: kept beside the row until it ends."""

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
    """Back to jobs whose wish is all there is."""
    op.drop_table("job_inputs")
