"""Generation override: a part of what groups sold that have broken away, for the leaders above.

A member with the rank of the break-away leads a group: all below who are not in such a group
themselves. The next leader above who qualifies is the first generation, the one above that the
second, and so on; leaders who do not qualify are skipped.

With a guarantee each leader gets at least the rate of that volume from every group of the first
generation. What a small group lacks comes out of what its own leader earns by this rule, never
out of nothing; so it is reckoned from the lowest leader upwards (Amway's leadership bonus).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from bot.core.plans import groups
from bot.core.plans.conditions import UNCONDITIONAL, Conditions, Lack
from bot.core.plans.kinds.asked import Begins, Cause, Needs, NextRow, RateFigures, Sold
from bot.core.plans.kinds.keys import CONDITIONS, GUARANTEE, RATES, Called, Key, KeyReader
from bot.core.plans.month import Month
from bot.core.plans.parts import parts
from bot.core.plans.rates import BASIS_POINTS, share
from bot.core.plans.values import NOBODY, Credit, Names

__all__ = ["GENERATIONS_MAX", "Generation"]

GENERATIONS_MAX = 50


class Earned:
    """What one leader earns, by seller."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, int]] = []
        self.whole = 0

    def add(self, seller: int, amount: int) -> None:
        """So much from the sales of the seller at this place."""
        self.parts.append((seller, amount))
        self.whole += amount

    def take(self, other: "Earned", amount: int) -> None:
        """Have so much handed on by a leader below, from each seller in proportion."""
        if amount >= other.whole:
            # The shorter list goes to the longer: a line of leaders hands the same on many times.
            short, long = sorted((self.parts, other.parts), key=len)
            long.extend(short)
            self.parts, self.whole = long, self.whole + other.whole
            other.parts, other.whole = [], 0
            return
        other.parts.sort()
        moved = parts(amount, [each for _, each in other.parts])
        pairs = list(zip(other.parts, moved, strict=True))
        self.parts += [(seller, part) for (seller, _), part in pairs if part]
        other.parts = [(seller, each - part) for (seller, each), part in pairs if each > part]
        self.whole += amount
        other.whole -= amount


