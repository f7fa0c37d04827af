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

    A copy from a later time than now was named by a clock that was wrong, or is. Those are counted
    by the same rule, but apart: they push out none of the others, and none of them pushes out one.
    First go those whose day keeps a later one, since with them the least is lost.
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
    """The last of each day, the oldest first."""
    return _last_of(ordered, lambda moment: moment.date())


def _last_of(ordered: Collection[datetime], part: Callable[[datetime], object]) -> list[datetime]:
    """The last of each part, the oldest first."""
    return list({part(moment): moment for moment in ordered}.values())
