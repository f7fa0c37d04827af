"""Returns of goods: what may come back, what that changes, and entering it."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.core.conversation.messages import Message, Refusal
from bot.core.customers.customer_keys import name_key
from bot.core.customers.similar_customers import similar_customers
from bot.core.members.people import masked_name
from bot.core.returns.pieces import figures_of
from bot.core.sales.sales import receipt_number
from bot.flows.returns.give_back_messages import (
    AllBack,
    NotReturnable,
    NotReturned,
    ReturnCounted,
    ReturnOfMonth,
    ReturnsToCheck,
    ReturnTooLate,
    ReturnVoided,
    ReturnWaits,
)
from bot.flows.returns.give_back_questions import ReturnGone
from bot.flows.returns.return_actions import LogReturn, VoidReturn
from bot.flows.returns.return_lookups import (
    FindEffect,
    FindReturnable,
    ReturnableSale,
    ReturnableSales,
    ReturnChoice,
    ReturnEffect,
)
from bot.services.returns.confirming import counts_in
from bot.services.returns.effects import back_lines, effect_of, effect_of_figures
from bot.services.returns.telling import count_and_tell, who_decides
from bot.services.sales.sell import shown_sale
from bot.store.customers import customers
from bot.store.db import audit_log
from bot.store.ledger import periods
from bot.store.members import members
from bot.store.returns import returnable, returns, waiting_returns
from bot.store.returns.returns import GoodsReturn
from bot.store.sales import sales
from bot.store.sales.sales import Sale
from bot.turn.notices import send
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

CHOICES_MAX: Final = 6
NAMES_COMPARED_MAX: Final = 5_000


def find_returnable(turn: Turn, lookup: FindReturnable) -> ReturnableSale | None:
    """Returns a sale with what may come back: the caller's own, or any for an admin."""
    sale = sales.by_id(turn.conn, lookup.id)
    admin = "admin" in turn.caller.roles
    me = turn.caller.me
    mine = sale is not None and me is not None and sale.seller_id == me.id
    if sale is None or not (mine or admin):
        return None
    closing = periods.find(turn.conn, sale.period)
    return ReturnableSale(
        id=sale.id,
        receipt=receipt_number(sale.id),
        seller="" if mine else masked_name(sale.seller_name),
        day=date.fromisoformat(sale.sold_on),
        buyer=(sale.customer or "") if mine else "",
        own_use=sale.customer_id is None,
        period=sale.period,
        status=sale.status,
        office=admin and who_decides(turn, sale.seller_id) is None,
        closing=closing is not None and closing.state == "closing",
        lines=tuple(returns.sold_pieces(turn.conn, sale.id)),
    )


def returnable_sales(turn: Turn, lookup: ReturnableSales) -> tuple[ReturnChoice, ...]:
    """Returns the caller's latest sales with goods that may come back."""
    seller_id = turn.caller.member.id
    buyers = _buyers(turn, lookup.buyer)
    if lookup.buyer and not buyers:
        return ()
    found = returnable.since(
        turn.conn,
        seller_id,
        lookup.since.isoformat(),
        buyers=buyers,
        products=lookup.products,
        limit=CHOICES_MAX,
    )
    rows = [shown_sale(sale) for sale in (sales.by_id(turn.conn, each) for each in found) if sale]
    return tuple(
        ReturnChoice(row.receipt, row.number, row.day, row.buyer, row.own_use, row.total)
        for row in rows
    )


def _buyers(turn: Turn, name: str) -> tuple[int, ...]:
    """Returns the caller's customer of this name, or those with names close to it."""
    if not name:
        return ()
    seller_id = turn.caller.member.id
    exact = customers.named(turn.conn, seller_id, name_key(name))
    if exact is not None:
        return (exact.id,)
    known = customers.known_names(turn.conn, seller_id, NAMES_COMPARED_MAX)
    return tuple(one.id for one in similar_customers(name, known))


def find_effect(turn: Turn, lookup: FindEffect) -> ReturnEffect:
    """Returns what a return of these pieces would change."""
    sale = sales.by_id(turn.conn, lookup.sale_id)
    assert sale is not None, "the flow has found it in this transaction"
    sold = returns.sold_pieces(turn.conn, sale.id)
    back = figures_of(sold, lookup.pieces)
    return effect_of_figures(turn.conn, sale, back, turn.caller.period)


