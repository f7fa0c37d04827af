"""Damaged pieces of a return, corrections asked for, why a closing is refused, and reminders."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

CHECK = "damaged >= 0 AND damaged <= quantity"
SAID = "a line of a return stays"
ALL_DAMAGED = """
    UPDATE return_lines SET damaged = quantity
    WHERE return_id IN (SELECT id FROM returns WHERE saleable = 0)
"""


def upgrade() -> None:
    """Add the columns; where a return was damaged as a whole, each of its lines was."""
    op.add_column(
        "sale_decisions",
        sa.Column("correction", types.Flag(), server_default="0", nullable=False),
    )
    op.add_column(
        "closing_requests", sa.Column("note", sa.Text(), server_default="", nullable=False)
    )
    op.add_column("roles", sa.Column("unreminded", sa.Text(), server_default="", nullable=False))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "ALTER TABLE return_lines ADD COLUMN damaged INTEGER DEFAULT '0' NOT NULL"
            f" CONSTRAINT ck_return_lines_damaged CHECK ({CHECK})"
        )
        op.execute("DROP TRIGGER return_lines_stay")
        op.execute(ALL_DAMAGED)
        op.execute(
            "CREATE TRIGGER return_lines_stay BEFORE UPDATE ON return_lines WHEN 1 = 1"
            f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )
        return
    op.add_column(
        "return_lines", sa.Column("damaged", types.Big, server_default="0", nullable=False)
    )
    op.create_check_constraint(op.f("ck_return_lines_damaged"), "return_lines", CHECK)
    op.execute("ALTER TABLE return_lines DISABLE TRIGGER return_lines_stay")
    op.execute(ALL_DAMAGED)
    op.execute("ALTER TABLE return_lines ENABLE TRIGGER return_lines_stay")


def downgrade() -> None:
    """Back to one word about a whole return, and to decisions that ask for nothing."""
    op.drop_column("roles", "unreminded")
    op.drop_column("closing_requests", "note")
    op.drop_column("sale_decisions", "correction")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE return_lines DROP COLUMN damaged")
        return
    op.drop_constraint(op.f("ck_return_lines_damaged"), "return_lines", type_="check")
    op.drop_column("return_lines", "damaged")
