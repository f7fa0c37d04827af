"""The result of a month under one plan version, with its sums."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.plans import Credit, PlanOutcome, Snapshot, Version, month_under, work_out
from bot.core.plans.values import COMPANY

__all__ = ["PlanResult", "calculate"]


@dataclass(frozen=True)
class PlanResult:
    """A month and its result under a plan version.

    Attributes:
        outcome: what the company would pay.
        margins: what sellers keep themselves, where the plan has rules for it.
    """

    version: Version
    month: Snapshot
    outcome: PlanOutcome
    margins: Sequence[Credit]

    @cached_property
    def earned(self) -> Mapping[int, int]:
        """The bonus of each member who is paid, by id."""
        found: dict[int, int] = defaultdict(int)
        for credit in self.outcome.credits:
            found[credit.member_id] += credit.amount
        return found

    @property
    def paid(self) -> int:
        """The sum of all bonuses in rupiah."""
        return sum(self.earned.values())

    @property
    def net_sales(self) -> int:
        """The sum of all sales in rupiah."""
        return sum(self.month.sales)

    @property
    def kept(self) -> int:
        """The sum of all margins in rupiah."""
        return sum(credit.amount for credit in self.margins)

    @property
    def from_recruiting(self) -> int:
        """The sum of bonuses whose source sold nothing that counts, in rupiah."""
        sold = {
            member_id
            for member_id, base in zip(
                self.month.ids, month_under(self.version, self.month).bases, strict=True
            )
            if base > 0
        }
        if self.net_sales > 0:
            sold.add(COMPANY)
        return sum(each.amount for each in self.outcome.credits if each.source_id not in sold)

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[int, int]]:
        """By rule the sum and the count of members paid, in the order of the plan."""
        sums: dict[str, int] = {rule.slug: 0 for rule in self.version.rules}
        payees: dict[str, set[int]] = {rule.slug: set() for rule in self.version.rules}
        for credit in self.outcome.credits:
            sums[credit.rule] += credit.amount
            payees[credit.rule].add(credit.member_id)
        return {slug: (amount, len(payees[slug])) for slug, amount in sums.items()}

    def best(self, count: int) -> list[tuple[int, int]]:
        """Returns id and bonus of the best paid members; equal bonuses are ordered by id."""
        return sorted(self.earned.items(), key=lambda each: (-each[1], each[0]))[:count]

    def by_rank(self) -> Iterator[tuple[str, int, int]]:
        """Yield each rank from the highest, the count of members paid as it, and their bonuses.

        The last one is no rank; its slug is empty.
        """
        members: dict[int, int] = defaultdict(int)
        sums: dict[int, int] = defaultdict(int)
        for member_id, rank in zip(self.month.ids, self.outcome.ranks, strict=True):
            members[rank] += 1
            sums[rank] += self.earned.get(member_id, 0)
        for number in range(len(self.version.ranks), -1, -1):
            slug = self.version.ranks[number - 1].slug if number else ""
            yield slug, members[number], sums[number]


def calculate(version: Version, month: Snapshot) -> PlanResult:
    """Calculate a month under a plan version."""
    seen = month_under(version, month)
    margins = [credit for rule in version.retail for credit in rule.margins(seen)]
    return PlanResult(version, month, work_out(version, month), margins)
