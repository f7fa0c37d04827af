"""Payment notes: what a seller noted about the payment of a sale, for herself alone."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of the sellers' own notes on payment."""
    op.create_table(
        "payment_notes",
        sa.Column("sale_id", types.Big, nullable=False),
        sa.Column("in_full", sa.Text(), nullable=False),
        sa.Column("deposit", types.Big, nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("noted_at", types.Instant(), nullable=False),
        sa.CheckConstraint("in_full IN ('', 'yes', 'no')", name=op.f("ck_payment_notes_in_full")),
        sa.CheckConstraint("deposit >= 0", name=op.f("ck_payment_notes_deposit")),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_payment_notes_sale_id")),
        sa.PrimaryKeyConstraint("sale_id", name=op.f("pk_payment_notes")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Back to sales without notes; what was noted is lost with them."""
    op.drop_table("payment_notes")
