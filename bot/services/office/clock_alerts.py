"""Alerts to the admins, once each: the clock is doubted, and it is right again."""

from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.core.calendar.hours import next_opening
from bot.core.calendar.timekeeping import ClockDoubt
from bot.flows.office.upkeep import ClockRight, ClockWrong
from bot.store.db import counters
from bot.store.queue import waits
from bot.turn.notices import send_to_admins
from bot.turn.runtime import BotRuntime

__all__ = ["tell_doubt", "tell_right"]

NOTIFIED: Final = "clock told"
"""The counter of these alerts: odd from the alert of a doubt to the one that it is over."""

DAY_SECONDS: Final = 86_400
HOUR_SECONDS: Final = 3_600
MINUTE_SECONDS: Final = 60


def tell_doubt(
    conn: Connection,
    *,
    runtime: BotRuntime,
    doubt: ClockDoubt,
    now: datetime,
    right_time: datetime,
) -> bool:
    """Alert that the clock is wrong; returns whether the admins know.

    The sending hours are those of the right time, and the alert is sent at once: by the wrong
    clock it might be due days later.
    """
    if counters.read(conn, NOTIFIED) % 2:
        return True
    zone = runtime.company.time_zone
    if next_opening(right_time, zone, runtime.company.sending) > right_time:
        return False
    number = counters.increment(conn, NOTIFIED)
    news = _in_words(doubt)
    send_to_admins(
        conn, runtime.content, runtime.company, news, f"clock:{number}", now, at_once=True
    )
    return True


def tell_right(conn: Connection, *, runtime: BotRuntime, now: datetime) -> int:
    """Correct what was scheduled by the wrong clock, and alert that it is right again.

    Returns:
        The number of outbox messages that were rescheduled.
    """
    company = runtime.company
    opening = partial(next_opening, hours=company.sending)
    rescheduled = waits.shorten_waits(conn, now, company.time_zone, opening)
    if counters.read(conn, NOTIFIED) % 2:
        number = counters.increment(conn, NOTIFIED)
        send_to_admins(conn, runtime.content, company, ClockRight(), f"clock:{number}", now)
    return rescheduled


def _in_words(doubt: ClockDoubt) -> ClockWrong:
    """Returns the message, with the difference in its largest unit, rounded."""
    seconds = abs(doubt.seconds)
    days, hours, minutes = (
        round(seconds / unit) for unit in (DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS)
    )
    return ClockWrong(
        ahead=doubt.ahead,
        days=days if seconds >= DAY_SECONDS else 0,
        hours=hours if seconds >= HOUR_SECONDS else 0,
        minutes=minutes,
    )
