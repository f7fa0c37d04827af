"""A plan in words for its author: what is paid, for what, and how much at most."""

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from bot.cli.plan.words import rupiah
from bot.company.plan_file.ceiling import percent
from bot.core.plans import (
    Caps,
    Conditions,
    Differential,
    Generation,
    Personal,
    Plan,
    Pool,
    Rank,
    Retail,
    Rule,
    Unilevel,
    Version,
)
from bot.core.plans.values import Names, PoolBase, QualifyBy, SharedBy

__all__ = ["summary"]

LEFT_BY = {
    "none": "the company keeps the level of a member who does not qualify",
    "skip-inactive": "a member without the points, customers or membership is skipped",
    "skip-below-rank": "a member who lacks any condition, also the rank, is skipped",
}
POOL_BASES: Mapping[PoolBase, str] = {
    "bonus-value": "all bonus value of the month",
    "sales": "all net sales of the month",
}
SHARED_BY: Mapping[SharedBy, str] = {
    "equally": "equally",
    "own-points": "by own points",
    "group-points": "by points of the group",
}
QUALIFY_BY: Mapping[QualifyBy, str] = {
    "sold": "own points are those sold to customers; goods for own use count for the group alone",
    "bought": "own points are those sold to customers and those of goods for own use",
}
OWN_POINTS: Mapping[QualifyBy, str] = {
    "sold": "{} points sold to customers",
    "bought": "{} own points",
}
GROUPS = {
    "points": "points of the group in the month",
    "accumulated": "points of the group in all months so far",
}


def summary(plan: Plan) -> Iterator[str]:
    """Yield the lines of one screen for each version."""
    for number, version in enumerate(plan.versions):
        after = plan.versions[number + 1].since if number + 1 < len(plan.versions) else ""
        yield f"Plan from {version.since} on{f', until {after} begins' if after else ''}"
        yield from (f"  {line}" for line in _version(version))
        yield ""


def _version(version: Version) -> Iterator[str]:
    yield QUALIFY_BY[version.qualify_by]
    if version.point_value > 1:
        yield f"1 of bonus value is {rupiah(version.point_value)}"
    if version.ranks:
        kept = "once reached, kept" if version.ranks_kept else "reached again each month"
        yield f"ranks, from the lowest ({kept}):"
        for rank in version.ranks:
            yield f"  {rank.slug} ({_named(rank.names)}): {_asked(rank, version)}"
        if version.breakaway:
            leader = version.ranks[version.breakaway - 1].slug
            yield f"  a group breaks away when its leader is paid as {leader} or higher"
    yield "rules:"
    for rule in version.rules:
        yield f"  {rule.slug} ({_named(rule.names)}): {_paid(rule, version)}"
        yield f"    requires {_conditions(rule.conditions, version)}"
    yield "  each credit is multiplied first, then rounded down to a whole rupiah, once"
    for margin in version.retail:
        yield f"  {margin.slug} ({_named(margin.names)}): {_margin(margin)}"
    yield from _caps(version.caps, version.ranks)
    of_sales = sum(rule.most_bp for rule in version.rules if rule.of_sales)
    yield "of one rupiah of bonus value:"
    yield f"  paid at most in all   {percent(version.most_bp - of_sales)}"
    if of_sales:
        yield f"of one rupiah of net sales, on top:   {percent(of_sales)}"
    yield "  paid for recruiting   0,00 %: no rule can"


def _named(names: Names) -> str:
    return " / ".join(name for _, name in names)


def _asked(rank: Rank, version: Version) -> str:
    if rank.is_given:
        return "not reached by sales"
    ranks = version.ranks
    figures = (
        (rank.own_points, OWN_POINTS[version.qualify_by]),
        (rank.customers, "{} different customers"),
        (rank.group_points, "{} points of the group"),
        (rank.personal_group_points, "{} points of the group without those broken away"),
        (rank.accumulated_points, "{} points of the group in all months"),
    )
    asked = [words.format(_whole(figure)) for figure, words in figures if figure]
    where = "whose first member is" if rank.first_line else "with a"
    for legs in rank.legs:
        count = "1 leg" if legs.count == 1 else f"{legs.count} legs"
        asked.append(f"{count} {where} {ranks[legs.rank - 1].slug}")
    return ", ".join(asked)


def _conditions(conditions: Conditions, version: Version) -> str:
    asked = ["a valid membership"]
    if conditions.own_points_min:
        least = _whole(conditions.own_points_min)
        asked.append(OWN_POINTS[version.qualify_by].format(least))
    if conditions.customers_min:
        asked.append(f"{conditions.customers_min} different customers")
    if conditions.rank_min:
        asked.append(f"the rank {version.ranks[conditions.rank_min - 1].slug}")
    return ", ".join(asked)


def _paid(rule: Rule, version: Version) -> str:
    match rule:
        case Unilevel():
            return f"unilevel, {_row(rule.rates_bp)} from level 1 on; {LEFT_BY[rule.compression]}"
        case Differential(by="rank"):
            names = [version.ranks[number - 1].slug for number, _ in rule.steps]
            rates = [percent(rate_bp) for _, rate_bp in rule.steps]
            pairs = ", ".join(map(" ".join, zip(names, rates, strict=True)))
            return f"differential by rank, {pairs}; each takes the difference to those below"
        case Differential():
            rows = _rows(rule.steps)
            return f"differential by {GROUPS[rule.by]}, {rows}; each takes the difference"
        case Generation():
            words = f"on groups that have broken away, {_row(rule.rates_bp)} from generation 1 on"
            if not rule.guarantee:
                return words
            least = rupiah(rule.guarantee * version.point_value)
            return f"{words}; at least that of {least}, made up by the leader of the group"
        case Personal(steps=((0, rate_bp),)):
            return f"{percent(rate_bp)} of own sales"
        case Pool():
            who = version.ranks[rule.conditions.rank_min - 1].slug
            what = f"{percent(rule.rate_bp)} of {POOL_BASES[rule.of]}"
            return f"a pool of {what}, shared by {who} and above, {SHARED_BY[rule.shared]}"
        case Personal():
            return f"part of own sales by own points of the month, {_rows(rule.steps)}"
        case _:
            assert_never(rule)


def _margin(margin: Retail) -> str:
    return f"{percent(margin.rate_bp)} of own sales that customers pay; not paid by the company"


def _row(rates_bp: Sequence[int]) -> str:
    return " + ".join(map(percent, rates_bp))


def _rows(steps: Sequence[tuple[int, int]]) -> str:
    return ", ".join(f"{_whole(points)}: {percent(rate_bp)}" for points, rate_bp in steps)


def _caps(caps: Caps, ranks: Sequence[Rank]) -> Iterator[str]:
    found = []
    if caps.member is not None:
        found.append(f"one member at most {rupiah(caps.member)} a month")
    found += [
        f"a member of rank {ranks[number - 1].slug} at most {rupiah(limit)} a month"
        for number, limit in caps.ranks
    ]
    if caps.company_bp is not None:
        found.append(f"all bonuses together at most {percent(caps.company_bp)} of net sales")
    yield "caps:" if found else "caps: none"
    yield from (f"  {line}" for line in found)


def _whole(figure: int) -> str:
    return f"{figure:,}".replace(",", ".")
