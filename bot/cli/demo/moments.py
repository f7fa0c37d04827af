"""The moments to which a visitor can move the demo's clock."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.company import Company, Sending
from bot.content.tips import RULES
from bot.core.calendar.periods import next_period, period_bounds, period_of
from bot.core.messaging.tips import due_tip

__all__ = ["ZONE", "good_hour", "upcoming"]

ZONE: Final = "Asia/Makassar"
"""The time zone of the distributor on the page."""

BEFORE_MONTH_END: Final = timedelta(minutes=1)
AFTER_MONTH_END: Final = timedelta(minutes=1)
OPENS: Final = time(9)
CLOSES: Final = time(16)
MORNING: Final = time(9, 45)
TIPLESS_DAYS_MAX: Final = 14


def good_hour(company: Company, now: datetime) -> datetime:
    """Returns the start of the demo: now, or the next morning outside sending hours."""
    local = now.astimezone(ZoneInfo(ZONE))
    if OPENS <= local.time() < CLOSES and not company.sending.rests_on(local.date()):
        return now
    day = local.date() + timedelta(days=1 if local.time() >= OPENS else 0)
    while company.sending.rests_on(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, ZoneInfo(ZONE))


def upcoming(company: Company, now: datetime) -> list[dict[str, object]]:
    """Returns the next tip, the next morning and the month end, the earliest first."""
    moments = [*_days(company, now), *_month_end(company, now)]
    return sorted(moments, key=lambda moment: datetime.fromisoformat(str(moment["at"])))


def _days(company: Company, now: datetime) -> Iterator[dict[str, object]]:
    today = now.astimezone(ZoneInfo(ZONE)).date()
    sending = company.sending
    yield _moment(_next_tip(today, sending, now), "Tips berikutnya", "Next tip")
    opens, _ = sending.window_on(today + timedelta(days=1))
    morning = datetime.combine(today + timedelta(days=1), opens, ZoneInfo(ZONE))
    yield _moment(morning, "Besok pagi", "Tomorrow morning")


def _month_end(company: Company, now: datetime) -> Iterator[dict[str, object]]:
    period = period_of(now, company.time_zone)
    _, end = period_bounds(period, company.time_zone)
    if now < end - BEFORE_MONTH_END:
        yield _moment(end - BEFORE_MONTH_END, "Akhir bulan", "Month end")
    begin, _ = period_bounds(next_period(period), company.time_zone)
    yield _moment(begin + AFTER_MONTH_END, "Bulan baru", "New month")


def _next_tip(today: date, sending: Sending, now: datetime) -> datetime:
    """Returns the moment of the next tip for all members, not only for recent ones."""
    for days in range(TIPLESS_DAYS_MAX + 1):
        day = today + timedelta(days=days)
        at = datetime.combine(day, sending.tip_hour, ZoneInfo(ZONE))
        slug = due_tip(RULES, date.min, day, frozenset(), logged_on=day)
        if at > now and slug is not None and not sending.rests_on(day):
            return at
    raise AssertionError("there is a tip for each week, and no holiday on two such days")


def _moment(at: datetime, indonesian: str, english: str) -> dict[str, object]:
    """Returns a moment for the page, which shows it in the time zone it is written in."""
    local = at.astimezone(ZoneInfo(ZONE))
    return {"at": local.isoformat(), "label": {"id": indonesian, "en": english}}
