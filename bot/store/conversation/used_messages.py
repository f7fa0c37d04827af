"""Which messages began a conversation or answered its questions, for edits and replies.

Only their numbers and a digest of their words are stored, never the words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = ["BEGAN", "KEPT", "UsedMessage", "find", "forget", "mark_recorded", "move", "note"]

BEGAN: Final = -1
"""The place of a message that began its conversation."""

KEPT: Final = timedelta(days=30)
"""How long a message can be replied to as the one that a receipt comes from."""


@dataclass(frozen=True, slots=True)
class UsedMessage:
    """A message that a conversation has used.

    Attributes:
        reference: of the conversation.
        flow: the conversation's flow.
        place: the number of the question that it answered, from 0; `BEGAN` if it began it all.
        digest: of its words; two messages with the same words have the same.
        at: when it was used, which is when its answer was given.
        recorded: whether the conversation has ended with something recorded.
    """

    reference: str
    flow: str
    place: int
    digest: str
    at: datetime
    recorded: bool = False


NOTE = text("""
    INSERT INTO used_messages (chat_id, message_id, reference, flow, place, digest, at)
    VALUES (:chat_id, :message_id, :reference, :flow, :place, :digest, :at)
    ON CONFLICT (chat_id, message_id) DO UPDATE SET reference = excluded.reference,
      flow = excluded.flow, place = excluded.place, digest = excluded.digest,
      at = excluded.at
""").bindparams(bindparam("at", type_=Instant))

FIND = text("""
    SELECT reference, flow, place, digest, at, recorded FROM used_messages
    WHERE chat_id = :chat_id AND message_id = :message_id
""").columns(at=Instant, recorded=Flag)

MARK_RECORDED = text("""
    UPDATE used_messages SET recorded = 1 WHERE chat_id = :chat_id AND reference = :reference
""")

MOVE = text("""
    UPDATE used_messages SET reference = :now WHERE chat_id = :chat_id AND reference = :before
""")

FORGET = text("DELETE FROM used_messages WHERE at < :before").bindparams(
    bindparam("before", type_=Instant)
)


def note(conn: Connection, chat_id: int, message_id: int, used: UsedMessage) -> None:
    """Store what a message was used for; one that was changed replaces it."""
    facts = {"chat_id": chat_id, "message_id": message_id, "reference": used.reference}
    facts |= {"flow": used.flow, "place": used.place, "digest": used.digest, "at": used.at}
    conn.execute(NOTE, facts)


def find(conn: Connection, chat_id: int, message_id: int) -> UsedMessage | None:
    """Returns what a message was used for; None for one that no conversation has used."""
    row = conn.execute(FIND, {"chat_id": chat_id, "message_id": message_id}).one_or_none()
    return None if row is None else UsedMessage(*row)


def mark_recorded(conn: Connection, chat_id: int, reference: str) -> None:
    """Store that the conversation has ended with something recorded."""
    conn.execute(MARK_RECORDED, {"chat_id": chat_id, "reference": reference})


def move(conn: Connection, chat_id: int, before: str, now: str) -> None:
    """Store that a conversation has another reference from now on."""
    conn.execute(MOVE, {"chat_id": chat_id, "before": before, "now": now})


def forget(conn: Connection, before: datetime) -> None:
    """Delete what is known of messages from before a moment."""
    conn.execute(FORGET, {"before": before})
