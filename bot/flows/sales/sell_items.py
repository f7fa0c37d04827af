"""Which product, how many and at what price; asks only for what the line leaves out."""

import re
from dataclasses import replace

from bot.core.calendar.two_days import TwoDays
from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask
from bot.core.input.money import parse_rupiah
from bot.core.input.quantity import read_quantity
from bot.core.input.typed import shown
from bot.core.input.yesno import yes_or_no
from bot.core.sales.drafts import Draft, DraftItem, TypedPrice
from bot.core.sales.products import Product, find_products
from bot.core.sales.quick_entry import StoppedBy, read_line
from bot.core.sales.sales import (
    PriceOutside,
    PriceStillOutside,
    SaleLine,
    checked_amount,
    is_within,
    likely_amounts,
    price_limits,
)
from bot.flows.answers import typed
from bot.flows.caller import Caller
from bot.flows.sales.sell_answers import TEXT_CHARACTERS_MAX
from bot.flows.sales.sell_lookups import Shelf
from bot.flows.sales.sell_messages import (
    AskPrice,
    AskPriceMeaning,
    AskProduct,
    AskQuantity,
    PickProduct,
    TapOne,
    UnknownProduct,
)

__all__ = ["charged", "draft_of", "priced", "settled_line", "which_product"]

SHOWN_MAX = 6
THOUSAND = 1_000
LETTERS = re.compile(r"[a-z]+")
ALL_WORDS = frozenset({"semua", "semuanya", "total", "totalnya", "jumlah", "all", "together"})
EACH_WORDS = frozenset({"satu", "satunya", "satuan", "satuannya", "sebiji", "per", "each", "one"})


def draft_of(
    text: str, shelf: Shelf, today: TwoDays, stopped_by: StoppedBy = StoppedBy.ANY_DOUBT
) -> Draft | None:
    """Returns the sale in a line, with or without a verb in front; None if there is none.

    A price such as `@50` means thousands; the card shows it in full before the sale is saved.
    """
    draft = read_line(
        text,
        shelf.products,
        today.own,
        tags=shelf.tags,
        in_thousands=True,
        is_begun=True,
        stopped_by=stopped_by,
    )
    if draft is None or draft.day is None:
        return draft
    return replace(draft, day=today.counted(draft.day))


