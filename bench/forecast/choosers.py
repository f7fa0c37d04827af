"""What a list is compared with: simple ways to choose customers, and one that knows the future."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from random import Random

from bot.core.customers.purchases import Purchase

__all__ = ["Chooser", "at_random", "knowing", "longest_silent", "most_frequent"]

Chooser = Callable[[Sequence[Purchase], Mapping[int, int], date], list[int]]
"""Ranks the customers of a seller for a day, the best first.

It gets the purchases up to and including the day in the order of their days, how many days a
piece lasts by product, and the day.
"""


def longest_silent(
    purchases: Sequence[Purchase], _lasts: Mapping[int, int], _today: date
) -> list[int]:
    """Put those first who have not bought for the longest time."""
    latest = {each.customer_id: each.day for each in purchases}
    return sorted(latest, key=lambda key: (latest[key], key))


def most_frequent(
    purchases: Sequence[Purchase], _lasts: Mapping[int, int], _today: date
) -> list[int]:
    """Put those first who bought on the most days."""
    days: dict[int, set[date]] = {}
    for each in purchases:
        days.setdefault(each.customer_id, set()).add(each.day)
    return sorted(days, key=lambda key: (-len(days[key]), key))


def at_random(seed: int) -> Chooser:
    """Returns a chooser that shuffles the customers."""

    def choose(purchases: Sequence[Purchase], _lasts: Mapping[int, int], today: date) -> list[int]:
        known = sorted({each.customer_id for each in purchases})
        Random(f"{seed} {today}").shuffle(known)
        return known

    return choose


def knowing(future: Sequence[Purchase]) -> Chooser:
    """Returns a chooser that puts those first who buy next.

    Args:
        future: all purchases of the company, also those after the day.
    """

    def choose(purchases: Sequence[Purchase], _lasts: Mapping[int, int], today: date) -> list[int]:
        coming: dict[int, date] = {}
        for each in future:
            if each.day > today:
                coming.setdefault(each.customer_id, each.day)
        known = {each.customer_id for each in purchases}
        return sorted(known, key=lambda key: (coming.get(key, date.max), key))

    return choose
