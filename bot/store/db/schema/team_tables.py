"""Tables of what uplines and their teams allow each other, ask each other and write."""

from sqlalchemy import Column, ForeignKey, Index

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = ["number_requests", "pair_permissions", "relayed_messages"]

# What one member allows one other: to see the phone number, to send messages. Every change is a
# row, and the newest counts.
pair_permissions = table(
    "pair_permissions",
    id_column(),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("other_id", Big, ForeignKey("members.id"), nullable=False),
    Column("purpose", Words, nullable=False),
    Column("given", Flag, nullable=False),
    Column("at", Instant, nullable=False),
    check_one_of("purpose", "phone", "messages"),
    Index("ix_pair_permissions_member_id", "member_id", "other_id", "purpose", "id"),
    Index("ix_pair_permissions_other_id", "other_id"),
)

# `member_id` is asked for the number, `upline_id` asks.
number_requests = table(
    "number_requests",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False),
    Column("upline_id", Big, ForeignKey("members.id"), nullable=False),
    Column("state", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("decided_at", Instant),
    check_one_of("state", "asked", "given", "refused"),
    Index("ix_number_requests_member_id", "member_id", "upline_id", "id"),
    Index("ix_number_requests_member_id_at", "member_id", "at"),
    Index("ix_number_requests_upline_id_at", "upline_id", "at"),
)

# A message that the bot delivers without a number. `answers` is the message that it answers.
relayed_messages = table(
    "relayed_messages",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("sender_id", Big, ForeignKey("members.id"), nullable=False),
    Column("receiver_id", Big, ForeignKey("members.id"), nullable=False),
    Column("answers", Words, nullable=False, server_default=""),
    Column("words", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("sent_at", Instant),
    check_one_of("state", "waiting", "sent", "dropped"),
    Index("ix_relayed_messages_sender_id_at", "sender_id", "at"),
    Index("ix_relayed_messages_receiver_id_due_at", "receiver_id", "due_at"),
    Index("ix_relayed_messages_at", "at"),
)
partial_index("ix_relayed_messages_waiting", "state = 'waiting'", relayed_messages.c.due_at)
