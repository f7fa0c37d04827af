"""Updates that nobody could deal with, and what the office decides about them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.messaging.retry_policy import ALONE_ENDS_MAX
from bot.store.db.types import Instant
from bot.store.queue.inbox import in_order

__all__ = ["Aside", "one", "page", "put_back", "settle"]


@dataclass(frozen=True, slots=True)
class Aside:
    """One of them; `number` is Telegram's, by which the log speaks of it."""

    id: int
    number: int
    body: str
    at: datetime
    error: str


PAGE = text("""
    SELECT id, update_id, body, received_at, error FROM inbox
    WHERE state = 'dead' ORDER BY id DESC LIMIT :limit OFFSET :skip
""").columns(received_at=Instant)

ONE = text("""
    SELECT id, update_id, body, received_at, error FROM inbox WHERE id = :id AND state = 'dead'
""").columns(received_at=Instant)

TAKE_OUT = text("""
    DELETE FROM inbox WHERE id = :id AND state = 'dead'
    RETURNING bot_id, update_id, lane, body, received_at, attempts, error, ended, ended_alone
""").columns(received_at=Instant)

PUT_IN = text("""
    INSERT INTO inbox (bot_id, update_id, lane, body, received_at, attempts, error,
      ended, ended_alone)
    VALUES (:bot_id, :update_id, :lane, :body, :received_at, :attempts, :error,
      :ended, :ended_alone)
""").bindparams(bindparam("received_at", type_=Instant))

SETTLE = text("UPDATE inbox SET state = 'done' WHERE id = :id AND state = 'dead'")


def page(conn: Connection, limit: int, skip: int) -> list[Aside]:
    """Some of them, the newest first."""
    return [_aside(row) for row in conn.execute(PAGE, {"limit": limit, "skip": skip})]


def one(conn: Connection, row_id: int) -> Aside | None:
    """One that still lies aside."""
    row = conn.execute(ONE, {"id": row_id}).one_or_none()
    return None if row is None else _aside(row)


def put_back(conn: Connection, row_id: int) -> bool:
    """Let an update have one more try; False where it does not lie aside any more.

    It becomes a new row, behind all others: the one who takes updates has passed its old place,
    and what was said about the old row keeps its name. Its tries are kept, so that the next one
    is the last; so are the ends of a process that it is blamed for, but for one.
    """
    in_order(conn)
    row = conn.execute(TAKE_OUT, {"id": row_id}).one_or_none()
    if row is None:
        return False
    facts = dict(row._mapping)  # noqa: SLF001 - its public name
    facts["ended_alone"] = min(row.ended_alone, ALONE_ENDS_MAX - 1)
    conn.execute(PUT_IN, facts)
    return True


def settle(conn: Connection, row_id: int) -> bool:
    """Let an update be; False where it does not lie aside any more."""
    return conn.execute(SETTLE, {"id": row_id}).rowcount == 1


def _aside(row: Row[tuple[object, ...]]) -> Aside:
    return Aside(row.id, row.update_id, row.body, row.received_at, row.error or "")
