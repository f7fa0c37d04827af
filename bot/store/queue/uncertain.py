"""Uncertain answers and notices, which may have arrived, and the office's decisions on them."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Instant

__all__ = ["UncertainMessage", "count", "leave", "one", "page", "send_again"]


@dataclass(frozen=True, slots=True)
class UncertainMessage:
    """An answer or notice that may have arrived.

    Attributes:
        payload: JSON as it was stored.
        name: of the member in this chat; empty for one who is no member.
    """

    id: int
    chat_id: int
    kind: str
    payload: dict[str, object]
    at: datetime
    name: str


COUNT = text("""
    SELECT count(*) FROM outbox
    WHERE state = 'uncertain' AND kind IN ('answer', 'notice')
""")

PAGE = text("""
    SELECT o.id, o.chat_id, o.kind, o.payload, o.created_at,
      COALESCE((SELECT m.name FROM members AS m WHERE m.user_id = o.chat_id), '') AS name
    FROM outbox AS o
    WHERE o.state = 'uncertain' AND o.kind IN ('answer', 'notice')
    ORDER BY o.id DESC LIMIT :limit OFFSET :skip
""").columns(created_at=Instant)

ONE = text("""
    SELECT o.id, o.chat_id, o.kind, o.payload, o.created_at,
      COALESCE((SELECT m.name FROM members AS m WHERE m.user_id = o.chat_id), '') AS name
    FROM outbox AS o
    WHERE o.id = :id AND o.state = 'uncertain' AND o.kind IN ('answer', 'notice')
""").columns(created_at=Instant)

AGAIN = text("""
    INSERT INTO outbox (key, chat_id, kind, method, payload, circle, due_at, created_at)
    SELECT 'again:' || CAST(o.id AS TEXT), o.chat_id, o.kind, o.method, o.payload, o.circle,
      CAST(:at AS BIGINT), CAST(:at AS BIGINT)
    FROM outbox AS o
    WHERE o.id = :id AND o.state = 'uncertain' AND o.kind IN ('answer', 'notice')
    ON CONFLICT (key) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

DECIDED = text("""
    UPDATE outbox SET state = 'failed', error = :decision WHERE id = :id AND state = 'uncertain'
""")


def count(conn: Connection) -> int:
    """Returns the number of uncertain answers and notices."""
    number: int = conn.execute(COUNT).scalar_one()
    return number


def page(conn: Connection, limit: int, skip: int) -> list[UncertainMessage]:
    """Returns a page of them, the newest first."""
    return [_uncertain(row) for row in conn.execute(PAGE, {"limit": limit, "skip": skip})]


def one(conn: Connection, outbox_id: int) -> UncertainMessage | None:
    """Returns one of them; None where it was decided before."""
    row = conn.execute(ONE, {"id": outbox_id}).one_or_none()
    return None if row is None else _uncertain(row)


def send_again(conn: Connection, outbox_id: int, at: datetime) -> bool:
    """Write the message again, under a key of its own; False where it was decided before."""
    if conn.execute(AGAIN, {"id": outbox_id, "at": at}).rowcount != 1:
        return False
    conn.execute(DECIDED, {"id": outbox_id, "decision": "sent again by the office"})
    return True


def leave(conn: Connection, outbox_id: int) -> bool:
    """Leave the message as it is; False where it was decided before."""
    facts = {"id": outbox_id, "decision": "left as it is by the office"}
    return conn.execute(DECIDED, facts).rowcount == 1


def _uncertain(row: Row[tuple[object, ...]]) -> UncertainMessage:
    return UncertainMessage(
        row.id, row.chat_id, row.kind, json.loads(row.payload), row.created_at, row.name
    )
