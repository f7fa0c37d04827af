"""Puts due tips into the outbox, each at the hour that its member chose."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.company import Company
from bot.content.tips import RULES
from bot.core.calendar.hours import local_day
from bot.core.messaging.tips import AfterSilence, OnDay, tip_turn
from bot.store.queue import outbox
from bot.store.tips import tips
from bot.turn.runtime import BotRuntime

__all__ = ["CLOCKS_PER_UNIT_MAX", "enqueue_due"]

CLOCKS_PER_UNIT_MAX: Final = 500
"""The number handled in one transaction; people's messages wait no longer than for that."""

LASTING: Final = tuple(slug for slug, rule in RULES if isinstance(rule, OnDay | AfterSilence))
LOOK_BACK: Final = timedelta(days=3)
SILENCE_DAYS_MAX: Final = max(
    (rule.days for _, rule in RULES if isinstance(rule, AfterSilence)), default=0
)
MARGIN_DAYS: Final = 30
"""So that a sale logged after the last silence is still read when the next silence is full."""


async def enqueue_due(runtime: BotRuntime, now: datetime) -> int:
    """Queue a tip for every member whose hour has come; returns the number queued."""
    queued = 0
    while True:
        seen, leaving = await runtime.database.write(
            partial(_enqueue_some, company=runtime.company, now=now)
        )
        queued += leaving
        if seen < CLOCKS_PER_UNIT_MAX:
            return queued


def _enqueue_some(conn: Connection, *, company: Company, now: datetime) -> tuple[int, int]:
    """Handle some due members in one transaction; returns their number and the tips queued."""
    clocks = tips.due(conn, now, CLOCKS_PER_UNIT_MAX)
    since = (now - LOOK_BACK).date()
    whose = [clock.member_id for clock in clocks]
    given = tips.delivered(conn, whose, LASTING, since)
    logged = tips.last_logged(conn, whose, _sales_since(company, now))
    leaving = 0
    for clock in clocks:
        logged_at = logged.get(clock.member_id)
        turn = tip_turn(
            RULES,
            joined_on=local_day(clock.joined_at, clock.zone),
            hour=time.fromisoformat(clock.hour),
            zone=clock.zone,
            hours=company.sending,
            due_at=clock.due_at,
            now=now,
            given=given[clock.member_id],
            logged_on=local_day(logged_at, clock.zone) if logged_at else None,
        )
        if not tips.reschedule(conn, clock, turn.next_at):
            continue
        if clock.user_id is None or turn.slug is None:
            continue
        tips.record(conn, clock, turn.slug, turn.day, queued=turn.in_time, at=now)
        if turn.in_time:
            leaving += outbox.put(
                conn,
                key=tips.key(turn.slug, turn.day, clock.member_id),
                chat_id=clock.user_id,
                kind="tip",
                method="tip",
                payload={"tip": turn.slug, "member": clock.member_id},
                at=now,
                expires_at=turn.expires_at,
            )
    return len(clocks), leaving


def _sales_since(company: Company, now: datetime) -> date:
    """Returns the first day of a sale that can end a silence; sales are logged days later too."""
    days = SILENCE_DAYS_MAX + company.policy.sale_days_back_max + MARGIN_DAYS
    return (now - timedelta(days=days)).date()
