"""The sales of made-up members: forty of a hundred sell in a month, most a little, some a lot.

Three of ten sell every month, in amounts that are distributed like incomes; one in six of the
others sells now and then. A seller has a handful of regular customers. Sales are made day by day,
so that their ids are in the order of time.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.cli.demo.crowd import random_name
from bot.cli.seed.baskets import BASKET_BITS, Basket
from bot.cli.seed.company_spec import MICROSECONDS, CompanySpec, micros
from bot.cli.seed.counting import Own
from bot.cli.seed.made_up_people import Joining
from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_bounds
from bot.core.customers.customer_keys import name_key
from bot.store.seed.seed_copy import SeedRow

__all__ = ["Market", "SeedMonth"]

REGULAR_PERCENT: Final = 30
CASUAL_PERCENT: Final = 17
SKEW: Final = -0.8
STRENGTH_MIN: Final = 3
STRENGTH_MAX: Final = 200
SIXTHS: Final = (2, 3, 3, 4)
"""Sales for six lines, drawn for each seller: three, two, or one to two lines in a sale."""

CUSTOMER_NAMES: Final = 60
CUSTOMERS_MAX: Final = 12
SALES_PER_CUSTOMER: Final = 3
OPENS: Final = time(8)
OPEN_SECONDS: Final = 12 * 3600
PAUSE: Final = 60 * MICROSECONDS
BATCH_SALES: Final = 50_000


@dataclass(frozen=True, slots=True)
class SeedMonth:
    """The sellers of a month, and how much each sells.

    Attributes:
        period: the month.
        days: the days with sales, each with its opening moment in microseconds.
        sellers: the ids of the sellers.
        lines: the count of lines of each seller.
        sales: the count of sales of each seller.
        phases: an offset of each seller, so that not all sell on the same days.
        own: what each member has sold so far.
    """

    period: str
    days: list[tuple[str, int]]
    sellers: "array[int]"
    lines: "array[int]"
    sales: "array[int]"
    phases: "array[int]"
    own: Own


class Market:
    """All customers and sales, month after month."""

    def __init__(self, spec: CompanySpec, joining: Joining, shelf: Sequence[Basket]) -> None:
        self._spec = spec
        self._joining = joining
        self._last = micros(spec.until) - 1
        self._chance = spec.chance("sales")
        self._shelf = shelf
        self._names = self._customer_names()
        self._strengths = array("B", (self._strength() for _ in range(spec.members + 1)))
        self._first_customer = array("q", bytes(8 * (spec.members + 1)))
        self._customers = array("B", bytes(spec.members + 1))
        self._customers_so_far = 0
        self._sales_so_far = 0
        self._profits = array("q", bytes(8 * (spec.members + 1)))

    def open(self, period: str, lines: int) -> SeedMonth:
        """Choose the sellers of a month and distribute the lines among them."""
        opening = micros(period_bounds(period, self._spec.time_zone)[0])
        there = max(self._joining.before(opening), 1)
        sellers, weights = self._sellers(there)
        shares = _shares(lines, weights)
        month = SeedMonth(
            period=period,
            days=_days(period, self._spec),
            sellers=array("q"),
            lines=array("q"),
            sales=array("q"),
            phases=array("B"),
            own=Own(self._spec.members),
        )
        bits = self._chance.getrandbits
        for seller, share in zip(sellers, shares, strict=True):
            if share:
                month.sellers.append(seller)
                month.lines.append(share)
                month.sales.append(-(-share * SIXTHS[bits(2)] // 6))
                month.phases.append(bits(8) % len(month.days))
        return month

    def new_customers(self, month: SeedMonth) -> Iterator[SeedRow]:
        """Yield rows for the customers of members who sell for the first time."""
        begin = month.days[0][1]
        for seller, sales in zip(month.sellers, month.sales, strict=True):
            if self._customers[seller]:
                continue
            count = min(1 + sales // SALES_PER_CUSTOMER, CUSTOMERS_MAX)
            first = self._customers_so_far + 1
            self._first_customer[seller], self._customers[seller] = first, count
            self._customers_so_far += count
            for number in range(count):
                name, key = self._names[(seller * 7 + number) % CUSTOMER_NAMES]
                yield first + number, seller, name, key, begin

    def day(self, month: SeedMonth, place: int) -> Iterator[list[SeedRow]]:
        """Yield the sales of a day in batches, as rows for `add_sales`."""
        _, opens = month.days[place]
        days, sellers = len(month.days), len(month.sellers)
        sold: list[SeedRow] = []
        for number in range(sellers):
            count, phase = month.sales[number], month.phases[number]
            first = (count * place + phase) // days
            upto = (count * (place + 1) + phase) // days
            if first == upto:
                continue
            at = opens + OPEN_SECONDS * number // sellers * MICROSECONDS
            self._sell(month, number, range(first, upto), at, sold)
            if len(sold) >= BATCH_SALES:
                yield sold
                sold = []
        yield sold

    def profits(self) -> Iterator[tuple[int, int]]:
        """Yield member id and profit of all who have ever sold."""
        for seller, profit in enumerate(self._profits):
            if self._customers[seller]:
                yield seller, profit

    def _sell(
        self, month: SeedMonth, number: int, numbers: range, at: int, sold: list[SeedRow]
    ) -> None:
        """Add the sales with these numbers of one seller to the batch."""
        seller, count, share = month.sellers[number], month.sales[number], month.lines[number]
        shift = month.phases[number] % count
        customers, first_customer = self._customers[seller], self._first_customer[seller]
        bits, shelf, last = self._chance.getrandbits, self._shelf, self._last
        charged = goods = points = bonus = 0
        sale_id = self._sales_so_far
        for each in numbers:
            sale_id += 1
            size = ((each + 1) * share + shift) // count - (each * share + shift) // count
            basket = shelf[(size - 1) << BASKET_BITS | bits(BASKET_BITS)]
            charged += basket[1]
            goods += basket[2]
            points += basket[3]
            bonus += basket[4]
            customer = first_customer + each % customers
            sold.append((sale_id, seller, customer, basket[0], min(last, at)))
            at += PAUSE
        self._sales_so_far = sale_id
        own = month.own
        own.sales[seller] += charged
        own.points[seller] += points
        own.profit[seller] += charged - goods
        own.count[seller] += len(numbers)
        own.bonus[seller] += bonus
        self._profits[seller] += charged - goods

    def _sellers(self, there: int) -> tuple["array[int]", "array[int]"]:
        """Choose the sellers among the first members; returns their ids and weights."""
        chance, strengths = self._chance.random, self._strengths
        sellers, weights = array("q"), array("B")
        for member_id in range(1, there + 1):
            strength = strengths[member_id]
            if strength or chance() * 100 < CASUAL_PERCENT:
                sellers.append(member_id)
                weights.append(strength or 1)
        if not sellers:
            return array("q", [1]), array("B", [1])
        return sellers, weights

    def _strength(self) -> int:
        chance = self._chance.random
        if chance() * 100 >= REGULAR_PERCENT:
            return 0
        return min(int(STRENGTH_MIN * (1 - chance()) ** SKEW), STRENGTH_MAX)

    def _customer_names(self) -> list[tuple[str, str]]:
        names: dict[str, str] = {}
        while len(names) < CUSTOMER_NAMES:
            title, name = random_name(self._chance)
            called = {"Ibu": "Bu", "Bapak": "Pak"}.get(title, title)
            full = f"{called} {name}"
            names.setdefault(name_key(full), full)
        return [(name, key) for key, name in names.items()]


def _shares(lines: int, weights: "array[int]") -> Iterator[int]:
    """Distribute all lines: one to each seller first, the rest by weight."""
    sellers = len(weights)
    if lines < sellers:
        for place in range(sellers):
            yield (place + 1) * lines // sellers - place * lines // sellers
        return
    rest, whole, before = lines - sellers, sum(weights), 0
    for weight in weights:
        upto = before + weight
        yield 1 + rest * upto // whole - rest * before // whole
        before = upto


def _days(period: str, spec: CompanySpec) -> list[tuple[str, int]]:
    """Returns the days of a month up to now, each with its opening moment in microseconds."""
    begin, end = period_bounds(period, spec.time_zone)
    day = local_day(begin, spec.time_zone)
    last = local_day(min(end, spec.until) - timedelta(seconds=1), spec.time_zone)
    zone = ZoneInfo(spec.time_zone)
    days = []
    while day <= last:
        days.append((day.isoformat(), micros(datetime.combine(day, OPENS, zone))))
        day += timedelta(days=1)
    return days
