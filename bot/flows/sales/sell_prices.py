"""What a sale is priced at: the list of the day on which the goods were sold."""

from dataclasses import replace
from datetime import date

from bot.core.conversation.replay import Flow, find
from bot.core.sales.quick_entry import Draft
from bot.core.sales.sales import SaleLine, joined
from bot.flows.caller import Caller
from bot.flows.sales.sell_items import priced
from bot.flows.sales.sell_lookups import PriceList, Shelf

__all__ = ["at_member_price", "lines_on", "told_on"]


def told_on(draft: Draft, shelf: Shelf) -> Flow[tuple[Shelf, Draft]]:
    """The price list of the day that the draft tells of, and its articles as they stand there."""
    if draft.day is None:
        return shelf, draft
    shelf = yield from find(PriceList(draft.day))
    by_id = {product.id: product for product in shelf.products}
    items = tuple(
        item if item.product is None else replace(item, product=by_id[item.product.id])
        for item in draft.items
    )
    return shelf, replace(draft, items=items)


def lines_on(
    caller: Caller, lines: tuple[SaleLine, ...], day: date, *, own_use: bool
) -> Flow[tuple[SaleLine, ...]]:
    """The lines at the prices of this day.

    What was charged stays, unless it was just the retail price of another day; a price that the
    company did not allow on this day is asked for.
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
    """What the seller keeps, each article on one line."""
    return joined([SaleLine(x.product, x.quantity, x.goods) for x in lines])
