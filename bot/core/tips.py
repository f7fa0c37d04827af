"""Which tip is a member's turn, and when: at most one a day, each at most once."""

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from bot.core.hours import SendingHours, local_day

__all__ = [
    "TIP_AGE_DAYS_MAX",
    "BeforeMonthEnd",
    "MonthStart",
    "OnDay",
    "OnWeekday",
    "Ring",
    "Rule",
    "due_tip",
    "newest_slot",
    "next_slot",
    "ring",
]

TIP_AGE_DAYS_MAX: Final = 7
LATE_MAX: Final = timedelta(hours=2)
LAST_CALL: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OnDay:
    """So many days after joining: 1 is the day after."""

    day: int


@dataclass(frozen=True, slots=True)
class OnWeekday:
    """Every week on this day; Monday is 0."""

    weekday: int


@dataclass(frozen=True, slots=True)
class MonthStart:
    """On the first day of each month."""


@dataclass(frozen=True, slots=True)
class BeforeMonthEnd:
    """On the day of each month after which so many days are left."""

    days: int


Rule: TypeAlias = OnDay | OnWeekday | MonthStart | BeforeMonthEnd


@dataclass(frozen=True, slots=True)
class Ring:
    """What comes of a tip clock that has run out.

    Attributes:
        day: the local day whose turn it is.
        slug: the tip of that day; None where there is none.
        leaves: whether it may still go; if not, the turn is missed.
        expires_at: when it may not go any more.
        next_at: when the clock runs out next.
    """

    day: date
    slug: str | None
    leaves: bool
    expires_at: datetime
    next_at: datetime


def due_tip(
    rules: Sequence[tuple[str, Rule]], joined_on: date, today: date, had: frozenset[str]
) -> str | None:
    """The tip for a member on a day, or None.

    The tip of this very day of membership goes first, then the oldest one that was missed and is
    not too old, then the tip of the calendar; one that comes round each month goes before one that
    comes round each week. On the day of joining there is none.

    Args:
        rules: slug and rule of each tip, in the order in which they are given.
        joined_on: the local day on which the member joined.
        today: the local day in question.
        had: what the member was given: by day of membership ever, by the calendar today.
    """
    age = (today - joined_on).days
    if age < 1:
        return None
    late = [
        (age - rule.day, slug)
        for slug, rule in rules
        if isinstance(rule, OnDay) and 0 <= age - rule.day <= TIP_AGE_DAYS_MAX and slug not in had
    ]
    for days, slug in late:
        if days == 0:
            return slug
    if late:
        return max(late, key=lambda each: each[0])[1]
    fitting = [each for each in rules if each[0] not in had and _falls_on(each[1], today)]
    return min(fitting, key=lambda each: isinstance(each[1], OnWeekday))[0] if fitting else None


def ring(
    rules: Sequence[tuple[str, Rule]],
    *,
    joined_on: date,
    hour: time,
    zone: str,
    hours: SendingHours,
    due_at: datetime,
    now: datetime,
    given: Collection[tuple[str, date]],
) -> Ring:
    """What to do for a member whose clock has run out.

    However long nobody looked, only the newest turn counts.

    Args:
        rules: slug and rule of each tip.
        joined_on: the local day on which the member joined.
        hour: when the member wants tips.
        zone: the member's zone.
        hours: when the company writes.
        due_at: for when the clock was set.
        now: this moment.
        given: slug and local day of what the member was given.
    """
    slot = newest_slot(now, hour, zone, hours)
    day = local_day(slot, zone)
    slug = None
    # A clock that was set with other hours in mind may run out before its first turn.
    if day >= local_day(due_at, zone) and all(on != day for _, on in given):
        lasting = {name for name, rule in rules if isinstance(rule, OnDay)}
        had = frozenset(name for name, _ in given if name in lasting)
        slug = due_tip(rules, joined_on, day, had)
    closes_at = datetime.combine(day, hours.window_on(day)[1], ZoneInfo(zone)).astimezone(UTC)
    expires_at = min(slot + LATE_MAX, closes_at)
    return Ring(
        day=day,
        slug=slug,
        leaves=now < expires_at,
        expires_at=expires_at,
        next_at=next_slot(now, hour, zone, hours),
    )


def newest_slot(at: datetime, hour: time, zone: str, hours: SendingHours) -> datetime:
    """The last of the member's turns that is not after `at`."""
    day = local_day(at, zone)
    slot = _slot_on(day, hour, zone, hours)
    return slot if slot <= at else _slot_on(day - timedelta(days=1), hour, zone, hours)


def next_slot(after: datetime, hour: time, zone: str, hours: SendingHours) -> datetime:
    """The first of the member's turns after this moment."""
    day = local_day(after, zone)
    slot = _slot_on(day, hour, zone, hours)
    return slot if slot > after else _slot_on(day + timedelta(days=1), hour, zone, hours)


def _slot_on(day: date, hour: time, zone: str, hours: SendingHours) -> datetime:
    """The member's turn on a day: the wanted hour, or the nearest at which the bot may write."""
    opens, closes = (datetime.combine(day, wall) for wall in hours.window_on(day))
    wanted = max(datetime.combine(day, hour), opens)
    if wanted >= closes:
        wanted = max(closes - LAST_CALL, opens)
    return wanted.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _falls_on(rule: Rule, day: date) -> bool:
    match rule:
        case OnDay():
            return False
        case OnWeekday(weekday):
            return day.weekday() == weekday
        case MonthStart():
            return day.day == 1
        case BeforeMonthEnd(days):
            return day.day + days == calendar.monthrange(day.year, day.month)[1]
