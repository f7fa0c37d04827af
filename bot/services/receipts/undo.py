"""The office undoes its decision about a sale: by reversal, with a reason, and the seller told."""

from collections.abc import Iterable

from bot.core.conversation.messages import Message, Refusal
from bot.core.sales.sales import receipt_number
from bot.flows.receipts.undo import why_final
from bot.flows.receipts.undo_messages import (
    DecidedSale,
    NotUndoable,
    SaleCheckedAgain,
    SaleNoLongerCounts,
    SaleToCorrect,
    SaleToUndo,
    SaleUndone,
    UndoSale,
)
from bot.services.receipts.approve import decision_key, is_own, sale_to_check
from bot.services.receipts.undo_return import counted_returns, month_state
from bot.services.returns.telling import who_decides
from bot.services.sales import decision
from bot.services.sales.checking import notify_checkers
from bot.store.db import audit_log
from bot.store.returns import returns
from bot.store.sales import sales
from bot.store.sales.sales import Sale
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS", "case_of"]


def sale_to_undo(turn: Turn, lookup: SaleToUndo) -> DecidedSale | None:
    """Returns a sale, and what decides whether anything about it can be undone."""
    sale = sales.by_id(turn.conn, lookup.id)
    return None if sale is None else case_of(turn, sale)


def case_of(turn: Turn, sale: Sale) -> DecidedSale:
    """Returns what decides whether anything about a sale can be undone."""
    return DecidedSale(
        sale=sale_to_check(turn, sale),
        counts_in=sale.period,
        month=month_state(turn, sale.period),
        returned=returns.any_of(turn.conn, sale.id),
        counted=counted_returns(turn, sale) if sale.status == "approved" else (),
        second=who_decides(turn, sale.seller_id),
        points=sale.points,
        profit=sale.total - sale.goods,
    )


def undo_sale(turn: Turn, action: UndoSale) -> Iterable[Message]:
    """Undo the decision about a sale, once, and notify the seller.

    Raises:
        Refusal: it was undone or changed since the flow has looked, or can no longer be undone.
    """
    assert "admin" in turn.caller.roles, "only admins reach this action"
    sale = sales.by_id(turn.conn, action.id)
    assert sale is not None, "the flow has found it in this transaction"
    receipt, by = receipt_number(sale.id), turn.caller.user_id
    if sale.status != action.before:
        raise Refusal(NotUndoable(receipt, sale.status))
    final = why_final(case_of(turn, sale))
    if final is not None:
        raise Refusal(final)
    after = "rejected" if action.wish == "reject" else "waiting"
    undone = decision.decide(
        turn.conn,
        sale.id,
        action.before,
        after,
        by,
        turn.now,
        action.version,
        action.reason,
        plan=turn.company.plan,
        correction=action.wish == "correct",
    )
    if not undone:
        # On a server another admin may have undone it since it was read.
        now = sales.by_id(turn.conn, sale.id) or sale
        raise Refusal(why_final(case_of(turn, now)) or NotUndoable(receipt, now.status))
    audit_log.note(turn.conn, by, f"sale {action.before} undone", f"sale {sale.id}", turn.now)
    if not is_own(turn, sale):
        turn.tell(sale.seller_id, _news(sale, action), decision_key(turn, sale.id))
    if action.wish == "again":
        # One to be corrected can be checked once its seller has changed it.
        notify_checkers(turn, sale.id)
    return [SaleUndone(receipt, action.wish, is_own(turn, sale))]


def _news(sale: Sale, action: UndoSale) -> Message:
    """Returns what the seller reads; `sale` is as it was before."""
    receipt, reason = receipt_number(sale.id), action.reason
    counted, profit = sale.status == "approved", sale.total - sale.goods
    match action.wish:
        case "again":
            return SaleCheckedAgain(receipt, reason, counted, sale.points, profit)
        case "correct":
            return SaleToCorrect(receipt, reason, counted, sale.points, profit)
        case "reject":
            return SaleNoLongerCounts(receipt, reason, sale.points, profit)


LOOKUPS: Lookups = {SaleToUndo: sale_to_undo}

ACTIONS: Actions = {UndoSale: undo_sale}
