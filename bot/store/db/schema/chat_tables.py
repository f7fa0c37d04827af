"""Tables of the people who write to the bot, their open conversations and their roles.

`unclear_texts` is about no person.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = [
    "admin_codes",
    "admin_revocations",
    "leads",
    "people",
    "relink_codes",
    "roles",
    "sessions",
    "strikes",
    "unclear_texts",
    "used_messages",
]

people = table(
    "people",
    Column("user_id", Big, primary_key=True, autoincrement=False),
    Column("language", Words, nullable=False),
    Column("title", Words, nullable=False, server_default=""),
    Column("reach", Words, nullable=False, server_default="open"),
    Column("first_seen", Instant, nullable=False),
    check_one_of("reach", "open", "blocked", "gone"),
)

sessions = table(
    "sessions",
    Column("chat_id", Big, primary_key=True, autoincrement=False),
    Column("flow", Words, nullable=False),
    Column("version", Big, nullable=False),
    Column("reference", Words, nullable=False, unique=True),
    Column("args", Words, nullable=False, server_default=""),
    Column("answers", Words, nullable=False),
    Column("kept", Words, nullable=False),
    Column("asked", Words, nullable=False),
    Column("waiting", Words),
    Column("started_at", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False, server_default="0"),
    Column("enclosed", Words, nullable=False, server_default=""),
    Column("paused", Flag, nullable=False, server_default="0"),
    Column("following", Words, nullable=False, server_default=""),
    Index("ix_sessions_asked_at", "asked_at"),
)

# Which message began a conversation (place -1) or answered its question (place 0 and up).
used_messages = table(
    "used_messages",
    Column("chat_id", Big, primary_key=True, autoincrement=False),
    Column("message_id", Big, primary_key=True, autoincrement=False),
    Column("reference", Words, nullable=False),
    Column("flow", Words, nullable=False),
    Column("place", Big, nullable=False),
    Column("digest", Words, nullable=False),
    Column("recorded", Flag, nullable=False, server_default="0"),
    Column("at", Instant, nullable=False),
    Index("ix_used_messages_at", "at"),
)

strikes = table(
    "strikes",
    id_column(),
    Column("user_id", Big, nullable=False),
    Column("kind", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_strikes_user_id_kind_at", "user_id", "kind", "at"),
)

unclear_texts = table(
    "unclear_texts",
    Column("shape", Words, primary_key=True),
    Column("why", Words, primary_key=True),
    Column("times", Big, nullable=False),
    Column("first_day", Words, nullable=False),
    Column("last_day", Words, nullable=False),
    check_one_of("why", "not-understood", "asked-which", "asked-if-sale"),
    CheckConstraint("times > 0", name="times"),
)

# `unreminded` is the month of whose closing this admin wants no more reminders.
roles = table(
    "roles",
    Column("user_id", Big, primary_key=True, autoincrement=False),
    Column("role", Words, primary_key=True),
    Column("granted_at", Instant, nullable=False),
    Column("granted_by", Big),
    Column("unreminded", Words, nullable=False, server_default=""),
    check_one_of("role", "trainer", "admin"),
)

# An admin whose role another admin has revoked, or whose account that admin has had replaced.
admin_revocations = table(
    "admin_revocations",
    id_column(),
    Column("user_id", Big, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Big, nullable=False),
    Index("ix_admin_revocations_by", "by", "at"),
)

admin_codes = table(
    "admin_codes",
    Column("digest", Words, primary_key=True),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

relink_codes = table(
    "relink_codes",
    Column("digest", Words, primary_key=True),
    Column("member_id", Big, ForeignKey("members.id"), nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("made_by", Big, nullable=False),
)

leads = table(
    "leads",
    id_column(),
    Column("reference", Words, nullable=False, unique=True),
    Column("user_id", Big, nullable=False),
    Column("name", Words, nullable=False),
    Column("phone", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("told", Flag, nullable=False, server_default="0"),
    Column("done_at", Instant),
    Column("done_by", Big),
    Index("ix_leads_phone", "phone", "id"),
    Index("ix_leads_user_id", "user_id", "id"),
)
partial_index("ix_leads_open", "done_at IS NULL", leads.c.id)
partial_index("ix_leads_untold", "done_at IS NULL AND told = 0", leads.c.id)
