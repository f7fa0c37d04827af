"""Failed attempts of each account, for rate limits."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["add", "any_of", "forget", "since"]

ANY = text("SELECT 1 FROM strikes WHERE user_id = :user_id AND kind = :kind LIMIT 1")

SINCE = (
    text("""
        SELECT at FROM strikes
        WHERE user_id = :user_id AND kind = :kind AND at > :since ORDER BY at
    """)
    .bindparams(bindparam("since", type_=Instant))
    .columns(at=Instant)
)

ADD = text("INSERT INTO strikes (user_id, kind, at) VALUES (:user_id, :kind, :at)").bindparams(
    bindparam("at", type_=Instant)
)


FORGET = text("DELETE FROM strikes WHERE at < :before").bindparams(
    bindparam("before", type_=Instant)
)


def any_of(conn: Connection, user_id: int, kind: str) -> bool:
    """Returns whether an account has a failed attempt of this kind."""
    return conn.execute(ANY, {"user_id": user_id, "kind": kind}).first() is not None


def since(conn: Connection, user_id: int, kind: str, moment: datetime) -> list[datetime]:
    """Returns an account's failed attempts after a moment, the earliest first."""
    wanted = {"user_id": user_id, "kind": kind, "since": moment}
    return list(conn.execute(SINCE, wanted).scalars())


def forget(conn: Connection, before: datetime) -> None:
    """Delete attempts too old to count."""
    conn.execute(FORGET, {"before": before})


def add(conn: Connection, user_id: int, kind: str, at: datetime) -> None:
    """Store a failed attempt."""
    conn.execute(ADD, {"user_id": user_id, "kind": kind, "at": at})
