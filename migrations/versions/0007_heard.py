"""When the open question of a chat was asked, and albums of which a part has arrived."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column with its index, and the table; open questions date from their sessions."""
    op.add_column(
        "sessions", sa.Column("asked_at", types.Instant(), server_default="0", nullable=False)
    )
    op.execute("UPDATE sessions SET asked_at = started_at")
    op.create_index("ix_sessions_asked_at", "sessions", ["asked_at"])
    op.create_table(
        "albums",
        sa.Column("chat_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("taken", types.Flag(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "album", name=op.f("pk_albums")),
        sqlite_strict=True,
    )
    op.create_index("ix_albums_at", "albums", ["at"])


def downgrade() -> None:
    """Drop the column and the table."""
    op.drop_index("ix_albums_at", table_name="albums")
    op.drop_table("albums")
    op.drop_index("ix_sessions_asked_at", table_name="sessions")
    op.drop_column("sessions", "asked_at")
