"""Which letter of a chat is the next of its queue, so that the sender need not look at the others.

The answers to a chat are a queue, so are its notices, and its tips. Of each queue only the first
letter has a moment at which it may go, `due_at`; the index on that column is all that the sender
reads, whatever waits behind. A new letter has one too. When the sender comes upon a letter that
has another of its queue before it, it parks it: `due_at` becomes NULL until the letter before it
is settled. So every letter is looked at a few times in all, however many are open.

Only the sender parks and calls up, one commit after the other; whoever writes a letter never has
to look who else writes one at the same instant. Toasts and broadcasts stand in no queue.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big

__all__ = ["call_up", "heads", "park"]

QUEUED: Final = ("answer", "notice", "tip")

# "state IN ('new', 'sending')" and "state = 'new'" are the conditions of the indexes on open
# letters: a statement that says one word for word reads only those.

CALL_UP = text("""
    UPDATE outbox SET due_at = COALESCE(not_before, created_at)
    WHERE id = (
        SELECT min(p.id) FROM outbox AS p
        WHERE p.state IN ('new', 'sending') AND p.chat_id = :chat_id AND p.kind = :kind)
      AND state = 'new' AND due_at IS NULL
""")

PARK = text("UPDATE outbox SET due_at = NULL WHERE id IN :ids AND state = 'new'").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)

HEADS = text("""
    UPDATE outbox SET due_at = COALESCE(not_before, created_at)
    WHERE state IN ('new', 'sending') AND state = 'new' AND due_at IS NULL
      AND (kind IN ('toast', 'broadcast') OR NOT EXISTS (
        SELECT 1 FROM outbox AS p
        WHERE p.state IN ('new', 'sending') AND p.chat_id = outbox.chat_id
          AND p.kind = outbox.kind AND p.id < outbox.id))
""")


def call_up(conn: Connection, chat_id: int, kind: str) -> None:
    """Let the first letter of a queue go at its moment, if it was parked."""
    if kind in QUEUED:
        conn.execute(CALL_UP, {"chat_id": chat_id, "kind": kind})


def park(conn: Connection, outbox_messages: Mapping[int, int], kind: str) -> None:
    """Let letters, given with their chats, wait for those before them.

    The first of each queue is called up, so that none can come to wait for one that waits.
    """
    conn.execute(PARK, {"ids": list(outbox_messages)})
    for chat_id in set(outbox_messages.values()):
        call_up(conn, chat_id, kind)


def heads(conn: Connection) -> int:
    """Call up the first of every queue; gives how many had been parked.

    Once at each start, for the open letters of an earlier version and for what was changed by
    hand. The held letters of a broadcast get their moment when they are let out.
    """
    return conn.execute(HEADS).rowcount
