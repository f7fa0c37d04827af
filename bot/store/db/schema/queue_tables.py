"""Tables between the bot and Telegram: updates received, messages to send, and their limits."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, UniqueConstraint

from bot.store.db.schema.definitions import check_one_of, id_column, partial_index, table
from bot.store.db.types import Big, Flag, Instant, Words

__all__ = [
    "albums",
    "attachments",
    "cursors",
    "file_ids",
    "floods",
    "gates",
    "inbox",
    "menus",
    "outbox",
]

OPEN = "state IN ('new', 'sending')"
DUE = "state = 'new' AND due_at IS NOT NULL"
PASSING = "state = 'new' AND passing = 1"
EXPIRING = "state = 'new' AND expires_at IS NOT NULL"

inbox = table(
    "inbox",
    id_column(),
    Column("bot_id", Big, nullable=False),
    Column("update_id", Big, nullable=False),
    Column("lane", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("state", Words, nullable=False, server_default="new"),
    Column("attempts", Big, nullable=False, server_default="0"),
    Column("error", Words),
    Column("taken", Big),
    Column("alone", Big, nullable=False, server_default="0"),
    Column("ended", Big, nullable=False, server_default="0"),
    Column("ended_alone", Big, nullable=False, server_default="0"),
    UniqueConstraint("bot_id", "update_id"),
    check_one_of("state", "new", "done", "dead"),
)
partial_index("ix_inbox_open", "state = 'new'", inbox.c.id)
partial_index("ix_inbox_open_by_lane", "state = 'new'", inbox.c.lane, inbox.c.id)
partial_index("ix_inbox_dead", "state = 'dead'", inbox.c.id)

cursors = table(
    "cursors",
    Column("bot_id", Big, primary_key=True, autoincrement=False),
    Column("next_offset", Big, nullable=False),
)

outbox = table(
    "outbox",
    id_column(),
    Column("key", Words, nullable=False, unique=True),
    Column("chat_id", Big, nullable=False),
    Column("kind", Words, nullable=False),
    Column("method", Words, nullable=False),
    Column("payload", Words, nullable=False),
    Column("state", Words, nullable=False, server_default="new"),
    Column("epoch", Big, nullable=False, server_default="0"),
    Column("tries", Big, nullable=False, server_default="0"),
    Column("doubts", Big, nullable=False, server_default="0"),
    Column("not_before", Instant),
    Column("due_at", Instant),
    Column("expires_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("passing", Flag, nullable=False, server_default="0"),
    Column("message_id", Big),
    Column("error", Words),
    Column("broadcast_id", Big, ForeignKey("broadcasts.id")),
    Column("circle", Words, nullable=False, server_default="own"),
    Column("edition", Big, nullable=False, server_default="0"),
    Column("correction_id", Big),
    check_one_of("kind", "toast", "answer", "notice", "tip", "broadcast"),
    check_one_of("state", "held", "new", "sending", "sent", "uncertain", "failed", "expired"),
)
partial_index("ix_outbox_open_by_chat", OPEN, outbox.c.chat_id, outbox.c.kind, outbox.c.id)
partial_index("ix_outbox_open_by_kind", OPEN, outbox.c.kind, outbox.c.id)
partial_index("ix_outbox_due", DUE, outbox.c.kind, outbox.c.due_at, outbox.c.id)
partial_index("ix_outbox_sending", "state = 'sending'", outbox.c.chat_id)
partial_index("ix_outbox_passing", PASSING, outbox.c.chat_id, outbox.c.id)
partial_index("ix_outbox_expiring", EXPIRING, outbox.c.expires_at)
partial_index("ix_outbox_uncertain", "state = 'uncertain'", outbox.c.kind, outbox.c.id)
partial_index(
    "ix_outbox_broadcast_id", "broadcast_id IS NOT NULL", outbox.c.broadcast_id, outbox.c.state
)
partial_index(
    "ix_outbox_correction_id",
    "correction_id IS NOT NULL",
    outbox.c.correction_id,
    outbox.c.state,
)

attachments = table(
    "attachments",
    Column("digest", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# Telegram's id of a file is valid only for the bot that received it.
file_ids = table(
    "file_ids",
    Column("digest", Words, ForeignKey("attachments.digest"), primary_key=True),
    Column("bot_id", Big, primary_key=True, autoincrement=False),
    Column("file_id", Words, nullable=False),
)

floods = table(
    "floods",
    Column("chat_id", Big, primary_key=True, autoincrement=False),
    Column("since", Instant, nullable=False),
    Column("worked", Big, nullable=False, server_default="0"),
    Column("gap", Flag, nullable=False, server_default="0"),
)

gates = table(
    "gates",
    Column("scope", Words, primary_key=True),
    Column("until", Instant, nullable=False),
    Column("seconds", Big, nullable=False, server_default="0"),
)

albums = table(
    "albums",
    Column("chat_id", Big, primary_key=True, autoincrement=False),
    Column("album", Words, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("taken", Flag, nullable=False, server_default="0"),
    Column("worded", Flag, nullable=False, server_default="0"),
    Index("ix_albums_at", "at"),
)

# `asked_at` is set while a chat's menu of commands is due; `shown` is the one that it has.
menus = table(
    "menus",
    Column("user_id", Big, primary_key=True, autoincrement=False),
    Column("shown", Words, nullable=False, server_default=""),
    Column("asked_at", Instant),
)
partial_index("ix_menus_asked_at", "asked_at IS NOT NULL", menus.c.asked_at)
