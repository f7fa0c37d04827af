"""One customer is one customer: keys that ignore how a name is typed, and rows put together.

The keys are made by the code that looks customers up, so that both agree. Two customers of one
seller whose names have the same key by now stay two: the older one keeps the key and is found by
it, the younger one gets its row's number behind it. The seller can put them together.
"""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from bot.core.customers.customer_keys import MARK, name_key
from bot.store.db import types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SELLERS_AT_ONCE = 500
TITLES_BEFORE = re.compile(r"^(bu|ibu|pak|bpk|bapak|mas|mbak|mba|kak|kakak|mrs|mr|ms)\.?\s+")

# Keys must not meet while some are new and some are old.
SET_ASIDE = sa.text("UPDATE customers SET name_key = :mark || CAST(id AS TEXT)")

LAST_OF_NEXT = sa.text("""
    SELECT max(member_id) FROM (
      SELECT DISTINCT member_id FROM customers WHERE member_id > :above
      ORDER BY member_id LIMIT :sellers) AS next_sellers
""")

CUSTOMERS_OF = sa.text("""
    SELECT id, member_id, name FROM customers
    WHERE member_id > :above AND member_id <= :upto ORDER BY member_id, id
""")

SET_KEY = sa.text("UPDATE customers SET name_key = :name_key WHERE id = :id")


def upgrade() -> None:
    """Add the table of customers who are put together, and make all keys anew."""
    op.create_table(
        "merged_customers",
        sa.Column("customer_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("kept_id", types.Big, nullable=False),
        sa.Column("merged_at", types.Instant(), nullable=False),
        sa.CheckConstraint("customer_id <> kept_id", name=op.f("ck_merged_customers_kept_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_merged_customers_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["customers.id"], name=op.f("fk_merged_customers_kept_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_merged_customers")),
        sqlite_strict=True,
    )
    op.create_index("ix_merged_customers_kept_id", "merged_customers", ["kept_id"])
    _make_keys(name_key)


def downgrade() -> None:
    """Go back to the keys of before; fails where customers have been put together."""
    merged = sa.text("SELECT count(*) FROM merged_customers")
    if found := op.get_bind().execute(merged).scalar_one():
        raise RuntimeError(f"{found} names of customers would become customers of their own")
    _make_keys(_key_before)
    op.drop_index("ix_merged_customers_kept_id", table_name="merged_customers")
    op.drop_table("merged_customers")


def _make_keys(key_of: Callable[[str], str]) -> None:
    """Give each customer the key of their name; of equal keys the oldest row has it."""
    conn = op.get_bind()
    conn.execute(SET_ASIDE, {"mark": MARK})
    above = 0
    while upto := conn.execute(
        LAST_OF_NEXT, {"above": above, "sellers": SELLERS_AT_ONCE}
    ).scalar():
        taken: set[tuple[int, str]] = set()
        keys = []
        for row in conn.execute(CUSTOMERS_OF, {"above": above, "upto": upto}):
            key = key_of(row.name)
            if (row.member_id, key) in taken:
                key = f"{key}{MARK}{row.id}"
            taken.add((row.member_id, key))
            keys.append({"id": row.id, "name_key": key})
        conn.execute(SET_KEY, keys)
        above = upto


def _key_before(name: str) -> str:
    folded = " ".join(name.casefold().split())
    return TITLES_BEFORE.sub("", folded) or folded
