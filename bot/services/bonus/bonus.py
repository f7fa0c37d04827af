"""Looks up the caller's bonus: an estimate of a running month, the statement of a closed one."""

from datetime import date, timedelta
from typing import Final

from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_bounds, previous_period
from bot.flows.bonus.bonus_lookups import (
    ClosedMonth,
    EndedMonth,
    FindRunning,
    FindStatement,
    Running,
    Statement,
)
from bot.services.bonus.estimates import Estimate, estimate
from bot.services.bonus.ranks import ranking
from bot.services.bonus.wording import lacks_of, later_names, level_sums, own_pays
from bot.store.bonus import bonus_credits, statements
from bot.store.ledger import periods
from bot.store.returns import taken
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "closed", "closed_months", "ended", "so_far", "today"]

MONTHS_SHOWN: Final = 6
MOMENT: Final = timedelta(seconds=1)


def running(turn: Turn, _lookup: FindRunning) -> Running:
    """Returns the running month, of this moment or a few minutes old."""
    me, period = turn.caller.member, turn.caller.period
    version = turn.company.plan.version_for(period)
    found = so_far(turn, period) or Estimate((), (), 0)
    language = turn.caller.language
    return Running(
        planned=version is not None,
        levels=level_sums(version, found.levels, language),
        minutes=found.minutes,
        before_cap=found.before_cap,
        before_guarantee=found.before_guarantee,
        later=later_names(version, found.later, language),
        own_pays=own_pays(version),
        team=bonus_credits.team_size(turn.conn, me.id),
        active=me.active,
        lacks=lacks_of(turn.conn, turn.company, me.id, period, language),
        ranking=ranking(turn, period, closed=False),
        ended=ended(turn),
        months=closed_months(turn),
    )


def statement(turn: Turn, lookup: FindStatement) -> Statement | EndedMonth | None:
    """Returns the caller's month; of a closed one what was paid, whatever today's plan says."""
    me, period = turn.caller.member, lookup.period
    version = turn.company.plan.version_for(period)
    own = statements.month(turn.conn, me.id, period)
    closing = closed(turn, period)
    if closing is None:
        found = so_far(turn, period)
        sold = own is not None and own.group_sales > 0
        return None if found is None else EndedMonth(period, found.amount, sold)
    language = turn.caller.language
    ready_on = date.fromisoformat(closing.ready_on)
    return Statement(
        count=own.own_count if own else 0,
        sales=own.own_sales if own else 0,
        profit=own.own_profit if own else 0,
        points=own.own_points if own else 0,
        team_sold=own is not None and own.group_sales > own.own_sales,
        active=me.active,
        lacks=lacks_of(turn.conn, turn.company, me.id, period, language),
        levels=level_sums(version, bonus_credits.levels_of(turn.conn, me.id, period), language),
        ranking=ranking(turn, period, closed=True),
        ready_on=ready_on,
        ready=ready_on <= today(turn),
        sold_points=(
            turn.company.plan.shown_sold(period, own.own_points, own.sold_points) if own else None
        ),
        back=sum(taken.of_member(turn.conn, me.id, period).values()),
    )


def so_far(turn: Turn, period: str) -> Estimate | None:
    """Returns what a month pays the caller by its sales so far; None where no plan holds."""
    at = min(turn.now, period_bounds(period, turn.company.time_zone)[1] - MOMENT)
    return estimate(turn.conn, turn.company, turn.caller.member.id, at)


def ended(turn: Turn) -> EndedMonth | None:
    """Returns the month before while it waits for the close and pays the caller something."""
    period = previous_period(turn.caller.period)
    if closed(turn, period) is not None:
        return None
    found = so_far(turn, period)
    return (
        EndedMonth(period, found.amount, sold=True)
        if found is not None and (found.levels or found.later)
        else None
    )


def today(turn: Turn) -> date:
    """Returns the company's day: a bonus can be taken from the same moment in every zone."""
    return local_day(turn.now, turn.company.time_zone)


def closed_months(turn: Turn) -> tuple[ClosedMonth, ...]:
    """Returns the latest closed months in which the caller sold something or was paid."""
    member_id = turn.caller.member.id
    found = []
    for row in bonus_credits.months_of(turn.conn, member_id, MONTHS_SHOWN):
        own = statements.month(turn.conn, member_id, row.period)
        if row.amount or (own is not None and own.own_count):
            found.append(ClosedMonth(row.period, row.amount))
    return tuple(found)


def closed(turn: Turn, period: str) -> periods.MonthClosing | None:
    """Returns a month that is closed; None for one that is open or in closing."""
    closing = periods.find(turn.conn, period)
    return closing if closing is not None and closing.state == "closed" else None


LOOKUPS: Lookups = {
    FindRunning: running,
    FindStatement: statement,
}
ACTIONS: Actions = {}
