"""Shared by the tests on both engines: units of work as tests, and a small company.

The code is the same on both engines; members and sales are entered through the store itself.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, Row

from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine, totals
from bot.store.db.database import Database
from bot.store.members import members, people
from bot.store.products import price_list, products
from bot.store.sales import sales
from bot.store.team import sizes

__all__ = [
    "ACCOUNT",
    "DAY",
    "MONTH",
    "START",
    "ZONE",
    "in_transaction",
    "join",
    "of_one_kind",
    "sell",
    "stock",
]

START = datetime(2026, 11, 1, 2, tzinfo=UTC)
DAY = timedelta(days=1)
MONTH = "2026-11"
ZONE = "Asia/Makassar"
ACCOUNT = 7_000_000_000
"""Telegram's numbers have long outgrown 32 bits."""

ARTICLES = (
    price_list.ListedProduct("SABUN", "Sabun Sereh", 40_000, 50_000, 5, 40_000, "perawatan"),
    price_list.ListedProduct("TEH", "Teh Hijau", 20_000, 25_000, 3, 20_000, "minuman"),
)


def in_transaction(unit: Callable[[Connection], None]) -> Callable[[Database], Awaitable[None]]:
    """Returns a test that runs this unit of work in one transaction, on each engine."""

    async def test(database: Database) -> None:
        await database.write(unit)

    return test


def join(conn: Connection, sponsors: Sequence[int | None], first: int = 1) -> list[int]:
    """Members 1, 2, 3 … with these sponsors, whose accounts are ACCOUNT + 1, + 2, + 3 …."""
    ids = []
    for place, sponsor_id in enumerate(sponsors, first):
        people.meet(conn, ACCOUNT + place, "id", START)
        member_id = members.add(
            conn,
            consents=(("earnings", "1", START),),
            reference=f"join{place}",
            user_id=ACCOUNT + place,
            code=f"C{place:07d}",
            sponsor_id=sponsor_id,
            name=f"Mitra Ke-{place}",
            title="Ibu",
            phone=f"+62811000{place:05d}",
            phone_verified=place % 2 == 0,
            province="sulawesi-selatan",
            zone=ZONE,
            birth_year=1978,
            joined_at=START,
        )
        sizes.joined(conn, member_id, sponsor_id, MONTH)
        ids.append(member_id)
    return ids


def stock(conn: Connection) -> tuple[Product, ...]:
    """Enter a price list of two articles and return its products."""
    price_list.apply_list(conn, ARTICLES, START)
    return products.catalogue(conn)


def sell(
    conn: Connection,
    seller_id: int,
    product: Product,
    *,
    reference: str = "sale",
    customer_id: int | None = None,
    sold_on: str = "2026-11-02",
    period: str = MONTH,
    photo_key: str = "",
    photo_id: str = "",
) -> int:
    """Enter a sale of two pieces at the retail price; returns its id."""
    lines = [SaleLine(product, 2, 2 * product.retail_price)]
    return sales.add(
        conn,
        lines,
        totals(lines),
        reference=reference,
        seller_id=seller_id,
        customer_id=customer_id,
        sold_on=sold_on,
        period=period,
        invoice="",
        photo_id=photo_id,
        photo_key=photo_key,
        photo_kind="",
        logged_at=START + DAY,
    )


def of_one_kind(*values: object) -> None:
    """Assert that numbers are whole and times have a zone, however the engine stores them."""
    for value in values:
        assert not isinstance(value, (Decimal, float)), f"{value!r} is no whole number"
        if isinstance(value, datetime):
            assert value.tzinfo is not None, f"{value!r} has no zone"
        of_one_kind(*_inside(value))


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, Row):
        return tuple(value)
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, (list, tuple)):
        return value
    if is_dataclass(value):
        return [getattr(value, each.name) for each in fields(value)]
    return ()
