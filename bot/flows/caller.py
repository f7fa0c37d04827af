"""The caller: the person in the chat, as far as a flow may know."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.company import Company
from bot.core.calendar.two_days import TwoDays, two_days

__all__ = ["Caller", "Me"]


@dataclass(frozen=True, slots=True)
class Me:
    """The caller's own membership.

    Attributes:
        id: the member's row.
        code: the code under which others join.
        name: the full name.
        title: `Bapak`, `Ibu` or `Kak`.
        zone: name of the time zone in which the member lives.
        active: False while the membership is suspended, and once the member has left.
        left: whether the member has left.
    """

    id: int
    code: str
    name: str
    title: str
    zone: str
    active: bool = True
    left: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """The person in the chat, at the moment of writing.

    Attributes:
        user_id: the Telegram account.
        language: `id` or `en`.
        me: the membership; None for a person who has not joined.
        roles: any of `trainer` and `admin`.
        at: when this message is handled (aware, UTC).
        today: the company's day at that moment: days and months of sales are the company's.
        began: the day on which this conversation began.
        period: the company's month at that moment, as YYYY-MM.
        company: the company's own rules and words.
    """

    user_id: int
    language: str
    me: Me | None
    roles: frozenset[str]
    at: datetime
    today: date
    began: TwoDays
    period: str
    company: Company

    @property
    def now(self) -> TwoDays:
        """The day of this moment."""
        zone = self.company.time_zone if self.me is None else self.me.zone
        return two_days(self.at, zone, self.company.time_zone)

    @property
    def member(self) -> Me:
        """The membership, in flows that only members may start."""
        assert self.me is not None, "FLOWS lets only members in"
        return self.me
