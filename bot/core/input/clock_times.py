"""Reads times of day as people type them, and finds when one comes next."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.typed import one_line, shown

__all__ = ["NotATime", "next_time", "read_clock_time"]

TEXT_CHARACTERS_MAX = 64
NOON = 12

_TIME = re.compile(
    r"""(?:(?:jam|pukul|pkl|at)\.?\s*)?
    (?P<hour>[0-9]{1,2}) (?:\s?[.:]\s?(?P<minute>[0-9]{2}))?
    \s*+ (?P<part>pagi|siang|sore|petang|malam|am|pm)?
    \s*+ (?:wib|wita|wit|o'?clock|tepat)?""",
    re.VERBOSE | re.IGNORECASE,
)
# "Jam 1 siang" is 13, yet "jam 11 siang" is 11; from sore on, the small hours mean the afternoon.
_MIDDAY_HOURS = range(1, 4)
_LATE_PARTS = frozenset({"sore", "petang", "malam", "pm"})


@dataclass(frozen=True, slots=True)
class NotATime(Message):
    """The text is no time of day."""

    text: str


def read_clock_time(text: str) -> time:
    """Returns the time of day: `9`, `09.30`, `jam 7 malam`, `7 pm`.

    Raises:
        Refusal: with `NotATime`.
    """
    found = _TIME.fullmatch(one_line(text)) if len(text) <= TEXT_CHARACTERS_MAX else None
    if found is None:
        raise Refusal(NotATime(shown(text)))
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    part = (found["part"] or "").lower()
    if (part in _LATE_PARTS and hour < NOON) or (part == "siang" and hour in _MIDDAY_HOURS):
        hour += NOON
    elif part == "am" and hour == NOON:
        hour = 0
    if hour >= 24 or minute >= 60:  # noqa: PLR2004 - hours of a day, minutes of an hour
        raise Refusal(NotATime(shown(text)))
    return time(hour, minute)


def next_time(after: datetime, wall: time, zone: str) -> datetime:
    """Returns the first moment after `after` at which it is `wall` in this zone."""
    local = after.astimezone(ZoneInfo(zone))
    day = local.date()
    if local.time() >= wall:
        day += timedelta(days=1)
    return datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC)
