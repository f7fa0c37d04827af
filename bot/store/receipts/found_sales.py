"""Finds sales of any seller by day, by seller and by the buyer's name; the latest day first.

Each search walks one index. A page ends at a sale, and the next one begins below it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Words

__all__ = ["FoundSale", "Page", "members_coded", "of_buyers", "of_seller", "on_days"]


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a search that is wanted.

    Attributes:
        first: the first day, YYYY-MM-DD.
        last: the last day.
        below: of the last day only sales with a lower id.
        rows: the number of sales.
    """

    first: str
    last: str
    below: int
    rows: int


@dataclass(frozen=True, slots=True, order=True)
class FoundSale:
    """The day (YYYY-MM-DD) and the id of a sale."""

    sold_on: str
    id: int


ON_DAYS = text("""
    SELECT sold_on, id FROM sales
    WHERE sold_on >= :first AND sold_on <= :last AND (sold_on < :last OR id < :below)
    ORDER BY sold_on DESC, id DESC LIMIT :rows
""")

OF_SELLER = text("""
    SELECT sold_on, id FROM sales
    WHERE seller_id = :seller_id AND sold_on >= :first AND sold_on <= :last
      AND (sold_on < :last OR id < :below)
    ORDER BY sold_on DESC, id DESC LIMIT :rows
""")

# A name that was put together with another one means the sales of both. CROSS JOIN makes SQLite
# begin with the few customers of that name.
OF_BUYERS = text("""
    SELECT s.sold_on AS sold_on, s.id AS id
    FROM customers AS c CROSS JOIN sales AS s
    WHERE c.name_key IN :keys AND s.customer_id = c.id
      AND s.sold_on >= :first AND s.sold_on <= :last AND (s.sold_on < :last OR s.id < :below)
    UNION
    SELECT s.sold_on AS sold_on, s.id AS id
    FROM customers AS c CROSS JOIN merged_customers AS m CROSS JOIN sales AS s
    WHERE c.name_key IN :keys AND m.customer_id = c.id AND s.customer_id = m.kept_id
      AND s.sold_on >= :first AND s.sold_on <= :last AND (s.sold_on < :last OR s.id < :below)
    ORDER BY sold_on DESC, id DESC LIMIT :rows
""").bindparams(bindparam("keys", expanding=True, type_=Words))

MEMBERS_CODED = text("""
    SELECT id FROM members WHERE code IN :codes
      AND (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
""").bindparams(bindparam("codes", expanding=True, type_=Words))


def on_days(conn: Connection, page: Page) -> list[FoundSale]:
    """Returns sales of these days."""
    return [FoundSale(*row) for row in conn.execute(ON_DAYS, _facts(page))]


def of_seller(conn: Connection, seller_id: int, page: Page) -> list[FoundSale]:
    """Returns a member's sales of these days."""
    found = conn.execute(OF_SELLER, {**_facts(page), "seller_id": seller_id})
    return [FoundSale(*row) for row in found]


def of_buyers(conn: Connection, keys: Sequence[str], page: Page) -> list[FoundSale]:
    """Returns sales of these days to customers, of any seller, with one of these keys."""
    found = conn.execute(OF_BUYERS, {**_facts(page), "keys": list(keys)})
    return [FoundSale(*row) for row in found]


def members_coded(conn: Connection, codes: Sequence[str]) -> list[int]:
    """Returns the ids of the members with these codes."""
    return list(conn.execute(MEMBERS_CODED, {"codes": list(codes)}).scalars())


def _facts(page: Page) -> dict[str, object]:
    return {
        "first": page.first,
        "last": page.last,
        "below": page.below,
        "rows": page.rows,
    }
