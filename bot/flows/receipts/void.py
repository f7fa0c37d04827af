"""A seller takes back an own sale that is not settled; the office undoes its decision."""

from bot.core.conversation.replay import Flow, ask, find
from bot.core.sales.sales import receipt_id
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.receipts.receipts import (
    AskVoid,
    KeptSale,
    MySale,
    NoSuchSale,
    NotVoidable,
    VoidSale,
)
from bot.flows.receipts.undo import undo
from bot.flows.spec import FlowSpec, Outcome
from bot.flows.talk import OnlyForMembers

__all__ = ["SPEC"]


def void(caller: Caller, args: str) -> Flow[Outcome]:
    """Take back your own sale (`/batalkan S-1023`) while the office has not settled it.

    Admins undo the office's decision about a sale that they cannot take back themselves.
    """
    if caller.me is None and "admin" not in caller.roles:
        return OnlyForMembers()
    number = receipt_id(args)
    sale = None
    if number is not None and caller.me is not None:
        sale = yield from find(MySale(number))
    if number is not None and "admin" in caller.roles and (sale is None or not sale.mine):
        return (yield from undo(caller, args))
    if sale is None or number is None:
        return NoSuchSale()
    if not sale.mine:
        return NotVoidable(sale.receipt, sale.status)
    if not (yield from ask(AskVoid(sale), said_yes)):
        return KeptSale(sale.receipt)
    return VoidSale(number)


SPEC = FlowSpec("void", void, ("batalkan", "void"), who="anyone")
