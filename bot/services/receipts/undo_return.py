"""The office takes back a return that counts: by reversal, and everybody concerned is told."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from bot.core.conversation.messages import Message, Refusal
from bot.core.members.people import masked_name
from bot.core.sales.sales import receipt_number
from bot.flows.receipts.undo_messages import OwnDecision
from bot.flows.receipts.undo_return_messages import (
    BonusRestored,
    CountedReturnOf,
    PiecesOf,
    ReturnIsFinal,
    ReturnTakenBack,
    ReturnUndone,
    UndoReturn,
)
from bot.services.returns.taking_back import take_return_back, to_restore
from bot.services.returns.telling import who_decides
from bot.store.db import audit_log
from bot.store.ledger import periods
from bot.store.returns import clawbacks, returns, reversals
from bot.store.returns.returns import GoodsReturn
from bot.store.sales import sales
from bot.store.sales.sales import Sale
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "counted_returns", "month_state"]


def month_state(turn: Turn, period: str) -> Literal["open", "closing", "closed"]:
    """Returns whether a month is open, being closed or closed."""
    month = periods.find(turn.conn, period)
    return "open" if month is None else month.state


def counted_returns(turn: Turn, sale: Sale) -> tuple[CountedReturnOf, ...]:
    """Returns the returns of a sale that count, with what comes back if each is taken back."""
    return tuple(
        _counted(turn, sale, back, clawbacks.by_member(to_restore(turn.conn, sale, back)))
        for back in returns.of_sale(turn.conn, sale.id)
        if back.state == "confirmed"
    )


def _counted(
    turn: Turn, sale: Sale, back: GoodsReturn, restored: Mapping[int, int]
) -> CountedReturnOf:
    assert back.period is not None, "it counts, or has counted until now"
    others = [amount for member, amount in restored.items() if member != sale.seller_id]
    return CountedReturnOf(
        number=back.id,
        came_on=date.fromisoformat(back.came_on),
        lines=tuple(
            PiecesOf(each.name, each.quantity, each.amount)
            for each in returns.pieces_of(turn.conn, back.id)
        ),
        amount=back.amount,
        profit=back.amount - back.goods,
        points=back.points,
        counts_in=back.period,
        month=month_state(turn, back.period),
        closed_month="" if back.period == sale.period else sale.period,
        bonus=restored.get(sale.seller_id, 0),
        others=len(others),
        others_bonus=sum(others),
    )


def undo_return(turn: Turn, action: UndoReturn) -> Iterable[Message]:
    """Take back a return that counts, once, and tell the seller and the line above.

    Raises:
        Refusal: it no longer counts, its month is closed by now, or it is of the caller's own
            sale.
    """
    assert "admin" in turn.caller.roles, "only admins reach this action"
    back = returns.by_id(turn.conn, action.number)
    sale = None if back is None else sales.by_id(turn.conn, back.sale_id)
    assert back is not None, "the flow has found it in this transaction"
    assert sale is not None, "a return is of a sale"
    receipt, by = receipt_number(sale.id), turn.caller.user_id
    second = who_decides(turn, sale.seller_id)
    if second is not None:
        raise Refusal(OwnDecision(receipt, second))
    if back.state != "confirmed" or back.period is None:
        raise Refusal(ReturnIsFinal(receipt, sale.period, "undone"))
    done = take_return_back(turn.conn, back.id, reason=action.reason, by=by, at=turn.now)
    if done is None:
        month = month_state(turn, back.period)
        # On a server another admin may have taken it back since it was read.
        why = "undone" if month == "open" else month
        raise Refusal(ReturnIsFinal(receipt, back.period, why))
    audit_log.note(turn.conn, by, "return undone", f"return {back.id}", turn.now)
    shown = _counted(turn, sale, back, done.taken)
    me = turn.caller.me
    if me is None or me.id != sale.seller_id:
        news = ReturnTakenBack(receipt, action.reason, shown)
        turn.tell(sale.seller_id, news, f"return:{back.id}:undone")
    _tell_others(turn, sale, back.id, done.taken)
    return [ReturnUndone(receipt, shown)]


def _tell_others(turn: Turn, sale: Sale, return_id: int, restored: Mapping[int, int]) -> None:
    """Tell each member other than the seller whose bonus of the closed month rose again."""
    above = reversals.paid_for_seller(turn.conn, return_id)
    for member_id, amount in restored.items():
        if member_id == sale.seller_id:
            continue
        seller = (masked_name(sale.seller_name), sale.seller_code)
        named = seller if member_id in above else ("", "")
        news = BonusRestored(sale.period, amount, *named)
        turn.tell(member_id, news, f"return:{return_id}:restored:{member_id}")


LOOKUPS: Lookups = {}

ACTIONS: Actions = {UndoReturn: undo_return}
