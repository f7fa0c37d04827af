"""Takes the letters that may go, at the same cost with ten open ones as with a million.

The sender reads an index of the letters whose moment has come, in the order of their moments, a
few rows at a time. Whatever it comes upon there that cannot go is put where it is not met again
before it can: behind the letter it waits for (`bot/store/queue/chat_queues.py`).
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Big, Instant
from bot.store.queue import chat_queues
from bot.store.queue.outbox_messages import Kind, OutboxMessage

__all__ = ["BULK", "Taken", "take"]

BULK: tuple[Kind, ...] = ("tip", "broadcast")
AT_ONCE: tuple[Kind, ...] = ("toast", "answer", "notice")

EXPIRED_AT_ONCE_MAX: Final = 200
LOOKED_AT_MAX: Final = 16
LOOKS_MAX: Final = 4
"""A cycle looks at so many letters of a kind, so many times; what is left is for the next one."""

# "state IN ('new', 'sending')", "state = 'new'" and "state = 'sending'" are the conditions of the
# indexes on open letters: a statement that says one word for word reads only those.

EXPIRE = text("""
    UPDATE outbox SET state = 'expired' WHERE id IN (
      SELECT id FROM outbox WHERE state = 'new' AND expires_at <= :now
      ORDER BY expires_at LIMIT :limit)
      AND state = 'new'
    RETURNING chat_id, kind
""").bindparams(bindparam("now", type_=Instant))

LOOK_AT_TOASTS = text("""
    SELECT id FROM outbox
    WHERE state = 'new' AND kind = 'toast' AND due_at <= :now ORDER BY due_at, id LIMIT :limit
""").bindparams(bindparam("now", type_=Instant))

# The rows that are passed over are the first letters of chats that are busy, have had their share
# of the second, or are closed by Telegram; `bot/runtime/sender.py` sees to it that these are few.
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
        OR (o.chat_id NOT IN :paced AND NOT EXISTS (
              SELECT 1 FROM outbox AS s
              WHERE s.state = 'sending' AND s.chat_id = o.chat_id AND s.kind <> 'toast'
                AND (s.kind IN ('answer', 'notice') OR o.kind IN ('tip', 'broadcast')))))
    ORDER BY o.due_at, o.id LIMIT :limit
""").bindparams(bindparam("now", type_=Instant), bindparam("paced", expanding=True))

REPLACE = text("""
    UPDATE outbox SET state = 'expired', error = 'replaced' WHERE id IN (
      SELECT id FROM outbox
      WHERE state = 'new' AND passing = 1 AND chat_id = :chat_id AND id < :newer
      ORDER BY id LIMIT :limit)
      AND state = 'new'
""")

# On PostgreSQL another transaction may have taken a row back meanwhile.
TAKE = text("""
    UPDATE outbox SET state = 'sending', epoch = :epoch, tries = tries + 1
    WHERE id IN :ids AND state = 'new'
    RETURNING id, chat_id, kind, method, payload, tries, key
""").bindparams(bindparam("ids", expanding=True, type_=Big))


class Taken(NamedTuple):
    """The letters that were taken, and whether others may go that were not looked at."""

    outbox_messages: list[OutboxMessage]
    more: bool


def take(
    conn: Connection,
    now: datetime,
    epoch: int,
    *,
    answers: int,
    bulk: int,
    paced: Collection[int],
    expire: bool = True,
) -> Taken:
    """Take the letters that may go now: toasts, then one to a chat, answers before bulk.

    Args:
        conn: the unit's connection.
        now: the bot's time.
        epoch: which start of the bot takes them.
        answers: how many letters at most.
        bulk: how many of them may be tips and broadcasts; tips, which soon expire, go first.
        paced: chats that have had their share for this second, or whose gate is closed.
        expire: whether what is too old by `now` is given up; not while the clock is in doubt.
    """
    facts = {"now": now, "limit": EXPIRED_AT_ONCE_MAX}
    expired = conn.execute(EXPIRE, facts).all() if expire else []
    for row in expired:
        chat_queues.call_up(conn, row.chat_id, row.kind)
    # What may be stale is left alone until all that has expired is gone.
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
        taken = _of_one_kind(conn, now, epoch, kind, wanted, paced)
        outbox_messages += taken.outbox_messages
        more = more or taken.more
    return Taken(outbox_messages, more)


def _of_one_kind(
    conn: Connection, now: datetime, epoch: int, kind: Kind, wanted: int, paced: Collection[int]
) -> Taken:
    """Up to so many letters of a kind, those first whose moment came first."""
    outbox_messages: list[OutboxMessage] = []
    facts = {"now": now, "limit": LOOKED_AT_MAX}
    if kind == "toast":
        ids = [row.id for row in conn.execute(LOOK_AT_TOASTS, facts)]
        return Taken(_take(conn, ids[:wanted], epoch), more=False)
    for _ in range(LOOKS_MAX):
        busy = [*paced, *(outgoing.chat_id for outgoing in outbox_messages)]
        rows = conn.execute(LOOK, {**facts, "kind": kind, "paced": busy}).all()
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
                _replace(conn, row, kind)
        outbox_messages += _take(
            conn, list(ready.values())[: wanted - len(outbox_messages)], epoch
        )
        if len(outbox_messages) == wanted or not rows or len(ready) == len(rows) < LOOKED_AT_MAX:
            return Taken(outbox_messages, more=False)
    return Taken(outbox_messages, more=True)


def _replace(conn: Connection, row: Row[Any], kind: Kind) -> None:
    """Drop screens of a chat that a newer one takes the place of."""
    conn.execute(REPLACE, {"chat_id": row.chat_id, "newer": row.newer, "limit": LOOKED_AT_MAX})
    chat_queues.call_up(conn, row.chat_id, kind)


def _take(conn: Connection, ids: Sequence[int], epoch: int) -> list[OutboxMessage]:
    if not ids:
        return []
    rows = {row.id: row for row in conn.execute(TAKE, {"ids": list(ids), "epoch": epoch})}
    return [_outgoing(rows[number]) for number in ids if number in rows]


def _outgoing(row: Row[Any]) -> OutboxMessage:
    """A row that was taken, with this try counted."""
    return OutboxMessage(
        id=row.id,
        chat_id=row.chat_id,
        kind=row.kind,
        method=row.method,
        payload=json.loads(row.payload),
        tries=row.tries,
        key=row.key,
    )
