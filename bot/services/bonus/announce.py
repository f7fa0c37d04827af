"""Sends each member one message about a closed month, a few at every tick."""

from datetime import date, datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.core.calendar.hours import local_day
from bot.flows.bonus.bonus_lookups import RuleLack
from bot.flows.bonus.bonus_messages import MonthClosed
from bot.services.bonus.wording import lacks_of
from bot.store.members import members
from bot.store.queue import month_announcements
from bot.store.queue.month_announcements import ConcernedMember, UnannouncedMonth
from bot.turn.notices import send
from bot.turn.runtime import BotRuntime

__all__ = ["MESSAGES_PER_TICK_MAX", "announce_closed"]

MEMBERS_PER_UNIT: Final = 50
"""In one transaction, so that people's own messages wait for no more than that."""

UNITS_PER_TICK: Final = 6
MESSAGES_PER_TICK_MAX: Final = UNITS_PER_TICK * MEMBERS_PER_UNIT


async def announce_closed(runtime: BotRuntime, now: datetime) -> int:
    """Queue messages about the earliest closed month not yet announced; returns how many."""
    written = 0
    for _ in range(UNITS_PER_TICK):
        queued = await runtime.database.write(partial(_tell_some, runtime=runtime, now=now))
        if queued is None:
            break
        written += queued
    return written


def _tell_some(conn: Connection, *, runtime: BotRuntime, now: datetime) -> int | None:
    """Queue messages in one transaction; returns how many, None where none are left."""
    month = month_announcements.next_untold(conn)
    if month is None:
        return None
    found = month_announcements.concerned(
        conn, month.period, above=month.told_upto, limit=MEMBERS_PER_UNIT
    )
    queued = 0
    for row in found:
        person = members.reachable(conn, row.member_id)
        if person is None:
            continue
        news = _news(conn, runtime, month, row, language=person.language, now=now)
        key = f"closed:{month.period}:{row.member_id}"
        send(conn, runtime.content, runtime.company, person, news, key=key, at=now)
        queued += 1
    if found:
        month_announcements.reach(conn, month.period, found[-1].member_id)
    if len(found) < MEMBERS_PER_UNIT:
        month_announcements.finish(conn, month.period, now)
    return queued


def _news(
    conn: Connection,
    runtime: BotRuntime,
    month: UnannouncedMonth,
    row: ConcernedMember,
    *,
    language: str,
    now: datetime,
) -> MonthClosed:
    ready_on = date.fromisoformat(month.ready_on)
    team_sold = row.group_sales > row.own_sales
    lacks: tuple[RuleLack, ...] = ()
    if team_sold and not row.amount:
        lacks = lacks_of(conn, runtime.company, row.member_id, month.period, language)
    return MonthClosed(
        period=month.period,
        amount=row.amount,
        profit=row.profit,
        team_sold=team_sold,
        active=row.active,
        lacks=lacks,
        ready_on=ready_on,
        ready=ready_on <= local_day(now, runtime.company.time_zone),
    )
