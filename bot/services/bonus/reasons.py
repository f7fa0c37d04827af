"""Why a rule pays nothing although its conditions are met.

A rule may have no sales to pay on, its table may begin higher, or the members below may have the
same rate. Everything here follows from a month under a version of the plan; no database.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.plans import Month, Rule, Version
from bot.core.plans.conditions import Lack
from bot.core.plans.kinds.asked import Cause, FirstRowLack, Sold
from bot.core.plans.why import SOLD_ONESELF, PassedOver, Step, rank_lacks

__all__ = ["Reason", "begun", "changes_something", "climbs", "why_unpaid"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule pays nothing.

    Attributes:
        rate_bp: the first rate of its table, where the table begins higher.
        rank: number of the rank of its first row; 0 for none.
        lacks: what is missing for it.
    """

    rule: str
    cause: Cause
    lacks: tuple[Lack, ...] = ()
    rate_bp: int = 0
    rank: int = 0


def why_unpaid(version: Version, month: Month, place: int, rule: Rule, *, walked: bool) -> Reason:
    """Returns why a rule would pay a member nothing if all its conditions were met.

    Args:
        version: of the plan.
        month: the sales.
        place: of the member.
        rule: which pays the member nothing.
        walked: whether the month holds the team, or only its counters.
    """
    first = rule.first_row_lack(month, place)
    if first is not None:
        return _before_its_table(version, month, place, rule, first)
    own = month.bases[place] > 0
    team = any(base > 0 for at, base in enumerate(month.bases) if at != place)
    cause = rule.why_unpaid(month, place, Sold(own, team, walked))
    return Reason(rule.slug, cause, rank=version.breakaway if cause == "groups" else 0)


def _before_its_table(
    version: Version, month: Month, place: int, rule: Rule, first: FirstRowLack
) -> Reason:
    """Returns what a rule requires for the first row of its table."""
    lacks = rule.conditions.lacks(month, place)
    if first.lack is not None:
        return Reason(rule.slug, "points", _joined(lacks, (first.lack,)), first.rate_bp)
    reason = Reason(rule.slug, "rank", lacks, first.rate_bp, first.rank)
    return _by_rank(version, month, place, reason)


def _by_rank(version: Version, month: Month, place: int, reason: Reason) -> Reason:
    """Returns the reason with the conditions of the rank itself."""
    asked = version.ranks[reason.rank - 1]
    lacks = tuple(each for each in reason.lacks if each.what != "rank")
    found = _joined(lacks, rank_lacks(month.ladder.ranks[reason.rank - 1], month, place))
    return Reason(
        reason.rule, "rank", () if asked.is_given else found, reason.rate_bp, reason.rank
    )


def _joined(some: Sequence[Lack], others: Sequence[Lack]) -> tuple[Lack, ...]:
    """Returns all of them; of two about the same points only the larger one."""
    found: dict[tuple[str, int], Lack] = {}
    for each in (*some, *others):
        key = (each.what, each.rank)
        if key not in found or found[key].much < each.much:
            found[key] = each
    return tuple(found.values())


def changes_something(version: Version, month: Month, over: PassedOver) -> bool:
    """Returns whether it matters to uplines that this member was passed over."""
    rule = version.rule(over.rule)
    return rule is not None and rule.goes_up(over.lacks) and rule.counts(month, over.place)


def climbs(version: Version, slug: str) -> bool:
    """Returns whether a rule counts levels, not differences of rates."""
    rule = version.rule(slug)
    return rule is None or not rule.compares


def begun(
    version: Version, month: Month, place: int, steps: Sequence[Step], *, team: bool
) -> list[Step]:
    """Returns the steps, with those of rules that have no sales to pay on yet.

    Args:
        version: of the plan.
        month: the sales.
        place: of the member.
        steps: those that the plan found.
        team: whether the member has a team, for rules that pay on its sales.
    """
    told = {step.rule for step in steps if not step.rate_bp and not step.rank}
    found = list(steps)
    for rule in version.rules:
        if rule.slug in told or (not rule.own_pays and not team):
            continue
        lacks = rule.conditions.lacks(month, place)
        if lacks and {each.what for each in lacks} <= SOLD_ONESELF:
            found.append(Step(rule.slug, 0, 0, lacks, 0))
    return sorted(found, key=lambda step: step.effort)
