"""Changes a sale that is not yet recorded, by what was typed or by one question."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.quantity import read_quantity
from bot.core.sales.corrections import Correction
from bot.core.sales.drafts import Discount, Draft, DraftItem
from bot.core.sales.sales import SaleLine, add_line, joined, split_total, totals
from bot.flows.answers import typed
from bot.flows.caller import Caller
from bot.flows.sales.open_sale import OWN_USE, OpenSale
from bot.flows.sales.sale_parts import Buyer
from bot.flows.sales.sell_answers import read_buyer, shown_lines, when
from bot.flows.sales.sell_buyer import buyer_named
from bot.flows.sales.sell_items import charged, priced, settled_line
from bot.flows.sales.sell_lookups import RecentBuyers, Shelf
from bot.flows.sales.sell_messages import (
    AskCustomer,
    AskLine,
    AskQuantity,
    AskRecord,
    TapOne,
    TellChange,
    UnknownBuyer,
)
from bot.flows.sales.sell_prices import lines_on, priced_on_its_day

__all__ = ["buyer_of", "corrected", "edited_line", "is_another_sale", "with_items"]


def with_items(
    caller: Caller,
    shelf: Shelf,
    draft: Draft,
    lines: tuple[SaleLine, ...] = (),
    *,
    own_use: bool,
) -> Flow[tuple[SaleLine, ...]]:
    """Add the lines of a draft; asks for whatever the draft leaves out."""
    new: list[SaleLine] = []
    for item in draft.items:
        line = yield from settled_line(caller, shelf, item, own_use=own_use)
        new.append(line)
    if new and not own_use:
        new = yield from _at_total(caller, new, draft.total, draft.discount)
    for line in new:
        lines = add_line(lines, line)
    return lines


def _at_total(
    caller: Caller, lines: list[SaleLine], total: int | None, discount: Discount | None
) -> Flow[list[SaleLine]]:
    """Returns the lines at one amount for all of them, or with a discount off their sum."""
    if discount is not None:
        listed = totals(lines).total
        total = discount.off(listed) if total is None else discount.after(total, listed)
    if total is None:
        return lines
    parts = []
    for part in split_total(lines, total):
        line = yield from priced(caller, part)
        parts.append(line)
    return parts


def buyer_of(draft: Draft | None) -> Flow[Buyer]:
    """Returns the buyer of the draft; asks who bought if it names nobody."""
    if draft is not None and draft.own_use:
        return OWN_USE
    if draft is not None and draft.customer is not None:
        return (yield from buyer_named(draft.customer))
    recent = yield from find(RecentBuyers())
    known = {buyer.id: buyer for buyer in recent if buyer.id is not None}
    offered = tuple((number, buyer.name) for number, buyer in known.items())
    answer = yield from ask(AskCustomer(offered), read_buyer)
    if isinstance(answer, str):
        return (yield from buyer_named(answer))
    if answer is None:
        return OWN_USE
    if answer not in known:
        raise Refusal(UnknownBuyer(""), AskCustomer)
    return known[answer]


def is_another_sale(sale: OpenSale, correction: Correction) -> bool:
    """Returns whether the words may be about other goods, or goods for another customer."""
    if correction.handling != "change" or correction.is_unnamed:
        return False
    draft = correction.draft
    sold = {line.product.id for line in sale.lines}
    if any(item.product is None or item.product.id not in sold for item in draft.items):
        return True
    other = draft.customer is not None and draft.customer != sale.buyer.name
    return bool(draft.items) and (other or draft.own_use != sale.buyer.own_use)


def corrected(
    caller: Caller, shelf: Shelf, sale: OpenSale, correction: Correction
) -> Flow[OpenSale]:
    """Returns the sale with what was typed instead of what it said; asks what that leaves open."""
    draft = correction.draft
    if draft.own_use or draft.customer is not None:
        buyer = yield from buyer_of(draft)
        sale = sale.sold_to(buyer)
    if draft.day is not None or draft.day_is_open:
        day = yield from when(caller, draft.day, unclear=draft.day_is_open)
        lines = yield from lines_on(caller, sale.lines, day, own_use=sale.buyer.own_use)
        sale = replace(sale, day=day, lines=lines)
        shelf, draft = yield from priced_on_its_day(replace(draft, day=day), shelf)
    if draft.payment.is_stated:
        sale = replace(sale, payment=sale.payment.told_anew(draft.payment))
    own_use = sale.buyer.own_use
    lines, total = sale.lines, draft.total
    if correction.handling == "add":
        lines = yield from with_items(caller, shelf, draft, lines, own_use=own_use)
        return replace(sale, lines=lines)
    for item in draft.items:
        if correction.is_unnamed and len(lines) > 1 and _is_total(item):
            total = item.price.total if item.price is not None else None
            continue
        lines = yield from _with_change(caller, lines, item, correction, own_use=own_use)
    if not own_use and (total is not None or draft.discount is not None):
        at_total = yield from _at_total(caller, list(lines), total, draft.discount)
        lines = tuple(at_total)
    return replace(sale, lines=joined(lines))


def _is_total(item: DraftItem) -> bool:
    """Returns whether an amount is for everything: `totalnya 150rb`."""
    return item.price is not None and item.price.each is None and item.quantity is None


def _with_change(
    caller: Caller,
    lines: tuple[SaleLine, ...],
    item: DraftItem,
    correction: Correction,
    *,
    own_use: bool,
) -> Flow[tuple[SaleLine, ...]]:
    """Change or drop the line that the item is about."""
    about = [
        place
        for place, line in enumerate(lines)
        if item.product is not None and line.product.id == item.product.id
    ]
    if correction.is_unnamed or (correction.handling == "swap" and not about):
        about = list(range(len(lines)))
    place = yield from _line_among(lines, about)
    if place is None:
        return lines
    if correction.handling == "drop":
        if len(lines) == 1:
            raise Refusal(TellChange(choosing=False), AskRecord)
        return (*lines[:place], *lines[place + 1 :])
    old = lines[place]
    product = old.product if correction.is_unnamed else (item.product or old.product)
    quantity = old.quantity if item.quantity is None else item.quantity
    each = old.each if product.id == old.product.id else None
    amount = (each or product.retail_price) * quantity
    if quantity == old.quantity and product.id == old.product.id:
        amount = old.amount
    if item.price is not None:
        amount = yield from charged(caller, product, quantity, item.price)
    line = SaleLine(product, quantity, amount)
    if not own_use:
        line = yield from priced(caller, line)
    return (*lines[:place], line, *lines[place + 1 :])


def _line_among(lines: tuple[SaleLine, ...], about: list[int]) -> Flow[int | None]:
    """Returns the place of the line that is meant; asks if there are several."""
    if len(about) < 2:  # noqa: PLR2004 - nothing to choose from
        return about[0] if about else None
    some = tuple(lines[place] for place in about)
    repeated = len({line.product.id for line in some}) < len(some)
    at = yield from ask(AskLine(shown_lines(some), repeated), _place(len(some)))
    return None if at == len(some) else about[at]


def edited_line(
    caller: Caller, what: str, lines: tuple[SaleLine, ...], *, own_use: bool
) -> Flow[tuple[SaleLine, ...]]:
    """Drop a line, or ask for its quantity or its price."""
    place = yield from _line_among(lines, list(range(len(lines))))
    if place is None:
        return lines
    line = lines[place]
    if what == "drop":
        return (*lines[:place], *lines[place + 1 :])
    if what == "price":
        line = yield from priced(caller, line, asking=True)
    else:
        quantity = yield from ask(AskQuantity(line.product.name), _quantity)
        each = line.each if line.each is not None else line.product.retail_price
        line = SaleLine(line.product, quantity, each * quantity)
        if not own_use:
            line = yield from priced(caller, line)
    return (*lines[:place], line, *lines[place + 1 :])


def _place(count: int) -> Callable[[Answer], int]:
    """Returns a reader for the place of a line, tapped or typed; `count` means none of them."""

    def read(answer: Answer) -> int:
        if answer.kind == "tap":
            return int(answer.value)
        number = answer.value.strip(" .") if answer.kind == "text" else ""
        if number.isascii() and number.isdigit() and 1 <= int(number[:3]) <= count:
            return int(number[:3]) - 1
        raise Refusal(TapOne())

    return read


def _quantity(answer: Answer) -> int:
    return read_quantity(typed(answer))
