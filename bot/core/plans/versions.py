"""A plan: its versions, each with the month from which it holds."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.plans.caps import UNCAPPED, Caps
from bot.core.plans.kinds import Retail, Rule
from bot.core.plans.ranks import Ladder, Rank
from bot.core.plans.values import QualifyBy

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
        qualify_by: what a member's own points are, by which members qualify.
        former: earlier names of ranks, each with the slug that the rank has now; titles are
            stored by the name of their day.
        unanswered: ranks of earlier versions of which the file does not say what becomes of
            those who hold them; no month is closed while there are any.
    """

    since: str
    rules: tuple[Rule, ...]
    ranks: tuple[Rank, ...] = ()
    point_value: int = 1
    breakaway: int = 0
    ranks_kept: bool = False
    caps: Caps = UNCAPPED
    retail: tuple[Retail, ...] = ()
    qualify_by: QualifyBy = "bought"
    former: tuple[tuple[str, str], ...] = ()
    unanswered: tuple[str, ...] = ()

    @cached_property
    def ladder(self) -> Ladder:
        """The ranks and how they are kept."""
        return Ladder(self.ranks, self.breakaway, self.ranks_kept, self.qualify_by)

    @property
    def digest(self) -> str:
        """A short hash; two versions with the same digest pay the same."""
        facts: tuple[object, ...] = (
            self.rules,
            self.ranks,
            self.point_value,
            self.breakaway,
            self.ranks_kept,
            self.caps,
        )
        # Closed months keep the digest that they were closed under, so a later key adds to it
        # only where it changes something.
        if self.qualify_by != "bought":
            facts = (*facts, self.qualify_by)
        if self.former:
            facts = (*facts, self.former)
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]

    @cached_property
    def rank_numbers(self) -> Mapping[str, int]:
        """The number of each rank by its slug, and by the names that it had before."""
        numbers = {rank.slug: number for number, rank in enumerate(self.ranks, start=1)}
        return numbers | {old: numbers[now] for old, now in self.former}

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
    """All versions, the earliest first; none for a company that pays no bonuses.

    Attributes:
        source: the text of the file that it was read from; empty for none.
    """

    versions: tuple[Version, ...] = ()
    source: str = field(default="", compare=False, repr=False)

    def version_for(self, period: str) -> Version | None:
        """Returns the version that holds at the start of a month; None before the first."""
        return next((each for each in reversed(self.versions) if each.since <= period), None)

    def shown_sold(self, period: str, points: int, sold: int) -> int | None:
        """Returns the points sold to customers where only these count and others were bought.

        None where all points of the month count for the conditions of the plan.
        """
        version = self.version_for(period)
        by_sold = version is not None and version.qualify_by == "sold"
        return sold if by_sold and sold != points else None

    def kept_unit(self, sold_in: str, counts_in: str) -> int:
        """Returns the unit that a sale keeps when it counts in a later month than its own.

        Args:
            sold_in: the month of its day, as YYYY-MM.
            counts_in: the month in which it counts.

        Returns:
            Rupiah for one of bonus value; 0 where both months have the same unit, or no plan.
        """
        then, now = self.version_for(sold_in), self.version_for(counts_in)
        if then is None or now is None or then.point_value == now.point_value:
            return 0
        return then.point_value
