"""Broadcasts with their audience, state and result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.messaging.broadcasts import (
    Audience,
    BroadcastProgress,
    BroadcastState,
    audience_of,
)
from bot.store.db.types import Big, Flag, Instant

__all__ = [
    "Broadcast",
    "add",
    "by_reference",
    "change_state",
    "close",
    "latest",
    "load",
    "made_since",
    "set_filled",
    "unfinished",
    "vouch",
]


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A broadcast as stored.

    Attributes:
        author_id: the Telegram account that wrote it.
        body: the text with its newest correction.
        starts_at: before this moment nothing is sent.
        finished_at: when every message was settled and the author notified; None until then.
        filled_upto: the last member checked; for a repeat, the last message of the first one.
        filled: whether every recipient has an outbox message.
        repeats: the broadcast that this one repeats to those who may not have got it.
        progress: the final counts; zeros until it is finished.
        vouched_by: the account of the admin who resumed it in the author's place.
        edition: its newest correction; 0 for none.
        first_body: the text before any correction.
    """

    id: int
    author_id: int
    body: str
    file_id: str
    file_kind: str
    audience: Audience
    state: BroadcastState
    starts_at: datetime
    created_at: datetime
    finished_at: datetime | None
    filled_upto: int
    filled: bool
    repeats: int | None
    progress: BroadcastProgress
    vouched_by: int | None = None
    edition: int = 0
    first_body: str = ""


ADD = text("""
    INSERT INTO broadcasts (reference, author_id, body, file_id, file_kind, audience, state,
                            starts_at, created_at, repeats, edition)
    VALUES (:reference, :author_id, :body, :file_id, :file_kind, :audience, 'running',
            :starts_at, :at, :repeats, :edition)
    RETURNING id
""").bindparams(
    bindparam("starts_at", type_=Instant),
    bindparam("at", type_=Instant),
    bindparam("repeats", type_=Big),
)

BY_REFERENCE = text("SELECT id FROM broadcasts WHERE reference = :reference")

LOAD = text("""
    SELECT b.id, b.author_id, COALESCE(NULLIF(c.body, ''), b.body) AS body, b.file_id,
      b.file_kind, b.audience, b.state, b.starts_at, b.created_at, b.finished_at, b.filled_upto,
      b.filled, b.repeats, b.total, b.sent, b.blocked, b.failed, b.uncertain, b.unsent,
      b.vouched_by, b.edition, b.body AS first_body
    FROM broadcasts AS b LEFT JOIN broadcast_corrections AS c ON c.id = b.edition
    WHERE b.id = :id
""").columns(starts_at=Instant, created_at=Instant, finished_at=Instant, filled=Flag)

LATEST = text("""
    SELECT b.id, b.author_id, COALESCE(NULLIF(c.body, ''), b.body) AS body, b.file_id,
      b.file_kind, b.audience, b.state, b.starts_at, b.created_at, b.finished_at, b.filled_upto,
      b.filled, b.repeats, b.total, b.sent, b.blocked, b.failed, b.uncertain, b.unsent,
      b.vouched_by, b.edition, b.body AS first_body
    FROM broadcasts AS b LEFT JOIN broadcast_corrections AS c ON c.id = b.edition
    ORDER BY b.id DESC LIMIT :limit
""").columns(starts_at=Instant, created_at=Instant, finished_at=Instant, filled=Flag)

LATEST_OF = text("""
    SELECT b.id, b.author_id, COALESCE(NULLIF(c.body, ''), b.body) AS body, b.file_id,
      b.file_kind, b.audience, b.state, b.starts_at, b.created_at, b.finished_at, b.filled_upto,
      b.filled, b.repeats, b.total, b.sent, b.blocked, b.failed, b.uncertain, b.unsent,
      b.vouched_by, b.edition, b.body AS first_body
    FROM broadcasts AS b LEFT JOIN broadcast_corrections AS c ON c.id = b.edition
    WHERE b.author_id = :author_id ORDER BY b.id DESC LIMIT :limit
""").columns(starts_at=Instant, created_at=Instant, finished_at=Instant, filled=Flag)

UNFINISHED = text("SELECT id FROM broadcasts WHERE finished_at IS NULL ORDER BY id")

MADE_SINCE = text("""
    SELECT COUNT(*) FROM broadcasts
    WHERE author_id = :author_id AND created_at >= :since AND repeats IS NULL
""").bindparams(bindparam("since", type_=Instant))

CHANGE_STATE = text("""
    UPDATE broadcasts SET state = :state
    WHERE id = :id AND state = :was AND finished_at IS NULL
""")

VOUCH = text("UPDATE broadcasts SET vouched_by = :user_id WHERE id = :id")

