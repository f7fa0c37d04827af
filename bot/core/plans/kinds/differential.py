"""Differential (stairstep): the larger the group, the higher the rate, less what those below take.

Each rupiah is paid once, up to the highest rate on its way: the seller takes the own rate, and
whoever stands above with a higher one takes the difference. An upline with the same rate or a
lower one takes nothing. Somebody who does not qualify has no rate, so what was sold there passes
up to the next who has one. All rates together never come to more than the highest of the table.
"""

from dataclasses import dataclass
from typing import Literal

from bot.core.plans.conditions import UNCONDITIONAL, Conditions
from bot.core.plans.month import Month
from bot.core.plans.rates import BASIS_POINTS, Steps, rates_of
from bot.core.plans.values import NOBODY, Credit, Names

__all__ = ["Differential", "Measure"]

Measure = Literal["points", "accumulated", "rank"]


@dataclass(frozen=True, slots=True)
class Differential:
    """The rule, as the plan file has it.

    Attributes:
        slug: its name in the books.
        names: what members read, by language.
        steps: from which points of the group, or which number of a rank, which rate.
        by: whether points of the month decide, of all months, or the rank.
        conditions: what a month asks for.
    """

    slug: str
    names: Names
    steps: Steps
    by: Measure = "points"
    conditions: Conditions = UNCONDITIONAL

    @property
    def most_bp(self) -> int:
        """What it pays at most of a rupiah of bonus value."""
        return max(rate_bp for _, rate_bp in self.steps)

    def figure(self, month: Month, place: int) -> int:
        """What the rate of a member goes by."""
        if self.by == "rank":
            return month.ranks[place]
        return (month.group_points if self.by == "points" else month.accumulated)[place]

    def rates(self, month: Month, as_if: int | None = None) -> list[int]:
        """Everybody's rate; 0 for whoever does not qualify or has too few points."""
        if self.by == "rank":
            figures = month.ranks
        else:
            figures = month.group_points if self.by == "points" else month.accumulated
        paid = self.conditions.paid(month, as_if)
        pairs = zip(rates_of(self.steps, figures), paid, strict=True)
        return [rate_bp if pays else 0 for rate_bp, pays in pairs]

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """What it pays for a month; the member at `as_if` is taken to qualify."""
        rates = self.rates(month, as_if)
        higher = _next_higher(month, rates)
        ids, slug, depths = month.sight.ids, self.slug, month.depths
        found: list[Credit] = []
        for seller, base in enumerate(month.bases):
            if base <= 0:
                continue
            place = seller if rates[seller] else higher[seller]
            source, depth, taken = ids[seller], depths[seller], 0
            while place != NOBODY:
                rate_bp = rates[place] - taken
                if amount := base * rate_bp // BASIS_POINTS:
                    level = depth - depths[place]
                    found.append(Credit(ids[place], slug, source, level, base, rate_bp, amount))
                taken = rates[place]
                place = higher[place]
        return found


def _next_higher(month: Month, rates: list[int]) -> list[int]:
    """For each member the nearest above with a higher rate; a way has no more steps than rates."""
    sponsors = month.sight.sponsors
    higher = [NOBODY] * len(rates)
    for place in month.order:
        at, own = sponsors[place], rates[place]
        while at != NOBODY and rates[at] <= own:
            at = higher[at]
        higher[place] = at
    return higher
