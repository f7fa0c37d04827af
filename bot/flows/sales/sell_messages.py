"""What is said while a sale is logged, and what the flow wants to have done."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.sales.sales import SaleLine
from bot.flows.spec import Action

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
    "AskSecond",
    "Buyer",
    "LogSale",
    "NoProducts",
    "NotRecorded",
    "PhotoTaken",
    "PickProduct",
    "Proof",
    "SaleLogged",
    "ShownLine",
    "TapOne",
    "UnknownBuyer",
    "UnknownProduct",
]


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who bought. Own use has neither id nor name; a new customer has no id yet."""

    id: int | None
    name: str

    @property
    def own_use(self) -> bool:
        """Whether the seller keeps the goods."""
        return self.id is None and not self.name


@dataclass(frozen=True, slots=True)
class Proof:
    """What ties a sale to goods: an invoice number, or a photo as Telegram knows it."""

    invoice: str = ""
    photo_id: str = ""
    photo_key: str = ""
    photo_kind: str = ""


@dataclass(frozen=True, slots=True)
class LogSale(Action):
    """Enter the sale in the books."""

    lines: tuple[SaleLine, ...]
    buyer: Buyer
    day: date
    proof: Proof


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is shown; `each` is None where the price does not divide evenly."""

    name: str
    quantity: int
    each: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class AskProduct(Question):
    """What was sold? One tap, or a whole line typed.

    Page 0 holds what this seller sells most; `earlier` and `later` are the pages beside this one,
    0 where there is none. `adding` says that the sale has items already.
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
    """The words fit several articles, or none."""

    asked_as: ClassVar[str] = "sale.which_product@1"

    query: str
    closest: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AskQuantity(Question):
    """How many of it?"""

    asked_as: ClassVar[str] = "sale.quantity@1"

    product: str


@dataclass(frozen=True, slots=True)
class AskPriceMeaning(Question):
    """Is that sum for one piece or for all of them?"""

    asked_as: ClassVar[str] = "sale.price_meaning@1"

    product: str
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True)
class AskPrice(Question):
    """What was charged a piece? `trouble` is the price that lay outside the limits, or 0."""

    asked_as: ClassVar[str] = "sale.price@1"

    product: str
    quantity: int
    retail: int
    least: int
    most: int
    trouble: int


@dataclass(frozen=True, slots=True)
class AskCustomer(Question):
    """Who bought?"""

    asked_as: ClassVar[str] = "sale.buyer@1"

    recent: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AskDay(Question):
    """When was it? `trouble` is "future" or "old" where the day named cannot be."""

    asked_as: ClassVar[str] = "sale.day@1"

    oldest: date
    trouble: str


@dataclass(frozen=True, slots=True)
class AskProof(Question):
    """An invoice number or a photo, if there is one."""

    asked_as: ClassVar[str] = "sale.proof@1"


@dataclass(frozen=True, slots=True)
class AskRecord(Question):
    """The card before it is saved."""

    asked_as: ClassVar[str] = "sale.record@1"

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


@dataclass(frozen=True, slots=True)
class AskEdit(Question):
    """What should be different? Goods for own use have no price to change."""

    asked_as: ClassVar[str] = "sale.edit@1"

    items: int
    own_use: bool


@dataclass(frozen=True, slots=True)
class AskLine(Question):
    """Which of the items? `repeated` says that the names alone do not tell them apart."""

    asked_as: ClassVar[str] = "sale.line@1"

    lines: tuple[ShownLine, ...]
    repeated: bool


@dataclass(frozen=True, slots=True)
class AskSecond(Question):
    """The same was recorded already: is this another one?"""

    asked_as: ClassVar[str] = "sale.second@1"

    receipt: str
    buyer: str


@dataclass(frozen=True, slots=True)
class SaleLogged(Message):
    """The receipt; `counts_in` is the month it counts in, `late` says that its own was closed."""

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


@dataclass(frozen=True, slots=True)
class NotRecorded(Message):
    """The second one was none."""


@dataclass(frozen=True, slots=True)
class UnknownProduct(Message):
    """Nothing on the price list comes near."""

    query: str


@dataclass(frozen=True, slots=True)
class UnknownBuyer(Message):
    """That is no name of a customer."""

    text: str


@dataclass(frozen=True, slots=True)
class PhotoTaken(Message):
    """The photo belongs to another sale."""

    receipt: str


@dataclass(frozen=True, slots=True)
class NoProducts(Message):
    """The price list is empty."""


@dataclass(frozen=True, slots=True)
class TapOne(Message):
    """The choices stand on the buttons."""
