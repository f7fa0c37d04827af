"""What undoing a decision about a sale looks up, says and does."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.core.members.second_admin import SecondAdmin
from bot.flows.receipts.approve_messages import SaleToCheck
from bot.flows.receipts.undo_return_messages import CountedReturnOf
from bot.flows.spec import Action

__all__ = [
    "AskRight",
    "AskUndo",
    "AskUndoReason",
    "DecidedSale",
    "DecisionKept",
    "GoodsCameBack",
    "MonthIsFinal",
    "NotUndoable",
    "OwnDecision",
    "SaleCheckedAgain",
    "SaleNoLongerCounts",
    "SaleToCorrect",
    "SaleToUndo",
    "SaleUndone",
    "UndoSale",
    "UndoWish",
]

UndoWish: TypeAlias = Literal["again", "reject", "correct"]
"""What becomes of the sale: it is checked again, it is rejected, or its seller corrects it."""


@dataclass(frozen=True, slots=True)
class DecidedSale:
    """A sale whose decision may be undone.

    Attributes:
        sale: as the office sees it.
        counts_in: the month in which it counts, YYYY-MM.
        month: whether that is open, being closed or closed.
        returned: whether goods of it came back, or a return waits.
        counted: its returns that count.
        second: the other admin who has to decide about the caller's own sale; None for the
            caller.
        points: of the sale.
        profit: the seller's, in rupiah.
    """

    sale: SaleToCheck
    counts_in: str
    month: Literal["open", "closing", "closed"]
    returned: bool
    counted: tuple[CountedReturnOf, ...]
    second: SecondAdmin | None
    points: int
    profit: int


@dataclass(frozen=True, slots=True)
class SaleToUndo(Lookup[DecidedSale | None]):
    """The sale with this id, of any seller."""

    id: int


@dataclass(frozen=True, slots=True)
class AskUndo(Question):
    """Asks what becomes of a sale that was approved or rejected.

    Attributes:
        sale: as the office sees it.
        counts_in: the month in which it counts, YYYY-MM.
        points: of the sale.
        profit: the seller's, in rupiah.
    """

    asked_as: ClassVar[str] = "undo.what@2"
    as_shown: ClassVar[bool] = True

    sale: SaleToCheck
    counts_in: str
    points: int
    profit: int


@dataclass(frozen=True, slots=True)
class AskUndoReason(Question):
    """Asks why, which the seller will read.

    Attributes:
        rejects: whether the sale is rejected.
        mine: whether the caller is the seller.
    """

    asked_as: ClassVar[str] = "undo.reason@2"

    receipt: str
    rejects: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class AskRight(Question):
    """Asks what the sale should be, which the seller will read; `mine` is the caller."""

    asked_as: ClassVar[str] = "undo.right@2"

    receipt: str
    mine: bool


@dataclass(frozen=True, slots=True)
class DecisionKept(Message):
    """Nothing was undone."""

    receipt: str
    status: str


@dataclass(frozen=True, slots=True)
class NotUndoable(Message):
    """The sale waits, or was taken back: there is no decision to undo."""

    receipt: str
    status: str


@dataclass(frozen=True, slots=True)
class OwnDecision(Message):
    """A decision about an own sale is undone by another admin."""

    receipt: str
    second: SecondAdmin


@dataclass(frozen=True, slots=True)
class MonthIsFinal(Message):
    """The sale counts in a month that is closed, or being closed."""

    receipt: str
    period: str
    closing: bool


@dataclass(frozen=True, slots=True)
class GoodsCameBack(Message):
    """A return of this sale waits or is confirmed, so the sale itself stays."""

    receipt: str


@dataclass(frozen=True, slots=True)
class SaleUndone(Message):
    """The decision was undone, and the seller told; `mine` says that the reader is the seller."""

    receipt: str
    wish: UndoWish
    mine: bool


@dataclass(frozen=True, slots=True)
class SaleCheckedAgain(Message):
    """For the seller: the office looks at this sale once more.

    Attributes:
        receipt: its number.
        reason: why.
        counted: whether it counted until now.
        points: that do not count until the office has decided again.
        profit: the same, in rupiah.
    """

    receipt: str
    reason: str
    counted: bool
    points: int
    profit: int


@dataclass(frozen=True, slots=True)
class SaleToCorrect(Message):
    """For the seller: the office asks to correct this sale; the fields are as above."""

    receipt: str
    reason: str
    counted: bool
    points: int
    profit: int


@dataclass(frozen=True, slots=True)
class SaleNoLongerCounts(Message):
    """For the seller: a sale that counted is rejected after all; the fields are as above."""

    receipt: str
    reason: str
    points: int
    profit: int


@dataclass(frozen=True, slots=True)
class UndoSale(Action):
    """Undo the decision `before` about a sale in the state `version`."""

    id: int
    version: int
    before: str
    wish: UndoWish
    reason: str
