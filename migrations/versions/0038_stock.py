"""A member's own stock: what came in, and what was counted."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; nothing that is known already changes."""
    op.create_table(
        "stock_notes",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("member_id", types.Big, nullable=False),
        sa.Column("product_id", types.Big, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", types.Big, nullable=False),
        sa.Column("expected", types.Big, server_default="0", nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), server_default="", nullable=False),
        sa.Column("noted_at", types.Instant(), nullable=False),
        sa.Column("undone_at", types.Instant(), nullable=True),
        sa.Column("told_at", types.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_notes")),
        sa.UniqueConstraint("reference", name=op.f("uq_stock_notes_reference")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_stock_notes_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_stock_notes_product_id")
        ),
        sa.CheckConstraint(
            "kind IN ('bought', 'delivered', 'counted', 'found')",
            name=op.f("ck_stock_notes_kind"),
        ),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_stock_notes_quantity")),
        sa.CheckConstraint(
            "(kind = 'delivered') = (document <> '')", name=op.f("ck_stock_notes_document")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_stock_notes_member_id", "stock_notes", ["member_id", "product_id"])
    where = sa.text("kind = 'delivered' AND told_at IS NULL")
    op.create_index(
        "ix_stock_notes_untold",
        "stock_notes",
        ["member_id"],
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_table(
        "stock_starts",
        sa.Column("member_id", types.Big, nullable=False),
        sa.Column("product_id", types.Big, nullable=False),
        sa.Column("day", sa.Text(), server_default="", nullable=False),
        sa.Column("since_at", types.Big, server_default="-1", nullable=False),
        sa.Column("counted", types.Big, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_stock_starts_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_stock_starts_product_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "product_id", name=op.f("pk_stock_starts")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop the tables: what members noted of their stock is lost."""
    op.drop_table("stock_starts")
    op.drop_table("stock_notes")
