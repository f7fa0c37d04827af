"""Gates store how long they close, a file's id belongs to a bot, menus leave the outbox."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DUE = "asked_at IS NOT NULL"
GATE_SECONDS_MAX = 3600


def upgrade() -> None:
    """Add the column and the tables; ids of files and menus of chats are fetched again."""
    op.add_column("gates", sa.Column("seconds", types.Big, server_default="0", nullable=False))
    op.execute(f"UPDATE gates SET seconds = {GATE_SECONDS_MAX}")  # noqa: S608 - a constant
    op.create_table(
        "file_ids",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("bot_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["attachments.digest"], name=op.f("fk_file_ids_digest")
        ),
        sa.PrimaryKeyConstraint("digest", "bot_id", name=op.f("pk_file_ids")),
        sqlite_strict=True,
    )
    op.drop_column("attachments", "file_id")
    op.create_table(
        "menus",
        sa.Column("user_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("shown", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_menus")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_menus_asked_at",
        "menus",
        ["asked_at"],
        sqlite_where=sa.text(DUE),
        postgresql_where=sa.text(DUE),
    )
    # The next start checks the menus of all chats, since they are stored elsewhere now.
    op.execute(
        "UPDATE outbox SET state = 'expired' WHERE method = 'setMyCommands'"
        " AND state IN ('new', 'sending', 'uncertain')"
    )
    op.execute("DELETE FROM marks WHERE name = 'menus shown'")


def downgrade() -> None:
    """Go back to one id for each file; the menus of all chats are set again."""
    op.drop_index("ix_menus_asked_at", table_name="menus")
    op.drop_table("menus")
    op.drop_table("file_ids")
    op.add_column("attachments", sa.Column("file_id", sa.Text(), nullable=True))
    op.drop_column("gates", "seconds")
    op.execute("DELETE FROM marks WHERE name = 'menus shown'")
