"""Puts the tips that are due into the outbox, each member's at the member's own hour."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from bot.company import Company
from bot.content.tips import RULES
from bot.core.hours import local_day
from bot.core.tips import OnDay, ring
from bot.services.conversation import Ear
from bot.store import outbox, tips

__all__ = ["CLOCKS_PER_UNIT_MAX", "enqueue_due"]

CLOCKS_PER_UNIT_MAX: Final = 500
"""So many in one transaction: people's own messages wait for no more than that."""

LASTING: Final = tuple(slug for slug, rule in RULES if isinstance(rule, OnDay))
LOOK_BACK: Final = timedelta(days=3)


async def enqueue_due(ear: Ear, now: datetime) -> int:
    """Write a letter for every member whose turn has come; gives how many there are."""
    queued = 0
    while True:
        seen, leaving = await ear.database.write(
            partial(_enqueue_some, company=ear.company, now=now)
        )
        queued += leaving
        if seen < CLOCKS_PER_UNIT_MAX:
            return queued


def _enqueue_some(conn: Connection, *, company: Company, now: datetime) -> tuple[int, int]:
    """One transaction; gives how many clocks had run out and how many tips leave."""
    clocks = tips.due(conn, now, CLOCKS_PER_UNIT_MAX)
    since = (now - LOOK_BACK).date()
    given = tips.given(conn, [clock.member_id for clock in clocks], LASTING, since)
    leaving = 0
    for clock in clocks:
        rung = ring(
            RULES,
            joined_on=local_day(clock.joined_at, clock.zone),
            hour=time.fromisoformat(clock.hour),
            zone=clock.zone,
            hours=company.sending,
            due_at=clock.due_at,
            now=now,
            given=given[clock.member_id],
        )
        if not tips.rewind(conn, clock, rung.next_at):
            continue
        if clock.user_id is None or rung.slug is None:
            continue
        tips.record(conn, clock, rung.slug, rung.day, queued=rung.leaves, at=now)
        if rung.leaves:
            leaving += outbox.put(
                conn,
                key=tips.key(rung.slug, rung.day, clock.member_id),
                chat_id=clock.user_id,
                kind="tip",
                method="tip",
                payload={"tip": rung.slug, "member": clock.member_id},
                at=now,
                expires_at=rung.expires_at,
            )
    return len(clocks), leaving
