"""A sale as far as a line describes it, before anything is asked or recorded."""

from dataclasses import dataclass
from datetime import date

from bot.core.conversation.messages import Message
from bot.core.sales.payment_note import NOT_STATED, Payment
from bot.core.sales.products import Product

__all__ = ["Discount", "Draft", "DraftItem", "SeveralCustomers", "SeveralDays", "TypedPrice"]


@dataclass(frozen=True, slots=True)
class TypedPrice:
    """The price charged, per piece or for all pieces.

    Both fields have the same amount if the line does not say which it is.
    """

    each: int | None = None
    total: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether the bot must still ask which of the two is meant."""
        return self.each is not None and self.total is not None


@dataclass(frozen=True, slots=True)
class Discount:
    """What was taken off all items together: an amount in rupiah, or a part in basis points."""

    amount: int = 0
    basis_points: int = 0

    def off(self, total: int) -> int:
        """Returns the total less the discount, rounded up to a rupiah; not below zero."""
        return max(0, total - self.amount - total * self.basis_points // 10_000)

    def after(self, total: int, listed: int) -> int:
        """Returns what is charged where a sum was named too: before the discount, or after it.

        `total 100rb diskon 10rb` is 90,000, and so is `diskon 10rb jadi 90rb`.

        Args:
            total: the sum that was named, in rupiah.
            listed: what the items cost without a discount, in rupiah.
        """
        is_less = abs(total - self.off(listed)) < abs(total - listed)
        return total if is_less else self.off(total)


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One product of the line; None means not stated, or not certain.

    `query` has the words as typed, so that the closest products can be offered for them.
    """

    product: Product | None
    query: str
    quantity: int | None
    price: TypedPrice | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A sale, as far as the line describes it.

    Attributes:
        items: may be empty (`jual ke Bu Ani`).
        customer: the name as it is shown, with Bu or Pak if that was typed.
        own_use: whether the goods are for the seller's own use.
        day: the day that was named, whether it is allowed or not.
        total: one amount for several items together.
        day_is_open: whether a day was named that nobody can tell from the words.
        payment: what the line says of the payment.
        discount: what was taken off the whole.
    """

    items: tuple[DraftItem, ...]
    customer: str | None
    own_use: bool
    day: date | None
    total: int | None = None
    day_is_open: bool = False
    payment: Payment = NOT_STATED
    discount: Discount | None = None


@dataclass(frozen=True, slots=True)
class SeveralCustomers(Message):
    """The line names two customers, but a receipt is for one."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class SeveralDays(Message):
    """The line names two days."""

    first: date
    second: date
