"""The letters of a broadcast, one for each recipient, on their way from held to settled.

A letter is `held` until its broadcast lets it out, some hundreds at a time and within the hours
of its reader. So pausing takes back the few that are out, and whoever looks for letters to send
never comes across thousands that may not go.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.messaging.broadcasts import BroadcastProgress
from bot.store.broadcasts.audience import Recipient
from bot.store.db.types import Flag, Instant, Words

__all__ = ["expire", "hold", "out", "read", "release", "tally", "unsettled", "waiting", "write"]

WRITE = text("""
    INSERT INTO outbox (key, chat_id, kind, method, payload, state, due_at, created_at,
                        broadcast_id)
    VALUES (:key, :chat_id, 'broadcast', 'broadcast', :payload, 'held', :at, :at, :broadcast_id)
    ON CONFLICT (key) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

# One whose reader is no member any more goes out too, to be dropped when it is worded.
# PostgreSQL does not look into a subquery again when it gets a row that somebody else has changed
# meanwhile, only at the conditions outside of it. So the state stands there as well, here and
# wherever rows are chosen by a subquery.
RELEASE = text("""
    UPDATE outbox SET state = 'new', due_at = COALESCE(due_at, not_before, created_at)
    WHERE id IN (
      SELECT o.id FROM outbox AS o LEFT JOIN members AS m ON m.user_id = o.chat_id
      WHERE o.broadcast_id = :broadcast_id AND o.state = 'held'
        AND (o.not_before IS NULL OR o.not_before <= :now)
        AND (m.id IS NULL OR m.zone IN :zones)
      ORDER BY o.id LIMIT :limit)
      AND state = 'held'
""").bindparams(bindparam("now", type_=Instant), bindparam("zones", expanding=True, type_=Words))

HOLD = text("""
    UPDATE outbox SET state = 'held' WHERE broadcast_id = :broadcast_id AND state = 'new'
""")

EXPIRE = text("""
    UPDATE outbox SET state = 'expired' WHERE id IN (
      SELECT id FROM outbox WHERE broadcast_id = :broadcast_id AND state IN ('held', 'new')
      LIMIT :limit)
      AND state IN ('held', 'new')
""")

OUT = text("SELECT COUNT(*) FROM outbox WHERE broadcast_id = :broadcast_id AND state = 'new'")

UNSETTLED = text("""
    SELECT 1 FROM outbox
    WHERE broadcast_id = :broadcast_id AND state IN ('held', 'new', 'sending') LIMIT 1
""")

TALLY = text("""
    SELECT COUNT(*) AS total,
      COUNT(CASE WHEN state = 'sent' THEN 1 END) AS sent,
      COUNT(CASE WHEN state = 'failed' AND error IN ('Forbidden', 'blocked')
            THEN 1 END) AS blocked,
      COUNT(CASE WHEN state = 'failed' AND COALESCE(error, '')
                 NOT IN ('Forbidden', 'blocked', 'refused', 'left') THEN 1 END) AS failed,
      COUNT(CASE WHEN state = 'uncertain' THEN 1 END) AS uncertain,
      COUNT(CASE WHEN state = 'expired' OR (state = 'failed' AND error IN ('refused', 'left'))
            THEN 1 END) AS unsent,
      COUNT(CASE WHEN state IN ('held', 'new', 'sending') THEN 1 END) AS waiting
    FROM outbox WHERE broadcast_id = :broadcast_id
""")

WAITING = text("""
    SELECT m.zone, COUNT(*) AS people
    FROM outbox AS o JOIN members AS m ON m.user_id = o.chat_id
    WHERE o.broadcast_id = :broadcast_id AND o.state IN ('held', 'new', 'sending')
    GROUP BY m.zone
""")

READ = text("""
    SELECT b.body, b.file_id, b.file_kind, b.state, m.user_id, m.active, m.title, m.name, m.code,
      m.province, m.zone, p.language, p.reach,
      COALESCE((SELECT w.given FROM permissions AS w
                WHERE w.member_id = m.id AND w.purpose = 'broadcasts'
                ORDER BY w.id DESC LIMIT 1), 1) AS allowed
    FROM broadcasts AS b JOIN members AS m ON m.id = :member_id
      JOIN people AS p ON p.user_id = m.user_id
    WHERE b.id = :broadcast_id
""").columns(active=Flag, allowed=Flag)


def write(
    conn: Connection, broadcast_id: int, recipients: Iterable[Recipient], at: datetime
) -> None:
    """Write a held letter for each; whoever has one of this broadcast gets no second."""
    rows = [
        {
            "key": f"broadcast:{broadcast_id}:{one.member_id}",
            "chat_id": one.user_id,
            "payload": json.dumps({"broadcast": broadcast_id, "member": one.member_id}),
            "at": at,
            "broadcast_id": broadcast_id,
        }
        for one in recipients
    ]
    if rows:
        conn.execute(WRITE, rows)


def release(
    conn: Connection, broadcast_id: int, zones: Iterable[str], now: datetime, limit: int
) -> int:
    """Let so many out whose readers live in these zones; gives how many there were."""
    wanted = {"broadcast_id": broadcast_id, "zones": list(zones), "now": now, "limit": limit}
    return conn.execute(RELEASE, wanted).rowcount


def hold(conn: Connection, broadcast_id: int) -> None:
    """Take back what is out and has not left."""
    conn.execute(HOLD, {"broadcast_id": broadcast_id})


def expire(conn: Connection, broadcast_id: int, limit: int) -> int:
    """Keep so many here for ever; gives how many there were."""
    return conn.execute(EXPIRE, {"broadcast_id": broadcast_id, "limit": limit}).rowcount


def out(conn: Connection, broadcast_id: int) -> int:
    """How many are out and have not left."""
    count: int = conn.execute(OUT, {"broadcast_id": broadcast_id}).scalar_one()
    return count


def unsettled(conn: Connection, broadcast_id: int) -> bool:
    """Whether anything may still become of one of them."""
    return conn.execute(UNSETTLED, {"broadcast_id": broadcast_id}).first() is not None


def tally(conn: Connection, broadcast_id: int) -> BroadcastProgress:
    """What became of them until now."""
    return BroadcastProgress(*conn.execute(TALLY, {"broadcast_id": broadcast_id}).one())


def waiting(conn: Connection, broadcast_id: int) -> dict[str, int]:
    """How many have not left, by the zone of their readers."""
    found = conn.execute(WAITING, {"broadcast_id": broadcast_id})
    return {row.zone: row.people for row in found}


def read(conn: Connection, broadcast_id: int, member_id: int) -> Row[tuple[object, ...]] | None:
    """The text with its reader, and whether the reader can and wants to get it."""
    wanted = {"broadcast_id": broadcast_id, "member_id": member_id}
    return conn.execute(READ, wanted).one_or_none()
