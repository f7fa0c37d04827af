"""Unilevel: a rate of a seller's sales for each upline, level by level.

Levels are counted from the seller upwards. A member who does not qualify in a month is paid
nothing in it, and the sales from below still go on upwards. The plan decides about the level of
such a member: it is lost (`none`), or the next member above takes it, which the trade calls
compression.
`skip-inactive` skips a member who lacks sales or an active membership, but not one who lacks only
the rank; `skip-below-rank` skips both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, Self, get_args

from bot.core.file_faults import Said
from bot.core.plans import groups
from bot.core.plans.conditions import UNCONDITIONAL, Conditions, Lack
from bot.core.plans.kinds.asked import Cause, FirstRowLack, Needs, NextRow, RateFigures, Sold
from bot.core.plans.kinds.doubts import zero_rates
from bot.core.plans.kinds.keys import COMPRESSION, CONDITIONS, RATES, Key, KeyReader, RuleHead
from bot.core.plans.month import Month
from bot.core.plans.rates import BASIS_POINTS, share
from bot.core.plans.values import NOBODY, Credit, Names

__all__ = ["LEVELS_MAX", "Compression", "Unilevel"]

LEVELS_MAX = 50

Compression = Literal["skip-inactive", "none", "skip-below-rank"]
"""The first one is the default."""


@dataclass(frozen=True, slots=True)
class Unilevel:
    """A rule of this kind in a version of the plan.

    Attributes:
        slug: its name in the database.
        names: what members read, by language.
        rates_bp: of level 1, 2, 3 …, in hundredths of a percent.
        compression: who takes the level of a member who does not qualify.
        conditions: what a member has to meet.
    """

    kind: ClassVar[str] = "unilevel"
    keys: ClassVar[tuple[Key, ...]] = (RATES, COMPRESSION, *CONDITIONS)
    needs: ClassVar[Needs] = "team"
    own_pays: ClassVar[bool] = False
    compares: ClassVar[bool] = False
    on_groups: ClassVar[bool] = False
    of_sales: ClassVar[bool] = False
    accumulates: ClassVar[bool] = False
    guarantees: ClassVar[bool] = False

    slug: str
    names: Names
    rates_bp: tuple[int, ...]
    compression: Compression = "skip-inactive"
    conditions: Conditions = UNCONDITIONAL

    @classmethod
    def read(cls, head: RuleHead, reader: KeyReader) -> Self:
        """Returns the rule from the plan file."""
        compression = reader.choice("compression", get_args(Compression))
        if compression == "skip-below-rank" and not reader.has("rank_min"):
            reader.fault("compression", "compression rank")
        rates_bp = reader.rates("rates", LEVELS_MAX, "level")
        return cls(head.slug, head.names, rates_bp, compression, head.conditions)

    @property
    def most_bp(self) -> int:
        """The most that it pays of a rupiah of bonus value."""
        return sum(self.rates_bp)

    @property
    def skips(self) -> bool:
        """Whether the level of a member who does not qualify goes to the next one above."""
        return self.compression != "none"

    @property
    def doubts(self) -> tuple[Said, ...]:
        """What its author may not mean, as sentences for the office."""
        return zero_rates("level", self.rates_bp)

    def credits(self, month: Month, as_if: int | None = None) -> list[Credit]:
        """Returns the credits of a month; the member at `as_if` is assumed to qualify."""
        paid = self.conditions.qualified(month, as_if)
        above = self._next(month, paid, as_if)
        ids, slug, rates = month.snapshot.ids, self.slug, tuple(enumerate(self.rates_bp, start=1))
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
        """Returns for each member the place of the one who takes the next level."""
        sponsors = month.snapshot.sponsors
        if self.compression == "none":
            return list(sponsors)
        takes = paid
        if self.compression == "skip-inactive" and self.conditions.rank_min:
            takes = self.conditions.sold_enough(month)
            if as_if is not None:
                takes[as_if] = True
        return groups.nearest(takes, sponsors, month.order)

    def way(self, _level: int) -> Literal["unilevel"]:
        """Returns how it pays on a level."""
        return "unilevel"

    def goes_up(self, lacks: Sequence[Lack]) -> bool:
        """Returns whether what a member misses goes to the next qualified member above."""
        # A member who lacks only the rank keeps the level unpaid.
        only_rank = all(each.what == "rank" for each in lacks)
        return self.skips and (self.compression == "skip-below-rank" or not only_rank)

    def counts(self, _month: Month, _place: int) -> bool:
        """Returns whether it matters to uplines that this member does not qualify."""
        return True

    def first_row_lack(self, _month: Month, _place: int) -> FirstRowLack | None:
        """Returns None: it has no table with a first row."""
        return None

    def why_unpaid(self, month: Month, place: int, sold: Sold) -> Cause:
        """Returns why it pays a member nothing."""
        if not sold.team:
            return "unsold"
        best = max(self.rates_bp, default=0)
        others = (base for at, base in enumerate(month.bases) if at != place)
        worth = any(share(base, best) for base in others if base > 0)
        return "deep" if worth else "small"

    def next_row(self, _month: Month, _place: int) -> NextRow | None:
        """Returns None: it has no table by points."""
        return None

    def own_rate(self, _month: Month, _place: int) -> int:
        """Returns 0: it compares no rates."""
        return 0

    def rate_for(self, _figures: RateFigures) -> int:
        """Returns 0: it compares no rates."""
        return 0
