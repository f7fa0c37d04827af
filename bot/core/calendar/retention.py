"""Which copies of the database are kept, and which may be deleted.

Ages count back from the newest copy, not from the present time. All copies of its last 24 hours
are kept, then the last of each day for thirty days that have copies, then the last of each month
for twelve months that have copies. However long the bot was down, no copy is deleted for its age
alone. Days and months are in UTC, as in the names of the copies.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

__all__ = ["ALL_KEPT", "DAYS_KEPT", "MONTHS_KEPT", "REMOVALS_MAX", "superfluous"]

ALL_KEPT: Final = timedelta(hours=24)
DAYS_KEPT: Final = 30
MONTHS_KEPT: Final = 12
REMOVALS_MAX: Final = 3
"""Deletions per new copy, so that a wrong clock does little harm before it is noticed."""


def superfluous(made: Collection[datetime], now: datetime) -> list[datetime]:
    """Returns the moments whose copies may be deleted now: three at most, never the newest.

    A copy with a time later than now was named by a clock that was wrong, or is wrong now. Such
    copies follow the same rule among themselves: neither group makes the other superfluous.
    Copies of a day that keeps a later one come first, since the least is lost with them.
    """
    past = sorted(moment for moment in made if moment <= now)
    future = sorted(moment for moment in made if moment > now)
    may_go = [*_superfluous_among(past), *_superfluous_among(future)]
    ends_a_day = {*_days(past), *_days(future)}
    return sorted(may_go, key=lambda moment: moment in ends_a_day)[:REMOVALS_MAX]


def _superfluous_among(ordered: list[datetime]) -> list[datetime]:
    kept = {moment for moment in ordered if ordered[-1] - moment < ALL_KEPT}
    months = _last_of(ordered, lambda moment: (moment.year, moment.month))
    kept |= {*_days(ordered)[-DAYS_KEPT:], *months[-MONTHS_KEPT:]}
    return [moment for moment in ordered if moment not in kept]


def _days(ordered: Collection[datetime]) -> list[datetime]:
    """Returns the last moment of each day, oldest first."""
    return _last_of(ordered, lambda moment: moment.date())


def _last_of(ordered: Collection[datetime], part: Callable[[datetime], object]) -> list[datetime]:
    """Returns the last moment of each part, oldest first."""
    return list({part(moment): moment for moment in ordered}.values())
