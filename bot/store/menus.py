"""Who is to see which list of commands in Telegram, and which one was set last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.types import Instant

__all__ = ["Due", "ask", "due", "person", "put_last", "settle", "some"]


@dataclass(frozen=True, slots=True)
class Due:
    """A chat whose list of commands is to be looked at; `shown` tells which one it has."""

    user_id: int
    shown: str
    asked_at: datetime


PERSON = text("""
    SELECT p.user_id, p.language, p.reach,
      (SELECT count(*) FROM members AS m WHERE m.user_id = p.user_id) AS member,
      (SELECT count(*) FROM members AS m
       WHERE m.user_id = p.user_id AND m.active = 0) AS suspended,
      (SELECT count(*) FROM roles AS r
       WHERE r.user_id = p.user_id AND r.role = 'trainer') AS trainer,
      (SELECT count(*) FROM roles AS r
       WHERE r.user_id = p.user_id AND r.role = 'admin') AS admin
    FROM people AS p WHERE p.user_id = :user_id
""")

SOME = text("""
    SELECT p.user_id FROM people AS p
    WHERE p.user_id > :after AND p.reach = 'open'
      AND (EXISTS (SELECT 1 FROM members AS m WHERE m.user_id = p.user_id)
           OR EXISTS (SELECT 1 FROM roles AS r WHERE r.user_id = p.user_id))
    ORDER BY p.user_id LIMIT :limit
""")

ASK = text("""
    INSERT INTO menus (user_id, asked_at) VALUES (:user_id, :at)
    ON CONFLICT (user_id) DO UPDATE SET asked_at = excluded.asked_at
""").bindparams(bindparam("at", type_=Instant))

# The newest first: whoever has just joined does not wait behind a change for everybody.
DUE = text("""
    SELECT user_id, shown, asked_at FROM menus
    WHERE asked_at IS NOT NULL ORDER BY asked_at DESC LIMIT :limit
""").columns(asked_at=Instant)

# What was asked for again meanwhile stays due.
SETTLE = text("""
    UPDATE menus SET shown = :shown,
      asked_at = CASE WHEN asked_at = :asked_at THEN NULL ELSE asked_at END
    WHERE user_id = :user_id
""").bindparams(bindparam("asked_at", type_=Instant))

PUT_LAST = text("""
    UPDATE menus SET
      asked_at = (SELECT min(o.asked_at) FROM menus AS o WHERE o.asked_at IS NOT NULL) - 1
    WHERE user_id = :user_id AND asked_at = :asked_at
""").bindparams(bindparam("asked_at", type_=Instant))


def ask(conn: Connection, user_id: int, at: datetime) -> None:
    """Have the list of this chat looked at."""
    conn.execute(ASK, {"user_id": user_id, "at": at})


def due(conn: Connection, limit: int) -> list[Due]:
    """The chats whose lists are to be looked at, the latest wish first."""
    return [
        Due(row.user_id, row.shown, row.asked_at) for row in conn.execute(DUE, {"limit": limit})
    ]


def settle(conn: Connection, one: Due, shown: str) -> None:
    """This list is the one that the chat has; `one` is not due any more."""
    facts = {"user_id": one.user_id, "asked_at": one.asked_at, "shown": shown}
    conn.execute(SETTLE, facts)


def put_last(conn: Connection, one: Due) -> None:
    """Have all others that are due looked at before this one, unless it was asked for again."""
    conn.execute(PUT_LAST, {"user_id": one.user_id, "asked_at": one.asked_at})


def person(conn: Connection, user_id: int) -> Row[tuple[object, ...]] | None:
    """Language, membership and roles of somebody who wrote to the bot."""
    return conn.execute(PERSON, {"user_id": user_id}).one_or_none()


def some(conn: Connection, after: int, limit: int) -> Sequence[int]:
    """Members and holders of roles that can be reached, with account numbers above this one."""
    return conn.execute(SOME, {"after": after, "limit": limit}).scalars().all()
