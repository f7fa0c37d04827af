"""Takes back a return that counts: everything is as if it had never been confirmed.

By reversal alone: its postings stay, and others undo them. What the bonuses of a closed month get
back is worked out anew, for other returns of that month may have been confirmed since; so all of
them together have taken what they would have taken without this one.
"""

from datetime import datetime

from sqlalchemy import Connection

from bot.services.returns.confirming import CountedReturn, count_volumes
from bot.store.ledger import ledger, periods
from bot.store.returns import clawbacks, returns, reversals
from bot.store.returns.clawbacks import Clawback, ReturnAfterClose
from bot.store.returns.returns import GoodsReturn
from bot.store.sales import sales
from bot.store.sales.sales import Sale

__all__ = ["take_return_back", "to_restore"]


def to_restore(conn: Connection, sale: Sale, back: GoodsReturn) -> list[Clawback]:
    """Returns what bonuses of a closed month get back if a return that counts is taken back."""
    if back.period == sale.period:
        return []
    after_close = ReturnAfterClose(
        sale.period, sale.seller_id, back.amount, back.bonus_value, sale.point_value
    )
    return clawbacks.of_return(conn, after_close, counts=True)


def take_return_back(
    conn: Connection, return_id: int, *, reason: str, by: int, at: datetime
) -> CountedReturn | None:
    """Take back a return that counts, while the month in which it counts is open.

    Args:
        conn: the transaction in which all of it happens.
        return_id: an existing return.
        reason: why, as the admin has put it.
        by: the account that decides.
        at: the moment (aware, UTC).

    Returns:
        The month in which it had counted, and the rupiah that each member got back; None if it
        does not count, or no longer, or its month is closed or being closed.
    """
    periods.hold_open(conn)
    back = returns.by_id(conn, return_id)
    assert back is not None, "the caller has found the return"
    if not returns.hold_sale(conn, back.sale_id):
        return None
    # Read again: on a server it may have been taken back while the sale was not held yet.
    back = returns.by_id(conn, return_id)
    sale = sales.by_id(conn, back.sale_id) if back is not None else None
    if back is None or sale is None or back.state != "confirmed" or back.period is None:
        return None
    period = back.period
    if periods.find(conn, period) is not None:
        return None
    if period != sale.period:
        clawbacks.hold_month(conn, sale.period)
    # While it still counts, it is known whether it left anything of the sale, and what it takes.
    restored = to_restore(conn, sale, back)
    count_volumes(conn, sale, back, period, -1)
    begun = reversals.begin(conn, back.id, reason=reason, by=by, at=at)
    assert begun, "the sale is held, and with it the return"
    ledger.reverse_goods(conn, back.id, at)
    members = clawbacks.by_member(restored)
    reversals.write(conn, back.id, restored)
    reversals.restore(conn, back.id, members.items(), period, at)
    return CountedReturn(period, members)
