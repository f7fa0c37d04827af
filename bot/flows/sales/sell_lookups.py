"""What a flow wants to know while a sale is logged."""

from dataclasses import dataclass
from datetime import date

from bot.core.conversation.replay import Lookup
from bot.core.sales.products import Product
from bot.core.sales.sales import SaleLine
from bot.flows.sales.sell_messages import Buyer

__all__ = ["CustomerNamed", "PhotoUsed", "PriceList", "RecentBuyers", "Shelf", "TwinOf"]


@dataclass(frozen=True, slots=True)
class RecentBuyers(Lookup[tuple[Buyer, ...]]):
    """The caller's own customers, the latest first."""


@dataclass(frozen=True, slots=True)
class CustomerNamed(Lookup[Buyer]):
    """The caller's customer of this name, known or new."""

    name: str


@dataclass(frozen=True, slots=True)
class TwinOf(Lookup[str | None]):
    """The receipt of a sale just like this one, if there is one."""

    lines: tuple[SaleLine, ...]
    buyer: Buyer
    day: date


@dataclass(frozen=True, slots=True)
class PhotoUsed(Lookup[str | None]):
    """The receipt of the sale that this photo proves already."""

    key: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What can be sold: all articles, and the ids this seller sells most, first."""

    products: tuple[Product, ...]
    favourites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PriceList(Lookup[Shelf]):
    """What the caller can sell, at the prices of a day."""

    day: date
