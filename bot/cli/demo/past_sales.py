"""The sales of the demo company before the demo starts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.cli.demo.cast import ADMIN_ID
from bot.company import Company
from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_of
from bot.core.customers.customer_keys import name_key
from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine, totals
from bot.services.sales import decision
from bot.store.customers import customers
from bot.store.sales import sales

__all__ = ["PastSale", "add_past_sales"]

INVOICELESS_IN_TEN: Final = 4
REJECTED_IN_HUNDRED: Final = 2
WAITING_DAYS: Final = 2
"""Sales of the last days still wait for the office, so that it has work."""

CUSTOMERS: Final = 16
"""How many customers a seller has in the end."""

GAP_DAYS: Final = (11.0, 38.0)
"""How often a customer usually buys; each has a rhythm."""

NEW_BUYER: Final = (0.6, 1.1)
"""How much a new buyer presses, beside one who has waited as long as usual."""

BUYERS: Final = (
    "Bu Ani", "Pak Hamid", "Bu Rosmini", "Kak Tika", "Bu Lina", "Pak Jufri", "Bu Marni",
    "Mbak Ratna", "Bu Haji Saleha", "Pak RT Burhan", "Bu Guru Ida", "Kak Ayu", "Bu Tati",
    "Pak Gunawan", "Bu Yanti", "Warung Bu Nur", "Bu Endang", "Pak Made", "Bu Erna", "Kak Sinta",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastSale:
    """One sale in the past.

    Attributes:
        at: the moment at which it was logged.
        place: the index of the seller in the cast.
        number: the number of the sale among the seller's own.
        seller_id: the seller's id in the database.
    """

    at: datetime
    place: int
    number: int
    seller_id: int


def add_past_sales(
    conn: Connection,
    company: Company,
    chance: random.Random,
    shelf: Sequence[Product],
    sold: PastSale,
    served: dict[tuple[int, str], datetime],
    now: datetime,
) -> None:
    """Add one sale, and the decision of the office; `served` has each buyer's last one."""
    buyer = _due(chance, sold, served)
    served[sold.place, buyer] = sold.at
    taste = random.Random(f"{sold.place} {buyer}")  # noqa: S311 - the same in each demo
    lines = _lines(chance, shelf, taste)
    invoice = chance.randint(1, 10) > INVOICELESS_IN_TEN
    day = local_day(sold.at, company.time_zone)
    sale_id = sales.add(
        conn,
        lines,
        totals(lines),
        reference=f"demo:sale:{sold.place}:{sold.number}",
        seller_id=sold.seller_id,
        customer_id=customers.add(conn, sold.seller_id, buyer, name_key(buyer), sold.at),
        sold_on=day.isoformat(),
        period=period_of(day, company.time_zone),
        invoice=f"INV-{chance.randint(10_000, 99_999)}" if invoice else "",
        photo_id="",
        photo_key="",
        photo_kind="",
        logged_at=sold.at,
    )
    if sold.at < now - timedelta(days=WAITING_DAYS):
        verdict = "rejected" if chance.randint(1, 100) <= REJECTED_IN_HUNDRED else "approved"
        decided_at = min(sold.at + timedelta(hours=chance.randint(2, 20)), now)
        decision.decide(conn, sale_id, "waiting", verdict, ADMIN_ID, decided_at, plan=company.plan)


def _due(chance: random.Random, sold: PastSale, served: dict[tuple[int, str], datetime]) -> str:
    """Returns the buyer who has waited longest by their rhythm, or the next new one."""
    first = sold.place * 3
    names = [BUYERS[(first + place) % len(BUYERS)] for place in range(CUSTOMERS)]

    def waited(buyer: str) -> float:
        rhythm = random.Random(f"{buyer} {sold.place}")  # noqa: S311 - the same in each demo
        usual = timedelta(days=rhythm.uniform(*GAP_DAYS))
        last = served.get((sold.place, buyer))
        return chance.uniform(*NEW_BUYER) if last is None else (sold.at - last) / usual

    return max(names, key=waited)


def _lines(
    chance: random.Random, shelf: Sequence[Product], taste: random.Random
) -> tuple[SaleLine, ...]:
    """Returns one to three of the buyer's own articles, mostly at the recommended price."""
    liked = taste.sample(shelf, 3)
    usual = taste.choice((1, 1, 2, 2, 3))
    chosen = liked[: chance.choice((1, 1, 1, 2, 2, 3))]
    lines = []
    for product in chosen:
        quantity = chance.choice((usual, usual, usual, usual, 1, 5))
        rebate = chance.choice((0, 0, 0, 1_000, 2_000))
        lines.append(SaleLine(product, quantity, (product.retail_price - rebate) * quantity))
    return tuple(lines)
