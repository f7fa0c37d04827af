"""Which copies of the books are kept, and which have served their time.

It is counted back from the newest copy and not from the hour: of its last day all are kept, then
the last of each day for thirty days that have copies, then the last of each month for twelve
months that have copies. However long the bot was away, nothing goes for being old. Days and months
are counted in UTC, as the names of the copies are.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

__all__ = ["ALL_KEPT", "DAYS_KEPT", "MONTHS_KEPT", "REMOVALS_MAX", "superfluous"]

ALL_KEPT: Final = timedelta(hours=24)
DAYS_KEPT: Final = 30
MONTHS_KEPT: Final = 12
REMOVALS_MAX: Final = 3
"""For each copy that is made, so that a wrong clock does little before it is seen."""


def superfluous(made: Collection[datetime], now: datetime) -> list[datetime]:
    """The moments whose copies may go at once, three at most; never the newest.

    A copy from a later time than now was named by a wrong clock: it stays, and pushes out none.
    First go those whose day keeps a later one, since with them the least is lost.
    """
    counted = sorted(moment for moment in made if moment <= now)
    if not counted:
        return []
    days = _last_of(counted, lambda moment: moment.date())
    months = _last_of(counted, lambda moment: (moment.year, moment.month))
    kept = {moment for moment in counted if counted[-1] - moment < ALL_KEPT}
    kept |= {*days[-DAYS_KEPT:], *months[-MONTHS_KEPT:]}
    may_go = [moment for moment in counted if moment not in kept]
    return sorted(may_go, key=lambda moment: moment in days)[:REMOVALS_MAX]


def _last_of(ordered: Collection[datetime], part: Callable[[datetime], object]) -> list[datetime]:
    """The last of each part, the oldest first."""
    return list({part(moment): moment for moment in ordered}.values())
