"""Which copies of the books are kept, and which have served their time.

Of the last day all are kept, then the last of each day for a month, then the last of each month
for a year. Days and months are counted in UTC, as the names of the copies are.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

__all__ = ["ALL_KEPT", "DAYS_KEPT", "MONTHS_KEPT", "superfluous"]

ALL_KEPT: Final = timedelta(hours=24)
DAYS_KEPT: Final = timedelta(days=30)
MONTHS_KEPT: Final = 12


def superfluous(made: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """The moments whose copies may go; never the newest, nor one from a later time than now.

    The last of a day stays the last of that day however often this is asked, so that a copy which
    was let go once is not missed later.
    """
    days = _last_of(made, lambda moment: moment.date())
    months = _last_of(made, lambda moment: (moment.year, moment.month))
    kept = {moment for moment in made if now - moment < ALL_KEPT}
    kept |= {moment for moment in days if now - moment < DAYS_KEPT}
    kept |= {moment for moment in months if _months_between(moment, now) <= MONTHS_KEPT}
    if made:
        kept.add(max(made))
    return frozenset(made) - kept


def _last_of(made: Collection[datetime], part: Callable[[datetime], object]) -> set[datetime]:
    last: dict[object, datetime] = {}
    for moment in sorted(made):
        last[part(moment)] = moment
    return set(last.values())


def _months_between(earlier: datetime, later: datetime) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
