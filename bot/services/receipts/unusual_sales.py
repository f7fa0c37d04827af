"""Finds what is unusual about a sale that waits."""

from collections import Counter
from typing import Final

from sqlalchemy import Connection

from bot.core.receipts.unusual import UnusualQuantity, is_far_above, usual_quantity
from bot.store.receipts import past_quantities
from bot.store.sales import sales
from bot.store.sales.sales import Sale

__all__ = ["Past"]

SALES_MAX: Final = 100
"""How many of the seller's latest approved sales count as the past."""

LINES_MAX: Final = 50
"""How many of an article's latest approved lines count as the past."""


class Past:
    """What was sold before, read once for each seller and article."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._of_seller: dict[int, dict[int, int]] = {}
        self._of_article: dict[int, int] = {}

    def unusual(self, sale: Sale) -> tuple[UnusualQuantity, ...]:
        """Returns the articles of a sale whose quantity is far above the past."""
        pieces: Counter[int] = Counter()
        names: dict[int, str] = {}
        for line in sales.lines_of(self._conn, sale.id):
            pieces[line.product_id] += line.quantity
            names[line.product_id] = line.name
        found = []
        for product_id, quantity in pieces.items():
            most = self._seller_most(sale.seller_id).get(product_id, 0)
            usual = self._usual(product_id)
            if is_far_above(quantity, most, usual):
                found.append(UnusualQuantity(names[product_id], quantity, most, usual))
        return tuple(found)

    def _seller_most(self, seller_id: int) -> dict[int, int]:
        if seller_id not in self._of_seller:
            most = past_quantities.seller_most(self._conn, seller_id, SALES_MAX)
            self._of_seller[seller_id] = most
        return self._of_seller[seller_id]

    def _usual(self, product_id: int) -> int:
        if product_id not in self._of_article:
            past = past_quantities.of_article(self._conn, product_id, LINES_MAX)
            self._of_article[product_id] = usual_quantity(past)
        return self._of_article[product_id]
