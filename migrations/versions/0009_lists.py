"""Members of an import are stored before they become visible."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATES = "'open', 'done', 'lost'"


def upgrade() -> None:
    """Add the tables of imports, and the column for a member's import."""
    op.create_table(
        "imports",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("began_at", types.Instant(), nullable=False),
        sa.Column("touched_at", types.Instant(), nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_imports_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sqlite_strict=True,
    )
    op.create_table(
        "import_teams",
        sa.Column("import_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("sponsor_id", types.Big, nullable=False),
        sa.Column("size", types.Big, nullable=False),
        sa.Column("legs", types.Big, nullable=False),
        sa.PrimaryKeyConstraint("import_id", "member_id", name=op.f("pk_import_teams")),
        sqlite_strict=True,
    )
    op.create_table(
        "import_months",
        sa.Column("import_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("joined", types.Big, nullable=False),
        sa.PrimaryKeyConstraint("import_id", "member_id", "period", name=op.f("pk_import_months")),
        sqlite_strict=True,
    )
    op.add_column("members", sa.Column("import_id", types.Big, nullable=True))
    op.create_index(
        "ix_members_import_id",
        "members",
        ["import_id", "id"],
        sqlite_where=sa.text("import_id IS NOT NULL"),
        postgresql_where=sa.text("import_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Go back to imports in one commit; fails while an import is under way."""
    hidden = sa.text(
        "SELECT count(*) FROM members WHERE import_id IS NOT NULL"
        " AND import_id NOT IN (SELECT id FROM imports WHERE state = 'done')"
    )
    if op.get_bind().execute(hidden).scalar_one():
        raise RuntimeError("members of an interrupted import would become visible")
    op.drop_index("ix_members_import_id", table_name="members")
    op.drop_column("members", "import_id")
    op.drop_table("import_months")
    op.drop_table("import_teams")
    op.drop_table("imports")
