"""The months in which sales are counted: "2026-11", from midnight to midnight local time."""

import re
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

__all__ = ["is_period", "next_period", "period_bounds", "period_of", "previous_period"]

PERIOD: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
MONTHS: Final = 12


def period_of(at: date, zone: str) -> str:
    """Returns the period of a day, or of a moment by the local time of this zone."""
    if isinstance(at, datetime):
        assert at.tzinfo is not None, "a datetime must be aware"
        at = at.astimezone(ZoneInfo(zone))
    return _period(at.year, at.month)


def is_period(text: str) -> bool:
    """Returns whether a text names a period, such as 2026-11."""
    return PERIOD.fullmatch(text) is not None


def period_bounds(period: str, zone: str) -> tuple[datetime, datetime]:
    """Returns the first moment of a period, and the first moment after it, in UTC."""
    return _opening(period, zone), _opening(next_period(period), zone)


def previous_period(period: str) -> str:
    """Returns the period before."""
    year, month = _parts(period)
    return _period(year, month - 1) if month > 1 else _period(year - 1, MONTHS)


def next_period(period: str) -> str:
    """Returns the period after."""
    year, month = _parts(period)
    return _period(year, month + 1) if month < MONTHS else _period(year + 1, 1)


def _opening(period: str, zone: str) -> datetime:
    year, month = _parts(period)
    return datetime(year, month, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _parts(period: str) -> tuple[int, int]:
    found = PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"{period!r} is not a period such as 2026-11")
    return int(found[1]), int(found[2])


def _period(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"
