"""Notes of a member's own stock: what is asked before goods or a count are saved."""

from datetime import date

from bot.core.calendar.periods import period_of
from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask, find
from bot.core.input.quantity import QUANTITY_MAX, QuantityZero, read_quantity
from bot.core.sales.drafts import DraftItem
from bot.core.stock.stock_levels import StockLevel, ends_month, is_much, months_of, with_more
from bot.flows.answers import said_yes, typed
from bot.flows.caller import Caller
from bot.flows.spec import Outcome
from bot.flows.stock.stock_messages import (
    NoteSubject,
    StockDayAhead,
    StockNotNoted,
    StockTooMuch,
    StockUnclear,
)
from bot.flows.stock.stock_questions import (
    AskStockNote,
    AskStockPieces,
    NoteStock,
    StockChange,
    StockLevels,
    StockMoves,
)

__all__ = ["Pieces", "note_found", "note_items", "note_one"]

Pieces = tuple[tuple[int, str, int], ...]
"""Number and name of each article, with its pieces."""


def note_items(
    caller: Caller, subject: NoteSubject, items: tuple[DraftItem, ...], day: date | None
) -> Flow[Outcome]:
    """Note what was typed; articles without a number are asked for one by one."""
    day = caller.began.own if day is None or subject == "counted" else day
    if day > caller.began.own:
        return StockDayAhead(day)
    pieces: dict[int, tuple[str, int]] = {}
    for item in items:
        assert item.product is not None, "all articles are known"
        number = item.quantity
        if number is None:
            number = yield from _how_many(item.product.name, subject)
        before = pieces.get(item.product.id, ("", 0))[1] if subject == "came" else 0
        pieces[item.product.id] = (item.product.name, before + number)
    if any(number > QUANTITY_MAX for _, number in pieces.values()):
        return StockTooMuch(QUANTITY_MAX)
    listed = tuple((each, *named) for each, named in pieces.items())
    return (yield from _confirmed(caller, subject, listed, day))


def note_one(caller: Caller, subject: NoteSubject, product_id: int, pieces: int) -> Flow[Outcome]:
    """Note goods of one article, or count it, from a button that may carry the pieces."""
    name, _ = yield from find(StockMoves(product_id))
    if not name:
        return StockUnclear("", (), subject, 0)
    number = pieces or (yield from _how_many(name, subject))
    listed = ((product_id, name, min(number, QUANTITY_MAX)),)
    return (yield from _confirmed(caller, subject, listed, caller.began.own))


def note_found(caller: Caller, product_id: int) -> Flow[Outcome]:
    """Note the pieces by which more was sold than came in: they were there before."""
    name, _ = yield from find(StockMoves(product_id))
    (level,) = yield from find(StockLevels((product_id,), caller.began.own))
    if not name or level.left >= 0:
        return StockNotNoted()
    listed = ((product_id, name, -level.left),)
    return (yield from _confirmed(caller, "found", listed, caller.began.own))


def _confirmed(caller: Caller, subject: NoteSubject, pieces: Pieces, day: date) -> Flow[Outcome]:
    """Read the note back, and save it after a yes."""
    today = caller.began.own
    levels = yield from find(StockLevels(tuple(each for each, _, _ in pieces), today))
    lines = tuple(
        _change(caller, subject, level, name, number, day)
        for level, (_, name, number) in zip(levels, pieces, strict=True)
    )
    question = AskStockNote(
        subject, day, day == today, lines, subject == "came" and _may_be_for_points(caller, day)
    )
    if not (yield from ask(question, said_yes)):
        return StockNotNoted()
    return NoteStock(subject, tuple((each, number) for each, _, number in pieces), day)


def _change(
    caller: Caller, subject: NoteSubject, level: StockLevel, article: str, number: int, day: date
) -> StockChange:
    before = level.left if level.noted else None
    if subject == "counted":
        return StockChange(level.product_id, article, number, before, number)
    if level.counted_on is not None and day < level.counted_on:
        return StockChange(level.product_id, article, number, before, before, kept=True)
    today, more = caller.began.own, with_more(level, number)
    certain = level.noted or day == today
    return StockChange(
        level.product_id,
        article,
        number,
        before,
        more.left if certain else None,
        much=subject == "came" and is_much(more, today, caller.company.stock.months_much),
        months=months_of(more, today),
    )


def _may_be_for_points(caller: Caller, day: date) -> bool:
    """Returns whether somebody may think at this end of a month that a purchase brings points.

    It never does here; plans that count goods which members buy count recorded sales alone.
    """
    version = caller.company.plan.version_for(period_of(day, caller.company.time_zone))
    bought = version is not None and version.qualify_by == "bought"
    return bought and ends_month(day, caller.company.stock.month_end_days)


def _how_many(article: str, subject: NoteSubject) -> Flow[int]:
    def read(answer: Answer) -> int:
        try:
            return read_quantity(typed(answer))
        except Refusal as refusal:
            if subject == "counted" and isinstance(refusal.message, QuantityZero):
                return 0
            raise

    return (yield from ask(AskStockPieces(article, subject == "counted"), read))
