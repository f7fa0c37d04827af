"""Tables of a seller's own notebook: customers, what they paid, whom to think of today."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint

from bot.store.db.schema.definitions import check_one_of, id_column, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = ["customer_details", "customer_payments", "today_clocks", "today_items"]

# What a seller noted of a customer besides the name. The number is sealed with a key that is not
# in the database; `phone_hash` finds it. `birthday` is MM-DD, `language` empty for the seller's.
customer_details = table(
    "customer_details",
    Column("customer_id", Big, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("phone_sealed", Words, nullable=False, server_default=""),
    Column("phone_hash", Words, nullable=False, server_default="", index=True),
    Column("birthday", Words, nullable=False, server_default=""),
    Column("notes", Words, nullable=False, server_default=""),
    Column("language", Words, nullable=False, server_default=""),
    Column("wish", Words, nullable=False, server_default=""),
    Column("wish_on", Words, nullable=False, server_default=""),
    Column("contacted_on", Words, nullable=False, server_default=""),
    Column("changed_at", Instant, nullable=False),
    check_one_of("language", "", "id", "en"),
)

# Money that a customer gave the seller, as the seller noted it; no account of the company knows
# it. Without a sale it pays the oldest of what is owed first.
customer_payments = table(
    "customer_payments",
    id_column(),
    Column("customer_id", Big, ForeignKey("customers.id"), nullable=False),
    Column("sale_id", Big, ForeignKey("sales.id"), index=True),
    Column("reference", Words, nullable=False, unique=True),
    Column("amount", Big, nullable=False),
    Column("means", Words, nullable=False, server_default=""),
    Column("paid_on", Words, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Column("undone_at", Instant),
    CheckConstraint("amount > 0", name="amount"),
    check_one_of("means", "", "cash", "transfer", "qris"),
    Index("ix_customer_payments_customer_id", "customer_id", "id"),
)

# The last time a customer stood on the seller's list of a day for a reason, and what became of it.
# `subject` is the sale or the product that the reason is about; `until` ends a postponement.
today_items = table(
    "today_items",
    Column("customer_id", Big, ForeignKey("customers.id"), nullable=False),
    Column("reason", Words, nullable=False),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("subject", Words, nullable=False, server_default=""),
    Column("shown_on", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("until", Words, nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("customer_id", "reason"),
    check_one_of(
        "reason", "after_days", "after_weeks", "reorder", "debt", "birthday", "wish", "silent"
    ),
    check_one_of("state", "shown", "sent", "done", "later", "never"),
    Index("ix_today_items_member_id", "member_id", "shown_on"),
)

# When a member gets the list of a day by itself, HH:MM by the member's own clock.
today_clocks = table(
    "today_clocks",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("hour", Words, nullable=False),
    Column("wanted", Flag, nullable=False, server_default="1"),
    Column("decided_at", Instant),
    Column("due_at", Instant, nullable=False, index=True),
)
