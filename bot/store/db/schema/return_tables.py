"""Tables of returned goods and of what the company has paid to its members."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
)

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = [
    "credit_returns",
    "payout_list_lines",
    "payout_lists",
    "payout_reversals",
    "payouts",
    "pool_returns",
    "restored_credits",
    "restored_pool_shares",
    "return_lines",
    "return_reversals",
    "returns",
]

# Its figures are those of the pieces that came back. `period` is the month in which a confirmed
# return counts: the sale's own while that is open, and a later one after it is closed. `saleable`
# says that no piece is damaged; each line says how many are.
returns = table(
    "returns",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("sale_id", Big, ForeignKey("sales.id"), nullable=False, index=True),
    Column("state", Words, nullable=False),
    Column("came_on", Words, nullable=False),
    Column("saleable", Flag, nullable=False),
    Column("reason", Words, nullable=False),
    Column("amount", Big, nullable=False),
    Column("goods", Big, nullable=False),
    Column("points", Big, nullable=False),
    Column("bonus_value", Big, nullable=False),
    Column("refund", Big, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("asked_by", Big, nullable=False),
    Column("period", Words),
    Column("decided_at", Instant),
    Column("decided_by", Big),
    Column("note", Words, nullable=False, server_default=""),
    check_one_of("state", "waiting", "confirmed", "rejected", "void"),
    CheckConstraint("(state = 'confirmed') = (period IS NOT NULL)", name="period"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("refund >= 0", name="refund"),
    Index("ix_returns_period", "period"),
)
partial_index("ix_returns_waiting", "state = 'waiting'", returns.c.id)

return_lines = table(
    "return_lines",
    id_column(),
    Column("return_id", Big, ForeignKey("returns.id"), nullable=False),
    Column("sale_line_id", Big, ForeignKey("sale_lines.id"), nullable=False, index=True),
    Column("quantity", Big, nullable=False),
    Column("amount", Big, nullable=False),
    Column("damaged", Big, nullable=False, server_default="0"),
    UniqueConstraint("return_id", "sale_line_id"),
    CheckConstraint("quantity > 0", name="quantity"),
    CheckConstraint("amount >= 0", name="amount"),
    CheckConstraint("damaged >= 0 AND damaged <= quantity", name="damaged"),
)

# What a return after the close took from each credit, in rupiah.
credit_returns = table(
    "credit_returns",
    id_column(),
    Column("return_id", Big, ForeignKey("returns.id"), nullable=False),
    Column("credit_id", Big, ForeignKey("credits.id"), nullable=False, index=True),
    Column("amount", Big, nullable=False),
    UniqueConstraint("return_id", "credit_id"),
    CheckConstraint("amount > 0", name="amount"),
)

pool_returns = table(
    "pool_returns",
    id_column(),
    Column("return_id", Big, ForeignKey("returns.id"), nullable=False),
    Column("pool_share_id", Big, ForeignKey("pool_shares.id"), nullable=False, index=True),
    Column("amount", Big, nullable=False),
    UniqueConstraint("return_id", "pool_share_id"),
    CheckConstraint("amount > 0", name="amount"),
)

# A return that counted and was taken back; its state is `void` then. `period` is the month in
# which it had counted.
return_reversals = table(
    "return_reversals",
    Column("return_id", Big, ForeignKey("returns.id"), primary_key=True, autoincrement=False),
    Column("period", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Big, nullable=False),
)

# What a return that was taken back gave back to each credit, in rupiah. It may differ from what
# the return took, for other returns may have come in between.
restored_credits = table(
    "restored_credits",
    id_column(),
    Column("return_id", Big, ForeignKey("return_reversals.return_id"), nullable=False),
    Column("credit_id", Big, ForeignKey("credits.id"), nullable=False, index=True),
    Column("amount", Big, nullable=False),
    UniqueConstraint("return_id", "credit_id"),
    CheckConstraint("amount > 0", name="amount"),
)

restored_pool_shares = table(
    "restored_pool_shares",
    id_column(),
    Column("return_id", Big, ForeignKey("return_reversals.return_id"), nullable=False),
    Column("pool_share_id", Big, ForeignKey("pool_shares.id"), nullable=False, index=True),
    Column("amount", Big, nullable=False),
    UniqueConstraint("return_id", "pool_share_id"),
    CheckConstraint("amount > 0", name="amount"),
)

# A list of what could be paid; its file comes back with the days and references of the bank.
payout_lists = table(
    "payout_lists",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Big),
)

payout_list_lines = table(
    "payout_list_lines",
    Column("list_id", Big, ForeignKey("payout_lists.id"), nullable=False),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("amount", Big, nullable=False),
    PrimaryKeyConstraint("list_id", "member_id"),
    CheckConstraint("amount > 0", name="amount"),
)

payouts = table(
    "payouts",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("amount", Big, nullable=False),
    Column("paid_on", Words, nullable=False),
    Column("bank_reference", Words, nullable=False),
    Column("list_id", Big, ForeignKey("payout_lists.id")),
    Column("recorded_at", Instant, nullable=False),
    Column("recorded_by", Big),
    CheckConstraint("amount > 0", name="amount"),
    Index("ix_payouts_member_id", "member_id", "id"),
)

payout_reversals = table(
    "payout_reversals",
    Column("payout_id", Big, ForeignKey("payouts.id"), primary_key=True, autoincrement=False),
    Column("reason", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Big),
)
