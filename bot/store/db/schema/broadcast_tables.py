"""The table of broadcasts; their messages are in the outbox."""

from sqlalchemy import Column, ForeignKey, Index

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = ["broadcasts"]

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
    check_one_of("state", "running", "paused", "stopped", "done"),
    check_one_of("file_kind", "", "photo", "document"),
    Index("ix_broadcasts_author_id", "author_id", "id"),
)
partial_index("ix_broadcasts_open", "finished_at IS NULL", broadcasts.c.id)
