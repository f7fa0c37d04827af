"""The queue of sales that wait, what can be done with several of them, and what it says."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.core.receipts.sale_signs import SaleSigns
from bot.flows.spec import Action

__all__ = [
    "ApproveAll",
    "AroundPage",
    "AskApproveAll",
    "AskQueue",
    "AskSeller",
    "GoOn",
    "NotAtOnce",
    "NothingOfSeller",
    "OnlyOwnSales",
    "OnlyUnusual",
    "PickedSales",
    "QueueRow",
    "ReadyAtOnce",
    "ReadySales",
    "SellerRow",
    "SellersFound",
    "Waiting",
    "WaitingSales",
    "WaitingSellers",
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
        unusual: whether anything about it is a reason to look at it alone.
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
    """A sale that is not approved together with all others, and why.

    Attributes:
        signs: what is unusual about it.
        uncorrected: whether its seller has been asked to correct it, and has not changed it yet.
    """

    receipt: str
    seller: str
    signs: SaleSigns
    uncorrected: bool


@dataclass(frozen=True, slots=True)
class ReadyAtOnce:
    """The sales that can be approved all at once.

    Attributes:
        count: how many wait in all.
        own: how many of those that were looked at are the caller's own.
        alone: whether there is no other admin, who would have to check these.
        sales: those that are approved: the id and the version of each.
        total: what the customers pay for these, in rupiah.
        left_out: those that are left out, as unusual or as not corrected yet.
        seller: the short name of the only seller; empty for all.
        more: whether others wait behind them, which were not looked at.
    """

    count: int
    own: int
    alone: bool
    sales: tuple[tuple[int, int], ...]
    total: int
    left_out: tuple[NotAtOnce, ...]
    seller: str
    more: bool


@dataclass(frozen=True, slots=True)
class ReadySales(Lookup[ReadyAtOnce]):
    """The sales that the caller may approve all at once, of all sellers or of one (by id)."""

    seller: int = 0


@dataclass(frozen=True, slots=True)
class AroundPage:
    """What gives orientation on a page of the queue.

    Attributes:
        count: how many sales wait, of the seller if one was chosen.
        in_all: how many wait in all.
        before: the page before this one begins after this id; None on the first.
        following: the next page begins after this id; 0 on the last.
        seller: the short name of the only seller; empty for all, or where nothing waits.
        seller_id: the id of that member; 0 for all.
    """

    count: int
    in_all: int
    before: int | None
    following: int
    seller: str
    seller_id: int


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
    """The sales that wait, beginning after the id `above`, and what became of the picked ones.

    With `seller` (a member's id) they are those of one seller.
    """

    above: int
    picked: tuple[tuple[int, int], ...] = ()
    seller: int = 0


@dataclass(frozen=True, slots=True)
class SellerRow:
    """A seller whose sales wait: how many, and what the customers pay for them (rupiah)."""

    id: int
    seller: str
    code: str
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class SellersFound:
    """The sellers whose sales wait.

    Attributes:
        rows: the first few of those that were meant, or of all if the words name nobody.
        more: how many others there are.
        matched: how many the words name; 0 without words.
    """

    rows: tuple[SellerRow, ...]
    more: int
    matched: int


@dataclass(frozen=True, slots=True)
class WaitingSellers(Lookup[SellersFound]):
    """The sellers whose sales wait; `words` is a name or a code, or empty."""

    words: str


@dataclass(frozen=True, slots=True)
class AskQueue(Question):
    """A page of the sales that wait: asks which to open, to pick or to approve."""

    asked_as: ClassVar[str] = "approval.queue@2"
    beside: ClassVar[frozenset[str]] = frozenset({"around"})

    around: AroundPage
    rows: tuple[QueueRow, ...]
    picked: PickedSales


@dataclass(frozen=True, slots=True)
class AskSeller(Question):
    """Asks whose sales to look at; see `SellersFound`."""

    asked_as: ClassVar[str] = "approval.seller@1"
    beside: ClassVar[frozenset[str]] = frozenset({"rows", "more"})

    rows: tuple[SellerRow, ...]
    more: int
    words: str
    matched: int


@dataclass(frozen=True, slots=True)
class AskApproveAll(Question):
    """Asks whether all sales that wait count, but for those that are left out.

    `upto` is the highest id among them, and `versions` the sum of their versions, so that the
    question reads differently when a sale comes in or is changed. `left_out` has the first few of
    `others`. `seller` is the short name of the only seller, if one was chosen; `more` says that
    others wait behind them.
    """

    asked_as: ClassVar[str] = "approval.all@4"

    count: int
    total: int
    upto: int
    versions: int
    left_out: tuple[NotAtOnce, ...]
    others: int
    seller: str
    more: bool


@dataclass(frozen=True, slots=True)
class OnlyOwnSales(Message):
    """All sales that were asked for are the caller's own.

    Attributes:
        count: how many.
        only: whether no others wait.
        alone: whether there is no other admin.
    """

    count: int
    only: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class NothingOfSeller(Message):
    """No sale of the chosen seller waits any more, but `left` of others do."""

    left: int


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
