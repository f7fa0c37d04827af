"""Which tip a member gets, and when: at most one a day, none on public holidays."""

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from bot.core.calendar.hours import SendingHours, local_day

__all__ = [
    "PRIORITY",
    "TIP_AGE_DAYS_MAX",
    "AfterSilence",
    "BeforeMonthEnd",
    "MonthStart",
    "OnDay",
    "OnWeekday",
    "TipRule",
    "TipTurn",
    "due_tip",
    "newest_slot",
    "next_slot",
    "tip_turn",
]

TIP_AGE_DAYS_MAX: Final = 14
"""A tip for a day of membership that could not be sent on that day waits no longer than this."""

LATE_MAX: Final = timedelta(hours=2)
LAST_CALL: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OnDay:
    """On a day of membership, counted from joining: 1 is the day after."""

    day: int


@dataclass(frozen=True, slots=True)
class OnWeekday:
    """On a day of every week; Monday is 0."""

    weekday: int


@dataclass(frozen=True, slots=True)
class MonthStart:
    """On the first day of each month."""


@dataclass(frozen=True, slots=True)
class BeforeMonthEnd:
    """On the day of each month that has this number of days after it."""

    days: int


@dataclass(frozen=True, slots=True)
class AfterSilence:
    """When the member has entered no sale for this number of days; once in each such silence."""

    days: int


TipRule: TypeAlias = OnDay | OnWeekday | MonthStart | BeforeMonthEnd | AfterSilence

PRIORITY: Final = (OnDay, MonthStart, BeforeMonthEnd, AfterSilence, OnWeekday)
"""The kind of tip that goes first where several are due on a day.

The course of the first weeks keeps its order, the tip that has waited longest first. A tip for one
day of the month comes before one about a silence, which can wait, and that before a weekly tip,
which comes again next week.
"""


@dataclass(frozen=True, slots=True)
class TipTurn:
    """What to do when a member's tip is due.

    Attributes:
        day: the local day of the turn.
        slug: the tip of that day; None where there is none.
        in_time: whether it may still be sent; if not, the turn is missed.
        expires_at: when it may no longer be sent.
        next_at: when the next tip is due.
    """

    day: date
    slug: str | None
    in_time: bool
    expires_at: datetime
    next_at: datetime


def due_tip(
    rules: Sequence[tuple[str, TipRule]],
    joined_on: date,
    today: date,
    had: Collection[str],
    logged_on: date | None = None,
) -> str | None:
    """Returns the tip for a member on a day by `PRIORITY`, or None; None on the day of joining.

    Args:
        rules: slug and rule of each tip, in the order in which they are sent.
        joined_on: the local day on which the member joined.
        today: the local day in question.
        had: the tips not to repeat: those for a day of membership, and those of this silence.
        logged_on: the local day on which the member last entered a sale; None if there is no sale,
            so that the silence began with joining.
    """
    age = (today - joined_on).days
    silent = (today - max(joined_on, logged_on or joined_on)).days
    if age < 1:
        return None
    fitting = [
        (slug, rule)
        for slug, rule in rules
        if slug not in had and _fits(rule, today, age=age, silent=silent)
    ]
    return min(fitting, key=_place)[0] if fitting else None


def _place(tip: tuple[str, TipRule]) -> tuple[int, int]:
    _, rule = tip
    return PRIORITY.index(type(rule)), rule.day if isinstance(rule, OnDay) else 0


def tip_turn(
    rules: Sequence[tuple[str, TipRule]],
    *,
    joined_on: date,
    hour: time,
    zone: str,
    hours: SendingHours,
    due_at: datetime,
    now: datetime,
    given: Collection[tuple[str, date]],
    logged_on: date | None,
) -> TipTurn:
    """Returns what to do for a member whose tip is due.

    However late this is called, only the newest turn counts. There is no turn on a public holiday:
    a tip for a day of membership or a silence waits for the next day, one for a calendar day is
    lost.

    Args:
        rules: slug and rule of each tip.
        joined_on: the local day on which the member joined.
        hour: when the member wants tips.
        zone: the member's zone.
        hours: the company's sending hours.
        due_at: when the tip was due.
        now: this moment.
        given: slug and local day of each tip that was sent.
        logged_on: the local day on which the member last entered a sale, if ever.
    """
    slot = newest_slot(now, hour, zone, hours)
    day = local_day(slot, zone)
    slug = None
    # The due time may have been set under other sending hours, and come before the first turn.
    its_turn = day >= local_day(due_at, zone) and all(on != day for _, on in given)
    if its_turn and not hours.rests_on(day):
        slug = due_tip(rules, joined_on, day, _had(rules, given, logged_on), logged_on)
    closes_at = datetime.combine(day, hours.window_on(day)[1], ZoneInfo(zone)).astimezone(UTC)
    expires_at = min(slot + LATE_MAX, closes_at)
    return TipTurn(
        day=day,
        slug=slug,
        in_time=now < expires_at,
        expires_at=expires_at,
        next_at=next_slot(now, hour, zone, hours),
    )


def newest_slot(at: datetime, hour: time, zone: str, hours: SendingHours) -> datetime:
    """Returns the member's last turn that is not after `at`."""
    day = local_day(at, zone)
    slot = _slot_on(day, hour, zone, hours)
    return slot if slot <= at else _slot_on(day - timedelta(days=1), hour, zone, hours)


def next_slot(after: datetime, hour: time, zone: str, hours: SendingHours) -> datetime:
    """Returns the member's first turn after this moment."""
    day = local_day(after, zone)
    slot = _slot_on(day, hour, zone, hours)
    return slot if slot > after else _slot_on(day + timedelta(days=1), hour, zone, hours)


def _slot_on(day: date, hour: time, zone: str, hours: SendingHours) -> datetime:
    """Returns the member's turn on a day: the wanted hour, or the nearest within sending hours."""
    opens, closes = (datetime.combine(day, wall) for wall in hours.window_on(day))
    wanted = max(datetime.combine(day, hour), opens)
    if wanted >= closes:
        wanted = max(closes - LAST_CALL, opens)
    return wanted.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _fits(rule: TipRule, day: date, *, age: int, silent: int) -> bool:
    match rule:
        case OnDay(wanted):
            return 0 <= age - wanted <= TIP_AGE_DAYS_MAX
        case AfterSilence(days):
            return silent >= days
        case OnWeekday(weekday):
            return day.weekday() == weekday
        case MonthStart():
            return day.day == 1
        case BeforeMonthEnd(days):
            return day.day + days == calendar.monthrange(day.year, day.month)[1]


def _had(
    rules: Sequence[tuple[str, TipRule]],
    given: Collection[tuple[str, date]],
    logged_on: date | None,
) -> frozenset[str]:
    """Returns the tips that were sent and are not to be repeated."""
    kinds = dict(rules)

    def spent(slug: str, on: date) -> bool:
        rule = kinds.get(slug)
        if isinstance(rule, AfterSilence):
            return logged_on is None or on > logged_on
        return isinstance(rule, OnDay)

    return frozenset(slug for slug, on in given if spent(slug, on))
