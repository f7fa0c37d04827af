"""The made-up sellers: each has another idea of why people buy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from random import Random

from bench.forecast.chance_buyers import alike, memoryless
from bench.forecast.households import churner, household, payday_household
from bench.forecast.occasions import (
    hamper_office,
    lebaran_guest,
    rain_drinker,
    school_family,
    stall_guest,
    wedding,
)
from bench.forecast.seasons import DAY
from bench.forecast.shelf import shelf
from bench.forecast.stage import Shopper, Stage
from bot.core.customers.purchases import Purchase

__all__ = ["SELLERS", "Company", "Expected", "Seller", "company"]

STARTS = date(2024, 1, 1)
MONTHS_MIN, MONTHS_MAX = 18, 24
MONTH_DAYS = 365 / 12
CUSTOMERS_MIN, CUSTOMERS_MAX = 30, 300
IDS = range(1_000, 100_000)
JUDGED_DAYS = 20
JUDGED_MONTHS = 8
SEEN_DAYS = 14


class Expected(Enum):
    """What is asked of a list for such customers, beside chance and the longest silent first."""

    BETTER = "better"
    NOT_WORSE = "not worse"
    AS_CHANCE = "as chance"


@dataclass(frozen=True, slots=True)
class Seller:
    """One idea of why people buy.

    Attributes:
        name: in the tables.
        expected: better where there is a rhythm, as chance where nothing can be known.
        shares: the kinds of customers, each with its weight.
    """

    name: str
    expected: Expected
    shares: Mapping[Shopper, int]


@dataclass(frozen=True, slots=True)
class Company:
    """All that the customers of one seller bought, also what the future holds.

    Attributes:
        seller: its name.
        purchases: by day; the ids of customers and products are drawn at random.
        lasts: by product, how many days a piece is said to last; some are missing.
        days: on which the list is judged, each with at least two known weeks after it.
        last: the last day that is known.
        kinds: by customer, the name of what they are; never shown to a list.
    """

    seller: str
    purchases: tuple[Purchase, ...]
    lasts: Mapping[int, int]
    days: tuple[date, ...]
    last: date
    kinds: Mapping[int, str]


SELLERS = (
    Seller("households", Expected.BETTER, {household: 1}),
    Seller("payday", Expected.BETTER, {payday_household: 1}),
    Seller("seasons", Expected.BETTER, {rain_drinker: 45, lebaran_guest: 35, school_family: 20}),
    Seller("churners", Expected.BETTER, {churner: 1}),
    Seller("stalls", Expected.BETTER, {stall_guest: 85, household: 15}),
    Seller(
        "mixed",
        Expected.BETTER,
        {
            household: 36,
            payday_household: 12,
            churner: 13,
            stall_guest: 14,
            memoryless: 11,
            lebaran_guest: 4,
            rain_drinker: 4,
            school_family: 2,
            wedding: 3,
            hamper_office: 1,
        },
    ),
    Seller("weddings", Expected.NOT_WORSE, {wedding: 65, hamper_office: 20, memoryless: 15}),
    Seller("memoryless", Expected.NOT_WORSE, {memoryless: 1}),
    Seller("alike", Expected.AS_CHANCE, {alike: 1}),
)


def company(seller: Seller, seed: int, size: int | None = None) -> Company:
    """Returns a company, the same for the same seed.

    Args:
        seller: why its customers buy.
        seed: of all chance.
        size: how many customers; by default any of `CUSTOMERS_MIN` to `CUSTOMERS_MAX`, as often
            a small one as a large one.
    """
    chance = Random(f"{seller.name} {seed}")
    count = size or round(CUSTOMERS_MIN * (CUSTOMERS_MAX / CUSTOMERS_MIN) ** chance.random())
    first = STARTS + chance.randrange(365) * DAY
    length = round(chance.uniform(MONTHS_MIN, MONTHS_MAX) * MONTH_DAYS)
    stage = Stage(first, first + length * DAY, shelf(chance))
    shoppers = chance.choices(list(seller.shares), list(seller.shares.values()), k=count)
    kinds = dict(zip(chance.sample(IDS, count), shoppers, strict=True))
    bought = [each for key, shopper in kinds.items() for each in _of(key, shopper, stage, chance)]
    return Company(
        seller.name,
        tuple(sorted(bought, key=lambda x: (x.day, x.customer_id, x.product_id))),
        {each.product_id: each.said for each in stage.goods.values() if each.said},
        tuple(_judged(stage.last, chance)),
        stage.last,
        {key: shopper.__name__ for key, shopper in kinds.items()},
    )


def _of(customer_id: int, shopper: Shopper, stage: Stage, chance: Random) -> Iterator[Purchase]:
    """Yield what one customer bought, one purchase for each article of a day."""
    pieces: dict[tuple[int, date], int] = {}
    for each in shopper(stage, chance):
        if stage.first <= each.day <= stage.last:
            key = stage.goods[each.kind].product_id, each.day
            pieces[key] = pieces.get(key, 0) + each.quantity
    for (product_id, day), quantity in pieces.items():
        yield Purchase(customer_id, product_id, quantity, day)


def _judged(last: date, chance: Random) -> Iterator[date]:
    """Yield days spread over the last months, one from each of equal stretches."""
    length = round(JUDGED_MONTHS * MONTH_DAYS) - SEEN_DAYS
    first = last - (length + SEEN_DAYS - 1) * DAY
    for place in range(JUDGED_DAYS):
        begins, ends = (length * each // JUDGED_DAYS for each in (place, place + 1))
        yield first + chance.randrange(begins, ends) * DAY
