"""What Telegram told us, kept before Telegram is allowed to forget it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, text

from bot.store.types import Big, Instant

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
    """One update as it came, waiting for its turn in its lane.

    Attributes:
        ended: how often a process ended with it in hand; see `bot.store.in_hand`.
        ended_alone: how often it was the only one in hand then.
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

# What the last try broke on is what whoever looks at it has to know.
DEAD = text("""
    UPDATE inbox SET state = 'dead', error = COALESCE(error, :error)
    WHERE id = :id AND state = 'new'
""")

DEAD_LETTERS = text("SELECT count(*) FROM inbox WHERE state = 'dead'")

KEPT_DAYS = 30
BODY_DAYS = 7
PRUNED_AT_ONCE_MAX = 500

# Ids grow with time, so that reading in their order finds the old ones first. The newest row stays
# however old it is: SQLite would give its id away again, and with it the names of its letters.
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
    """Keep (update id, lane, body) of each update once, and move the cursor behind them.

    Returns how many were new. Numbers may go down, and the cursor with them; what brings nothing
    new is a repetition, and only moves it on.
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
    """Have the rows that are put in from here on seen in the order of their ids.

    The inbox is read upwards. PostgreSQL gives an id away before the commit, so that a higher one
    could be read first and the lower one passed by: one unit after the other puts rows in.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(IN_ORDER, {"key": ORDER_KEY})


def next_offset(conn: Connection, bot_id: int) -> int:
    """The offset to ask Telegram for next; 0 before the first update."""
    return conn.execute(CURSOR, {"bot_id": bot_id}).scalar() or 0


def waiting(conn: Connection, after: int, limit: int) -> list[Received]:
    """The oldest updates with a row id above `after` that nobody has dealt with."""
    rows = conn.execute(WAITING, {"after": after, "limit": limit})
    return [Received(*row) for row in rows]


def waiting_in(conn: Connection, lane: str, after: int, limit: int) -> list[Received]:
    """The same for one lane."""
    rows = conn.execute(WAITING_IN, {"lane": lane, "after": after, "limit": limit})
    return [Received(*row) for row in rows]


def mark_done(conn: Connection, row_id: int) -> bool:
    """Claim an update's effect; False where it has been dealt with before."""
    return conn.execute(DONE, {"id": row_id}).rowcount == 1


def mark_failed(conn: Connection, row_id: int, error: str) -> int:
    """Count a failed attempt and give back how many there have been; 0 if already settled."""
    return conn.execute(FAILED, {"id": row_id, "error": error}).scalar() or 0


def mark_dead(conn: Connection, row_id: int, error: str) -> bool:
    """Put an update aside for a person to look at; False if it was settled already."""
    return conn.execute(DEAD, {"id": row_id, "error": error}).rowcount == 1


def dead_letters(conn: Connection) -> int:
    """How many updates lie aside."""
    count: int = conn.execute(DEAD_LETTERS).scalar_one()
    return count


def prune(conn: Connection, now: datetime) -> bool:
    """Blank what people wrote a week ago and forget that they did a month ago, a part at a time.

    What was put aside for a person to look at stays. Gives whether there is more to do.
    """
    changed = 0
    for statement, days in ((FORGET, KEPT_DAYS), (BLANK, BODY_DAYS)):
        facts = {"before": now - timedelta(days=days), "limit": PRUNED_AT_ONCE_MAX}
        changed = max(changed, conn.execute(statement, facts).rowcount)
    return changed == PRUNED_AT_ONCE_MAX
