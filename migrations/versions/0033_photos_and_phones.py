"""What the photos of sales are compared by, and the telephone numbers in customers' names."""

import re

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ROWS_AT_ONCE = 1_000
PHONE = re.compile(r"(?:^| )(0[1-9][0-9]{7,12})(?= |$)")

WITH_NUMBER = sa.text("""
    SELECT id, name_key FROM customers
    WHERE id > :above AND name_key LIKE '%0%' ORDER BY id LIMIT :rows
""")

SET_PHONE = sa.text("UPDATE customers SET phone = :phone WHERE id = :id")


def upgrade() -> None:
    """Add the table, and the column with the numbers that names have already."""
    op.create_table(
        "photo_digests",
        sa.Column("sale_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("photo_key", types.Words, nullable=False),
        sa.Column("digest", types.Words, nullable=False),
        sa.Column("noted_at", types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"], name=op.f("fk_photo_digests_sale_id")),
        sa.PrimaryKeyConstraint("sale_id", name=op.f("pk_photo_digests")),
        sqlite_strict=True,
    )
    op.create_index("ix_photo_digests_noted_at", "photo_digests", ["noted_at"])
    _index("ix_photo_digests_digest", "photo_digests", "digest")
    op.add_column("customers", sa.Column("phone", types.Words, nullable=False, server_default=""))
    _index("ix_customers_phone", "customers", "phone")
    _copy_numbers(op.get_bind())


def downgrade() -> None:
    """Drop both."""
    op.drop_index("ix_customers_phone", table_name="customers")
    op.drop_column("customers", "phone")
    op.drop_table("photo_digests")


def _index(name: str, table: str, column: str) -> None:
    where = sa.text(f"{column} <> ''")
    op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)


def _copy_numbers(conn: sa.Connection) -> None:
    above = 0
    while rows := conn.execute(WITH_NUMBER, {"above": above, "rows": ROWS_AT_ONCE}).all():
        above = rows[-1].id
        found = [
            {"id": row.id, "phone": number[1]}
            for row in rows
            if (number := PHONE.search(row.name_key)) is not None
        ]
        if found:
            conn.execute(SET_PHONE, found)
