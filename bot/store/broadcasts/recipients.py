"""The outbox messages of a broadcast, one for each recipient, from held to settled.

A message is `held` until its broadcast releases it, some hundreds at a time and within its
reader's sending hours. So pausing takes back only the few that are released, and the sender never
has to pass over thousands that may not be sent yet.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.messaging.broadcasts import BroadcastProgress, BroadcastState
from bot.store.broadcasts.audience import Recipient
from bot.store.db.types import Flag, Instant, Words

__all__ = [
    "RecipientCopy",
    "expire",
    "hold",
    "note_edition",
    "progress",
    "read",
    "release",
    "released",
    "unsettled",
    "waiting",
    "write",
]


@dataclass(frozen=True, slots=True)
class RecipientCopy:
    """A broadcast with one of its readers, as of this moment.

    Attributes:
        file_kind: empty for a text without a file.
        user_id: the member's account now, which may have changed since.
        active: whether the membership is not suspended.
        reach: `open`, `blocked` or `gone`.
        allowed: whether the member consents to broadcasts.
        edition: the newest correction, whose text `body` is; 0 for none.
    """

    body: str
    file_id: str
    file_kind: str
    state: BroadcastState
    user_id: int
    active: bool
    title: str
    name: str
    code: str
    province: str
    zone: str
    language: str
    reach: str
    allowed: bool
    edition: int


WRITE = text("""
    INSERT INTO outbox (key, chat_id, kind, method, payload, state, due_at, created_at,
                        broadcast_id)
    VALUES (:key, :chat_id, 'broadcast', 'broadcast', :payload, 'held', :at, :at, :broadcast_id)
    ON CONFLICT (key) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

# A message whose reader has lost the membership is released too, and dropped when rendered.
# PostgreSQL does not evaluate a subquery again for a row that another transaction has changed
# meanwhile, only the conditions outside it. So the state is checked there too, here and wherever
# rows are chosen by a subquery.
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

RELEASED = text("SELECT COUNT(*) FROM outbox WHERE broadcast_id = :broadcast_id AND state = 'new'")

UNSETTLED = text("""
    SELECT 1 FROM outbox
    WHERE broadcast_id = :broadcast_id AND state IN ('held', 'new', 'sending') LIMIT 1
""")

PROGRESS = text("""
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
    SELECT COALESCE(NULLIF(c.body, ''), b.body) AS body, b.file_id, b.file_kind,
      b.state, m.user_id, m.active, m.title, m.name, m.code, m.province, m.zone,
      p.language, p.reach,
      COALESCE((SELECT w.given FROM permissions AS w
                WHERE w.member_id = m.id AND w.purpose = 'broadcasts'
                ORDER BY w.id DESC LIMIT 1), 1) AS allowed,
      b.edition
    FROM broadcasts AS b JOIN members AS m ON m.id = :member_id
      JOIN people AS p ON p.user_id = m.user_id
      LEFT JOIN broadcast_corrections AS c ON c.id = b.edition
    WHERE b.id = :broadcast_id
""").columns(active=Flag, allowed=Flag)

NOTE_EDITION = text("UPDATE outbox SET edition = :edition WHERE id = :id")


def write(
    conn: Connection, broadcast_id: int, recipients: Iterable[Recipient], at: datetime
) -> None:
    """Enter a held message for each recipient who has none of this broadcast yet."""
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
    """Release up to `limit` messages to readers in these zones; returns the number."""
    wanted = {"broadcast_id": broadcast_id, "zones": list(zones), "now": now, "limit": limit}
    return conn.execute(RELEASE, wanted).rowcount


def hold(conn: Connection, broadcast_id: int) -> None:
    """Hold the released messages that have not been sent."""
    conn.execute(HOLD, {"broadcast_id": broadcast_id})


def expire(conn: Connection, broadcast_id: int, limit: int) -> int:
    """Expire up to `limit` messages that have not been sent; returns the number."""
    return conn.execute(EXPIRE, {"broadcast_id": broadcast_id, "limit": limit}).rowcount


def released(conn: Connection, broadcast_id: int) -> int:
    """Returns the number of released messages that have not been sent."""
    count: int = conn.execute(RELEASED, {"broadcast_id": broadcast_id}).scalar_one()
    return count


def unsettled(conn: Connection, broadcast_id: int) -> bool:
    """Returns whether a message is held, released or being sent."""
    return conn.execute(UNSETTLED, {"broadcast_id": broadcast_id}).first() is not None


def progress(conn: Connection, broadcast_id: int) -> BroadcastProgress:
    """Returns the counts of its messages by outcome, as of now."""
    return BroadcastProgress(*conn.execute(PROGRESS, {"broadcast_id": broadcast_id}).one())


def waiting(conn: Connection, broadcast_id: int) -> dict[str, int]:
    """Returns the number of unsettled messages by the time zone of their readers."""
    found = conn.execute(WAITING, {"broadcast_id": broadcast_id})
    return {row.zone: row.people for row in found}


def read(conn: Connection, broadcast_id: int, member_id: int) -> RecipientCopy | None:
    """Returns the text with its reader; None if the member has no account any more."""
    wanted = {"broadcast_id": broadcast_id, "member_id": member_id}
    row = conn.execute(READ, wanted).one_or_none()
    return None if row is None else RecipientCopy(*row)


def note_edition(conn: Connection, outbox_id: int, edition: int) -> None:
    """Note which edition of the text a message has that is about to be sent."""
    conn.execute(NOTE_EDITION, {"id": outbox_id, "edition": edition})
