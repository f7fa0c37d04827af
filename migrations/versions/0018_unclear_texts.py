"""Unclear texts: how often a text of each shape was not understood, without personal words."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of shapes; no row belongs to a person."""
    op.create_table(
        "unclear_texts",
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("times", types.Big, nullable=False),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "why IN ('not-understood', 'asked-which', 'asked-if-sale')",
            name=op.f("ck_unclear_texts_why"),
        ),
        sa.CheckConstraint("times > 0", name=op.f("ck_unclear_texts_times")),
        sa.PrimaryKeyConstraint("shape", "why", name=op.f("pk_unclear_texts")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Back to no counts; those that were made are lost."""
    op.drop_table("unclear_texts")
