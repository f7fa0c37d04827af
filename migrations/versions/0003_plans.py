"""Ranks of members, the part of a credit that a cap took, and points that are worth rupiah."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SAID = "a rank stays"
COUNTED = "status = 'approved' AND customer_id IS NOT NULL"


def upgrade() -> None:
    """Add the columns, the table, and the index that counts customers."""
    op.add_column("credits", sa.Column("cut", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "periods", sa.Column("point_value", types.Big, server_default="1", nullable=False)
    )
    op.add_column("periods", sa.Column("cut", types.Big, server_default="0", nullable=False))
    op.create_table(
        "ranks",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("paid_as", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("accumulated", types.Big, nullable=False),
        sa.ForeignKeyConstraint(["period"], ["periods.period"], name=op.f("fk_ranks_period")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_ranks_member_id")),
        sa.PrimaryKeyConstraint("period", "member_id", name=op.f("pk_ranks")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_sales_counted",
        "sales",
        ["period", "seller_id", "customer_id"],
        sqlite_where=sa.text(COUNTED),
        postgresql_where=sa.text(COUNTED),
    )
    _guard_ranks(lite=op.get_bind().dialect.name == "sqlite")
    _new_estimates("period", "member_id", "rule", "level", "rate_bp")


def downgrade() -> None:
    """Go back to plans of one kind; what was cut from a credit is lost, its amount stays."""
    lite = op.get_bind().dialect.name == "sqlite"
    for name in ("ranks_stay", "ranks_remain") if lite else ("ranks_stay",):
        op.execute(f"DROP TRIGGER {name}" + ("" if lite else " ON ranks"))
    if not lite:
        op.execute("DROP FUNCTION ranks_stay()")
    _new_estimates("period", "member_id", "rule", "level")
    op.drop_index("ix_sales_counted", table_name="sales")
    op.drop_table("ranks")
    op.drop_column("periods", "cut")
    op.drop_column("periods", "point_value")
    op.drop_column("credits", "cut")


def _new_estimates(*key: str) -> None:
    """Rebuild the table of estimates empty: they are computed again within minutes."""
    op.drop_table("estimates")
    op.create_table(
        "estimates",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("level", types.Big, autoincrement=False, nullable=False),
        sa.Column("rate_bp", types.Big, autoincrement=False, nullable=False),
        sa.Column("sources", types.Big, nullable=False),
        sa.Column("base", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_estimates_member_id")
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_estimates")),
        sqlite_strict=True,
    )
    op.execute("DELETE FROM marks WHERE name = 'estimates'")


def _guard_ranks(*, lite: bool) -> None:
    """Add triggers against changing or deleting ranks."""
    if lite:
        for name, act in (("ranks_stay", "UPDATE"), ("ranks_remain", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON ranks"
                f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION ranks_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER ranks_stay BEFORE UPDATE OR DELETE ON ranks"
        " FOR EACH ROW EXECUTE FUNCTION ranks_stay()"
    )
