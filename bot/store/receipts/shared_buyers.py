"""Finds the sales of other sellers to a buyer with the same telephone number."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

__all__ = ["SharedBuyer", "elsewhere", "numbers_of"]


@dataclass(frozen=True, slots=True)
class SharedBuyer:
    """A sale of another seller to the same number: its id, and that seller's whole name."""

    sale_id: int
    seller_name: str


# A buyer has the numbers in all names that mean the same customer.
NUMBERS = text("""
    SELECT c.phone FROM customers AS c WHERE c.id = :customer_id AND c.phone <> ''
    UNION
    SELECT c.phone FROM merged_customers AS g JOIN customers AS c ON c.id = g.customer_id
    WHERE g.kept_id = :customer_id AND c.phone <> ''
    ORDER BY phone
""")

WITH_NUMBER = text("""
    SELECT c.id FROM customers AS c
    WHERE c.phone = :phone AND c.phone <> '' AND c.member_id <> :seller_id
    UNION
    SELECT g.kept_id FROM customers AS c JOIN merged_customers AS g ON g.customer_id = c.id
    WHERE c.phone = :phone AND c.phone <> '' AND c.member_id <> :seller_id
    ORDER BY id
""")

SOLD_TO = text("""
    SELECT s.id, m.name FROM sales AS s JOIN members AS m ON m.id = s.seller_id
    WHERE s.customer_id IN :buyers AND s.customer_id IS NOT NULL
      AND s.status IN ('waiting', 'approved') AND s.sold_on BETWEEN :first AND :last
    ORDER BY s.id LIMIT 1
""").bindparams(bindparam("buyers", expanding=True))


def numbers_of(conn: Connection, customer_id: int) -> list[str]:
    """Returns the telephone numbers of a customer; see `phone_in`."""
    return list(conn.execute(NUMBERS, {"customer_id": customer_id}).scalars())


def elsewhere(
    conn: Connection, numbers: Sequence[str], seller_id: int, first: str, last: str
) -> SharedBuyer | None:
    """Returns a sale of another seller to one of these numbers; None if there is none.

    It counts or waits, and was sold from the day `first` to the day `last` (YYYY-MM-DD).
    """
    for phone in numbers:
        named = conn.execute(WITH_NUMBER, {"phone": phone, "seller_id": seller_id})
        buyers = list(named.scalars())
        if buyers:
            facts = {"buyers": buyers, "first": first, "last": last}
            row = conn.execute(SOLD_TO, facts).first()
            if row is not None:
                return SharedBuyer(row.id, row.name)
    return None
