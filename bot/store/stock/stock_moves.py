"""The latest movements of one article in a member's stock, of all kinds together."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Connection, text

__all__ = ["MoveKind", "StockMove", "latest"]

MoveKind: TypeAlias = Literal["bought", "delivered", "counted", "found", "sold", "used", "back"]


@dataclass(frozen=True, slots=True)
class StockMove:
    """One movement.

    Attributes:
        quantity: pieces, never below zero; the kind says whether they came or went.
        day: YYYY-MM-DD.
        at: the moment in microseconds, by which those of one day are sorted.
        source: the number of the note, or of the sale.
        document: the office's number of a delivery.
        expected: pieces that should have been there when they were counted.
    """

    kind: MoveKind
    quantity: int
    day: str
    at: int
    source: int
    document: str
    expected: int


NOTES = text("""
    SELECT kind, quantity, day, noted_at, id, document, expected FROM stock_notes
    WHERE member_id = :member_id AND product_id = :product_id AND undone_at IS NULL
    ORDER BY day DESC, noted_at DESC, id DESC LIMIT :limit
""")

SALES = text("""
    SELECT CASE WHEN s.customer_id IS NULL THEN 'used' ELSE 'sold' END, l.quantity, s.sold_on,
      s.logged_at, s.id, '' AS document, 0 AS expected
    FROM sales AS s JOIN sale_lines AS l ON l.sale_id = s.id
    WHERE s.seller_id = :member_id AND l.product_id = :product_id
      AND s.status IN ('waiting', 'approved')
    ORDER BY s.sold_on DESC, s.logged_at DESC, s.id DESC LIMIT :limit
""")

BACK = text("""
    SELECT 'back', p.quantity - p.damaged, r.came_on, r.asked_at, s.id, '' AS document,
      0 AS expected
    FROM sales AS s JOIN returns AS r ON r.sale_id = s.id
      JOIN return_lines AS p ON p.return_id = r.id
      JOIN sale_lines AS l ON l.id = p.sale_line_id
    WHERE s.seller_id = :member_id AND l.product_id = :product_id
      AND s.status IN ('waiting', 'approved') AND r.state IN ('waiting', 'confirmed')
      AND p.quantity > p.damaged
    ORDER BY r.came_on DESC, r.asked_at DESC, p.id DESC LIMIT :limit
""")


def latest(conn: Connection, member_id: int, product_id: int, limit: int) -> list[StockMove]:
    """Returns the latest movements of an article, the newest first."""
    facts = {"member_id": member_id, "product_id": product_id, "limit": limit}
    found = [
        StockMove(*row)
        for statement in (NOTES, SALES, BACK)
        for row in conn.execute(statement, facts)
    ]
    return sorted(found, key=lambda move: (move.day, move.at), reverse=True)[:limit]
