"""What starts when a conversation has ended: the other sales of a text, or a line that waited."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing follows the conversations that are open."""
    op.add_column(
        "sessions", sa.Column("following", types.Words, nullable=False, server_default="")
    )


def downgrade() -> None:
    """Drop the column: what was to follow an open conversation is lost."""
    op.drop_column("sessions", "following")
