"""Names of rules and ranks in a member's language, and what the rules still require."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from sqlalchemy import Connection

from bot.company import Company
from bot.core.plans import Month, Rule, Version
from bot.core.plans import conditions as core
from bot.core.plans.values import Names
from bot.flows.bonus.bonus_lookups import Kind, LevelSum, RuleLack
from bot.services.bonus.estimates import team_month
from bot.store.bonus import statements
from bot.store.bonus.bonus_credits import Level

LATER_NAMED_MAX: Final = 3

__all__ = [
    "in_words",
    "kind_of",
    "lacks_in",
    "lacks_of",
    "later_names",
    "level_sums",
    "own_pays",
    "rank_name",
    "rule_name",
]


def in_words(names: Names, slug: str, language: str) -> str:
    """Returns a name in this language, else in the first one, else the slug."""
    found = dict(names)
    return found.get(language) or next(iter(found.values()), slug)


def rule_name(version: Version | None, slug: str, language: str) -> str:
    """Returns the name of a rule; its slug where the plan no longer has it."""
    rule = version.rule(slug) if version is not None else None
    return slug if rule is None else in_words(rule.names, slug, language)


def rank_name(version: Version, number: int, language: str) -> str:
    """Returns the name of a rank; empty for none."""
    if not number:
        return ""
    rank = version.ranks[number - 1]
    return in_words(rank.names, rank.slug, language)


def kind_of(version: Version | None, slug: str, level: int, *, company: bool = False) -> Kind:
    """Returns how a rule pays on a level; empty where the plan no longer has it.

    Args:
        version: of today's plan for the month.
        slug: of the rule.
        level: of the credit.
        company: whether the credit comes from all sales of the company.
    """
    rule = version.rule(slug) if version is not None else None
    if rule is None:
        return "pool" if company else ""
    return rule.way(level)


def later_names(version: Version | None, slugs: Iterable[str], language: str) -> tuple[str, ...]:
    """Returns the names of rules whose amounts are known only after the close.

    At most three: a plan that members can follow has no more.
    """
    found = (rule_name(version, slug, language) for slug in slugs)
    return tuple(islice(found, LATER_NAMED_MAX))


def own_pays(version: Version | None) -> bool:
    """Returns whether a member without a team can have a bonus."""
    rules = version.rules if version is not None else ()
    return any(rule.own_pays for rule in rules)


def level_sums(
    version: Version | None, levels: Sequence[Level], language: str
) -> tuple[LevelSum, ...]:
    """Returns the sum of each level; where rates are compared, of each difference."""
    sums: dict[tuple[str, Kind, int, int], list[int]] = defaultdict(lambda: [0, 0])
    for each in levels:
        kind = kind_of(version, each.rule, each.level, company=not each.sources)
        level = min(each.level, 1) if kind in {"differential", "guarantee"} else each.level
        found = sums[(each.rule, kind, level, each.rate_bp)]
        found[0] += each.sources
        found[1] += each.amount
    return tuple(
        LevelSum(rule_name(version, slug, language), kind, level, rate_bp, sources, amount)
        for (slug, kind, level, rate_bp), (sources, amount) in sums.items()
    )


def lacks_of(
    conn: Connection, company: Company, member_id: int, period: str, language: str
) -> tuple[RuleLack, ...]:
    """Returns what each rule still requires of a member; for a large team only points."""
    seen = team_month(conn, company, member_id, period)
    if seen is None:
        return ()
    if seen != "large":
        return lacks_in(seen.version, seen.month, seen.place, language)
    version = company.plan.version_for(period)
    assert version is not None, "without a plan no team is too large"
    sold = version.qualify_by == "sold"
    own = statements.month(conn, member_id, period)
    points = 0 if own is None else own.sold_points if sold else own.own_points
    return tuple(
        RuleLack(
            rule_name(version, rule.slug, language),
            rule.conditions.own_points_min - points,
            sold=sold,
        )
        for rule in version.rules
        if points < rule.conditions.own_points_min
    )


def lacks_in(version: Version, month: Month, place: int, language: str) -> tuple[RuleLack, ...]:
    """Returns what each rule still requires of the member at a place, besides membership."""
    found = []
    for rule in version.rules:
        lack = _lack(version, rule, rule.conditions.lacks(month, place), language)
        if lack is not None:
            found.append(lack)
    return tuple(found)


def _lack(
    version: Version, rule: Rule, lacks: Iterable[core.Lack], language: str
) -> RuleLack | None:
    much = {each.what: each for each in lacks if each.what != "active"}
    sold = version.qualify_by == "sold"
    if not much:
        return None
    points, customers, rank = (
        much.get(what) for what in ("sold_points" if sold else "own_points", "customers", "rank")
    )
    return RuleLack(
        rule=in_words(rule.names, rule.slug, language),
        points=points.much if points else 0,
        customers=customers.much if customers else 0,
        rank=rank_name(version, rank.rank, language) if rank else "",
        sold=sold,
    )
