"""Claims the messages to send now, at the same cost with ten open ones as with a million.

The sender reads an index of the due messages, in the order of their moments, a few rows at a time.
A row that cannot be sent yet is parked behind the message it waits for, so that it is not read
again before then (`bot/store/queue/chat_queues.py`).
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Instant
from bot.store.queue import chat_queues
from bot.store.queue.outbox_messages import OutboxKind, OutboxMessage

__all__ = ["BULK", "Claimed", "claim"]

BULK: tuple[OutboxKind, ...] = ("tip", "broadcast")
AT_ONCE: tuple[OutboxKind, ...] = ("toast", "answer", "notice")

EXPIRED_AT_ONCE_MAX: Final = 200
ROWS_READ_MAX: Final = 16
READS_MAX: Final = 4
"""How many rows of a kind a cycle reads at once, and how often; the next cycle goes on."""

# "state IN ('new', 'sending')", "state = 'new'" and "state = 'sending'" are the conditions of the
# indexes on open messages: only a statement that repeats one literally uses that index.

EXPIRE = text("""
    UPDATE outbox SET state = 'expired' WHERE id IN (
      SELECT id FROM outbox WHERE state = 'new' AND expires_at <= :now
      ORDER BY expires_at LIMIT :limit)
      AND state = 'new'
    RETURNING chat_id, kind
""").bindparams(bindparam("now", type_=Instant))

DUE_TOASTS = text("""
    SELECT id FROM outbox
    WHERE state = 'new' AND kind = 'toast' AND due_at <= :now ORDER BY due_at, id LIMIT :limit
""").bindparams(bindparam("now", type_=Instant))

# The rows that are skipped are the first messages of chats that are busy, have used up their rate
# for this second, or are closed by Telegram; `bot/runtime/sender.py` keeps these few.
LOOK = text("""
    SELECT o.id, o.chat_id,
      CASE WHEN o.kind <> 'broadcast' AND EXISTS (
            SELECT 1 FROM outbox AS p
            WHERE p.state IN ('new', 'sending') AND p.chat_id = o.chat_id AND p.kind = o.kind
              AND p.id < o.id)
        THEN 1 ELSE 0 END AS parked,
      CASE WHEN o.passing = 1 THEN (
            SELECT max(n.id) FROM outbox AS n
            WHERE n.state = 'new' AND n.passing = 1 AND n.chat_id = o.chat_id AND n.id > o.id)
        END AS newer
    FROM outbox AS o
    WHERE o.state = 'new' AND o.kind = :kind AND o.due_at <= :now
      AND ((o.kind <> 'broadcast' AND EXISTS (
              SELECT 1 FROM outbox AS p
              WHERE p.state IN ('new', 'sending') AND p.chat_id = o.chat_id AND p.kind = o.kind
                AND p.id < o.id))
        OR (o.chat_id NOT IN :excluded AND NOT EXISTS (
              SELECT 1 FROM outbox AS s
              WHERE s.state = 'sending' AND s.chat_id = o.chat_id AND s.kind <> 'toast'
                AND (s.kind IN ('answer', 'notice') OR o.kind IN ('tip', 'broadcast')))))
    ORDER BY o.due_at, o.id LIMIT :limit
""").bindparams(bindparam("now", type_=Instant), bindparam("excluded", expanding=True))

REPLACE = text("""
    UPDATE outbox SET state = 'expired', error = 'replaced' WHERE id IN (
      SELECT id FROM outbox
      WHERE state = 'new' AND passing = 1 AND chat_id = :chat_id AND id < :newer
      ORDER BY id LIMIT :limit)
      AND state = 'new'
""")

# On PostgreSQL another transaction may have changed a row meanwhile.
TAKE = text("""
    UPDATE outbox SET state = 'sending', epoch = :epoch, tries = tries + 1
    WHERE id IN :ids AND state = 'new'
    RETURNING id, chat_id, kind, method, payload, tries, key
