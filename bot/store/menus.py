"""Who is to see which list of commands in Telegram."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, text

__all__ = ["person", "some"]

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


def person(conn: Connection, user_id: int) -> Row[tuple[object, ...]] | None:
    """Language, membership and roles of somebody who wrote to the bot."""
    return conn.execute(PERSON, {"user_id": user_id}).one_or_none()


def some(conn: Connection, after: int, limit: int) -> Sequence[int]:
    """Members and holders of roles that can be reached, with account numbers above this one."""
    return conn.execute(SOME, {"after": after, "limit": limit}).scalars().all()
