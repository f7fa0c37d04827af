"""Tables of questions to the office, their answers, and the FAQ entries made from them."""

from sqlalchemy import Column, ForeignKey, Index

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = ["faq_entries", "inquiries", "inquiry_answers"]

# An `offered` inquiry is not sent yet: its author is asked whether the office may read it.
inquiries = table(
    "inquiries",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("user_id", Big, nullable=False),
    Column("words", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("told", Flag, nullable=False, server_default="0"),
    Column("settled_at", Instant),
    Column("settled_by", Big),
    check_one_of("state", "offered", "waiting", "answered", "closed"),
    Index("ix_inquiries_user_id_sent_at", "user_id", "sent_at"),
)
partial_index("ix_inquiries_waiting", "state = 'waiting'", inquiries.c.id)
partial_index("ix_inquiries_untold", "state = 'waiting' AND told = 0", inquiries.c.id)
partial_index("ix_inquiries_offered", "state = 'offered'", inquiries.c.at)

# Of one that was not sent, its author was told that another had answered before.
inquiry_answers = table(
    "inquiry_answers",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("inquiry_id", Big, ForeignKey("inquiries.id"), nullable=False),
    Column("words", Words, nullable=False),
    Column("by", Big, nullable=False),
    Column("at", Instant, nullable=False),
    Column("sent", Flag, nullable=False),
    Index("ix_inquiry_answers_inquiry_id", "inquiry_id", "id"),
)

faq_entries = table(
    "faq_entries",
    id_column(),
    Column("inquiry_id", Big, ForeignKey("inquiries.id"), nullable=False, unique=True),
    Column("asked", Words, nullable=False),
    Column("answer", Words, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("added_by", Big, nullable=False),
    Column("removed_at", Instant),
    Column("removed_by", Big),
)
