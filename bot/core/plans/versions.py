"""A plan: its versions, each with the month from which it holds."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from bot.core.plans.caps import UNCAPPED, Caps
from bot.core.plans.kinds import Retail, Rule
from bot.core.plans.ranks import Ladder, Rank

__all__ = ["Plan", "Version"]


@dataclass(frozen=True)
class Version:
    """The plan from one month on.

    Attributes:
        since: the first month that it holds for, as YYYY-MM.
        rules: those that the company pays, in the order of the file.
        ranks: from the lowest to the highest; the first one has the number 1.
        point_value: rupiah for one of bonus value.
        breakaway: number of the rank with which a group breaks away; 0 for none.
        ranks_kept: whether a rank once reached is kept.
        caps: limits of what is paid.
        retail: margins of sellers, which are shown and not paid.
    """

    since: str
    rules: tuple[Rule, ...]
    ranks: tuple[Rank, ...] = ()
    point_value: int = 1
    breakaway: int = 0
    ranks_kept: bool = False
    caps: Caps = UNCAPPED
    retail: tuple[Retail, ...] = ()

    @cached_property
    def ladder(self) -> Ladder:
        """The ranks and how they are kept."""
        return Ladder(self.ranks, self.breakaway, self.ranks_kept)

    @property
    def digest(self) -> str:
        """A short hash; two versions with the same digest pay the same."""
        facts = (
            self.rules,
            self.ranks,
            self.point_value,
            self.breakaway,
            self.ranks_kept,
            self.caps,
        )
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]

    @property
    def needs_customers(self) -> bool:
        """Whether any condition counts customers."""
        return any(rule.conditions.customers_min for rule in self.rules) or any(
            rank.customers for rank in self.ranks
        )

    @property
    def accumulates(self) -> bool:
        """Whether earlier months count, so that this one has to be kept for the next."""
        return any(rule.accumulates for rule in self.rules) or self.ladder.accumulates

    @property
    def most_bp(self) -> int:
        """What all rules together pay at most of a rupiah sold, in hundredths of a percent.

        Rates of bonus value and of net sales are added, as bonus value is a part of the price.
        """
        return sum(rule.most_bp for rule in self.rules)

    def rule(self, slug: str) -> Rule | None:
        """Returns the rule with this slug, or None."""
        return next((rule for rule in self.rules if rule.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """All versions, the earliest first; none for a company that pays no bonuses."""

    versions: tuple[Version, ...] = ()

    def version_for(self, period: str) -> Version | None:
        """Returns the version that holds at the start of a month; None before the first."""
        return next((each for each in reversed(self.versions) if each.since <= period), None)
