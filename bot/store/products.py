"""The price list."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from bot.core.products import Product

__all__ = ["catalogue", "favourites"]

CATALOGUE = text("""
    SELECT id, sku, name, member_price, retail_price, points, bonus_value, category
    FROM products WHERE active = 1 ORDER BY name, id
""")

FAVOURITES = text("""
    SELECT l.product_id, max(l.sale_id) AS latest, count(*) AS times
    FROM sale_lines AS l
    WHERE l.sale_id IN (SELECT s.id FROM sales AS s WHERE s.seller_id = :seller_id
                        ORDER BY s.id DESC LIMIT :sales)
    GROUP BY l.product_id ORDER BY times DESC, latest DESC LIMIT :limit
""")

SALES_LOOKED_AT = 30


def catalogue(conn: Connection) -> tuple[Product, ...]:
    """All articles that are sold now, by name."""
    return tuple(Product(*row) for row in conn.execute(CATALOGUE))


def favourites(conn: Connection, seller_id: int, limit: int) -> Sequence[int]:
    """The ids of what this member sold most in the latest sales."""
    facts = {"seller_id": seller_id, "sales": SALES_LOOKED_AT, "limit": limit}
    return [row.product_id for row in conn.execute(FAVOURITES, facts)]
