"""How many pieces of an article were sold at once before."""

from sqlalchemy import Connection, text

__all__ = ["of_article", "seller_most"]

SELLER_MOST = text("""
    SELECT product_id, CAST(max(pieces) AS BIGINT) AS most
    FROM (SELECT l.sale_id, l.product_id, sum(l.quantity) AS pieces
          FROM (SELECT id FROM sales WHERE seller_id = :seller_id AND status = 'approved'
                ORDER BY id DESC LIMIT :limit) AS latest
            JOIN sale_lines AS l ON l.sale_id = latest.id
          GROUP BY l.sale_id, l.product_id) AS sold
    GROUP BY product_id
""")

OF_ARTICLE = text("""
    SELECT l.quantity FROM sale_lines AS l JOIN sales AS s ON s.id = l.sale_id
    WHERE l.product_id = :product_id AND s.status = 'approved'
    ORDER BY l.id DESC LIMIT :limit
""")


def seller_most(conn: Connection, seller_id: int, latest: int) -> dict[int, int]:
    """Returns the most pieces of each product in one of a seller's latest approved sales."""
    rows = conn.execute(SELLER_MOST, {"seller_id": seller_id, "limit": latest})
    return {row.product_id: row.most for row in rows}


def of_article(conn: Connection, product_id: int, latest: int) -> list[int]:
    """Returns the quantities of a product in its latest approved lines, the newest first."""
    facts = {"product_id": product_id, "limit": latest}
    return list(conn.execute(OF_ARTICLE, facts).scalars())
