"""Looks up a member's own stock, and notes what came in or was counted.

Everything here is of the caller alone: no statement takes another member's number.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.core.conversation.messages import Message
from bot.core.sales.sales import receipt_number
from bot.core.stock.stock_levels import StockLevel, weeks_of
from bot.flows.stock.stock_messages import (
    MoveLine,
    NotedLine,
    StockLine,
    StockNoted,
    StockUndone,
)
from bot.flows.stock.stock_questions import (
    DeliveryBy,
    NoteStock,
    OwnStock,
    StockLevels,
    StockMoves,
    UndoStock,
)
from bot.store.stock import stock_moves, stock_notes, stock_sums
from bot.store.stock.stock_moves import StockMove
from bot.store.stock.stock_notes import StockKind, StockNote
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

MOVES_SHOWN: Final = 8
KINDS: Final[dict[str, StockKind]] = {"came": "bought", "counted": "counted", "found": "found"}
OF_SALES: Final = frozenset({"sold", "used", "back"})


def own_levels(turn: Turn, lookup: OwnStock) -> tuple[StockLine, ...]:
    """Returns all articles of the caller's stock, by name."""
    levels = stock_sums.levels(turn.conn, turn.caller.member.id, lookup.today)
    return tuple(
        StockLine(each.id, each.name, level.left, weeks_of(level, lookup.today))
        for each in stock_sums.articles(turn.conn, levels.keys())
        for level in (levels[each.id],)
    )


def levels_of(turn: Turn, lookup: StockLevels) -> tuple[StockLevel, ...]:
    """Returns the levels of articles; of one that was never noted, the pace alone."""
    return tuple(_level(turn, each, lookup.today) for each in lookup.products)


def _level(turn: Turn, product_id: int, today: date) -> StockLevel:
    me = turn.caller.member.id
    found = stock_sums.levels(turn.conn, me, today, product_id).get(product_id)
    if found is not None:
        return found
    pace = stock_sums.paces(turn.conn, me, today, product_id).get(product_id)
    return StockLevel(product_id, 0, noted=False) if pace is None else pace


def moves_of(turn: Turn, lookup: StockMoves) -> tuple[str, tuple[MoveLine, ...]]:
    """Returns the name of an article and its latest movements in the caller's stock."""
    named = stock_sums.articles(turn.conn, [lookup.product_id])
    if not named:
        return "", ()
    me = turn.caller.member.id
    found = stock_moves.latest(turn.conn, me, lookup.product_id, MOVES_SHOWN)
    return named[0].name, tuple(map(_line, found))


def _line(move: StockMove) -> MoveLine:
    receipt = receipt_number(move.source) if move.kind in OF_SALES else ""
    day = date.fromisoformat(move.day)
    return MoveLine(move.kind, move.quantity, day, receipt, move.document, move.expected)


def delivery_by(turn: Turn, lookup: DeliveryBy) -> str:
    """Returns the document of a delivery to the caller; empty for any other note."""
    note = stock_notes.own(turn.conn, turn.caller.member.id, lookup.note)
    return "" if note is None else note.document


def note_stock(turn: Turn, action: NoteStock) -> Iterable[Message]:
    """Note goods or a count of the caller, once for each conversation."""
    me, today = turn.caller.member.id, turn.caller.began.own
    notes = []
    for product_id, quantity in action.pieces:
        reference = f"{turn.reference}:{product_id}"
        before = stock_sums.levels(turn.conn, me, today, product_id).get(product_id)
        stock_notes.add(
            turn.conn,
            me,
            product_id,
            kind=KINDS[action.subject],
            quantity=quantity,
            day=action.day.isoformat(),
            reference=reference,
            at=turn.now,
            expected=quantity if before is None else before.left,
        )
        note = stock_notes.by_reference(turn.conn, me, reference)
        assert note is not None, "it was noted now or before"
        notes.append(note)
    levels = stock_sums.levels(turn.conn, me, today)
    lines = tuple(_noted(note, levels.get(note.product_id), today) for note in notes)
    yield StockNoted(action.subject, action.day, lines)


def _noted(note: StockNote, level: StockLevel | None, today: date) -> NotedLine:
    left, weeks = (0, None) if level is None else (level.left, weeks_of(level, today))
    return NotedLine(note.id, note.product_id, note.product, note.quantity, left, weeks)


def undo_stock(turn: Turn, action: UndoStock) -> Iterable[Message]:
    """Take back a note of the caller; a second press says the same."""
    me = turn.caller.member.id
    note = stock_notes.own(turn.conn, me, action.note)
    if note is None or note.kind == "delivered":
        return [StockUndone("", 0)]
    stock_notes.undo(turn.conn, me, note.id, turn.now)
    level = _level(turn, note.product_id, turn.caller.began.own)
    return [StockUndone(note.product, level.left)]


LOOKUPS: Lookups = {
    OwnStock: own_levels,
    StockLevels: levels_of,
    StockMoves: moves_of,
    DeliveryBy: delivery_by,
}

ACTIONS: Actions = {NoteStock: note_stock, UndoStock: undo_stock}
