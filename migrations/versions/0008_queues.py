"""Due messages are found without reading the others, and chats that flood are stored."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = "state IN ('new', 'sending')"
INDEXES = (
    ("ix_outbox_open_by_chat", "outbox", ("chat_id", "kind", "id"), OPEN),
    ("ix_outbox_due", "outbox", ("kind", "due_at", "id"), "state = 'new' AND due_at IS NOT NULL"),
    ("ix_outbox_sending", "outbox", ("chat_id",), "state = 'sending'"),
    ("ix_outbox_passing", "outbox", ("chat_id", "id"), "state = 'new' AND passing = 1"),
    (
        "ix_outbox_expiring",
        "outbox",
        ("expires_at",),
        "state = 'new' AND expires_at IS NOT NULL",
    ),
    ("ix_inbox_open_by_lane", "inbox", ("lane", "id"), "state = 'new'"),
)


def upgrade() -> None:
    """Add columns, table and indexes; the next start finds the first message of each queue."""
    op.add_column("outbox", sa.Column("due_at", types.Big, nullable=True))
    # Held messages of a broadcast are in no queue, so the start calls up none of them.
    op.execute("UPDATE outbox SET due_at = COALESCE(not_before, created_at) WHERE state = 'held'")
    op.add_column("outbox", sa.Column("passing", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "floods",
        sa.Column("chat_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("since", types.Big, nullable=False),
        sa.Column("worked", types.Big, server_default="0", nullable=False),
        sa.Column("gap", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_floods")),
        sqlite_strict=True,
    )
    op.drop_index("ix_outbox_open_by_chat", table_name="outbox")
    for name, table, columns, where in INDEXES:
        _index(name, table, columns, where)


def downgrade() -> None:
    """Go back to reading every open message."""
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table_name=table)
    _index("ix_outbox_open_by_chat", "outbox", ("chat_id", "id"), OPEN)
    op.drop_table("floods")
    op.drop_column("outbox", "passing")
    op.drop_column("outbox", "due_at")


def _index(name: str, table: str, columns: tuple[str, ...], where: str) -> None:
    op.create_index(
        name,
        table,
        list(columns),
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
