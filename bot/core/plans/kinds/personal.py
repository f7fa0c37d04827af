"""Personal rebate: a part of the own sales, by a rate that may rise with the own points."""

from dataclasses import dataclass

from bot.core.plans.conditions import UNCONDITIONAL, Conditions
from bot.core.plans.month import Month
from bot.core.plans.rates import BASIS_POINTS, Steps, rates_of
from bot.core.plans.values import Credit, Names

__all__ = ["Personal"]


@dataclass(frozen=True, slots=True)
class Personal:
    """The rule, as the plan file has it.

    Attributes:
        slug: its name in the books.
        names: what members read, by language.
        steps: from which own points of the month which rate; one row from 0 is one rate for all.
        conditions: what a month asks for.
    """

    slug: str
    names: Names
    steps: Steps
    conditions: Conditions = UNCONDITIONAL

    @property
    def most_bp(self) -> int:
        """What it pays at most of a rupiah of bonus value."""
        return max(rate_bp for _, rate_bp in self.steps)

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """What it pays for a month; the member at `as_if` is taken to qualify."""
        ids = month.sight.ids
        rates = rates_of(self.steps, month.sight.points)
        paid = self.conditions.paid(month, as_if)
        return [
            Credit(ids[place], self.slug, ids[place], 0, base, rate_bp, amount)
            for place, (base, rate_bp) in enumerate(zip(month.bases, rates, strict=True))
            if base > 0 and paid[place] and (amount := base * rate_bp // BASIS_POINTS)
        ]
