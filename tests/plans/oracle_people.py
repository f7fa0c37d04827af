"""The positions of members and their ranks, by recursion, straight from the definitions."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bot.core.plans import Rank, Version

__all__ = ["People", "Row"]


class Row(NamedTuple):
    """One member, with the figures of the month, as a snapshot takes them."""

    id: int
    sponsor: int | None
    active: bool
    points: int = 0
    bonus: int = 0
    customers: int = 0
    sales: int = 0
    accumulated: int = 0
    title: int = 0
    sold: int = 0
    fixed: int = 0
    given: int = 0


class People:
    """All members of a month, under the ranks of a version."""

    def __init__(self, version: Version, rows: Iterable[Row]) -> None:
        self.version = version
        self.all = {row.id: row for row in sorted(rows, key=lambda row: row.id)}
        self.brought_in: dict[int, list[int]] = defaultdict(list)
        for person in self.all.values():
            if person.sponsor in self.all:
                self.brought_in[person.sponsor].append(person.id)
        self._reached: dict[int, int] = {}

    def above(self, who: int) -> list[int]:
        """The line upwards, the nearest first."""
        sponsor = self.all[who].sponsor
        return [sponsor, *self.above(sponsor)] if sponsor in self.all else []

    def team(self, who: int) -> list[int]:
        """Returns a member and all members below."""
        return [who, *(each for child in self.brought_in[who] for each in self.team(child))]

    def group(self, who: int) -> list[int]:
        """The same without the groups that have broken away below."""
        below = [child for child in self.brought_in[who] if not self.leads(child)]
        return [who, *(each for child in below for each in self.group(child))]

    def group_points(self, who: int) -> int:
        """Returns the month's points of a member and all members below."""
        return sum(self.all[each].points for each in self.team(who))

    def all_points(self, who: int) -> int:
        """The same of all months."""
        return self.all[who].accumulated + self.group_points(who)

    def base(self, who: int) -> int:
        """Returns the bonus value of the member's own sales in rupiah."""
        return self.all[who].bonus * self.version.point_value + self.all[who].fixed

    def own_points(self, who: int) -> int:
        """Returns the points by which the member qualifies."""
        person = self.all[who]
        return person.sold if self.version.qualify_by == "sold" else person.points

    def rank(self, who: int) -> int:
        """As what a member is paid."""
        person = self.all[who]
        if not person.active:
            return 0
        kept = max(person.title, person.given) if self.version.ranks_kept else 0
        return max(self.reached(who), kept)

    def title(self, who: int) -> int:
        """The highest that a member ever was."""
        return max(self.all[who].title, self.reached(who) if self.all[who].active else 0)

    def leads(self, who: int) -> bool:
        """Whether the group of a member has broken away."""
        return 0 < self.version.breakaway <= self.rank(who)

    def reached(self, who: int) -> int:
        """The highest rank whose conditions all hold."""
        if who not in self._reached:
            ranks = enumerate(self.version.ranks, start=1)
            numbers = [number for number, rank in ranks if self._reaches(who, rank)]
            self._reached[who] = max(numbers, default=0)
        return self._reached[who]

    def _reaches(self, who: int, rank: Rank) -> bool:
        person = self.all[who]
        asked = [
            (rank.own_points, self.own_points(who)),
            (rank.customers, person.customers),
            (rank.group_points, self.group_points(who)),
            (rank.accumulated_points, self.all_points(who)),
            (rank.personal_group_points, sum(self.all[each].points for each in self.group(who))),
        ]
        wanted = sorted((leg.rank for leg in rank.legs for _ in range(leg.count)), reverse=True)
        legs = sorted((self._of_leg(leg, rank) for leg in self.brought_in[who]), reverse=True)
        if not wanted and not any(least for least, _ in asked):
            return False
        if len(legs) < len(wanted):
            return False
        pairs = [(least, has) for least, has in asked if least] + list(
            zip(wanted, legs, strict=False)
        )
        return all(has >= least for least, has in pairs)

    def _of_leg(self, first: int, rank: Rank) -> int:
        return max(self.rank(each) for each in ([first] if rank.first_line else self.team(first)))
