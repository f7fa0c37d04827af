"""Tables of members who have left, and of accounts that want to be forgotten."""

from sqlalchemy import Column, ForeignKey, Index

from bot.store.db.schema.definitions import partial_index, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = ["comebacks", "departures", "erasure_requests"]

# `period` is the company's month of leaving, up to which the member is still paid. `suspended` is
# whether the membership was suspended by then. `account_key` and `phone_key` are keyed hashes of
# what is erased.
departures = table(
    "departures",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("left_at", Instant, nullable=False),
    Column("period", Words, nullable=False),
    Column("suspended", Flag, nullable=False),
    Column("erase_asked_at", Instant),
    Column("erased_at", Instant),
    Column("account_key", Words, nullable=False, server_default=""),
    Column("phone_key", Words, nullable=False, server_default=""),
    Index("ix_departures_account_key", "account_key"),
    Index("ix_departures_phone_key", "phone_key"),
)
partial_index("ix_departures_open", "erased_at IS NULL", departures.c.member_id)

# Members who came back after they had left, and another sponsor that the office chose for them,
# before or after that. `chosen_by` is the admin's account.
comebacks = table(
    "comebacks",
    Column("member_id", Big, ForeignKey("members.id"), primary_key=True, autoincrement=False),
    Column("came_at", Instant),
    Column("chosen_at", Instant),
    Column("chosen_by", Big),
    Column("reason", Words, nullable=False, server_default=""),
)

# Accounts without a membership that are to be erased; a row is deleted with the rest.
erasure_requests = table(
    "erasure_requests",
    Column("user_id", Big, primary_key=True, autoincrement=False),
    Column("asked_at", Instant, nullable=False),
)
