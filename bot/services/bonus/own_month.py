"""A member's own month as a plan sees it: with the whole team, or by the counters alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.plans import Credit, Month, Rule, Version
from bot.core.plans.conditions import Lack
from bot.flows.bonus.why_nothing_lookups import Lacking
from bot.services.bonus.estimates import team_month
from bot.services.bonus.wording import rank_name, rule_name
from bot.store.bonus import own_month
from bot.turn.turn import Turn

__all__ = ["Sight", "see"]


@dataclass(frozen=True, slots=True)
class Sight:
    """The caller's month as it can be seen: with the team, or alone where that is too large."""

    version: Version
    month: Month
    place: int
    walked: bool
    language: str

    @property
    def member_id(self) -> int:
        """The caller."""
        return self.month.sight.ids[self.place]

    def mine(self, rule: Rule, as_if: int | None = None) -> list[Credit]:
        """What a rule brings the caller before any cap."""
        return [
            each
            for each in rule.credits(self.month, as_if=as_if)
            if each.member_id == self.member_id
        ]

    def rule(self, slug: str) -> str:
        """What the caller reads for a rule."""
        return rule_name(self.version, slug, self.language)

    def rank(self, number: int) -> str:
        """What the caller reads for a rank."""
        return rank_name(self.version, number, self.language)

    def capped(self, amount: int, paid: int, rank: int = 0) -> int:
        """As much of an amount as the caller's own cap leaves beside what is paid already.

        Args:
            amount: rupiah more.
            paid: rupiah without it.
            rank: number of the rank that would be held then; 0 for the present one.
        """
        caps = self.version.caps
        number = rank or self.month.ranks[self.place]
        limit = dict(caps.ranks).get(number, caps.member)
        return amount if limit is None else min(amount, max(limit - paid, 0))

    def lacks(self, found: Iterable[Lack]) -> tuple[Lacking, ...]:
        """What is missing, in the caller's words."""
        return tuple(Lacking(each.what, each.much, self.rank(each.rank)) for each in found)


def see(turn: Turn, period: str) -> Sight | None:
    """The caller's month; None where no plan is or was in force."""
    member_id, language = turn.caller.seat.id, turn.caller.language
    seen = team_month(turn.conn, turn.company, member_id, period)
    if seen is None:
        return None
    if seen != "large":
        return Sight(seen.version, seen.month, seen.place, walked=True, language=language)
    version = turn.company.plan.version_for(period)
    assert version is not None, "without a plan no team is too large"
    alone = own_month.own_month(turn.conn, member_id, period, version)
    month = Month.alone(alone.sight, version.ladder, alone.group_points, version.point_value)
    return Sight(version, month, 0, walked=False, language=language)
