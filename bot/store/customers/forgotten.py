"""Forgets a customer: a number stands in place of the name, and nothing of the rest is left.

The row stays, since sales refer to it and bonuses are explained by them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big, Instant
from bot.store.debts import customer_payments

__all__ = [
    "NamedEntry",
    "blank",
    "entries_of",
    "entries_of_all",
    "forget_outdated",
]


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """A name of a customer of a seller.

    Attributes:
        id: of the row.
        seller: the seller's internal name, which is never given again.
        key: of the customer's name.
        created_at: when it was entered.
    """

    id: int
    seller: str
    key: str
    created_at: datetime


ENTRIES_OF = text("""
    SELECT c.id, m.reference AS seller, c.name_key, c.created_at
    FROM customers AS c JOIN members AS m ON m.id = c.member_id
    WHERE c.member_id = :member_id AND (c.id = :customer_id
      OR c.id IN (SELECT g.customer_id FROM merged_customers AS g WHERE g.kept_id = :customer_id))
    ORDER BY c.id
""").columns(created_at=Instant)

ENTRIES_OF_ALL = text("""
    SELECT c.id, m.reference AS seller, c.name_key, c.created_at
    FROM customers AS c JOIN members AS m ON m.id = c.member_id
    WHERE c.name_key NOT LIKE 'erased:%'
""").columns(created_at=Instant)

BLANK = text("""
    UPDATE customers SET name = '#' || CAST(id AS TEXT), name_key = 'erased:' || CAST(id AS TEXT),
      phone = ''
    WHERE id IN :ids
""").bindparams(bindparam("ids", expanding=True, type_=Big))

DELETE_DETAILS = text("DELETE FROM customer_details WHERE customer_id IN :ids").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)

DELETE_FROM_LISTS = text("DELETE FROM today_items WHERE customer_id IN :ids").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)

DELETE_OUTDATED = text("""
    DELETE FROM customer_details
    WHERE changed_at < :before AND contacted_on < :day AND wish_on < :day
      AND NOT EXISTS (SELECT 1 FROM sales AS s
                      WHERE s.customer_id = customer_details.customer_id AND s.sold_on >= :day)
      AND NOT EXISTS (SELECT 1 FROM merged_customers AS m
                        JOIN sales AS s ON s.customer_id = m.customer_id
                      WHERE m.kept_id = customer_details.customer_id AND s.sold_on >= :day)
""").bindparams(bindparam("before", type_=Instant))

# A name that was never used for a sale explains nothing. One that means another customer stays
# as long as that one.
BLANK_UNUSED = text("""
    UPDATE customers SET name = '#' || CAST(id AS TEXT), name_key = 'erased:' || CAST(id AS TEXT),
      phone = ''
    WHERE created_at < :before AND name_key NOT LIKE 'erased:%'
      AND NOT EXISTS (SELECT 1 FROM sales AS s WHERE s.customer_id = customers.id)
      AND NOT EXISTS (SELECT 1 FROM customer_details AS d WHERE d.customer_id = customers.id)
      AND NOT EXISTS (SELECT 1 FROM customer_payments AS p WHERE p.customer_id = customers.id)
      AND NOT EXISTS (SELECT 1 FROM merged_customers AS m
                      WHERE m.customer_id = customers.id OR m.kept_id = customers.id)
""").bindparams(bindparam("before", type_=Instant))


def entries_of(conn: Connection, member_id: int, customer_id: int) -> list[NamedEntry]:
    """Returns all names of a customer of this seller; none of another seller's.

    `customer_id` is the kept row of customers who were put together.
    """
    wanted = {"member_id": member_id, "customer_id": customer_id}
    return [NamedEntry(*row) for row in conn.execute(ENTRIES_OF, wanted)]


def entries_of_all(conn: Connection) -> list[NamedEntry]:
    """Returns the names of all sellers' customers, to find those that were forgotten before."""
    return [NamedEntry(*row) for row in conn.execute(ENTRIES_OF_ALL)]


def blank(conn: Connection, ids: Sequence[int]) -> None:
    """Blank these rows, and delete what was noted of them, debts and payments among it."""
    if ids:
        customer_payments.forget(conn, ids)
        for statement in (BLANK, DELETE_DETAILS, DELETE_FROM_LISTS):
            conn.execute(statement, {"ids": list(ids)})


def forget_outdated(conn: Connection, before: datetime) -> int:
    """Delete what is noted of customers without a sale, contact or change since that moment.

    A name that was never used for a sale goes too. Returns how many rows went.
    """
    day = before.date().isoformat()
    details = conn.execute(DELETE_OUTDATED, {"before": before, "day": day}).rowcount
    return details + conn.execute(BLANK_UNUSED, {"before": before}).rowcount
