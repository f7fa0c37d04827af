"""The tables of broadcasts and of their corrections; the messages are in the outbox."""

from sqlalchemy import Column, ForeignKey, Index

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = ["broadcast_corrections", "broadcasts"]

broadcasts = table(
    "broadcasts",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("author_id", Big, nullable=False),
    Column("body", Words, nullable=False),
    Column("file_id", Words, nullable=False, server_default=""),
    Column("file_kind", Words, nullable=False, server_default=""),
    Column("audience", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("filled_upto", Big, nullable=False, server_default="0"),
    Column("filled", Flag, nullable=False, server_default="0"),
    Column("repeats", Big, ForeignKey("broadcasts.id")),
    Column("total", Big, nullable=False, server_default="0"),
    Column("sent", Big, nullable=False, server_default="0"),
    Column("blocked", Big, nullable=False, server_default="0"),
    Column("failed", Big, nullable=False, server_default="0"),
    Column("uncertain", Big, nullable=False, server_default="0"),
    Column("unsent", Big, nullable=False, server_default="0"),
    Column("vouched_by", Big),
    Column("edition", Big, nullable=False, server_default="0"),
    check_one_of("state", "running", "paused", "stopped", "done"),
    check_one_of("file_kind", "", "photo", "document"),
    Index("ix_broadcasts_author_id", "author_id", "id"),
)
partial_index("ix_broadcasts_open", "finished_at IS NULL", broadcasts.c.id)
partial_index("ix_broadcasts_repeats", "repeats IS NOT NULL", broadcasts.c.repeats)

# The edition of a broadcast, and of a message of it, is the newest correction that it has; 0 is
# the text as it was first written. So a broadcast's own text is never overwritten.
broadcast_corrections = table(
    "broadcast_corrections",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("broadcast_id", Big, ForeignKey("broadcasts.id"), nullable=False),
    Column("author_id", Big, nullable=False),
    Column("body", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("total", Big, nullable=False, server_default="0"),
    Column("corrected", Big, nullable=False, server_default="0"),
    Column("blocked", Big, nullable=False, server_default="0"),
    Column("deleted", Big, nullable=False, server_default="0"),
    Column("failed", Big, nullable=False, server_default="0"),
    Column("unsent", Big, nullable=False, server_default="0"),
    Column("unknown", Big, nullable=False, server_default="0"),
    check_one_of("state", "running", "replaced", "stopped", "done"),
    Index("ix_broadcast_corrections_broadcast_id", "broadcast_id", "id"),
)
partial_index("ix_broadcast_corrections_open", "finished_at IS NULL", broadcast_corrections.c.id)
