"""Who may read a notice, and which admin let a broadcast go on whose author may not act."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; for notices that wait already, no right is checked at sending."""
    op.add_column("outbox", sa.Column("circle", sa.Text(), server_default="own", nullable=False))
    op.add_column("broadcasts", sa.Column("vouched_by", types.Big))


def downgrade() -> None:
    """Drop the columns."""
    op.drop_column("broadcasts", "vouched_by")
    op.drop_column("outbox", "circle")
