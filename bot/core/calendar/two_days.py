"""The day where a person lives and the company's, which differ for some hours at midnight."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.calendar.hours import local_day

__all__ = ["TwoDays", "two_days"]


@dataclass(frozen=True, slots=True)
class TwoDays:
    """The day of one moment.

    Attributes:
        own: where the person lives; words such as `kemarin` are read by it.
        company: at the company; days and months of sales are counted by it.
    """

    own: date
    company: date

    def counted(self, told: date) -> date:
        """Returns the day that counts: what is today for the person is today at the company."""
        return self.company if told == self.own else told


def two_days(at: datetime, zone: str, company_zone: str) -> TwoDays:
    """Returns the day of a moment in the person's zone and in the company's."""
    return TwoDays(local_day(at, zone), local_day(at, company_zone))
