"""The office takes back a return that it confirmed by mistake, while its month is open."""

from typing import Literal

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask
from bot.core.input.typed import one_line
from bot.flows.answers import button_number, said_yes, typed
from bot.flows.receipts.approve import REASON_CHARACTERS_MAX
from bot.flows.receipts.undo_messages import DecidedSale
from bot.flows.receipts.undo_return_messages import (
    AskUndoReturn,
    AskUndoReturnReason,
    AskWhichReturn,
    CountedReturnOf,
    ReturnIsFinal,
    ReturnKept,
    UndoReturn,
)
from bot.flows.sales.sell_messages import TapOne
from bot.flows.spec import Outcome

__all__ = ["reason_for_seller", "undo_return", "undoable_returns"]


def undo_return(case: DecidedSale) -> Flow[Outcome]:
    """Ask which return, show what comes back, and ask why; the sale has one that counts."""
    receipt, last = case.sale.receipt, case.counted[-1]
    standing = undoable_returns(case)
    if not standing:
        return ReturnIsFinal(receipt, last.counts_in, _final(last.month))
    back = standing[0]
    if len(standing) > 1:

        def chosen(answer: Answer) -> CountedReturnOf:
            number = button_number(typed(answer))
            found = [each for each in standing if each.number == number]
            if not found:
                raise Refusal(TapOne())
            return found[0]

        back = yield from ask(AskWhichReturn(receipt, standing), chosen)
    if not (yield from ask(AskUndoReturn(case.sale, back), said_yes)):
        return ReturnKept(receipt)
    reason = yield from ask(AskUndoReturnReason(receipt), reason_for_seller)
    return UndoReturn(back.number, reason)


def _final(month: Literal["open", "closing", "closed"]) -> Literal["closing", "closed"]:
    return "closing" if month == "closing" else "closed"


def undoable_returns(case: DecidedSale) -> tuple[CountedReturnOf, ...]:
    """Returns the returns of a sale that can be taken back now."""
    return tuple(each for each in case.counted if each.month == "open")


def reason_for_seller(answer: Answer) -> str:
    """Returns a reason, typed or from a button that holds its words; it is never empty."""
    known = answer.kind in {"text", "tap"}
    reason = one_line(answer.value, REASON_CHARACTERS_MAX) if known else ""
    if not any(sign.isalnum() for sign in reason):
        raise Refusal(TapOne())
    return reason
