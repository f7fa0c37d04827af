"""Who is paid how much of what was sold: plans as data, one kind of rule a file.

A plan is a list of versions with the month from which each holds. A version is a list of rules,
and a rule turns the sales of a month into credits. Every credit names the member whose sales it
comes from, so a rule has nothing to pay out for bringing somebody in.
"""

from collections.abc import Mapping
from typing import Final

from bot.core.plans.unilevel import Unilevel
from bot.core.plans.values import Credit, Plan, Rule, Snapshot, Version

__all__ = ["KINDS", "Credit", "Plan", "Rule", "Snapshot", "Version", "credits_of"]

KINDS: Final[Mapping[str, type[Unilevel]]] = {"unilevel": Unilevel}
"""The kinds of rules a plan file may name."""


def credits_of(version: Version, month: Snapshot) -> list[Credit]:
    """All credits of a month under a version of the plan, in the order of rule and seller."""
    return [credit for rule in version.rules for credit in rule.credits(month)]
