"""Pools: what a month's sales of the whole company bring the members of a rank and above."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

GUARDED = {"pools": "a pool stays", "pool_shares": "a share stays"}


def upgrade() -> None:
    """Add the table of pools and that of the members who share them; neither is ever changed."""
    op.create_table(
        "pools",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("base_of", sa.Text(), nullable=False),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("base", types.Big, nullable=False),
        sa.Column("rate_bp", types.Big, nullable=False),
        sa.Column("weights", types.Big, nullable=False),
        sa.CheckConstraint("base_of IN ('bonus-value', 'sales')", name=op.f("ck_pools_base_of")),
        sa.CheckConstraint(
            "shared IN ('equally', 'own-points', 'group-points')", name=op.f("ck_pools_shared")
        ),
        sa.CheckConstraint("base > 0", name=op.f("ck_pools_base")),
        sa.CheckConstraint("weights > 0", name=op.f("ck_pools_weights")),
        sa.ForeignKeyConstraint(["period"], ["periods.period"], name=op.f("fk_pools_period")),
        sa.PrimaryKeyConstraint("period", "rule", name=op.f("pk_pools")),
        sqlite_strict=True,
    )
    op.create_table(
        "pool_shares",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("member_id", types.Big, nullable=False),
        sa.Column("weight", types.Big, nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.Column("cut", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_pool_shares_weight")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_pool_shares_amount")),
        sa.ForeignKeyConstraint(
            ["period", "rule"],
            ["pools.period", "pools.rule"],
            name=op.f("fk_pool_shares_period_rule"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_pool_shares_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_shares")),
        sa.UniqueConstraint(
            "period", "member_id", "rule", name=op.f("uq_pool_shares_period_member_id_rule")
        ),
        sqlite_strict=True,
    )
    for table, said in GUARDED.items():
        _guard(table, said, lite=op.get_bind().dialect.name == "sqlite")


def downgrade() -> None:
    """Back to plans without pools; months that paid from one cannot go back."""
    paid = op.get_bind().execute(sa.text("SELECT count(*) FROM pool_shares")).scalar()
    if paid:
        raise RuntimeError(f"{paid} shares of pools have been paid; the older schema has none")
    op.drop_table("pool_shares")
    op.drop_table("pools")
    if op.get_bind().dialect.name != "sqlite":
        for table in GUARDED:
            op.execute(f"DROP FUNCTION {table}_stay()")


def _guard(table: str, said: str, *, lite: bool) -> None:
    """Refuse every change of a row and every deletion."""
    if lite:
        for name, act in ((f"{table}_stay", "UPDATE"), (f"{table}_remain", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{said}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_stay()"
    )
