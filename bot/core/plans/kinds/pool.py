"""Pool: a percentage of a month's sales of the company, shared by a rank and those above it.

It is the one kind that pays on sales outside the member's own team, so no one can know it before
all sales of the month are in. The pool is rounded down to a whole rupiah, and so is each part of
it; the company keeps the rest, less than a rupiah for each member who shares.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import ClassVar, Literal, Self, get_args

from bot.core.file_faults import Said
from bot.core.plans.conditions import Condition, Conditions, Lack
from bot.core.plans.kinds.asked import Cause, FirstRowLack, Needs, NextRow, RateFigures, Sold
from bot.core.plans.kinds.doubts import zero_rows
from bot.core.plans.kinds.keys import CONDITIONS, OF, RATE, SHARED, Key, KeyReader, RuleHead
from bot.core.plans.month import Month
from bot.core.plans.rates import share
from bot.core.plans.values import COMPANY, Credit, Names, PoolBase, PoolPart, SharedBy

__all__ = ["Pool"]


@dataclass(frozen=True, slots=True)
class Pool:
    """A rule of this kind in a version of the plan.

    Attributes:
        slug: its name in the ledger.
        names: what members read, by language.
        rate_bp: of the base, in hundredths of a percent.
        conditions: what a month asks of a member who shares; always a rank.
        of: what the rate is taken of.
        shared: how the pool is divided.
    """

    kind: ClassVar[str] = "pool"
    keys: ClassVar[tuple[Key, ...]] = (RATE, OF, SHARED, *CONDITIONS)
    needs: ClassVar[Needs] = "company"
    own_pays: ClassVar[bool] = True
    compares: ClassVar[bool] = False
    on_groups: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    guarantees: ClassVar[bool] = False
    skips: ClassVar[bool] = False

    slug: str
    names: Names
    rate_bp: int
    conditions: Conditions
    of: PoolBase = "bonus-value"
    shared: SharedBy = "equally"

    @classmethod
    def read(cls, head: RuleHead, reader: KeyReader) -> Self:
        """Returns the rule from the plan file."""
        if not reader.has("rank_min"):
            reader.fault("rank_min", "pool rank")
        return cls(
            slug=head.slug,
            names=head.names,
            rate_bp=reader.rate("rate"),
            conditions=head.conditions,
            of=reader.choice("of", get_args(PoolBase)),
            shared=reader.choice("shared", get_args(SharedBy)),
        )

    @property
    def of_sales(self) -> bool:
        """Whether its rate is taken of net sales."""
        return self.of == "sales"

    @property
    def most_bp(self) -> int:
        """The most that it pays of a rupiah of its base."""
        return self.rate_bp

    @property
    def doubts(self) -> tuple[Said, ...]:
        """What its author may not mean, as sentences for the office."""
        return zero_rows(((0, self.rate_bp),))

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """Returns each member's part of the pool; the one at `as_if` is assumed to qualify."""
        snapshot = month.snapshot
        base = max(sum(snapshot.sales if self.of == "sales" else month.bases), 0)
        paid = self.conditions.qualified(month, as_if)
        sharing = [
            (place, weight)
            for place, (pays, weight) in enumerate(zip(paid, self._weights(month), strict=False))
            if pays and weight > 0
        ]
        pool, whole = share(base, self.rate_bp), sum(weight for _, weight in sharing)
        return [
            Credit(
                snapshot.ids[place],
                self.slug,
                COMPANY,
                0,
                base,
                self.rate_bp,
                amount,
                part=PoolPart(self.of, self.shared, weight, whole),
            )
            for place, weight in sharing
            if (amount := pool * weight // whole)
        ]

    def _weights(self, month: Month) -> Iterable[int]:
        """Returns each member's weight in the pool, by place."""
        match self.shared:
            case "equally":
                return repeat(1)
            case "own-points":
                return month.own_points
            case "group-points":
                return month.group_points

    def way(self, _level: int) -> Literal["pool"]:
        """Returns how it pays on a level."""
        return "pool"

    def goes_up(self, _lacks: Sequence[Lack]) -> bool:
        """Returns False: the part of a member who does not qualify is shared by those who do."""
        return False

    def counts(self, _month: Month, _place: int) -> bool:
        """Returns False: a pool does not climb, so no one is passed over."""
        return False

    def first_row_lack(self, month: Month, place: int) -> FirstRowLack | None:
        """Returns the first point as missing where the pool is shared by points."""
        if self.shared == "equally":
            return None
        own = self.shared == "own-points"
        what: Condition = month.own_condition if own else "group_points"
        much = 1 - (month.own_points if own else month.group_points)[place]
        return None if much <= 0 else FirstRowLack(self.rate_bp, lack=Lack(what, much))

    def why_unpaid(self, _month: Month, _place: int, sold: Sold) -> Cause:
        """Returns why it pays a member nothing."""
        return "small" if sold.own or sold.team else "unsold"

    def next_row(self, _month: Month, _place: int) -> NextRow | None:
        """Returns None: it has no table."""
        return None

    def own_rate(self, _month: Month, _place: int) -> int:
        """Returns 0: it compares no rates."""
        return 0

    def rate_for(self, _figures: RateFigures) -> int:
        """Returns 0: it compares no rates."""
        return 0
