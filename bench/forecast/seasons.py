"""The calendar that moves people to buy or keeps them from it: Lebaran, rain, school, payday."""

from datetime import date, timedelta

__all__ = ["DAY", "PAYDAYS", "is_payday", "is_rainy", "lebarans", "school_terms", "when_home"]

DAY = timedelta(days=1)
LEBARANS = (date(2024, 4, 10), date(2025, 3, 31), date(2026, 3, 20), date(2027, 3, 10))
AWAY_BEFORE, AWAY_AFTER = 4, 8
RAINY = frozenset({11, 12, 1, 2, 3})
TERMS = ((7, 14), (1, 6))
PAYDAYS = (25, 27, 28, 1, 3, 5)
"""Days of a month on which wages arrive: of offices, of factories, of teachers, of pensions."""

PAYDAY_FROM, PAYDAY_TO = 25, 5


def lebarans(first: date, last: date) -> list[date]:
    """Returns the first days of Lebaran between two days."""
    return [day for day in LEBARANS if first <= day <= last]


def school_terms(first: date, last: date) -> list[date]:
    """Returns the days between two days on which a school term begins."""
    years = range(first.year, last.year + 1)
    days = (date(year, month, day) for year in years for month, day in TERMS)
    return [day for day in days if first <= day <= last]


def is_rainy(day: date) -> bool:
    """Returns whether it is the rainy season."""
    return day.month in RAINY


def is_payday(day: date) -> bool:
    """Returns whether wages are fresh: the 25th to the 5th."""
    return day.day >= PAYDAY_FROM or day.day <= PAYDAY_TO


def when_home(day: date) -> date:
    """Returns the day, or the first after the journey home of Lebaran if it falls into that."""
    for feast in LEBARANS:
        if feast - AWAY_BEFORE * DAY <= day <= feast + AWAY_AFTER * DAY:
            return feast + (AWAY_AFTER + 1) * DAY
    return day
