"""The figures of a seller's month, and the days that it is compared with.

A sale counts if it is approved, has a customer, and not all of its goods came back. It belongs to
the month of its own day. The first sale of a customer that counts makes the customer a new one;
every later one is a repeat order. So sales are new customers and repeat orders together.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.calendar.periods import next_period, previous_period

__all__ = ["CustomerFigures", "MonthDays", "days_before", "month_days"]


@dataclass(frozen=True, slots=True)
class CustomerFigures:
    """What a seller's customers did in some days.

    Attributes:
        customers: who bought, each once, however many names they have.
        sales: to these customers.
        again: how many of them placed a repeat order.
        repeat_orders: sales to a customer who had an earlier sale that counts.
        new: how many of them bought for the first time.
    """

    customers: int = 0
    sales: int = 0
    again: int = 0
    repeat_orders: int = 0
    new: int = 0

    def __add__(self, other: "CustomerFigures") -> "CustomerFigures":
        """Returns the figures of two sellers together; no customer has two sellers."""
        return CustomerFigures(
            self.customers + other.customers,
            self.sales + other.sales,
            self.again + other.again,
            self.repeat_orders + other.repeat_orders,
            self.new + other.new,
        )


@dataclass(frozen=True, slots=True)
class MonthDays:
    """The days of a month that are looked at: from `first` up to, without, `after`."""

    period: str
    first: date
    after: date

    @property
    def last(self) -> date:
        """The last of these days."""
        return self.after - timedelta(days=1)

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole month."""
        return self.after == _first_of(next_period(self.period))


def month_days(period: str, today: date) -> MonthDays:
    """Returns the days of a month; of the running one those up to today.

    Args:
        period: the month, not after today's.
        today: the company's day.
    """
    first, after = _first_of(period), _first_of(next_period(period))
    return MonthDays(period, first, min(after, today + timedelta(days=1)))


def days_before(days: MonthDays) -> MonthDays:
    """Returns what these days are compared with: the month before, up to the same day of it."""
    period = previous_period(days.period)
    first = _first_of(period)
    if days.is_whole:
        return MonthDays(period, first, days.first)
    return MonthDays(period, first, min(first + (days.after - days.first), days.first))


def _first_of(period: str) -> date:
    return date.fromisoformat(f"{period}-01")
