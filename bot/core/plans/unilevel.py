"""Unilevel: a part of what somebody sold for each of those above, by level.

The levels are counted from the seller upwards. Somebody who does not qualify in a month is paid
nothing in it; the sales of those below go on upwards all the same. What becomes of the level of
such a member is for the plan to say: it is lost (`none`), or the next one who qualifies takes it
(`skip-inactive`, which the trade calls compression).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.plans.values import Credit, Snapshot, share

__all__ = ["LEVELS_MAX", "Compression", "Unilevel"]

LEVELS_MAX = 50

Compression = Literal["none", "skip-inactive"]

NOBODY = -1
UNKNOWN = -2


@dataclass(frozen=True, slots=True)
class Unilevel:
    """The rule, as the plan file has it.

    Attributes:
        slug: its name in the books.
        names: what members read, by language.
        rates_bp: of level 1, 2, 3 ….
        compression: what becomes of the level of somebody who does not qualify.
        own_points_min: points of own approved sales that a month asks for.
    """

    slug: str
    names: tuple[tuple[str, str], ...]
    rates_bp: tuple[int, ...]
    compression: Compression = "skip-inactive"
    own_points_min: int = 0

    def qualifies(self, *, active: bool, points: int) -> bool:
        """Whether somebody is paid in a month with these own points."""
        return active and points >= self.own_points_min

    def credits(self, month: Snapshot) -> list[Credit]:
        """What it pays for a month."""
        paid = [
            self.qualifies(active=active, points=points)
            for active, points in zip(month.active, month.points, strict=True)
        ]
        skips = self.compression == "skip-inactive"
        above = _next_paid(month.sponsors, paid) if skips else month.sponsors
        return [
            credit
            for seller, base in enumerate(month.bonus)
            if base > 0
            for credit in self._of_seller(month, seller, above, paid)
        ]

    def _of_seller(
        self, month: Snapshot, seller: int, above: Sequence[int], paid: Sequence[bool]
    ) -> Iterator[Credit]:
        base = month.bonus[seller]
        place = above[seller]
        for level, rate_bp in enumerate(self.rates_bp, start=1):
            if place == NOBODY:
                return
            amount = share(base, rate_bp)
            if paid[place] and amount > 0:
                yield Credit(
                    member_id=month.ids[place],
                    rule=self.slug,
                    source_id=month.ids[seller],
                    level=level,
                    base=base,
                    rate_bp=rate_bp,
                    amount=amount,
                )
            place = above[place]


def _next_paid(sponsors: Sequence[int], paid: Sequence[bool]) -> list[int]:
    """For each member the nearest one above who is paid, each step of a line gone once."""
    found = [UNKNOWN] * len(sponsors)
    for place in range(len(sponsors)):
        way: list[int] = []
        at = place
        while at != NOBODY and found[at] == UNKNOWN:
            assert len(way) <= len(sponsors), "nobody is above themselves"
            way.append(at)
            at = sponsors[at]
            if at != NOBODY and paid[at]:
                break
        # From here upwards the answer is known: `at` itself if it is paid, else what it found.
        nearest = NOBODY if at == NOBODY else at if paid[at] else found[at]
        for below in way:
            found[below] = nearest
    return found
