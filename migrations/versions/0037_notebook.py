"""A seller's notebook: details of customers, payments, the list of a day, how long things last."""

import sqlalchemy as sa
from alembic import op

from bot.store.db import types

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

TABLES = ("today_clocks", "today_items", "customer_payments", "customer_details")


def upgrade() -> None:
    """Add the tables and two columns; nothing that is known already changes."""
    _customer_details()
    _customer_payments()
    _today_items()
    _today_clocks()
    op.add_column("payment_notes", _words("due_on"))
    op.add_column(
        "products", sa.Column("lasts_days", types.Big, server_default="0", nullable=False)
    )


def downgrade() -> None:
    """Drop the tables and the columns: the notebooks of all sellers are lost."""
    op.drop_column("products", "lasts_days")
    op.drop_column("payment_notes", "due_on")
    for table in TABLES:
        op.drop_table(table)


def _customer_details() -> None:
    op.create_table(
        "customer_details",
        sa.Column("customer_id", types.Big, autoincrement=False, nullable=False),
        *map(_words, ("phone_sealed", "phone_hash", "birthday", "notes", "language")),
        *map(_words, ("wish", "wish_on", "contacted_on")),
        sa.Column("changed_at", types.Instant(), nullable=False),
        _refers("customer_details", "customer_id", "customers"),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer_details")),
        _one_of("customer_details", "language", "", "id", "en"),
        sqlite_strict=True,
    )
    op.create_index("ix_customer_details_phone_hash", "customer_details", ["phone_hash"])


def _customer_payments() -> None:
    op.create_table(
        "customer_payments",
        sa.Column("id", types.Big, autoincrement=True, nullable=False),
        sa.Column("customer_id", types.Big, nullable=False),
        sa.Column("sale_id", types.Big, nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("amount", types.Big, nullable=False),
        _words("means"),
        sa.Column("paid_on", sa.Text(), nullable=False),
        sa.Column("noted_at", types.Instant(), nullable=False),
        sa.Column("undone_at", types.Instant(), nullable=True),
        _refers("customer_payments", "customer_id", "customers"),
        _refers("customer_payments", "sale_id", "sales"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_payments")),
        sa.UniqueConstraint("reference", name=op.f("uq_customer_payments_reference")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_customer_payments_amount")),
        _one_of("customer_payments", "means", "", "cash", "transfer", "qris"),
        sqlite_strict=True,
    )
    op.create_index("ix_customer_payments_customer_id", "customer_payments", ["customer_id", "id"])
    op.create_index("ix_customer_payments_sale_id", "customer_payments", ["sale_id"])


def _today_items() -> None:
    reasons = ("after_days", "after_weeks", "reorder", "debt", "birthday", "wish", "silent")
    op.create_table(
        "today_items",
        sa.Column("customer_id", types.Big, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("member_id", types.Big, nullable=False),
        _words("subject"),
        sa.Column("shown_on", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _words("until"),
        sa.Column("at", types.Instant(), nullable=False),
        _refers("today_items", "customer_id", "customers"),
        _refers("today_items", "member_id", "members"),
        sa.PrimaryKeyConstraint("customer_id", "reason", name=op.f("pk_today_items")),
        _one_of("today_items", "reason", *reasons),
        _one_of("today_items", "state", "shown", "sent", "done", "later", "never"),
        sqlite_strict=True,
    )
    op.create_index("ix_today_items_member_id", "today_items", ["member_id", "shown_on"])


def _today_clocks() -> None:
    op.create_table(
        "today_clocks",
        sa.Column("member_id", types.Big, autoincrement=False, nullable=False),
        sa.Column("hour", sa.Text(), nullable=False),
        sa.Column("wanted", types.Flag(), server_default="1", nullable=False),
        sa.Column("decided_at", types.Instant(), nullable=True),
        sa.Column("due_at", types.Instant(), nullable=False),
        _refers("today_clocks", "member_id", "members"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_today_clocks")),
        sqlite_strict=True,
    )
    op.create_index("ix_today_clocks_due_at", "today_clocks", ["due_at"])


def _words(name: str) -> sa.Column[str]:
    """Returns a column of text that is empty where nothing is known."""
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))
