"""Which articles of a sale came back, and how many of each."""

from collections.abc import Sequence
from datetime import date
from typing import Final, TypeAlias

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.quantity import read_quantity
from bot.core.returns.pieces import SoldPieces
from bot.core.returns.return_words import read_return
from bot.core.sales.drafts import Draft
from bot.core.sales.products import Product, find_products
from bot.flows.answers import button_number, typed
from bot.flows.caller import Caller
from bot.flows.returns.give_back_messages import AskPieces, AskWhatCameBack, TooManyPieces
from bot.flows.returns.return_lookups import BackLine, ReturnableSale
from bot.flows.sales.sell_lookups import PriceList
from bot.flows.sales.sell_messages import TapOne

__all__ = ["ALL_PIECES", "pieces_back"]

ALL_PIECES: Final = frozenset({"semua", "semuanya", "all", "everything"})
ENOUGH: Final = frozenset({"lanjut", "sudah", "cukup", "continue", "done"})

NamedPieces: TypeAlias = tuple[SoldPieces, int]
"""A line and the pieces of it that were named; 0 for an article without a number."""

Chosen: TypeAlias = tuple[tuple[int, int], ...]
"""The id of each line with its pieces, in the order in which they were chosen."""


def pieces_back(caller: Caller, sale: ReturnableSale, heard: Draft | None) -> Flow[Chosen]:
    """Returns the id of each line that comes back, with its pieces.

    Args:
        caller: who enters the return.
        sale: the sale, with pieces left.
        heard: what was named before; an article with pieces is taken without a question.
    """
    left = [line for line in sale.lines if line.left]
    products = (yield from find(PriceList(caller.began.company))).products
    chosen: Chosen = ()
    for line, pieces in _named(left, heard, products):
        number = pieces or (yield from _how_many(line))
        chosen = _with(chosen, line, number)
    if chosen:
        return chosen
    if len(left) == 1:
        return ((left[0].line_id, (yield from _how_many(left[0]))),)
    while len(chosen) < len(left):
        question = AskWhatCameBack(
            sale.receipt,
            lines=tuple(_shown(line, line.left) for line in left),
            chosen=tuple(
                _shown(line, dict(chosen)[line.line_id]) for line in left if _has(chosen, line)
            ),
        )

        def read(answer: Answer, so_far: Chosen = chosen) -> list[NamedPieces] | None:
            return _read(answer, left, products, caller.began.own, so_far)

        wishes = yield from ask(question, read)
        if wishes is None:
            return chosen
        for line, pieces in wishes:
            number = pieces or (yield from _how_many(line))
            chosen = _with(chosen, line, number)
    return chosen


def _read(
    answer: Answer,
    left: Sequence[SoldPieces],
    products: Sequence[Product],
    today: date,
    so_far: Chosen,
) -> list[NamedPieces] | None:
    """Returns the lines that an answer names, with pieces or 0; None for no more of them."""
    text = typed(answer).strip()
    word = text.casefold()
    if word in ALL_PIECES:
        return [(line, line.left) for line in left]
    if word in ENOUGH and so_far:
        return None
    if answer.kind == "tap":
        tapped = [(line, 0) for line in left if line.line_id == button_number(text)]
        if tapped:
            return tapped
        raise Refusal(TapOne())
    named = _named(left, read_return(text, products, today), products)
    if not named:
        raise Refusal(TapOne())
    return named


def _named(
    left: Sequence[SoldPieces], heard: Draft | None, products: Sequence[Product]
) -> list[NamedPieces]:
    """Returns the lines with the articles that were named, and the pieces of each, or 0.

    A word that fits several articles means the one of them that was sold.
    """
    sold_ids = {line.product_id for line in left}
    sold = [product for product in products if product.id in sold_ids]
    found: list[NamedPieces] = []
    for item in () if heard is None else heard.items:
        product = item.product or find_products(item.query, sold).product
        if product is None:
            continue
        same = [line for line in left if line.product_id == product.id]
        line = next((line for line in same if line.left >= (item.quantity or 1)), None)
        line = line or next(iter(same), None)
        if line is not None and line.line_id not in {each.line_id for each, _ in found}:
            number = item.quantity or 0
            found.append((line, number if number <= line.left else 0))
    return found


def _how_many(line: SoldPieces) -> Flow[int]:
    """Returns how many pieces of a line came back; one is not asked for."""
    if line.left == 1:
        return 1

    def read(answer: Answer) -> int:
        text = typed(answer)
        number = line.left if text.strip().casefold() in ALL_PIECES else read_quantity(text)
        if not 0 < number <= line.left:
            raise Refusal(TooManyPieces(line.left))
        return number

    return (yield from ask(AskPieces(line.name, line.left), read))


def _has(chosen: Chosen, line: SoldPieces) -> bool:
    return line.line_id in dict(chosen)


def _with(chosen: Chosen, line: SoldPieces, pieces: int) -> Chosen:
    return tuple({**dict(chosen), line.line_id: pieces}.items())


def _shown(line: SoldPieces, pieces: int) -> BackLine:
    return BackLine(line.line_id, line.name, pieces, line.part(pieces))
