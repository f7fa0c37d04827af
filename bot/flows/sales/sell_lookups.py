"""The lookups of the flow that logs a sale."""

from dataclasses import dataclass
from datetime import date

from bot.core.conversation.replay import Lookup
from bot.core.sales.line.tags.line_tags import LineTags
from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine
from bot.flows.sales.sale_parts import Buyer, Proof

__all__ = [
    "CustomerNamed",
    "CustomersLike",
    "PhotoUsed",
    "PhotoWithWords",
    "PriceList",
    "RecentBuyers",
    "SalesIn",
    "Shelf",
    "TwinOf",
]


@dataclass(frozen=True, slots=True)
class SalesIn(Lookup[tuple[str, ...]]):
    """The lines of the sales of which a text after the command tells; mostly itself."""

    text: str


@dataclass(frozen=True, slots=True)
class RecentBuyers(Lookup[tuple[Buyer, ...]]):
    """The caller's own customers, the latest first."""


@dataclass(frozen=True, slots=True)
class CustomerNamed(Lookup[Buyer]):
    """The caller's customer with this name, known or new."""

    name: str


@dataclass(frozen=True, slots=True)
class CustomersLike(Lookup[tuple[Buyer, ...]]):
    """The few of the caller's customers whose names are close to this one, the closest first."""

    name: str


@dataclass(frozen=True, slots=True)
class TwinOf(Lookup[str | None]):
    """The receipt of an identical sale other than the one with the id `besides`, or None."""

    lines: tuple[SaleLine, ...]
    buyer: Buyer
    day: date
    besides: int = 0


@dataclass(frozen=True, slots=True)
class PhotoUsed(Lookup[str | None]):
    """The receipt of the sale, other than `besides`, to which this photo belongs, or None."""

    key: str
    besides: int = 0


@dataclass(frozen=True, slots=True)
class PhotoWithWords(Lookup[Proof]):
    """The photo under which the words of this sale were written, as its proof; empty if none."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What can be sold, and how a line about it is read.

    Attributes:
        products: all products on sale.
        favourites: the ids of those this seller sells most, the first one first.
        tags: what was learned of the words around a buyer; without it the rules alone tell.
    """

    products: tuple[Product, ...]
    favourites: tuple[int, ...]
    tags: LineTags | None = None


@dataclass(frozen=True, slots=True)
class PriceList(Lookup[Shelf]):
    """The products that the caller can sell, at the prices of a day."""

    day: date
