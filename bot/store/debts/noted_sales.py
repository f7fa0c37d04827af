"""Reads the sales whose payment a seller noted, with what was paid and what came back.

Of one customer each sale is looked at closely. Of all customers of a seller that would be slow:
there only what is not settled by itself is read.
"""

from collections import defaultdict
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection, Row, bindparam, text

__all__ = ["Noted", "NotedRow", "of_all", "of_one"]

OpenRow: TypeAlias = Row[tuple[object, ...]]


class NotedRow(NamedTuple):
    """A sale with its note; days are YYYY-MM-DD, `due_on` may be empty, money is in rupiah."""

    customer_id: int
    name: str
    sale_id: int
    sold_on: str
    due_on: str
    status: str
    in_full: str
    total: int
    deposit: int
    paid: int
    back: int
    refund: int


class Noted(NamedTuple):
    """The sales of one customer, and rupiah of payments that none of them takes up."""

    sales: list[NotedRow]
    loose: int


# A sale may name any row of a customer who was put together of several.
NOTED_OF_ONE = text("""
    SELECT k.id AS customer_id, k.name, s.id AS sale_id, s.sold_on,
      coalesce(n.due_on, '') AS due_on, s.status, coalesce(n.in_full, '') AS in_full, s.total,
      coalesce(n.deposit, 0) AS deposit,
      (SELECT CAST(coalesce(sum(p.amount), 0) AS BIGINT) FROM customer_payments AS p
       WHERE p.sale_id = s.id AND p.undone_at IS NULL AND p.id <> :without) AS paid,
      (SELECT CAST(coalesce(sum(r.amount), 0) AS BIGINT) FROM returns AS r
       WHERE r.sale_id = s.id AND r.state IN ('waiting', 'confirmed')) AS back,
      (SELECT CAST(coalesce(sum(r.refund), 0) AS BIGINT) FROM returns AS r
       WHERE r.sale_id = s.id AND r.state IN ('waiting', 'confirmed')) AS refund
    FROM sales AS s
      LEFT JOIN payment_notes AS n ON n.sale_id = s.id
      LEFT JOIN merged_customers AS m ON m.customer_id = s.customer_id
      JOIN customers AS k ON k.id = coalesce(m.kept_id, s.customer_id)
    WHERE s.seller_id = :member_id AND s.customer_id IN (
        SELECT :customer_id UNION ALL SELECT g.customer_id FROM merged_customers AS g
        WHERE g.kept_id = :customer_id)
      AND (n.in_full = 'no' OR n.deposit > 0
        OR EXISTS (SELECT 1 FROM customer_payments AS x WHERE x.sale_id = s.id))
""")

# A payment for a sale that became the seller's own use is one for no sale.
LOOSE_OF_ONE = text("""
    SELECT CAST(coalesce(sum(p.amount), 0) AS BIGINT)
    FROM customers AS c
      JOIN customer_payments AS p ON p.customer_id = c.id
      LEFT JOIN sales AS s ON s.id = p.sale_id
    WHERE c.member_id = :member_id AND p.undone_at IS NULL AND s.customer_id IS NULL
      AND p.id <> :without AND p.customer_id IN (
        SELECT :customer_id UNION ALL SELECT g.customer_id FROM merged_customers AS g
        WHERE g.kept_id = :customer_id)
""")

