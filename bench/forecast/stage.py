"""What every made-up customer is drawn from, and what a customer does."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from bench.forecast.seasons import DAY
from bench.forecast.shelf import Article

__all__ = ["Bought", "Shopper", "Stage"]


@dataclass(frozen=True, slots=True)
class Stage:
    """The time and the goods of one seller.

    Attributes:
        first: the first day.
        last: the last day; what happens later is not known.
        goods: the articles by their kinds.
    """

    first: date
    last: date
    goods: Mapping[str, Article]

    @property
    def length(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    def some_day(self, chance: Random) -> date:
        """Returns any of the days."""
        return self.first + chance.randrange(self.length) * DAY

    def arrival(self, chance: Random, early: float = 0.55) -> date:
        """Returns the day on which a customer comes: a share of them in the first two months.

        Args:
            chance: decides.
            early: the share; the others come on any day.
        """
        if chance.random() < early:
            return self.first + chance.randrange(60) * DAY
        return self.some_day(chance)


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase of one customer: when, what, how many pieces."""

    day: date
    kind: str
    quantity: int


Shopper = Callable[[Stage, Random], Iterator[Bought]]
"""Returns all that one customer buys, in any order; days after the last are left out later."""
