"""Why a member is not paid, whom a credit passed over, and which steps come next.

All answers come from the plan itself: it computes the same month once as it is and once with one
thing changed. So no kind of rule needs an explanation of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core.plans.conditions import Condition, Lack
from bot.core.plans.kinds import Rule
from bot.core.plans.month import Month
from bot.core.plans.ranks import Rank, legs_lacking
from bot.core.plans.values import NOBODY, Credit
from bot.core.plans.versions import Version

__all__ = ["SOLD_ONESELF", "Missed", "PassedOver", "Step", "missed", "next_steps", "passed_over"]

SOLD_ONESELF: Final = frozenset({"own_points", "sold_points", "customers"})
"""The conditions that a member meets by selling, without the team."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A rule whose conditions a member does not meet, and what it would have paid.

    Attributes:
        rule: its slug.
        lacks: all conditions that are not met.
        amount: rupiah missed, before any cap; 0 where all sales of the company decide.
        sources: how many members' sales it would have come from; 0 in the same case.
    """

    rule: str
    lacks: tuple[Lack, ...]
    amount: int
    sources: int


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A member below whom a credit passed over on its way up.

    Attributes:
        place: of that member.
        rule: the slug of the rule.
        lacks: the conditions that this member did not meet.
    """

    place: int
    rule: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step within reach, and what it would add with the sales as they are.

    Attributes:
        rule: slug of the rule whose conditions or next rate it is; empty for a rank.
        rank: number of the rank; 0 where the step is not a rank.
        rate_bp: of the next row of the rule's table; 0 where the step is not a row.
        lacks: what is missing.
        amount: rupiah more than now, before any cap.
    """

    rule: str
    rank: int
    rate_bp: int
    lacks: tuple[Lack, ...]
    amount: int

    @property
    def effort(self) -> tuple[int, int]:
        """Sort key: the fewest conditions missing first, then the fewest points."""
        return len(self.lacks), sum(lack.much for lack in self.lacks)


def missed(version: Version, month: Month, place: int) -> tuple[Missed, ...]:
    """Returns what each rule would have paid a member who does not meet its conditions."""
    found = []
    for rule in version.rules:
        lacks = rule.conditions.lacks(month, place)
        if not lacks:
            continue
        if rule.needs == "company":
            found.append(Missed(rule.slug, lacks, amount=0, sources=0))
            continue
        there = _mine(rule.credits(month, as_if=place), month, place)
        if there:
            found.append(
                Missed(
                    rule=rule.slug,
                    lacks=lacks,
                    amount=sum(credit.amount for credit in there),
                    sources=len({credit.source_id for credit in there}),
                )
            )
    return tuple(found)


def passed_over(
    version: Version, month: Month, place: int, credits_: Sequence[Credit]
) -> tuple[PassedOver, ...]:
    """Returns the members below who did not qualify, so that credits passed over them.

    Args:
        version: the plan.
        month: the sales.
        place: of the member.
        credits_: of the member in the month.
    """
    places = {member_id: at for at, member_id in enumerate(month.snapshot.ids)}
    paid = {rule.slug: rule.conditions.qualified(month) for rule in version.rules}
    seen: set[tuple[str, int]] = set()
    for credit in credits_:
        rule = version.rule(credit.rule)
        if rule is None:
            continue
        at = places.get(credit.source_id, NOBODY)
        # A seller need not qualify for uplines to be paid, unless sellers have their own rate.
        if at != NOBODY and not rule.compares:
            at = month.snapshot.sponsors[at]
        while at not in (NOBODY, place):
            if not paid[rule.slug][at]:
                seen.add((rule.slug, at))
            at = month.snapshot.sponsors[at]
    return tuple(
        PassedOver(at, slug, rule.conditions.lacks(month, at))
        for slug, at in sorted(seen)
        if (rule := version.rule(slug)) is not None
    )


def next_steps(version: Version, month: Month, place: int) -> tuple[Step, ...]:
    """Returns the steps within reach of a member, the smallest first."""
    found = [
        Step(each.rule, 0, 0, each.lacks, each.amount)
        for each in missed(version, month, place)
        if all(lack.what in SOLD_ONESELF for lack in each.lacks)
    ]
    for rule in version.rules:
        found += _next_rate(version, rule, month, place)
    found += _next_rank(version, month, place)
    return tuple(sorted(found, key=lambda step: step.effort))


def _next_rate(version: Version, rule: Rule, month: Month, place: int) -> Iterator[Step]:
    """Yields the next row of a table by points, for a member who meets the conditions."""
    if rule.conditions.lacks(month, place):
        return
    row = rule.next_row(month, place)
    if row is None:
        return
    points, sold = list(month.snapshot.points), list(month.snapshot.sold)
    points[place] += row.much
    sold[place] += row.much
    more_sold = replace(month.snapshot, points=points, sold=sold)
    then = Month(more_sold, month.ladder, month.point_value)
    more = _gain(version, month, then, place)
    yield Step(rule.slug, 0, row.rate_bp, (Lack(row.what, row.much),), more)


def _next_rank(version: Version, month: Month, place: int) -> Iterator[Step]:
    """Yields the next rank that sales lead to."""
    held = month.ranks[place]
    reachable = reversed(month.ladder.reachable)
    number, rank = next(((n, each) for n, each in reachable if n > held), (0, None))
    if rank is None or not month.snapshot.active[place]:
        return
    lacks = rank_lacks(rank, month, place)
    if lacks:
        more = _gain(version, month, month.with_rank(place, number), place)
        yield Step("", number, 0, lacks, more)


def rank_lacks(rank: Rank, month: Month, place: int) -> tuple[Lack, ...]:
    """Returns what a member's figures lack for a rank."""
    customers = month.snapshot.customers[place]
    pairs: tuple[tuple[Condition, int, int], ...] = (
        (month.own_condition, rank.own_points, month.ranked_own_points[place]),
        ("customers", rank.customers, customers),
        ("group_points", rank.group_points, month.ranked_group_points[place]),
        ("personal_group_points", rank.personal_group_points, _personal_group(month, place)),
        ("accumulated_points", rank.accumulated_points, month.accumulated[place]),
    )
    found = [Lack(what, asked - there) for what, asked, there in pairs if asked > there]
    if rank.legs and (short := legs_lacking(rank, _legs_of(month, place))) is not None:
        found.append(Lack("legs", *short))
    return tuple(found)


