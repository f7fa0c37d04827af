"""What a return asks and says to the person who enters it, and to those whom it concerns."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.flows.returns.return_lookups import (
    BackLine,
    ReturnableSale,
    ReturnChoice,
    ReturnEffect,
)

__all__ = [
    "AllBack",
    "AskDamaged",
    "AskLateReason",
    "AskPieces",
    "AskRefund",
    "AskReturn",
    "AskReturnedSale",
    "AskSaleable",
    "AskWhatCameBack",
    "BonusReduced",
    "MoreDamagedThanBack",
    "NoReceiptToReturn",
    "NotReturnable",
    "NotReturned",
    "ReturnCounted",
    "ReturnOfMonth",
    "ReturnTooLate",
    "ReturnVoided",
    "ReturnWaits",
    "ReturnsToCheck",
    "TooManyPieces",
    "TypeTakenSum",
    "WrongTakenSum",
]


@dataclass(frozen=True, slots=True)
class AskReturnedSale(Question):
    """Asks from which receipt the goods are.

    Attributes:
        buyer: who was named; empty for none.
        choices: receipts with goods that may come back, the newest first.
    """

    asked_as: ClassVar[str] = "return.sale@1"

    buyer: str
    choices: tuple[ReturnChoice, ...]


@dataclass(frozen=True, slots=True)
class AskWhatCameBack(Question):
    """Asks which articles came back.

    Attributes:
        lines: those with pieces that may come back, with all of these.
        chosen: what was chosen so far.
    """

    asked_as: ClassVar[str] = "return.articles@2"

    receipt: str
    lines: tuple[BackLine, ...]
    chosen: tuple[BackLine, ...]


@dataclass(frozen=True, slots=True)
class AskPieces(Question):
    """Asks how many pieces of one article came back; `most` are left of it."""

    asked_as: ClassVar[str] = "return.pieces@1"

    product: str
    most: int


@dataclass(frozen=True, slots=True)
class AskSaleable(Question):
    """Asks whether the goods can be sold again."""

    asked_as: ClassVar[str] = "return.saleable@2"

    lines: tuple[BackLine, ...]


@dataclass(frozen=True, slots=True)
class AskDamaged(Question):
    """Asks how many pieces of one article cannot be sold again, of the `back` that came back."""

    asked_as: ClassVar[str] = "return.damaged@1"

    product: str
    back: int


@dataclass(frozen=True, slots=True)
class MoreDamagedThanBack(Message):
    """More damaged pieces were named than came back."""

    back: int


@dataclass(frozen=True, slots=True)
class AskRefund(Question):
    """Asks how many rupiah the buyer got back.

    Attributes:
        amount: the price of the pieces.
        owed: what the seller noted that the buyer still owes of the sale; 0 for the office, which
            does not see her notes.
    """

    asked_as: ClassVar[str] = "return.refund@2"

    amount: int
    owed: int = 0


@dataclass(frozen=True, slots=True)
class AskLateReason(Question):
    """Asks the office why a return is taken although the time has passed."""

    asked_as: ClassVar[str] = "return.reason@1"

    receipt: str
    days: int


@dataclass(frozen=True, slots=True)
class AskReturn(Question):
    """The card of a return, with what it changes, before it is entered.

    Attributes:
        sale: whose goods come back; it counts at once if the caller decides for the office.
        lines: what comes back.
        refund: rupiah that the buyer got back.
        reason: why it is taken although the time has passed; mostly empty.
    """

    asked_as: ClassVar[str] = "return.card@2"
    as_shown: ClassVar[bool] = True

    sale: ReturnableSale
    lines: tuple[BackLine, ...]
    refund: int
    reason: str
    effect: ReturnEffect


@dataclass(frozen=True, slots=True)
class TypeTakenSum(Question):
    """Asks to type what is taken back from bonuses that were paid, before it is.

    Attributes:
        period: the closed month.
        amount: rupiah of all members together.
    """

    asked_as: ClassVar[str] = "return.sum@1"

    receipt: str
    period: str
    amount: int


@dataclass(frozen=True, slots=True)
class WrongTakenSum(Message):
    """Another sum was typed, so nothing was taken back."""


@dataclass(frozen=True, slots=True)
class TooManyPieces(Message):
    """More pieces than are left, or none."""

    most: int


@dataclass(frozen=True, slots=True)
class NoReceiptToReturn(Message):
    """No receipt has goods that may come back; `buyer` was named, or is empty."""

    buyer: str
    days: int


@dataclass(frozen=True, slots=True)
class NotReturnable(Message):
    """Goods of this sale cannot come back: it does not count, or does not count yet.

    `mine` says that the caller has sold it.
    """

    receipt: str
    status: str
    mine: bool


@dataclass(frozen=True, slots=True)
class AllBack(Message):
    """All goods of the sale came back before, or are waiting for the office.

    `mine` says that the caller has sold it.
    """

    receipt: str
    mine: bool


@dataclass(frozen=True, slots=True)
class ReturnTooLate(Message):
    """The time in which goods may come back has passed."""

    receipt: str
    days: int


@dataclass(frozen=True, slots=True)
class ReturnOfMonth(Message):
    """The month of the sale is just being closed, so the return has to wait."""

    receipt: str
    period: str


@dataclass(frozen=True, slots=True)
class NotReturned(Message):
    """The return was not entered; `mine` says that the caller has sold the goods."""

    receipt: str
    mine: bool


@dataclass(frozen=True, slots=True)
class ReturnWaits(Message):
    """The return is entered and waits for the office."""

    receipt: str
    number: int
    lines: tuple[BackLine, ...]


@dataclass(frozen=True, slots=True)
class ReturnVoided(Message):
    """The seller has taken the wish back."""

    receipt: str


@dataclass(frozen=True, slots=True)
class ReturnCounted(Message):
    """A return counts: for the office, and as news for the seller.

    Attributes:
        mine: whether the reader is the seller.
        note: what the office says; mostly empty.
    """

    receipt: str
    lines: tuple[BackLine, ...]
    mine: bool
    note: str
    effect: ReturnEffect


@dataclass(frozen=True, slots=True)
class ReturnsToCheck(Message):
    """For the admins: a return waits where none waited before."""

    receipt: str


@dataclass(frozen=True, slots=True)
class BonusReduced(Message):
    """For a member: goods came back from which a bonus of a closed month was paid.

    Attributes:
        period: the closed month.
        amount: rupiah that the bonus falls by.
        left: rupiah that is left of it.
        seller: first name and initial of the seller; empty where only a pool fell.
        code: of the same member.
    """

    period: str
    amount: int
    left: int
    seller: str
    code: str
