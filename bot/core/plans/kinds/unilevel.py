"""Unilevel: a part of what somebody sold for each of those above, by level.

The levels are counted from the seller upwards. Somebody who does not qualify in a month is paid
nothing in it; the sales of those below go on upwards all the same. What becomes of the level of
such a member is for the plan to say: it is lost (`none`), or the next one takes it, which the
trade calls compression. `skip-inactive` skips whoever lacks sales or a membership in force but not
whoever lacks only the rank; `skip-below-rank` skips both.
"""

from dataclasses import dataclass
from typing import Literal

from bot.core.plans import groups
from bot.core.plans.conditions import UNCONDITIONAL, Conditions
from bot.core.plans.month import Month
from bot.core.plans.rates import BASIS_POINTS
from bot.core.plans.values import NOBODY, Credit, Names

__all__ = ["LEVELS_MAX", "Compression", "Unilevel"]

LEVELS_MAX = 50

Compression = Literal["none", "skip-inactive", "skip-below-rank"]


@dataclass(frozen=True, slots=True)
class Unilevel:
    """The rule, as the plan file has it.

    Attributes:
        slug: its name in the books.
        names: what members read, by language.
        rates_bp: of level 1, 2, 3 ….
        compression: what becomes of the level of somebody who does not qualify.
        conditions: what a month asks for.
    """

    slug: str
    names: Names
    rates_bp: tuple[int, ...]
    compression: Compression = "skip-inactive"
    conditions: Conditions = UNCONDITIONAL

    @property
    def most_bp(self) -> int:
        """What it pays at most of a rupiah of bonus value."""
        return sum(self.rates_bp)

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """What it pays for a month; the member at `as_if` is taken to qualify."""
        paid = self.conditions.paid(month, as_if)
        above = self._next(month, paid, as_if)
        ids, slug, rates = month.sight.ids, self.slug, tuple(enumerate(self.rates_bp, start=1))
        found: list[Credit] = []
        for seller, base in enumerate(month.bases):
            if base <= 0:
                continue
            place, source = seller, ids[seller]
            for level, rate_bp in rates:
                place = above[place]
                if place == NOBODY:
                    break
                if paid[place] and (amount := base * rate_bp // BASIS_POINTS):
                    found.append(Credit(ids[place], slug, source, level, base, rate_bp, amount))
        return found

    def _next(self, month: Month, paid: list[bool], as_if: int | None) -> list[int]:
        """For each member who takes the next level."""
        sponsors = month.sight.sponsors
        if self.compression == "none":
            return list(sponsors)
        takes = paid
        if self.compression == "skip-inactive" and self.conditions.rank_min:
            takes = self.conditions.sold_enough(month)
            if as_if is not None:
                takes[as_if] = True
        return groups.nearest(takes, sponsors, month.order)
