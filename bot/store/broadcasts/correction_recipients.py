"""The outbox messages of a correction, one for each delivered message that it edits.

Like the messages of a broadcast they are `held` until the correction releases some hundreds at a
time. Unlike them, one whose outcome is uncertain is sent again: the same edit twice is one edit.
The delivered message then counts as having the edition that is on its way, so that none gets two
edits from one correction.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.messaging.text_corrections import CorrectionProgress
from bot.store.db.types import Big, Instant

__all__ = [
    "delivered",
    "expire",
    "fill",
    "outdated",
    "progress",
    "release",
    "released",
    "uncertain",
    "unsettled",
]

OUTDATED = text("""
    SELECT id, chat_id, broadcast_id, message_id, payload FROM outbox
    WHERE broadcast_id IN :family AND state = 'sent' AND edition < :id
    LIMIT :limit
""").bindparams(bindparam("family", expanding=True, type_=Big))

WRITE = text("""
    INSERT INTO outbox (key, chat_id, kind, method, payload, state, due_at, created_at,
                        correction_id)
    VALUES (:key, :chat_id, 'broadcast', 'correction', :payload, 'held', :at, :at, :id)
    ON CONFLICT (key) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

MARK = text("UPDATE outbox SET edition = :edition WHERE id IN :ids").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)

# PostgreSQL checks only the outer condition again for a row that was changed meanwhile.
RELEASE = text("""
    UPDATE outbox SET state = 'new', due_at = COALESCE(due_at, not_before, created_at)
    WHERE id IN (
      SELECT id FROM outbox
      WHERE correction_id = :id AND state = 'held' AND (not_before IS NULL OR not_before <= :now)
      ORDER BY id LIMIT :limit)
      AND state = 'held'
""").bindparams(bindparam("now", type_=Instant))

EXPIRE = text("""
    UPDATE outbox SET state = 'expired' WHERE id IN (
      SELECT id FROM outbox WHERE correction_id = :id AND state IN ('held', 'new') LIMIT :limit)
      AND state IN ('held', 'new')
""")

RELEASED = text("SELECT COUNT(*) FROM outbox WHERE correction_id = :id AND state = 'new'")

UNSETTLED = text("""
    SELECT 1 FROM outbox
    WHERE correction_id = :id AND state IN ('held', 'new', 'sending') LIMIT 1
""")

EARLIER = text("""
    SELECT 1 FROM outbox
    WHERE broadcast_id IN :family AND state IN ('sent', 'sending') AND edition < :id LIMIT 1
""").bindparams(bindparam("family", expanding=True, type_=Big))

DELIVERED = text("""
    SELECT COUNT(CASE WHEN state = 'sent' THEN 1 END) AS sent,
      COUNT(CASE WHEN state IN ('held', 'new', 'sending') THEN 1 END) AS waiting
    FROM outbox WHERE broadcast_id IN :family
""").bindparams(bindparam("family", expanding=True, type_=Big))

UNCERTAIN = text("""
    SELECT COUNT(*) FROM outbox WHERE broadcast_id IN :family AND state = 'uncertain'
""").bindparams(bindparam("family", expanding=True, type_=Big))

PROGRESS = text("""
    SELECT COUNT(*) AS total,
      COUNT(CASE WHEN state = 'sent' THEN 1 END) AS corrected,
      COUNT(CASE WHEN state = 'failed' AND error IN ('Forbidden', 'blocked')
            THEN 1 END) AS blocked,
      COUNT(CASE WHEN state = 'failed' AND error = 'deleted' THEN 1 END) AS deleted,
      COUNT(CASE WHEN state = 'uncertain' OR (state = 'failed' AND COALESCE(error, '')
                 NOT IN ('Forbidden', 'blocked', 'deleted', 'left')) THEN 1 END) AS failed,
      COUNT(CASE WHEN state = 'expired' OR (state = 'failed' AND error = 'left')
            THEN 1 END) AS unsent,
      COUNT(CASE WHEN state IN ('held', 'new', 'sending') THEN 1 END) AS waiting
    FROM outbox WHERE correction_id = :id
""")


def fill(conn: Connection, number: int, kin: Sequence[int], at: datetime, limit: int) -> int:
    """Write an edit for up to `limit` delivered messages with an earlier text; returns how many.

    One whose words were erased belongs to nobody any more, and is passed over.
    """
    wanted = {"id": number, "family": list(kin), "limit": limit}
    found = conn.execute(OUTDATED, wanted).all()
    rows = []
    for row in found:
        member = json.loads(row.payload).get("member")
        if member is None or row.message_id is None:
            continue
        payload = {
            "correction": number,
            "broadcast": row.broadcast_id,
            "member": member,
            "message_id": row.message_id,
        }
        key = f"correction:{number}:{row.id}"
        rows.append(
            {"key": key, "chat_id": row.chat_id, "payload": json.dumps(payload), "at": at}
            | {"id": number}
        )
    if rows:
        conn.execute(WRITE, rows)
    if found:
        conn.execute(MARK, {"edition": number, "ids": [row.id for row in found]})
    return len(found)


def release(conn: Connection, number: int, now: datetime, limit: int) -> int:
    """Release up to `limit` edits; returns the number."""
    return conn.execute(RELEASE, {"id": number, "now": now, "limit": limit}).rowcount


def expire(conn: Connection, number: int, limit: int) -> int:
    """Expire up to `limit` edits that have not been sent; returns the number."""
    return conn.execute(EXPIRE, {"id": number, "limit": limit}).rowcount


def released(conn: Connection, number: int) -> int:
    """Returns the number of released edits that have not been sent."""
    count: int = conn.execute(RELEASED, {"id": number}).scalar_one()
    return count


def unsettled(conn: Connection, number: int) -> bool:
    """Returns whether an edit is held, released or being sent."""
    return conn.execute(UNSETTLED, {"id": number}).first() is not None


def outdated(conn: Connection, number: int, kin: Sequence[int]) -> bool:
    """Returns whether a message of the broadcasts has an earlier text and no edit yet.

    One that is being sent counts: it is edited once it has arrived.
    """
    return conn.execute(EARLIER, {"id": number, "family": list(kin)}).first() is not None


def delivered(conn: Connection, kin: Sequence[int]) -> tuple[int, int]:
    """Returns how many messages of the broadcasts have arrived, and how many are still to come."""
    row = conn.execute(DELIVERED, {"family": list(kin)}).one()
    return row.sent, row.waiting


def uncertain(conn: Connection, kin: Sequence[int]) -> int:
    """Returns how many messages may have arrived, without a number by which to edit them."""
    count: int = conn.execute(UNCERTAIN, {"family": list(kin)}).scalar_one()
    return count


def progress(conn: Connection, number: int) -> CorrectionProgress:
    """Returns the counts of its messages by outcome, as of now."""
    return CorrectionProgress(*conn.execute(PROGRESS, {"id": number}).one())
