"""Writes the admins one notice of all that is new at the office, at most one an hour."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day, next_opening
from bot.flows.inquiries.office_news import OfficeNews
from bot.flows.months.month_closing_messages import ClosingReminder
from bot.services.inquiries.answering_inquiries import inquiry_line
from bot.services.months.closing_reminders import ending_month
from bot.store.db import counters
from bot.store.inquiries import inquiries
from bot.store.members import leads, members, office
from bot.store.months import unreminded
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime

__all__ = ["NEWS_EVERY", "news_due", "tell_office"]

NEWS_EVERY: Final = timedelta(hours=1)
LINES_MAX: Final = 3
TOLD_AT: Final = "office news"
TOLD_MONTH: Final = "office news of the month"
NUMBER: Final = "office news written"


@dataclass(frozen=True, slots=True)
class _News:
    """What is new: questions or leads, and a month that ends with something left to check."""

    month: ClosingReminder | None


def news_due(conn: Connection, *, runtime: BotRuntime, now: datetime) -> bool:
    """Returns whether a notice is to be written now."""
    return _news(conn, runtime, now) is not None


def tell_office(conn: Connection, *, runtime: BotRuntime, now: datetime) -> bool:
    """Write the notice if one is due, and note what it has told; returns whether it was.

    Without an admin who can be reached nothing is told, and all of it stays new.
    """
    news, company = _news(conn, runtime, now), runtime.company
    if news is None or not members.reachable_admins(conn, company.time_zone):
        return False
    # What is marked is what is told: a question sent meanwhile is in neither, or in both.
    new, month = inquiries.mark_told(conn), news.month
    leads.tell_leads(conn)
    message = OfficeNews(
        lines=tuple(inquiry_line(each) for each in new[:LINES_MAX]),
        inquiries=inquiries.count_waiting(conn),
        leads=office.count_leads(conn),
        period="" if month is None else month.period,
        days=0 if month is None else month.days,
        waiting=0 if month is None else month.waiting,
        waiting_sum=0 if month is None else month.waiting_sum,
        returns=0 if month is None else month.returns,
    )
    _send(conn, runtime, message, now)
    counters.put_moment(conn, TOLD_AT, now)
    if month is not None:
        counters.put(conn, TOLD_MONTH, _day_number(runtime, now))
    return True


def _send(conn: Connection, runtime: BotRuntime, message: OfficeNews, now: datetime) -> None:
    """Send the notice; who wants no reminders of the month gets it without the month."""
    company = runtime.company
    key = f"office news:{counters.increment(conn, NUMBER)}"
    without = unreminded.admins_unreminded(conn, message.period) if message.period else set()
    plain = replace(message, period="", days=0, waiting=0, waiting_sum=0, returns=0)
    for admin in members.reachable_admins(conn, company.time_zone):
        for_this = plain if admin.user_id in without else message
        if for_this.period or for_this.inquiries or for_this.leads:
            to = f"{key}:{admin.user_id}"
            send(conn, runtime.content, company, admin, for_this, key=to, at=now)


def _news(conn: Connection, runtime: BotRuntime, now: datetime) -> _News | None:
    """Returns what is new; None if there is nothing, or if it is not the time."""
    company = runtime.company
    if next_opening(now, company.time_zone, company.sending) > now:
        return None
    told_at = counters.moment(conn, TOLD_AT)
    # A clock that was set back does not silence the office until it has caught up.
    if told_at is not None and timedelta(0) <= now - told_at < NEWS_EVERY:
        return None
    waits = bool(inquiries.untold(conn, 1)) or leads.new_leads(conn) > 0
    told_today = counters.read(conn, TOLD_MONTH) == _day_number(runtime, now)
    month = None if told_today else ending_month(conn, runtime, now)
    return _News(month) if waits or month is not None else None


def _day_number(runtime: BotRuntime, now: datetime) -> int:
    return local_day(now, runtime.company.time_zone).toordinal()
