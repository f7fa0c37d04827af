"""Each decision about a sale is kept with its reason; sales are found by day and by customer."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATUSES = "('waiting', 'approved', 'rejected', 'void')"
SAID = "a decision about a sale stays"
OF_CUSTOMERS = sa.text("customer_id IS NOT NULL")


def upgrade() -> None:
    """Add the table, which only grows, and the indexes."""
    op.create_table(
        "sale_decisions",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("sale_id", types.Big, nullable=False),
        sa.Column("version", types.Big, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by", types.Big, nullable=True),
        sa.CheckConstraint(f"before IN {STATUSES}", name=op.f("ck_sale_decisions_before")),
        sa.CheckConstraint(f"after IN {STATUSES}", name=op.f("ck_sale_decisions_after")),
        sa.CheckConstraint("before <> after", name=op.f("ck_sale_decisions_two_statuses")),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_sale_decisions_sale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale_decisions")),
        sqlite_strict=True,
    )
    op.create_index("ix_sale_decisions_sale_id", "sale_decisions", ["sale_id", "id"])
    op.create_index("ix_sales_sold_on", "sales", ["sold_on", "id"])
    op.create_index(
        "ix_sales_customer_id",
        "sales",
        ["customer_id", "id"],
        sqlite_where=OF_CUSTOMERS,
        postgresql_where=OF_CUSTOMERS,
    )
    op.create_index("ix_customers_name_key", "customers", ["name_key"])
    if op.get_bind().dialect.name == "sqlite":
        for name, act in (("stay", "UPDATE"), ("remain", "DELETE")):
            op.execute(
                f"CREATE TRIGGER sale_decisions_{name} BEFORE {act} ON sale_decisions"
                f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION sale_decisions_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER sale_decisions_stay BEFORE UPDATE OR DELETE ON sale_decisions"
        " FOR EACH ROW EXECUTE FUNCTION sale_decisions_stay()"
    )


def downgrade() -> None:
    """Forget the decisions but the last one, which stands with each sale."""
    op.drop_index("ix_customers_name_key", table_name="customers")
    op.drop_index("ix_sales_customer_id", table_name="sales")
    op.drop_index("ix_sales_sold_on", table_name="sales")
    op.drop_table("sale_decisions")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION sale_decisions_stay()")
