"""The caller's month under the plan: with the whole team, or by the counters alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.plans import Credit, Month, Rule, Version
from bot.core.plans.conditions import Lack
from bot.flows.bonus.why_nothing_lookups import Lacking
from bot.services.bonus.estimates import team_month
from bot.services.bonus.wording import rank_name, rule_name
from bot.store.bonus import own_month
from bot.turn.turn import Turn

__all__ = ["CallerMonth", "caller_month_of"]


@dataclass(frozen=True, slots=True)
class CallerMonth:
    """The caller's month: with the team, or alone where the team is too large."""

    version: Version
    month: Month
    place: int
    walked: bool
    language: str

    @property
    def member_id(self) -> int:
        """Id of the caller."""
        return self.month.snapshot.ids[self.place]

    def mine(self, rule: Rule, as_if: int | None = None) -> list[Credit]:
        """Returns the caller's credits from a rule, before any cap."""
        return [
            each
            for each in rule.credits(self.month, as_if=as_if)
            if each.member_id == self.member_id
        ]

    def rule(self, slug: str) -> str:
        """Returns the name of a rule, as the caller reads it."""
        return rule_name(self.version, slug, self.language)

    def rank(self, number: int) -> str:
        """Returns the name of a rank, as the caller reads it."""
        return rank_name(self.version, number, self.language)

    def capped(self, amount: int, paid: int, rank: int = 0) -> int:
        """Returns how much of an amount the caller's own cap leaves beside what is paid.

        Args:
            amount: rupiah to be added.
            paid: rupiah without it.
            rank: number of the rank that the caller would have then; 0 for the present one.
        """
        caps = self.version.caps
        number = rank or self.month.ranks[self.place]
        limit = dict(caps.ranks).get(number, caps.member)
        return amount if limit is None else min(amount, max(limit - paid, 0))

    def lacks(self, found: Iterable[Lack]) -> tuple[Lacking, ...]:
        """Returns what is missing, with the names of ranks in the caller's language."""
        return tuple(Lacking(each.what, each.much, self.rank(each.rank)) for each in found)


def caller_month_of(turn: Turn, period: str) -> CallerMonth | None:
    """Returns the caller's month; None where no plan holds."""
    member_id, language = turn.caller.member.id, turn.caller.language
    seen = team_month(turn.conn, turn.company, member_id, period)
    if seen is None:
        return None
    if seen != "large":
        return CallerMonth(seen.version, seen.month, seen.place, walked=True, language=language)
    version = turn.company.plan.version_for(period)
    assert version is not None, "without a plan no team is too large"
    alone = own_month.own_month(turn.conn, member_id, period, version)
    groups = alone.group_points, alone.returned_group
    month = Month.alone(alone.snapshot, version.ladder, *groups, point_value=version.point_value)
    return CallerMonth(version, month, 0, walked=False, language=language)
