"""A month of sales with the groups, points and ranks that follow from it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from bot.core.plans import groups
from bot.core.plans.ranks import Ladder, climb
from bot.core.plans.values import Snapshot

__all__ = ["Month"]


class Month:
    """A snapshot under the ranks of a version; each figure is computed when first read.

    Args:
        snapshot: the members and what they sold.
        ladder: the ranks, and how they are held.
        point_value: rupiah for one of bonus value.
    """

    def __init__(self, snapshot: Snapshot, ladder: Ladder, point_value: int) -> None:
        self.snapshot = snapshot
        self.ladder = ladder
        self.point_value = point_value

    @classmethod
    def alone(
        cls,
        snapshot: Snapshot,
        ladder: Ladder,
        group_points: int,
        returned_group: int,
        *,
        point_value: int,
    ) -> "Month":
        """Returns a month of one member whose team is known by its counter alone.

        Conditions that only the team could show, such as ranks in its legs, are left out.
        """
        ranks = tuple(replace(rank, legs=(), personal_group_points=0) for rank in ladder.ranks)
        month = cls(snapshot, replace(ladder, ranks=ranks), point_value)
        month.__dict__["group_points"] = [group_points]
        month.__dict__["ranked_group_points"] = [group_points - returned_group]
        return month

    @cached_property
    def order(self) -> Sequence[int]:
        """All places, each after its sponsor's."""
        return groups.downwards(self.snapshot.sponsors)

    @cached_property
    def depths(self) -> Sequence[int]:
        """Number of members above each place."""
        return groups.depths(self.snapshot.sponsors, self.order)

    @cached_property
    def bases(self) -> Sequence[int]:
        """Bonus value of each member's own sales, in rupiah."""
        value, fixed = self.point_value, self.snapshot.fixed
        if not any(fixed):
            bonus = self.snapshot.bonus
            return bonus if value == 1 else [each * value for each in bonus]
        pairs = zip(self.snapshot.bonus, fixed, strict=True)
        return [each * value + more for each, more in pairs]

    @property
    def own_points(self) -> Sequence[int]:
        """Each member's own points, which conditions and rates go by."""
        return self.ladder.own_points(self.snapshot)

    @property
    def own_condition(self) -> Literal["own_points", "sold_points"]:
        """What these points are called where some of them are missing."""
        return "sold_points" if self.ladder.qualify_by == "sold" else "own_points"

    @cached_property
    def group_points(self) -> Sequence[int]:
        """Points of each member and everyone below."""
        return groups.sums(self.snapshot.points, self.snapshot.sponsors, self.order)

    @cached_property
    def ranked_own_points(self) -> Sequence[int]:
        """Own points as ranks see them: less those of closed months that came back."""
        return _less(self.own_points, self.ladder.returned_own_points(self.snapshot))

    @cached_property
    def ranked_points(self) -> Sequence[int]:
        """All points of each member as ranks see them, for own use as well."""
        return _less(self.snapshot.points, self.snapshot.returned)

    @cached_property
    def ranked_group_points(self) -> Sequence[int]:
        """Points of each group as ranks see them."""
        if not any(self.snapshot.returned):
            return self.group_points
        return groups.sums(self.ranked_points, self.snapshot.sponsors, self.order)

    @cached_property
    def accumulated(self) -> Sequence[int]:
        """Group points of all months, this one included, less those that came back."""
        pairs = zip(self.snapshot.accumulated, self.ranked_group_points, strict=True)
        return [before + now for before, now in pairs]

    @cached_property
    def reached(self) -> Sequence[int]:
        """The rank that each member's figures reach this month; 0 for none."""
        return climb(
            self.ladder,
            self.snapshot,
            self.order,
            (self.ranked_own_points, self.ranked_points, self.ranked_group_points),
            self.accumulated if self.ladder.accumulates else (),
        )

    @cached_property
    def ranks(self) -> Sequence[int]:
        """The paid-as rank of each member: reached this month or, where ranks are kept, before."""
        snapshot = self.snapshot
        if not self.ladder.ranks:
            return [0] * len(snapshot.ids)
        return self.ladder.held(self.reached, snapshot)

    @cached_property
    def titles(self) -> Sequence[int]:
        """The highest rank that each member has ever reached."""
        return list(map(max, self.reached, self.snapshot.titles))

    @cached_property
    def leaders(self) -> Sequence[bool]:
        """Whether each member leads a group that has broken away."""
        least = self.ladder.breakaway
        return [bool(least) and rank >= least for rank in self.ranks]

    def with_rank(self, place: int, rank: int) -> "Month":
        """Returns the same month with one member paid as this rank, and no one else changed."""
        other = Month(self.snapshot, self.ladder, self.point_value)
        ranks = list(self.ranks)
        ranks[place] = rank
        other.__dict__ |= {
            name: self.__dict__[name]
            for name in (
                "order",
                "depths",
                "bases",
                "group_points",
                "accumulated",
                "ranked_own_points",
                "ranked_points",
                "ranked_group_points",
            )
            if name in self.__dict__
        }
        other.__dict__["ranks"] = ranks
        return other


def _less(points: Sequence[int], returned: Sequence[int]) -> Sequence[int]:
    """Returns points less those that came back."""
    if not any(returned):
        return points
    return [own - back for own, back in zip(points, returned, strict=True)]
