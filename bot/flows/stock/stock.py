"""A member's own stock: the list, one article, and notes of what came in and what was counted."""

from collections.abc import Sequence
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.typed import shown
from bot.core.sales.products import Product, find_named, names_of
from bot.core.stock.stock_levels import weeks_of
from bot.core.stock.stock_words import StockSaid, read_stock
from bot.flows.answers import button_number, typed
from bot.flows.caller import Caller
from bot.flows.inquiries.inquiry_messages import InquiryUnread, SendInquiry
from bot.flows.products.products import GoodsOn
from bot.flows.spec import FlowSpec, HelpPlace, Outcome
from bot.flows.stock.stock_messages import (
    DeliveryNotOwn,
    NoStock,
    StockArticle,
    StockAtOffice,
    StockLine,
    StockList,
    StockOff,
    StockUnclear,
    StockWish,
)
from bot.flows.stock.stock_note import note_found, note_items, note_one
from bot.flows.stock.stock_questions import (
    AskObjection,
    AskWhatCameIn,
    DeliveryBy,
    OwnStock,
    StockLevels,
    StockMoves,
    UndoStock,
)

__all__ = ["SPEC", "stock"]

PER_PAGE: Final = 8
CHOICES_MAX: Final = 6
TYPED_MAX: Final = 64
OBJECTION_CHARACTERS_MAX: Final = 500
PIECES_DIGITS_MAX: Final = 4


def stock(caller: Caller, args: str) -> Flow[Outcome]:
    """Show the member's own stock (`/stok`), or one article of it (`/stok sabun`).

    `/stok beli 20 sabun` notes goods that came in, `/stok sabun 7` a count; both are read back
    before they are saved. What the office has in stock, the office knows.
    """
    if not caller.company.stock.enabled:
        return StockOff(caller.me is not None)
    if caller.me is None:
        return StockAtOffice(member=False, office="admin" in caller.roles)
    pressed = yield from _by_button(caller, args)
    return pressed or (yield from _in_words(caller, args))


def _by_button(caller: Caller, args: str) -> Flow[Outcome | None]:
    """Returns what a button leads to; None for anything that was typed."""
    word, _, rest = args.casefold().partition(" ")
    if word in {"", "hal"}:
        return (yield from _listed(caller, max(1, button_number(rest))))
    if args == "masuk":
        return (yield from _came_in(caller))
    first, _, second = rest.partition(" ")
    number, pieces = button_number(first), button_number(second, PIECES_DIGITS_MAX)
    if not number or (second and not pieces):
        return None
    match word:
        case "b":
            return (yield from _article(caller, number))
        case "masuk":
            return (yield from note_one(caller, "came", number, pieces))
        case "hitung":
            return (yield from note_one(caller, "counted", number, pieces))
        case "awal":
            return (yield from note_found(caller, number))
        case "urung":
            return UndoStock(number)
        case "keliru":
            return (yield from _objection(number))
        case _:
            return None


def _listed(caller: Caller, page: int) -> Flow[Outcome]:
    lines = yield from find(OwnStock(caller.began.own))
    if not lines:
        return NoStock()
    pages = -(-len(lines) // PER_PAGE)
    page = min(page, pages)
    here = lines[(page - 1) * PER_PAGE : page * PER_PAGE]
    return StockList(here, page - 1, page + 1 if page < pages else 0)


def _article(caller: Caller, product_id: int) -> Flow[Outcome]:
    name, moves = yield from find(StockMoves(product_id))
    if not name:
        return StockUnclear("", (), "", 0)
    today = caller.began.own
    (level,) = yield from find(StockLevels((product_id,), today))
    return StockArticle(
        product=name,
        level=level,
        weeks=weeks_of(level, today),
        missing=max(0, -level.left),
        moves=moves if level.noted else (),
    )


def _came_in(caller: Caller) -> Flow[Outcome]:
    """Ask what came in, and note it."""
    goods = yield from find(GoodsOn(caller.began.company))

    def read(answer: Answer) -> StockSaid:
        text = typed(answer)
        said = read_stock(text, goods, caller.began.own)
        if not said.items or any(item.product is None for item in said.items):
            raise Refusal(_unclear(goods, text, said, "came"))
        return said

    said: StockSaid = yield from ask(AskWhatCameIn(), read)
    return (yield from note_items(caller, "came", said.items, said.day))


def _in_words(caller: Caller, text: str) -> Flow[Outcome]:
    goods = yield from find(GoodsOn(caller.began.company))
    said = read_stock(text, goods, caller.began.own)
    if said.subject == "office":
        return StockAtOffice(member=True, office="admin" in caller.roles)
    if not said.items:
        return (yield from _listed(caller, 1))
    subject: StockWish = "" if said.subject == "asked" else said.subject
    if any(item.product is None for item in said.items):
        return _unclear(goods, text, said, subject)
    if subject:
        return (yield from note_items(caller, subject, said.items, said.day))
    if _is_plain_count(text, said):
        return (yield from note_items(caller, "counted", said.items, None))
    asked = dict.fromkeys(item.product for item in said.items if item.product is not None)
    return (yield from _those(caller, tuple(asked)[:PER_PAGE]))


def _those(caller: Caller, asked: Sequence[Product]) -> Flow[Outcome]:
    """Show what there is of each of several articles; of one, its movements as well."""
    today = caller.began.own
    levels = yield from find(StockLevels(tuple(product.id for product in asked), today))
    lines = tuple(
        StockLine(product.id, product.name, level.left, weeks_of(level, today))
        for product, level in zip(asked, levels, strict=True)
        if level.noted
    )
    return StockList(lines, 0, 0) if len(lines) > 1 else (yield from _article(caller, asked[0].id))


def _is_plain_count(text: str, said: StockSaid) -> bool:
    """Returns whether only an article and its pieces were typed, as in `/stok sabun 7`."""
    (first, *others) = said.items
    plain = f"{first.query} {first.quantity}".casefold() == " ".join(text.casefold().split())
    return first.quantity is not None and not others and plain


def _unclear(
    goods: tuple[Product, ...], text: str, said: StockSaid, subject: StockWish
) -> StockUnclear:
    """Returns what to say of the first article that is not certain."""
    item = next((item for item in said.items if item.product is None), None)
    query = text if item is None else item.query
    closest = find_named(query[:TYPED_MAX], names_of(goods)).closest[:CHOICES_MAX]
    alone = item is not None and len(said.items) == 1
    return StockUnclear(
        shown(query[:TYPED_MAX]),
        tuple((product.id, product.name) for product in closest),
        subject if alone else "",
        (item.quantity or 0) if item is not None and alone else 0,
    )


def _objection(note: int) -> Flow[Outcome]:
    """Send the office what is wrong with a delivery."""
    document = yield from find(DeliveryBy(note))
    if not document:
        return DeliveryNotOwn()
    words = yield from ask(AskObjection(document), _words)
    return SendInquiry(f"{document}: {words}")


def _words(answer: Answer) -> str:
    text = typed(answer).strip()[:OBJECTION_CHARACTERS_MAX]
    if not any(map(str.isalnum, text)):
        raise Refusal(InquiryUnread())
    return text


SPEC = FlowSpec(
    "stock",
    stock,
    ("stok", "stock"),
    who="anyone",
    words=("stok", "stock", "stok saya", "stok sendiri", "my stock"),
    heard=(("stock", "{text}"),),
    keeps_line=True,
    in_help=(HelpPlace("customers", row=2),),
)
