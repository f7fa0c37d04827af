"""Reminds admins of a month that is over and not closed; says what waits before one ends."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day, next_opening
from bot.core.calendar.periods import next_period, period_bounds, period_of
from bot.core.conversation.messages import Message
from bot.flows.months.month_closing_messages import ClosingReminder
from bot.flows.months.reminders import RemindersSet, SetReminders
from bot.services.months.month_closing import earliest_unclosed
from bot.store.ledger import periods
from bot.store.members import members
from bot.store.months import month_checks, unreminded
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime
from bot.turn.turn import Actions, Turn

__all__ = ["ACTIONS", "ending_month", "remind_of_closing"]

DAY: Final = timedelta(days=1)


def remind_of_closing(conn: Connection, *, runtime: BotRuntime, now: datetime) -> bool:
    """Remind the admins of a month to close, once a day at most; returns whether today is done.

    One message says everything. It is written within the sending hours, so that it says what waits
    when it is read. A company without a plan closes no month.
    """
    company = runtime.company
    if not company.plan.versions and periods.closing(conn) is None:
        return True
    if next_opening(now, company.time_zone, company.sending) > now:
        return False
    news = _overdue(conn, runtime, now)
    if news is not None:
        _send(conn, runtime, news, now)
    return True


def _send(conn: Connection, runtime: BotRuntime, news: ClosingReminder, now: datetime) -> None:
    """Send a reminder to each admin who wants to be reminded of that month."""
    company = runtime.company
    key = f"closing due:{local_day(now, company.time_zone)}"
    without = unreminded.admins_unreminded(conn, news.period)
    for admin in members.reachable_admins(conn, company.time_zone):
        if admin.user_id not in without:
            to = f"{key}:{admin.user_id}"
            send(conn, runtime.content, company, admin, news, key=to, at=now)


def set_reminders(turn: Turn, action: SetReminders) -> Iterable[Message]:
    """Remind the caller of closing a month, or no more."""
    assert "admin" in turn.caller.roles, "only admins reach this action"
    month = "" if action.reminded else action.period
    unreminded.set_unreminded(turn.conn, turn.caller.user_id, month)
    yield RemindersSet(action.period, action.reminded)


def _overdue(conn: Connection, runtime: BotRuntime, now: datetime) -> ClosingReminder | None:
    """Returns the reminder of a month that is over and not closed; None if none is due."""
    company = runtime.company
    after, running = company.policy.closing_reminder_days_after, _running(runtime, now)
    versions = company.plan.versions
    period = earliest_unclosed(conn, versions[0].since if versions else running, running)
    if not after or not period:
        return None
    days = (local_day(now, company.time_zone) - _first_day(runtime, next_period(period))) // DAY
    return _reminder(conn, period, days, over=True) if days >= after else None


def ending_month(conn: Connection, runtime: BotRuntime, now: datetime) -> ClosingReminder | None:
    """Returns what waits in a month that ends soon; None if nothing does.

    The notice of what waits at the office says it, once a day; while an earlier month is overdue,
    its own reminder comes first. A company without a plan closes no month.
    """
    if not runtime.company.plan.versions or _overdue(conn, runtime, now) is not None:
        return None
    company, running = runtime.company, _running(runtime, now)
    today = local_day(now, company.time_zone)
    days = (_first_day(runtime, next_period(running)) - today) // DAY
    if days > company.policy.closing_reminder_days_before:
        return None
    news = _reminder(conn, running, days, over=False)
    return news if news.waiting or news.returns else None


def _reminder(conn: Connection, period: str, days: int, *, over: bool) -> ClosingReminder:
    waits = month_checks.waits_of(conn, period)
    return ClosingReminder(period, over, days, waits.sales, waits.sales_sum, waits.returns)


def _running(runtime: BotRuntime, now: datetime) -> str:
    return period_of(now, runtime.company.time_zone)


def _first_day(runtime: BotRuntime, period: str) -> date:
    zone = runtime.company.time_zone
    return local_day(period_bounds(period, zone)[0], zone)


ACTIONS: Actions = {SetReminders: set_reminders}
