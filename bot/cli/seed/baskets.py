"""The baskets of made-up customers: one to three products each, made once."""

from collections.abc import Sequence
from random import Random
from typing import Final, NamedTuple

from bot.core.sales.products import Product

__all__ = ["BASKET_BITS", "Basket", "baskets"]

LINES_MAX: Final = 3
BASKET_BITS: Final = 11
"""2,048 different baskets of each length are enough to look real."""

QUANTITIES: Final = (1, 1, 1, 1, 1, 2, 2, 2, 3, 5)
REDUCED_ONE_IN: Final = 8


class Basket(NamedTuple):
    """The lines of one sale and their sums in rupiah.

    Attributes:
        number: its number; baskets with one line come first, then those with two, then three.
        lines: product, quantity, amount, member price, points and bonus value of each line.
    """

    number: int
    total: int
    goods: int
    points: int
    bonus: int
    lines: tuple[tuple[int | str | None, ...], ...]


def baskets(chance: Random, shelf: Sequence[Product]) -> list[Basket]:
    """Returns all baskets of the products on sale, ordered by number."""
    return [
        _basket(chance, shelf, (lines - 1 << BASKET_BITS) + place, lines)
        for lines in range(1, LINES_MAX + 1)
        for place in range(1 << BASKET_BITS)
    ]


def _basket(chance: Random, shelf: Sequence[Product], number: int, size: int) -> Basket:
    few = len(shelf) < size
    chosen = chance.choices(shelf, k=size) if few else chance.sample(shelf, size)
    total = goods = points = bonus = 0
    lines = []
    for product in chosen:
        quantity = chance.choice(QUANTITIES)
        price = product.retail_price
        if chance.randrange(REDUCED_ONE_IN) == 0:  # a friend pays a price in between
            price = (product.member_price + price) // 2
        amount = quantity * price
        total += amount
        goods += quantity * product.member_price
        points += quantity * product.points
        bonus += quantity * product.bonus_value
        worth = (product.member_price, product.points, product.bonus_value)
        lines.append((product.id, quantity, amount, *worth))
    return Basket(number, total, goods, points, bonus, tuple(lines))
