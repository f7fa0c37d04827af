"""What members bring along from before the company began with the bot: money, points, a rank."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0029"
down_revision = "0027"
branch_labels = None
depends_on = None

SAID = "what a member brought along stays"


def upgrade() -> None:
    """Add the table, whose rows are never changed or deleted."""
    op.create_table(
        "openings",
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("import_id", types.Big, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        sa.Column("points", types.Big, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("at", types.Instant(), nullable=False),
        sa.Column("by", types.Big, nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_openings_amount")),
        sa.CheckConstraint("points >= 0", name=op.f("ck_openings_points")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_openings_member_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_openings_import_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_openings")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_openings_import_id"), "openings", ["import_id"])
    if op.get_bind().dialect.name == "sqlite":
        for name, act in (("openings_stay", "UPDATE"), ("openings_remain", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {act} ON openings"
                f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION openings_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER openings_stay BEFORE UPDATE OR DELETE ON openings"
        " FOR EACH ROW EXECUTE FUNCTION openings_stay()"
    )


def downgrade() -> None:
    """Drop the table, where nothing was brought along."""
    conn = op.get_bind()
    kept = conn.execute(sa.text("SELECT count(*) FROM openings")).scalar()
    if kept:
        raise RuntimeError(f"{kept} rows of openings exist; the older schema has no such table")
    op.drop_table("openings")
    if conn.dialect.name != "sqlite":
        op.execute("DROP FUNCTION openings_stay()")
