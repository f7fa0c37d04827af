"""Why a rule brings a member nothing although no condition of it is to blame for that alone.

A rule may have nothing to pay on, its table may begin higher, or those below may have the same
rate. Nothing here touches the books: it looks at a month under a version of the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.plans import Month, Rule, Version
from bot.core.plans.conditions import Lack
from bot.core.plans.kinds.asked import Begins, Cause, Sold
from bot.core.plans.why import PassedOver, Step, rank_lacks

__all__ = ["Reason", "barren", "begun", "changes_something", "climbs"]

SOLD_BY_ONESELF = {"own_points", "customers"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule brings nothing.

    Attributes:
        rate_bp: the first rate of its table, where that is what is missing.
        rank: number of the rank with which it begins; 0 for none.
        lacks: what is missing until then.
    """

    rule: str
    cause: Cause
    lacks: tuple[Lack, ...] = ()
    rate_bp: int = 0
    rank: int = 0


def barren(version: Version, month: Month, place: int, rule: Rule, *, walked: bool) -> Reason:
    """Why a rule brings a member nothing, were all its conditions met.

    Args:
        version: the plan.
        month: of whom the member is at `place`.
        place: the member.
        rule: which brings the member nothing.
        walked: whether the team is in the month, or only its counters.
    """
    begins = rule.begins(month, place)
    if begins is not None:
        return _before_its_table(version, month, place, rule, begins)
    own = month.bases[place] > 0
    team = any(base > 0 for at, base in enumerate(month.bases) if at != place)
    cause = rule.barren(month, place, Sold(own, team, walked))
    return Reason(rule.slug, cause, rank=version.breakaway if cause == "groups" else 0)


def _before_its_table(
    version: Version, month: Month, place: int, rule: Rule, begins: Begins
) -> Reason:
    """What a rule asks for before its table begins at all."""
    lacks = rule.conditions.lacks(month, place)
    if begins.lack is not None:
        return Reason(rule.slug, "points", _joined(lacks, (begins.lack,)), begins.rate_bp)
    reason = Reason(rule.slug, "rank", lacks, begins.rate_bp, begins.rank)
    return _by_rank(version, month, place, reason)


def _by_rank(version: Version, month: Month, place: int, reason: Reason) -> Reason:
    """The same with what the rank itself asks for."""
    asked = version.ranks[reason.rank - 1]
    lacks = tuple(each for each in reason.lacks if each.what != "rank")
    found = _joined(lacks, rank_lacks(month.ladder.ranks[reason.rank - 1], month, place))
    return Reason(
        reason.rule, "rank", () if asked.is_given else found, reason.rate_bp, reason.rank
    )


def _joined(some: Sequence[Lack], others: Sequence[Lack]) -> tuple[Lack, ...]:
    """All of them; of two about the same points the larger one says it all."""
    found: dict[tuple[str, int], Lack] = {}
    for each in (*some, *others):
        key = (each.what, each.rank)
        if key not in found or found[key].much < each.much:
            found[key] = each
    return tuple(found.values())


def changes_something(version: Version, month: Month, over: PassedOver) -> bool:
    """Whether it makes a difference to those above that somebody was passed over."""
    rule = version.rule(over.rule)
    return rule is not None and rule.goes_up(over.lacks) and rule.counts(month, over.place)


def climbs(version: Version, slug: str) -> bool:
    """Whether levels go past a member, and not differences of rates."""
    rule = version.rule(slug)
    return rule is None or not rule.compares


def begun(
    version: Version, month: Month, place: int, steps: Sequence[Step], *, team: bool
) -> list[Step]:
    """The steps, and those with which rules begin that have nothing to pay on yet.

    Args:
        version: the plan.
        month: of whom the member is at `place`.
        place: the member.
        steps: those of the plan.
        team: whether anybody stands below, for a rule that pays on their sales.
    """
    told = {step.rule for step in steps if not step.rate_bp and not step.rank}
    found = list(steps)
    for rule in version.rules:
        if rule.slug in told or (not rule.own_pays and not team):
            continue
        lacks = rule.conditions.lacks(month, place)
        if lacks and {each.what for each in lacks} <= SOLD_BY_ONESELF:
            found.append(Step(rule.slug, 0, 0, lacks, 0))
    return sorted(found, key=lambda step: step.effort)
