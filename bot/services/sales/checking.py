"""Who checks a sale, and until when its seller may void it."""

from bot.core.sales.sales import receipt_number
from bot.flows.receipts.approve_messages import SalesToCheck
from bot.store.ledger import periods
from bot.store.members import members
from bot.store.receipts import sale_decisions
from bot.store.returns import returns
from bot.store.sales import sales
from bot.store.sales.sales import Sale
from bot.turn.notices import send
from bot.turn.turn import Turn

__all__ = ["may_void", "notify_checkers"]


def may_void(turn: Turn, sale: Sale) -> bool:
    """Returns whether the caller may void a sale.

    The seller may while it waits; if the company does not check sales, also while the month in
    which it counts is the company's present one and open, and none of the goods came back.
    """
    me = turn.caller.me
    if me is None or sale.seller_id != me.id:
        return False
    if sale.status == "waiting":
        return True
    if sale.status != "approved" or turn.company.policy.approve_sales:
        return False
    this_month = sale.period == turn.caller.period and periods.is_open(turn.conn, sale.period)
    return this_month and not returns.any_of(turn.conn, sale.id)


def notify_checkers(turn: Turn, sale_id: int) -> None:
    """Notify each admin for whom this is the first unchecked sale.

    Admins are not notified of their own sale, as another admin has to check it, nor of the one
    that they have just put back themselves.
    """
    notice = SalesToCheck(receipt_number(sale_id))
    times = sale_decisions.count(turn.conn, sale_id)
    name = f"sale:{sale_id}:waiting:{times}" if times else f"sale:{sale_id}:waiting"
    for admin in members.reachable_admins(turn.conn, turn.company.time_zone):
        here = admin.user_id == turn.caller.user_id
        if not here and sales.waiting_for(turn.conn, admin.user_id) == 1:
            key = f"{name}:{admin.user_id}"
            send(turn.conn, turn.content, turn.company, admin, notice, key=key, at=turn.now)
