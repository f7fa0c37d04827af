"""Works out what the caller may expect of a month, and reads what a closed one brought."""

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
from bot.services.bonus.wording import lacks_of, level_sums, own_pays
from bot.store.bonus import bonus_credits, statements
from bot.store.ledger import periods
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "closed", "closed_months", "ended", "so_far", "today"]

MONTHS_SHOWN: Final = 6
MOMENT: Final = timedelta(seconds=1)


def running(turn: Turn, lookup: FindRunning) -> Running:
    """The month that runs, worked out at this moment or a few minutes old."""
    del lookup
    me, period = turn.caller.seat, turn.caller.period
    version = turn.company.plan.version_for(period)
    found = so_far(turn, period) or Estimate((), (), 0)
    language = turn.caller.language
    return Running(
        planned=version is not None,
        levels=level_sums(version, found.levels, language),
        minutes=found.minutes,
        before_cap=found.before_cap,
        before_guarantee=found.before_guarantee,
        own_pays=own_pays(version),
        team=bonus_credits.team_size(turn.conn, me.id),
        active=me.active,
        lacks=lacks_of(turn.conn, turn.company, me.id, period, language),
        ranking=ranking(turn, period, closed=False),
        ended=ended(turn),
        months=closed_months(turn),
    )


def statement(turn: Turn, lookup: FindStatement) -> Statement | EndedMonth | None:
    """The caller's part of a month; a closed one speaks whatever the plan says today."""
    me, period = turn.caller.seat, lookup.period
    version = turn.company.plan.version_for(period)
    own = statements.month(turn.conn, me.id, period)
    standing = closed(turn, period)
    if standing is None:
        found = so_far(turn, period)
        sold = own is not None and own.group_sales > 0
        return None if found is None else EndedMonth(period, found.amount, sold)
    language = turn.caller.language
    ready_on = date.fromisoformat(standing.ready_on)
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
    )


def so_far(turn: Turn, period: str) -> Estimate | None:
    """What a month brings the caller as its sales stand; None where no plan was in force."""
    at = min(turn.now, period_bounds(period, turn.company.time_zone)[1] - MOMENT)
    return estimate(turn.conn, turn.company, turn.caller.seat.id, at)


def ended(turn: Turn) -> EndedMonth | None:
    """The month before, while it waits to be closed and would bring the caller something."""
    period = previous_period(turn.caller.period)
    if closed(turn, period) is not None:
        return None
    found = so_far(turn, period)
    return (
        EndedMonth(period, found.amount, sold=True) if found is not None and found.levels else None
    )


def today(turn: Turn) -> date:
    """The company's day: a bonus can be taken from the same moment on in every zone."""
    return local_day(turn.now, turn.company.time_zone)


def closed_months(turn: Turn) -> tuple[ClosedMonth, ...]:
    """The latest closed months in which the caller sold something or was paid."""
    member_id = turn.caller.seat.id
    found = []
    for row in bonus_credits.months_of(turn.conn, member_id, MONTHS_SHOWN):
        own = statements.month(turn.conn, member_id, row.period)
        if row.amount or (own is not None and own.own_count):
            found.append(ClosedMonth(row.period, row.amount))
    return tuple(found)


def closed(turn: Turn, period: str) -> periods.MonthClosing | None:
    """The month where it is closed; one that is being closed is not there yet."""
    standing = periods.find(turn.conn, period)
    return standing if standing is not None and standing.state == "closed" else None


LOOKUPS: Lookups = {
    FindRunning: running,
    FindStatement: statement,
}
ACTIONS: Actions = {}
