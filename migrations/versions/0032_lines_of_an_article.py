"""The lines of an article are found without a scan, to compare a quantity with the past."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_sale_lines_product_id", "sale_lines", ["product_id", "id"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index("ix_sale_lines_product_id", table_name="sale_lines")
