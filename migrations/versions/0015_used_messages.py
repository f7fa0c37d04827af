"""Which messages a conversation has used, photos with words, and albums whose words were read."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table and the columns; messages from before are in it only once they are sent."""
    op.create_table(
        "used_messages",
        sa.Column("chat_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("message_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("place", types.Big, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("recorded", types.Flag(), server_default="0", nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_used_messages")),
        sqlite_strict=True,
    )
    op.create_index("ix_used_messages_at", "used_messages", ["at"])
    op.add_column("sessions", sa.Column("enclosed", sa.Text(), server_default="", nullable=False))
    op.add_column("albums", sa.Column("worded", types.Flag(), server_default="0", nullable=False))


def downgrade() -> None:
    """Drop the table and the columns."""
    op.drop_column("albums", "worded")
    op.drop_column("sessions", "enclosed")
    op.drop_index("ix_used_messages_at", table_name="used_messages")
    op.drop_table("used_messages")
