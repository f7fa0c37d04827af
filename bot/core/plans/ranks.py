"""Ranks: their conditions, and which rank each member reaches in a month.

A rank is reached by sales alone: own points, different customers, points of the group, and legs in
which other members have reached a rank in the same way. Ranks are worked out from the bottom
upwards, so that the legs of a member are known first.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.plans.values import NOBODY, Names, QualifyBy, Snapshot

__all__ = ["Ladder", "Legs", "Rank", "climb", "legs_lacking"]

Figures = tuple[int, int, int, int, int]
"""Own points, customers, points of the group, of the personal group, of all months."""


@dataclass(frozen=True, slots=True)
class Legs:
    """A number of legs, each with this rank or a higher one."""

    count: int
    rank: int


@dataclass(frozen=True, slots=True)
class Rank:
    """One rank; a rank without conditions is given by the company, not reached.

    Attributes:
        slug: its name in the database.
        names: what members read, by language.
        own_points: of the month, as the version counts them.
        customers: different ones of the month.
        group_points: of the month, of the member and everyone below.
        personal_group_points: the same without the groups that have broken away.
        accumulated_points: of the group in all months.
        legs: required legs; each leg of a member counts for one of them.
        first_line: whether the first member of a leg has to have the rank.
    """

    slug: str
    names: Names = ()
    own_points: int = 0
    customers: int = 0
    group_points: int = 0
    personal_group_points: int = 0
    accumulated_points: int = 0
    legs: tuple[Legs, ...] = ()
    first_line: bool = False

    @property
    def is_given(self) -> bool:
        """Whether no sales lead to it."""
        return not (
            self.own_points
            or self.customers
            or self.group_points
            or self.personal_group_points
            or self.accumulated_points
            or self.legs
        )


@dataclass(frozen=True)
class Ladder:
    """The ranks of a version, from the lowest to the highest.

    Attributes:
        breakaway: number of the rank with which a group breaks away; 0 for none.
        kept: whether a rank once reached is kept.
        qualify_by: what a member's own points are.
    """

    ranks: tuple[Rank, ...] = ()
    breakaway: int = 0
    kept: bool = False
    qualify_by: QualifyBy = "bought"

    @cached_property
    def accumulates(self) -> bool:
        """Whether months before this one count."""
        return any(rank.accumulated_points for rank in self.ranks)

    @cached_property
    def reachable(self) -> tuple[tuple[int, Rank], ...]:
        """Number and rank of those that sales lead to, the highest first."""
        numbered = list(enumerate(self.ranks, start=1))
        return tuple((number, rank) for number, rank in reversed(numbered) if not rank.is_given)

    def own_points(self, snapshot: Snapshot) -> Sequence[int]:
        """Returns each member's own points, which conditions and rates go by."""
        return snapshot.sold if self.qualify_by == "sold" else snapshot.points

    def returned_own_points(self, snapshot: Snapshot) -> Sequence[int]:
        """Returns the points of the same kind that came back of closed months; () for none."""
        return snapshot.returned_sold if self.qualify_by == "sold" else snapshot.returned

    def held(self, reached: Sequence[int], snapshot: Snapshot) -> list[int]:
        """Returns the paid-as rank of each member; 0 for one whose membership is not active."""
        if not self.kept:
            return list(reached)
        return [
            max(reaches, held, given) if active else 0
            for reaches, held, given, active in zip(
                reached, snapshot.titles, snapshot.given, snapshot.active, strict=True
            )
        ]


def climb(
    ladder: Ladder,
    snapshot: Snapshot,
    order: Sequence[int],
    points: tuple[Sequence[int], Sequence[int], Sequence[int]],
    accumulated: Sequence[int],
) -> list[int]:
    """Returns the rank that each member's figures reach; 0 for none.

    Args:
        ladder: the ranks.
        snapshot: the members and their sales.
        order: all places, each after its sponsor's.
        points: of the month: each member's own as the version counts them, all of the member's
            own, and those of each group.
        accumulated: points of the group in all months; empty where no rank requires them.
    """
    reached = [0] * len(snapshot.ids)
    if not ladder.reachable:
        return reached
    own_least = min(rank.own_points for _, rank in ladder.reachable)
    group_least = min(rank.group_points for _, rank in ladder.reachable)
    asks_legs = any(rank.legs for rank in ladder.ranks)
    counts = accumulated or [0] * len(reached)
    own_points, all_points, group_points = points
    personal = list(all_points)
    legs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place in reversed(order):
        rank = 0
        below = legs.pop(place, ()) if asks_legs else ()
        own, group = own_points[place], group_points[place]
        if snapshot.active[place]:
            # Most members are below every rank; two comparisons show it.
            if own >= own_least and group >= group_least:
                bought = snapshot.customers[place]
                figures = (own, bought, group, personal[place], counts[place])
                rank = reached[place] = _highest(ladder, figures, below)
            if ladder.kept:
                rank = max(rank, snapshot.titles[place], snapshot.given[place])
        sponsor = snapshot.sponsors[place]
        if sponsor == NOBODY:
            continue
        if not ladder.breakaway or rank < ladder.breakaway:
            personal[sponsor] += personal[place]
        if asks_legs and (best := max([rank, *(each[1] for each in below)])):
            legs[sponsor].append((rank, best))
    return reached


def _highest(ladder: Ladder, figures: Figures, below: Sequence[tuple[int, int]]) -> int:
    """Returns the number of the highest rank that the figures and legs reach; 0 for none."""
    for number, rank in ladder.reachable:
        if _holds(rank, figures) and legs_lacking(rank, below) is None:
            return number
    return 0


def _holds(rank: Rank, figures: Figures) -> bool:
    own, customers, group, personal, accumulated = figures
    return (
        own >= rank.own_points
        and customers >= rank.customers
        and group >= rank.group_points
        and personal >= rank.personal_group_points
        and accumulated >= rank.accumulated_points
    )


def legs_lacking(rank: Rank, below: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Returns how many legs a rank still lacks and the rank they need; None for none.

    Args:
        rank: whose legs are required; each leg counts for one demand only.
        below: of each leg the rank of its first member and the highest rank in it.
    """
    free = sorted((each[0] if rank.first_line else each[1] for each in below), reverse=True)
    for demand in sorted(rank.legs, key=lambda legs: -legs.rank):
        fit = sum(each >= demand.rank for each in free)
        if fit < demand.count:
            return demand.count - fit, demand.rank
        free = free[demand.count :]
    return None
