"""A recorded sale as another line tells it; what the line leaves out stays."""

from dataclasses import replace

from bot.core.conversation.replay import Flow, find
from bot.flows.caller import Caller
from bot.flows.sales.open_sale import OpenSale
from bot.flows.sales.sell_answers import when
from bot.flows.sales.sell_changes import buyer_of, with_items
from bot.flows.sales.sell_items import draft_of
from bot.flows.sales.sell_lookups import PriceList
from bot.flows.sales.sell_prices import priced_on_its_day

__all__ = ["rewritten"]


def rewritten(caller: Caller, sale: OpenSale, line: str) -> Flow[OpenSale]:
    """Returns the sale with the goods of the line, and its buyer and day if it names them.

    Asks what the line leaves open. A line that names no goods changes nothing.
    """
    shelf = yield from find(PriceList(sale.day))
    draft = draft_of(line, shelf, caller.began)
    if draft is None or not draft.items:
        return sale
    day = sale.day
    if draft.day is not None or draft.day_is_open:
        day = yield from when(caller, draft.day, unclear=draft.day_is_open)
    shelf, draft = yield from priced_on_its_day(replace(draft, day=day), shelf)
    buyer = sale.buyer
    if draft.own_use or draft.customer is not None:
        buyer = yield from buyer_of(draft)
    lines = yield from with_items(caller, shelf, draft, own_use=buyer.own_use)
    payment = draft.payment if draft.payment.is_stated else sale.payment
    return replace(sale, lines=lines, buyer=buyer, day=day, payment=payment)
