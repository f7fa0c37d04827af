"""What a price would bring: `/hitung 3 sabun diskon 10% ongkir 10rb`.

It is a calculation with the prices of today. Nothing is stored; a button leads into the ordinary
conversation about a sale, which asks as always.
"""

from dataclasses import dataclass, replace
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import shown
from bot.core.profit.profit import PricePercents, readings, with_short_price
from bot.core.profit.profit_words import ProfitWish, read_profit_wish
from bot.core.sales.drafts import DraftItem, TypedPrice
from bot.core.sales.products import Product, find_named, find_products, names_of
from bot.flows.answers import typed
from bot.flows.caller import Caller
from bot.flows.profit.profit_answer import answer_for
from bot.flows.profit.profit_messages import AskProfitGoods
from bot.flows.sales.sell_items import charged
from bot.flows.sales.sell_lookups import PriceList, Shelf
from bot.flows.sales.sell_messages import NoProducts, UnknownProduct
from bot.flows.spec import FlowSpec, HelpPlace, Outcome

__all__ = ["SPEC", "LastArticle", "profit"]

SHOWN_MAX: Final = 6


@dataclass(frozen=True, slots=True)
class LastArticle(Lookup[int]):
    """The id of the article that was talked about last; 0 if that is none, or several."""


def profit(caller: Caller, args: str) -> Flow[Outcome]:
    """Calculate what a sale would bring, such as `/hitung 3 sabun 140rb ongkir 10rb`.

    Without an article in it the one talked about last is meant; the bot asks if that is not clear.
    Nothing is stored.
    """
    shelf = yield from find(PriceList(caller.began.company))
    if not shelf.products:
        return NoProducts()
    policy = caller.company.policy
    limits = (policy.price_min_percent, policy.price_max_percent)
    wish = read_profit_wish(args, shelf.products, caller.began.own)
    last = None if wish.names_goods or not args else (yield from _last(shelf))
    wish = (yield from _known(caller, shelf, wish)) if last is None else _about(wish, last)
    draft = wish.draft
    if last is None:
        # What is meant without being named may be another one by the next answer.
        items = []
        for item in draft.items:
            settled = yield from _settled(caller, item, limits)
            items.append(settled)
        draft = replace(draft, items=tuple(items))
    draft = with_short_price(draft, wish.short_price, limits)
    return answer_for(draft, wish.costs, shelf, caller)


def _last(shelf: Shelf) -> Flow[Product | None]:
    """Returns the article talked about last, if it is on sale."""
    number = yield from find(LastArticle())
    return next((each for each in shelf.products if each.id == number), None)


def _settled(caller: Caller, item: DraftItem, limits: PricePercents) -> Flow[DraftItem]:
    """Returns the item; asks whether its price is for one piece or for all, if it may be both."""
    if item.price is None or len(readings(item, limits)) == 1:
        return item
    assert item.product is not None, "every article is known by now"
    amount = yield from charged(caller, item.product, item.quantity or 1, item.price)
    return replace(item, price=TypedPrice(total=amount))


def _about(wish: ProfitWish, product: Product) -> ProfitWish:
    """Returns the question with its only article."""
    item = wish.draft.items[0] if wish.draft.items else DraftItem(None, "", None, None)
    return replace(wish, draft=replace(wish.draft, items=(replace(item, product=product),)))


def _known(caller: Caller, shelf: Shelf, wish: ProfitWish) -> Flow[ProfitWish]:
    """Returns the question with all its articles; asks for each that is not clear."""
    while True:
        items = wish.draft.items
        place = next((at for at, item in enumerate(items) if item.product is None), None)
        if items and place is None:
            return wish
        wish = yield from _asked(caller, shelf, wish, place or 0)


def _asked(caller: Caller, shelf: Shelf, wish: ProfitWish, place: int) -> Flow[ProfitWish]:
    """Ask which article is meant at this place; the answer may be a whole question of its own."""
    by_id = {product.id: product for product in shelf.products}
    items = wish.draft.items
    query = items[place].query if items else ""
    closest = find_products(query, shelf.products).closest if query else ()
    first = [by_id[number] for number in shelf.favourites if number in by_id]
    others = [product for product in shelf.products if product not in first]
    offers = tuple((one.id, one.name) for one in closest or [*first, *others][:SHOWN_MAX])

    def read(answer: Answer) -> ProfitWish:
        if answer.kind == "tap":
            tapped = by_id.get(int(answer.value.removeprefix("p")))
            if tapped is None:
                raise Refusal(UnknownProduct(""))
            return _with_product(wish, place, tapped)
        text = typed(answer)
        among = find_named(text, names_of(closest)).product if closest else None
        if among is not None:
            return _with_product(wish, place, among)
        other = read_profit_wish(text, shelf.products, caller.began.own)
        if not any(
            item.product or find_products(item.query, shelf.products).closest
            for item in other.draft.items
        ):
            raise Refusal(UnknownProduct(shown(text)))
        return _completed(wish, other, place)

    draft = wish.draft
    begun = bool(items or draft.discount or draft.total or wish.costs)
    return (yield from ask(AskProfitGoods(offers, query, bool(closest), begun), read))


def _with_product(wish: ProfitWish, place: int, product: Product) -> ProfitWish:
    """Returns the question with the article of one place."""
    items = wish.draft.items
    if not items:
        return _about(wish, product)
    known = replace(items[place], product=product)
    items = (*items[:place], known, *items[place + 1 :])
    return replace(wish, draft=replace(wish.draft, items=items))


def _completed(wish: ProfitWish, other: ProfitWish, place: int) -> ProfitWish:
    """Returns a question by what was typed last; what it leaves out is taken from the first."""
    before, now = wish.draft, other.draft
    items = now.items
    if before.items and len(items) == 1:
        old, new = before.items[place], items[0]
        item = replace(new, quantity=new.quantity or old.quantity, price=new.price or old.price)
        items = (*before.items[:place], item, *before.items[place + 1 :])
    total = before.total if now.total is None else now.total
    discount = now.discount or before.discount
    draft = replace(now, items=items, total=total, discount=discount)
    return ProfitWish(draft, other.costs or wish.costs, other.short_price)


SPEC = FlowSpec(
    "profit",
    profit,
    ("hitung", "profit"),
    words=("hitung untung", "untung berapa"),
    heard=(("profit", "{text}"),),
    in_help=(HelpPlace("customers", row=2, column=2),),
)
