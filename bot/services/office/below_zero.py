"""The members whose balance is below zero, as the office sees them."""

from typing import Final

from bot.core.calendar.hours import local_day
from bot.core.members.people import masked_name
from bot.flows.office.below_zero import BelowZero, BelowZeroNow, NobodyBelowZero, OwingMember
from bot.store.returns import owing
from bot.turn.turn import Lookups, Turn

__all__ = ["LOOKUPS"]

ROWS_PER_PAGE: Final = 8


def below_zero_now(turn: Turn, lookup: BelowZeroNow) -> BelowZero | NobodyBelowZero:
    """Returns a page of the list; the last page for a number past the end."""
    total = owing.total(turn.conn)
    if not total.members:
        return NobodyBelowZero()
    last = (total.members - 1) // ROWS_PER_PAGE + 1
    page = min(lookup.page, last)
    found = owing.oldest(turn.conn, rows=ROWS_PER_PAGE, skip=(page - 1) * ROWS_PER_PAGE)
    zone = turn.company.time_zone
    rows = tuple(
        OwingMember(masked_name(one.name), one.code, one.amount, local_day(one.since, zone))
        for one in found
    )
    return BelowZero(rows, total.members, total.amount, page - 1, page + 1 if page < last else 0)


LOOKUPS: Lookups = {BelowZeroNow: below_zero_now}
