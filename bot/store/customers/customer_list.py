"""Who buys from a seller: the list, the last buyer first, and what one customer has bought.

Rejected and void sales are no purchases. The sales of closed months stay with the entry under
which they were made, so all entries of a customer are looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from bot.core.customers.usual_order import BoughtLine
from bot.store.db.types import Big

__all__ = [
    "BoughtSaleRow",
    "BuyerRow",
    "EntryRow",
    "count_of",
    "entries",
    "lines_of_sales",
    "page_of_buyers",
    "sales_to",
    "times_bought",
    "times_by_customer",
]

NO_SALES = (0,)
"""In place of an empty list, which no database takes."""


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """A customer in the list; `bought_on` is the day of the last purchase, or empty."""

    id: int
    name: str
    bought_on: str


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A name of a customer, and when something was bought under it.

    Attributes:
        id: the customer that is kept.
        name: as it is shown.
        key: of the name that was typed.
        bought_on: the day of the last purchase under this name, or empty.
    """

    id: int
    name: str
    key: str
    bought_on: str


@dataclass(frozen=True, slots=True)
class BoughtSaleRow:
    """A sale to a customer; what came back of it is `back`, in rupiah of its total."""

    id: int
    sold_on: str
    total: int
    back: int
    status: str


# The last purchase of each entry is the end of a short walk in an index; entries of one customer
# are put together behind it.
BUYERS = """
    SELECT k.id, k.name, max(e.bought_on) AS bought_on
    FROM (
      SELECT coalesce(m.kept_id, c.id) AS kept_id,
        coalesce((SELECT s.sold_on FROM sales AS s
                  WHERE s.customer_id = c.id AND s.seller_id = c.member_id
                    AND s.status IN ('waiting', 'approved')
                  ORDER BY s.id DESC LIMIT 1), '') AS bought_on
      FROM customers AS c LEFT JOIN merged_customers AS m ON m.customer_id = c.id
      WHERE c.member_id = :member_id
    ) AS e JOIN customers AS k ON k.id = e.kept_id
    WHERE k.name_key NOT LIKE 'erased:%'
    GROUP BY k.id, k.name
    ORDER BY bought_on DESC, k.id DESC"""

PAGE_OF_BUYERS = text(f"{BUYERS} LIMIT :rows OFFSET :skip")

ENTRIES = text("""
    SELECT k.id, k.name, c.name_key,
      coalesce((SELECT s.sold_on FROM sales AS s
                WHERE s.customer_id = c.id AND s.seller_id = c.member_id
                  AND s.status IN ('waiting', 'approved')
                ORDER BY s.id DESC LIMIT 1), '') AS bought_on
    FROM customers AS c LEFT JOIN merged_customers AS m ON m.customer_id = c.id
      JOIN customers AS k ON k.id = coalesce(m.kept_id, c.id)
    WHERE c.member_id = :member_id AND c.name_key NOT LIKE 'erased:%'
    ORDER BY c.id DESC LIMIT :rows
""")

COUNT_OF = text("""
    SELECT count(*) FROM customers AS c
    WHERE c.member_id = :member_id AND c.name_key NOT LIKE 'erased:%'
      AND NOT EXISTS (SELECT 1 FROM merged_customers AS m WHERE m.customer_id = c.id)
""")

SALES_TO = text("""
    SELECT s.id, s.sold_on, s.total, s.status,
      CAST(coalesce((SELECT sum(r.amount) FROM returns AS r
                     WHERE r.sale_id = s.id AND r.state = 'confirmed'), 0) AS BIGINT) AS back
    FROM sales AS s
    WHERE s.seller_id = :member_id AND s.status IN ('waiting', 'approved')
      AND s.customer_id IN (
        SELECT c.id FROM customers AS c WHERE c.id = :customer_id
        UNION ALL
        SELECT m.customer_id FROM merged_customers AS m WHERE m.kept_id = :customer_id)
    ORDER BY s.sold_on DESC, s.id DESC LIMIT :rows
""")

