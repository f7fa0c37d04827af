"""Every account that ever wrote to the bot, member or not."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["KnownPerson", "find", "meet", "set_language", "set_reach", "set_title"]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """An account with its membership and roles.

    Attributes:
        title: the form of address that the account chose.
        reach: `open`, `blocked` or `gone`, as it was before this message.
        id: the member; None if the account is not one. The fields up to `active` are then empty.
        active: whether the membership is not suspended.
        roles: separated by commas; None if it has none.
        left: whether the member has left; then `active` is False as well.
    """

    language: str
    title: str
    reach: str
    id: int | None
    code: str
    name: str
    member_title: str
    zone: str
    active: bool
    roles: str | None
    left: bool


MEET = text("""
    SELECT p.language, p.title, p.reach, m.id, m.code, m.name, m.title AS member_title, m.zone,
      m.active,
      (SELECT group_concat(r.role) FROM roles AS r WHERE r.user_id = p.user_id) AS roles,
      EXISTS (SELECT 1 FROM departures AS d WHERE d.member_id = m.id) AS has_left
    FROM people AS p LEFT JOIN members AS m ON m.user_id = p.user_id
    WHERE p.user_id = :user_id
""")

MEET_POSTGRESQL = text(
    str(MEET).replace("group_concat(r.role)", "string_agg(r.role, ',')"),
)

GREET = text("""
    INSERT INTO people (user_id, language, first_seen) VALUES (:user_id, :language, :at)
    ON CONFLICT (user_id) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

FIND = text("SELECT language, title FROM people WHERE user_id = :user_id")

REACHED = text("UPDATE people SET reach = :reach WHERE user_id = :user_id")

SET_LANGUAGE = text("UPDATE people SET language = :language WHERE user_id = :user_id")

TITLE = text("UPDATE people SET title = :title WHERE user_id = :user_id")

STOP_WAITING = text("""
    UPDATE outbox SET state = 'failed', error = :reach
    WHERE chat_id = :user_id AND state IN ('new', 'sending') AND state = 'new'
""")


def meet(conn: Connection, user_id: int, language: str, at: datetime) -> KnownPerson:
    """Returns the person behind an account, who is stored if new and marked reachable again."""
    wanted = MEET if conn.dialect.name == "sqlite" else MEET_POSTGRESQL
    row = conn.execute(wanted, {"user_id": user_id}).one_or_none()
    if row is None:
        conn.execute(GREET, {"user_id": user_id, "language": language, "at": at})
        row = conn.execute(wanted, {"user_id": user_id}).one()
    elif row.reach != "open":
        set_reach(conn, user_id, "open")
    return KnownPerson(
        language=row.language,
        title=row.title,
        reach=row.reach,
        id=row.id,
        code=row.code or "",
        name=row.name or "",
        member_title=row.member_title or "",
        zone=row.zone or "",
        active=bool(row.active),
        roles=row.roles,
        left=bool(row.has_left),
    )


def find(conn: Connection, user_id: int) -> tuple[str, str] | None:
    """Returns language and form of address of an account; None if it never wrote."""
    row = conn.execute(FIND, {"user_id": user_id}).one_or_none()
    return None if row is None else (row.language, row.title)


def set_reach(conn: Connection, user_id: int, reach: str) -> None:
    """Store whether the person can be reached (`open`, `blocked`, `gone`).

    Messages that wait for a person who cannot be reached fail at once.
    """
    conn.execute(REACHED, {"user_id": user_id, "reach": reach})
    if reach != "open":
        conn.execute(STOP_WAITING, {"user_id": user_id, "reach": reach})


def set_language(conn: Connection, user_id: int, language: str) -> None:
    """Store the language that the person wants."""
    conn.execute(SET_LANGUAGE, {"user_id": user_id, "language": language})


def set_title(conn: Connection, user_id: int, title: str) -> None:
    """Store how the person wants to be addressed."""
    conn.execute(TITLE, {"user_id": user_id, "title": title})
