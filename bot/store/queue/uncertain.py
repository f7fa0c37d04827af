"""Answers and notices of which nobody knows whether they arrived, and what the office decides."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Instant

__all__ = ["UncertainMessage", "count", "leave", "one", "page", "send_again"]


@dataclass(frozen=True, slots=True)
class UncertainMessage:
    """One of them; `name` is the member's, empty for somebody who is none."""

    id: int
    chat_id: int
    kind: str
    payload: dict[str, Any]
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
    """How many there are."""
    number: int = conn.execute(COUNT).scalar_one()
    return number


def page(conn: Connection, limit: int, skip: int) -> list[UncertainMessage]:
    """Some of them, the newest first."""
    return [_doubt(row) for row in conn.execute(PAGE, {"limit": limit, "skip": skip})]


def one(conn: Connection, outbox_id: int) -> UncertainMessage | None:
    """One that nobody has decided about."""
    row = conn.execute(ONE, {"id": outbox_id}).one_or_none()
    return None if row is None else _doubt(row)


def send_again(conn: Connection, outbox_id: int, at: datetime) -> bool:
    """Write the letter once more, under a name of its own; False where that was decided before."""
    if conn.execute(AGAIN, {"id": outbox_id, "at": at}).rowcount != 1:
        return False
    conn.execute(DECIDED, {"id": outbox_id, "decision": "sent again by the office"})
    return True


def leave(conn: Connection, outbox_id: int) -> bool:
    """Let it be; False where that was decided before."""
    facts = {"id": outbox_id, "decision": "left as it is by the office"}
    return conn.execute(DECIDED, facts).rowcount == 1


def _doubt(row: Row[tuple[object, ...]]) -> UncertainMessage:
    return UncertainMessage(
        row.id, row.chat_id, row.kind, json.loads(row.payload), row.created_at, row.name
    )
