"""What the office's check of sales looks up, says and does."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.conversation.messages import Message, ProofSample, Question
from bot.core.conversation.replay import Lookup
from bot.core.receipts.sale_signs import SaleSigns
from bot.flows.receipts.sale_changes import ShownChange
from bot.flows.sales.sale_parts import ShownLine
from bot.flows.spec import Action

__all__ = [
    "AroundSale",
    "AskApprove",
    "AskReason",
    "ChangedBySeller",
    "CompareSale",
    "Compared",
    "ComparedPrices",
    "DecideSale",
    "FindSale",
    "NoOtherAdmin",
    "NothingWaits",
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
class ComparedPrices:
    """The prices of a sale beside those of the list.

    Attributes:
        listed: what its goods cost a customer by the price list of that day, in rupiah.
        lines: each line, and by how much it is above that (rupiah); negative if it is below.
    """

    listed: int
    lines: tuple[tuple[ShownLine, int], ...]


@dataclass(frozen=True, slots=True)
class AroundSale:
    """What gives orientation on the card of a sale.

    Attributes:
        signs: what is unusual about it.
        following: the id of the sale that opens after the decision; 0 if there is none.
        counts_in: the month in which it counts once approved, if it was sold in a closed one.
    """

    signs: SaleSigns
    following: int
    counts_in: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What the office sees beside a sale; `sample` is the photo of its invoice, if any."""

    prices: ComparedPrices
    around: AroundSale
    sample: ProofSample | None


@dataclass(frozen=True, slots=True)
class CompareSale(Lookup[Compared]):
    """What the office sees beside the sale with this id.

    With `seller` (a member's id) the sale that follows is one of that seller.
    """

    id: int
    seller: int = 0


@dataclass(frozen=True, slots=True)
class FindSale(Lookup[SaleToCheck | None]):
    """The sale with this id, of any seller."""

    id: int


@dataclass(frozen=True, slots=True)
class NoOtherAdmin(Lookup[bool]):
    """Whether there is no other admin, who could check the caller's own sales."""


@dataclass(frozen=True, slots=True)
class SalesToCheck(Message):
    """For the admins: a sale waits where none waited before."""

    receipt: str


@dataclass(frozen=True, slots=True)
class NothingWaits(Message):
    """No sale waits to be checked."""


@dataclass(frozen=True, slots=True)
class AskApprove(Question):
    """Asks whether this sale counts; the other facts are those of `Compared`."""

    asked_as: ClassVar[str] = "approval.one@6"
    as_shown: ClassVar[bool] = True
    beside: ClassVar[frozenset[str]] = frozenset({"around", "sample"})

    sale: SaleToCheck
    prices: ComparedPrices
    around: AroundSale
    sample: ProofSample | None

    def on_change(self) -> Message | None:
        """Returns that the seller has changed the sale, if she has."""
        return None if self.sale.change is None else ChangedBySeller(self.sale.receipt)


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
    """Admins cannot decide about their own sales; `alone` says that there is no other admin."""

    receipt: str
    alone: bool


@dataclass(frozen=True, slots=True)
class UnknownSale(Message):
    """No sale has this number."""


@dataclass(frozen=True, slots=True)
class SalesDecided(Message):
    """How many sales were approved and rejected, and how many still wait.

    Attributes:
        receipt: the number of the sale, if there is only one; that decision can be undone.
        goes_on: whether the next sale opens by itself.
    """

    approved: int
    rejected: int
    left: int
    receipt: str = ""
    goes_on: bool = False


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
    """Approve one sale in the state `version`, or reject it with a reason; then go on."""

    id: int
    version: int
    approve: bool
    reason: str
    following: str = ""


@dataclass(frozen=True, slots=True)
class ShowProof(Action):
    """Show the photo of the invoice to the office."""

    id: int


@dataclass(frozen=True, slots=True)
class ProofOf(Message):
    """The caption of that photo."""

    receipt: str
    seller: str
