"""Turns the name of an audience into the filter for its members."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from bot.company import TIME_ZONES, Company
from bot.core.calendar.hours import local_day, zone_label
from bot.core.calendar.periods import period_of, previous_period
from bot.core.messaging.broadcasts import NEWCOMER_DAYS, Audience
from bot.store.broadcasts.audience import AudienceFilter
from bot.store.ledger.periods import latest_closed
from bot.store.members import members

__all__ = ["audience_filter"]

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
NO_LEADER: Final = -1
"""An id that no member has, so that the team is empty."""
NO_MONTH: Final = "0000-00"


def audience_filter(
    conn: Connection, company: Company, audience: Audience, author: int, at: datetime
) -> AudienceFilter:
    """Returns the filter for an author's audience as of the moment `at`."""
    zones = tuple(zone for zone in TIME_ZONES if zone_label(zone) == audience.kind)
    everyone = AudienceFilter(author, zones or TIME_ZONES, LONG_AGO, at)
    match audience.kind:
        case "new":
            return replace(everyone, since=at - timedelta(days=NEWCOMER_DAYS))
        case "active":
            this = period_of(at, company.time_zone)
            return replace(everyone, periods=(this, previous_period(this)))
        case "team":
            me = members.by_user(conn, author)
            return replace(everyone, leader=me.id if me is not None else NO_LEADER)
        case "silent":
            then = at - timedelta(days=audience.days)
            day = local_day(then, company.time_zone).isoformat()
            return replace(everyone, until=then, sold_from=day)
        case "rank":
            return replace(everyone, **_ranked(conn, company, audience.rank, at))
        case _:
            return everyone


def _ranked(conn: Connection, company: Company, rank: str, at: datetime) -> dict[str, Any]:
    """Returns what the filter needs for a rank; one that the plan no longer has has nobody."""
    month = period_of(at, company.time_zone)
    version = company.plan.version_for(month)
    numbers = version.rank_numbers if version is not None else {}
    closed = latest_closed(conn, 1)
    return {
        "ranked_in": closed[0].period if closed else NO_MONTH,
        "month": month,
        "titles": tuple(slug for slug in numbers if numbers[slug] == numbers.get(rank)),
        "lower": tuple(slug for slug in numbers if numbers[slug] < numbers.get(rank, 0)),
    }
