"""Which article, how many and at what price: asked only where the line leaves it open."""

from datetime import date

from bot.core.dialogue import Answer, Flow, ask
from bot.core.messages import Refusal
from bot.core.money import parse_rupiah
from bot.core.products import Product, find_products
from bot.core.quantity import read_quantity
from bot.core.quick_entry import Draft, DraftItem, Price, read_line
from bot.core.sales import Line, PriceOutside, checked_amount, price_limits
from bot.core.yesno import yes_or_no
from bot.flows.caller import Caller
from bot.flows.sell_words import (
    AskPrice,
    AskPriceMeaning,
    AskProduct,
    AskQuantity,
    PickProduct,
    Shelf,
    TapOne,
    UnknownProduct,
)

__all__ = ["draft_of", "priced", "settled_line", "which_product"]

SHOWN_MAX = 6


def draft_of(text: str, shelf: Shelf, today: date) -> Draft | None:
    """The sale told in a line, with or without a verb in front; None if it tells of none."""
    draft = read_line(text, shelf.products, today)
    return draft if draft is not None else read_line(f"jual {text}", shelf.products, today)


def which_product(shelf: Shelf, today: date) -> Flow[Draft]:
    """Ask what was sold; the answer may be one article or a whole line."""
    page = 0
    by_id = {product.id: product for product in shelf.products}
    pages = -(-len(shelf.products) // SHOWN_MAX)

    def read(answer: Answer) -> Draft | int:
        if answer.kind == "tap":
            return _tapped(answer.value, by_id)
        if answer.kind != "text":
            raise Refusal(UnknownProduct(""))
        draft = draft_of(answer.value, shelf, today)
        if draft is None or not draft.items:
            raise Refusal(UnknownProduct(answer.value))
        return draft

    while True:
        if page == 0:
            first = [by_id[number] for number in shelf.favourites if number in by_id]
            others = [product for product in shelf.products if product not in first]
            names = [*first, *others][:SHOWN_MAX]
        else:
            names = list(shelf.products[(page - 1) * SHOWN_MAX : page * SHOWN_MAX])
        shown = tuple((product.id, product.name) for product in names)
        following = page + 1 if page < pages and len(shelf.products) > len(names) else 0
        question = AskProduct(shown, page, pages, max(page - 1, 0), following)
        answer = yield from ask(question, read)
        if isinstance(answer, Draft):
            return answer
        page = answer if 0 < answer <= pages else 1


def _tapped(value: str, by_id: dict[int, Product]) -> Draft | int:
    if value.startswith("page"):
        return int(value.removeprefix("page"))
    product = by_id.get(int(value.removeprefix("p")))
    if product is None:
        raise Refusal(UnknownProduct(""))
    return Draft((DraftItem(product, product.name, None, None),), None, own_use=False, day=None)


def settled_line(caller: Caller, shelf: Shelf, item: DraftItem) -> Flow[Line]:
    """A line of the sale, once article, number and price are certain."""
    product = item.product
    if product is None:
        product = yield from _pick(shelf, item.query)
    quantity = item.quantity
    if quantity is None:
        quantity = yield from ask(AskQuantity(product.name), _quantity)
    amount = product.retail_price * quantity
    if item.price is not None:
        amount = yield from _amount(product, quantity, item.price)
    return (yield from priced(caller, Line(product, quantity, amount)))


def _pick(shelf: Shelf, query: str) -> Flow[Product]:
    """Let the seller choose among what comes closest; other words search again."""
    by_id = {product.id: product for product in shelf.products}

    def read(answer: Answer) -> Product | str:
        if answer.kind == "tap":
            tapped = by_id.get(int(answer.value.removeprefix("p")))
            if tapped is None:
                raise Refusal(UnknownProduct(""))
            return tapped
        if yes_or_no(answer.value) is not None:
            raise Refusal(TapOne())
        match = find_products(answer.value, shelf.products)
        if match.product is not None:
            return match.product
        if not match.closest:
            raise Refusal(UnknownProduct(answer.value))
        return answer.value

    while True:
        closest = find_products(query, shelf.products).closest
        offered = closest or [by_id[i] for i in shelf.favourites if i in by_id]
        shown = tuple((product.id, product.name) for product in offered)
        answer = yield from ask(PickProduct(query, shown), read)
        if isinstance(answer, Product):
            return answer
        query = answer


def _amount(product: Product, quantity: int, price: Price) -> Flow[int]:
    """What was charged for all pieces, in rupiah."""
    if price.each is not None and price.total is not None:
        if quantity == 1:
            return price.each

        def read(answer: Answer) -> int:
            if answer.kind == "tap":
                return price.each * quantity if answer.value == "each" else price.total  # type: ignore[operator,return-value]
            return parse_rupiah(answer.value) * quantity

        return (yield from ask(AskPriceMeaning(product.name, quantity, price.each), read))
    if price.each is not None:
        return price.each * quantity
    assert price.total is not None, "a price says at least one of the two"
    return price.total


def priced(caller: Caller, line: Line, *, asking: bool = False) -> Flow[Line]:
    """The line at a price within the company's limits.

    Args:
        caller: who sells.
        line: the line as it is.
        asking: whether to ask for the price even where the line's own would do.
    """
    policy = caller.company.policy
    limits = (policy.price_min_percent, policy.price_max_percent)
    trouble = 0
    if not asking:
        try:
            return checked_amount(line, *limits)
        except Refusal as refusal:
            if not isinstance(refusal.message, PriceOutside):
                raise
            trouble = refusal.message.each
    product = line.product
    least, most = price_limits(product, *limits)

    def read(answer: Answer) -> Line:
        each = product.retail_price if answer.kind == "tap" else parse_rupiah(answer.value)
        return checked_amount(Line(product, line.quantity, each * line.quantity), *limits)

    question = AskPrice(product.name, line.quantity, product.retail_price, least, most, trouble)
    return (yield from ask(question, read))


def _quantity(answer: Answer) -> int:
    return read_quantity(answer.value)
