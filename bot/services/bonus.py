"""Works out what the caller may expect of a month, and reads what a closed one brought."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from bot.core.dialogue import Lookup
from bot.core.hours import local_day
from bot.core.messages import Message
from bot.core.people import masked_name
from bot.core.periods import period_bounds, previous_period
from bot.core.plans import Version
from bot.core.plans.unilevel import Unilevel
from bot.flows.bonus_figures import (
    ClosedMonth,
    Ended,
    FindReasons,
    FindRunning,
    FindStatement,
    Lack,
    LevelSum,
    Reasons,
    Running,
    Share,
    Statement,
)
from bot.flows.spec import Command
from bot.services.estimating import Estimate, estimate
from bot.services.turn import Picture, Turn
from bot.store import bonuses, members, periods, statements
from bot.store.bonuses import Level

__all__ = ["COMMANDS", "LOOKUPS", "closed_months", "ended", "lacks_of", "so_far", "today"]

MONTHS_SHOWN: Final = 6
MOMENT: Final = timedelta(seconds=1)


def running(turn: Turn, lookup: FindRunning) -> Running:
    """The month that runs, worked out at this moment or a few minutes old."""
    del lookup
    me, period = turn.caller.seat, turn.caller.period
    version = turn.company.plan.version_for(period)
    found = so_far(turn, period) or Estimate((), (), 0)
    own = statements.month(turn.conn, me.id, period)
    language = turn.caller.language
    return Running(
        planned=version is not None,
        levels=_levels(version, found.levels, language),
        minutes=found.minutes,
        team=bonuses.team_size(turn.conn, me.id),
        active=me.active,
        lacks=lacks_of(version, own.own_points if own else 0, language),
        ended=ended(turn),
        months=closed_months(turn),
    )


def statement(turn: Turn, lookup: FindStatement) -> Statement | Ended | None:
    """The caller's part of a month; a closed one speaks whatever the plan says today."""
    me, period = turn.caller.seat, lookup.period
    version = turn.company.plan.version_for(period)
    own = statements.month(turn.conn, me.id, period)
    standing = _closed(turn, period)
    if standing is None:
        found = so_far(turn, period)
        sold = own is not None and own.group_sales > 0
        return None if found is None else Ended(period, found.amount, sold)
    language = turn.caller.language
    ready_on = date.fromisoformat(standing.ready_on)
    return Statement(
        count=own.own_count if own else 0,
        sales=own.own_sales if own else 0,
        profit=own.own_profit if own else 0,
        points=own.own_points if own else 0,
        team_sold=own is not None and own.group_sales > own.own_sales,
        active=me.active,
        lacks=lacks_of(version, own.own_points if own else 0, language),
        levels=_levels(version, bonuses.levels_of(turn.conn, me.id, period), language),
        ready_on=ready_on,
        ready=ready_on <= today(turn),
    )


def reasons(turn: Turn, lookup: FindReasons) -> Reasons | None:
    """Whose sales a month's bonus comes from."""
    me, period = turn.caller.seat, lookup.period
    rows, skip = lookup.rows, lookup.skip
    version = turn.company.plan.version_for(period)
    closed = _closed(turn, period) is not None
    minutes = 0
    if closed:
        levels = bonuses.levels_of(turn.conn, me.id, period)
        count = sum(each.sources for each in levels)
        page = bonuses.credits_of(turn.conn, me.id, period, rows=rows, skip=skip)
        part: list[tuple[str, Any]] = [(row.name, row) for row in page]
    else:
        found = so_far(turn, period)
        if found is None:
            return None
        levels, count, minutes = found.levels, len(found.credits), found.minutes
        part = [
            (members.by_id(turn.conn, each.source_id).name, each)
            for each in found.credits[skip : skip + rows]
        ]
    language = turn.caller.language
    return Reasons(
        closed=closed,
        minutes=minutes,
        levels=_levels(version, levels, language),
        shares=tuple(
            Share(
                rule=_name(version, each.rule, language),
                who=masked_name(name),
                level=each.level,
                rate_bp=each.rate_bp,
                base=each.base,
                amount=each.amount,
            )
            for name, each in part
        ),
        count=count,
        skips=_skips(version),
    )


def so_far(turn: Turn, period: str) -> Estimate | None:
    """What a month brings the caller as its sales stand; None where no plan was in force."""
    at = min(turn.now, period_bounds(period, turn.company.time_zone)[1] - MOMENT)
    return estimate(turn.conn, turn.company, turn.caller.seat.id, at)


def ended(turn: Turn) -> Ended | None:
    """The month before, while it waits to be closed and would bring the caller something."""
    period = previous_period(turn.caller.period)
    if _closed(turn, period) is not None:
        return None
    found = so_far(turn, period)
    return Ended(period, found.amount, sold=True) if found is not None and found.levels else None


def today(turn: Turn) -> date:
    """The company's day: a bonus can be taken from the same moment on in every zone."""
    return local_day(turn.now, turn.company.time_zone)


def lacks_of(version: Version | None, points: int, language: str) -> tuple[Lack, ...]:
    """What own sales still lack for each rule that does not pay yet."""
    rules = version.rules if version is not None else ()
    return tuple(
        Lack(_name(version, rule.slug, language), rule.own_points_min - points)
        for rule in rules
        if isinstance(rule, Unilevel) and points < rule.own_points_min
    )


def closed_months(turn: Turn) -> tuple[ClosedMonth, ...]:
    """The latest closed months in which the caller sold something or was paid."""
    member_id = turn.caller.seat.id
    found = []
    for row in bonuses.months_of(turn.conn, member_id, MONTHS_SHOWN):
        own = statements.month(turn.conn, member_id, row.period)
        if row.amount or (own is not None and own.own_count):
            found.append(ClosedMonth(row.period, row.amount))
    return tuple(found)


def _closed(turn: Turn, period: str) -> periods.Standing | None:
    """The month where it is closed; one that is being closed is not there yet."""
    standing = periods.find(turn.conn, period)
    return standing if standing is not None and standing.state == "closed" else None


def _levels(
    version: Version | None, levels: Sequence[Level], language: str
) -> tuple[LevelSum, ...]:
    return tuple(
        LevelSum(
            _name(version, each.rule, language),
            each.level,
            each.rate_bp,
            each.sources,
            each.amount,
        )
        for each in levels
    )


def _name(version: Version | None, slug: str, language: str) -> str:
    """What members read for a rule; its name in the books where the plan has it no more."""
    for rule in version.rules if version is not None else ():
        if isinstance(rule, Unilevel) and rule.slug == slug:
            names = dict(rule.names)
            return names.get(language) or next(iter(names.values()), slug)
    return slug


def _skips(version: Version | None) -> bool:
    rules = version.rules if version is not None else ()
    return any(
        isinstance(rule, Unilevel) and rule.compression == "skip-inactive" for rule in rules
    )


LOOKUPS: Mapping[type[Lookup[Any]], Callable[[Turn, Any], Any]] = {
    FindReasons: reasons,
    FindRunning: running,
    FindStatement: statement,
}
COMMANDS: Mapping[type[Command], Callable[[Turn, Any], Iterable[Message | Picture]]] = {}