def _personal_group(month: Month, place: int) -> int:
    """Returns the points of a member's group without the groups that have broken away."""
    inside = {place}
    points = month.ranked_points[place]
    for at in month.order:
        if month.snapshot.sponsors[at] in inside and not month.leaders[at]:
            inside.add(at)
            points += month.ranked_points[at]
    return points


def _legs_of(month: Month, place: int) -> list[tuple[int, int]]:
    """Returns for each leg the rank of its first member and the highest rank in it."""
    leg: dict[int, int] = {}
    best: dict[int, int] = {}
    for at in month.order:
        sponsor = month.snapshot.sponsors[at]
        first = at if sponsor == place else leg.get(sponsor)
        if first is not None:
            leg[at] = first
            best[first] = max(best.get(first, 0), month.ranks[at])
    return [(month.ranks[first], highest) for first, highest in best.items()]


def _gain(version: Version, now: Month, then: Month, place: int) -> int:
    """Returns how much more the rules bring a member in the other month, at least 0.

    Rules that share all sales of the company are left out.
    """
    both = [
        sum(
            credit.amount
            for rule in version.rules
            if rule.needs != "company"
            for credit in _mine(rule.credits(month), month, place)
        )
        for month in (now, then)
    ]
    return max(both[1] - both[0], 0)


def _mine(credits_: Sequence[Credit], month: Month, place: int) -> list[Credit]:
    member_id = month.snapshot.ids[place]
    return [credit for credit in credits_ if credit.member_id == member_id]
