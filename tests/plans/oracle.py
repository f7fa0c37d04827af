"""A second implementation of the rules of a plan, as a person would work them out by hand.

From each seller up the line and from each leader down the groups, with dictionaries and recursion,
and slowly. It shares nothing with the plans themselves but the shape of a version, so where both
agree, an error is unlikely. It is for small trees: recursion would not do for a long line.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

from bot.core.plans import (
    Conditions,
    Differential,
    Generation,
    Personal,
    Pool,
    Retail,
    Rule,
    Unilevel,
    Version,
)
from tests.plans.oracle_people import People, Row

__all__ = ["Line", "lines_by_hand", "margins_by_hand", "paid_by_hand"]

WHOLE = 10_000

Parts = Iterator[tuple[int, int, int]]
"""Returns who is paid from a sale, at which level, at which rate."""


@dataclass(frozen=True)
class Line:
    """One line of the payments."""

    member: int
    rule: str
    source: int
    level: int
    rate: int
    amount: int


def paid_by_hand(version: Version, rows: list[Row]) -> list[Line]:
    """Returns the final payments: rule by rule, seller by seller, upwards.

    The order only says who gets the last rupiah of a cap when two would lose the same part of it.
    """
    people = People(version, rows)
    found: list[Line] = []
    for rule in version.rules:
        lines = lines_by_hand(rule, people)
        if isinstance(rule, Generation):
            lines = _made_up(rule, people, lines) if rule.guarantee else lines
            lines.sort(key=lambda line: (line.source, line.level))
        found += lines
    limits = dict(version.caps.ranks)
    for who in people.all:
        limit = limits.get(people.rank(who), version.caps.member)
        mine = [line for line in found if line.member == who]
        if limit is not None and _sum(mine) > limit:
            less = dict(zip(mine, _shared(limit, mine), strict=True))
            found = [less.get(line, line) for line in found]
    if version.caps.company_bp is not None:
        limit = sum(each.sales for each in people.all.values()) * version.caps.company_bp // WHOLE
        if _sum(found) > limit:
            found = _shared(limit, found)
    return [line for line in found if line.amount]


def _sum(lines: list[Line]) -> int:
    return sum(line.amount for line in lines)


def _shared(limit: int, lines: list[Line]) -> list[Line]:
    """The lines in proportion; the last rupiahs go one each to those that lost most of one."""
    factor = Fraction(limit, _sum(lines))
    exact = [line.amount * factor for line in lines]
    down = [int(amount) for amount in exact]
    lost = sorted(range(len(lines)), key=lambda at: (down[at] - exact[at], at))
    for at in lost[: limit - sum(down)]:
        down[at] += 1
    return [replace(line, amount=amount) for line, amount in zip(lines, down, strict=True)]


def lines_by_hand(rule: Rule, people: People) -> list[Line]:
    """Returns the result of a rule before caps and guarantees."""
    if isinstance(rule, Pool):
        return _pool(rule, people)
    found = []
    for source in people.all:
        base = people.base(source)
        for member, level, rate in _parts(rule, people, source) if base > 0 else ():
            found.append(Line(member, rule.slug, source, level, rate, base * rate // WHOLE))
    return [line for line in found if line.amount]


def margins_by_hand(rule: Retail, people: People) -> dict[int, int]:
    """Returns what each seller keeps of the price, apart from any bonus."""
    kept = {who: people.base(who) * rule.rate_bp // WHOLE for who in people.all}
    return {who: margin for who, margin in kept.items() if margin > 0}


def _pool(rule: Pool, people: People) -> list[Line]:
    """A jar with its part of all that was sold, from which each takes a turn."""
    sold = [
        each.sales if rule.of == "sales" else people.base(each.id) for each in people.all.values()
    ]
    jar = sum(sold) * rule.rate_bp // WHOLE
    weight = {
        "equally": lambda _: 1,
        "own-points": people.own_points,
        "group-points": people.group_points,
    }[rule.shared]
    sharing = {who: weight(who) for who in people.all if _qualifies(people, who, rule.conditions)}
    found = []
    for who, mine in sharing.items():
        amount = int(Fraction(mine, sum(sharing.values()) or 1) * jar)
        found.append(Line(who, rule.slug, 0, 0, rule.rate_bp, amount))
    return [line for line in found if line.amount]


def _parts(
    rule: Unilevel | Differential | Generation | Personal, people: People, source: int
) -> Parts:
    match rule:
        case Unilevel():
            return _unilevel(rule, people, source)
        case Differential():
            return _differential(rule, people, source)
        case Generation():
            return _generation(rule, people, source)
        case Personal():
            return _personal(rule, people, source)
        case _:
            assert_never(rule)


def _qualifies(people: People, who: int, asked: Conditions) -> bool:
    return _sold_enough(people, who, asked) and people.rank(who) >= asked.rank_min


def _sold_enough(people: People, who: int, asked: Conditions) -> bool:
    person = people.all[who]
    sold = (
        people.own_points(who) >= asked.own_points_min and person.customers >= asked.customers_min
    )
    return person.active and sold


def _unilevel(rule: Unilevel, people: People, source: int) -> Parts:
    level = 1
    for who in people.above(source):
        if level > len(rule.rates_bp):
            return
        paid = _qualifies(people, who, rule.conditions)
        if paid:
            yield who, level, rule.rates_bp[level - 1]
        skipped = {
            "none": False,
            "skip-inactive": not _sold_enough(people, who, rule.conditions),
            "skip-below-rank": not paid,
        }[rule.compression]
        level += not skipped


def _differential(rule: Differential, people: People, source: int) -> Parts:
    taken = 0
    for distance, who in enumerate([source, *people.above(source)]):
        rate = _rate(rule, people, who)
        if rate > taken:
            yield who, distance, rate - taken
            taken = rate


def _rate(rule: Differential, people: People, who: int) -> int:
    if not _qualifies(people, who, rule.conditions):
        return 0
    figure = {
        "points": people.group_points,
        "accumulated": people.all_points,
        "rank": people.rank,
    }[rule.by](who)
    return max((rate for least, rate in rule.steps if figure >= least), default=0)


def _generation(rule: Generation, people: People, source: int) -> Parts:
    line = [source, *people.above(source)]
    leaders = [who for who in line if people.leads(who)]
    paid = [who for who in leaders[1:] if _qualifies(people, who, rule.conditions)]
    for generation, (who, rate) in enumerate(zip(paid, rule.rates_bp, strict=False), start=1):
        yield who, generation, rate


def _personal(rule: Personal, people: People, source: int) -> Parts:
    if _qualifies(people, source, rule.conditions):
        points = people.own_points(source)
        yield source, 0, max((rate for least, rate in rule.steps if points >= least), default=0)


def _made_up(rule: Generation, people: People, lines: list[Line]) -> list[Line]:
    """Returns the guarantees: what small groups lack, out of what their leaders earn, upwards."""
    least = rule.guarantee * people.version.point_value * rule.rates_bp[0] // WHOLE
    earned: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        earned[line.member].append(line)
    leaders = [who for who in people.all if people.leads(who)]
    for giver in sorted(leaders, key=lambda who: len(people.above(who)), reverse=True):
        takers = (
            who
            for who in people.above(giver)
            if people.leads(who) and _qualifies(people, who, rule.conditions)
        )
        taker = next(takers, None)
        if taker is None:
            continue
        group = people.group(giver)
        has = _sum([line for line in lines if line.member == taker and line.source in group])
        handed = min(max(least - has, 0), _sum(earned[giver]))
        if not handed:
            continue
        mine = sorted(earned[giver], key=lambda line: line.source)
        for line, gone in zip(mine, _shared(handed, mine), strict=True):
            earned[taker].append(
                replace(line, member=taker, level=line.level + 1, amount=gone.amount)
            )
        earned[giver] = [
            replace(line, amount=line.amount - gone.amount)
            for line, gone in zip(mine, _shared(handed, mine), strict=True)
        ]
    return [line for each in earned.values() for line in each]
