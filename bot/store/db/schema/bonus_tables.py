"""Tables of closed months, credits, ranks and the ledger."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Instant, Words

__all__ = [
    "accounts",
    "credits_",
    "estimates",
    "given_ranks",
    "openings",
    "periods",
    "pool_shares",
    "pools",
    "postings",
    "ranks",
]

periods = table(
    "periods",
    Column("period", Words, primary_key=True),
    Column("state", Words, nullable=False),
    Column("plan", Words, nullable=False),
    Column("plan_digest", Words, nullable=False),
    Column("ready_on", Words, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("payees", Big, nullable=False, server_default="0"),
    Column("paid", Big, nullable=False, server_default="0"),
    Column("told_upto", Big, nullable=False, server_default="0"),
    Column("told_at", Instant),
    Column("point_value", Big, nullable=False, server_default="1"),
    Column("cut", Big, nullable=False, server_default="0"),
    check_one_of("state", "closing", "closed"),
)

credits_ = table(
    "credits",
    id_column(),
    Column("period", Words, ForeignKey("periods.period"), nullable=False),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("rule", Words, nullable=False),
    Column("source_id", Big, ForeignKey("members.id"), nullable=False),
    Column("level", Big, nullable=False),
    Column("base", Big, nullable=False),
    Column("rate_bp", Big, nullable=False),
    Column("amount", Big, nullable=False),
    Column("cut", Words, nullable=False, server_default=""),
    UniqueConstraint("period", "member_id", "rule", "source_id", "level"),
    CheckConstraint("base > 0", name="base"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("level >= 0", name="level"),
)

# What comes from the sales of the whole company, and so from no member's alone.
pools = table(
    "pools",
    Column("period", Words, ForeignKey("periods.period"), primary_key=True),
    Column("rule", Words, primary_key=True),
    Column("base_of", Words, nullable=False),
    Column("shared", Words, nullable=False),
    Column("base", Big, nullable=False),
    Column("rate_bp", Big, nullable=False),
    Column("weights", Big, nullable=False),
    check_one_of("base_of", "bonus-value", "sales"),
    check_one_of("shared", "equally", "own-points", "group-points"),
    CheckConstraint("base > 0", name="base"),
    CheckConstraint("weights > 0", name="weights"),
)

pool_shares = table(
    "pool_shares",
    id_column(),
    Column("period", Words, nullable=False),
    Column("rule", Words, nullable=False),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("weight", Big, nullable=False),
    Column("amount", Big, nullable=False),
    Column("cut", Words, nullable=False, server_default=""),
    ForeignKeyConstraint(["period", "rule"], ["pools.period", "pools.rule"]),
    UniqueConstraint("period", "member_id", "rule"),
    CheckConstraint("weight > 0", name="weight"),
    CheckConstraint("amount > 0", name="amount"),
)

ranks = table(
    "ranks",
    Column("period", Words, ForeignKey("periods.period"), primary_key=True),
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("paid_as", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("accumulated", Big, nullable=False),
)

# Ranks that the company gives by hand, beside those that are reached by sales.
given_ranks = table(
    "given_ranks",
    id_column(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("period", Words, nullable=False),
    Column("rank", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("given_by", Big),
    Index("ix_given_ranks_member_id", "member_id", "period"),
)

# What members brought along from before the company began with the bot.
openings = table(
    "openings",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("import_id", Big, ForeignKey("imports.id"), nullable=False, index=True),
    Column("period", Words, nullable=False),
    Column("amount", Big, nullable=False),
    Column("points", Big, nullable=False),
    Column("title", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Big),
    CheckConstraint("amount >= 0", name="amount"),
    CheckConstraint("points >= 0", name="points"),
)

estimates = table(
    "estimates",
    Column("period", Words, primary_key=True),
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("rule", Words, primary_key=True),
    Column("level", Big, primary_key=True, autoincrement=False),
    Column("rate_bp", Big, primary_key=True, autoincrement=False),
    Column("sources", Big, nullable=False),
    Column("base", Big, nullable=False),
    Column("amount", Big, nullable=False),
)

accounts = table(
    "accounts",
    id_column(),
    Column("name", Words, nullable=False, unique=True),
    Column("kind", Words, nullable=False),
    Column("member_id", Big, ForeignKey("members.id")),
    Column("balance", Big, nullable=False, server_default="0"),
    check_one_of("kind", "house", "wallet", "trade"),
)
partial_index("ix_accounts_owing", "kind = 'wallet' AND balance < 0", accounts.c.id)

postings = table(
    "postings",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("source_id", Big, ForeignKey("accounts.id"), nullable=False),
    Column("destination_id", Big, ForeignKey("accounts.id"), nullable=False),
    Column("amount", Big, nullable=False),
    Column("cause", Words, nullable=False),
    Column("sale_id", Big, ForeignKey("sales.id"), index=True),
    Column("closing", Words, ForeignKey("periods.period")),
    Column("return_id", Big, ForeignKey("returns.id")),
    Column("payout_id", Big, ForeignKey("payouts.id")),
    Column("reverses", Big, ForeignKey("postings.id"), unique=True),
    Column("period", Words, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("amount > 0", name="amount"),
    check_one_of("cause", "sale", "closing", "return", "payout", "opening", "tax"),
    CheckConstraint(
        "(sale_id IS NOT NULL) = (cause = 'sale') AND (closing IS NOT NULL) = (cause = 'closing')"
        " AND (return_id IS NOT NULL) = (cause = 'return')"
        " AND (payout_id IS NOT NULL) = (cause = 'payout')",
        name="one_cause",
    ),
    CheckConstraint("source_id <> destination_id", name="two_accounts"),
    Index("ix_postings_source_id", "source_id", "id"),
    Index("ix_postings_source_at", "source_id", "at", "id"),
    Index("ix_postings_destination_at", "destination_id", "at", "id"),
)
partial_index("ix_postings_closing", "closing IS NOT NULL", postings.c.closing)
partial_index("ix_postings_return_id", "return_id IS NOT NULL", postings.c.return_id)
partial_index("ix_postings_payout_id", "payout_id IS NOT NULL", postings.c.payout_id)
