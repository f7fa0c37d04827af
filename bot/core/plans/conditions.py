"""Conditions of a rule: sales to customers, never a purchase or a recruit."""

from dataclasses import dataclass
from itertools import repeat
from typing import Literal

from bot.core.plans.month import Month

__all__ = ["UNCONDITIONAL", "Condition", "Conditions", "Lack"]

Condition = Literal[
    "active",
    "own_points",
    "sold_points",
    "customers",
    "rank",
    "group_points",
    "personal_group_points",
    "accumulated_points",
    "legs",
]


@dataclass(frozen=True, slots=True)
class Lack:
    """A condition that is not met, and how much is missing.

    Attributes:
        what: the condition; `sold_points` are own points of sales to customers alone.
        much: points, customers or legs; 1 for `active`.
        rank: number of the rank that is required, of the member or in the legs; 0 for none.
    """

    what: Condition
    much: int
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions that a member meets or not in a month; an active membership is always one.

    Attributes:
        own_points_min: own points, as the version counts them.
        customers_min: different customers who bought.
        rank_min: number of the lowest rank that is paid; 0 for every member.
    """

    own_points_min: int = 0
    customers_min: int = 0
    rank_min: int = 0

    def sold_enough(self, month: Month) -> list[bool]:
        """Returns by place whether a member meets all conditions but the rank."""
        snapshot = month.snapshot
        customers = snapshot.customers if self.customers_min else repeat(0)
        points, least = self.own_points_min, self.customers_min
        return [
            active and own >= points and bought >= least
            for active, own, bought in zip(
                snapshot.active, month.own_points, customers, strict=False
            )
        ]

    def qualified(self, month: Month, as_if: int | None = None) -> list[bool]:
        """Returns by place whether a member qualifies; the one at `as_if` is assumed to."""
        found = self.sold_enough(month)
        if self.rank_min:
            least = self.rank_min
            found = [
                enough and rank >= least for enough, rank in zip(found, month.ranks, strict=True)
            ]
        if as_if is not None:
            found[as_if] = True
        return found

    def lacks(self, month: Month, place: int) -> tuple[Lack, ...]:
        """Returns the conditions that a member does not meet."""
        snapshot = month.snapshot
        found = []
        if not snapshot.active[place]:
            found.append(Lack("active", 1))
        if (much := self.own_points_min - month.own_points[place]) > 0:
            found.append(Lack(month.own_condition, much))
        if (much := self.customers_min - snapshot.customers[place]) > 0:
            found.append(Lack("customers", much))
        if (much := self.rank_min - month.ranks[place]) > 0:
            found.append(Lack("rank", much, self.rank_min))
        return tuple(found)


UNCONDITIONAL = Conditions()
"""Every active member is paid."""
