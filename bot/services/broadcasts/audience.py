"""Turns the name of an audience into the filter for its members."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.company import TIME_ZONES, Company
from bot.core.calendar.hours import zone_label
from bot.core.calendar.periods import period_of, previous_period
from bot.core.messaging.broadcasts import NEWCOMER_DAYS
from bot.store.broadcasts.audience import AudienceFilter
from bot.store.members import members

__all__ = ["audience_filter"]

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
NO_LEADER: Final = -1
"""An id that no member has, so that the team is empty."""


def audience_filter(
    conn: Connection, company: Company, audience: str, author: int, at: datetime
) -> AudienceFilter:
    """Returns the filter for an author's audience as of the moment `at`."""
    named = tuple(zone for zone in TIME_ZONES if zone_label(zone) == audience)
    since, leader = LONG_AGO, 0
    periods: tuple[str, ...] = ()
    if audience == "new":
        since = at - timedelta(days=NEWCOMER_DAYS)
    if audience == "active":
        this = period_of(at, company.time_zone)
        periods = (this, previous_period(this))
    if audience == "team":
        me = members.by_user(conn, author)
        leader = me.id if me is not None else NO_LEADER
    return AudienceFilter(author, named or TIME_ZONES, since, at, periods, leader)
