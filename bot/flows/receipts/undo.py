"""The office undoes its decision about a sale: a wrong approval, rejection or quantity."""

from collections.abc import Callable

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.sales.sales import receipt_id
from bot.flows.caller import Caller
from bot.flows.receipts.approve_messages import UnknownSale
from bot.flows.receipts.undo_messages import (
    AskRight,
    AskUndo,
    AskUndoReason,
    DecidedSale,
    DecisionKept,
    GoodsCameBack,
    MonthIsFinal,
    NotUndoable,
    OwnDecision,
    SaleToUndo,
    UndoSale,
    UndoWish,
)
from bot.flows.receipts.undo_return import reason_for_seller, undo_return
from bot.flows.sales.sell_messages import TapOne
from bot.flows.spec import FlowSpec, Outcome

__all__ = ["SPEC", "undo", "why_final"]

WISHES: dict[str, UndoWish] = {"again": "again", "reject": "reject", "correct": "correct"}


def undo(_caller: Caller, args: str) -> Flow[Outcome]:
    """Undo the office's decision about a sale (`/urungkan S-1023`) while its month is open.

    Where goods came back, their return is taken back first.
    """
    number = receipt_id(args)
    case = None if number is None else (yield from find(SaleToUndo(number)))
    if case is None or number is None:
        return UnknownSale()
    if case.counted and case.second is None:
        return (yield from undo_return(case))
    final = why_final(case)
    if final is not None:
        return final
    sale = case.sale
    question = AskUndo(sale, case.counts_in, case.points, case.profit)
    chosen = yield from ask(question, _wish(rejected=sale.status == "rejected"))
    if chosen is None:
        return DecisionKept(sale.receipt, sale.status)
    if chosen == "correct":
        reason = yield from ask(AskRight(sale.receipt, sale.mine), reason_for_seller)
    else:
        reason = yield from ask(
            AskUndoReason(sale.receipt, chosen == "reject", sale.mine), reason_for_seller
        )
    return UndoSale(number, sale.version, sale.status, chosen, reason)


def why_final(
    case: DecidedSale,
) -> NotUndoable | OwnDecision | MonthIsFinal | GoodsCameBack | None:
    """Returns why nothing can be undone about a sale; None if something can be.

    A rejected sale counts in no month, so a closed one does not hold it.
    """
    sale = case.sale
    if sale.status not in {"approved", "rejected"}:
        return NotUndoable(sale.receipt, sale.status)
    if case.second is not None:
        return OwnDecision(sale.receipt, case.second)
    if sale.status == "approved" and case.month != "open":
        return MonthIsFinal(sale.receipt, case.counts_in, case.month == "closing")
    return GoodsCameBack(sale.receipt) if case.returned else None


def _wish(*, rejected: bool) -> Callable[[Answer], UndoWish | None]:
    """Returns a reader of the choice; None leaves everything as it is."""

    def read(answer: Answer) -> UndoWish | None:
        if answer.kind != "tap" or (answer.value == "reject" and rejected):
            raise Refusal(TapOne())
        return WISHES.get(answer.value)

    return read


SPEC = FlowSpec("undo", undo, ("urungkan", "undo"), who="admin")
