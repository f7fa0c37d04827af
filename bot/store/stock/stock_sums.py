"""What is left of each article of a member, from notes, sales and returns.

An article is added up from its start (`stock_starts`): its last count, or its first note. Sales
and returns of days before that, or of the same day and before the count, are left out.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from bot.core.stock.stock_levels import LATELY_DAYS, StockLevel
from bot.store.db.types import Big

__all__ = ["NamedArticle", "articles", "levels", "paces"]

CAME_SINCE = text("""
    SELECT b.product_id, b.day, b.since_at, b.counted,
      CAST(COALESCE(SUM(n.quantity), 0) AS BIGINT) AS came
    FROM stock_starts AS b LEFT JOIN stock_notes AS n ON n.member_id = b.member_id
      AND n.product_id = b.product_id AND n.kind <> 'counted' AND n.undone_at IS NULL
      AND (n.day > b.day OR (n.day = b.day AND n.noted_at > b.since_at))
    WHERE b.member_id = :member_id AND b.day <> ''
      AND (:product_id = 0 OR b.product_id = :product_id)
    GROUP BY b.product_id, b.day, b.since_at, b.counted ORDER BY b.product_id
""")

# CROSS JOIN keeps SQLite from beginning with all sales of the company of an article.
SOLD_SINCE = text("""
    SELECT l.product_id, CAST(SUM(CASE
        WHEN s.sold_on > b.day OR (s.sold_on = b.day AND s.logged_at > b.since_at)
        THEN l.quantity ELSE 0 END) AS BIGINT) AS gone,
      CAST(SUM(CASE WHEN s.customer_id IS NOT NULL
          AND (s.sold_on > b.day OR (s.sold_on = b.day AND s.logged_at > b.since_at))
        THEN l.quantity ELSE 0 END) AS BIGINT) AS sold
    FROM sales AS s CROSS JOIN sale_lines AS l CROSS JOIN stock_starts AS b
    WHERE s.seller_id = :member_id AND s.sold_on >= :since AND s.status IN ('waiting', 'approved')
      AND l.sale_id = s.id AND (:product_id = 0 OR l.product_id = :product_id)
      AND b.member_id = s.seller_id AND b.product_id = l.product_id AND b.day <> ''
    GROUP BY l.product_id
""")

BACK_SINCE = text("""
    SELECT l.product_id, CAST(SUM(CASE
        WHEN r.came_on > b.day OR (r.came_on = b.day AND r.asked_at > b.since_at)
        THEN p.quantity - p.damaged ELSE 0 END) AS BIGINT) AS saleable
    FROM sales AS s CROSS JOIN returns AS r CROSS JOIN return_lines AS p
      CROSS JOIN sale_lines AS l CROSS JOIN stock_starts AS b
    WHERE s.seller_id = :member_id AND s.status IN ('waiting', 'approved')
      AND r.sale_id = s.id AND r.state IN ('waiting', 'confirmed') AND r.came_on >= :since
      AND p.return_id = r.id AND l.id = p.sale_line_id
      AND (:product_id = 0 OR l.product_id = :product_id)
      AND b.member_id = s.seller_id AND b.product_id = l.product_id AND b.day <> ''
    GROUP BY l.product_id
""")


# What came back of a line leaves the pace, damaged or not.
PACES = text("""
    SELECT l.product_id, CAST(SUM(l.quantity - COALESCE((
        SELECT SUM(p.quantity) FROM return_lines AS p JOIN returns AS r ON r.id = p.return_id
        WHERE p.sale_line_id = l.id AND r.state IN ('waiting', 'confirmed')), 0)) AS BIGINT)
        AS pieces, MIN(s.sold_on) AS first_day
    FROM sales AS s CROSS JOIN sale_lines AS l
    WHERE s.seller_id = :member_id AND s.sold_on > :before AND s.customer_id IS NOT NULL
      AND s.status IN ('waiting', 'approved') AND l.sale_id = s.id
      AND (:product_id = 0 OR l.product_id = :product_id)
    GROUP BY l.product_id
""")


def levels(
    conn: Connection, member_id: int, today: date, product_id: int = 0
) -> dict[int, StockLevel]:
    """Returns what a member has, by article; of one article alone where it is named.

    Only articles of which something was noted are there.

    Args:
        conn: the database.
        member_id: whose stock.
        today: the day up to which the pace is measured.
        product_id: the article, 0 for all.
    """
    facts = {"member_id": member_id, "product_id": product_id}
    noted = conn.execute(CAME_SINCE, facts).all()
    if not noted:
        return {}
    wanted = {**facts, "since": min(row.day for row in noted)}
    sold = {row.product_id: row for row in conn.execute(SOLD_SINCE, wanted)}
    back = {row.product_id: row.saleable for row in conn.execute(BACK_SINCE, wanted)}
    pace = paces(conn, member_id, today, product_id)
    found = {}
    for row in noted:
        went, lately = sold.get(row.product_id), pace.get(row.product_id)
        came = row.counted + row.came + back.get(row.product_id, 0)
        gone, to_customers = (went.gone, went.sold) if went else (0, 0)
        found[row.product_id] = StockLevel(
            product_id=row.product_id,
            left=came - gone,
            came=came,
            sold=to_customers,
            used=gone - to_customers,
            sold_lately=lately.sold_lately if lately else 0,
            first_lately=lately.first_lately if lately else None,
            counted_on=date.fromisoformat(row.day) if row.since_at >= 0 else None,
        )
    return found


def paces(
    conn: Connection, member_id: int, today: date, product_id: int = 0
) -> dict[int, StockLevel]:
    """Returns what a member sold to customers lately, by article, as levels with nothing left.

    Args:
        conn: the database.
        member_id: the seller.
        today: the day up to which it is measured.
        product_id: the article, 0 for all.
    """
    before = (today - timedelta(days=LATELY_DAYS)).isoformat()
    facts = {"member_id": member_id, "product_id": product_id, "before": before}
    return {
        row.product_id: StockLevel(
            product_id=row.product_id,
            left=0,
            sold_lately=row.pieces,
            first_lately=date.fromisoformat(row.first_day),
            noted=False,
        )
        for row in conn.execute(PACES, facts)
        if row.pieces > 0
    }


class NamedArticle(NamedTuple):
    """An article of the price list, on sale or not."""

    id: int
    sku: str
    name: str


ARTICLES = text("""
    SELECT id, sku, name FROM products WHERE id IN :ids ORDER BY name, id
""").bindparams(bindparam("ids", expanding=True, type_=Big))


def articles(conn: Connection, ids: Collection[int]) -> list[NamedArticle]:
    """Returns the articles with these ids, by name."""
    if not ids:
        return []
    return [NamedArticle(*row) for row in conn.execute(ARTICLES, {"ids": sorted(ids)})]