@dataclass(frozen=True, slots=True)
class Generation:
    """The rule, as the plan file has it.

    Attributes:
        slug: its name in the books.
        names: what members read, by language.
        rates_bp: of generation 1, 2, 3 ….
        guarantee: bonus value of which the rate is guaranteed; 0 for no guarantee.
        conditions: what a month asks for.
    """

    kind: ClassVar[str] = "generation"
    keys: ClassVar[tuple[Key, ...]] = (RATES, GUARANTEE, *CONDITIONS)
    needs: ClassVar[Needs] = "team"
    own_pays: ClassVar[bool] = False
    compares: ClassVar[bool] = False
    of_sales: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    skips: ClassVar[bool] = False

    slug: str
    names: Names
    rates_bp: tuple[int, ...]
    guarantee: int = 0
    conditions: Conditions = UNCONDITIONAL

    @classmethod
    def read(cls, called: Called, reader: KeyReader) -> Self:
        """The rule, as a plan file has it."""
        if not reader.breaks_away:
            words = "is paid on groups that have broken away; say from which rank: breakaway = …"
            reader.fault("kind", words)
        rates_bp = reader.rates("rates", GENERATIONS_MAX, "generation")
        guarantee = reader.amount("guarantee", 0)
        if reader.has("guarantee") and len(rates_bp) > 1:
            words = "holds for the first generation only; keep exactly one of rates"
            reader.fault("guarantee", words)
        return cls(called.slug, called.names, rates_bp, guarantee, called.conditions)

    @property
    def guarantees(self) -> bool:
        """Whether leaders hand on what they earn to make up what others are guaranteed."""
        return self.guarantee > 0

    @property
    def most_bp(self) -> int:
        """What it pays at most of a rupiah of bonus value."""
        return sum(self.rates_bp)

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """What it pays for a month; the member at `as_if` is taken to qualify if a leader."""
        pairs = zip(self.conditions.paid(month, as_if), month.leaders, strict=True)
        paid = [pays and leads for pays, leads in pairs]
        above = groups.nearest(paid, month.sight.sponsors, month.order)
        leaders = _leader_of(month)
        if self.guarantee:
            return self._guaranteed(month, leaders, above)
        ids, slug, rates = month.sight.ids, self.slug, tuple(enumerate(self.rates_bp, start=1))
        found: list[Credit] = []
        for seller, base in enumerate(month.bases):
            place, source = leaders[seller], ids[seller]
            if base <= 0 or place == NOBODY:
                continue
            for level, rate_bp in rates:
                place = above[place]
                if place == NOBODY:
                    break
                if amount := base * rate_bp // BASIS_POINTS:
                    found.append(Credit(ids[place], slug, source, level, base, rate_bp, amount))
        return found

    def _guaranteed(self, month: Month, leaders: list[int], above: list[int]) -> list[Credit]:
        """The first generation, after each leader has made up what the next is guaranteed."""
        rate_bp = self.rates_bp[0]
        guaranteed = share(self.guarantee * month.point_value, rate_bp)
        brought: dict[int, int] = defaultdict(int)
        earned: dict[int, Earned] = defaultdict(Earned)
        for seller, base in enumerate(month.bases):
            amount = base * rate_bp // BASIS_POINTS
            leader = leaders[seller]
            if amount > 0 and leader != NOBODY:
                brought[leader] += amount
                if above[leader] != NOBODY:
                    earned[above[leader]].add(seller, amount)
        for leader in reversed(month.order):
            upline = above[leader]
            if month.leaders[leader] and upline != NOBODY and leader in earned:
                missing = guaranteed - brought[leader]
                if missing > 0:
                    earned[upline].take(earned[leader], missing)
        return self._named(month, leaders, above, earned)

    def _named(
        self, month: Month, leaders: list[int], above: list[int], earned: dict[int, Earned]
    ) -> list[Credit]:
        """What each leader earned from each seller, in the order of the sellers."""
        ids, rate_bp = month.sight.ids, self.rates_bp[0]
        depths = groups.depths(above, month.order)
        found = [
            (seller, depths[leaders[seller]] - depths[place], place, amount)
            for place, each in earned.items()
            for seller, amount in each.parts
        ]
        return [
            Credit(
                ids[place],
                self.slug,
                ids[seller],
                level,
                month.bases[seller],
                rate_bp,
                amount,
                "guarantee" if amount < share(month.bases[seller], rate_bp) else "",
            )
            for seller, level, place, amount in sorted(found)
        ]

    def way(self, level: int) -> Literal["generation", "guarantee"]:
        """How it pays on a level; beyond its rates a guarantee was handed on."""
        return "guarantee" if level > len(self.rates_bp) else "generation"

    def goes_up(self, _lacks: Sequence[Lack]) -> bool:
        """Leaders who do not qualify are skipped."""
        return True

    def counts(self, month: Month, place: int) -> bool:
        """Only leaders count: generations go from leader to leader."""
        return month.leaders[place]

    def begins(self, month: Month, place: int) -> Begins | None:
        """A leader has the rank with which a group breaks away."""
        least = month.ladder.breakaway
        return None if month.ranks[place] >= least else Begins(0, rank=least)

    def barren(self, _month: Month, _place: int, sold: Sold) -> Cause:
        """Why it brings a member nothing."""
        return "groups" if sold.team and sold.walked else "unsold"

    def next_row(self, _month: Month, _place: int) -> NextRow | None:
        """It has no table by points."""
        return None

    def own_rate(self, _month: Month, _place: int) -> int:
        """It compares no rates."""
        return 0

    def rate_for(self, _figures: RateFigures) -> int:
        """It compares no rates."""
        return 0


def _leader_of(month: Month) -> list[int]:
    """In whose group each member stands; -1 where nobody at or above leads one."""
    found = groups.nearest(month.leaders, month.sight.sponsors, month.order)
    return [
        place if leads else upline
        for place, (leads, upline) in enumerate(zip(month.leaders, found, strict=True))
    ]
