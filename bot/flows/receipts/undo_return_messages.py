"""What taking back a return that counts looks like: what it says, asks and does."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from bot.core.conversation.messages import Message, Question
from bot.flows.receipts.approve_messages import SaleToCheck
from bot.flows.spec import Action

__all__ = [
    "AskUndoReturn",
    "AskUndoReturnReason",
    "AskWhichReturn",
    "BonusRestored",
    "CountedReturnOf",
    "PiecesOf",
    "ReturnIsFinal",
    "ReturnKept",
    "ReturnTakenBack",
    "ReturnUndone",
    "UndoReturn",
]


@dataclass(frozen=True, slots=True)
class PiecesOf:
    """Pieces of an article that came back, and what the buyer had paid for them in rupiah."""

    name: str
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True)
class CountedReturnOf:
    """A return that counts, and what comes back if it is taken back.

    Attributes:
        number: its own.
        came_on: the day on which the goods came back.
        amount: what the buyer had paid for the pieces, in rupiah.
        profit: of the seller, in rupiah.
        points: of the seller.
        counts_in: the month in which it counts, YYYY-MM.
        month: whether that is open, being closed or closed.
        closed_month: the month of the sale if its bonuses were paid; empty while it is open.
        bonus: rupiah that the seller's own bonus of that month gets back.
        others: how many other members' bonuses get something back.
        others_bonus: rupiah that they get back together.
    """

    number: int
    came_on: date
    lines: tuple[PiecesOf, ...]
    amount: int
    profit: int
    points: int
    counts_in: str
    month: Literal["open", "closing", "closed"]
    closed_month: str
    bonus: int
    others: int
    others_bonus: int


@dataclass(frozen=True, slots=True)
class AskWhichReturn(Question):
    """Asks which of several returns of a sale was a mistake."""

    asked_as: ClassVar[str] = "undo.which_return@1"

    receipt: str
    returns: tuple[CountedReturnOf, ...]


@dataclass(frozen=True, slots=True)
class AskUndoReturn(Question):
    """Asks whether a return that counts is taken back, and says what that changes."""

    asked_as: ClassVar[str] = "undo.return@1"
    as_shown: ClassVar[bool] = True

    sale: SaleToCheck
    back: CountedReturnOf


@dataclass(frozen=True, slots=True)
class AskUndoReturnReason(Question):
    """Asks why, which the seller will read."""

    asked_as: ClassVar[str] = "undo.return_reason@1"

    receipt: str


@dataclass(frozen=True, slots=True)
class ReturnKept(Message):
    """The return goes on counting."""

    receipt: str


@dataclass(frozen=True, slots=True)
class ReturnIsFinal(Message):
    """The return cannot be taken back.

    Attributes:
        period: the month in which it counts, or has counted.
        why: that month is closed or being closed, or another admin has just taken it back.
    """

    receipt: str
    period: str
    why: Literal["closing", "closed", "undone"]


@dataclass(frozen=True, slots=True)
class ReturnUndone(Message):
    """The return was taken back, and those concerned were told."""

    receipt: str
    back: CountedReturnOf


@dataclass(frozen=True, slots=True)
class ReturnTakenBack(Message):
    """For the seller: the office has taken back a return that counted, and why."""

    receipt: str
    reason: str
    back: CountedReturnOf


@dataclass(frozen=True, slots=True)
class BonusRestored(Message):
    """For a member: a return was taken back that had lowered a bonus of a closed month.

    Attributes:
        period: the closed month.
        amount: rupiah that the bonus gets back.
        seller: first name and initial of the seller; empty where only a pool had fallen.
        code: of the same member.
    """

    period: str
    amount: int
    seller: str
    code: str


@dataclass(frozen=True, slots=True)
class UndoReturn(Action):
    """Take back a return that counts."""

    number: int
    reason: str
