"""What a sale is made of where it is shown: its buyer, its proof, its lines, what came back."""

from dataclasses import dataclass
from datetime import date

from bot.core.customers.customer_keys import forgotten_name

__all__ = ["Buyer", "GoodsBack", "Proof", "ShownLine"]


@dataclass(frozen=True, slots=True)
class Buyer:
    """The buyer. Own use has neither id nor name; a new customer has no id yet.

    Attributes:
        id: the customer's row.
        name: as it is shown.
        typed: another name that was typed for this customer, to be remembered; mostly empty.
    """

    id: int | None
    name: str
    typed: str = ""

    @property
    def own_use(self) -> bool:
        """Whether the seller keeps the products."""
        return self.id is None and not self.name

    @property
    def is_forgotten(self) -> bool:
        """Whether the seller has forgotten the customer, of whom the sales stay."""
        return self.id is not None and self.name == forgotten_name(self.id)


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence of a sale: an invoice number, or a photo as Telegram identifies it."""

    invoice: str = ""
    photo_id: str = ""
    photo_key: str = ""
    photo_kind: str = ""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a sale as shown; `each` is None if the price does not divide evenly."""

    name: str
    quantity: int
    each: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class GoodsBack:
    """Goods of a sale that came back, or are said to have.

    Attributes:
        number: of the return.
        day: on which they came back.
        waits: whether the office has not decided yet.
        product: the article; empty for several.
        pieces: how many.
        amount: rupiah that the buyer had paid for them.
    """

    number: int
    day: date
    waits: bool
    product: str
    pieces: int
    amount: int
