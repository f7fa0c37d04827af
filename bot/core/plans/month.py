"""A month with all that follows from it before any rule pays: groups, points, ranks."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from bot.core.plans import groups
from bot.core.plans.ranks import Ladder, climb
from bot.core.plans.values import Snapshot

__all__ = ["Month"]


class Month:
    """A snapshot under the ranks of a version; each figure is worked out when first needed.

    Args:
        sight: the members and what they sold.
        ladder: the ranks, and how they are held.
        point_value: rupiah for one of bonus value.
    """

    def __init__(self, sight: Snapshot, ladder: Ladder, point_value: int = 1) -> None:
        self.sight = sight
        self.ladder = ladder
        self.point_value = point_value

    @classmethod
    def alone(
        cls, sight: Snapshot, ladder: Ladder, group_points: int, point_value: int = 1
    ) -> "Month":
        """A month of one member, whose team is known by its counter and not looked at.

        What only a look at the team could tell, such as the ranks in its legs, is asked of nobody.
        """
        ranks = tuple(replace(rank, legs=(), personal_group_points=0) for rank in ladder.ranks)
        month = cls(sight, replace(ladder, ranks=ranks), point_value)
        month.__dict__["group_points"] = [group_points]
        return month

    @cached_property
    def order(self) -> Sequence[int]:
        """All places, each after its sponsor's."""
        return groups.downwards(self.sight.sponsors)

    @cached_property
    def depths(self) -> Sequence[int]:
        """How many stand above each place."""
        return groups.depths(self.sight.sponsors, self.order)

    @cached_property
    def bases(self) -> Sequence[int]:
        """Bonus value of the own sales in rupiah."""
        if self.point_value == 1:
            return self.sight.bonus
        return [each * self.point_value for each in self.sight.bonus]

    @cached_property
    def group_points(self) -> Sequence[int]:
        """Points of each member with everybody below."""
        return groups.sums(self.sight.points, self.sight.sponsors, self.order)

    @cached_property
    def accumulated(self) -> Sequence[int]:
        """The same in all months, this one included."""
        pairs = zip(self.sight.accumulated, self.group_points, strict=True)
        return [before + now for before, now in pairs]

    @cached_property
    def reached(self) -> Sequence[int]:
        """The rank that the figures of this month reach; 0 for none."""
        return climb(
            self.ladder,
            self.sight,
            self.order,
            self.group_points,
            self.accumulated if self.ladder.accumulates else (),
        )

    @cached_property
    def ranks(self) -> Sequence[int]:
        """As what each is paid: what is reached, and where ranks are kept what was before."""
        sight = self.sight
        if not self.ladder.ranks:
            return [0] * len(sight.ids)
        return self.ladder.held(self.reached, sight)

    @cached_property
    def titles(self) -> Sequence[int]:
        """The highest rank each ever reached."""
        return list(map(max, self.reached, self.sight.titles))

    @cached_property
    def leaders(self) -> Sequence[bool]:
        """Who leads a group that has broken away."""
        least = self.ladder.breakaway
        return [bool(least) and rank >= least for rank in self.ranks]

    def with_rank(self, place: int, rank: int) -> "Month":
        """The same month, were one member paid as this rank and nobody else's changed by it."""
        other = Month(self.sight, self.ladder, self.point_value)
        ranks = list(self.ranks)
        ranks[place] = rank
        other.__dict__ |= {
            name: self.__dict__[name]
            for name in ("order", "depths", "bases", "group_points", "accumulated")
            if name in self.__dict__
        }
        other.__dict__["ranks"] = ranks
        return other
