"""The daily tip of a member begins on the day after joining."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar.hours import local_day
from bot.store.members import members
from bot.turn.turn import Turn

__all__ = ["begin_tips"]


def begin_tips(turn: Turn, member_id: int, zone: str) -> None:
    """Schedule the daily tip from tomorrow on, at the company's usual hour."""
    hour = turn.company.sending.tip_hour
    members.start_tips(turn.conn, member_id, f"{hour:%H:%M}", _tomorrow(turn.now, zone, hour))


def _tomorrow(now: datetime, zone: str, hour: time) -> datetime:
    """Returns the moment of this local hour on the day after joining."""
    day = local_day(now, zone) + timedelta(days=1)
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)
