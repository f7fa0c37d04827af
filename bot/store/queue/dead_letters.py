"""Dead letters: updates whose handling failed too often, and the office's decisions about them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.messaging.retry_policy import ALONE_ENDS_MAX
from bot.store.db.types import Instant
from bot.store.queue.inbox import in_order

__all__ = ["DeadLetterRow", "one", "page", "put_back", "settle"]


@dataclass(frozen=True, slots=True)
class DeadLetterRow:
    """A dead letter: an update that is not tried again unless the office decides so.

    Attributes:
        number: its update id at Telegram, by which the log names it.
        body: the update as JSON.
        error: what its last attempt failed with; empty if that is not known.
    """

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


def page(conn: Connection, limit: int, skip: int) -> list[DeadLetterRow]:
    """Returns a page of the dead letters, the newest first."""
    return [_dead_letter(row) for row in conn.execute(PAGE, {"limit": limit, "skip": skip})]


def one(conn: Connection, row_id: int) -> DeadLetterRow | None:
    """Returns a dead letter; None where it is not one any more."""
    row = conn.execute(ONE, {"id": row_id}).one_or_none()
    return None if row is None else _dead_letter(row)


def put_back(conn: Connection, row_id: int) -> bool:
    """Queue a dead letter for one more attempt; False where it is not one any more.

    It becomes a new row, behind all others: the worker reads upwards and has passed its old place,
    and messages about the old row keep their keys. Its attempts are kept, so that the next one is
    the last; so are all but one of the ends of a process that it is blamed for.
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
    """Mark a dead letter as done; False where it is not one any more."""
    return conn.execute(SETTLE, {"id": row_id}).rowcount == 1


def _dead_letter(row: Row[tuple[object, ...]]) -> DeadLetterRow:
    return DeadLetterRow(row.id, row.update_id, row.body, row.received_at, row.error or "")
