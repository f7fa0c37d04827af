"""Corrections of the text of a broadcast, and the broadcasts to which each applies.

A broadcast and its repeats are one family: they have one text, and are corrected together. The
first of them decides who may correct, and for how long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.messaging.text_corrections import CorrectionProgress, CorrectionState
from bot.store.db.types import Big, Instant

__all__ = [
    "BroadcastCorrection",
    "add",
    "by_reference",
    "close",
    "family",
    "load",
    "lock",
    "stop",
    "unfinished",
]


@dataclass(frozen=True, slots=True)
class BroadcastCorrection:
    """A correction as stored.

    Attributes:
        broadcast_id: the broadcast that was open when it was written.
        author_id: the Telegram account that wrote it.
        finished_at: when every message was settled; None until then.
        progress: the final counts; zeros until it is finished.
    """

    id: int
    broadcast_id: int
    author_id: int
    body: str
    state: CorrectionState
    created_at: datetime
    finished_at: datetime | None
    progress: CorrectionProgress


FAMILY = text("""
    WITH RECURSIVE up (id, repeats) AS (
      SELECT id, repeats FROM broadcasts WHERE id = :id
      UNION
      SELECT b.id, b.repeats FROM up JOIN broadcasts AS b ON b.id = up.repeats
    ), kin (id) AS (
      SELECT id FROM up
      UNION
      SELECT b.id FROM kin JOIN broadcasts AS b ON b.repeats = kin.id
    )
    SELECT id FROM kin ORDER BY id
""")

# On PostgreSQL this waits for another correction of the same family, so that corrections have
# their numbers in the order in which they apply.
LOCK = text("UPDATE broadcasts SET edition = edition WHERE id = :id")

ADD = text("""
    INSERT INTO broadcast_corrections (reference, broadcast_id, author_id, body, state, created_at)
    VALUES (:reference, :broadcast_id, :author_id, :body, 'running', :at)
    RETURNING id
""").bindparams(bindparam("at", type_=Instant))

REPLACE = text("""
    UPDATE broadcast_corrections SET state = 'replaced'
    WHERE broadcast_id IN :family AND state = 'running' AND id < :id
""").bindparams(bindparam("family", expanding=True, type_=Big))

APPLY = text("UPDATE broadcasts SET edition = :id WHERE id IN :family").bindparams(
    bindparam("family", expanding=True, type_=Big)
)

BY_REFERENCE = text("SELECT id FROM broadcast_corrections WHERE reference = :reference")

LOAD = text("""
    SELECT id, broadcast_id, author_id, body, state, created_at, finished_at,
      total, corrected, blocked, deleted, failed, unsent, unknown
    FROM broadcast_corrections WHERE id = :id
""").columns(created_at=Instant, finished_at=Instant)

UNFINISHED = text("SELECT id FROM broadcast_corrections WHERE finished_at IS NULL ORDER BY id")

STOP = text("""
    UPDATE broadcast_corrections SET state = 'stopped' WHERE id = :id AND state = 'running'
""")

CLOSE = text("""
    UPDATE broadcast_corrections SET finished_at = :at, total = :total, corrected = :corrected,
      blocked = :blocked, deleted = :deleted, failed = :failed, unsent = :unsent,
      unknown = :unknown, state = CASE WHEN state = 'running' THEN 'done' ELSE state END
    WHERE id = :id AND finished_at IS NULL
""").bindparams(bindparam("at", type_=Instant))


def family(conn: Connection, broadcast_id: int) -> Sequence[int]:
    """Returns the broadcast with all that it repeats and that repeat it, the first one first."""
    return conn.execute(FAMILY, {"id": broadcast_id}).scalars().all()


def lock(conn: Connection, first: int) -> None:
    """Let no other correction of this family begin before this transaction ends."""
    conn.execute(LOCK, {"id": first})


def add(
    conn: Connection,
    *,
    reference: str,
    broadcast_id: int,
    kin: Sequence[int],
    author_id: int,
    body: str,
    at: datetime,
) -> int:
    """Store a correction, which replaces every earlier one of the family; returns its number.

    From now on every message of the family `kin` that is written has the new text.
    """
    row = {
        "reference": reference,
        "broadcast_id": broadcast_id,
        "author_id": author_id,
        "body": body,
        "at": at,
    }
    number: int = conn.execute(ADD, row).scalar_one()
    facts = {"id": number, "family": list(kin)}
    conn.execute(REPLACE, facts)
    conn.execute(APPLY, facts)
    return number


def by_reference(conn: Connection, reference: str) -> int | None:
    """Returns the number of the correction entered under this reference."""
    number: int | None = conn.execute(BY_REFERENCE, {"reference": reference}).scalar()
    return number


def load(conn: Connection, number: int) -> BroadcastCorrection | None:
    """Returns the correction with this number."""
    row = conn.execute(LOAD, {"id": number}).one_or_none()
    return None if row is None else _correction(row)


def unfinished(conn: Connection) -> Sequence[int]:
    """Returns the numbers of the corrections that are not finished."""
    return conn.execute(UNFINISHED).scalars().all()


def stop(conn: Connection, number: int) -> bool:
    """Stop a correction; returns False if it does not run any more."""
    return conn.execute(STOP, {"id": number}).rowcount == 1


def close(conn: Connection, number: int, progress: CorrectionProgress, at: datetime) -> bool:
    """Store the final counts and finish it; returns False if it was finished before."""
    counts = {
        "total": progress.total,
        "corrected": progress.corrected,
        "blocked": progress.blocked,
        "deleted": progress.deleted,
        "failed": progress.failed,
        "unsent": progress.unsent,
        "unknown": progress.unknown,
    }
    return conn.execute(CLOSE, {"id": number, "at": at, **counts}).rowcount == 1


def _correction(row: Row[tuple[object, ...]]) -> BroadcastCorrection:
    counts = CorrectionProgress(
        total=row.total,
        corrected=row.corrected,
        blocked=row.blocked,
        deleted=row.deleted,
        failed=row.failed,
        unsent=row.unsent,
        unknown=row.unknown,
    )
    return BroadcastCorrection(
        id=row.id,
        broadcast_id=row.broadcast_id,
        author_id=row.author_id,
        body=row.body,
        state=row.state,
        created_at=row.created_at,
        finished_at=row.finished_at,
        progress=counts,
    )
