"""How much of an article a member has, how long it lasts at their pace, and what is much.

A count says what was there: whatever happened before it no longer matters for what is left, and
what happens after it is added to it. Days decide what comes before what, then moments; so the
order in which things are noted changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

__all__ = [
    "LATELY_DAYS",
    "StockLevel",
    "ends_month",
    "is_much",
    "months_of",
    "weeks_of",
    "with_more",
]

LATELY_DAYS: Final = 90
"""The sales of so many days back are a member's pace."""

PACE_DAYS_MIN: Final = 30
"""A pace of fewer days says little: whoever began last week is reckoned by a month."""

FEW_PIECES: Final = 6
"""So few pieces of an article are never much."""

MONTH_DAYS: Final = 30
WEEK_DAYS: Final = 7
WEEKS_MAX: Final = 99


@dataclass(frozen=True, slots=True)
class StockLevel:
    """What a member has of one article, in pieces.

    Attributes:
        product_id: the article.
        left: below zero where more was sold than came in.
        came: pieces that were counted last, and all that came in or came back since then.
        sold: to customers in that time.
        used: for own use in that time.
        sold_lately: to customers within the last `LATELY_DAYS`.
        first_lately: the first day of these sales.
        counted_on: the day of the last count; None without one.
        noted: whether anything was noted of it.
    """

    product_id: int
    left: int
    came: int = 0
    sold: int = 0
    used: int = 0
    sold_lately: int = 0
    first_lately: date | None = None
    counted_on: date | None = None
    noted: bool = True

    def pace_days(self, today: date) -> int:
        """Returns in how many days `sold_lately` was sold."""
        if self.first_lately is None:
            return LATELY_DAYS
        return min(LATELY_DAYS, max(PACE_DAYS_MIN, (today - self.first_lately).days + 1))


def weeks_of(level: StockLevel, today: date) -> int | None:
    """Returns for how many whole weeks the stock lasts; None where nothing shows a pace.

    Weeks are rounded down; more than `WEEKS_MAX` are so many.
    """
    if not level.sold_lately or level.left <= 0:
        return None
    days = level.left * level.pace_days(today) // level.sold_lately
    return min(WEEKS_MAX, days // WEEK_DAYS)


def months_of(level: StockLevel, today: date) -> int:
    """Returns for how many months the stock lasts, rounded down; 0 where nothing shows a pace."""
    if not level.sold_lately or level.left <= 0:
        return 0
    return level.left * level.pace_days(today) // (level.sold_lately * MONTH_DAYS)


def is_much(level: StockLevel, today: date, months: int) -> bool:
    """Returns whether a stock is more than a member sells in so many months.

    Where nothing was sold lately, more than a few pieces are.
    """
    if level.left <= FEW_PIECES:
        return False
    return level.left * level.pace_days(today) > level.sold_lately * MONTH_DAYS * months


def ends_month(day: date, days: int) -> bool:
    """Returns whether a day is one of the last so many of its month."""
    return days > 0 and (day + timedelta(days=days)).month != day.month


def with_more(level: StockLevel, pieces: int) -> StockLevel:
    """Returns the level after so many pieces more."""
    return replace(level, left=level.left + pieces, came=level.came + pieces, noted=True)
