"""Differential (stairstep): a rate that grows with the group, less the rates paid below.

Each rupiah is paid once, up to the highest rate on its way: the seller gets their own rate, and
each upline with a higher rate gets the difference. An upline with the same rate or a lower one
gets nothing. A member who does not qualify has no rate, so the difference passes up to the next
one who has. All rates on a sale together are at most the highest of the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, Self

from bot.core.file_faults import Said
from bot.core.plans.conditions import UNCONDITIONAL, Condition, Conditions, Lack
from bot.core.plans.kinds.asked import Cause, FirstRowLack, Needs, NextRow, RateFigures, Sold
from bot.core.plans.kinds.doubts import low_rows, zero_ranks, zero_rows
from bot.core.plans.kinds.keys import (
    BY_POINTS,
    BY_RANK,
    CONDITIONS,
    POINTS,
    Key,
    KeyReader,
    RuleHead,
)
from bot.core.plans.month import Month
from bot.core.plans.rates import BASIS_POINTS, Steps, next_step, rates_of
from bot.core.plans.values import NOBODY, Credit, Names

__all__ = ["Differential", "Measure"]

Measure = Literal["points", "accumulated", "rank"]

MEASURES: Final[Mapping[str, Measure]] = {"month": "points", "accumulated": "accumulated"}
"""By the words of the key `points`; the first one is the default."""
MEASURED: Final[Mapping[Measure, Condition]] = {
    "points": "group_points",
    "accumulated": "accumulated_points",
    "rank": "rank",
}


@dataclass(frozen=True, slots=True)
class Differential:
    """A rule of this kind in a version of the plan.

    Attributes:
        slug: its name in the database.
        names: what members read, by language.
        steps: rows of group points, or numbers of ranks, with the rate from there on.
        by: which figure decides: points of the month, of all months, or the rank.
        conditions: what a member has to meet.
    """

    kind: ClassVar[str] = "differential"
    keys: ClassVar[tuple[Key, ...]] = (BY_POINTS, BY_RANK, POINTS, *CONDITIONS)
    needs: ClassVar[Needs] = "team"
    own_pays: ClassVar[bool] = True
    compares: ClassVar[bool] = True
    on_groups: ClassVar[bool] = False
    of_sales: ClassVar[bool] = False
    guarantees: ClassVar[bool] = False
    skips: ClassVar[bool] = False

    slug: str
    names: Names
    steps: Steps
    by: Measure = "points"
    conditions: Conditions = UNCONDITIONAL

    @classmethod
    def read(cls, head: RuleHead, reader: KeyReader) -> Self:
        """Returns the rule from the plan file."""
        slug, names, conditions = head
        if reader.has("by_rank"):
            for other in ("by_points", "points"):
                if reader.has(other):
                    reader.fault(other, "or by_rank")
            return cls(slug, names, reader.by_rank("by_rank"), "rank", conditions)
        measure = MEASURES[reader.choice("points", tuple(MEASURES))]
        return cls(slug, names, reader.by_points("by_points"), measure, conditions)

    @property
    def accumulates(self) -> bool:
        """Whether points of earlier months count."""
        return self.by == "accumulated"

    @property
    def most_bp(self) -> int:
        """The most that it pays of a rupiah of bonus value."""
        return max(rate_bp for _, rate_bp in self.steps)

    def figure(self, month: Month, place: int) -> int:
        """Returns the figure that decides a member's rate."""
        if self.by == "rank":
            return month.ranks[place]
        return (month.group_points if self.by == "points" else month.accumulated)[place]

    def rates(self, month: Month, as_if: int | None = None) -> list[int]:
        """Returns each member's rate; 0 for one who does not qualify or is below the first row."""
        if self.by == "rank":
            figures = month.ranks
        else:
            figures = month.group_points if self.by == "points" else month.accumulated
        paid = self.conditions.qualified(month, as_if)
        pairs = zip(rates_of(self.steps, figures), paid, strict=True)
        return [rate_bp if pays else 0 for rate_bp, pays in pairs]

    @property
    def doubts(self) -> tuple[Said, ...]:
        """What its author may not mean, as sentences for the office."""
        if self.by == "rank":
            return zero_ranks(self.steps)
        return (*zero_rows(self.steps), *low_rows(self.steps, self.conditions.own_points_min))

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """Returns the credits of a month; the member at `as_if` is assumed to qualify."""
        rates = self.rates(month, as_if)
        higher = _next_higher(month, rates)
        ids, slug, depths = month.snapshot.ids, self.slug, month.depths
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

    def way(self, _level: int) -> Literal["differential"]:
        """Returns how it pays on a level."""
        return "differential"

    def goes_up(self, _lacks: Sequence[Lack]) -> bool:
        """Returns True: a member who does not qualify has no rate, so it passes up."""
        return True

    def counts(self, _month: Month, _place: int) -> bool:
        """Returns whether it matters to uplines that this member does not qualify."""
        return True

    def first_row_lack(self, month: Month, place: int) -> FirstRowLack | None:
        """Returns what a member lacks for the first row of its table; None for nothing."""
        least, rate_bp = self.steps[0]
        much = least - self.figure(month, place)
        if much <= 0:
            return None
        if self.by == "rank":
            return FirstRowLack(rate_bp, rank=least)
        return FirstRowLack(rate_bp, lack=Lack(MEASURED[self.by], much))

    def why_unpaid(self, _month: Month, _place: int, sold: Sold) -> Cause:
        """Returns why it pays a member nothing."""
        return "same" if sold.own or sold.team else "unsold"

    def next_row(self, month: Month, place: int) -> NextRow | None:
        """Returns the next row of its table by points."""
        figure = self.figure(month, place)
        row = None if self.by == "rank" else next_step(self.steps, figure)
        return None if row is None else NextRow(MEASURED[self.by], row[0] - figure, row[1])

    def own_rate(self, month: Month, place: int) -> int:
        """Returns a member's own rate; 0 for none."""
        return self.rates(month)[place]

    def rate_for(self, figures: RateFigures) -> int:
        """Returns a member's own rate by the figures stored for a closed month."""
        figure = {
            "points": figures.group_points,
            "accumulated": figures.accumulated,
            "rank": figures.rank,
        }[self.by]
        return rates_of(self.steps, [figure])[0]


def _next_higher(month: Month, rates: list[int]) -> list[int]:
    """Returns for each member the nearest above with a higher rate."""
    sponsors = month.snapshot.sponsors
    higher = [NOBODY] * len(rates)
    for place in month.order:
        at, own = sponsors[place], rates[place]
        while at != NOBODY and rates[at] <= own:
            at = higher[at]
        higher[place] = at
    return higher
