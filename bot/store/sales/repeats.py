"""Finds a sale that is the same as another, and the sale that a photo already proves."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from bot.core.sales.sales import SaleLine
from bot.store.sales import sales

__all__ = ["PhotoUse", "photo_use", "twin"]


@dataclass(frozen=True, slots=True)
class PhotoUse:
    """The sale that a photo proves already."""

    sale_id: int
    seller_id: int


SAME_DAY = text("""
    SELECT id FROM sales
    WHERE seller_id = :seller_id AND sold_on = :sold_on AND status IN ('waiting', 'approved')
      AND coalesce(customer_id, 0) = :customer_id AND id <> :besides
    ORDER BY id DESC
""")

PHOTO_USE = text("""
    SELECT id, seller_id FROM sales
    WHERE photo_key <> '' AND photo_key = :photo_key AND status IN ('waiting', 'approved')
      AND id <> :besides
    ORDER BY id LIMIT 1
""")


def twin(
    conn: Connection,
    seller_id: int,
    sold_on: str,
    customer_id: int | None,
    lines: Sequence[SaleLine],
    besides: int = 0,
) -> int | None:
    """Returns the id of the latest sale of the same items to the same buyer on the same day.

    The sale with the id `besides` is left out.
    """
    facts = {"seller_id": seller_id, "sold_on": sold_on, "besides": besides}
    facts |= {"customer_id": customer_id or 0}
    wanted = sorted((line.product.id, line.quantity) for line in lines)
    same_day: list[int] = list(conn.execute(SAME_DAY, facts).scalars())
    for sale_id in same_day:
        found = sorted((line.product_id, line.quantity) for line in sales.lines_of(conn, sale_id))
        if found == wanted:
            return sale_id
    return None


def photo_use(conn: Connection, photo_key: str, besides: int = 0) -> PhotoUse | None:
    """Returns the first sale that counts or waits with this photo as proof, but not `besides`."""
    row = conn.execute(PHOTO_USE, {"photo_key": photo_key, "besides": besides}).one_or_none()
    return None if row is None else PhotoUse(row.id, row.seller_id)
