"""Which updates are in progress, and how often a process died during them."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTS = ("alone", "ended", "ended_alone")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("inbox", sa.Column("taken", types.Big))
    for name in COUNTS:
        op.add_column("inbox", sa.Column(name, types.Big, server_default="0", nullable=False))


def downgrade() -> None:
    """Drop the columns."""
    for name in (*COUNTS, "taken"):
        op.drop_column("inbox", name)
