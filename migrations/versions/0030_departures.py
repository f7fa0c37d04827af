"""Members who have left, and what is still to be erased of them and of other accounts."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "departures",
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("left_at", types.Instant(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("suspended", types.Flag(), nullable=False),
        sa.Column("erase_asked_at", types.Instant(), nullable=True),
        sa.Column("erased_at", types.Instant(), nullable=True),
        sa.Column("account_key", sa.Text(), server_default="", nullable=False),
        sa.Column("phone_key", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_departures_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_departures")),
        sqlite_strict=True,
    )
    op.create_index("ix_departures_account_key", "departures", ["account_key"])
    op.create_index("ix_departures_phone_key", "departures", ["phone_key"])
    is_open = sa.text("erased_at IS NULL")
    op.create_index(
        "ix_departures_open",
        "departures",
        ["member_id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "erasure_requests",
        sa.Column("user_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("asked_at", types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_erasure_requests")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Back to members who cannot leave."""
    op.drop_table("erasure_requests")
    op.drop_table("departures")
