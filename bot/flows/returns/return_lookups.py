"""The lookups of returns, and the facts that they find."""

from dataclasses import dataclass
from datetime import date

from bot.core.conversation.replay import Lookup
from bot.core.returns.pieces import SoldPieces

__all__ = [
    "BackLine",
    "FindEffect",
    "FindReturnable",
    "ReturnChoice",
    "ReturnEffect",
    "ReturnableSale",
    "ReturnableSales",
]


@dataclass(frozen=True, slots=True)
class BackLine:
    """Pieces of a line of a sale, and the rupiah that the buyer paid for them.

    `damaged` of them cannot be sold again.
    """

    line_id: int
    name: str
    quantity: int
    amount: int
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class ReturnChoice:
    """A receipt on a button; `number` is its number without the letter."""

    receipt: str
    number: int
    day: date
    buyer: str
    own_use: bool
    total: int


@dataclass(frozen=True, slots=True)
class ReturnableSale:
    """A sale whose goods may come back.

    Attributes:
        seller: first name and initial; empty where it is the caller's own.
        buyer: the customer's name, which only the seller sees.
        office: whether the caller decides for the office about this sale.
        closing: whether its month is just being closed.
    """

    id: int
    receipt: str
    seller: str
    day: date
    buyer: str
    own_use: bool
    period: str
    status: str
    office: bool
    closing: bool
    lines: tuple[SoldPieces, ...]


@dataclass(frozen=True, slots=True)
class ReturnEffect:
    """What a return changes.

    Attributes:
        amount: rupiah that the buyer had paid for the pieces.
        profit: of the seller, in rupiah.
        points: of the seller.
        counts_in: the month in which it counts; empty while the sale's month is being closed.
        closed_month: the month of the sale if its bonuses were paid; empty while it is open.
        bonus: rupiah that the seller's own bonus of that month falls by.
        others: how many other members' bonuses fall.
        others_bonus: rupiah that they fall by together.
    """

    amount: int
    profit: int
    points: int
    counts_in: str
    closed_month: str
    bonus: int
    others: int
    others_bonus: int

    @property
    def taken(self) -> int:
        """Rupiah that the bonuses of the closed month fall by, of all members together."""
        return self.bonus + self.others_bonus


@dataclass(frozen=True, slots=True)
class FindReturnable(Lookup[ReturnableSale | None]):
    """A sale by its id: the caller's own, or any for an admin."""

    id: int


@dataclass(frozen=True, slots=True)
class ReturnableSales(Lookup[tuple[ReturnChoice, ...]]):
    """The caller's own sales since a day with goods that may come back, the newest first.

    Attributes:
        buyer: the name of the customer; empty for all.
        products: ids of articles that came back; only sales with one of them.
        since: the first day of the sales.
    """

    buyer: str
    products: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True)
class FindEffect(Lookup[ReturnEffect]):
    """What a return of these pieces of a sale would change."""

    sale_id: int
    pieces: tuple[tuple[int, int], ...]
