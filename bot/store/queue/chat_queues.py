"""Which message is the first of its queue, so that the sender need not read those behind it.

The answers to a chat are one queue, its notices another, its tips a third. Only the first message
of a queue has a `due_at`, the moment from which it may be sent; the index on that column is all
that the sender reads, however many messages wait. A new message has a `due_at` too. When the
sender finds a message with another of its queue before it, it parks the message: `due_at` becomes
NULL until the one before it is settled. So each message is read only a few times in all.

Only the sender parks and unparks, one commit after the other; code that writes a message need
not look for others written at the same instant. Toasts and broadcasts are in no queue.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big

__all__ = ["park", "unpark", "unpark_all"]

QUEUED: Final = ("answer", "notice", "tip")

# "state IN ('new', 'sending')" and "state = 'new'" are the conditions of the indexes on open
# messages: only a statement that repeats one literally uses that index.

UNPARK = text("""
    UPDATE outbox SET due_at = COALESCE(not_before, created_at)
    WHERE id = (
        SELECT min(p.id) FROM outbox AS p
        WHERE p.state IN ('new', 'sending') AND p.chat_id = :chat_id AND p.kind = :kind)
      AND state = 'new' AND due_at IS NULL
""")

PARK = text("UPDATE outbox SET due_at = NULL WHERE id IN :ids AND state = 'new'").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)

UNPARK_ALL = text("""
    UPDATE outbox SET due_at = COALESCE(not_before, created_at)
    WHERE state IN ('new', 'sending') AND state = 'new' AND due_at IS NULL
      AND (kind IN ('toast', 'broadcast') OR NOT EXISTS (
        SELECT 1 FROM outbox AS p
        WHERE p.state IN ('new', 'sending') AND p.chat_id = outbox.chat_id
          AND p.kind = outbox.kind AND p.id < outbox.id))
""")


def unpark(conn: Connection, chat_id: int, kind: str) -> None:
    """Make the first message of a queue due again, if it was parked."""
    if kind in QUEUED:
        conn.execute(UNPARK, {"chat_id": chat_id, "kind": kind})


def park(conn: Connection, outbox_messages: Mapping[int, int], kind: str) -> None:
    """Let messages wait for those before them in their queues.

    The first of each queue is unparked, so that no message waits for a parked one.

    Args:
        conn: the unit's connection.
        outbox_messages: the chat of each message, by id.
        kind: of all these messages.
    """
    conn.execute(PARK, {"ids": list(outbox_messages)})
    for chat_id in set(outbox_messages.values()):
        unpark(conn, chat_id, kind)


def unpark_all(conn: Connection) -> int:
    """Unpark the first message of every queue; returns the number of those that were parked.

    Run at each start, for messages of an earlier version and for rows that were changed by hand.
    The held messages of a broadcast become due when they are released.
    """
    return conn.execute(UNPARK_ALL).rowcount