TIMES_BOUGHT = text("""
    SELECT count(*) FROM sales AS s
    WHERE s.seller_id = :member_id AND s.status IN ('waiting', 'approved')
      AND s.customer_id IN (
        SELECT c.id FROM customers AS c WHERE c.id = :customer_id
        UNION ALL
        SELECT m.customer_id FROM merged_customers AS m WHERE m.kept_id = :customer_id)
""")

TIMES_BY_CUSTOMER = text("""
    SELECT coalesce(m.kept_id, s.customer_id) AS customer_id, count(*) AS times
    FROM sales AS s LEFT JOIN merged_customers AS m ON m.customer_id = s.customer_id
    WHERE s.seller_id = :member_id AND s.status IN ('waiting', 'approved')
      AND s.customer_id IS NOT NULL
    GROUP BY coalesce(m.kept_id, s.customer_id)
""")

LINES_OF_SALES = text("""
    SELECT l.sale_id, l.product_id, p.name, l.quantity, l.amount,
      CAST(l.quantity - coalesce((SELECT sum(b.quantity)
        FROM return_lines AS b JOIN returns AS r ON r.id = b.return_id
        WHERE b.sale_line_id = l.id AND r.state = 'confirmed'), 0) AS BIGINT) AS kept
    FROM sale_lines AS l JOIN products AS p ON p.id = l.product_id
    WHERE l.sale_id IN :sales ORDER BY l.sale_id DESC, l.id
""").bindparams(bindparam("sales", expanding=True, type_=Big))


def page_of_buyers(conn: Connection, member_id: int, *, rows: int, skip: int) -> list[BuyerRow]:
    """Returns a page of the seller's customers, the last buyer first."""
    wanted = {"member_id": member_id, "rows": rows, "skip": skip}
    return [BuyerRow(*row) for row in conn.execute(PAGE_OF_BUYERS, wanted)]


def entries(conn: Connection, member_id: int, limit: int) -> list[EntryRow]:
    """Returns all names of the seller's customers, the newest first, to search among them."""
    found = conn.execute(ENTRIES, {"member_id": member_id, "rows": limit})
    return [EntryRow(*row) for row in found]


def count_of(conn: Connection, member_id: int) -> int:
    """Returns how many customers the seller has; those put together count as one."""
    count: int = conn.execute(COUNT_OF, {"member_id": member_id}).scalar_one()
    return count


def sales_to(
    conn: Connection, member_id: int, customer_id: int, limit: int
) -> list[BoughtSaleRow]:
    """Returns the last sales of this seller to a customer, the newest first."""
    wanted = {"member_id": member_id, "customer_id": customer_id, "rows": limit}
    return [
        BoughtSaleRow(row.id, row.sold_on, row.total, row.back, row.status)
        for row in conn.execute(SALES_TO, wanted)
    ]


def times_bought(conn: Connection, member_id: int, customer_id: int) -> int:
    """Returns how often a customer has bought from this seller."""
    wanted = {"member_id": member_id, "customer_id": customer_id}
    count: int = conn.execute(TIMES_BOUGHT, wanted).scalar_one()
    return count


def times_by_customer(conn: Connection, member_id: int) -> dict[int, int]:
    """Returns how often each customer has bought from this seller."""
    found = conn.execute(TIMES_BY_CUSTOMER, {"member_id": member_id})
    return {row.customer_id: row.times for row in found}


def lines_of_sales(conn: Connection, sale_ids: Sequence[int]) -> list[BoughtLine]:
    """Returns the lines of some sales, those of the newest sale first."""
    found = conn.execute(LINES_OF_SALES, {"sales": list(sale_ids or NO_SALES)})
    return [
        BoughtLine(row.sale_id, row.product_id, row.name, row.quantity, row.kept, row.amount)
        for row in found
    ]
