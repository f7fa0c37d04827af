"""A seller's customers, who are shown to no other member."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant

__all__ = ["Customer", "add", "named", "recent"]


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer by the name that the seller typed."""

    id: int
    name: str


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


def named(conn: Connection, member_id: int, name_key: str) -> Customer | None:
    """Returns the seller's customer with this normalized name."""
    row = conn.execute(NAMED, {"member_id": member_id, "name_key": name_key}).one_or_none()
    return None if row is None else Customer(row.id, row.name)


def recent(conn: Connection, member_id: int, limit: int) -> list[Customer]:
    """Returns the seller's customers, the most recent buyers first."""
    rows = conn.execute(RECENT, {"member_id": member_id, "limit": limit})
    return [Customer(row.id, row.name) for row in rows]


def add(conn: Connection, member_id: int, name: str, name_key: str, at: datetime) -> int:
    """Enter a customer, unless one with this normalized name exists; returns the id."""
    row = {"member_id": member_id, "name": name, "name_key": name_key, "at": at}
    conn.execute(ADD, row)
    found = conn.execute(NAMED, {"member_id": member_id, "name_key": name_key}).one()
    customer_id: int = found.id
    return customer_id
