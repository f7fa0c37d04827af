"""Tells the admins, once each, that the clock is not believed and that it is again."""

from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.core.calendar.hours import next_opening
from bot.core.calendar.timekeeping import ClockDoubt
from bot.flows.office.upkeep import ClockInDoubt, ClockRight
from bot.store.db import counters
from bot.store.queue import waits
from bot.turn.notices import send_to_admins
from bot.turn.runtime import BotRuntime

__all__ = ["tell_doubt", "tell_right"]

TOLD: Final = "clock told"
"""Odd while the admins know of a doubt that is not over."""

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
    """Say that the clock is wrong; whether it is said.

    The hours in which the bot writes are those of the right time, and what is written leaves at
    once: by the wrong clock its hour might come days later.
    """
    if counters.read(conn, TOLD) % 2:
        return True
    zone = runtime.company.time_zone
    if next_opening(right_time, zone, runtime.company.sending) > right_time:
        return False
    number = counters.raised(conn, TOLD)
    news = _in_words(doubt)
    send_to_admins(
        conn, runtime.content, runtime.company, news, f"clock:{number}", now, at_once=True
    )
    return True


def tell_right(conn: Connection, *, runtime: BotRuntime, now: datetime) -> int:
    """Let letters wait no longer than by the right clock, and say that it is right again.

    Gives how many letters waited for a moment that a wrong clock had named.
    """
    company = runtime.company
    opening = partial(next_opening, hours=company.sending)
    mended = waits.put_right(conn, now, company.time_zone, opening)
    if counters.read(conn, TOLD) % 2:
        number = counters.raised(conn, TOLD)
        send_to_admins(conn, runtime.content, company, ClockRight(), f"clock:{number}", now)
    return mended


def _in_words(doubt: ClockDoubt) -> ClockInDoubt:
    """The difference in its largest unit, rounded."""
    seconds = abs(doubt.seconds)
    days, hours, minutes = (
        round(seconds / unit) for unit in (DAY_SECONDS, HOUR_SECONDS, MINUTE_SECONDS)
    )
    return ClockInDoubt(
        ahead=doubt.ahead,
        days=days if seconds >= DAY_SECONDS else 0,
        hours=hours if seconds >= HOUR_SECONDS else 0,
        minutes=minutes,
    )
