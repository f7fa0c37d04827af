"""Public holidays and the month of fasting, as calendars compute them years ahead.

Both partly follow the moon, so the government may announce another day in the end; the company's
file overrides the days computed here.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays
from hijridate import Gregorian

__all__ = ["is_public_holiday", "ramadan_began"]

RAMADAN: Final = 9
FIRST_YEAR: Final = 1925
LAST_YEAR: Final = 2076
"""The years that the table of Umm al-Qura covers completely."""


def is_public_holiday(day: date) -> bool:
    """Returns whether the day is a public holiday; days of collective leave are not."""
    return day in _holidays_of(day.year)


@lru_cache(maxsize=2000)
def ramadan_began(day: date) -> date | None:
    """Returns the first day of the Ramadan around a day (Umm al-Qura); None outside Ramadan."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    hijri = Gregorian.fromdate(day).to_hijri()
    return day - timedelta(days=hijri.day - 1) if hijri.month == RAMADAN else None


@lru_cache(maxsize=50)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public",)))