def log_return(turn: Turn, action: LogReturn) -> Iterable[Message]:
    """Enter a return, once; it counts at once where the caller decides for the office.

    Raises:
        Refusal: goods of the sale can no longer come back.
    """
    known = returns.by_reference(turn.conn, turn.reference)
    if known is not None:
        return [_answer(turn, known, None)]
    # Before the sale is locked, as in every decision: else two could wait for each other.
    periods.hold_open(turn.conn)
    sale = _held(turn, action)
    if not action.office and _is_late(turn, sale):
        days = turn.company.policy.customer_window_days
        return [ReturnTooLate(receipt_number(sale.id), days)]
    came_on = action.came_on if action.office else turn.caller.today
    sold = returns.sold_pieces(turn.conn, sale.id)
    left = {line.line_id: line.left for line in sold}
    if any(number > left.get(line_id, 0) for line_id, number in action.pieces):
        raise Refusal(AllBack(receipt_number(sale.id), _is_mine(turn, sale)))
    if action.office and counts_in(turn.conn, sale.period, turn.caller.period) is None:
        raise Refusal(ReturnOfMonth(receipt_number(sale.id), sale.period))
    back = figures_of(sold, action.pieces, dict(action.damaged))
    if not back.amount:
        # Pieces below Rp1 each, which no card has sold: there is nothing to give back.
        raise Refusal(NotReturned(receipt_number(sale.id), _is_mine(turn, sale)))
    returns.add(
        turn.conn,
        sale.id,
        back,
        reference=turn.reference,
        came_on=came_on.isoformat(),
        reason=action.reason,
        refund=action.refund,
        by=turn.caller.user_id,
        at=turn.now,
    )
    entered = returns.by_reference(turn.conn, turn.reference)
    assert entered is not None, "it was entered just now"
    if not action.office:
        _notify_admins(turn, sale, entered)
        return [_answer(turn, entered, None)]
    effect = count_and_tell(turn, sale, entered, "")
    assert effect is not None, "the sale is locked, and its month was not being closed"
    return [_answer(turn, entered, effect)]


def _held(turn: Turn, action: LogReturn) -> Sale:
    """Returns the sale, locked for this transaction.

    Raises:
        Refusal: it is no longer approved.
    """
    held = returns.hold_sale(turn.conn, action.sale_id)
    sale = sales.by_id(turn.conn, action.sale_id)
    assert sale is not None, "the flow has found it in this transaction"
    if not held:
        mine = _is_mine(turn, sale)
        raise Refusal(NotReturnable(receipt_number(sale.id), sale.status, mine))
    return sale


def _is_mine(turn: Turn, sale: Sale) -> bool:
    me = turn.caller.me
    return me is not None and sale.seller_id == me.id


def _is_late(turn: Turn, sale: Sale) -> bool:
    """Returns whether the time for customers has passed by this answer, weeks after the first."""
    days = (turn.caller.today - date.fromisoformat(sale.sold_on)).days
    return days > turn.company.policy.customer_window_days


def _answer(turn: Turn, back: GoodsReturn, effect: ReturnEffect | None) -> Message:
    receipt, lines = receipt_number(back.sale_id), back_lines(turn.conn, back.id)
    sale = sales.by_id(turn.conn, back.sale_id)
    assert sale is not None, "the return is of it"
    if effect is None:
        if back.state == "waiting":
            return ReturnWaits(receipt, back.id, lines)
        effect = effect_of(turn.conn, sale, back, turn.caller.period)
    mine = _is_mine(turn, sale)
    return ReturnCounted(receipt, lines, mine=mine, note="", effect=effect)


def void_return(turn: Turn, action: VoidReturn) -> Iterable[Message]:
    """Take back a return of the caller's own that waits.

    Raises:
        Refusal: it is not the caller's, or was decided before.
    """
    back = returns.by_id(turn.conn, action.number)
    sale = None if back is None else sales.by_id(turn.conn, back.sale_id)
    me = turn.caller.me
    if back is None or sale is None or me is None or sale.seller_id != me.id:
        raise Refusal(ReturnGone("", "", mine="admin" not in turn.caller.roles))
    receipt, by = receipt_number(sale.id), turn.caller.user_id
    if not returns.refuse(turn.conn, back.id, "void", note="", by=by, at=turn.now):
        now = returns.by_id(turn.conn, back.id)
        raise Refusal(ReturnGone(receipt, "" if now is None else now.state, mine=True))
    audit_log.note(turn.conn, by, "return taken back", f"return {back.id}", turn.now)
    return [ReturnVoided(receipt)]


def _notify_admins(turn: Turn, sale: Sale, back: GoodsReturn) -> None:
    """Notify each admin for whom this is the first return that waits, but not the seller."""
    notice = ReturnsToCheck(receipt_number(sale.id))
    for admin in members.reachable_admins(turn.conn, turn.company.time_zone):
        own = admin.user_id == turn.caller.user_id
        if not own and waiting_returns.count_for(turn.conn, admin.user_id) == 1:
            key = f"return:{back.id}:waiting:{admin.user_id}"
            send(turn.conn, turn.content, turn.company, admin, notice, key=key, at=turn.now)


LOOKUPS: Lookups = {
    FindReturnable: find_returnable,
    ReturnableSales: returnable_sales,
    FindEffect: find_effect,
}

ACTIONS: Actions = {LogReturn: log_return, VoidReturn: void_return}
