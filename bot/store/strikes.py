"""What somebody tried in vain, so that trying does not go on for ever."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.types import Instant

__all__ = ["add", "any_of", "between"]

ANY = text("SELECT 1 FROM strikes WHERE user_id = :user_id AND kind = :kind LIMIT 1")

BETWEEN = (
    text("""
        SELECT at FROM strikes
        WHERE user_id = :user_id AND kind = :kind AND at > :after AND at < :before ORDER BY at
    """)
    .bindparams(bindparam("after", type_=Instant), bindparam("before", type_=Instant))
    .columns(at=Instant)
)

# One moment is one try: the same answer may be looked at again when a conversation is replayed.
ADD = text("""
    INSERT INTO strikes (user_id, kind, at)
    SELECT CAST(:user_id AS BIGINT), CAST(:kind AS TEXT), :at
    WHERE NOT EXISTS (
      SELECT 1 FROM strikes WHERE user_id = :user_id AND kind = :kind AND at = :at
    )
""").bindparams(bindparam("at", type_=Instant))


def any_of(conn: Connection, user_id: int, kind: str) -> bool:
    """Whether this person ever tried something of the kind in vain."""
    return conn.execute(ANY, {"user_id": user_id, "kind": kind}).first() is not None


def between(
    conn: Connection, user_id: int, kind: str, after: datetime, before: datetime
) -> list[datetime]:
    """When this person tried in vain between two moments, the earliest first."""
    wanted = {"user_id": user_id, "kind": kind, "after": after, "before": before}
    return list(conn.execute(BETWEEN, wanted).scalars())


def add(conn: Connection, user_id: int, kind: str, at: datetime) -> None:
    """Note one more try in vain."""
    conn.execute(ADD, {"user_id": user_id, "kind": kind, "at": at})
