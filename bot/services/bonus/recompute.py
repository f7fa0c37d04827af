"""Computes a member's credits again, to explain what is not stored with them.

The database stores what was paid on which sales. The rate that a difference was taken from, what
each of several caps took, and the members that a credit passed over follow from the plan.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.core.members.people import masked_name
from bot.core.plans import Credit, Version
from bot.core.plans.kinds.asked import RateFigures
from bot.core.plans.rates import share
from bot.core.plans.why import passed_over
from bot.flows.bonus.why_nothing_lookups import Lacking, Skipped
from bot.services.bonus.bonus import closed
from bot.services.bonus.estimates import TeamMonth, credits_in, team_month
from bot.services.bonus.reasons import changes_something, climbs
from bot.services.bonus.wording import rank_name, rule_name
from bot.store.bonus import bonus_credits, credit_sales
from bot.store.bonus.bonus_credits import Level
from bot.store.members import members
from bot.turn.turn import Turn

__all__ = [
    "ExplainedMonth",
    "Skips",
    "cuts",
    "explained_month",
    "recomputed",
    "skips",
    "top_rate",
    "unit_of",
]

SKIPPED_NAMED: Final = 2


class Skips(NamedTuple):
    """Members whom credits passed over: some by name, and how many more."""

    named: tuple[Skipped, ...]
    more: int


NOBODY_SKIPPED: Final = Skips((), 0)


@dataclass(frozen=True, slots=True)
class ExplainedMonth:
    """A month and the plan that explains it.

    Attributes:
        version: of today's plan for that month; None for none.
        closed: whether the month is closed.
        known: whether it was closed under this version; always true for an open month.
        seen: the caller's team, where the plan is known and the team not too large.
    """

    period: str
    version: Version | None
    closed: bool
    known: bool
    seen: TeamMonth | None


def explained_month(turn: Turn, period: str) -> ExplainedMonth:
    """Returns a month with the plan that explains it."""
    version = turn.company.plan.version_for(period)
    closing = closed(turn, period)
    known = version is not None and closing is None
    if version is not None and closing is not None:
        known = version.digest == closing.plan_digest
    team = team_month(turn.conn, turn.company, turn.caller.member.id, period) if known else None
    seen = None if team == "large" else team
    return ExplainedMonth(period, version, closed=closing is not None, known=known, seen=seen)


def recomputed(
    turn: Turn, explained: ExplainedMonth, levels: Sequence[Level] | None = None
) -> tuple[Credit, ...]:
    """Returns the caller's credits before the company's cap, computed again from the team.

    Empty where they differ from what was paid, as when a membership has changed since.
    """
    me = turn.caller.member
    if levels is None and explained.closed:
        levels = bonus_credits.levels_of(turn.conn, me.id, explained.period)
    found = credits_in(explained.seen) if explained.seen is not None else ()
    agrees = levels is None or _grounds(Level.sums(found)) == _grounds(levels)
    return found if agrees else ()


def cuts(
    explained: ExplainedMonth, credit: Credit, again: Sequence[Credit]
) -> tuple[str, str, int]:
    """Returns why a credit is below its rate, the cap before that one, and what that took.

    The database names only the last of several caps.
    """
    if credit.cut != "company":
        return credit.cut, "", 0
    key = credit.rule, credit.source_id, credit.level
    before = next((one for one in again if (one.rule, one.source_id, one.level) == key), None)
    if before is not None and before.cut:
        return credit.cut, before.cut, share(before.base, before.rate_bp) - before.amount
    caps = explained.version.caps if explained.version is not None else None
    several = before is None and (caps is None or caps.member is not None or bool(caps.ranks))
    rule = explained.version.rule(credit.rule) if explained.version is not None else None
    several = several or (rule is not None and rule.guarantees)
    return ("caps" if several else credit.cut), "", 0


def unit_of(turn: Turn, explained: ExplainedMonth) -> int:
    """Returns the rupiah for one of bonus value in the month."""
    closing = closed(turn, explained.period) if explained.closed else None
    if closing is not None:
        return closing.point_value
    return explained.version.point_value if explained.version is not None else 1


def top_rate(turn: Turn, explained: ExplainedMonth, slug: str) -> int:
    """Returns the caller's own rate of a rule that compares rates; 0 where not known."""
    rule = (
        explained.version.rule(slug) if explained.version is not None and explained.known else None
    )
    if rule is None or not rule.compares or explained.version is None:
        return 0
    me = turn.caller.member
    if not explained.closed:
        seen = explained.seen
        return 0 if seen is None else rule.own_rate(seen.month, seen.place)
    then = credit_sales.rate_grounds(turn.conn, me.id, explained.period)
    slugs = ["", *(rank.slug for rank in explained.version.ranks)]
    rank = slugs.index(then.paid_as) if then.paid_as in slugs else 0
    return rule.rate_for(RateFigures(then.group_points, then.accumulated, rank))


def skips(turn: Turn, explained: ExplainedMonth, mine: Sequence[Credit]) -> Skips:
    """Returns the members whom the caller's credits passed over, the nearest first.

    Only the first few by name. How many customers another member has is not shown.
    """
    seen = explained.seen
    if seen is None or not mine:
        return NOBODY_SKIPPED
    version, month, language = seen.version, seen.month, turn.caller.language
    over = [
        each
        for each in passed_over(version, month, seen.place, mine)
        if changes_something(version, month, each)
    ]
    over.sort(key=lambda each: (month.depths[each.place], each.place, each.rule))
    found = []
    for each in over[:SKIPPED_NAMED]:
        person = members.by_id(turn.conn, month.snapshot.ids[each.place])
        lacks = tuple(
            Lacking(
                lack.what,
                0 if lack.what == "customers" else lack.much,
                rank_name(version, lack.rank, language),
            )
            for lack in each.lacks
        )
        name = rule_name(version, each.rule, language)
        up = climbs(version, each.rule)
        found.append(Skipped(masked_name(person.name), person.code, name, up, lacks))
    return Skips(tuple(found), len(over) - len(found))


def _grounds(levels: Iterable[Level]) -> list[tuple[str, int, int, int, int]]:
    """Returns the bases and rates of credits from the team's sales, whatever caps took."""
    return sorted(
        (each.rule, each.level, each.rate_bp, each.sources, each.base)
        for each in levels
        if each.sources
    )
