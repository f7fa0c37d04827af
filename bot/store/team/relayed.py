"""Messages between an upline and a member of the team, which the bot delivers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = [
    "RelayState",
    "RelayedMessage",
    "answers_to",
    "drop_message",
    "drop_waiting",
    "due_messages",
    "enter_message",
    "forget_messages",
    "mark_sent",
    "message",
    "postpone_message",
    "received_between",
    "written_since",
    "written_to_since",
]

RelayState: TypeAlias = Literal["waiting", "sent", "dropped"]


@dataclass(frozen=True, slots=True)
class RelayedMessage:
    """A message that is delivered by the bot.

    Attributes:
        answers: the reference of the message that it answers; empty for none.
        at: when it was written.
        due_at: when it may be delivered, by the receiver's hours.
    """

    id: int
    reference: str
    sender_id: int
    receiver_id: int
    answers: str
    words: str
    state: RelayState
    at: datetime
    due_at: datetime


ENTER_MESSAGE = text("""
    INSERT INTO relayed_messages
      (reference, sender_id, receiver_id, answers, words, state, at, due_at)
    VALUES (:reference, :sender_id, :receiver_id, :answers, :words, 'waiting', :at, :due_at)
    ON CONFLICT (reference) DO NOTHING
""").bindparams(bindparam("at", type_=Instant), bindparam("due_at", type_=Instant))

MESSAGE = text("""
    SELECT id, reference, sender_id, receiver_id, answers, words, state, at, due_at
    FROM relayed_messages WHERE reference = :reference
""").columns(at=Instant, due_at=Instant)

DUE_MESSAGES = (
    text("""
    SELECT id, reference, sender_id, receiver_id, answers, words, state, at, due_at
    FROM relayed_messages WHERE state = 'waiting' AND due_at <= :now
    ORDER BY due_at, id LIMIT :limit
""")
    .bindparams(bindparam("now", type_=Instant))
    .columns(at=Instant, due_at=Instant)
)

MARK_SENT = text("""
    UPDATE relayed_messages SET state = 'sent', sent_at = :at WHERE id = :id AND state = 'waiting'
""").bindparams(bindparam("at", type_=Instant))

DROP_MESSAGE = text("""
    UPDATE relayed_messages SET state = 'dropped' WHERE id = :id AND state = 'waiting'
""")

POSTPONE_MESSAGE = text("""
    UPDATE relayed_messages SET due_at = :due_at WHERE id = :id AND state = 'waiting'
""").bindparams(bindparam("due_at", type_=Instant))

DROP_WAITING = text("""
    UPDATE relayed_messages SET state = 'dropped'
    WHERE sender_id = :sender_id AND receiver_id = :receiver_id AND state = 'waiting'
""")

SENT_BY = text("""
    SELECT count(*) FROM relayed_messages
    WHERE sender_id = :sender_id AND answers = '' AND at > :since
""").bindparams(bindparam("since", type_=Instant))

WRITTEN_TO = text("""
    SELECT count(*) FROM relayed_messages
    WHERE sender_id = :sender_id AND receiver_id = :receiver_id AND answers = '' AND at > :since
""").bindparams(bindparam("since", type_=Instant))

ANSWERS_TO = text("""
    SELECT count(*) FROM relayed_messages
    WHERE sender_id = :sender_id AND answers = :reference
""")

RECEIVED_BETWEEN = text("""
    SELECT count(*) FROM relayed_messages
    WHERE receiver_id = :receiver_id AND answers = '' AND state <> 'dropped'
      AND due_at >= :start AND due_at < :end
""").bindparams(bindparam("start", type_=Instant), bindparam("end", type_=Instant))

FORGET_MESSAGES = text("""
    DELETE FROM relayed_messages WHERE at < :before AND state <> 'waiting'
""").bindparams(bindparam("before", type_=Instant))


def enter_message(
    conn: Connection,
    *,
    reference: str,
    sender_id: int,
    receiver_id: int,
    words: str,
    at: datetime,
    due_at: datetime,
    answers: str = "",
) -> None:
    """Enter a message that waits for its moment, once for each reference."""
    facts = {
        "reference": reference,
        "sender_id": sender_id,
        "receiver_id": receiver_id,
        "answers": answers,
        "words": words,
        "at": at,
        "due_at": due_at,
    }
    conn.execute(ENTER_MESSAGE, facts)


def message(conn: Connection, reference: str) -> RelayedMessage | None:
    """Returns the message with this reference; None once it is deleted."""
    row = conn.execute(MESSAGE, {"reference": reference}).one_or_none()
    return None if row is None else RelayedMessage(*row)


def due_messages(conn: Connection, now: datetime, limit: int) -> list[RelayedMessage]:
    """Returns messages whose moment has come, the earliest first."""
    rows = conn.execute(DUE_MESSAGES, {"now": now, "limit": limit})
    return [RelayedMessage(*row) for row in rows]


def mark_sent(conn: Connection, message_id: int, at: datetime) -> bool:
    """Note that a waiting message is delivered; False if it does not wait any more."""
    return conn.execute(MARK_SENT, {"id": message_id, "at": at}).rowcount == 1


def drop_message(conn: Connection, message_id: int) -> None:
    """Drop a message that waits, for good."""
    conn.execute(DROP_MESSAGE, {"id": message_id})


def postpone_message(conn: Connection, message_id: int, due_at: datetime) -> None:
    """Let a waiting message wait until a later moment."""
    conn.execute(POSTPONE_MESSAGE, {"id": message_id, "due_at": due_at})


def drop_waiting(conn: Connection, sender_id: int, receiver_id: int) -> None:
    """Drop what waits to be delivered from one member to another."""
    conn.execute(DROP_WAITING, {"sender_id": sender_id, "receiver_id": receiver_id})


def written_since(conn: Connection, sender_id: int, since: datetime) -> int:
    """Returns how many messages a member has written after a moment, answers left out."""
    found: int = conn.execute(SENT_BY, {"sender_id": sender_id, "since": since}).scalar_one()
    return found


def written_to_since(conn: Connection, sender_id: int, receiver_id: int, since: datetime) -> int:
    """Returns how many of them were to one member."""
    facts = {"sender_id": sender_id, "receiver_id": receiver_id, "since": since}
    found: int = conn.execute(WRITTEN_TO, facts).scalar_one()
    return found


def answers_to(conn: Connection, sender_id: int, reference: str) -> int:
    """Returns how often a member has answered a message."""
    facts = {"sender_id": sender_id, "reference": reference}
    found: int = conn.execute(ANSWERS_TO, facts).scalar_one()
    return found


def received_between(conn: Connection, receiver_id: int, start: datetime, end: datetime) -> int:
    """Returns how many messages, answers left out, reach a member from `start` until `end`."""
    facts = {"receiver_id": receiver_id, "start": start, "end": end}
    found: int = conn.execute(RECEIVED_BETWEEN, facts).scalar_one()
    return found


def forget_messages(conn: Connection, before: datetime) -> int:
    """Delete messages written before that moment, unless they wait; returns how many."""
    return conn.execute(FORGET_MESSAGES, {"before": before}).rowcount
