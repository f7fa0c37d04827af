"""Builds the card of a member and their team."""

from datetime import timedelta
from typing import Final

from bot.core.calendar.periods import next_period, period_of, previous_period
from bot.core.conversation.messages import Message
from bot.flows.caller import Caller
from bot.flows.team.team_lookups import Order, TeamView, TrendMonth
from bot.flows.team.team_messages import MyTeam, NobodyYet, TeamOf

__all__ = ["LEGS_PER_PAGE", "NEW_FOR", "card", "trend", "trend_start"]

LEGS_PER_PAGE: Final = 6
TREND_MONTHS: Final = 4
BAR_SIGNS_MAX: Final = 8
BAR_SIGN: Final = "▇"

NEW_FOR: Final = timedelta(days=30)
"""How long a member counts as new, and how long without a sale makes a member silent."""


def card(
    caller: Caller, shown: TeamView, order: Order, before: int | None, after: int | None
) -> Message:
    """Returns the caller's own team, or the team of a member below."""
    mine = caller.member.code
    legs = shown.legs[:LEGS_PER_PAGE]
    if shown.code != mine:
        return TeamOf(
            period=caller.period,
            team=shown,
            above_is_me=shown.above == mine,
            legs=legs,
            order=order,
            before=before,
            after=after,
            trend=trend(caller, shown),
        )
    if not legs:
        return NobodyYet()
    return MyTeam(
        period=caller.period,
        team=shown,
        legs=legs,
        order=order,
        others=shown.size > len(legs),
        before=before,
        after=after,
    )


def trend_start(period: str) -> str:
    """Returns the first month of a trend that ends with this one."""
    for _ in range(TREND_MONTHS - 1):
        period = previous_period(period)
    return period


def trend(caller: Caller, shown: TeamView) -> tuple[TrendMonth, ...]:
    """Returns the group's points in the last months; empty if there is nothing to compare."""
    joined = period_of(shown.joined_at, caller.company.time_zone)
    period = max(trend_start(caller.period), joined)
    points = dict(shown.months)
    most = max(points.values(), default=0)
    if period >= caller.period or most <= 0:
        return ()
    months = []
    while period <= caller.period:
        here = points.get(period, 0)
        bar = BAR_SIGN * max(here * BAR_SIGNS_MAX // most, 1) if here > 0 else ""
        months.append(TrendMonth(period, here, bar, period == caller.period))
        period = next_period(period)
    return tuple(months)
