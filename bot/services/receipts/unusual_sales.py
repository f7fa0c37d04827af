"""Finds what is unusual about a sale that waits."""

from collections import Counter
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.core.members.people import masked_name
from bot.core.receipts.sale_signs import (
    LowPrice,
    OtherSale,
    PhotoUncompared,
    SaleSigns,
    is_far_below_list,
)
from bot.core.receipts.unusual import UnusualQuantity, is_far_above, usual_quantity
from bot.core.sales.sales import receipt_number
from bot.store.receipts import past_quantities, photo_digests, shared_buyers, waiting_queue
from bot.store.receipts.photo_digests import NOT_HAD
from bot.store.sales import sales
from bot.store.sales.sales import Sale, SaleLineRow

__all__ = ["Signs"]

SALES_MAX: Final = 100
"""How many of the seller's latest approved sales count as the past."""

LINES_MAX: Final = 50
"""How many of an article's latest approved lines count as the past."""

SAME_BUYER_DAYS: Final = 31
"""Within so many days a buyer of two sellers is a sign; later on a customer has moved."""


class Signs:
    """What is unusual about sales; the past is read once for each seller and article.

    Args:
        conn: the transaction.
        price_percent: below how many percent of the list price an article is far below it.
    """

    def __init__(self, conn: Connection, price_percent: int) -> None:
        self._conn = conn
        self._price_percent = price_percent
        self._of_seller: dict[int, dict[int, int]] = {}
        self._of_article: dict[int, int] = {}

    def of(self, sale: Sale) -> SaleSigns:
        """Returns why a sale is looked at alone, if there is a reason."""
        lines = sales.lines_of(self._conn, sale.id)
        return SaleSigns(
            same_photo=self._same_photo(sale),
            same_buyer=self._same_buyer(sale),
            prices=self._low_prices(sale, lines),
            quantities=self._quantities(sale, lines),
            uncompared=self._uncompared(sale),
        )

    def _same_photo(self, sale: Sale) -> OtherSale | None:
        if not sale.photo_key:
            return None
        found = photo_digests.same_as(self._conn, sale.id, sale.photo_key)
        return None if found is None else _other(found.sale_id, found.seller_name)

    def _uncompared(self, sale: Sale) -> PhotoUncompared:
        if not sale.photo_id:
            return ""
        digest = photo_digests.of_sale(self._conn, sale.id)
        if digest is None:
            return "waits"
        return "gone" if digest == NOT_HAD else ""

    def _same_buyer(self, sale: Sale) -> OtherSale | None:
        """Returns a sale of another seller to the same number; a name alone is no sign."""
        if sale.customer_id is None:
            return None
        day, near = date.fromisoformat(sale.sold_on), timedelta(days=SAME_BUYER_DAYS)
        found = shared_buyers.elsewhere(
            self._conn,
            shared_buyers.numbers_of(self._conn, sale.customer_id),
            sale.seller_id,
            (day - near).isoformat(),
            (day + near).isoformat(),
        )
        return None if found is None else _other(found.sale_id, found.seller_name)

    def _low_prices(self, sale: Sale, lines: list[SaleLineRow]) -> tuple[LowPrice, ...]:
        if sale.customer_id is None:  # for own use it was sold at the member price
            return ()
        listed = waiting_queue.list_amounts(self._conn, sale.id)
        return tuple(
            LowPrice(line.name, line.quantity, line.amount, each)
            for line, each in zip(lines, listed, strict=True)
            if is_far_below_list(line.amount, each, self._price_percent)
        )

    def _quantities(self, sale: Sale, lines: list[SaleLineRow]) -> tuple[UnusualQuantity, ...]:
        pieces: Counter[int] = Counter()
        names: dict[int, str] = {}
        for line in lines:
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


def _other(sale_id: int, seller_name: str) -> OtherSale:
    return OtherSale(receipt_number(sale_id), masked_name(seller_name))
