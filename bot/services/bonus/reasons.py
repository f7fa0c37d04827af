"""Why a rule brings a member nothing although no condition of it is to blame for that alone.

A rule may have nothing to pay on, its table may begin higher, or those below may have the same
rate. Nothing here touches the books: it looks at a month under a version of the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.plans import (
    Differential,
    Generation,
    Month,
    Personal,
    Rule,
    Unilevel,
    Version,
)
from bot.core.plans.conditions import Lack
from bot.core.plans.rates import share
from bot.core.plans.why import PassedOver, Step, rank_lacks
from bot.flows.bonus.why_nothing_lookups import Cause

__all__ = ["Reason", "barren", "begun", "changes_something", "goes_up"]

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
    above = _table_begins_above(version, month, place, rule)
    if above is not None:
        return above
    own = month.bases[place] > 0
    team = any(base > 0 for at, base in enumerate(month.bases) if at != place)
    if isinstance(rule, Personal):
        return Reason(rule.slug, "small" if own else "unsold")
    if not team and not (own and isinstance(rule, Differential)):
        return Reason(rule.slug, "unsold")
    if isinstance(rule, Differential):
        return Reason(rule.slug, "same")
    if isinstance(rule, Generation):
        return Reason(rule.slug, "groups" if walked else "unsold", rank=version.breakaway)
    return Reason(rule.slug, "deep" if _would_pay(rule, month, place) else "small")


def _would_pay(rule: Rule, month: Month, place: int) -> bool:
    """Whether what others sold is worth a whole rupiah at the best rate."""
    best = max(rule.rates_bp, default=0) if isinstance(rule, Unilevel) else 0
    others = (base for at, base in enumerate(month.bases) if at != place)
    return any(share(base, best) for base in others if base > 0)


def _table_begins_above(version: Version, month: Month, place: int, rule: Rule) -> Reason | None:
    """What a rule asks for before its table begins at all."""
    lacks = rule.conditions.lacks(month, place)
    if isinstance(rule, Generation):
        least = version.breakaway
        if month.ranks[place] >= least:
            return None
        return _by_rank(version, month, place, Reason(rule.slug, "rank", lacks, 0, least))
    if isinstance(rule, Differential) and rule.by == "rank":
        least, rate_bp = rule.steps[0]
        if month.ranks[place] >= least:
            return None
        reason = Reason(rule.slug, "rank", lacks, rate_bp, least)
        return _by_rank(version, month, place, reason)
    if isinstance(rule, Differential | Personal):
        least, rate_bp = rule.steps[0]
        if isinstance(rule, Personal):
            lack = Lack("own_points", least - month.sight.points[place])
        elif rule.by == "points":
            lack = Lack("group_points", least - rule.figure(month, place))
        else:
            lack = Lack("accumulated_points", least - rule.figure(month, place))
        if lack.much > 0:
            return Reason(rule.slug, "points", _joined(lacks, (lack,)), rate_bp)
    return None


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


def goes_up(rule: Rule, lacks: Sequence[Lack]) -> bool:
    """Whether what somebody misses goes on to the next one above who qualifies."""
    if isinstance(rule, Unilevel):
        if rule.compression == "none":
            return False
        # Who lacks nothing but the rank keeps the level, and nobody is paid for it.
        only_rank = all(each.what == "rank" for each in lacks)
        return rule.compression == "skip-below-rank" or not only_rank
    return not isinstance(rule, Personal)


def changes_something(version: Version, month: Month, over: PassedOver) -> bool:
    """Whether it makes a difference to those above that somebody was passed over."""
    rule = version.rule(over.rule)
    if rule is None or not goes_up(rule, over.lacks):
        return False
    # Generations are counted from leader to leader, so that nobody else is one.
    return not isinstance(rule, Generation) or month.leaders[over.place]


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
        if rule.slug in told or (isinstance(rule, Unilevel | Generation) and not team):
            continue
        lacks = rule.conditions.lacks(month, place)
        if lacks and {each.what for each in lacks} <= SOLD_BY_ONESELF:
            found.append(Step(rule.slug, 0, 0, lacks, 0))
    return sorted(found, key=lambda step: step.effort)
