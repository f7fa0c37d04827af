"""The lookups of the flow that logs a sale."""

from dataclasses import dataclass
from datetime import date

from bot.core.conversation.replay import Lookup
from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine
from bot.flows.sales.sell_messages import Buyer, Proof

__all__ = [
    "CustomerNamed",
    "PhotoUsed",
    "PhotoWithWords",
    "PriceList",
    "RecentBuyers",
    "Shelf",
    "TwinOf",
]


@dataclass(frozen=True, slots=True)
class RecentBuyers(Lookup[tuple[Buyer, ...]]):
    """The caller's own customers, the latest first."""


@dataclass(frozen=True, slots=True)
class CustomerNamed(Lookup[Buyer]):
    """The caller's customer with this name, known or new."""

    name: str


@dataclass(frozen=True, slots=True)
class TwinOf(Lookup[str | None]):
    """The receipt of an identical sale, or None."""

    lines: tuple[SaleLine, ...]
    buyer: Buyer
    day: date


@dataclass(frozen=True, slots=True)
class PhotoUsed(Lookup[str | None]):
    """The receipt of the sale to which this photo already belongs, or None."""

    key: str


@dataclass(frozen=True, slots=True)
class PhotoWithWords(Lookup[Proof]):
    """The photo under which the words of this sale were written, as its proof; empty if none."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All products on sale, and the ids of those this seller sells most, the first one first."""

    products: tuple[Product, ...]
    favourites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PriceList(Lookup[Shelf]):
    """The products that the caller can sell, at the prices of a day."""

    day: date
