"""Differential (stairstep): the larger the group, the higher the rate, less what those below take.

Each rupiah is paid once, up to the highest rate on its way: the seller takes the own rate, and
whoever stands above with a higher one takes the difference. An upline with the same rate or a
lower one takes nothing. Somebody who does not qualify has no rate, so what was sold there passes
up to the next who has one. All rates together never come to more than the highest of the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, Self

from bot.core.plans.conditions import UNCONDITIONAL, Condition, Conditions, Lack
from bot.core.plans.kinds.asked import Begins, Cause, Needs, NextRow, RateFigures, Sold
from bot.core.plans.kinds.keys import (
    BY_POINTS,
    BY_RANK,
    CONDITIONS,
    POINTS,
    Called,
    Key,
    KeyReader,
)
from bot.core.plans.month import Month
from bot.core.plans.rates import BASIS_POINTS, Steps, next_step, rates_of
from bot.core.plans.values import NOBODY, Credit, Names

__all__ = ["Differential", "Measure"]

Measure = Literal["points", "accumulated", "rank"]

MEASURES: Final[Mapping[str, Measure]] = {"month": "points", "accumulated": "accumulated"}
"""As the key `points` names them; the first one is meant where the file does not say it."""
MEASURED: Final[Mapping[Measure, Condition]] = {
    "points": "group_points",
    "accumulated": "accumulated_points",
    "rank": "rank",
}


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

    kind: ClassVar[str] = "differential"
    keys: ClassVar[tuple[Key, ...]] = (BY_POINTS, BY_RANK, POINTS, *CONDITIONS)
    needs: ClassVar[Needs] = "team"
    own_pays: ClassVar[bool] = True
    compares: ClassVar[bool] = True
    of_sales: ClassVar[bool] = False
    guarantees: ClassVar[bool] = False
    skips: ClassVar[bool] = False

    slug: str
    names: Names
    steps: Steps
    by: Measure = "points"
    conditions: Conditions = UNCONDITIONAL

    @classmethod
    def read(cls, called: Called, reader: KeyReader) -> Self:
        """The rule, as a plan file has it."""
        slug, names, conditions = called
        if reader.has("by_rank"):
            for other in ("by_points", "points"):
                if reader.has(other):
                    reader.fault(other, "and by_rank exclude each other; keep one")
            return cls(slug, names, reader.by_rank("by_rank"), "rank", conditions)
        measure = MEASURES[reader.choice("points", tuple(MEASURES))]
        return cls(slug, names, reader.by_points("by_points"), measure, conditions)

    @property
    def accumulates(self) -> bool:
        """Whether the points of the months before matter to it."""
        return self.by == "accumulated"

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

    def way(self, _level: int) -> Literal["differential"]:
        """How it pays on a level."""
        return "differential"

    def goes_up(self, _lacks: Sequence[Lack]) -> bool:
        """A member who does not qualify has no rate, so it passes on."""
        return True

    def counts(self, _month: Month, _place: int) -> bool:
        """Whether it matters to those above that this member does not qualify."""
        return True

    def begins(self, month: Month, place: int) -> Begins | None:
        """What a member lacks until its table begins; None where it has begun."""
        least, rate_bp = self.steps[0]
        much = least - self.figure(month, place)
        if much <= 0:
            return None
        if self.by == "rank":
            return Begins(rate_bp, rank=least)
        return Begins(rate_bp, lack=Lack(MEASURED[self.by], much))

    def barren(self, _month: Month, _place: int, sold: Sold) -> Cause:
        """Why it brings a member nothing."""
        return "same" if sold.own or sold.team else "unsold"

    def next_row(self, month: Month, place: int) -> NextRow | None:
        """The next row of its table by points."""
        figure = self.figure(month, place)
        row = None if self.by == "rank" else next_step(self.steps, figure)
        return None if row is None else NextRow(MEASURED[self.by], row[0] - figure, row[1])

    def own_rate(self, month: Month, place: int) -> int:
        """A member's own rate; 0 for none."""
        return self.rates(month)[place]

    def rate_for(self, figures: RateFigures) -> int:
        """The same by the figures that the books keep of a closed month."""
        figure = {
            "points": figures.group_points,
            "accumulated": figures.accumulated,
            "rank": figures.rank,
        }[self.by]
        return rates_of(self.steps, [figure])[0]


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
