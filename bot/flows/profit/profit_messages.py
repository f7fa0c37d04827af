"""The question and the answer about what a price would bring."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from bot.core.conversation.messages import Message, Question
from bot.core.profit.profit import Cost, Profit
from bot.flows.sales.sale_parts import ShownLine

__all__ = ["AskProfitGoods", "OtherPrice", "PriceBounds", "ProfitShown", "Saving"]


@dataclass(frozen=True, slots=True)
class AskProfitGoods(Question):
    """Asks which article is meant, or for a whole line.

    Attributes:
        shown: the closest ones, or those that the seller sells most.
        query: the words that fit several articles, or none; empty if none was named.
        is_near: whether the words fit any.
        begun: whether anything was typed before.
    """

    asked_as: ClassVar[str] = "profit.goods@1"

    shown: tuple[tuple[int, str], ...]
    query: str
    is_near: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class Saving:
    """A discount that a button tries; `line` is what comes after the command."""

    percent: int
    line: str


@dataclass(frozen=True, slots=True)
class PriceBounds:
    """Which prices of a piece the company believes, in rupiah."""

    product: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class OtherPrice:
    """A price of a piece that a button tries, in rupiah; `line` comes after the command."""

    each: int
    line: str


@dataclass(frozen=True, slots=True)
class ProfitShown(Message):
    """What a sale would bring.

    Attributes:
        lines: articles at their prices before any discount.
        discount: rupiah taken off; 0 for none.
        basis_points: the discount as it was typed, if it was a part.
        member_each: the member price of a piece; 0 for several articles.
        costs: of the way, as typed.
        sums: what the customer would pay, what it costs, and what is left.
        loss_until: the lowest price at which nothing is lost, of a piece or of all; 0 if nothing
            is lost.
        loss_of: what `loss_until` is the price of.
        bounds: the limits that hold for the only article, or for the one that lies outside.
        is_outside: whether a price lies outside the limits.
        sale: the command line that logs this sale, without its slash; empty if it cannot.
        savings: discounts to try.
        other: a price to try: within the limits, or without a loss.
    """

    passing: ClassVar[bool] = True

    lines: tuple[ShownLine, ...]
    discount: int
    basis_points: int
    member_each: int
    costs: tuple[Cost, ...]
    sums: Profit
    loss_until: int
    loss_of: Literal["each", "all"]
    bounds: PriceBounds | None
    is_outside: bool
    sale: str
    savings: tuple[Saving, ...]
    other: OtherPrice | None
