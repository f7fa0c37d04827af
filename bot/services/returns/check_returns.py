"""The office's decision on returns that sellers have entered."""

from collections.abc import Iterable
from datetime import date

from bot.core.conversation.messages import Message, Refusal
from bot.core.members.people import masked_name
from bot.core.sales.sales import receipt_number
from bot.flows.returns.check_returns import RETURNS_PER_PAGE
from bot.flows.returns.give_back_messages import ReturnOfMonth
from bot.flows.returns.give_back_questions import (
    DecideReturn,
    FindReturnToCheck,
    OwnReturn,
    ReturnDecided,
    ReturnGone,
    ReturnRejected,
    ReturnRow,
    ReturnToCheck,
    WaitingReturns,
)
from bot.services.returns.confirming import counts_in
from bot.services.returns.effects import back_lines, effect_of
from bot.services.returns.telling import count_and_tell, who_decides
from bot.store.db import audit_log
from bot.store.returns import returns, waiting_returns
from bot.store.returns.returns import GoodsReturn
from bot.store.sales import sales
from bot.store.sales.sales import Sale
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def waiting_page(turn: Turn, lookup: WaitingReturns) -> tuple[ReturnRow, ...]:
    """Returns the undecided returns, one more than a page."""
    found = waiting_returns.page(turn.conn, lookup.above, RETURNS_PER_PAGE + 1)
    return tuple(_row(turn, back) for back in found)


def _row(turn: Turn, back: GoodsReturn) -> ReturnRow:
    sale = _sale(turn, back)
    return ReturnRow(
        number=back.id,
        receipt=receipt_number(sale.id),
        seller=masked_name(sale.seller_name),
        came_on=date.fromisoformat(back.came_on),
        amount=back.amount,
    )


def return_to_check(turn: Turn, lookup: FindReturnToCheck) -> ReturnToCheck | OwnReturn | None:
    """Returns a return as the office may see it, or that another admin has to decide about it."""
    back = returns.by_id(turn.conn, lookup.number)
    if back is None:
        return None
    sale, now = _sale(turn, back), turn.caller.period
    second = who_decides(turn, sale.seller_id)
    if second is not None and back.state == "waiting":
        return OwnReturn(receipt_number(sale.id), second)
    return ReturnToCheck(
        number=back.id,
        receipt=receipt_number(sale.id),
        seller=masked_name(sale.seller_name),
        code=sale.seller_code,
        day=date.fromisoformat(sale.sold_on),
        came_on=date.fromisoformat(back.came_on),
        lines=back_lines(turn.conn, back.id),
        refund=back.refund,
        own_use=sale.customer_id is None,
        state=back.state,
        period=sale.period,
        closing=counts_in(turn.conn, sale.period, now) is None,
        effect=effect_of(turn.conn, sale, back, now),
    )


def decide_return(turn: Turn, action: DecideReturn) -> Iterable[Message]:
    """Confirm or reject a return, once, and tell the seller.

    Raises:
        Refusal: it was decided before, it is the caller's own, or its month is being closed.
    """
    back = returns.by_id(turn.conn, action.number)
    assert back is not None, "the flow has found it in this transaction"
    sale, now = _sale(turn, back), turn.caller.period
    receipt = receipt_number(sale.id)
    if back.state != "waiting":
        raise Refusal(ReturnGone(receipt, back.state, mine=False))
    second = who_decides(turn, sale.seller_id)
    if second is not None:
        raise Refusal(OwnReturn(receipt, second))
    effect = effect_of(turn.conn, sale, back, now)
    if action.confirm:
        counted = count_and_tell(turn, sale, back, action.note)
        if counted is None:
            raise Refusal(_why_not(turn, sale, back))
        effect = counted
    elif not _reject(turn, sale, back, action.note):
        raise Refusal(_why_not(turn, sale, back))
    left = waiting_returns.count(turn.conn)
    return [ReturnDecided(receipt, action.confirm, effect, left)]


def _reject(turn: Turn, sale: Sale, back: GoodsReturn, note: str) -> bool:
    """Reject a return and tell the seller; returns False if it was decided before."""
    by = turn.caller.user_id
    if not returns.refuse(turn.conn, back.id, "rejected", note=note, by=by, at=turn.now):
        return False
    audit_log.note(turn.conn, by, "return rejected", f"return {back.id}", turn.now)
    news = ReturnRejected(receipt_number(sale.id), note)
    turn.tell(sale.seller_id, news, f"return:{back.id}:decided")
    return True


def _why_not(turn: Turn, sale: Sale, back: GoodsReturn) -> Message:
    """Returns why a decision came too late, as may happen on a server."""
    now = returns.by_id(turn.conn, back.id)
    if now is not None and now.state == "waiting":
        return ReturnOfMonth(receipt_number(sale.id), sale.period)
    state = "" if now is None else now.state
    return ReturnGone(receipt_number(sale.id), state, mine=False)


def _sale(turn: Turn, back: GoodsReturn) -> Sale:
    sale = sales.by_id(turn.conn, back.sale_id)
    assert sale is not None, "a return is of a sale"
    return sale


LOOKUPS: Lookups = {WaitingReturns: waiting_page, FindReturnToCheck: return_to_check}

ACTIONS: Actions = {DecideReturn: decide_return}
