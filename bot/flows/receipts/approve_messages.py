"""What the office's check of sales looks up, says and does."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.flows.receipts.receipts import ShownSale
from bot.flows.receipts.sale_changes import ShownChange
from bot.flows.sales.sell_messages import ShownLine
from bot.flows.spec import Action

__all__ = [
    "ApproveAll",
    "AskApprove",
    "AskApproveAll",
    "AskReason",
    "ChangedBySeller",
    "DecideSale",
    "FindSale",
    "NothingWaits",
    "OnlyOwnSales",
    "OnlyUncorrected",
    "OwnSale",
    "ProofOf",
    "SaleRejected",
    "SaleToCheck",
    "SalesApproved",
    "SalesDecided",
    "SalesToCheck",
    "SettledBefore",
    "ShowProof",
    "UndoneDecision",
    "UnknownSale",
    "Waiting",
    "WaitingList",
    "WaitingSales",
]


@dataclass(frozen=True, slots=True)
class UndoneDecision:
    """Why a sale waits once more.

    Attributes:
        by: the admin who has undone the decision.
        at: when (aware, UTC).
        reason: why, or what the sale should be.
        uncorrected: whether the seller was asked to correct the sale and has not changed it yet.
    """

    by: str
    at: datetime
    reason: str
    uncorrected: bool


@dataclass(frozen=True, slots=True)
class SaleToCheck:
    """A sale as the office sees it, without the customer's name, which only the seller sees.

    Attributes:
        version: counts the states of the sale; a decision is about the one that was shown.
        change: what is not as it was recorded; None if the seller has changed nothing.
        undone: the decision that was undone last, if the sale waits because of that.
    """

    receipt: str
    seller: str
    code: str
    mine: bool
    lines: tuple[ShownLine, ...]
    total: int
    retail: int
    own_use: bool
    invoice: str
    photo: bool
    day: str
    status: str
    version: int
    change: ShownChange | None
    undone: UndoneDecision | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The sales that wait, and a page of them.

    Attributes:
        count: how many wait.
        ready: those that the caller may approve at once: the id and the version of each.
        total: what the customers pay for these, in rupiah.
        uncorrected: the receipts of all that their sellers have been asked to correct, and have
            not changed yet.
    """

    count: int
    ready: tuple[tuple[int, int], ...]
    total: int
    page: tuple[ShownSale, ...]
    sellers: tuple[str, ...]
    uncorrected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingSales(Lookup[Waiting]):
    """The sales that wait, beginning after the id `above`."""

    above: int


@dataclass(frozen=True, slots=True)
class FindSale(Lookup[SaleToCheck | None]):
    """The sale with this id, of any seller."""

    id: int


@dataclass(frozen=True, slots=True)
class SalesToCheck(Message):
    """For the admins: a sale waits where none waited before."""

    receipt: str


@dataclass(frozen=True, slots=True)
class WaitingList(Message):
    """A page of the sales that wait.

    Attributes:
        total: what the customers pay for those that the caller may approve at once, in rupiah.
        following: the start of the next page; 0 on the last.
        uncorrected: the receipts of the page that their sellers have been asked to correct, and
            have not changed yet.
    """

    count: int
    total: int
    rows: tuple[tuple[ShownSale, str], ...]
    following: int
    uncorrected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NothingWaits(Message):
    """No sale waits to be checked."""


@dataclass(frozen=True, slots=True)
class AskApprove(Question):
    """Asks whether this sale counts."""

    asked_as: ClassVar[str] = "approval.one@4"
    as_shown: ClassVar[bool] = True

    sale: SaleToCheck

    def on_change(self) -> Message | None:
        """Returns that the seller has changed the sale, if she has."""
        return None if self.sale.change is None else ChangedBySeller(self.sale.receipt)


@dataclass(frozen=True, slots=True)
class AskApproveAll(Question):
    """Asks whether all sales that wait count.

    `upto` is the highest id among them, and `versions` the sum of their versions, so that the
    question reads differently when a sale comes in or is changed.
    """

    asked_as: ClassVar[str] = "approval.all@2"

    count: int
    total: int
    upto: int
    versions: int


@dataclass(frozen=True, slots=True)
class AskReason(Question):
    """Asks for the reason of the rejection, which the seller will see."""

    asked_as: ClassVar[str] = "approval.reason@1"

    receipt: str


@dataclass(frozen=True, slots=True)
class ChangedBySeller(Message):
    """The seller has changed the sale since it was shown, so the decision does not count."""

    receipt: str


@dataclass(frozen=True, slots=True)
class SettledBefore(Message):
    """The sale was already decided or taken back."""

    receipt: str
    status: str


@dataclass(frozen=True, slots=True)
class OwnSale(Message):
    """Admins cannot decide about their own sales."""

    receipt: str


@dataclass(frozen=True, slots=True)
class OnlyOwnSales(Message):
    """All sales that wait are the caller's own."""

    count: int


@dataclass(frozen=True, slots=True)
class OnlyUncorrected(Message):
    """None can be approved at once: the sellers have been asked to correct these sales."""

    count: int


@dataclass(frozen=True, slots=True)
class UnknownSale(Message):
    """No sale has this number."""


@dataclass(frozen=True, slots=True)
class SalesDecided(Message):
    """How many sales were approved and rejected, and how many still wait.

    `receipt` is the number of the sale, if there is only one; that decision can be undone.
    """

    approved: int
    rejected: int
    left: int
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class SalesApproved(Message):
    """For the seller: these sales were approved; `receipts` may list only some of them.

    Attributes:
        late: the month in which sales of a closed month count; empty if there are none.
    """

    receipts: tuple[str, ...]
    count: int
    points: int
    profit: int
    late: str


@dataclass(frozen=True, slots=True)
class SaleRejected(Message):
    """For the seller: this sale was rejected, and why."""

    receipt: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecideSale(Action):
    """Approve one sale in the state `version`, or reject it with a reason."""

    id: int
    version: int
    approve: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ShowProof(Action):
    """Show the photo of the invoice to the office."""

    id: int


@dataclass(frozen=True, slots=True)
class ProofOf(Message):
    """The caption of that photo."""

    receipt: str
    seller: str


@dataclass(frozen=True, slots=True)
class ApproveAll(Action):
    """Approve these sales: the id of each, and the version that was shown."""

    sales: tuple[tuple[int, int], ...]