""").bindparams(bindparam("ids", expanding=True, type_=Big))


class Claimed(NamedTuple):
    """The claimed messages, and whether others may be due that were not read."""

    outbox_messages: list[OutboxMessage]
    more: bool


def claim(
    conn: Connection,
    now: datetime,
    epoch: int,
    *,
    answers: int,
    bulk: int,
    excluded: Collection[int],
    expire: bool = True,
) -> Claimed:
    """Claim the messages to send now: toasts, then one for each chat, answers before bulk.

    Args:
        conn: the unit's connection.
        now: the bot's time.
        epoch: the number of the bot's run, which claims them.
        answers: the number of messages, at most.
        bulk: how many of them may be tips and broadcasts; tips, which soon expire, go first.
        excluded: chats that have used up their rate for this second, or whose gate is closed.
        expire: whether messages too old by `now` expire; not while the clock is not trusted.
    """
    facts = {"now": now, "limit": EXPIRED_AT_ONCE_MAX}
    expired = conn.execute(EXPIRE, facts).all() if expire else []
    for row in expired:
        chat_queues.unpark(conn, row.chat_id, row.kind)
    # Kinds that expire wait until all expired messages are marked, so that no stale one is sent.
    more = len(expired) == EXPIRED_AT_ONCE_MAX
    kinds = [kind for kind in (*AT_ONCE, *BULK) if not (more and kind in {"toast", "tip"})]
    if bulk <= 0:
        kinds = [kind for kind in kinds if kind not in BULK]
    outbox_messages: list[OutboxMessage] = []
    for kind in kinds:
        wanted = answers - len(outbox_messages)
        if kind in BULK:
            wanted = min(wanted, bulk - sum(outgoing.kind in BULK for outgoing in outbox_messages))
        if wanted <= 0:
            continue
        claimed = _of_one_kind(conn, now, epoch, kind, wanted, excluded)
        outbox_messages += claimed.outbox_messages
        more = more or claimed.more
    return Claimed(outbox_messages, more)


def _of_one_kind(
    conn: Connection,
    now: datetime,
    epoch: int,
    kind: OutboxKind,
    wanted: int,
    excluded: Collection[int],
) -> Claimed:
    """Claim up to `wanted` messages of a kind, those first that became due first."""
    outbox_messages: list[OutboxMessage] = []
    facts = {"now": now, "limit": ROWS_READ_MAX}
    if kind == "toast":
        ids = [row.id for row in conn.execute(DUE_TOASTS, facts)]
        return Claimed(_claim(conn, ids[:wanted], epoch), more=False)
    for _ in range(READS_MAX):
        busy = [*excluded, *(outgoing.chat_id for outgoing in outbox_messages)]
        rows = conn.execute(LOOK, {**facts, "kind": kind, "excluded": busy}).all()
        ready: dict[int, int] = {}
        parked = {row.id: row.chat_id for row in rows if row.parked}
        if parked:
            chat_queues.park(conn, parked, kind)
        for row in rows:
            if row.id in parked:
                continue
            if row.newer is None:
                ready.setdefault(row.chat_id, row.id)
            else:
                _replace(conn, row.chat_id, row.newer, kind)
        outbox_messages += _claim(
            conn, list(ready.values())[: wanted - len(outbox_messages)], epoch
        )
        if len(outbox_messages) == wanted or not rows or len(ready) == len(rows) < ROWS_READ_MAX:
            return Claimed(outbox_messages, more=False)
    return Claimed(outbox_messages, more=True)


def _replace(conn: Connection, chat_id: int, newer: int, kind: OutboxKind) -> None:
    """Drop the screens of a chat that a newer message replaces."""
    conn.execute(REPLACE, {"chat_id": chat_id, "newer": newer, "limit": ROWS_READ_MAX})
    chat_queues.unpark(conn, chat_id, kind)


def _claim(conn: Connection, ids: Sequence[int], epoch: int) -> list[OutboxMessage]:
    if not ids:
        return []
    taken = {
        row.id: OutboxMessage(
            id=row.id,
            chat_id=row.chat_id,
            kind=row.kind,
            method=row.method,
            payload=json.loads(row.payload),
            tries=row.tries,
            key=row.key,
        )
        for row in conn.execute(TAKE, {"ids": list(ids), "epoch": epoch})
    }
    return [taken[number] for number in ids if number in taken]
