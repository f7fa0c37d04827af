"""The shapes of unclear texts, as the office sees them."""

from datetime import date, timedelta

from bot.core.calendar.hours import local_day
from bot.flows.office.unclear_list import NothingUnclear, UnclearLately, UnclearLine, UnclearList
from bot.store.conversation import unclear_texts
from bot.turn.turn import Lookups, Turn

__all__ = ["LOOKUPS"]

DAYS = 30
SHOWN_MAX = 15


def unclear_lately(turn: Turn, _lookup: UnclearLately) -> UnclearList | NothingUnclear:
    """Returns the most frequent shapes of the last days, today included."""
    today = local_day(turn.now, turn.company.time_zone)
    since = today - timedelta(days=DAYS - 1)
    found = unclear_texts.most_frequent(turn.conn, since.isoformat(), SHOWN_MAX)
    if not found:
        return NothingUnclear(DAYS)
    shapes = tuple(
        UnclearLine(one.shape, one.why, one.times, date.fromisoformat(one.first_day))
        for one in found
    )
    return UnclearList(shapes, DAYS)


LOOKUPS: Lookups = {UnclearLately: unclear_lately}
