"""The moments that are worth moving the demo's clock to."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.company import Company
from bot.core.hours import zone_label
from bot.core.periods import next_period, period_bounds, period_of

__all__ = ["ZONE", "upcoming"]

ZONE: Final = "Asia/Makassar"
"""Where the distributor on the page lives."""

BEFORE_MONTH_END: Final = timedelta(minutes=1)
AFTER_MONTH_END: Final = timedelta(minutes=1)


def upcoming(company: Company, now: datetime) -> list[dict[str, Any]]:
    """The next tip, the next morning, and the month end, the earliest first."""
    moments = [*_days(company, now), *_month_end(company, now)]
    return sorted(moments, key=lambda moment: datetime.fromisoformat(moment["at"]))


def _days(company: Company, now: datetime) -> Iterator[dict[str, Any]]:
    today = now.astimezone(ZoneInfo(ZONE)).date()
    sending = company.sending
    yield _moment(_next(today, sending.tip_hour, now), "Tips berikutnya", "Next tip")
    opens, _ = sending.window_on(today + timedelta(days=1))
    morning = datetime.combine(today + timedelta(days=1), opens, ZoneInfo(ZONE))
    yield _moment(morning, "Besok pagi", "Tomorrow morning")


def _month_end(company: Company, now: datetime) -> Iterator[dict[str, Any]]:
    period = period_of(now, company.time_zone)
    _, end = period_bounds(period, company.time_zone)
    if now < end - BEFORE_MONTH_END:
        yield _moment(
            end - BEFORE_MONTH_END, "Menit terakhir bulan ini", "Last minute of the month"
        )
    begin, _ = period_bounds(next_period(period), company.time_zone)
    yield _moment(begin + AFTER_MONTH_END, "Bulan baru", "The new month")


def _next(today: date, wall: time, now: datetime) -> datetime:
    at = datetime.combine(today, wall, ZoneInfo(ZONE))
    return at if at > now else at + timedelta(days=1)


def _moment(at: datetime, indonesian: str, english: str) -> dict[str, Any]:
    local = at.astimezone(ZoneInfo(ZONE))
    when = f"{local:%d/%m %H.%M} {zone_label(ZONE)}"
    return {
        "at": at.isoformat(),
        "label": {"id": f"{indonesian} ({when})", "en": f"{english} ({when})"},
    }
