"""Sends each seller the list of the day in the morning, made at the moment it is sent.

What is queued is only that a list is due: the list is made and stored in the commit that claims
the message, so it knows every sale until then, and a kill doubles nothing. Where nobody has to be
thought of, nothing is sent.
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.company import Company
from bot.content import Reader
from bot.core.calendar.hours import local_day, may_train
from bot.core.members.people import first_name
from bot.core.messaging.tips import newest_slot, next_slot
from bot.flows.today.today_messages import TodayList
from bot.services.today.list_clock import USUAL_HOUR
from bot.services.today.listed_items import ItemsOf
from bot.services.today.making import list_of
from bot.store.queue import outbox
from bot.store.queue.outbox_messages import OutboxMessage
from bot.store.today import today_clocks
from bot.turn.keyboards import KeyboardPayload, markup
from bot.turn.runtime import BotRuntime

__all__ = ["LISTS_PER_UNIT_MAX", "METHOD", "enqueue_lists", "enrol_sellers", "render_list"]

LISTS_PER_UNIT_MAX: Final = 500
"""The number handled in one transaction; people's messages wait no longer than for that."""

METHOD: Final = "today"
"""The method of a message whose list is made when it is sent."""


async def enrol_sellers(runtime: BotRuntime, now: datetime) -> int:
    """Give members who have customers the usual hour; returns how many got it."""
    enrolled = 0
    while True:
        look = partial(today_clocks.unenrolled, limit=LISTS_PER_UNIT_MAX)
        found = await runtime.database.read(look)
        if found:
            enter = partial(_enrol, company=runtime.company, found=found, now=now)
            await runtime.database.write(enter)
        enrolled += len(found)
        if len(found) < LISTS_PER_UNIT_MAX:
            return enrolled


def _enrol(
    conn: Connection, *, company: Company, found: Sequence[tuple[int, str]], now: datetime
) -> None:
    """Enter clocks that are due since the hour of today: who begins at noon need not wait."""
    hour = time.fromisoformat(USUAL_HOUR)
    for member_id, zone in found:
        due_at = newest_slot(now, hour, zone, company.sending)
        today_clocks.enrol(conn, member_id, USUAL_HOUR, due_at)


async def enqueue_lists(runtime: BotRuntime, now: datetime) -> int:
    """Queue the list of every seller whose hour has come; returns the number queued."""
    queued = 0
    while True:
        seen, leaving = await runtime.database.write(
            partial(_enqueue_some, company=runtime.company, now=now)
        )
        queued += leaving
        if seen < LISTS_PER_UNIT_MAX:
            return queued


def _enqueue_some(conn: Connection, *, company: Company, now: datetime) -> tuple[int, int]:
    """Handle some due clocks in one transaction; returns their number and the lists queued."""
    clocks = today_clocks.due_lists(conn, now, LISTS_PER_UNIT_MAX)
    leaving = 0
    for clock in clocks:
        hour, zone = time.fromisoformat(clock.hour), clock.zone
        slot = newest_slot(now, hour, zone, company.sending)
        day = local_day(slot, zone)
        closes_at = _closing(company, day, zone)
        if not today_clocks.move_clock(conn, clock, next_slot(now, hour, zone, company.sending)):
            continue
        # The due time may have been set under other sending hours, and be of a later day.
        its_turn = day >= local_day(clock.due_at, zone) and now < closes_at
        if clock.user_id is None or not its_turn or company.sending.rests_on(day):
            continue
        leaving += outbox.put(
            conn,
            key=today_clocks.list_key(clock.member_id, day.isoformat()),
            chat_id=clock.user_id,
            kind="tip",
            method=METHOD,
            payload={"member": clock.member_id, "day": day.isoformat()},
            at=now,
            expires_at=closes_at,
        )
    return len(clocks), leaving


def _closing(company: Company, day: date, zone: str) -> datetime:
    """Returns the end of the sending hours of a day."""
    closes = company.sending.window_on(day)[1]
    return datetime.combine(day, closes, ZoneInfo(zone)).astimezone(UTC)


def render_list(
    conn: Connection, *, runtime: BotRuntime, at: datetime, outgoing: OutboxMessage
) -> KeyboardPayload | None:
    """Returns the list as a message, and stores it; None if it is not to be sent.

    Since it was queued, the seller may have refused it, blocked the bot, or been suspended; the
    day or the sending hours may be over; or nobody is left to think of.
    """
    member_id = outgoing.number("member")
    member = today_clocks.list_reader(conn, member_id)
    if member is None or member.user_id != outgoing.chat_id:
        return None
    day = local_day(at, member.zone)
    if outgoing.text("day") != day.isoformat():
        return None
    if not may_train(at, member.zone, runtime.company.sending):
        return None
    reader = Reader(member.language, member.title, first_name(member.name), member.zone)
    listed = list_of(conn, member_id, day, at)
    items = ItemsOf(conn, runtime.content, runtime.number_keys, reader, member_id, day).shown(
        listed
    )
    left = sum(not one.done and one.until is None for one in items)
    if not left:
        return None
    screen = runtime.content.screen(TodayList(day, items, left), reader)
    keyboard = markup(screen, runtime.content.menu(reader.language), "")
    return {
        "text": screen.text,
        "parse_mode": "HTML",
        "reply_markup": json.dumps(keyboard, ensure_ascii=False),
    }
