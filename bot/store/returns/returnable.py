"""Finds a seller's sales of which goods may still come back."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Big

__all__ = ["since"]

NOBODY = (0,)
"""In place of an empty list, which no database takes."""

SINCE = text("""
    SELECT s.id FROM sales AS s
    WHERE s.seller_id = :seller_id AND s.sold_on >= :since AND s.status = 'approved'
      AND (:any_buyer = 1 OR s.customer_id IN :buyers)
      AND (:any_product = 1 OR EXISTS (
        SELECT 1 FROM sale_lines AS l WHERE l.sale_id = s.id AND l.product_id IN :products))
      AND s.total > COALESCE((
        SELECT SUM(r.amount) FROM returns AS r
        WHERE r.sale_id = s.id AND r.state IN ('waiting', 'confirmed')), 0)
    ORDER BY s.id DESC LIMIT :limit
""").bindparams(
    bindparam("buyers", expanding=True, type_=Big),
    bindparam("products", expanding=True, type_=Big),
)


def since(
    conn: Connection,
    seller_id: int,
    day: str,
    *,
    buyers: Sequence[int],
    products: Sequence[int],
    limit: int,
) -> list[int]:
    """Returns the ids of sales with goods that may come back, the newest first.

    Args:
        conn: the database.
        seller_id: the seller.
        day: the first day of the sales, as YYYY-MM-DD.
        buyers: ids of customers; empty for all buyers and own use.
        products: ids of articles, of which a sale has at least one; empty for all.
        limit: how many at most.
    """
    wanted = {
        "seller_id": seller_id,
        "since": day,
        "any_buyer": int(not buyers),
        "buyers": list(buyers or NOBODY),
        "any_product": int(not products),
        "products": list(products or NOBODY),
        "limit": limit,
    }
    return list(conn.execute(SINCE, wanted).scalars())
