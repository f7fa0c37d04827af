"""The prices of a sale: those of the day on which the products were sold."""

from dataclasses import replace
from datetime import date

from bot.core.conversation.replay import Flow, find
from bot.core.sales.drafts import Draft
from bot.core.sales.sales import SaleLine, joined
from bot.flows.caller import Caller
from bot.flows.sales.sell_items import priced
from bot.flows.sales.sell_lookups import PriceList, Shelf

__all__ = ["at_member_price", "lines_on", "priced_on_its_day"]


def priced_on_its_day(draft: Draft, shelf: Shelf) -> Flow[tuple[Shelf, Draft]]:
    """Returns the price list of the draft's day, and the draft with the products of that list."""
    if draft.day is None:
        return shelf, draft
    shelf = yield from find(PriceList(draft.day))
    by_id = {product.id: product for product in shelf.products}
    items = tuple(
        replace(item, product=by_id.get(item.product.id, item.product))
        if item.product is not None
        else item
        for item in draft.items
    )
    return shelf, replace(draft, items=items)


def lines_on(
    caller: Caller, lines: tuple[SaleLine, ...], day: date, *, own_use: bool
) -> Flow[tuple[SaleLine, ...]]:
    """Returns the lines at the prices of this day.

    The price charged stays, unless it was the retail price of another day; if the company did not
    allow it on this day, the bot asks for another.
    """
    shelf = yield from find(PriceList(day))
    by_id = {product.id: product for product in shelf.products}
    moved = []
    for line in lines:
        product = by_id.get(line.product.id, line.product)
        if product == line.product:
            moved.append(line)
            continue
        usual = line.amount == line.product.retail_price * line.quantity
        amount = product.retail_price * line.quantity if usual else line.amount
        new = SaleLine(product, line.quantity, amount)
        if not own_use:
            new = yield from priced(caller, new)
        moved.append(new)
    return at_member_price(moved) if own_use else joined(moved)


def at_member_price(lines: list[SaleLine] | tuple[SaleLine, ...]) -> tuple[SaleLine, ...]:
    """Returns the lines at the member price, one for each product, for a seller who keeps them."""
    return joined([SaleLine(x.product, x.quantity, x.goods) for x in lines])
