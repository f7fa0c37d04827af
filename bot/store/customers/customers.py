"""A seller's customers, who are shown to no other member.

A customer may have several names. Each is a row, found by its key; the rows of the others point to
the one that is kept, so no row is ever changed or deleted when two of them are put together.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, text

from bot.core.customers.customer_keys import phone_in
from bot.core.customers.similar_customers import KnownName
from bot.store.db import counters
from bot.store.db.types import Instant
from bot.store.ledger import periods

__all__ = [
    "MERGES_COUNTER",
    "Customer",
    "add",
    "add_name",
    "kept",
    "known_names",
    "merge",
    "named",
    "recent",
    "sales_to_move",
]

MERGES_COUNTER: Final = "customers merged"
"""Counts what changes the customers of a month without a sale."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer by the name that the seller typed."""

    id: int
    name: str


NAMED = text("""
    SELECT k.id, k.name
    FROM customers AS c
      LEFT JOIN merged_customers AS m ON m.customer_id = c.id
      JOIN customers AS k ON k.id = coalesce(m.kept_id, c.id)
    WHERE c.member_id = :member_id AND c.name_key = :name_key
""")

KEPT = text("""
    SELECT k.id, k.name
    FROM customers AS c
      LEFT JOIN merged_customers AS m ON m.customer_id = c.id
      JOIN customers AS k ON k.id = coalesce(m.kept_id, c.id)
    WHERE c.id = :customer_id AND c.member_id = :member_id
""")

KNOWN_NAMES = text("""
    SELECT k.id, k.name, c.name_key
    FROM customers AS c
      LEFT JOIN merged_customers AS m ON m.customer_id = c.id
      JOIN customers AS k ON k.id = coalesce(m.kept_id, c.id)
    WHERE c.member_id = :member_id AND c.name_key NOT LIKE 'erased:%'
    ORDER BY c.id DESC LIMIT :limit
""")

RECENT = text("""
    SELECT c.id, c.name FROM customers AS c
    WHERE c.member_id = :member_id AND c.name_key NOT LIKE 'erased:%'
      AND NOT EXISTS (SELECT 1 FROM merged_customers AS m WHERE m.customer_id = c.id)
    ORDER BY coalesce((SELECT max(s.id) FROM sales AS s
                       WHERE s.seller_id = c.member_id AND s.customer_id = c.id), 0) DESC,
      c.id DESC
    LIMIT :limit
""")

ADD = text("""
    INSERT INTO customers (member_id, name, name_key, phone, created_at)
    VALUES (:member_id, :name, :name_key, :phone, :at)
    ON CONFLICT (member_id, name_key) DO NOTHING
    RETURNING id
""").bindparams(bindparam("at", type_=Instant))

POINT = text("""
    INSERT INTO merged_customers (customer_id, kept_id, merged_at)
    VALUES (:merged_id, :kept_id, :at)
    ON CONFLICT (customer_id) DO NOTHING
""").bindparams(bindparam("at", type_=Instant))

POINT_ON = text("UPDATE merged_customers SET kept_id = :kept_id WHERE kept_id = :merged_id")

# A month that is being closed or is closed keeps the customers that it was closed with. A sale
# that still waits will count in an open month, whichever its own is.
TO_MOVE = text("""
    SELECT count(*) FROM sales AS s
    WHERE s.seller_id = :member_id AND s.customer_id = :customer_id
      AND (s.status = 'waiting' OR (s.status = 'approved'
        AND NOT EXISTS (SELECT 1 FROM periods AS p WHERE p.period = s.period)))
""")

MOVE = text("""
    UPDATE sales SET customer_id = :kept_id
    WHERE seller_id = :member_id AND customer_id = :merged_id
      AND (status = 'waiting' OR (status = 'approved'
        AND NOT EXISTS (SELECT 1 FROM periods AS p WHERE p.period = sales.period)))
    RETURNING id
""")


def named(conn: Connection, member_id: int, name_key: str) -> Customer | None:
    """Returns the seller's customer whom a name with this key means."""
    row = conn.execute(NAMED, {"member_id": member_id, "name_key": name_key}).one_or_none()
    return None if row is None else Customer(row.id, row.name)


def kept(conn: Connection, member_id: int, customer_id: int) -> Customer | None:
    """Returns the seller's customer of this row, or the one it was put together with."""
    wanted = {"member_id": member_id, "customer_id": customer_id}
    row = conn.execute(KEPT, wanted).one_or_none()
    return None if row is None else Customer(row.id, row.name)


def known_names(conn: Connection, member_id: int, limit: int) -> list[KnownName]:
    """Returns all names of the seller's customers, the newest first."""
    rows = conn.execute(KNOWN_NAMES, {"member_id": member_id, "limit": limit})
    return [KnownName(row.id, row.name, row.name_key) for row in rows]


def recent(conn: Connection, member_id: int, limit: int) -> list[Customer]:
    """Returns the seller's customers, the most recent buyers first."""
    rows = conn.execute(RECENT, {"member_id": member_id, "limit": limit})
    return [Customer(row.id, row.name) for row in rows]


def add(conn: Connection, member_id: int, name: str, name_key: str, at: datetime) -> int:
    """Enter a customer, unless the key means one already; returns the id."""
    conn.execute(ADD, _row(member_id, name, name_key, at))
    found = named(conn, member_id, name_key)
    assert found is not None, "it was entered, now or before"
    return found.id


def add_name(
    conn: Connection, member_id: int, customer_id: int, name: str, name_key: str, at: datetime
) -> None:
    """Enter another name of a customer, unless its key means somebody already.

    Args:
        conn: the database.
        member_id: the seller.
        customer_id: the customer, who has not been put together with another one.
        name: as typed.
        name_key: its key.
        at: the moment.
    """
    added = conn.execute(ADD, _row(member_id, name, name_key, at)).scalar_one_or_none()
    if added is not None:
        conn.execute(POINT, {"kept_id": customer_id, "merged_id": added, "at": at})


def _row(member_id: int, name: str, name_key: str, at: datetime) -> dict[str, object]:
    """Returns the facts of a new row; the telephone number is the one in the name."""
    row = {"member_id": member_id, "name": name, "name_key": name_key, "at": at}
    return {**row, "phone": phone_in(name_key)}


def sales_to_move(conn: Connection, member_id: int, customer_id: int) -> int:
    """Returns how many sales `merge` would move from this customer to another one."""
    wanted = {"member_id": member_id, "customer_id": customer_id}
    count: int = conn.execute(TO_MOVE, wanted).scalar_one()
    return count


def merge(
    conn: Connection, member_id: int, kept_id: int, merged_id: int, at: datetime
) -> tuple[int, ...]:
    """Put two customers of a seller together, neither of whom is so already.

    From now on every name of the second means the first. Sales that are not yet part of a closing
    move; all others stay as they are.

    Args:
        conn: the database.
        member_id: the seller.
        kept_id: the customer that stays.
        merged_id: the customer that is the same person.
        at: the moment.

    Returns:
        The ids of the sales that were moved, in ascending order.
    """
    periods.hold_open(conn)
    both = {"kept_id": kept_id, "merged_id": merged_id}
    conn.execute(POINT_ON, both)
    conn.execute(POINT, {**both, "at": at})
    moved = conn.execute(MOVE, {**both, "member_id": member_id}).scalars().all()
    if moved:
        counters.increment(conn, MERGES_COUNTER)
    return tuple(sorted(moved))
