"""Compensation plans: who is paid how much of what was sold.

A plan is a list of versions, each with the month from which it holds. A version has ranks, rules
and caps; a rule turns the sales of a month into credits. Every credit names the sales it comes
from, so no rule can pay for recruiting. Begin with `kinds/unilevel.py`.
"""

from dataclasses import dataclass

from bot.core.plans.caps import Caps, capped
from bot.core.plans.conditions import Conditions
from bot.core.plans.kinds import (
    KINDS,
    Differential,
    Generation,
    Personal,
    Pool,
    Retail,
    Rule,
    Unilevel,
)
from bot.core.plans.month import Month
from bot.core.plans.ranks import Legs, Rank
from bot.core.plans.values import Credit, Snapshot
from bot.core.plans.versions import Plan, Version

__all__ = [
    "KINDS",
    "Caps",
    "Conditions",
    "Credit",
    "Differential",
    "Generation",
    "Legs",
    "Month",
    "Personal",
    "Plan",
    "PlanOutcome",
    "Pool",
    "Rank",
    "Retail",
    "Rule",
    "Snapshot",
    "Unilevel",
    "Version",
    "credits_of",
    "month_under",
    "work_out",
]


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """The result of a month under a version of the plan.

    Attributes:
        credits: by the rules in their order.
        ranks: the paid-as rank of each member, by place: a number of the version's ranks, 0 for
            none.
        titles: the highest rank that each member has ever reached.
        accumulated: points of each group in all months; empty where no rank or rate goes by them.
        cut: rupiah that the caps took away.
    """

    credits: list[Credit]
    ranks: list[int]
    titles: list[int]
    accumulated: list[int]
    cut: int


def month_under(version: Version, snapshot: Snapshot) -> Month:
    """Returns a month under the ranks of a version."""
    return Month(snapshot, version.ladder, version.point_value)


def work_out(version: Version, snapshot: Snapshot) -> PlanOutcome:
    """Returns all credits, ranks and points of a month."""
    month = month_under(version, snapshot)
    raw = [credit for rule in version.rules for credit in rule.credits(month)]
    paid = capped(version.caps, month, raw)
    cut = 0
    if paid is not raw:
        cut = sum(each.amount for each in raw) - sum(each.amount for each in paid)
    return PlanOutcome(
        credits=paid,
        ranks=list(month.ranks),
        titles=list(month.titles) if version.ranks else [],
        accumulated=list(month.accumulated) if version.accumulates else [],
        cut=cut,
    )


def credits_of(version: Version, snapshot: Snapshot) -> list[Credit]:
    """Returns all credits of a month under a version, in the order of rule and seller."""
    return work_out(version, snapshot).credits
