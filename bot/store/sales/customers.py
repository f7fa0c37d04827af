"""A seller's own customers; nobody else ever sees them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, text

from bot.store.db.types import Instant

__all__ = ["add", "named", "recent"]

NAMED = text("""
    SELECT id, name FROM customers WHERE member_id = :member_id AND name_key = :name_key
""")

RECENT = text("""
    SELECT c.id, c.name FROM customers AS c
    WHERE c.member_id = :member_id
    ORDER BY coalesce((SELECT max(s.id) FROM sales AS s
                       WHERE s.seller_id = c.member_id AND s.customer_id = c.id), 0) DESC,
      c.id DESC
    LIMIT :limit
""")

ADD = text("""
    INSERT INTO customers (member_id, name, name_key, created_at)
    VALUES (:member_id, :name, :name_key, :at)
    ON CONFLICT (member_id, name_key) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))


def named(conn: Connection, member_id: int, name_key: str) -> Row[tuple[object, ...]] | None:
    """This seller's customer of that name."""
    return conn.execute(NAMED, {"member_id": member_id, "name_key": name_key}).one_or_none()


def recent(conn: Connection, member_id: int, limit: int) -> Sequence[Row[tuple[object, ...]]]:
    """This seller's customers, those who bought last first."""
    return conn.execute(RECENT, {"member_id": member_id, "limit": limit}).all()


def add(conn: Connection, member_id: int, name: str, name_key: str, at: datetime) -> int:
    """Enter a customer, or find the one of that name; gives the id."""
    row = {"member_id": member_id, "name": name, "name_key": name_key, "at": at}
    conn.execute(ADD, row)
    found = conn.execute(NAMED, {"member_id": member_id, "name_key": name_key}).one()
    customer_id: int = found.id
    return customer_id
