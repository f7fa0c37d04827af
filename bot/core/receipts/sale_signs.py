"""What is unusual about a sale: its photo, its buyer, its prices, its quantities."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.core.receipts.unusual import UnusualQuantity

__all__ = ["LowPrice", "OtherSale", "PhotoUncompared", "SaleSigns", "is_far_below_list"]

PhotoUncompared: TypeAlias = Literal["", "waits", "gone"]
"""Why a photo was not compared: it was not fetched yet, or cannot be had. Empty if it was."""

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class OtherSale:
    """Another sale, with the short name of its seller."""

    receipt: str
    seller: str


@dataclass(frozen=True, slots=True)
class LowPrice:
    """An article of a sale whose price is far below the list.

    Attributes:
        name: of the article.
        quantity: pieces.
        amount: what the customer pays for them, in rupiah.
        listed: what they cost by the price list of that day, in rupiah.
    """

    name: str
    quantity: int
    amount: int
    listed: int


@dataclass(frozen=True, slots=True)
class SaleSigns:
    """Why a sale is looked at alone.

    Attributes:
        same_photo: another sale with the same photo.
        same_buyer: a sale of another seller to the same telephone number.
        prices: the articles whose price is far below the list.
        quantities: the articles whose quantity is far above the past.
        uncompared: why the photo was compared with no other.
    """

    same_photo: OtherSale | None = None
    same_buyer: OtherSale | None = None
    prices: tuple[LowPrice, ...] = ()
    quantities: tuple[UnusualQuantity, ...] = ()
    uncompared: PhotoUncompared = ""

    @property
    def any(self) -> bool:
        """Returns whether there is a reason at all."""
        others = (self.same_photo, self.same_buyer, self.prices, self.quantities)
        return any(others) or bool(self.uncompared)


def is_far_below_list(amount: int, listed: int, percent: int) -> bool:
    """Returns whether an amount is less than so many percent of the price by the list."""
    return amount * HUNDRED < listed * percent
