"""The text of a broadcast that has gone out can be corrected for everybody who has it."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

COUNTS = ("total", "corrected", "blocked", "deleted", "failed", "unsent", "unknown")


def upgrade() -> None:
    """Add the table, the editions of broadcasts and messages, and what finds them."""
    op.create_table(
        "broadcast_corrections",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("broadcast_id", types.Big, nullable=False),
        sa.Column("author_id", types.Big, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", types.Big, nullable=False),
        sa.Column("finished_at", types.Big, nullable=True),
        *(sa.Column(name, types.Big, server_default="0", nullable=False) for name in COUNTS),
        sa.CheckConstraint(
            "state IN ('running', 'replaced', 'stopped', 'done')",
            name=op.f("ck_broadcast_corrections_state"),
        ),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name=op.f("fk_broadcast_corrections_broadcast_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast_corrections")),
        sa.UniqueConstraint("reference", name=op.f("uq_broadcast_corrections_reference")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_broadcast_corrections_broadcast_id", "broadcast_corrections", ["broadcast_id", "id"]
    )
    _index(
        "ix_broadcast_corrections_open", "broadcast_corrections", ("id",), "finished_at IS NULL"
    )
    for table in ("broadcasts", "outbox"):
        op.add_column(table, sa.Column("edition", types.Big, server_default="0", nullable=False))
    op.add_column("outbox", sa.Column("correction_id", types.Big, nullable=True))
    _index(
        "ix_outbox_correction_id",
        "outbox",
        ("correction_id", "state"),
        "correction_id IS NOT NULL",
    )
    _index("ix_broadcasts_repeats", "broadcasts", ("repeats",), "repeats IS NOT NULL")


def downgrade() -> None:
    """Drop the corrections; every text is again as it was first written."""
    op.drop_index("ix_broadcasts_repeats", table_name="broadcasts")
    op.drop_index("ix_outbox_correction_id", table_name="outbox")
    op.execute("DELETE FROM outbox WHERE correction_id IS NOT NULL")
    op.drop_column("outbox", "correction_id")
    op.drop_column("outbox", "edition")
    op.drop_column("broadcasts", "edition")
    op.drop_table("broadcast_corrections")


def _index(name: str, table: str, columns: tuple[str, ...], where: str) -> None:
    op.create_index(
        name,
        table,
        list(columns),
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