# What its own payments settle to the rupiah, without any return, owes nothing and gives nothing to
# other sales; most sales of the past are such, so they are not even read.
OPEN_OF_ALL = text("""
    SELECT k.id AS customer_id, k.name, o.sale_id, o.sold_on, o.due_on, o.status, o.in_full,
      o.total, o.deposit, o.paid, o.returned
    FROM (
      SELECT s.id AS sale_id, s.customer_id, s.sold_on, n.due_on, s.status, n.in_full, s.total,
        n.deposit,
        (SELECT CAST(coalesce(sum(p.amount), 0) AS BIGINT) FROM customer_payments AS p
         WHERE p.sale_id = s.id AND p.undone_at IS NULL) AS paid,
        (SELECT count(*) FROM returns AS r WHERE r.sale_id = s.id) AS returned
      FROM sales AS s JOIN payment_notes AS n ON n.sale_id = s.id
      WHERE s.seller_id = :member_id AND s.customer_id IS NOT NULL
        AND s.status IN ('waiting', 'approved')
        AND (n.in_full = 'no' OR (n.in_full = '' AND n.deposit > 0))
      ) AS o
      LEFT JOIN merged_customers AS m ON m.customer_id = o.customer_id
      JOIN customers AS k ON k.id = coalesce(m.kept_id, o.customer_id)
    WHERE o.returned > 0 OR o.paid <> o.total - o.deposit
    ORDER BY o.sale_id
""")

# What no sale of those above takes up. `taken` is what one that is settled, or not there any more,
# takes up of its payments.
LOOSE_OF_ALL = text("""
    SELECT coalesce(m.kept_id, s.customer_id, p.customer_id) AS customer_id,
      CASE WHEN s.customer_id IS NOT NULL AND s.status IN ('waiting', 'approved')
        THEN s.total ELSE 0 END AS taken,
      CAST(sum(p.amount) AS BIGINT) AS paid
    FROM customers AS c
      JOIN customer_payments AS p ON p.customer_id = c.id
      LEFT JOIN sales AS s ON s.id = p.sale_id
      LEFT JOIN payment_notes AS n ON n.sale_id = s.id
      LEFT JOIN merged_customers AS m ON m.customer_id = coalesce(s.customer_id, p.customer_id)
    WHERE c.member_id = :member_id AND p.undone_at IS NULL
      AND NOT coalesce(s.customer_id IS NOT NULL AND s.status IN ('waiting', 'approved')
        AND (n.in_full = 'no' OR (n.in_full = '' AND n.deposit > 0)), false)
    GROUP BY coalesce(m.kept_id, s.customer_id, p.customer_id), s.id, s.customer_id, s.status,
      s.total
""")

BACK_OF = text("""
    SELECT r.sale_id, CAST(sum(r.amount) AS BIGINT) AS back,
      CAST(sum(r.refund) AS BIGINT) AS refund
    FROM returns AS r
    WHERE r.sale_id IN :sale_ids AND r.state IN ('waiting', 'confirmed')
    GROUP BY r.sale_id
""").bindparams(bindparam("sale_ids", expanding=True))


def of_one(conn: Connection, member_id: int, customer_id: int, without: int) -> Noted:
    """Returns what is known of one customer of a seller, one payment left out."""
    wanted = {"member_id": member_id, "customer_id": customer_id, "without": without}
    rows = [NotedRow(*row) for row in conn.execute(NOTED_OF_ONE, wanted)]
    return Noted(rows, conn.execute(LOOSE_OF_ONE, wanted).scalar_one())


def of_all(conn: Connection, member_id: int) -> list[Noted]:
    """Returns what is known of each customer of a seller who may owe something."""
    wanted = {"member_id": member_id}
    loose: dict[int, int] = defaultdict(int)
    for customer_id, taken, paid in conn.execute(LOOSE_OF_ALL, wanted).all():
        loose[customer_id] += max(0, paid - taken)
    rows = conn.execute(OPEN_OF_ALL, wanted).all()
    returned = [row.sale_id for row in rows if row.returned]
    back = {}
    if returned:
        back = {row.sale_id: row for row in conn.execute(BACK_OF, {"sale_ids": returned})}
    noted: dict[int, list[NotedRow]] = defaultdict(list)
    for row in rows:
        noted[row.customer_id].append(_row(row, back.get(row.sale_id)))
    return [Noted(sales, loose[customer_id]) for customer_id, sales in noted.items()]


def _row(row: OpenRow, returned: OpenRow | None) -> NotedRow:
    gone = (0, 0) if returned is None else (returned.back, returned.refund)
    return NotedRow._make((*row[:10], *gone))
