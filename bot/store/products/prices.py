"""The prices of products, each from its first day on.

The price of a day is the row with the latest first day up to it. `products` also has the price of
today, so that the price list of today is one plain query.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Instant
from bot.store.products import list_version

__all__ = ["PriceTerms", "Terms", "add_all", "apply_due", "decide", "planned", "withdraw"]


@dataclass(frozen=True, slots=True)
class Terms:
    """Prices, points and bonus value of a product; money in rupiah."""

    member_price: int
    retail_price: int
    points: int
    bonus_value: int


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """The terms from a day (YYYY-MM-DD) on."""

    from_day: str
    terms: Terms


# The first price reaches back to a day before any sale, so that every sale finds one.
ADD_FIRST = text("""
    INSERT INTO prices (product_id, from_day, member_price, retail_price, points, bonus_value,
                        decided_at)
    SELECT p.id, '2000-01-01', p.member_price, p.retail_price, p.points, p.bonus_value,
      CAST(:at AS BIGINT)
    FROM products AS p
    WHERE p.id = :product_id
      AND NOT EXISTS (SELECT 1 FROM prices AS r WHERE r.product_id = p.id)
""").bindparams(bindparam("at", type_=Instant))

DECIDE = text("""
    INSERT INTO prices (product_id, from_day, member_price, retail_price, points, bonus_value,
                        decided_at, decided_by)
    VALUES (:product_id, :from_day, :member_price, :retail_price, :points, :bonus_value,
            :at, :by)
    ON CONFLICT (product_id, from_day) DO UPDATE SET
      member_price = excluded.member_price, retail_price = excluded.retail_price,
      points = excluded.points, bonus_value = excluded.bonus_value,
      decided_at = excluded.decided_at, decided_by = excluded.decided_by
""").bindparams(bindparam("at", type_=Instant))

PLANNED = text("""
    SELECT from_day, member_price, retail_price, points, bonus_value FROM prices
    WHERE product_id = :product_id AND from_day > :today ORDER BY from_day
""")

WITHDRAW = text("""
    DELETE FROM prices
    WHERE product_id = :product_id AND from_day = :from_day AND from_day > :today
""")

APPLY_DUE = text("""
    UPDATE products SET member_price = r.member_price, retail_price = r.retail_price,
      points = r.points, bonus_value = r.bonus_value
    FROM prices AS r
    WHERE r.product_id = products.id
      AND r.from_day = (SELECT max(x.from_day) FROM prices AS x
                        WHERE x.product_id = products.id AND x.from_day <= :today)
      AND (r.member_price <> products.member_price OR r.retail_price <> products.retail_price
           OR r.points <> products.points OR r.bonus_value <> products.bonus_value)
""")


def decide(
    conn: Connection,
    product_id: int,
    price: PriceTerms,
    *,
    by: int | None,
    at: datetime,
    today: date,
) -> None:
    """Store terms from their day on, in place of those decided for the same day."""
    conn.execute(ADD_FIRST, {"product_id": product_id, "at": at})
    facts = {"product_id": product_id, "from_day": price.from_day, "by": by, "at": at}
    conn.execute(DECIDE, {**facts, **asdict(price.terms)})
    list_version.change(conn)
    if price.from_day <= today.isoformat():
        apply_due(conn, today)


def add_all(
    conn: Connection,
    decided: Mapping[int, Terms],
    from_day: str,
    at: datetime,
    *,
    new: bool = True,
) -> None:
    """Store the terms of many products from one day on; the caller updates `products`.

    Args:
        conn: the connection.
        decided: the terms of each product, by id.
        from_day: the first day, YYYY-MM-DD.
        at: the current time.
        new: whether the products had no price before.
    """
    if not decided:
        return
    if not new:
        conn.execute(ADD_FIRST, [{"product_id": product_id, "at": at} for product_id in decided])
    facts = {"from_day": from_day, "by": None, "at": at}
    rows = [
        {**facts, "product_id": product_id, **asdict(terms)}
        for product_id, terms in decided.items()
    ]
    conn.execute(DECIDE, rows)
    list_version.change(conn)


def planned(conn: Connection, product_id: int, today: date) -> tuple[PriceTerms, ...]:
    """Returns the terms decided for future days, the earliest first."""
    rows = conn.execute(PLANNED, {"product_id": product_id, "today": today.isoformat()})
    return tuple(PriceTerms(row.from_day, Terms(*row[1:])) for row in rows)


def withdraw(conn: Connection, product_id: int, from_day: str, today: date) -> bool:
    """Withdraw the terms for a future day; returns False if there are none."""
    facts = {"product_id": product_id, "from_day": from_day, "today": today.isoformat()}
    withdrawn = conn.execute(WITHDRAW, facts).rowcount == 1
    if withdrawn:
        list_version.change(conn)
    return withdrawn


def apply_due(conn: Connection, today: date) -> int:
    """Copy the prices of today into `products`; returns the number of products changed."""
    changed = conn.execute(APPLY_DUE, {"today": today.isoformat()}).rowcount
    if changed or not list_version.current(conn):
        list_version.change(conn)
    return changed
