"""Generation override: a rate of the sales of groups that have broken away, for leaders above.

A member with the breakaway rank leads a group: everyone below who is not in another such group.
The next qualified leader above is the first generation, the one above that the second, and so on;
leaders who do not qualify are skipped.

With a guarantee each leader gets at least the rate of the guaranteed volume from every group of
the first generation. What a small group lacks comes out of the credits of its own leader under
this rule, so it is worked out from the lowest leader upwards (Amway's leadership bonus).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from bot.core.file_faults import Said
from bot.core.plans import groups
from bot.core.plans.conditions import UNCONDITIONAL, Conditions, Lack
from bot.core.plans.kinds.asked import Cause, FirstRowLack, Needs, NextRow, RateFigures, Sold
from bot.core.plans.kinds.doubts import zero_rates
from bot.core.plans.kinds.keys import CONDITIONS, GUARANTEE, RATES, Key, KeyReader, RuleHead
from bot.core.plans.month import Month
from bot.core.plans.parts import parts
from bot.core.plans.rates import BASIS_POINTS, share
from bot.core.plans.values import NOBODY, Credit, Names

__all__ = ["GENERATIONS_MAX", "Generation"]

GENERATIONS_MAX = 50


class Earned:
    """The earnings of one leader, by seller."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, int]] = []
        self.whole = 0

    def add(self, seller: int, amount: int) -> None:
        """Add an amount that comes from the seller at this place."""
        self.parts.append((seller, amount))
        self.whole += amount

    def take(self, other: "Earned", amount: int) -> None:
        """Take an amount from a leader below, from each seller in proportion."""
        if amount >= other.whole:
            # The shorter list is added to the longer: in a long line the same parts move many
            # times.
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
    """A rule of this kind in a version of the plan.

    Attributes:
        slug: its name in the database.
        names: what members read, by language.
        rates_bp: of generation 1, 2, 3 …, in hundredths of a percent.
        guarantee: bonus value whose rate is guaranteed; 0 for no guarantee.
        conditions: what a member has to meet.
    """

    kind: ClassVar[str] = "generation"
    keys: ClassVar[tuple[Key, ...]] = (RATES, GUARANTEE, *CONDITIONS)
    needs: ClassVar[Needs] = "team"
    own_pays: ClassVar[bool] = False
    compares: ClassVar[bool] = False
    on_groups: ClassVar[bool] = True
    of_sales: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    skips: ClassVar[bool] = False

    slug: str
    names: Names
    rates_bp: tuple[int, ...]
    guarantee: int = 0
    conditions: Conditions = UNCONDITIONAL

    @classmethod
    def read(cls, head: RuleHead, reader: KeyReader) -> Self:
        """Returns the rule from the plan file."""
        if not reader.breaks_away:
            reader.fault("kind", "needs breakaway")
        rates_bp = reader.rates("rates", GENERATIONS_MAX, "generation")
        guarantee = reader.amount("guarantee", 0)
        if reader.has("guarantee") and len(rates_bp) > 1:
            reader.fault("guarantee", "guarantee rates")
        return cls(head.slug, head.names, rates_bp, guarantee, head.conditions)

    @property
    def guarantees(self) -> bool:
        """Whether leaders give up a part of their credits for what others are guaranteed."""
        return self.guarantee > 0

    @property
    def most_bp(self) -> int:
        """The most that it pays of a rupiah of bonus value."""
        return sum(self.rates_bp)

    @property
    def doubts(self) -> tuple[Said, ...]:
        """What its author may not mean, as sentences for the office."""
        return zero_rates("generation", self.rates_bp)

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """Returns the credits of a month; a leader at `as_if` is assumed to qualify."""
        pairs = zip(self.conditions.qualified(month, as_if), month.leaders, strict=True)
        paid = [pays and leads for pays, leads in pairs]
        above = groups.nearest(paid, month.snapshot.sponsors, month.order)
        leaders = _leader_of(month)
        if self.guarantee:
            return self._guaranteed(month, leaders, above)
        ids, slug, rates = month.snapshot.ids, self.slug, tuple(enumerate(self.rates_bp, start=1))
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
        """Returns the first generation after leaders have made up what others are guaranteed."""
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
        """Returns a credit for each leader and seller, in the order of the sellers."""
        ids, rate_bp = month.snapshot.ids, self.rates_bp[0]
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
        """Returns how it pays on a level; levels beyond its rates are guarantees."""
        return "guarantee" if level > len(self.rates_bp) else "generation"

    def goes_up(self, _lacks: Sequence[Lack]) -> bool:
        """Returns True: leaders who do not qualify are skipped."""
        return True

    def counts(self, month: Month, place: int) -> bool:
        """Returns whether the member leads a group: generations go from leader to leader."""
        return month.leaders[place]

    def first_row_lack(self, month: Month, place: int) -> FirstRowLack | None:
        """Returns the breakaway rank as missing; None for a leader."""
        least = month.ladder.breakaway
        return None if month.ranks[place] >= least else FirstRowLack(0, rank=least)

    def why_unpaid(self, _month: Month, _place: int, sold: Sold) -> Cause:
        """Returns why it pays a member nothing."""
        return "groups" if sold.team and sold.walked else "unsold"

    def next_row(self, _month: Month, _place: int) -> NextRow | None:
        """Returns None: it has no table by points."""
        return None

    def own_rate(self, _month: Month, _place: int) -> int:
        """Returns 0: it compares no rates."""
        return 0

    def rate_for(self, _figures: RateFigures) -> int:
        """Returns 0: it compares no rates."""
        return 0


def _leader_of(month: Month) -> list[int]:
    """Returns the leader of each member's group; `NOBODY` for a member in none."""
    found = groups.nearest(month.leaders, month.snapshot.sponsors, month.order)
    return [
        place if leads else upline
        for place, (leads, upline) in enumerate(zip(month.leaders, found, strict=True))
    ]
