"""The outbox: messages, written in the transaction that causes them and sent later."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant
from bot.store.queue import claiming
from bot.store.queue.claiming import BULK
from bot.store.queue.outbox_messages import OutboxKind, OutboxMessage, SendResult
from bot.store.queue.outcomes import record_results

__all__ = [
    "BULK",
    "OutboxKind",
    "OutboxMessage",
    "Renderer",
    "SendResult",
    "cycle",
    "earliest",
    "message_sent_as",
    "open_messages",
    "prune",
    "put",
]

Renderer: TypeAlias = Callable[[Connection, OutboxMessage], OutboxMessage]
"""Renders a message whose text is written at sending time; returns every other one as it is."""

KEPT_DAYS = 30
PRUNED_AT_ONCE_MAX = 500
# "state IN ('new', 'sending')" is the condition of the indexes on open messages: only a statement
# that repeats it literally uses them, even where it wants one of the two states.

PUT = text("""
    INSERT INTO outbox (key, chat_id, kind, method, payload, not_before, due_at, expires_at,
                        passing, created_at)
    VALUES (:key, :chat_id, :kind, :method, :payload, :not_before, :due_at, :expires_at,
            :passing, :at)
    ON CONFLICT (key) DO NOTHING
""").bindparams(
    bindparam("not_before", type_=Instant),
    bindparam("due_at", type_=Instant),
    bindparam("expires_at", type_=Instant),
    bindparam("passing", type_=Flag),
    bindparam("at", type_=Instant),
)

OPEN_MESSAGES = text("""
    SELECT count(*) FROM outbox
    WHERE state IN ('new', 'sending')
      AND (state = 'sending' OR not_before IS NULL OR not_before <= :now)
""").bindparams(bindparam("now", type_=Instant))

EARLIEST = (
    text("""
    SELECT min(moment) AS moment FROM (
      SELECT min(due_at) AS moment FROM outbox
      WHERE state = 'new' AND kind = 'toast' AND due_at > :after
      UNION ALL
      SELECT min(due_at) FROM outbox WHERE state = 'new' AND kind = 'answer' AND due_at > :after
      UNION ALL
      SELECT min(due_at) FROM outbox WHERE state = 'new' AND kind = 'notice' AND due_at > :after
      UNION ALL
      SELECT min(due_at) FROM outbox WHERE state = 'new' AND kind = 'tip' AND due_at > :after
      UNION ALL
      SELECT min(due_at) FROM outbox
      WHERE state = 'new' AND kind = 'broadcast' AND due_at > :after) AS coming
""")
    .bindparams(bindparam("after", type_=Instant))
    .columns(moment=Instant)
)


SENT_AS = text("SELECT message_id FROM outbox WHERE key = :key AND state = 'sent'")

# A broadcast may be planned for weeks ahead, and these rows have what a correction of it needs.
FORGET = text("""
    DELETE FROM outbox WHERE id IN (
      SELECT id FROM outbox
      WHERE state NOT IN ('new', 'sending') AND created_at < :before
        AND NOT EXISTS (SELECT 1 FROM broadcasts AS b WHERE b.id = outbox.broadcast_id
                        AND (b.finished_at IS NULL OR b.finished_at >= :before))
        AND id < COALESCE((SELECT MIN(id) FROM outbox WHERE created_at >= :before),
                          (SELECT MAX(id) FROM outbox))
      ORDER BY id LIMIT :limit)
      AND state NOT IN ('new', 'sending')
""").bindparams(bindparam("before", type_=Instant))


def put(
    conn: Connection,
    *,
    key: str,
    chat_id: int,
    kind: OutboxKind,
    method: str,
    payload: Mapping[str, object],
    at: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    passing: bool = False,
) -> bool:
    """Write a message; False where one with this key was written before.

    Args:
        conn: the transaction that causes the message.
        key: its unique name.
        chat_id: to whom it goes.
        kind: decides its queue and its priority.
        method: of Telegram's Bot API, or that of a message rendered at sending time.
        payload: what the method takes, as JSON.
        at: the bot's time.
        not_before: the moment from which it may be sent; at once without one.
        expires_at: the moment from which it is not sent any more.
        passing: whether it only shows a current state, so that it is not sent if a newer such
            message of the chat waits behind it; see `bot.core.conversation.messages.Message`.
    """
    row = {
        "key": key,
        "chat_id": chat_id,
        "kind": kind,
        "method": method,
        "payload": json.dumps(payload, ensure_ascii=False),
        "not_before": not_before,
        "due_at": not_before or at,
        "expires_at": expires_at,
        "passing": passing,
        "at": at,
    }
    return conn.execute(PUT, row).rowcount == 1


def cycle(
    conn: Connection,
    *,
    results: Sequence[SendResult],
    now: datetime,
    epoch: int,
    free: int,
    bulk: int,
    excluded: Collection[int],
    render: Renderer = lambda _conn, outgoing: outgoing,
    expire: bool = True,
) -> tuple[list[OutboxMessage], datetime | None]:
    """Record the results of sends and claim the next messages, in one commit.

    Args:
        conn: the unit's connection.
        results: the results since the last cycle.
        now: the bot's time.
        epoch: the number of the bot's run.
        free: how many more messages may be in flight.
        bulk: how many of them may be tips and broadcasts.
        excluded: chats that have used up their rate for this second, or whose gate is closed.
        render: renders a message in this commit, so that it is sent at once: a kill between its
            claim and its rendering would make it uncertain for no reason.
        expire: whether messages too old by `now` expire.

    Returns:
        The claimed messages; if there are none though some may be in flight, also the moment at
        which the next one is due.
    """
    record_results(conn, results, now)
    if free <= 0:
        return [], None
    claimed = claiming.claim(
        conn, now, epoch, answers=free, bulk=bulk, excluded=excluded, expire=expire
    )
    if not claimed.outbox_messages:
        return [], now if claimed.more else earliest(conn, now)
    return [render(conn, outgoing) for outgoing in claimed.outbox_messages], None


def open_messages(conn: Connection, now: datetime) -> int:
    """Returns the number of messages that are in flight or could be sent now."""
    count: int = conn.execute(OPEN_MESSAGES, {"now": now}).scalar_one()
    return count


def message_sent_as(conn: Connection, key: str) -> int | None:
    """Returns Telegram's id of the message with this key; None while it is not known as sent."""
    found: int | None = conn.execute(SENT_AS, {"key": key}).scalar()
    return found


def earliest(conn: Connection, after: datetime) -> datetime | None:
    """Returns the next moment at which a message becomes due; None if none will by time alone.

    A message that is due and was not claimed waits for another event: for the result of the one
    before it, or for a free place.
    """
    moment: datetime | None = conn.execute(EARLIEST, {"after": after}).scalar()
    return moment


def prune(conn: Connection, now: datetime) -> bool:
    """Delete settled messages after a month, in parts; returns whether there is more to do.

    Those of a broadcast stay until a month after its end.
    """
    facts = {"before": now - timedelta(days=KEPT_DAYS), "limit": PRUNED_AT_ONCE_MAX}
    return conn.execute(FORGET, facts).rowcount == PRUNED_AT_ONCE_MAX
