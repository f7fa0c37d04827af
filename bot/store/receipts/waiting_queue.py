"""The sales that wait as a queue, and what the office compares each of them with."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from bot.store.db.types import Instant
from bot.store.sales.sales import COLUMNS, FROM, Sale

__all__ = [
    "WaitingSeller",
    "count",
    "list_amounts",
    "next_after",
    "page",
    "page_before",
    "sellers",
]


@dataclass(frozen=True, slots=True)
class WaitingSeller:
    """A member with sales that wait: how many, and what they come to (rupiah)."""

    id: int
    name: str
    code: str
    count: int
    total: int


# A queue is short beside all sales, and has an index of its own.
PAGE = text(
    f"""SELECT {COLUMNS} {FROM}
    WHERE s.status = 'waiting' AND s.id > :above
      AND CAST(:of AS BIGINT) IN (0, s.seller_id)
    ORDER BY s.id LIMIT :limit"""
).columns(logged_at=Instant)

COUNT = text("""
    SELECT count(*) FROM sales AS s
    WHERE s.status = 'waiting' AND CAST(:of AS BIGINT) IN (0, s.seller_id)
""")

SELLERS = text("""
    SELECT m.id, m.name, m.code, count(*) AS number, CAST(sum(s.total) AS BIGINT) AS total
    FROM sales AS s JOIN members AS m ON m.id = s.seller_id
    WHERE s.status = 'waiting'
    GROUP BY m.id, m.name, m.code ORDER BY count(*) DESC, m.id
""")

NEXT_AFTER = text("""
    SELECT s.id FROM sales AS s
    WHERE s.status = 'waiting' AND s.id > :above AND s.seller_id <> :seller_id
      AND CAST(:of AS BIGINT) IN (0, s.seller_id)
      AND NOT EXISTS (SELECT 1 FROM sale_decisions AS d WHERE d.sale_id = s.id
        AND d.version = s.version AND d.correction = 1
        AND d.id = (SELECT MAX(x.id) FROM sale_decisions AS x WHERE x.sale_id = s.id))
    ORDER BY s.id LIMIT 1
""")

PAGE_BEFORE = text("""
    SELECT s.id FROM sales AS s
    WHERE s.status = 'waiting' AND s.id <= :above AND CAST(:of AS BIGINT) IN (0, s.seller_id)
    ORDER BY s.id DESC LIMIT :limit
""")

# Each line at the list price of the day of the sale; the first price reaches back to any day.
LIST_AMOUNTS = text("""
    SELECT l.quantity * coalesce(
        (SELECT r.retail_price FROM prices AS r
         WHERE r.product_id = l.product_id AND r.from_day <= s.sold_on
         ORDER BY r.from_day DESC LIMIT 1), p.retail_price) AS amount
    FROM sale_lines AS l JOIN sales AS s ON s.id = l.sale_id
      JOIN products AS p ON p.id = l.product_id
    WHERE l.sale_id = :sale_id ORDER BY l.id
""")


def page(conn: Connection, above: int, limit: int, of: int = 0) -> list[Sale]:
    """Returns the unchecked sales with ids above `above`, oldest first; of one seller if named."""
    return [Sale(*row) for row in conn.execute(PAGE, {"above": above, "limit": limit, "of": of})]


def count(conn: Connection, of: int = 0) -> int:
    """Returns the number of unchecked sales, of all sellers or of one."""
    found: int = conn.execute(COUNT, {"of": of}).scalar_one()
    return found


def sellers(conn: Connection) -> list[WaitingSeller]:
    """Returns the members whose sales wait, those with the most sales first."""
    return [WaitingSeller(*row) for row in conn.execute(SELLERS)]


def next_after(conn: Connection, sale_id: int, seller_id: int, of: int = 0) -> int | None:
    """Returns the unchecked sale after this one, or else the first; None if there is no other.

    Those of the member `seller_id` are left out, which another admin has to check, and those that
    their sellers have been asked to correct. With `of` it is a sale of that seller.
    """
    for above in (sale_id, 0):
        facts = {"above": above, "seller_id": seller_id, "of": of}
        found: int | None = conn.execute(NEXT_AFTER, facts).scalar()
        if found is not None:
            return None if found == sale_id else found
    return None


def page_before(conn: Connection, above: int, rows: int, of: int = 0) -> int | None:
    """Returns the id after which the page before the one after `above` begins.

    None says that there is no page before it; 0 is the id before all sales. With `of` only the
    sales of that seller count.
    """
    facts = {"above": above, "limit": rows + 1, "of": of}
    found: list[int] = list(conn.execute(PAGE_BEFORE, facts).scalars())
    if not found:
        return None
    return found[rows] if len(found) > rows else 0


def list_amounts(conn: Connection, sale_id: int) -> tuple[int, ...]:
    """Returns what a customer pays for each line by the list of that day, in rupiah."""
    return tuple(conn.execute(LIST_AMOUNTS, {"sale_id": sale_id}).scalars())
