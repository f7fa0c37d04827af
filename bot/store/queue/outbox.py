"""What we tell Telegram: written with the effect it speaks of, sent afterwards, then marked."""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant
from bot.store.queue import claiming
from bot.store.queue.claiming import BULK
from bot.store.queue.outbox_messages import Kind, OutboxMessage, SendResult
from bot.store.queue.outcomes import mark

__all__ = [
    "BULK",
    "Kind",
    "OutboxMessage",
    "SendResult",
    "Wording",
    "cycle",
    "earliest",
    "open_letters",
    "prune",
    "put",
]

Wording: TypeAlias = Callable[[Connection, OutboxMessage], OutboxMessage]
"""Fills what is worded in the commit that takes it; anything else stays as it is."""

KEPT_DAYS = 30
PRUNED_AT_ONCE_MAX = 500
# "state IN ('new', 'sending')" is the condition of the indexes on open letters: a statement that
# says it word for word reads only those, even where it wants one of the two.

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

OPEN_LETTERS = text("""
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


FORGET = text("""
    DELETE FROM outbox WHERE id IN (
      SELECT id FROM outbox
      WHERE state NOT IN ('new', 'sending') AND created_at < :before
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
    kind: Kind,
    method: str,
    payload: dict[str, Any],
    at: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    passing: bool = False,
) -> bool:
    """Write a letter; False where one with this key was written before.

    One that is `passing` only shows how things stand, and goes unsent if a newer one of the chat
    waits behind it; see `bot.core.conversation.messages.Message`.
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
    marks: Sequence[SendResult],
    now: datetime,
    epoch: int,
    free: int,
    bulk: int,
    paced: Collection[int],
    word: Wording = lambda _conn, outgoing: outgoing,
    expire: bool = True,
) -> tuple[list[OutboxMessage], datetime | None]:
    """Write down what became of letters and take the next ones, in one commit.

    Where there is none to take though there is a place, tells when the next one can go.
    What is worded in that commit by `word` leaves at once; a kill that meets it on the way to its
    wording would leave it in doubt for nothing.
    """
    mark(conn, marks, now)
    if free <= 0:
        return [], None
    taken = claiming.take(conn, now, epoch, answers=free, bulk=bulk, paced=paced, expire=expire)
    if not taken.outbox_messages:
        return [], now if taken.more else earliest(conn, now)
    return [word(conn, outgoing) for outgoing in taken.outbox_messages], None


def open_letters(conn: Connection, now: datetime) -> int:
    """How many letters could go now or are on their way."""
    count: int = conn.execute(OPEN_LETTERS, {"now": now}).scalar_one()
    return count


def earliest(conn: Connection, after: datetime) -> datetime | None:
    """When the passing of time lets the next letter go; None where it changes nothing.

    A letter that may go by now, and did not, waits for something else to happen: for the one
    before it to be answered, or for a place.
    """
    moment: datetime | None = conn.execute(EARLIEST, {"after": after}).scalar()
    return moment


def prune(conn: Connection, now: datetime) -> bool:
    """Forget settled letters of a month ago, a part at a time; whether there is more to do."""
    facts = {"before": now - timedelta(days=KEPT_DAYS), "limit": PRUNED_AT_ONCE_MAX}
    return conn.execute(FORGET, facts).rowcount == PRUNED_AT_ONCE_MAX
