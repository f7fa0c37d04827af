"""What a seller's customers bought and kept, and what she noted of them, for the list of a day.

A rejected or void sale is no purchase, goods that came back are none either, and customers who
were put together are one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, text

from bot.core.customers.purchases import Purchase
from bot.core.today.rhythms import ORDERS_OF_RHYTHM_MAX, PastOrder
from bot.store.db.types import Big, Instant

__all__ = [
    "NotedDetails",
    "has_customers",
    "last_days",
    "last_sale_to",
    "lasting",
    "latest_orders_of",
    "names_of",
    "noted_details",
    "noted_of",
    "product_names",
    "purchases_of",
]


@dataclass(frozen=True, slots=True)
class NotedDetails:
    """What a seller noted of a customer, as far as the list needs it; empty where nothing is.

    Attributes:
        birthday: MM-DD.
        language: of messages to the customer; empty for the seller's own.
        wish_on: the day on which to come back to the wish, YYYY-MM-DD; empty if none was said.
        contacted_on: the day on which the seller talked to the customer, YYYY-MM-DD.
    """

    customer_id: int
    birthday: str
    language: str
    wish: str
    wish_on: str
    contacted_on: str
    changed_at: datetime


PURCHASES = text("""
    SELECT coalesce(m.kept_id, s.customer_id) AS customer_id, l.product_id, l.quantity,
      s.sold_on, l.id AS line_id
    FROM sales AS s JOIN sale_lines AS l ON l.sale_id = s.id
      LEFT JOIN merged_customers AS m ON m.customer_id = s.customer_id
    WHERE s.seller_id = :member_id AND s.sold_on >= :since AND s.customer_id IS NOT NULL
      AND s.status IN ('waiting', 'approved')
""")

CAME_BACK = text("""
    SELECT b.sale_line_id, SUM(b.quantity) AS quantity
    FROM sales AS s JOIN returns AS r ON r.sale_id = s.id
      JOIN return_lines AS b ON b.return_id = r.id
    WHERE s.seller_id = :member_id AND s.sold_on >= :since
      AND r.state IN ('waiting', 'confirmed')
    GROUP BY b.sale_line_id
""")

FORGOTTEN = text("""
    SELECT id FROM customers WHERE member_id = :member_id AND name_key LIKE 'erased:%'
""")

LAST_SALE_TO = text("""
    SELECT max(s.id) FROM sales AS s
    WHERE s.seller_id = :member_id AND s.status IN ('waiting', 'approved')
      AND (s.customer_id = :customer_id OR s.customer_id IN (
        SELECT m.customer_id FROM merged_customers AS m WHERE m.kept_id = :customer_id))
""")


LAST_ORDER_OF = text("""
    SELECT s.sold_on, CAST(sum(l.quantity) AS BIGINT) AS pieces
    FROM sales AS s JOIN sale_lines AS l ON l.sale_id = s.id
    WHERE s.seller_id = :member_id AND s.status IN ('waiting', 'approved')
      AND l.product_id = :product_id
      AND (s.customer_id = :customer_id OR s.customer_id IN (
        SELECT m.customer_id FROM merged_customers AS m WHERE m.kept_id = :customer_id))
    GROUP BY s.sold_on ORDER BY s.sold_on DESC LIMIT :most
""")

LASTING = text("SELECT id, lasts_days FROM products WHERE lasts_days > 0")

NOTED_DETAILS = text("""
    SELECT coalesce(m.kept_id, c.id) AS customer_id, d.birthday, d.language, d.wish, d.wish_on,
      d.contacted_on, d.changed_at
    FROM customers AS c JOIN customer_details AS d ON d.customer_id = c.id
      LEFT JOIN merged_customers AS m ON m.customer_id = c.id
    WHERE c.member_id = :member_id
    ORDER BY CASE WHEN m.kept_id IS NULL THEN 1 ELSE 0 END, c.id
""").columns(changed_at=Instant)

# Of a few customers, also where a detail stands at a row that was put together with another.
NOTED_OF = text("""
    SELECT coalesce(m.kept_id, c.id) AS customer_id, d.birthday, d.language, d.wish, d.wish_on,
      d.contacted_on, d.changed_at
    FROM customers AS c JOIN customer_details AS d ON d.customer_id = c.id
      LEFT JOIN merged_customers AS m ON m.customer_id = c.id
    WHERE c.member_id = :member_id AND (c.id IN :ids
      OR c.id IN (SELECT g.customer_id FROM merged_customers AS g WHERE g.kept_id IN :ids))
    ORDER BY CASE WHEN m.kept_id IS NULL THEN 1 ELSE 0 END, c.id
