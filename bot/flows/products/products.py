"""The price list: its pages, a search, and the card of one product."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from bot.core.conversation.messages import Message, Question, Refusal
from bot.core.conversation.replay import Answer, Flow, Lookup, ask, find
from bot.core.input.typed import shown
from bot.core.sales.products import (
    Product,
    find_named,
    find_several,
    names_of,
    spelled,
    with_words,
)
from bot.flows.answers import button_number
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace, Outcome
from bot.flows.talk import JustType

__all__ = [
    "SPEC",
    "AskWhichProduct",
    "GoodsOn",
    "NothingListed",
    "PlannedPrice",
    "ProductCard",
    "ProductLine",
    "ProductList",
    "ProductNotFound",
    "ProductPrices",
    "ProductsFound",
    "ShowProduct",
    "products",
]

PAGE: Final = 8
NUMBER_DIGITS_MAX: Final = 8
TYPED_CHARACTERS_MAX: Final = 64
SEARCH_WORDS: Final = frozenset({"cari", "search", "find"})
PAGE_WORDS: Final = frozenset({"hal", "page"})


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One product in the list; member price and points are 0 for people who are not members."""

    id: int
    name: str
    retail_price: int
    member_price: int
    points: int


@dataclass(frozen=True, slots=True)
class PlannedPrice:
    """The price of a product from a later day on."""

    from_day: date
    member_price: int
    retail_price: int
    points: int
    bonus_value: int


@dataclass(frozen=True, slots=True)
class ProductList(Message):
    """A page of the price list; `before` and `after` are 0 if there is no such page."""

    passing: ClassVar[bool] = True

    lines: tuple[ProductLine, ...]
    member: bool
    page: int
    pages: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NothingListed(Message):
    """The price list is empty."""


@dataclass(frozen=True, slots=True)
class AskWhichProduct(Question):
    """Asks which product to look for."""

    asked_as: ClassVar[str] = "product.search@1"


@dataclass(frozen=True, slots=True)
class ProductsFound(Message):
    """Several products match the text."""

    passing: ClassVar[bool] = True

    typed: str
    lines: tuple[ProductLine, ...]
    member: bool


@dataclass(frozen=True, slots=True)
class ProductPrices(Message):
    """The prices of each of several goods that were asked for."""

    passing: ClassVar[bool] = True

    lines: tuple[ProductLine, ...]
    member: bool


@dataclass(frozen=True, slots=True)
class ProductNotFound(Message):
    """No product is similar to the text."""

    typed: str


@dataclass(frozen=True, slots=True)
class ProductCard(Message):
    """One product.

    Attributes:
        id: of the product.
        sku: its number, which may be typed to log a sale.
        member: whether the reader is one; only members see member price, profit and points.
        profit: what a member keeps who sells a piece at the retail price, in rupiah.
        admin: whether the reader may change the price, and so sees bonus value and planned prices.
        lasts_days: for how many days a piece usually lasts; 0 if that is unknown.
        planned: prices of later days, the earliest first.
    """

    passing: ClassVar[bool] = True

    id: int
    sku: str
    product: str
    category: str
    izin_edar: str
    description: str
    lasts_days: int
    retail_price: int
    member_price: int
    profit: int
    points: int
    bonus_value: int
    member: bool
    admin: bool
    planned: tuple[PlannedPrice, ...]


@dataclass(frozen=True, slots=True)
class GoodsOn(Lookup[tuple[Product, ...]]):
    """All products on sale, with the prices of a day."""

    day: date


@dataclass(frozen=True, slots=True)
class ShowProduct(Action):
    """Show the card of a product, with its picture if it has one."""

    id: int


def products(caller: Caller, args: str) -> Flow[Outcome]:
    """Show the price list, by pages; with a name (`/produk madu`) the matching products.

    A name that matches only one product shows that product; several names, the price of each.
    Members also see member price, profit and points; admins the bonus value, planned prices, and
    buttons to change them.
    """
    word, _, rest = args.partition(" ")
    if word.casefold() == "p" and button_number(rest, NUMBER_DIGITS_MAX):
        return ShowProduct(button_number(rest, NUMBER_DIGITS_MAX))
    goods = yield from find(GoodsOn(caller.today))
    if not goods:
        return NothingListed()
    if word.casefold() in SEARCH_WORDS and not rest:
        return (yield from _search(caller, goods))
    if word.casefold() in PAGE_WORDS and button_number(rest, NUMBER_DIGITS_MAX):
        return _page(caller, goods, button_number(rest, NUMBER_DIGITS_MAX))
    if args:
        return _found(caller, goods, rest if word.casefold() in SEARCH_WORDS else args)
    return _page(caller, goods, 1)


def _search(caller: Caller, goods: tuple[Product, ...]) -> Flow[Outcome]:
    typed: str = yield from ask(AskWhichProduct(), _typed)
    return _found(caller, goods, typed)


def _found(caller: Caller, goods: tuple[Product, ...], typed: str) -> Outcome:
    """Returns the card of the matching product, or all products that are or may be meant."""
    called = names_of(goods)
    member = caller.me is not None
    several = find_several(typed, called)
    typed = typed[:TYPED_CHARACTERS_MAX]
    match = find_named(typed, called)
    if match.product is not None and not several:
        return ShowProduct(match.product.id)
    if several:
        return ProductPrices(tuple(_line(one, member) for one in several[:PAGE]), member)
    fitting = with_words(spelled(typed), called)[:PAGE] or match.closest
    if not fitting:
        raise Refusal(ProductNotFound(shown(typed)), AskWhichProduct)
    return ProductsFound(shown(typed), tuple(_line(one, member) for one in fitting), member)


def _page(caller: Caller, goods: tuple[Product, ...], page: int) -> ProductList:
    pages = -(-len(goods) // PAGE)
    page = min(page, pages)
    member = caller.me is not None
    return ProductList(
        lines=tuple(_line(one, member) for one in goods[(page - 1) * PAGE : page * PAGE]),
        member=member,
        page=page,
        pages=pages,
        before=page - 1,
        after=page + 1 if page < pages else 0,
    )


def _line(product: Product, member: bool) -> ProductLine:
    own = (product.member_price, product.points) if member else (0, 0)
    return ProductLine(product.id, product.name, product.retail_price, *own)


def _typed(answer: Answer) -> str:
    if answer.kind != "text":
        raise Refusal(JustType())
    return answer.value


SPEC = FlowSpec(
    "products",
    products,
    ("produk", "products"),
    who="anyone",
    heard=(("price", "{goods}"), ("price_list", "{several}")),
    words=("produk", "products", "katalog", "daftar harga"),
    in_help=(HelpPlace("selling", row=2), HelpPlace("joining", row=2)),
    in_menu=(MenuPlace("members", 60), MenuPlace("newcomers", 20), MenuPlace("office only", 10)),
)
