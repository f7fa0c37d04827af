"""Chats that write faster than they can be answered, and their waiting updates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Flag, Instant
from bot.store.queue.inbox import Received

__all__ = ["ChatLoad", "begin", "behind", "end", "keep", "leave_out", "load_of"]


@dataclass(frozen=True, slots=True)
class ChatLoad:
    """How much is open between the bot and a chat.

    Attributes:
        answers: the number of unsent answers, counted up to the limit asked for.
        since: when the flood began; None if there is none.
        worked: the number of updates handled since then, or since the last gap.
        gap: whether updates before the next one were left out.
        received_at: when the present update was received.
    """

    answers: int
    since: datetime | None
    worked: int
    gap: bool
    received_at: datetime


LOAD = text("""
    SELECT i.received_at, f.since, f.worked, f.gap, (
      SELECT count(*) FROM (
        SELECT id FROM outbox
        WHERE state IN ('new', 'sending') AND chat_id = :chat_id AND kind = 'answer'
        LIMIT :most) AS waiting) AS answers
    FROM inbox AS i LEFT JOIN floods AS f ON f.chat_id = :chat_id
    WHERE i.id = :row AND i.state = 'new'
""").columns(received_at=Instant, since=Instant, gap=Flag)

BEGIN = text("""
    INSERT INTO floods (chat_id, since) VALUES (:chat_id, :at) ON CONFLICT (chat_id) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

KEEP = text("""
    UPDATE floods SET worked = :worked, gap = :gap WHERE chat_id = :chat_id
""").bindparams(bindparam("gap", type_=Flag))

END = text("DELETE FROM floods WHERE chat_id = :chat_id")

BEHIND = text("""
    SELECT w.id, w.update_id, w.lane, w.body, w.received_at
    FROM inbox AS i JOIN inbox AS w ON w.lane = i.lane AND w.state = 'new' AND w.id > i.id
    WHERE i.id = :id ORDER BY w.id LIMIT :limit
""").columns(received_at=Instant)

LEAVE_OUT = text("""
    UPDATE inbox SET state = 'done', error = 'left out' WHERE state = 'new' AND id IN :ids
""").bindparams(bindparam("ids", expanding=True, type_=Big))


def load_of(conn: Connection, row_id: int, chat_id: int, most: int) -> ChatLoad | None:
    """Returns the load of an update's chat, counting up to `most` unsent answers.

    None if the update was handled before.
    """
    row = conn.execute(LOAD, {"row": row_id, "chat_id": chat_id, "most": most}).one_or_none()
    if row is None:
        return None
    return ChatLoad(row.answers, row.since, row.worked or 0, bool(row.gap), row.received_at)


def begin(conn: Connection, chat_id: int, at: datetime) -> None:
    """Store that a chat writes faster than it can be answered."""
    conn.execute(BEGIN, {"chat_id": chat_id, "at": at})


def keep(conn: Connection, chat_id: int, *, worked: int, gap: bool) -> None:
    """Store the progress through a flood."""
    conn.execute(KEEP, {"chat_id": chat_id, "worked": worked, "gap": gap})


def end(conn: Connection, chat_id: int) -> None:
    """End a flood, once everything the chat wrote is handled."""
    conn.execute(END, {"chat_id": chat_id})


def behind(conn: Connection, row_id: int, limit: int) -> list[Received]:
    """Returns the updates that wait behind one in its lane, the oldest first."""
    return [Received(*row) for row in conn.execute(BEHIND, {"id": row_id, "limit": limit})]


def leave_out(conn: Connection, rows: Sequence[int]) -> None:
    """Mark updates as done without handling them; the same unit notifies the chat."""
    conn.execute(LEAVE_OUT, {"ids": list(rows)})
