"""A member's own month, beside the month before."""

from bot.core.calendar.periods import next_period, period_of, previous_period
from bot.core.mirror.mirror_figures import days_before, month_days
from bot.flows.mirror.mirror import Mirror, MirrorOf
from bot.store.mirror import customer_figures
from bot.turn.turn import Lookups, Turn

__all__ = ["LOOKUPS"]


def mirror_of(turn: Turn, lookup: MirrorOf) -> Mirror:
    """Returns the caller's month, and the same days of the month before."""
    mine, period = turn.caller.member.id, lookup.period
    days = month_days(period, lookup.today)
    before = days_before(days)
    first = customer_figures.first_sale_on(turn.conn, mine)
    began = None if first is None else period_of(first, turn.company.time_zone)
    return Mirror(
        period=period,
        until=days.last,
        running=period == turn.caller.period,
        now=customer_figures.figures_of_seller(turn.conn, mine, days.first, days.after),
        waiting=customer_figures.waiting_between(turn.conn, mine, days.first, days.after),
        before_period=before.period,
        before_until=before.last,
        before=customer_figures.figures_of_seller(turn.conn, mine, before.first, before.after),
        new_members=customer_figures.team_joined(turn.conn, mine, period),
        earlier_period=previous_period(period) if began is not None and began < period else "",
        later_period=next_period(period) if period < turn.caller.period else "",
    )


LOOKUPS: Lookups = {MirrorOf: mirror_of}
