"""What the office's search for a sale looks up, says and does."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Lookup
from bot.core.receipts.search_words import SaleSearch, Whose
from bot.flows.receipts.approve_messages import SaleToCheck
from bot.flows.spec import Action

__all__ = [
    "AskWhichSale",
    "FoundLine",
    "FoundSales",
    "NoSaleFound",
    "SaleHistory",
    "SaleHistoryOf",
    "SearchSales",
    "SearchUnread",
    "ShownDecision",
    "ShownPosting",
    "ShownReturn",
    "ShownVersion",
]


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A change of a sale's status; `by` is empty where its seller, or nobody, decided."""

    before: str
    after: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ShownPosting:
    """A posting of a sale: `price` or `goods`, its rupiah, whether it reverses, and the day."""

    what: str
    amount: int
    is_reversal: bool
    at: date


@dataclass(frozen=True, slots=True)
class ShownReturn:
    """Goods that came back.

    Attributes:
        state: of the return; `undone` if it counted and the office took it back.
        came_on: the day on which they came back.
        amount: the price paid for them, in rupiah.
        reason: why it was taken back.
    """

    state: str
    came_on: date
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A former state of a sale.

    Attributes:
        until: when its seller changed it (aware, UTC).
        goods: its lines, in one.
        total: in rupiah.
        day: when it was sold.
        own_use: whether it was for the seller's own use.
    """

    until: datetime
    goods: str
    total: int
    day: date
    own_use: bool


@dataclass(frozen=True, slots=True)
class SaleHistory(Message):
    """A sale with everything that happened to it and that hangs on it.

    Attributes:
        sale: as the office sees it.
        logged_at: when it was recorded (aware, UTC).
        counts_in: the month in which it counts, YYYY-MM.
        month: whether that is `open`, `closing` or `closed`.
        points: of the sale.
        profit: the seller's, in rupiah.
        decisions: the changes of its status, the earliest first.
        versions: what it was before its seller changed it, the earliest first.
        postings: its postings, the earliest first.
        returns: what came back.
        credits: how many credits of that month come from its seller's sales; none before the
            month is closed.
        credited: their rupiah.
        undoable: whether a decision about it can be undone.
        return_undoable: whether a return that counts can be taken back.
    """

    passing: ClassVar[bool] = True

    sale: SaleToCheck
    logged_at: datetime
    counts_in: str
    month: str
    points: int
    profit: int
    decisions: tuple[ShownDecision, ...]
    versions: tuple[ShownVersion, ...]
    postings: tuple[ShownPosting, ...]
    returns: tuple[ShownReturn, ...]
    credits: int
    credited: int
    undoable: bool
    return_undoable: bool


@dataclass(frozen=True, slots=True)
class SaleHistoryOf(Lookup[SaleHistory | None]):
    """The sale with this id, of any seller."""

    id: int


@dataclass(frozen=True, slots=True)
class AskWhichSale(Question):
    """Asks which sales to look for."""

    asked_as: ClassVar[str] = "sales.search@1"


@dataclass(frozen=True, slots=True)
class SearchUnread(Message):
    """The words name nothing to search for."""


@dataclass(frozen=True, slots=True)
class NoSaleFound(Message):
    """No sale matches: what was typed as a name, whose it is, and the days; None for any."""

    typed: str
    whose: Whose
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A sale in the list, without the buyer's name."""

    receipt: str
    seller: str
    day: date
    total: int
    status: str


@dataclass(frozen=True, slots=True)
class FoundSales(Message):
    """A page of the sales found, the latest first.

    Attributes:
        lines: the sales.
        typed: the name.
        whose: whose name it is; empty for a seller's or a buyer's.
        first: the first of the days; None for any.
        last: the last of them.
        query: the same search in words, for the next page.
        below: the id at which the next page begins; 0 on the last.
    """

    lines: tuple[FoundLine, ...]
    typed: str
    whose: Whose
    first: date | None
    last: date | None
    query: str
    below: int


@dataclass(frozen=True, slots=True)
class SearchSales(Action):
    """Search; an action, since the audit log records who looked for a buyer.

    Attributes:
        search: what to search for.
        below: the id of the last sale of the page before; 0 for the first page.
    """

    search: SaleSearch
    below: int
