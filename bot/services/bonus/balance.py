"""Looks up a member's balance, sales and movements of money."""

from datetime import date

from bot.core.calendar.hours import local_day
from bot.core.sales.sales import receipt_number
from bot.flows.bonus.balance import BalanceMonth, FindMonth, FindMovements, Movement
from bot.flows.bonus.bonus_lookups import EndedMonth
from bot.services.bonus import bonus
from bot.services.payouts.last_payouts import last_payout
from bot.store.bonus import statements
from bot.store.payouts import takeable
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def month(turn: Turn, lookup: FindMonth) -> BalanceMonth:
    """Returns the caller's balance and the figures of the running month."""
    member_id, period = turn.caller.member.id, turn.caller.period
    own = statements.month(turn.conn, member_id, period)
    pending = statements.waiting(turn.conn, member_id, period, lookup.since.isoformat())
    today = bonus.today(turn)
    wallet = statements.wallet(turn.conn, member_id, today)
    in_question = takeable.held_by_returns(turn.conn, member_id, today)
    waits = min(in_question, max(wallet.available, 0)) if wallet else 0
    so_far = bonus.so_far(turn, period)
    ended = bonus.ended(turn)
    return BalanceMonth(
        # A wallet whose first closing has not finished is not shown yet.
        available=(
            wallet.available - waits if wallet and (wallet.available or wallet.held) else None
        ),
        held_by_returns=waits,
        held=wallet.held if wallet else 0,
        ready_on=date.fromisoformat(wallet.ready_on) if wallet and wallet.ready_on else None,
        planned=so_far is not None,
        estimate=so_far.amount if so_far else 0,
        ended=ended,
        why=_to_explain(turn, so_far.amount if so_far else 0, ended, wallet),
        approved=own.own_sales if own else 0,
        approved_count=own.own_count if own else 0,
        waiting=pending.waiting,
        waiting_count=pending.waiting_count,
        profit=own.own_profit if own else 0,
        points=own.own_points if own else 0,
        customers=pending.customers,
        sold_points=(
            turn.company.plan.shown_sold(period, own.own_points, own.sold_points) if own else None
        ),
        last=last_payout(turn, member_id),
    )


def _to_explain(
    turn: Turn, estimate: int, ended: EndedMonth | None, wallet: statements.Wallet | None
) -> str:
    """Returns the month of the newest bonus on the screen; empty for none."""
    if estimate:
        return turn.caller.period
    if ended is not None:
        return ended.period
    if wallet is None or not (wallet.available or wallet.held):
        return ""
    paid = (month.period for month in bonus.closed_months(turn) if month.amount)
    return next(paid, "")


def movements(turn: Turn, lookup: FindMovements) -> tuple[Movement, ...]:
    """Returns what came to the caller's accounts and left them."""
    rows = statements.movements(
        turn.conn, turn.caller.member.id, rows=lookup.rows, skip=lookup.skip
    )
    return tuple(
        Movement(
            at=_day_of(row, turn.company.time_zone),
            account=row.account,
            cause=row.cause,
            receipt=receipt_number(row.sale_id) if row.sale_id else "",
            period=row.closing or "",
            amount=row.amount,
            cancels=row.cancels,
        )
        for row in rows
    )


def _day_of(row: statements.StatementLine, zone: str) -> date:
    """Returns the bank's day of a payment; of all others the day on which it was posted."""
    if row.paid_on is not None and not row.cancels:
        return date.fromisoformat(row.paid_on)
    return local_day(row.at, zone)


LOOKUPS: Lookups = {
    FindMonth: month,
    FindMovements: movements,
}
ACTIONS: Actions = {}
