"""What is asked about a member's own stock, looked up, and done."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Question
from bot.core.conversation.replay import Lookup
from bot.core.stock.stock_levels import StockLevel
from bot.flows.spec import Action
from bot.flows.stock.stock_messages import MoveLine, NoteSubject, StockLine

__all__ = [
    "AskObjection",
    "AskStockNote",
    "AskStockPieces",
    "AskWhatCameIn",
    "DeliveryBy",
    "NoteStock",
    "OwnStock",
    "StockChange",
    "StockLevels",
    "StockMoves",
    "UndoStock",
]


@dataclass(frozen=True, slots=True)
class AskWhatCameIn(Question):
    """Asks which goods came in, and how many."""

    asked_as: ClassVar[str] = "stock.came@1"


@dataclass(frozen=True, slots=True)
class AskStockPieces(Question):
    """Asks how many pieces came in, or are there."""

    asked_as: ClassVar[str] = "stock.pieces@1"

    product: str
    counted: bool


@dataclass(frozen=True, slots=True)
class StockChange:
    """What a note changes of an article.

    Attributes:
        before: pieces by the notes so far; None where nothing was noted.
        after: pieces then; None where that shows only when it is noted.
        much: whether it is more than the company calls much.
        months: for how many months it lasts then; 0 where nothing was sold lately.
        kept: whether it lies before the last count, and changes nothing any more.
    """

    product_id: int
    name: str
    quantity: int
    before: int | None
    after: int | None
    much: bool = False
    months: int = 0
    kept: bool = False


@dataclass(frozen=True, slots=True)
class AskStockNote(Question):
    """Reads a note back before it is saved, with kind words where it is much.

    Attributes:
        today: whether `day` is this day.
        no_points: whether to say that a purchase brings no points.
    """

    asked_as: ClassVar[str] = "stock.note@1"
    as_shown: ClassVar[bool] = True

    subject: NoteSubject
    day: date
    today: bool
    lines: tuple[StockChange, ...]
    no_points: bool


@dataclass(frozen=True, slots=True)
class AskObjection(Question):
    """Asks what is wrong with a delivery; the answer goes to the office."""

    asked_as: ClassVar[str] = "stock.objection@1"

    document: str


@dataclass(frozen=True, slots=True)
class OwnStock(Lookup[tuple[StockLine, ...]]):
    """All articles of the caller's stock, by name."""

    today: date


@dataclass(frozen=True, slots=True)
class StockLevels(Lookup[tuple[StockLevel, ...]]):
    """The levels of these articles in the caller's stock, in this order."""

    products: tuple[int, ...]
    today: date


@dataclass(frozen=True, slots=True)
class StockMoves(Lookup[tuple[str, tuple[MoveLine, ...]]]):
    """The name of an article and its latest movements; no name where there is no such article."""

    product_id: int


@dataclass(frozen=True, slots=True)
class DeliveryBy(Lookup[str]):
    """The document of the caller's delivery with this number; empty if there is none."""

    note: int


@dataclass(frozen=True, slots=True)
class NoteStock(Action):
    """Note goods that came in, or a count: the id of each article with its pieces."""

    subject: NoteSubject
    pieces: tuple[tuple[int, int], ...]
    day: date


@dataclass(frozen=True, slots=True)
class UndoStock(Action):
    """Take back a note of the caller."""

    note: int
