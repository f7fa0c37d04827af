"""A confirmed return can be taken back; own use among returned points; who revoked an admin."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# Rows of these tables are never changed or deleted.
FINAL = {
    "return_reversals": "the reversal of a return stays",
    "restored_credits": "what a reversed return gave back to a credit stays",
    "restored_pool_shares": "what a reversed return gave back to a share of a pool stays",
    "admin_revocations": "who revoked an admin stays",
}

SAID = "a return is decided once, and its figures stay"
FIGURES = (
    "OLD.sale_id <> NEW.sale_id OR OLD.amount <> NEW.amount"
    " OR OLD.goods <> NEW.goods OR OLD.points <> NEW.points"
    " OR OLD.bonus_value <> NEW.bonus_value OR OLD.refund <> NEW.refund"
)
DECIDED_ONCE = f"OLD.state <> 'waiting' OR {FIGURES}"
# A return that counts leaves that state only with a row that says why, while its month is open.
TAKEN_BACK = (
    "OLD.state = 'confirmed' AND NEW.state = 'void' AND OLD.note = NEW.note"
    " AND COALESCE(OLD.decided_at, 0) = COALESCE(NEW.decided_at, 0)"
    " AND COALESCE(OLD.decided_by, 0) = COALESCE(NEW.decided_by, 0)"
    " AND EXISTS (SELECT 1 FROM return_reversals AS v"
    " WHERE v.return_id = OLD.id AND v.period = OLD.period)"
    " AND NOT EXISTS (SELECT 1 FROM periods AS p WHERE p.period = OLD.period)"
)
OR_TAKEN_BACK = f"NOT (OLD.state = 'waiting' OR {TAKEN_BACK}) OR {FIGURES}"

RETURNED_SOLD_POINTS = """
    UPDATE volumes SET returned_sold_points = (
      SELECT CAST(COALESCE(SUM(r.points), 0) AS BIGINT)
      FROM returns AS r JOIN sales AS s ON s.id = r.sale_id
      WHERE s.seller_id = volumes.member_id AND r.state = 'confirmed'
        AND r.period = volumes.period AND s.period < r.period AND s.customer_id IS NOT NULL)
    WHERE returned_points <> 0
"""

# Until now only the audit log knew who revoked whom.
REVOCATIONS = """
    INSERT INTO admin_revocations (user_id, at, by)
    SELECT CAST(substr(object, 6) AS BIGINT), at, actor FROM audit
    WHERE action = 'revoke admin' AND object LIKE 'user %' AND actor IS NOT NULL ORDER BY id
"""


def upgrade() -> None:
    """Add the tables and the column, and let a return that counts become void by a reversal."""
    lite = op.get_bind().dialect.name == "sqlite"
    op.add_column(
        "volumes",
        sa.Column("returned_sold_points", types.Big, server_default="0", nullable=False),
    )
    op.execute(RETURNED_SOLD_POINTS)
    op.create_table(
        "return_reversals",
        sa.Column("return_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by", types.Big, nullable=False),
        sa.ForeignKeyConstraint(
            ["return_id"], ["returns.id"], name=op.f("fk_return_reversals_return_id")
        ),
        sa.PrimaryKeyConstraint("return_id", name=op.f("pk_return_reversals")),
        sqlite_strict=True,
    )
    for table, of, column in (
        ("restored_credits", "credits", "credit_id"),
        ("restored_pool_shares", "pool_shares", "pool_share_id"),
    ):
        op.create_table(
            table,
            sa.Column("id", types.Big, autoincrement=True, nullable=False),
            sa.Column("return_id", types.Big, nullable=False),
            sa.Column(column, types.Big, nullable=False),
            sa.Column("amount", types.Big, nullable=False),
            sa.CheckConstraint("amount > 0", name=op.f(f"ck_{table}_amount")),
            sa.ForeignKeyConstraint(
                ["return_id"], ["return_reversals.return_id"], name=op.f(f"fk_{table}_return_id")
            ),
            sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint("return_id", column, name=op.f(f"uq_{table}_return_id_{column}")),
            sqlite_strict=True,
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_table(
        "admin_revocations",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("user_id", types.Big, nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by", types.Big, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admin_revocations")),
        sqlite_strict=True,
    )
    op.create_index("ix_admin_revocations_by", "admin_revocations", ["by", "at"])
    op.execute(REVOCATIONS)
    _guard_returns(OR_TAKEN_BACK, lite=lite)
    for table, said in FINAL.items():
        _keep(table, said, lite=lite)


def downgrade() -> None:
    """Back to returns that stay; what was taken back cannot go back."""
    conn = op.get_bind()
    lite = conn.dialect.name == "sqlite"
    kept = conn.execute(sa.text("SELECT count(*) FROM return_reversals")).scalar()
    if kept:
        raise RuntimeError(f"{kept} returns were taken back; the older schema cannot say so")
    _guard_returns(DECIDED_ONCE, lite=lite)
    for table in ("admin_revocations", "restored_pool_shares", "restored_credits"):
        op.drop_table(table)
    op.drop_table("return_reversals")
    if not lite:
        for table in FINAL:
            op.execute(f"DROP FUNCTION {table}_stay()")
    op.drop_column("volumes", "returned_sold_points")


def _guard_returns(changed: str, *, lite: bool) -> None:
    """Refuse changes of a return where `changed` holds; none is ever deleted."""
    if lite:
        op.execute("DROP TRIGGER returns_stay")
        op.execute(
            f"CREATE TRIGGER returns_stay BEFORE UPDATE ON returns WHEN {changed}"
            f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION returns_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{SAID}'; END IF;"
        f" IF {changed} THEN RAISE EXCEPTION '{SAID}'; END IF; RETURN NEW; END $$"
    )


def _keep(table: str, said: str, *, lite: bool) -> None:
    """Refuse every change and deletion of the table's rows."""
    if lite:
        for name, act in (("stay", "UPDATE"), ("remain", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{said}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_stay()"
    )