def which_product(shelf: Shelf, today: TwoDays, *, adding: bool = False) -> Flow[Draft]:
    """Ask what was sold; the answer may be one product or a whole line."""
    page = 0
    by_id = {product.id: product for product in shelf.products}
    pages = -(-len(shelf.products) // SHOWN_MAX)

    def read(answer: Answer) -> Draft | int:
        if answer.kind == "tap":
            return _tapped(answer.value, by_id)
        text = typed(answer)
        draft = draft_of(text, shelf, today)
        if draft is None or not any(_names_product(item) for item in draft.items):
            raise Refusal(UnknownProduct(shown(text)))
        return draft

    while True:
        if page == 0:
            first = [by_id[number] for number in shelf.favourites if number in by_id]
            others = [product for product in shelf.products if product not in first]
            names = [*first, *others][:SHOWN_MAX]
        else:
            names = list(shelf.products[(page - 1) * SHOWN_MAX : page * SHOWN_MAX])
        offers = tuple((product.id, product.name) for product in names)
        following = page + 1 if page < pages and len(shelf.products) > len(names) else 0
        question = AskProduct(offers, page, pages, max(page - 1, 0), following, adding)
        answer = yield from ask(question, read)
        if isinstance(answer, Draft):
            return answer
        page = answer if 0 < answer <= pages else 1


def _names_product(item: DraftItem) -> bool:
    """Returns whether the item names a product; a number alone does not."""
    return item.product is not None or any(sign.isalpha() for sign in item.query)


def _tapped(value: str, by_id: dict[int, Product]) -> Draft | int:
    if value.startswith("page"):
        return int(value.removeprefix("page"))
    product = by_id.get(int(value.removeprefix("p")))
    if product is None:
        raise Refusal(UnknownProduct(""))
    return Draft((DraftItem(product, product.name, None, None),), None, own_use=False, day=None)


def settled_line(
    caller: Caller, shelf: Shelf, item: DraftItem, *, own_use: bool = False
) -> Flow[SaleLine]:
    """Returns a line of the sale; asks for product, quantity or price where they are not clear.

    Products for own use cost the member price, whatever was typed.
    """
    product = item.product
    if product is None:
        product = yield from _pick(shelf, item.query)
    quantity = item.quantity
    if quantity is None:
        quantity = yield from ask(AskQuantity(product.name), _quantity)
    if own_use:
        return SaleLine(product, quantity, product.member_price * quantity)
    amount = product.retail_price * quantity
    if item.price is not None:
        amount = yield from charged(caller, product, quantity, item.price)
    return (yield from priced(caller, SaleLine(product, quantity, amount)))


def _pick(shelf: Shelf, query: str) -> Flow[Product]:
    """Let the seller choose among the closest products; other words search again."""
    by_id = {product.id: product for product in shelf.products}

    def read(answer: Answer) -> Product | str:
        if answer.kind == "tap":
            tapped = by_id.get(int(answer.value.removeprefix("p")))
            if tapped is None:
                raise Refusal(UnknownProduct(""))
            return tapped
        text = typed(answer)
        if yes_or_no(text) is not None:
            raise Refusal(TapOne())
        match = find_products(text, shelf.products)
        if match.product is not None:
            return match.product
        if not match.closest:
            raise Refusal(UnknownProduct(shown(text)))
        return shown(text)

    while True:
        closest = find_products(query, shelf.products).closest
        offered = closest or [by_id[i] for i in shelf.favourites if i in by_id]
        offers = tuple((product.id, product.name) for product in offered)
        answer = yield from ask(PickProduct(query, offers), read)
        if isinstance(answer, Product):
            return answer
        query = answer


def charged(caller: Caller, product: Product, quantity: int, price: TypedPrice) -> Flow[int]:
    """Returns what was charged for all pieces, in rupiah.

    If the line does not say whether the price is for one piece or for all, the retail price and
    the company's limits may decide; the bot asks only when both readings are as likely.
    """
    each, total = price.each, price.total
    if each is None or total is None:
        return each * quantity if each is not None else (total or 0)
    if quantity == 1:
        return each
    readings = {"each": each * quantity, "total": total}
    limits = _limits(caller)
    likely = likely_amounts(product, quantity, readings.values(), limits)
    if len(likely) == 1:
        return likely[0]

    def read(answer: Answer) -> int:
        if answer.kind == "tap":
            return readings[answer.value]
        text = typed(answer)
        words = set(LETTERS.findall(text[:TEXT_CHARACTERS_MAX].casefold()))
        if words & ALL_WORDS or words & EACH_WORDS:
            return readings["total" if words & ALL_WORDS else "each"]
        return _each(text, product, limits) * quantity

    return (yield from ask(AskPriceMeaning(product.name, quantity, each), read))


def priced(caller: Caller, line: SaleLine, *, asking: bool = False) -> Flow[SaleLine]:
    """Returns the line at a price within the company's limits.

    Args:
        caller: the seller.
        line: the line as it is.
        asking: whether to ask for the price even if the line's own is allowed.
    """
    limits = _limits(caller)
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

    def read(answer: Answer) -> SaleLine:
        retail = answer.kind == "tap"
        each = product.retail_price if retail else _each(typed(answer), product, limits)
        new = SaleLine(product, line.quantity, each * line.quantity)
        if trouble and not is_within(new, *limits):
            raise Refusal(PriceStillOutside(each))
        return checked_amount(new, *limits)

    question = AskPrice(product.name, line.quantity, product.retail_price, least, most, trouble)
    return (yield from ask(question, read))


def _limits(caller: Caller) -> tuple[int, int]:
    policy = caller.company.policy
    return policy.price_min_percent, policy.price_max_percent


def _each(text: str, product: Product, limits: tuple[int, int]) -> int:
    """Returns a typed price for one piece; `50` is read as 50,000 where only that is allowed."""
    each = parse_rupiah(text)
    if each < THOUSAND and is_within(SaleLine(product, 1, each * THOUSAND), *limits):
        return each * THOUSAND
    return each


def _quantity(answer: Answer) -> int:
    return read_quantity(typed(answer))
