"""The messages of the flow that logs a sale, and the action it ends with."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.sales.payment_note import NOT_STATED, Payment
from bot.flows.sales.sale_parts import GoodsBack, ShownLine

__all__ = [
    "AskCustomer",
    "AskDay",
    "AskEdit",
    "AskLine",
    "AskPrice",
    "AskPriceMeaning",
    "AskProduct",
    "AskProof",
    "AskQuantity",
    "AskRecord",
    "NoProducts",
    "PhotoTaken",
    "PickProduct",
    "SaleLogged",
    "TapOne",
    "TellChange",
    "UnknownBuyer",
    "UnknownProduct",
]


@dataclass(frozen=True, slots=True)
class AskProduct(Question):
    """Asks what was sold; the answer is a tap or a whole typed line.

    Page 0 holds what this seller sells most; `earlier` and `later` are the pages beside this one,
    0 if there is none. `adding` says that the sale already has items.
    """

    asked_as: ClassVar[str] = "sale.product@1"

    shown: tuple[tuple[int, str], ...]
    page: int
    pages: int
    earlier: int
    later: int
    adding: bool


@dataclass(frozen=True, slots=True)
class PickProduct(Question):
    """Asks which product is meant; the words fit several, or none."""

    asked_as: ClassVar[str] = "sale.which_product@1"

    query: str
    closest: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AskQuantity(Question):
    """Asks how many pieces were sold."""

    asked_as: ClassVar[str] = "sale.quantity@1"

    product: str


@dataclass(frozen=True, slots=True)
class AskPriceMeaning(Question):
    """Asks whether the price is for one piece or for all of them."""

    asked_as: ClassVar[str] = "sale.price_meaning@1"

    product: str
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True)
class AskPrice(Question):
    """Asks for the price of one piece; `trouble` is a price outside the limits, or 0."""

    asked_as: ClassVar[str] = "sale.price@1"

    product: str
    quantity: int
    retail: int
    least: int
    most: int
    trouble: int


@dataclass(frozen=True, slots=True)
class AskCustomer(Question):
    """Asks who bought."""

    asked_as: ClassVar[str] = "sale.buyer@1"

    recent: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AskDay(Question):
    """Asks for the day; `trouble` is "future", "old" or "unclear", or empty."""

    asked_as: ClassVar[str] = "sale.day@1"

    oldest: date
    trouble: str


@dataclass(frozen=True, slots=True)
class AskProof(Question):
    """Asks for an invoice number or a photo, if there is one."""

    asked_as: ClassVar[str] = "sale.proof@1"
    reads_caption: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AskRecord(Question):
    """The card of the sale before it is saved; `receipt` is the number if it is one already.

    `at_office` says that the company's day, which is the day of the sale, is not the seller's own.
    """

    asked_as: ClassVar[str] = "sale.record@5"

    lines: tuple[ShownLine, ...]
    buyer: str
    own_use: bool
    day: date
    today: bool
    total: int
    profit: int
    points: int
    invoice: str
    photo: bool
    payment: Payment = NOT_STATED
    receipt: str = ""
    at_office: bool = False


@dataclass(frozen=True, slots=True)
class AskEdit(Question):
    """Asks what to change. A sale for own use has no price to change."""

    asked_as: ClassVar[str] = "sale.edit@1"

    items: int
    own_use: bool


@dataclass(frozen=True, slots=True)
class AskLine(Question):
    """Asks which of the lines; `repeated` says that two lines have the same product."""

    asked_as: ClassVar[str] = "sale.line@1"

    lines: tuple[ShownLine, ...]
    repeated: bool


@dataclass(frozen=True, slots=True)
class SaleLogged(Message):
    """The receipt; `counts_in` is the month it counts in, `late` says that its own was closed.

    `payment` is the seller's own note, which nobody else sees; `changed_at` is when she last
    changed the sale. `back` is what came back, which has left profit and points; `returnable` says
    that the reader may return goods now. `asked` is what the office wants corrected, until it is.
    `left` is what the buyer still owes of it, None if nothing was ever left open. `customer` is
    the buyer's row, for the seller alone; 0 for own use, and for a buyer who is forgotten.
    """

    lasting: ClassVar[bool] = True

    receipt: str
    lines: tuple[ShownLine, ...]
    buyer: str
    own_use: bool
    day: date
    total: int
    profit: int
    points: int
    counts_in: str
    late: bool
    invoice: str
    photo: bool
    status: str
    seller: str
    seller_phone: str
    mine: bool
    payment: Payment = NOT_STATED
    changed_at: datetime | None = None
    back: tuple[GoodsBack, ...] = ()
    returnable: bool = False
    asked: str = ""
    left: int | None = None
    customer: int = 0


@dataclass(frozen=True, slots=True)
class UnknownProduct(Message):
    """No product on the price list is similar."""

    query: str


@dataclass(frozen=True, slots=True)
class UnknownBuyer(Message):
    """The text is not a customer's name."""

    text: str


@dataclass(frozen=True, slots=True)
class PhotoTaken(Message):
    """The photo belongs to another sale."""

    receipt: str


@dataclass(frozen=True, slots=True)
class NoProducts(Message):
    """The price list is empty."""


@dataclass(frozen=True, slots=True)
class TellChange(Message):
    """The text changes nothing of the sale, and is neither a yes nor a no.

    Attributes:
        choosing: whether the buttons below name what can be changed, and not the yes and the no.
    """

    choosing: bool


@dataclass(frozen=True, slots=True)
class TapOne(Message):
    """Asks the person to press one of the buttons."""
