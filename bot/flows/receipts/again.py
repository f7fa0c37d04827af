"""Logging a sale once more: the card of a receipt's goods and buyer, at today's prices."""

from dataclasses import dataclass

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, find
from bot.core.sales.sales import receipt_id
from bot.flows.caller import Caller
from bot.flows.receipts.edit import RecordedSale
from bot.flows.receipts.receipts import NoSuchSale
from bot.flows.sales.open_sale import OpenSale
from bot.flows.sales.sell import recorded, sell
from bot.flows.sales.sell_answers import when
from bot.flows.sales.sell_card import on_card
from bot.flows.sales.sell_changes import buyer_of
from bot.flows.sales.sell_lookups import PriceList
from bot.flows.sales.sell_prices import lines_on
from bot.flows.spec import FlowSpec, HelpPlace, Outcome

__all__ = ["SPEC", "NoLongerSold"]


@dataclass(frozen=True, slots=True)
class NoLongerSold(Message):
    """Products of the sale are not on the price list any more."""

    receipt: str
    names: tuple[str, ...]


def again(caller: Caller, args: str) -> Flow[Outcome]:
    """Log the sale of a receipt once more (`/lagi S-1023`), for the same buyer, as of today."""
    number = receipt_id(args)
    if number is None:
        return (yield from sell(caller, args))
    was = yield from find(RecordedSale(number))
    if was is None:
        return NoSuchSale()
    shelf = yield from find(PriceList(caller.began.company))
    sold = {product.id for product in shelf.products}
    gone = tuple(line.product.name for line in was.sale.lines if line.product.id not in sold)
    if gone:
        return NoLongerSold(was.receipt, gone)
    buyer = was.sale.buyer
    if buyer.is_forgotten:
        buyer = yield from buyer_of(None)
    day = yield from when(caller, None, unclear=False)
    lines = yield from lines_on(caller, was.sale.lines, day, own_use=buyer.own_use)
    settled = yield from on_card(caller, OpenSale(lines, buyer, day))
    return (yield from recorded(caller, settled))


SPEC = FlowSpec(
    "again",
    again,
    ("lagi", "again"),
    acts=True,
    in_help=(HelpPlace("selling", row=2, column=3),),
)
