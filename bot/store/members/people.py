"""Everybody who ever wrote to the bot, member or not."""

from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Instant

__all__ = ["address_as", "find", "meet", "reached", "speak"]

MEET = text("""
    SELECT p.language, p.title, p.reach, m.id, m.code, m.name, m.title AS member_title, m.zone,
      m.active,
      (SELECT group_concat(r.role) FROM roles AS r WHERE r.user_id = p.user_id) AS roles
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

SPEAK = text("UPDATE people SET language = :language WHERE user_id = :user_id")

TITLE = text("UPDATE people SET title = :title WHERE user_id = :user_id")

STOP_WAITING = text("""
    UPDATE outbox SET state = 'failed', error = :reach
    WHERE chat_id = :user_id AND state IN ('new', 'sending') AND state = 'new'
""")


def meet(conn: Connection, user_id: int, language: str, at: datetime) -> Row[tuple[object, ...]]:
    """The person, met now if never before: language, title, reach, membership and roles."""
    wanted = MEET if conn.dialect.name == "sqlite" else MEET_POSTGRESQL
    row = conn.execute(wanted, {"user_id": user_id}).one_or_none()
    if row is None:
        conn.execute(GREET, {"user_id": user_id, "language": language, "at": at})
        row = conn.execute(wanted, {"user_id": user_id}).one()
    elif row.reach != "open":
        reached(conn, user_id, "open")
    return row


def find(conn: Connection, user_id: int) -> tuple[str, str] | None:
    """The language and the title of somebody who wrote to the bot before."""
    row = conn.execute(FIND, {"user_id": user_id}).one_or_none()
    return None if row is None else (row.language, row.title)


def reached(conn: Connection, user_id: int, reach: str) -> None:
    """Note whether the person can be written to: `open`, `blocked` or `gone`."""
    conn.execute(REACHED, {"user_id": user_id, "reach": reach})
    if reach != "open":
        conn.execute(STOP_WAITING, {"user_id": user_id, "reach": reach})


def speak(conn: Connection, user_id: int, language: str) -> None:
    """Speak this language with the person from now on."""
    conn.execute(SPEAK, {"user_id": user_id, "language": language})


def address_as(conn: Connection, user_id: int, title: str) -> None:
    """Remember how the person wants to be addressed."""
    conn.execute(TITLE, {"user_id": user_id, "title": title})
