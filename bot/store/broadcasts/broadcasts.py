"""What trainers wrote to many: whom it was for, how it stands, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.core.messaging.broadcasts import BroadcastProgress, BroadcastState
from bot.store.db.types import Big, Flag, Instant

__all__ = [
    "Broadcast",
    "add",
    "by_reference",
    "close",
    "latest",
    "load",
    "made_since",
    "turn",
    "unfinished",
    "vouch",
    "went_on",
]


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast.

    Attributes:
        author_id: the Telegram account that wrote it.
        starts_at: before this moment nothing leaves.
        finished_at: when everything was settled and the author was told; None until then.
        filled_upto: the last member, or for a repeat the last letter, that was looked at.
        filled: whether every recipient has a row.
        repeats: the broadcast whose doubtful letters are sent again.
        tally: what became of it; nothing but zeros until it is finished.
        vouched_by: the account of the admin who let it go on in the author's place.
    """

    id: int
    author_id: int
    body: str
    file_id: str
    file_kind: str
    audience: str
    state: BroadcastState
    starts_at: datetime
    created_at: datetime
    finished_at: datetime | None
    filled_upto: int
    filled: bool
    repeats: int | None
    tally: BroadcastProgress
    vouched_by: int | None = None


ADD = text("""
    INSERT INTO broadcasts (reference, author_id, body, file_id, file_kind, audience, state,
                            starts_at, created_at, repeats)
    VALUES (:reference, :author_id, :body, :file_id, :file_kind, :audience, 'running',
            :starts_at, :at, :repeats)
    RETURNING id
""").bindparams(
    bindparam("starts_at", type_=Instant),
    bindparam("at", type_=Instant),
    bindparam("repeats", type_=Big),
)

BY_REFERENCE = text("SELECT id FROM broadcasts WHERE reference = :reference")

LOAD = text("""
    SELECT id, author_id, body, file_id, file_kind, audience, state, starts_at, created_at,
      finished_at, filled_upto, filled, repeats,
      total, sent, blocked, failed, uncertain, unsent, vouched_by
    FROM broadcasts WHERE id = :id
""").columns(starts_at=Instant, created_at=Instant, finished_at=Instant, filled=Flag)

LATEST = text("""
    SELECT id, author_id, body, file_id, file_kind, audience, state, starts_at, created_at,
      finished_at, filled_upto, filled, repeats,
      total, sent, blocked, failed, uncertain, unsent, vouched_by
    FROM broadcasts ORDER BY id DESC LIMIT :limit
""").columns(starts_at=Instant, created_at=Instant, finished_at=Instant, filled=Flag)

LATEST_OF = text("""
    SELECT id, author_id, body, file_id, file_kind, audience, state, starts_at, created_at,
      finished_at, filled_upto, filled, repeats,
      total, sent, blocked, failed, uncertain, unsent, vouched_by
    FROM broadcasts WHERE author_id = :author_id ORDER BY id DESC LIMIT :limit
""").columns(starts_at=Instant, created_at=Instant, finished_at=Instant, filled=Flag)

UNFINISHED = text("SELECT id FROM broadcasts WHERE finished_at IS NULL ORDER BY id")

MADE_SINCE = text("""
    SELECT COUNT(*) FROM broadcasts
    WHERE author_id = :author_id AND created_at >= :since AND repeats IS NULL
""").bindparams(bindparam("since", type_=Instant))

TURN = text("""
    UPDATE broadcasts SET state = :state
    WHERE id = :id AND state = :was AND finished_at IS NULL
""")

VOUCH = text("UPDATE broadcasts SET vouched_by = :user_id WHERE id = :id")

WENT_ON = text("""
    UPDATE broadcasts SET filled_upto = :upto, filled = :filled WHERE id = :id
""").bindparams(bindparam("filled", type_=Flag))

CLOSE = text("""
    UPDATE broadcasts SET finished_at = :at, total = :total, sent = :sent, blocked = :blocked,
      failed = :failed, uncertain = :uncertain, unsent = :unsent,
      state = CASE WHEN state = 'stopped' THEN state ELSE 'done' END
    WHERE id = :id AND finished_at IS NULL
""").bindparams(bindparam("at", type_=Instant))


def add(conn: Connection, *, at: datetime, repeats: int | None = None, **facts: object) -> int:
    """Write a broadcast down; its letters are written later, some at a time."""
    number: int = conn.execute(ADD, {**facts, "at": at, "repeats": repeats}).scalar_one()
    return number


def by_reference(conn: Connection, reference: str) -> int | None:
    """The broadcast that this brought about."""
    number: int | None = conn.execute(BY_REFERENCE, {"reference": reference}).scalar()
    return number


def load(conn: Connection, number: int) -> Broadcast | None:
    """The broadcast with this number."""
    row = conn.execute(LOAD, {"id": number}).one_or_none()
    return None if row is None else _broadcast(row)


def latest(conn: Connection, author_id: int | None, limit: int) -> Sequence[Broadcast]:
    """The newest ones, of this author or of all."""
    if author_id is None:
        rows = conn.execute(LATEST, {"limit": limit})
    else:
        rows = conn.execute(LATEST_OF, {"author_id": author_id, "limit": limit})
    return [_broadcast(row) for row in rows]


def unfinished(conn: Connection) -> Sequence[int]:
    """Those on which there is something to do."""
    return conn.execute(UNFINISHED).scalars().all()


def made_since(conn: Connection, author_id: int, since: datetime) -> int:
    """How many the author wrote; repeats of them do not count."""
    count: int = conn.execute(MADE_SINCE, {"author_id": author_id, "since": since}).scalar_one()
    return count


def turn(conn: Connection, number: int, was: BroadcastState, state: BroadcastState) -> bool:
    """Change how it stands; False where it stands otherwise, or is finished."""
    return conn.execute(TURN, {"id": number, "was": was, "state": state}).rowcount == 1


def vouch(conn: Connection, number: int, user_id: int) -> None:
    """Note who let it go on in the author's place."""
    conn.execute(VOUCH, {"id": number, "user_id": user_id})


def went_on(conn: Connection, number: int, upto: int, *, filled: bool) -> None:
    """Note how far its letters are written."""
    conn.execute(WENT_ON, {"id": number, "upto": upto, "filled": filled})


def close(conn: Connection, number: int, tally: BroadcastProgress, at: datetime) -> bool:
    """Keep what came of it for good; False where that was done before."""
    counts = {
        "total": tally.total,
        "sent": tally.sent,
        "blocked": tally.blocked,
        "failed": tally.failed,
        "uncertain": tally.uncertain,
        "unsent": tally.unsent,
    }
    return conn.execute(CLOSE, {"id": number, "at": at, **counts}).rowcount == 1


def _broadcast(row: Row[tuple[object, ...]]) -> Broadcast:
    tally = BroadcastProgress(
        row.total, row.sent, row.blocked, row.failed, row.uncertain, row.unsent
    )
    return Broadcast(
        id=row.id,
        author_id=row.author_id,
        body=row.body,
        file_id=row.file_id,
        file_kind=row.file_kind,
        audience=row.audience,
        state=row.state,
        starts_at=row.starts_at,
        created_at=row.created_at,
        finished_at=row.finished_at,
        filled_upto=row.filled_upto,
        filled=row.filled,
        repeats=row.repeats,
        tally=tally,
        vouched_by=row.vouched_by,
    )
