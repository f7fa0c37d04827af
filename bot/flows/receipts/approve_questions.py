"""The queue of sales that wait, what can be done with several of them, and what it says."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.core.receipts.unusual import UnusualQuantity
from bot.flows.spec import Action

__all__ = [
    "ApproveAll",
    "AroundPage",
    "AskApproveAll",
    "AskQueue",
    "GoOn",
    "NotAtOnce",
    "OnlyOwnSales",
    "OnlyUnusual",
    "PickedSales",
    "QueueRow",
    "ReadyAtOnce",
    "ReadySales",
    "Waiting",
    "WaitingSales",
]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A sale in the queue, without its buyer, whom only the seller sees.

    Attributes:
        id: of the sale.
        version: its state.
        seller: the short name.
        mine: whether it is the caller's own, which another admin has to check.
        picked: whether the caller has picked it.
        unusual: whether a quantity in it is far above the past.
        uncorrected: whether its seller has been asked to correct it, and has not changed it yet.
    """

    id: int
    version: int
    receipt: str
    day: str
    seller: str
    total: int
    mine: bool
    picked: bool
    unusual: bool
    uncorrected: bool


@dataclass(frozen=True, slots=True)
class NotAtOnce:
    """A sale that is not approved together with all others, and what is unusual about it.

    Without that its seller has been asked to correct it, and has not changed it yet.
    """

    receipt: str
    seller: str
    unusual: UnusualQuantity | None


@dataclass(frozen=True, slots=True)
class ReadyAtOnce:
    """The sales that can be approved all at once.

    Attributes:
        count: how many wait in all.
        sales: those that are approved: the id and the version of each.
        total: what the customers pay for these, in rupiah.
        left_out: those that are left out, as unusual or as not corrected yet.
    """

    count: int
    sales: tuple[tuple[int, int], ...]
    total: int
    left_out: tuple[NotAtOnce, ...]


@dataclass(frozen=True, slots=True)
class ReadySales(Lookup[ReadyAtOnce]):
    """The sales that the caller may approve all at once."""


@dataclass(frozen=True, slots=True)
class AroundPage:
    """What gives orientation on a page of the queue.

    Attributes:
        count: how many sales wait.
        before: the page before this one begins after this id; None on the first.
        following: the next page begins after this id; 0 on the last.
    """

    count: int
    before: int | None
    following: int


@dataclass(frozen=True, slots=True)
class PickedSales:
    """What became of the sales that were picked.

    Attributes:
        sales: those that still wait as they were picked: the id and the version of each.
        total: what the customers pay for these, in rupiah.
        dropped: the receipt numbers of the others.
    """

    sales: tuple[tuple[int, int], ...]
    total: int
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page of the sales that wait."""

    around: AroundPage
    page: tuple[QueueRow, ...]
    picked: PickedSales


@dataclass(frozen=True, slots=True)
class WaitingSales(Lookup[Waiting]):
    """The sales that wait, beginning after the id `above`, and what became of the picked ones."""

    above: int
    picked: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AskQueue(Question):
    """A page of the sales that wait: asks which to open, to pick or to approve."""

    asked_as: ClassVar[str] = "approval.queue@1"
    beside: ClassVar[frozenset[str]] = frozenset({"around"})

    around: AroundPage
    rows: tuple[QueueRow, ...]
    picked: PickedSales


@dataclass(frozen=True, slots=True)
class AskApproveAll(Question):
    """Asks whether all sales that wait count, but for those that are left out.

    `upto` is the highest id among them, and `versions` the sum of their versions, so that the
    question reads differently when a sale comes in or is changed. `left_out` has the first few of
    `others`.
    """

    asked_as: ClassVar[str] = "approval.all@3"

    count: int
    total: int
    upto: int
    versions: int
    left_out: tuple[NotAtOnce, ...]
    others: int


@dataclass(frozen=True, slots=True)
class OnlyOwnSales(Message):
    """All sales that wait are the caller's own."""

    count: int


@dataclass(frozen=True, slots=True)
class OnlyUnusual(Message):
    """Nothing can be approved at once: all is unusual, or not corrected yet.

    `rows` has the first few of `count`.
    """

    rows: tuple[NotAtOnce, ...]
    count: int


@dataclass(frozen=True, slots=True)
class ApproveAll(Action):
    """Approve these sales: the id of each, and the version that was shown."""

    sales: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class GoOn(Action):
    """Change nothing, and open what follows."""

    following: str