""").columns(changed_at=Instant)
NOTED_OF = NOTED_OF.bindparams(bindparam("ids", expanding=True, type_=Big))

NAMES_OF = text("""
    SELECT id, name FROM customers
    WHERE member_id = :member_id AND id IN :ids AND name_key NOT LIKE 'erased:%'
""").bindparams(bindparam("ids", expanding=True, type_=Big))

PRODUCT_NAMES = text("SELECT id, name FROM products WHERE id IN :ids").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)

LAST_DAYS = text("""
    SELECT coalesce(m.kept_id, s.customer_id) AS customer_id, max(s.sold_on) AS last_on
    FROM sales AS s LEFT JOIN merged_customers AS m ON m.customer_id = s.customer_id
    WHERE s.seller_id = :member_id AND s.sold_on >= :since AND s.customer_id IS NOT NULL
      AND s.status IN ('waiting', 'approved')
    GROUP BY coalesce(m.kept_id, s.customer_id)
""")

HAS_CUSTOMERS = text("SELECT EXISTS (SELECT 1 FROM customers WHERE member_id = :member_id)")


def purchases_of(conn: Connection, member_id: int, since: date) -> list[Purchase]:
    """Returns what the seller's customers bought from a day on and kept."""
    wanted = {"member_id": member_id, "since": since.isoformat()}
    back = {row.sale_line_id: int(row.quantity) for row in conn.execute(CAME_BACK, wanted)}
    gone = set(conn.execute(FORGOTTEN, {"member_id": member_id}).scalars())
    days: dict[str, date] = {}
    bought = []
    for customer_id, product_id, quantity, sold_on, line_id in conn.execute(PURCHASES, wanted):
        kept = quantity - back.get(line_id, 0)
        if kept < 1 or customer_id in gone:
            continue
        if sold_on not in days:
            days[sold_on] = date.fromisoformat(sold_on)
        bought.append(Purchase(customer_id, product_id, kept, days[sold_on]))
    return bought


def last_days(conn: Connection, member_id: int, since: date) -> dict[int, date]:
    """Returns the last day on which each customer bought, of those who did since a day."""
    wanted = {"member_id": member_id, "since": since.isoformat()}
    found = conn.execute(LAST_DAYS, wanted)
    return {row.customer_id: date.fromisoformat(row.last_on) for row in found}


def last_sale_to(conn: Connection, member_id: int, customer_id: int) -> int | None:
    """Returns the id of the seller's last sale to a customer; None if there is none."""
    wanted = {"member_id": member_id, "customer_id": customer_id}
    found: int | None = conn.execute(LAST_SALE_TO, wanted).scalar_one()
    return found


def latest_orders_of(
    conn: Connection, member_id: int, customer_id: int, product_id: int
) -> list[PastOrder]:
    """Returns the last few orders of an article by a customer, the latest one first."""
    wanted = {"member_id": member_id, "customer_id": customer_id, "product_id": product_id}
    found = conn.execute(LAST_ORDER_OF, {**wanted, "most": ORDERS_OF_RHYTHM_MAX})
    return [PastOrder(date.fromisoformat(row.sold_on), int(row.pieces)) for row in found]


def lasting(conn: Connection) -> dict[int, int]:
    """Returns for how many days a piece of each article lasts, as far as the company says."""
    return {row.id: row.lasts_days for row in conn.execute(LASTING)}


def noted_details(conn: Connection, member_id: int) -> dict[int, NotedDetails]:
    """Returns what the seller noted of each customer; those of the kept entry go first."""
    found = conn.execute(NOTED_DETAILS, {"member_id": member_id})
    return {row.customer_id: NotedDetails(*row) for row in found}


def noted_of(conn: Connection, member_id: int, ids: Sequence[int]) -> dict[int, NotedDetails]:
    """Returns what the seller noted of some customers; those of the kept entry go first."""
    found = conn.execute(NOTED_OF, {"member_id": member_id, "ids": list(ids)})
    return {row.customer_id: NotedDetails(*row) for row in found}


def names_of(conn: Connection, member_id: int, ids: Sequence[int]) -> Mapping[int, str]:
    """Returns the names of some of the seller's customers; of no other's, and no forgotten one."""
    found = conn.execute(NAMES_OF, {"member_id": member_id, "ids": list(ids)})
    return {row.id: row.name for row in found}


def product_names(conn: Connection, ids: Sequence[int]) -> Mapping[int, str]:
    """Returns the names of these articles."""
    return {row.id: row.name for row in conn.execute(PRODUCT_NAMES, {"ids": list(ids)})}


def has_customers(conn: Connection, member_id: int) -> bool:
    """Returns whether the member has ever entered a customer."""
    return bool(conn.execute(HAS_CUSTOMERS, {"member_id": member_id}).scalar_one())
