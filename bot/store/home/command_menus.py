"""Which chats' lists of commands have to be checked, and which list was set last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["DueMenu", "MenuOwner", "ask", "due", "person", "put_last", "reachable_after", "settle"]


@dataclass(frozen=True, slots=True)
class DueMenu:
    """A chat whose list of commands has to be checked.

    Attributes:
        shown: the digest of the list that the chat shows; empty for the default list.
        asked_at: when the check was requested last.
    """

    user_id: int
    shown: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class MenuOwner:
    """What a person's list of commands depends on; `reach` is `open`, `blocked` or `gone`."""

    user_id: int
    language: str
    reach: str
    member: bool
    suspended: bool
    trainer: bool
    admin: bool


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

REACHABLE_AFTER = text("""
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

# The newest first: a member who has just joined does not wait behind a change of all lists.
DUE = text("""
    SELECT user_id, shown, asked_at FROM menus
    WHERE asked_at IS NOT NULL ORDER BY asked_at DESC LIMIT :limit
""").columns(asked_at=Instant)

# A check that was requested again meanwhile stays due.
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
    """Request a check of this chat's list."""
    conn.execute(ASK, {"user_id": user_id, "at": at})


def due(conn: Connection, limit: int) -> list[DueMenu]:
    """Returns the chats whose lists have to be checked, the latest request first."""
    rows = conn.execute(DUE, {"limit": limit})
    return [DueMenu(row.user_id, row.shown, row.asked_at) for row in rows]


def settle(conn: Connection, one: DueMenu, shown: str) -> None:
    """Store which list the chat shows; it is due no more, unless requested again meanwhile."""
    facts = {"user_id": one.user_id, "asked_at": one.asked_at, "shown": shown}
    conn.execute(SETTLE, facts)


def put_last(conn: Connection, one: DueMenu) -> None:
    """Put a chat behind the others that are due, unless its check was requested again."""
    conn.execute(PUT_LAST, {"user_id": one.user_id, "asked_at": one.asked_at})


def person(conn: Connection, user_id: int) -> MenuOwner | None:
    """Returns language, membership and roles of an account; None if it never wrote."""
    row = conn.execute(PERSON, {"user_id": user_id}).one_or_none()
    if row is None:
        return None
    return MenuOwner(
        user_id=row.user_id,
        language=row.language,
        reach=row.reach,
        member=bool(row.member),
        suspended=bool(row.suspended),
        trainer=bool(row.trainer),
        admin=bool(row.admin),
    )


def reachable_after(conn: Connection, after: int, limit: int) -> Sequence[int]:
    """Returns reachable accounts above this number that have a membership or a role."""
    return conn.execute(REACHABLE_AFTER, {"after": after, "limit": limit}).scalars().all()
