"""The messages about a member's own stock, and what they show."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from bot.core.conversation.messages import Message
from bot.core.stock.stock_levels import StockLevel

__all__ = [
    "DeliveredLine",
    "DeliveryNotOwn",
    "GoodsDelivered",
    "MoveLine",
    "NoStock",
    "NoteSubject",
    "NotedLine",
    "StockArticle",
    "StockAtOffice",
    "StockDayAhead",
    "StockLine",
    "StockList",
    "StockNotNoted",
    "StockNoted",
    "StockOff",
    "StockTooMuch",
    "StockUnclear",
    "StockUndone",
    "StockWish",
]

NoteSubject: TypeAlias = Literal["came", "counted", "found"]
"""Goods that came in, a count, or pieces that were there and had not been noted."""


StockWish: TypeAlias = Literal["", "came", "counted", "found"]
"""What was to be noted; empty for a question."""


@dataclass(frozen=True, slots=True)
class StockOff(Message):
    """The company keeps no stock of members here."""

    passing: ClassVar[bool] = True

    member: bool


@dataclass(frozen=True, slots=True)
class StockAtOffice(Message):
    """What the office has is not known here; the office tells.

    Attributes:
        member: whether the reader has a stock of their own.
        office: whether the reader is of the office.
    """

    passing: ClassVar[bool] = True

    member: bool
    office: bool


@dataclass(frozen=True, slots=True)
class NoStock(Message):
    """Nothing was noted of the caller's stock yet."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class StockLine:
    """An article in the list.

    Attributes:
        left: pieces; below zero where more was sold than came in.
        weeks: for how many weeks they last at the member's pace; None where that is not known.
    """

    product_id: int
    name: str
    left: int
    weeks: int | None


@dataclass(frozen=True, slots=True)
class StockList(Message):
    """A page of what the caller has; `before` and `after` are 0 if there is no such page."""

    passing: ClassVar[bool] = True

    lines: tuple[StockLine, ...]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A movement of an article.

    Attributes:
        kind: `bought`, `delivered`, `counted`, `found`, `sold`, `used` or `back`.
        quantity: pieces; for a count, those that were there.
        receipt: of a sale, or of the sale that goods came back of; else empty.
        document: the office's number of a delivery; else empty.
        expected: pieces that should have been there when they were counted.
    """

    kind: str
    quantity: int
    day: date
    receipt: str
    document: str
    expected: int


@dataclass(frozen=True, slots=True)
class StockArticle(Message):
    """One article of the caller's stock.

    Attributes:
        level: what there is of it.
        weeks: how long it lasts; None where that is not known.
        missing: pieces by which more was sold than came in; mostly 0.
        moves: the latest, the newest first.
    """

    passing: ClassVar[bool] = True

    product: str
    level: StockLevel
    weeks: int | None
    missing: int
    moves: tuple[MoveLine, ...]


@dataclass(frozen=True, slots=True)
class StockUnclear(Message):
    """No article, or several, match what was typed.

    Attributes:
        choices: the numbers and names of those that may be meant.
        subject: what was to be noted; empty for a question.
        quantity: pieces that were typed; 0 if none.
    """

    typed: str
    choices: tuple[tuple[int, str], ...]
    subject: StockWish
    quantity: int


@dataclass(frozen=True, slots=True)
class StockDayAhead(Message):
    """Goods that come on a later day are noted when they are there."""

    day: date


@dataclass(frozen=True, slots=True)
class StockTooMuch(Message):
    """More pieces than can be noted at once."""

    largest: int


@dataclass(frozen=True, slots=True)
class NotedLine:
    """An article after a note; `note` is its number, by which it can be taken back."""

    note: int
    product_id: int
    name: str
    quantity: int
    left: int
    weeks: int | None


@dataclass(frozen=True, slots=True)
class StockNoted(Message):
    """What was noted, and what is left now."""

    subject: NoteSubject
    day: date
    lines: tuple[NotedLine, ...]


@dataclass(frozen=True, slots=True)
class StockNotNoted(Message):
    """Nothing was noted."""


@dataclass(frozen=True, slots=True)
class StockUndone(Message):
    """A note is taken back; nothing changes where it had been before.

    `product` is empty where there is no such note of the caller, or the office made it.
    """

    product: str
    left: int


@dataclass(frozen=True, slots=True)
class DeliveredLine:
    """Pieces of an article that a document delivers; 0 where a delivery was taken back."""

    name: str
    quantity: int
    day: date
    document: str


@dataclass(frozen=True, slots=True)
class GoodsDelivered(Message):
    """For a member: the office has noted what it delivered.

    Attributes:
        note: the number of the first note, by which the member can object.
        lines: the first of them.
        more: how many others there are.
        long: names of articles of which there is more now than the company calls much.
        months: how many months of own sales that are.
    """

    note: int
    lines: tuple[DeliveredLine, ...]
    more: int
    long: tuple[str, ...]
    months: int


@dataclass(frozen=True, slots=True)
class DeliveryNotOwn(Message):
    """There is no delivery to the caller with this number."""
