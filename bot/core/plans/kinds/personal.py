"""Personal rebate: a rate of a member's own sales, which may rise with their points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from bot.core.file_faults import Said
from bot.core.plans.conditions import UNCONDITIONAL, Conditions, Lack
from bot.core.plans.kinds.asked import Cause, FirstRowLack, Needs, NextRow, RateFigures, Sold
from bot.core.plans.kinds.doubts import low_rows, zero_rows
from bot.core.plans.kinds.keys import BY_POINTS, CONDITIONS, RATE, Key, KeyReader, RuleHead
from bot.core.plans.month import Month
from bot.core.plans.rates import BASIS_POINTS, Steps, next_step, rates_of
from bot.core.plans.values import Credit, Names

__all__ = ["Personal"]


@dataclass(frozen=True, slots=True)
class Personal:
    """A rule of this kind in a version of the plan.

    Attributes:
        slug: its name in the database.
        names: what members read, by language.
        steps: rows of own points with the rate from there on; one row from 0 is one rate for all.
        conditions: what a member has to meet.
    """

    kind: ClassVar[str] = "personal"
    keys: ClassVar[tuple[Key, ...]] = (BY_POINTS, RATE, *CONDITIONS)
    needs: ClassVar[Needs] = "seller"
    own_pays: ClassVar[bool] = True
    compares: ClassVar[bool] = False
    on_groups: ClassVar[bool] = False
    of_sales: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    guarantees: ClassVar[bool] = False
    skips: ClassVar[bool] = False

    slug: str
    names: Names
    steps: Steps
    conditions: Conditions = UNCONDITIONAL

    @classmethod
    def read(cls, head: RuleHead, reader: KeyReader) -> Self:
        """Returns the rule from the plan file."""
        slug, names, conditions = head
        if not reader.has("by_points"):
            return cls(slug, names, ((0, reader.rate("rate")),), conditions)
        if reader.has("rate"):
            reader.fault("rate", "or by_points")
        return cls(slug, names, reader.by_points("by_points"), conditions)

    @property
    def most_bp(self) -> int:
        """The most that it pays of a rupiah of bonus value."""
        return max(rate_bp for _, rate_bp in self.steps)

    @property
    def doubts(self) -> tuple[Said, ...]:
        """What its author may not mean, as sentences for the office."""
        return (*zero_rows(self.steps), *low_rows(self.steps, self.conditions.own_points_min))

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """Returns the credits of a month; the member at `as_if` is assumed to qualify."""
        ids = month.snapshot.ids
        rates = rates_of(self.steps, month.own_points)
        paid = self.conditions.qualified(month, as_if)
        return [
            Credit(ids[place], self.slug, ids[place], 0, base, rate_bp, amount)
            for place, (base, rate_bp) in enumerate(zip(month.bases, rates, strict=True))
            if base > 0 and paid[place] and (amount := base * rate_bp // BASIS_POINTS)
        ]

    def way(self, _level: int) -> Literal["personal"]:
        """Returns how it pays on a level."""
        return "personal"

    def goes_up(self, _lacks: Sequence[Lack]) -> bool:
        """Returns False: what a member misses goes to no one else."""
        return False

    def counts(self, _month: Month, _place: int) -> bool:
        """Returns whether it matters to uplines that this member does not qualify."""
        return True

    def first_row_lack(self, month: Month, place: int) -> FirstRowLack | None:
        """Returns what a member lacks for the first row of its table; None for nothing."""
        least, rate_bp = self.steps[0]
        much = least - month.own_points[place]
        return None if much <= 0 else FirstRowLack(rate_bp, lack=Lack(month.own_condition, much))

    def why_unpaid(self, _month: Month, _place: int, sold: Sold) -> Cause:
        """Returns why it pays a member nothing."""
        return "small" if sold.own else "unsold"

    def next_row(self, month: Month, place: int) -> NextRow | None:
        """Returns the next row of its table by points."""
        figure = month.own_points[place]
        row = next_step(self.steps, figure)
        return None if row is None else NextRow(month.own_condition, row[0] - figure, row[1])

    def own_rate(self, _month: Month, _place: int) -> int:
        """Returns 0: it compares no rates."""
        return 0

    def rate_for(self, _figures: RateFigures) -> int:
        """Returns 0: it compares no rates."""
        return 0