SET_FILLED = text("""
    UPDATE broadcasts SET filled_upto = :upto, filled = :filled WHERE id = :id
""").bindparams(bindparam("filled", type_=Flag))

CLOSE = text("""
    UPDATE broadcasts SET finished_at = :at, total = :total, sent = :sent, blocked = :blocked,
      failed = :failed, uncertain = :uncertain, unsent = :unsent,
      state = CASE WHEN state = 'stopped' THEN state ELSE 'done' END
    WHERE id = :id AND finished_at IS NULL
""").bindparams(bindparam("at", type_=Instant))


def add(
    conn: Connection,
    *,
    reference: str,
    author_id: int,
    body: str,
    file_id: str,
    file_kind: str,
    audience: Audience,
    starts_at: datetime,
    at: datetime,
    repeats: int | None = None,
    edition: int = 0,
) -> int:
    """Store a broadcast, whose messages are written later; returns its number.

    A repeat begins with the `edition` of the broadcast that it repeats.
    """
    row = {
        "reference": reference,
        "author_id": author_id,
        "body": body,
        "file_id": file_id,
        "file_kind": file_kind,
        "audience": audience.key,
        "starts_at": starts_at,
        "at": at,
        "repeats": repeats,
        "edition": edition,
    }
    number: int = conn.execute(ADD, row).scalar_one()
    return number


def by_reference(conn: Connection, reference: str) -> int | None:
    """Returns the number of the broadcast entered under this reference."""
    number: int | None = conn.execute(BY_REFERENCE, {"reference": reference}).scalar()
    return number


def load(conn: Connection, number: int) -> Broadcast | None:
    """Returns the broadcast with this number."""
    row = conn.execute(LOAD, {"id": number}).one_or_none()
    return None if row is None else _broadcast(row)


def latest(conn: Connection, author_id: int | None, limit: int) -> Sequence[Broadcast]:
    """Returns the newest broadcasts, of this author or of all."""
    if author_id is None:
        rows = conn.execute(LATEST, {"limit": limit})
    else:
        rows = conn.execute(LATEST_OF, {"author_id": author_id, "limit": limit})
    return [_broadcast(row) for row in rows]


def unfinished(conn: Connection) -> Sequence[int]:
    """Returns the numbers of the broadcasts that are not finished."""
    return conn.execute(UNFINISHED).scalars().all()


def made_since(conn: Connection, author_id: int, since: datetime) -> int:
    """Returns how many broadcasts the author wrote, not counting repeats."""
    count: int = conn.execute(MADE_SINCE, {"author_id": author_id, "since": since}).scalar_one()
    return count


def change_state(
    conn: Connection, number: int, was: BroadcastState, state: BroadcastState
) -> bool:
    """Change the state; returns False if it is not `was`, or the broadcast is finished."""
    return conn.execute(CHANGE_STATE, {"id": number, "was": was, "state": state}).rowcount == 1


def vouch(conn: Connection, number: int, user_id: int) -> None:
    """Store the admin who resumed it in the author's place."""
    conn.execute(VOUCH, {"id": number, "user_id": user_id})


def set_filled(conn: Connection, number: int, upto: int, *, filled: bool) -> None:
    """Store how far its outbox messages are written."""
    conn.execute(SET_FILLED, {"id": number, "upto": upto, "filled": filled})


def close(conn: Connection, number: int, progress: BroadcastProgress, at: datetime) -> bool:
    """Store the final counts and finish it; returns False if it was finished before."""
    counts = {
        "total": progress.total,
        "sent": progress.sent,
        "blocked": progress.blocked,
        "failed": progress.failed,
        "uncertain": progress.uncertain,
        "unsent": progress.unsent,
    }
    return conn.execute(CLOSE, {"id": number, "at": at, **counts}).rowcount == 1


def _broadcast(row: Row[tuple[object, ...]]) -> Broadcast:
    counts = BroadcastProgress(
        row.total, row.sent, row.blocked, row.failed, row.uncertain, row.unsent
    )
    return Broadcast(
        id=row.id,
        author_id=row.author_id,
        body=row.body,
        file_id=row.file_id,
        file_kind=row.file_kind,
        audience=_audience(row.audience),
        state=row.state,
        starts_at=row.starts_at,
        created_at=row.created_at,
        finished_at=row.finished_at,
        filled_upto=row.filled_upto,
        filled=row.filled,
        repeats=row.repeats,
        progress=counts,
        vouched_by=row.vouched_by,
        edition=row.edition,
        first_body=row.first_body,
    )


def _audience(key: str) -> Audience:
    found = audience_of(key)
    assert found is not None, "only audiences that exist are stored"
    return found
