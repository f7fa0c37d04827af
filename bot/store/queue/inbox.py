"""The inbox: updates, stored before they are confirmed to Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Instant

__all__ = [
    "Received",
    "dead_letters",
    "in_order",
    "mark_dead",
    "mark_done",
    "mark_failed",
    "next_offset",
    "prune",
    "store",
    "waiting",
    "waiting_in",
]


@dataclass(frozen=True, slots=True)
class Received:
    """One update, waiting for its turn in its lane.

    Attributes:
        lane: updates of one lane are handled one after the other.
        body: the update as JSON.
        ended: how often a process died while it was in progress; see
            `bot.store.queue.in_progress`.
        ended_alone: how often it was the only one in progress then.
    """

    id: int
    update_id: int
    lane: str
    body: str
    received_at: datetime
    ended: int = 0
    ended_alone: int = 0


ORDER_KEY = 0x4A55414C494E4F52

IN_ORDER = text("SELECT pg_advisory_xact_lock(CAST(:key AS BIGINT))")

KNOWN = text("""
    SELECT update_id FROM inbox WHERE bot_id = :bot_id AND update_id IN :numbers
""").bindparams(bindparam("numbers", expanding=True, type_=Big))

KEEP = text("""
    INSERT INTO inbox (bot_id, update_id, lane, body, received_at)
    VALUES (:bot_id, :update_id, :lane, :body, :at)
    ON CONFLICT (bot_id, update_id) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

MOVE_CURSOR = text("""
    INSERT INTO cursors (bot_id, next_offset) VALUES (:bot_id, :next_offset)
    ON CONFLICT (bot_id) DO UPDATE SET next_offset = excluded.next_offset
""")

MOVE_CURSOR_ON = text("""
    INSERT INTO cursors (bot_id, next_offset) VALUES (:bot_id, :next_offset)
    ON CONFLICT (bot_id) DO UPDATE SET next_offset = excluded.next_offset
    WHERE cursors.next_offset < excluded.next_offset
""")

CURSOR = text("SELECT next_offset FROM cursors WHERE bot_id = :bot_id")

WAITING = text("""
    SELECT id, update_id, lane, body, received_at, ended, ended_alone FROM inbox
    WHERE state = 'new' AND id > :after ORDER BY id LIMIT :limit
""").columns(received_at=Instant)

WAITING_IN = text("""
    SELECT id, update_id, lane, body, received_at, ended, ended_alone FROM inbox
    WHERE state = 'new' AND lane = :lane AND id > :after ORDER BY id LIMIT :limit
""").columns(received_at=Instant)

DONE = text("UPDATE inbox SET state = 'done', error = NULL WHERE id = :id AND state = 'new'")

FAILED = text("""
    UPDATE inbox SET attempts = attempts + 1, error = :error
    WHERE id = :id AND state = 'new' RETURNING attempts
""")

# The error of the last attempt is kept: it is what the admin has to know.
DEAD = text("""
    UPDATE inbox SET state = 'dead', error = COALESCE(error, :error)
    WHERE id = :id AND state = 'new'
""")

DEAD_LETTERS = text("SELECT count(*) FROM inbox WHERE state = 'dead'")

KEPT_DAYS = 30
BODY_DAYS = 7
PRUNED_AT_ONCE_MAX = 500

# Ids grow with time, so reading in their order finds the old rows first. The newest row stays
# however old it is: SQLite would use its id again, and with it the keys of its messages.
FORGET = text("""
    DELETE FROM inbox WHERE id IN (
      SELECT id FROM inbox
      WHERE state = 'done' AND received_at < :before
        AND id < COALESCE((SELECT MIN(id) FROM inbox WHERE received_at >= :before),
                          (SELECT MAX(id) FROM inbox))
      ORDER BY id LIMIT :limit)
      AND state = 'done'
""").bindparams(bindparam("before", type_=Instant))

BLANK = text("""
    UPDATE inbox SET body = '' WHERE id IN (
      SELECT id FROM inbox
      WHERE state = 'done' AND received_at < :before AND body <> ''
        AND id < COALESCE((SELECT MIN(id) FROM inbox WHERE received_at >= :before), id + 1)
      ORDER BY id LIMIT :limit)
      AND state = 'done'
""").bindparams(bindparam("before", type_=Instant))


def store(
    conn: Connection,
    bot_id: int,
    updates: Sequence[tuple[int, str, str]],
    next_offset: int,
    at: datetime,
) -> int:
    """Store each update (update id, lane, body) once, and move the cursor behind them.

    Returns the number of new ones. Telegram may start numbering again lower, and the cursor
    follows; a batch without a new update is a repetition, which can only move the cursor up.
    """
    in_order(conn)
    numbers = [number for number, _, _ in updates]
    known = set(conn.execute(KNOWN, {"bot_id": bot_id, "numbers": numbers}).scalars())
    rows = [
        {"bot_id": bot_id, "update_id": number, "lane": lane, "body": body, "at": at}
        for number, lane, body in updates
        if number not in known
    ]
    if rows:
        conn.execute(KEEP, rows)
    move = MOVE_CURSOR if rows else MOVE_CURSOR_ON
    conn.execute(move, {"bot_id": bot_id, "next_offset": next_offset})
    return len(rows)


def in_order(conn: Connection) -> None:
    """Let no other unit insert rows before this one commits, so that ids are read in order.

    The inbox is read upwards. PostgreSQL assigns an id before the commit, so a higher one could
    become visible first and the lower one be skipped.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(IN_ORDER, {"key": ORDER_KEY})


def next_offset(conn: Connection, bot_id: int) -> int:
    """Returns the offset to ask Telegram for next; 0 before the first update."""
    return conn.execute(CURSOR, {"bot_id": bot_id}).scalar() or 0


def waiting(conn: Connection, after: int, limit: int) -> list[Received]:
    """Returns the oldest unhandled updates with a row id above `after`."""
    rows = conn.execute(WAITING, {"after": after, "limit": limit})
    return [Received(*row) for row in rows]


def waiting_in(conn: Connection, lane: str, after: int, limit: int) -> list[Received]:
    """Returns the oldest unhandled updates of one lane with a row id above `after`."""
    rows = conn.execute(WAITING_IN, {"lane": lane, "after": after, "limit": limit})
    return [Received(*row) for row in rows]


def mark_done(conn: Connection, row_id: int) -> bool:
    """Mark an update as done; False where it was settled before."""
    return conn.execute(DONE, {"id": row_id}).rowcount == 1


def mark_failed(conn: Connection, row_id: int, error: str) -> int:
    """Count a failed attempt; returns the number of them so far, 0 if it was settled before."""
    return conn.execute(FAILED, {"id": row_id, "error": error}).scalar() or 0


def mark_dead(conn: Connection, row_id: int, error: str) -> bool:
    """Make an update a dead letter; False if it was settled before."""
    return conn.execute(DEAD, {"id": row_id, "error": error}).rowcount == 1


def dead_letters(conn: Connection) -> int:
    """Returns the number of dead letters."""
    count: int = conn.execute(DEAD_LETTERS).scalar_one()
    return count


def prune(conn: Connection, now: datetime) -> bool:
    """Empty the bodies of updates after a week and delete their rows after a month, in parts.

    Dead letters stay. Returns whether there is more to do.
    """
    changed = 0
    for statement, days in ((FORGET, KEPT_DAYS), (BLANK, BODY_DAYS)):
        facts = {"before": now - timedelta(days=days), "limit": PRUNED_AT_ONCE_MAX}
        changed = max(changed, conn.execute(statement, facts).rowcount)
    return changed == PRUNED_AT_ONCE_MAX
